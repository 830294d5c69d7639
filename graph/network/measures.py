"""Measures of the nodes of a network, as it is drawn: what was cut off does not count.

All see the network as a simple undirected graph whose weight is the number of edges between two nodes; loops are
left out. Nodes without neighbours are set apart first, so that they change nothing of the others but what is a share
of all nodes. Equal networks give equal values, whatever the order of their nodes and edges.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt

from graph.network import between
from graph.network.between import betweenness
from graph.network.bounds import refuse_above
from graph.network.cache import Cache, key_of
from graph.network.holes import constraint
from graph.network.numbered import Numbers, Simple, numbered_of
from graph.network.progress import Progress, part, silent
from graph.network.seeded import graph_of, seeded

DAMPING = 0.85
ITERATIONS = 300
"""After so many a PageRank is as exact as its numbers; networkit would go on for ever where rounding is too coarse."""

Values = npt.NDArray[Any]


@dataclass(frozen=True)
class Measured:
    """What was measured.

    values  name -> an array over the nodes, NaN where the measure is undefined
    how  name -> what it is, in words, and how far off where it is estimated
    """

    values: dict[str, Values]
    how: dict[str, str]


def measure(
    graph: "nx.MultiDiGraph[str]",
    names: Sequence[str],
    *,
    progress: Progress = silent,
    cache: Cache | None = None,
) -> dict[str, str]:
    """Put the measures `names` on every node as attributes, and say how each was computed.

    A measure that is undefined for a node is absent there. Raises TooLarge above the bounds of a drawing.
    """
    network = numbered_of(graph)
    found = measured(network.simple, names, progress=progress, cache=cache)
    for name, values in found.values.items():
        for node, value in zip(network.ids, values.tolist(), strict=True):
            if not math.isnan(value):
                graph.nodes[node][name] = value
    return found.how


def measured(
    graph: Simple, names: Sequence[str], *, progress: Progress = silent, cache: Cache | None = None
) -> Measured:
    """The measures `names` of every node. Raises TooLarge above the bounds of a drawing."""
    refuse_above(graph.size, len(graph.low))
    joined = np.flatnonzero(graph.degrees)
    core = graph.among(joined)
    found = Measured({}, {})
    for number, name in enumerate(names):
        told = part(progress, number / len(names), (number + 1) / len(names))
        told(TITLES[name], 0.0)
        values, error = _kept(core, name, told, cache) if core.size else (np.zeros(0), 0.0)
        found.values[name] = WHOLE[name](values, joined, graph.size)
        found.how[name] = ABOUT[name] + (f"; estimated, with a standard error of at most {error:.1g}" if error else "")
    progress("Measured", 1.0)
    return found


def _kept(core: Simple, name: str, progress: Progress, cache: Cache | None) -> tuple[Values, float]:
    if cache is None or name not in SETTINGS:
        return MEASURES[name](core, progress)
    key = key_of(core, name, SETTINGS[name]())
    if kept := cache.get(key):
        return kept["values"], float(kept["error"])
    values, error = MEASURES[name](core, progress)
    cache.put(key, {"values": values, "error": np.array(error)})
    return values, error


def degree(graph: Simple) -> Values:
    """Neighbours of each node."""
    return graph.degrees


def component(graph: Simple) -> Values:
    """Number of the connected component that a node is in, from 1, the largest first."""
    return ranked(joined_by(graph.size, graph.low, graph.high))


def pagerank(graph: Simple) -> Values:
    """How often someone who follows edges at random, and starts anew every seventh step or so, is at a node.

    Brin, Page, The anatomy of a large-scale hypertextual web search engine (1998), over an undirected graph, by the
    number of edges, damped by `DAMPING`; the shares of all nodes sum to 1.
    """
    with seeded() as networkit:
        weighted = graph_of(networkit, graph, weighted=True)
        walk = networkit.centrality.PageRank(weighted, DAMPING, 1e-12)
        walk.maxIterations = ITERATIONS
        shares = np.array(walk.run().scores())
    return np.asarray(shares / shares.sum())


def community(graph: Simple) -> Values:
    """Number of the community that a node is in, from 1, the largest first; each hangs together.

    Louvain's method with refinement (Blondel, Guillaume, Lambiotte, Lefebvre, Fast unfolding of communities in large
    networks, 2008; Staudt, Meyerhenke, Engineering parallel algorithms for community detection, 2016). A community
    whose parts no edge joins is as many communities: that never lowers the modularity.
    """
    with seeded() as networkit:
        weighted = graph_of(networkit, graph, weighted=True)
        found = np.array(networkit.community.PLM(weighted, refine=True).run().getPartition().getVector())
    inside = found[graph.low] == found[graph.high]
    return ranked(joined_by(graph.size, graph.low[inside], graph.high[inside]))


def joined_by(size: int, low: Numbers, high: Numbers) -> Numbers:
    """A label for each node, the same for those that edges join."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = coo_array((np.ones(len(low), dtype=np.int8), (low, high)), shape=(size, size))
    labels: Numbers = connected_components(edges, directed=False)[1]
    return labels


def ranked(labels: Numbers) -> Numbers:
    """Labels from 1 on: the largest set first, of equal ones the one with the first node."""
    _, first, inverse, size = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int32)
    rank[np.lexsort((first, -size))] = np.arange(1, len(size) + 1)
    return np.asarray(rank[inverse])


def _absent(found: Values, joined: npt.NDArray[np.intp], size: int) -> Values:
    whole = np.full(size, np.nan)
    whole[joined] = found
    return whole


def _none(found: Values, joined: npt.NDArray[np.intp], size: int) -> Values:
    whole = np.zeros(size, dtype=np.int32)
    whole[joined] = found
    return whole


def _alone(found: Values, joined: npt.NDArray[np.intp], size: int) -> Values:
    """Nodes without neighbours are each a set of its own, after all others."""
    whole = np.zeros(size, dtype=np.int32)
    whole[joined] = found
    alone = whole == 0
    whole[alone] = np.arange(1, alone.sum() + 1) + (found.max() if len(found) else 0)
    return whole


def _of_all_pairs(found: Values, joined: npt.NDArray[np.intp], size: int) -> Values:
    whole = np.zeros(size)
    if len(joined) > 2:
        whole[joined] = found * ((len(joined) - 1) * (len(joined) - 2) / ((size - 1) * (size - 2)))
    return whole


def _started_anew(found: Values, joined: npt.NDArray[np.intp], size: int) -> Values:
    """Nodes without neighbours are where one starts anew and nowhere else; the others keep their proportions."""
    start = 1 / (len(joined) / (1 - DAMPING) + size - len(joined)) if size else 0.0
    whole = np.full(size, start)
    whole[joined] = found * (len(joined) * start / (1 - DAMPING))
    return whole


def _exact(measure: Callable[[Simple], Values]) -> "Compute":
    return lambda graph, _: (measure(graph), 0.0)


Compute = Callable[[Simple, Progress], tuple[Values, float]]
MEASURES: Mapping[str, Compute] = {
    "degree": _exact(degree),
    "betweenness": betweenness,
    "constraint": _exact(constraint),
    "community": _exact(community),
    "component": _exact(component),
    "pagerank": _exact(pagerank),
}
"""Each for a graph in which every node has a neighbour, with its largest standard error."""
WHOLE: Mapping[str, Callable[[Values, npt.NDArray[np.intp], int], Values]] = {
    "degree": _none,
    "betweenness": _of_all_pairs,
    "constraint": _absent,
    "community": _alone,
    "component": _alone,
    "pagerank": _started_anew,
}
"""The same for all nodes, those without neighbours among them."""
SETTINGS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "betweenness": lambda: {"exact": between.EXACT, "draws": between.DRAWS, "least": between.LEAST},
    "constraint": dict,
    "community": dict,
    "pagerank": lambda: {"damping": DAMPING},
}
"""Of those that are worth keeping."""
TITLES = {
    "degree": "Neighbours",
    "betweenness": "Betweenness",
    "constraint": "Constraint",
    "community": "Communities",
    "component": "Components",
    "pagerank": "PageRank",
}
ABOUT = {
    "degree": "neighbours in this drawing",
    "betweenness": "share of the shortest ways between two others that lead through it; high for a go-between",
    "constraint": "how far its neighbours are tied to one another (Burt); low for who bridges groups that are not",
    "community": "group with more links within it than to others (Louvain); 1 is the largest",
    "component": "connected component, the largest is 1",
    "pagerank": "PageRank over undirected edges, the shares of all nodes sum to 1",
}
