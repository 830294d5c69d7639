"""The result of a query as a network: things are nodes, and each row or triple that names two of them is a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from graph.network.layout import positions
from graph.questions.answer import labels_of
from graph.tables.world import World
from viz.drawings.picture import Edge, Node, Picture, looks, strokes
from viz.drawings.svg import to_svg
from viz.drawings.view import View
from viz.palette import LOOKS, Look, Pair

MOST_NODES, MOST_LINKS = 250, 500

Link = tuple[str, str, str]
"""From one thing, by what, to another: short ids, and the name of the column or property between them."""


@dataclass(frozen=True)
class Drawn:
    """The picture as SVG, how much of it is drawn, and its legend.

    looks  how each kind of thing is drawn, and how many there are; lines  colour and dash of links, and what they are
    """

    svg: str
    nodes: int
    all_nodes: int
    links: int
    all_links: int
    looks: Sequence[tuple[Look, int]] = ()
    lines: Sequence[tuple[Pair, str, Sequence[tuple[str, int]]]] = ()


def of_rows(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[Link]:
    """The links of rows of things, `rows` having the short id of each column that names one.

    The first such column of a row is linked to each other one, by its name.
    """
    links: dict[Link, None] = {}
    for row in rows:
        named = [column for column in columns if column in row]
        links |= {(row[named[0]], column, row[column]): None for column in named[1:] if row[column] != row[named[0]]}
    return list(links)


def drawn(world: World, links: Sequence[Link]) -> Drawn | None:
    """A picture of the first links, at most MOST_LINKS of them between MOST_NODES things; None where there are none."""
    if not links:
        return None
    shown: dict[str, None] = {}
    kept: list[Link] = []
    for link in links:
        both = dict.fromkeys((link[0], link[2]))
        if len(kept) < MOST_LINKS and len(shown | both) <= MOST_NODES:
            shown |= both
            kept.append(link)
    everything = {end for link in links for end in (link[0], link[2])}
    picture = _picture(world, kept)
    svg = to_svg(picture, View(), theme="both", stamped=False, links=True).decode("utf-8")
    seen = [(look, count) for _, look, count in looks(picture)]
    return Drawn(svg, len(shown), len(everything), len(kept), len(links), seen, _lines(picture))


def _lines(picture: Picture) -> list[tuple[Pair, str, list[tuple[str, int]]]]:
    """Links by how they are drawn: what is no tie or role of ours has one dash for all, whatever the query calls it."""
    found: dict[tuple[Pair, str], list[tuple[str, int]]] = {}
    for kind, stroke, count in strokes(picture):
        found.setdefault((stroke.colour, " ".join(map(str, stroke.dash))), []).append((stroke.label or kind, count))
    return [(*how, kinds) for how, kinds in found.items()]


def _picture(world: World, links: Sequence[Link]) -> Picture:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="The result as a network")
    for source, by, target in links:
        graph.add_edge(source, target, key=by)
    ids = sorted(graph)
    number = {id_: at for at, id_ in enumerate(ids)}
    labels = labels_of(world, set(ids))
    spots = positions(graph)
    nodes = [Node(id_, labels.get(id_, id_), _kind(id_), _kind(id_), int(graph.degree(id_))) for id_ in ids]
    edges = [Edge(number[source], number[target], f"{source} {by} {target}", by, by) for source, by, target in links]
    about = {"title": "The result as a network", "caveat": "Links are as the query gives them."}
    points = np.array([spots[id_] for id_ in ids], dtype=np.float64)
    return Picture(nodes, edges, points, about=about)


def _kind(id_: str) -> str:
    kind = id_.partition("/")[0]
    return kind if kind in LOOKS else "other"
