"""What a view adds to a picture: opened things, what actors have in common, who should meet. Nothing moves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from graph.network.build import LABELS
from graph.questions.answer import ask
from graph.tables.world import World
from viz import palette
from viz.drawings.asking import Row, rows
from viz.drawings.neighbours import label_of, opened
from viz.drawings.picture import ADDED, Edge, Node, Picture, extended
from viz.drawings.spots import placed
from viz.drawings.view import View

MOST_HUBS = 60
MOST_ACTORS = 5_000
MOST_PAIRS = 200

Values = Mapping[str, Any]


def viewed(world: World, shown: Picture, view: View, values: Values) -> Picture:
    """The picture with all that the view adds, in the order in which it stands there, and with moved nodes moved.

    values  resolved filters that hold for what is added: on, from, to, dataset.
    """
    for opening in view.opened:
        known = set(shown.number)
        ids = [*([] if opening.thing in known else [opening.thing]), *opened(world, opening, values, known)]
        shown = _added(world, shown, dict.fromkeys(ids), values)
    if view.connect:
        shown = _connected(world, shown, view.connect, values)
    if view.suggest:
        shown = _suggested(world, shown)
    return _moved(shown, view)


def _added(world: World, shown: Picture, ids: Iterable[str], values: Values) -> Picture:
    fresh = list(ids)
    if not fresh:
        return shown
    told = rows(world, "between", {**values, "added": fresh})
    number = shown.number | {id_: len(shown.nodes) + at for at, id_ in enumerate(fresh)}
    there = {(shown.nodes[edge.source].id, shown.nodes[edge.target].id, edge.id) for edge in shown.edges}
    edges = {
        (row["source"], row["target"], row["id"]): _edge(row, number)
        for row in told
        if row["source"] in number and row["target"] in number
    }
    kept = [edge for key, edge in edges.items() if key not in there]
    return extended(shown, _nodes(world, shown, fresh, values), _spots(shown, fresh, kept), kept)


def _spots(shown: Picture, fresh: list[str], edges: Iterable[Edge]) -> Any:
    beside: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        if edge.source != edge.target:
            beside[max(edge.source, edge.target)].add(min(edge.source, edge.target))
    first = len(shown.nodes)
    return placed(shown.points, [beside[first + at] for at in range(len(fresh))])


def _nodes(world: World, shown: Picture, ids: list[str], values: Values) -> list[Node]:
    found = {row["id"]: row for row in rows(world, "nodes", {**values, "ids": ids})}
    kind = str(shown.about.get("kind", ""))
    return [
        Node(id_, row["label"], row["kind"], _look(kind, row), row["links"], row["class"], added=True)
        for id_, row in ((id_, found[id_]) for id_ in ids)
    ]


def _look(kind: str, row: Row) -> str:
    """A place without a role in a map of flows is `place` as elsewhere; other things look as in any network."""
    return palette.look_of(kind if row["kind"] != "place" else "", row)


def _edge(row: Row, number: Mapping[str, int]) -> Edge:
    return Edge(
        number[row["source"]],
        number[row["target"]],
        row["id"],
        row["kind"],
        LABELS.get(row["kind"]) or label_of(row["kind"]),
        row["weight"],
        row["directed"],
        row["from_date"],
        row["to_date"],
        tuple(row["claims"]),
    )


def _connected(world: World, shown: Picture, by: str, values: Values) -> Picture:
    """Each place, domain or funder that at least two of the actors have in common, with a link from each."""
    actors = [node.id for node in shown.nodes if node.kind == "actor"][:MOST_ACTORS]
    told = rows(world, f"connect-{by}", {**values, "actors": actors})
    shared = Counter(row["target"] for row in told)
    hubs = [hub for hub, many in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])) if many > 1][:MOST_HUBS]
    fresh = [hub for hub in hubs if hub not in shown.number]
    number = shown.number | {id_: len(shown.nodes) + at for at, id_ in enumerate(fresh)}
    edges = [
        _edge(row | {"id": f"{row['kind']}/{row['source']}--{row['target']}", "directed": True}, number)
        for row in told
        if row["target"] in set(hubs)
    ]
    edges = [replace(edge, label=ADDED[edge.kind].label) for edge in edges]
    return extended(shown, _nodes(world, shown, fresh, values), _spots(shown, fresh, edges), edges)


def _suggested(world: World, shown: Picture) -> Picture:
    """A link between every two actors here that should meet, the strongest overlaps first."""
    given = {"place": shown.about.get("parameters", {}).get("place") or ()}
    answer = ask(world, "should-meet", given, limit=MOST_PAIRS)
    pairs = [row for row in answer.rows if {row["actor"]["id"], row["other"]["id"]} <= shown.number.keys()]
    edges = [
        Edge(
            shown.number[row["actor"]["id"]],
            shown.number[row["other"]["id"]],
            f"should-meet/{row['actor']['id']}--{row['other']['id']}",
            "should-meet",
            ADDED["should-meet"].label,
            directed=False,
        )
        for row in pairs
    ]
    told = replace(extended(shown, [], np.empty((0, 2)), edges), suggestions=pairs)
    more = f"{len(pairs)} of the {len(answer.rows)} strongest pairs that should meet have both actors in this picture"
    return replace(told, about={**told.about, "suggested": more, "suggested_caveat": answer.question.header.caveat})


def _moved(shown: Picture, view: View) -> Picture:
    if not view.pinned:
        return shown
    points = shown.points.copy()
    for id_, x, y in view.pinned:
        if id_ in shown.number:
            points[shown.number[id_]] = x, y
    return replace(shown, points=points)
