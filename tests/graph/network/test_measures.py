"""Measures against counts by hand and by brute force."""

import math
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import TooLarge
from graph.network import measures
from graph.network.measures import measure, undirected

pairs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


def drawn(edges):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from("abcdefgh")
    graph.add_edges_from(("abcdefgh"[u], "abcdefgh"[v]) for u, v in edges)
    return graph


def test_degree_counts_neighbours_not_edges():
    graph = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "b"), ("a", "a"), ("c", "a")])
    measure(graph, ["degree"])
    assert dict(graph.nodes(data="degree")) == {"a": 2, "b": 1, "c": 1}


@given(pairs)
@settings(max_examples=50, deadline=None)
def test_betweenness_is_the_share_of_shortest_paths(edges):
    graph = drawn(edges)
    simple = undirected(graph)
    expected = dict.fromkeys(simple, 0.0)
    for s, t in combinations(simple, 2):
        if nx.has_path(simple, s, t):
            paths = list(nx.all_shortest_paths(simple, s, t))
            for path in paths:
                for node in path[1:-1]:
                    expected[node] += 1 / len(paths)
    others = math.comb(len(simple) - 1, 2)
    measure(graph, ["betweenness"])
    for node, value in expected.items():
        assert graph.nodes[node]["betweenness"] == pytest.approx(value / others)


@given(pairs)
@settings(max_examples=50, deadline=None)
def test_constraint_is_that_of_networkx(edges):
    graph = drawn(edges)
    expected = nx.constraint(undirected(graph), weight="weight")
    measure(graph, ["constraint"])
    for node, value in expected.items():
        if math.isnan(value):
            assert "constraint" not in graph.nodes[node]
        else:
            assert graph.nodes[node]["constraint"] == pytest.approx(value)


def test_constraint_of_a_bridge_by_hand():
    # a and c know only b: each puts all into b, 1; b halves itself, 2 * (1/2)^2.
    graph = nx.MultiDiGraph([("a", "b"), ("b", "c")])
    measure(graph, ["constraint"])
    assert dict(graph.nodes(data="constraint")) == {"a": 1.0, "b": 0.5, "c": 1.0}


def test_communities_are_the_two_cliques_the_larger_first():
    graph = nx.MultiDiGraph([*combinations("abcd", 2), *combinations("xyz", 2), ("d", "x")])
    measure(graph, ["community"])
    assert {n for n, c in graph.nodes(data="community") if c == 1} == set("abcd")
    assert {n for n, c in graph.nodes(data="community") if c == 2} == set("xyz")


def test_a_sample_is_said(monkeypatch):
    monkeypatch.setattr(measures, "EXACT", 3)
    graph = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "d")])
    assert measure(graph, ["betweenness"])["betweenness"].endswith("estimated from 3 nodes")


def test_a_matrix_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(measures, "MOST", 2)
    with pytest.raises(TooLarge):
        measure(nx.MultiDiGraph([("a", "b"), ("b", "c")]), ["constraint"])


def test_nothing_measured_of_nothing():
    assert set(measure(nx.MultiDiGraph(), list(measures.MEASURES))) == set(measures.MEASURES)
