"""Measures of the nodes of a network, as it is drawn: what was cut off does not count.

All see the network as a simple undirected graph whose weight is the number of edges between two nodes; loops are
left out.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import networkx as nx
import numpy as np

from graph.errors import TooLarge

SEED = 20030514
EXACT = 400
"""Nodes up to which betweenness is computed from every node; above, it is estimated from this many."""
MOST = 3_000
"""Nodes up to which the constraint, which takes a dense matrix, is computed."""

Measure = Callable[["nx.Graph[str]"], dict[str, float | int]]


def measure(graph: "nx.MultiDiGraph[str]", names: Sequence[str]) -> dict[str, str]:
    """Put the measures `names` on every node as attributes, and say how each was computed.

    A measure that is undefined for a node is absent there. Raises TooLarge for one that would take too long.
    """
    simple = undirected(graph)
    for name in names:
        for node, value in MEASURES[name](simple).items():
            if not math.isnan(value):
                graph.nodes[node][name] = value
    estimated = "betweenness" in names and len(simple) > EXACT
    return {
        name: ABOUT[name] + (f"; estimated from {EXACT} nodes" * estimated * (name == "betweenness")) for name in names
    }


def undirected(graph: "nx.MultiDiGraph[str]") -> "nx.Graph[str]":
    """The simple graph that is measured: `weight` counts the edges between two nodes, either way."""
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(graph)
    for source, target in graph.edges():
        if source != target:
            weight = simple.get_edge_data(source, target, {"weight": 0})["weight"]
            simple.add_edge(source, target, weight=weight + 1)
    return simple


def numbered(graph: "nx.Graph[Any]") -> "nx.Graph[int]":
    """The same graph over numbers, whose sets, unlike those of texts, keep their order from run to run."""
    return nx.convert_node_labels_to_integers(graph)


def degree(graph: "nx.Graph[str]") -> dict[str, float | int]:
    """Neighbours of each node."""
    return dict(graph.degree())


def betweenness(graph: "nx.Graph[str]") -> dict[str, float | int]:
    """Share of the shortest paths between two others on which a node lies, 0 to 1.

    Freeman, A set of measures of centrality based on betweenness (1977); computed, and above `EXACT` nodes
    estimated from a seeded sample, after Brandes (2001, 2008).
    """
    sample = EXACT if len(graph) > EXACT else None
    return dict(nx.betweenness_centrality(graph, k=sample, seed=SEED))


def constraint(graph: "nx.Graph[str]") -> dict[str, float | int]:
    """How far a node's relations lead back to the same others: low where it bridges a structural hole.

    Burt, Structural Holes (1992): the sum over neighbours j of (p_ij + sum_q p_iq p_qj)^2, p_ij the share of i's
    edges that go to j. Not defined for a node without neighbours.
    """
    if len(graph) > MOST:
        raise TooLarge(
            f"the constraint is not computed for {len(graph):,} nodes",
            parameter="measures",
            given="constraint",
            expected=f"at most {MOST:,} nodes",
        )
    if not len(graph):
        return {}
    weights = nx.to_numpy_array(graph)
    total = weights.sum(axis=1, keepdims=True)
    shares = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    found = np.where(weights > 0, (shares + shares @ shares) ** 2, 0).sum(axis=1)
    return {n: float(v) if t else math.nan for n, v, t in zip(graph, found, total[:, 0], strict=True)}


def community(graph: "nx.Graph[str]") -> dict[str, float | int]:
    """Number of the community that a node is in, from 1, the largest first.

    Blondel, Guillaume, Lambiotte, Lefebvre, Fast unfolding of communities in large networks (2008), seeded.
    """
    nodes = list(graph)
    parts = [sorted(nodes[i] for i in part) for part in nx.community.louvain_communities(numbered(graph), seed=SEED)]
    ordered = sorted(parts, key=lambda part: (-len(part), part))
    return {node: number for number, part in enumerate(ordered, start=1) for node in part}


MEASURES: dict[str, Measure] = {
    "degree": degree,
    "betweenness": betweenness,
    "constraint": constraint,
    "community": community,
}
ABOUT = {
    "degree": "neighbours in this drawing",
    "betweenness": "share of the shortest paths between two others on which it lies",
    "constraint": "Burt's constraint: low where it bridges a structural hole",
    "community": "Louvain community, the largest is 1",
}
