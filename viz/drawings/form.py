"""A picture as JSON: columns, so that a hundred thousand nodes are small and quickly read."""

import gzip
import json
from typing import Any

import numpy as np
import numpy.typing as npt

from viz.drawings.picture import Picture, looks, strokes
from viz.palette import outline


def to_json(shown: Picture, *, since: int = 0) -> bytes:
    """The whole picture, or what it has from node number `since` on, whose edges still count all nodes."""
    return json.dumps(columns(shown, since=since), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


def written(shown: Picture, *, since: int = 0, compressed: bool = False) -> bytes:
    """What `to_json` writes, with gzip where `compressed`; of one that is kept it is written once."""
    key = f"{since} {compressed}"
    if key not in shown.written:
        body = to_json(shown, since=since)
        shown.written[key] = gzip.compress(body, compresslevel=1, mtime=0) if compressed else body
    return shown.written[key]


def columns(shown: Picture, *, since: int = 0) -> dict[str, Any]:
    """What `to_json` writes. Unknown days and values are null; looks, kinds and labels of links are by number."""
    seen, lines = looks(shown), strokes(shown)
    look = {key: at for at, (key, _, _) in enumerate(seen)}
    line = {kind: at for at, (kind, _, _) in enumerate(lines)}
    nodes = shown.nodes[since:]
    edges = [edge for edge in shown.edges if max(edge.source, edge.target) >= since] if since else shown.edges
    points = shown.points[since:].round(1)
    return {
        "about": dict(shown.about),
        "total": {"nodes": shown.about.get("nodes_total", 0), "edges": shown.about.get("edges_total", 0)},
        "shown": {"nodes": len(shown.nodes), "edges": len(shown.edges)},
        "looks": [
            {"key": key, "label": each.label, "colour": each.colour, "shape": each.shape, "path": outline(each.shape)}
            | {"count": count}
            for key, each, count in seen
        ],
        "strokes": [
            {"kind": kind, "label": each.label, "colour": each.colour, "dash": each.dash, "count": count}
            for kind, each, count in lines
        ],
        "communities": [community.__dict__ for community in shown.communities],
        "nodes": {
            "id": [node.id for node in nodes],
            "label": [node.label for node in nodes],
            "look": [look[node.look] for node in nodes],
            "class": [node.class_ for node in nodes],
            "links": [node.links for node in nodes],
            "distance": [node.distance for node in nodes] if any(n.distance is not None for n in nodes) else None,
            "x": points[:, 0].tolist(),
            "y": points[:, 1].tolist(),
        },
        "values": {name: _numbers(np.asarray(of)[since:]) for name, of in shown.values.items()},
        "edges": {
            "id": [edge.id for edge in edges],
            "source": [edge.source for edge in edges],
            "target": [edge.target for edge in edges],
            "kind": [line[edge.kind] for edge in edges],
            "weight": [edge.weight for edge in edges],
            "directed": [int(edge.directed) for edge in edges],
            "from": [edge.start and edge.start.isoformat() for edge in edges],
            "to": [edge.end and edge.end.isoformat() for edge in edges],
        },
        "suggestions": list(shown.suggestions),
    }


def _numbers(values: npt.NDArray[Any]) -> list[float | int | None]:
    """Whole numbers as they are, others with five significant digits; what is undefined is null."""
    known = np.isfinite(values)
    whole = bool((values[known] == np.rint(values[known])).all())
    told = values.tolist()
    return [
        None if not there else int(value) if whole else float(f"{value:.5g}")
        for value, there in zip(told, known.tolist(), strict=True)
    ]
