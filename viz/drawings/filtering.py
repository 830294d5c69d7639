"""A picture without what a view leaves out: kinds of link and of node, links of other years."""

from dataclasses import replace

import numpy as np

from viz.drawings.picture import Edge, Picture
from viz.drawings.view import View


def filtered(shown: Picture, view: View) -> Picture:
    """What of the picture is left. Nodes stand where they stood; those that lose their last link stay."""
    if not (view.hidden or view.without or view.since or view.until):
        return shown
    kept = [at for at, node in enumerate(shown.nodes) if node.look not in view.hidden]
    number = {old: new for new, old in enumerate(kept)}
    edges = [
        replace(edge, source=number[edge.source], target=number[edge.target])
        for edge in shown.edges
        if edge.kind not in view.without
        and edge.source in number
        and edge.target in number
        and within(edge, view.since, view.until)
    ]
    at = np.array(kept, dtype=np.intp)
    values = {name: np.asarray(of)[at] for name, of in shown.values.items()}
    return replace(shown, nodes=[shown.nodes[old] for old in kept], edges=edges, points=shown.points[at], values=values)


def within(edge: Edge, since: int | None, until: int | None) -> bool:
    """Whether a link is known to hold in those years. Of one without a period no source tells that it does."""
    if since is None and until is None:
        return True
    start, end = edge.start or edge.end, edge.end or edge.start
    if start is None or end is None:
        return False
    return end.year >= (since or 1) and start.year <= (until or 9999)
