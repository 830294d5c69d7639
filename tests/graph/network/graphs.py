"""Graphs for the tests: drawn by hypothesis, and large ones with planted communities."""

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from graph.network.numbered import Numbered

NAMES = "abcdefghij"
pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=30)


def drawn(edges):
    """A network over `NAMES`, some of them without an edge."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(NAMES)
    graph.add_edges_from(edges)
    return graph


def simple(graph):
    """What is measured, made by networkx alone: weights count the edges between two nodes, loops are left out."""
    found = nx.Graph()
    found.add_nodes_from(graph)
    for one, other in graph.edges():
        if one != other:
            found.add_edge(one, other, weight=found.get_edge_data(one, other, {"weight": 0})["weight"] + 1)
    return found


def planted(nodes, edges, seed=3, mean=80):
    """Communities of uneven sizes, three in four edges inside them, a hub in a hundred edges."""
    rng = np.random.default_rng(seed)
    share = 1 + rng.pareto(2.0, nodes // mean)
    home = np.sort(rng.choice(len(share), nodes, p=share / share.sum()))
    first, last = np.searchsorted(home, home), np.searchsorted(home, home, side="right")
    source = rng.integers(0, nodes, edges)
    inside = first[source] + (rng.random(edges) * (last - first)[source]).astype(np.int64)
    target = np.where(rng.random(edges) < 0.75, inside, rng.integers(0, nodes, edges))
    source[: edges // 100] = rng.integers(0, 5, edges // 100)
    number = rng.permutation(nodes).astype(np.int32)
    return Numbered([f"actor/{n:06}" for n in range(nodes)], number[source], number[target])
