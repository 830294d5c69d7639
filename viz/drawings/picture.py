"""A picture: the nodes of a network where they stand, and the strongest of the links between them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.network import build
from graph.network.bounds import MOST_EDGES as LAID_OUT
from graph.network.bounds import MOST_NODES
from graph.network.build import drawing
from graph.network.cache import Cache
from graph.network.catalogue import OF_EVERY_KIND
from graph.network.layout import places
from graph.network.measures import measured
from graph.network.numbered import Numbered
from graph.network.progress import Progress, part, silent
from graph.tables.world import World
from viz import palette
from viz.drawings.asking import rows
from viz.drawings.sampling import strongest

MEASURED = ("community", "betweenness", "constraint")
MOST_MEASURED = 3_000
"""Nodes up to which betweenness and constraint are measured without being asked for."""

TOLD_NODES, TOLD_EDGES = 2_000, 6_000
"""Up to which every link has the label, days and claims of the network's own query."""
Points = npt.NDArray[np.float64]
Row = dict[str, Any]
Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Node:
    """A node as it is drawn. `look` is a key of the palette, `added` whether somebody opened it up."""

    id: str
    label: str
    kind: str
    look: str
    links: int
    class_: str | None = None
    distance: int | None = None
    added: bool = False


@dataclass(frozen=True)
class Edge:
    """A link as it is drawn, from node to node by their numbers in the picture.

    id  of the claim that it draws; start, end  days between which it is known to hold, None where no source tells
    """

    source: int
    target: int
    id: str
    kind: str
    label: str
    weight: int = 1
    directed: bool = True
    start: date | None = None
    end: date | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Community:
    """Nodes that are linked more with one another than with others, as a disc round where they stand."""

    number: int
    label: str
    count: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, eq=False)
class Picture:
    """What is drawn.

    points  (nodes, 2) where each stands, in the units of `graph.network.layout`; y grows downwards
    values  measure -> its value for each node, NaN where undefined or for what was added later
    about  the stamp of the network, with its filters, totals, datasets and caveat
    suggestions  pairs of actors that should meet, as the question of that name answers
    """

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    points: Points
    values: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    suggestions: Sequence[Row] = ()
    written: dict[str, bytes] = field(default_factory=dict, init=False)
    """Forms of it that were written once: a large one is asked for again and again."""

    @cached_property
    def number(self) -> dict[str, int]:
        """Where in `nodes` each id is."""
        return {node.id: number for number, node in enumerate(self.nodes)}

    @cached_property
    def communities(self) -> list[Community]:
        """The communities of two and more, the largest first; none where the place of a node means something else."""
        member = self.values.get("community")
        if member is None or self.about.get("kind") in ("flows", "path"):
            return []
        whole = np.nan_to_num(member).astype(np.int64)
        sizes = np.bincount(whole)
        found = []
        order = np.argsort(whole, kind="stable")
        ends = np.cumsum(sizes)
        for number in range(1, min(len(sizes), MOST_TOLD + 1)):
            if sizes[number] < 2:
                break
            mine = order[ends[number - 1] : ends[number]]
            centre = (self.points[mine].min(axis=0) + self.points[mine].max(axis=0)) / 2
            radius = float(np.hypot(*(self.points[mine] - centre).T).max())
            head = max(mine.tolist(), key=lambda at: (self.nodes[at].links, -at))
            found.append(
                Community(
                    number,
                    self.nodes[head].label,
                    int(sizes[number]),
                    round(float(centre[0]), 1),
                    round(float(centre[1]), 1),
                    round(radius, 1),
                )
            )
        return found


MOST_TOLD = 300
"""Communities that are named."""


def picture(
    world: World, name: str, given: Given, *, edges: int, cache: Cache | None = None, progress: Progress = silent
) -> Picture:
    """The picture of the network `name` with the texts `given` for its parameters.

    The network is laid out and measured whole, up to the bounds of a drawing; at most `edges` of its links are drawn,
    as `strongest` chooses them. Errors as of `graph.network.build.network`.
    """
    bounds = {"nodes": [str(MOST_NODES)]} | {n: list(v) for n, v in given.items()} | {"edges": [str(LAID_OUT)]}
    network = drawing(world, name, bounds, progress=part(progress, 0, 0.3), cache=cache)
    names = list(network.about["parameters"].get("measures") or ())
    if "measures" not in given:
        names = list(MEASURED if len(network.ids) <= MOST_MEASURED else MEASURED[:1])
    elif "community" not in names:
        names.append("community")
    told = measured(network.simple, names, progress=part(progress, 0.3, 0.6), cache=cache)
    shown = strongest(network.source, network.target, network.edges["weight"], edges)
    about = dict(network.about) | {"measured": told.how, "edges_known": len(network.source)}
    about["parameters"] = {n: v for n, v in about["parameters"].items() if n not in OF_EVERY_KIND}
    points = places(network, progress=part(progress, 0.6, 0.9), cache=cache)
    progress("Naming", 0.9)
    return Picture(
        _nodes(name, network),
        _edges(world, network, shown, _told(world, name, given, (len(network.ids), len(network.source)))),
        points,
        told.values,
        about,
    )


def _nodes(name: str, network: Numbered) -> list[Node]:
    columns = {each: _plain(network.nodes[each]) for each in ("label", "kind", "class", "links", "roles", "distance")}
    looks: dict[Any, str] = {}
    found = []
    for at, id_ in enumerate(network.ids):
        told = {each: values[at] for each, values in columns.items()}
        roles = tuple(role for role in told["roles"] if role) if told["roles"] is not None else ()
        key = told["kind"], told["class"], roles
        if key not in looks:
            looks[key] = palette.look_of(name, {"kind": key[0], "class": key[1], "roles": roles})
        found.append(Node(id_, told["label"], told["kind"], looks[key], told["links"], told["class"], told["distance"]))
    return found


def _plain(column: npt.NDArray[Any]) -> list[Any]:
    values: list[Any] = column.tolist()
    return values


def _edges(
    world: World, network: Numbered, shown: npt.NDArray[np.intp], told: Mapping[tuple[str, str, str], Row]
) -> list[Edge]:
    columns = {name: column[shown].tolist() for name, column in network.edges.items()}
    ends = list(zip(network.source[shown].tolist(), network.target[shown].tolist(), strict=True))
    if not told:
        days = {row["id"]: row for row in rows(world, "periods", {"ids": columns["id"]})} if ends else {}
        told = {(*_ids(network, *pair), id_): days.get(id_, {}) for pair, id_ in zip(ends, columns["id"], strict=True)}
    labels = {kind: _label(kind) for kind in set(columns["kind"])}
    return [
        Edge(
            source,
            target,
            id_,
            kind,
            known.get("label") or labels[kind],
            weight,
            directed,
            known.get("from_date"),
            known.get("to_date"),
            tuple(known.get("claims", (id_,))),
        )
        for (source, target), id_, kind, weight, directed in zip(
            ends, *(columns[name] for name in ("id", "kind", "weight", "directed")), strict=True
        )
        for known in [told[(*_ids(network, source, target), id_)]]
    ]


def _ids(network: Numbered, source: int, target: int) -> tuple[str, str]:
    return network.ids[source], network.ids[target]


def _label(kind: str) -> str:
    return palette.stroke(kind, "").label or kind.replace("-", " ").capitalize()


def _told(world: World, name: str, given: Given, size: tuple[int, int]) -> dict[tuple[str, str, str], Row]:
    """Label, days and claims of each link, as the network's own query tells them; nothing of a large network.

    Of a large one the days are those of the claims alone, which `drawing` doesn't give: a link that has its period
    from elsewhere, such as a participation from its programme, then has none.
    """
    if size[0] > TOLD_NODES or size[1] > TOLD_EDGES or not size[0]:
        return {}
    bounds = {"nodes": [str(size[0])], "edges": [str(max(1, size[1]))], "measures": []}
    graph = build.network(world, name, {**given, **bounds}, evidence=False)
    return {
        (source, target, key): data
        | {day: date.fromisoformat(data[day]) for day in ("from_date", "to_date") if day in data}
        for source, target, key, data in graph.edges(keys=True, data=True)
    }


def extended(shown: Picture, nodes: Sequence[Node], points: Points, edges: Sequence[Edge]) -> Picture:
    """The same picture with more in it; what was there stays where and as it was."""
    many = len(nodes)
    about = dict(shown.about)
    for name, more in (("nodes_total", many), ("edges_total", len(edges))):
        about[name] = about.get(name, 0) + more
    values = {
        name: np.concatenate([np.asarray(of, dtype=np.float64), np.full(many, np.nan)])
        for name, of in shown.values.items()
    }
    return replace(
        shown,
        nodes=[*shown.nodes, *nodes],
        edges=[*shown.edges, *edges],
        points=np.concatenate([shown.points, points]),
        values=values if many else shown.values,
        about=about,
    )


def looks(shown: Picture) -> list[tuple[str, palette.Look, int]]:
    """The looks in a picture with how many nodes have each, commonest first."""
    count = Counter(node.look for node in shown.nodes)
    return [(key, look_for(shown, key), n) for key, n in sorted(count.items(), key=lambda c: (-c[1], c[0]))]


def look_for(shown: Picture, key: str) -> palette.Look:
    """How nodes of that key are drawn here; things that were added to a map of flows look as they do elsewhere."""
    kind = str(shown.about.get("kind", ""))
    found = palette.look(kind, key)
    return palette.LOOKS.get(key, found) if found is palette.OTHER else found


def strokes(shown: Picture) -> list[tuple[str, palette.Stroke, int]]:
    """The kinds of link in a picture with how many there are of each, commonest first."""
    count = Counter(edge.kind for edge in shown.edges)
    label = {edge.kind: edge.label for edge in shown.edges}
    return [(kind, stroke_of(kind, label[kind]), n) for kind, n in sorted(count.items(), key=lambda c: (-c[1], c[0]))]


ADDED = {
    "works-in": palette.Stroke("Works in", palette.GREY, (2, 5)),
    "works-on": palette.Stroke("Works on", palette.GREY, (2, 5)),
    "funded-by": palette.Stroke("Funded by", palette.GREEN, (2, 5)),
    "should-meet": palette.Stroke("Should meet", palette.VERMILION, (9, 4)),
}
"""Kinds of link that only pictures have."""


def stroke_of(kind: str, label: str) -> palette.Stroke:
    """How links of that kind are drawn."""
    return ADDED.get(kind) or palette.stroke(kind, label)
