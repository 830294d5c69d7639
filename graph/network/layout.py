"""Where the nodes of a network stand. The same network is always laid out the same way.

Units are those of the page: two neighbours stand about `APART` from one another, y grows downwards.
"""

import math
from collections.abc import Iterable

import networkx as nx
import numpy as np
import numpy.typing as npt

from graph.network.measures import SEED, community, numbered, undirected

APART = 110.0
FORCES = 499
"""Nodes of one component up to which forces place them; above, communities are packed as discs."""
LOUVAIN = 4_000
WIDE = 1.6
GOLDEN = math.pi * (3 - math.sqrt(5))

Position = tuple[float, float]
Points = npt.NDArray[np.float64]


def positions(graph: "nx.MultiDiGraph[str]") -> dict[str, Position]:
    """A position (x, y) for every node.

    Flows stand by longitude and latitude (equirectangular) where at least two places have them, with places
    that have none in a row beneath; a path runs from left to right; other networks by the springs of Fruchterman
    and Reingold (1991), a component at a time, or packed by community when they are large.
    """
    if not len(graph):
        return {}
    located = [node for node, data in graph.nodes(data=True) if "latitude" in data and "longitude" in data]
    if graph.graph.get("kind") == "flows" and len(located) > 1:
        found = _by_coordinates(graph, located)
    elif graph.graph.get("kind") == "path":
        found = _in_columns(graph)
    else:
        found = _packed(undirected(graph))
    left, top = min(x for x, _ in found.values()), min(y for _, y in found.values())
    return {node: (round(found[node][0] - left, 1), round(found[node][1] - top, 1)) for node in graph}


def _by_coordinates(graph: "nx.MultiDiGraph[str]", located: list[str]) -> dict[str, Position]:
    degrees = np.array([(graph.nodes[n]["longitude"], graph.nodes[n]["latitude"]) for n in located], dtype=float)
    middle = math.cos(math.radians(float(degrees[:, 1].mean())))
    flat = np.column_stack([degrees[:, 0] * middle, -degrees[:, 1]])
    extent = float(np.ptp(flat, axis=0).max()) or 1.0
    flat *= APART * 3 * math.sqrt(len(located)) / extent
    found = {n: (float(x), float(y)) for n, (x, y) in zip(located, _apart(flat, APART * 0.6), strict=True)}
    rest = [node for node in graph if node not in found]
    left = min(x for x, _ in found.values())
    bottom = max(y for _, y in found.values()) + 2 * APART
    across = max(1, int((max(x for x, _ in found.values()) - left) // (2 * APART)) + 1)
    for number, node in enumerate(sorted(rest)):
        found[node] = (left + (number % across) * 2 * APART, bottom + (number // across) * APART)
    return found


def _apart(points: Points, least: float, rounds: int = 60) -> Points:
    """Push points that stand closer than `least` away from each other, a little each round."""
    if len(points) > FORCES:
        return points
    moved = points.copy()
    for _ in range(rounds):
        gap = moved[:, None, :] - moved[None, :, :]
        far = np.hypot(gap[..., 0], gap[..., 1])
        same = far < 1e-9
        far[same] = 1.0
        push = np.clip(least - far, 0, None)
        push[same] = 0
        moved += (gap / far[..., None] * push[..., None]).sum(axis=1) * 0.3
        twins = np.triu(same, 1).sum(axis=0)
        moved[:, 0] += twins * least * 0.5
    return moved


def _in_columns(graph: "nx.MultiDiGraph[str]") -> dict[str, Position]:
    columns: dict[int, list[str]] = {}
    for node, data in graph.nodes(data=True):
        columns.setdefault(data.get("distance", 0), []).append(node)
    return {
        node: (column * APART * 2.2, (row - (len(nodes) - 1) / 2) * APART)
        for column, nodes in columns.items()
        for row, node in enumerate(sorted(nodes))
    }


def _packed(graph: "nx.Graph[str]") -> dict[str, Position]:
    """Each component by itself, then side by side in rows, the largest first; single nodes as a grid at the end."""
    components = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c))
    blocks = [_component(graph.subgraph(nodes), nodes) for nodes in components if len(nodes) > 1]
    singles = [nodes[0] for nodes in components if len(nodes) == 1]
    if singles:
        across = max(1, math.ceil(math.sqrt(len(singles) * WIDE)))
        blocks.append({n: (i % across * APART * 1.4, i // across * APART * 0.8) for i, n in enumerate(singles)})
    return _in_rows(blocks)


def _component(graph: "nx.Graph[str]", nodes: list[str]) -> dict[str, Position]:
    if len(nodes) > FORCES:
        return _discs(graph)
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges()))
    laid = nx.spring_layout(ordered, seed=SEED, iterations=200, k=1.6 / math.sqrt(len(nodes)))
    points = np.array([laid[node] for node in nodes], dtype=float)
    points = _apart(_turned(points) * APART * 0.75 * math.sqrt(len(nodes)), APART * 0.7)
    across, down = np.ptp(points, axis=0) + APART
    points *= (np.clip(WIDE * down / across, 1, 2), np.clip(across / WIDE / down, 1, 2))  # as wide as the page
    return {n: (float(x), float(y)) for n, (x, y) in zip(nodes, points, strict=True)}


def _turned(points: Points) -> Points:
    """Turn the longest direction to lie across the page."""
    centred = points - points.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    along = vectors[:, ::-1]
    along *= np.where(along[np.abs(along).argmax(axis=0), [0, 1]] < 0, -1, 1)
    return np.asarray(centred @ along)


def _discs(graph: "nx.Graph[str]") -> dict[str, Position]:
    """Linear in nodes and edges: communities as sunflowers, the best connected inside, packed in rows."""
    blocks = []
    for nodes in _parts(graph):
        ranked = sorted(nodes, key=lambda n: (-graph.degree(n), n))
        reach = APART * 0.55
        blocks.append(
            {
                n: (reach * math.sqrt(i) * math.cos(i * GOLDEN), reach * math.sqrt(i) * math.sin(i * GOLDEN))
                for i, n in enumerate(ranked)
            }
        )
    return _in_rows(blocks)


def _parts(graph: "nx.Graph[str]") -> list[list[str]]:
    """Communities: Louvain's, above `LOUVAIN` nodes label propagation's (Traag and Šubelj, 2023)."""
    if len(graph) <= LOUVAIN:
        parts: dict[int, list[str]] = {}
        for node, number in community(graph).items():
            parts.setdefault(int(number), []).append(node)
        return list(parts.values())
    nodes = list(graph)
    found = nx.community.fast_label_propagation_communities(numbered(graph), seed=SEED)
    return [[nodes[i] for i in sorted(part)] for part in found]


def _in_rows(blocks: Iterable[dict[str, Position]]) -> dict[str, Position]:
    """Lay blocks in rows of about the page's shape, the tallest first; lower ones stand on each other in columns."""
    sized = []
    for block in blocks:
        xs, ys = [x for x, _ in block.values()], [y for _, y in block.values()]
        sized.append((block, min(xs), min(ys), max(xs) - min(xs) + 2 * APART, max(ys) - min(ys) + 1.2 * APART))
    sized.sort(key=lambda b: -b[4])
    area = sum(width * height for *_, width, height in sized)
    line = max([math.sqrt(area * WIDE), *(width for *_, width, _ in sized)], default=0)
    found: dict[str, Position] = {}
    x = y = row = column = down = 0.0  # corner and height of the row; width and filled height of its last column
    for block, left, top, width, height in sized:
        if row and down + height > row:
            x, column, down = x + column, 0.0, 0.0
        if row and x + width > line:
            x, y, row, column, down = 0.0, y + row, 0.0, 0.0, 0.0
        row, column = max(row, height), max(column, width)
        found |= {n: (x + a - left + APART, y + down + b - top + 0.6 * APART) for n, (a, b) in block.items()}
        down += height
    return found
