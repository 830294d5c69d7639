"""Measures against networkx, against counts by hand, and the laws that they keep."""

import math
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import TooLarge
from graph.network import between, bounds, measures
from graph.network.cache import Cache
from graph.network.measures import MEASURES, measure, measured
from graph.network.numbered import numbered, numbered_of
from tests.graph.network.graphs import NAMES, drawn, pairs, planted, simple

quick = settings(max_examples=60, deadline=None)
SHARES_OF_ALL = ("betweenness", "pagerank")


def values(graph, name):
    measure(graph, [name])
    return {node: value for node, value in graph.nodes(data=name) if value is not None}


def sets(labels):
    return {frozenset(n for n in labels if labels[n] == label) for label in labels.values()}


def test_degree_counts_neighbours_not_edges():
    graph = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "b"), ("a", "a"), ("c", "a")])
    assert values(graph, "degree") == {"a": 2, "b": 1, "c": 1}


@given(pairs)
@quick
def test_betweenness_is_that_of_networkx(edges):
    graph = drawn(edges)
    assert values(graph, "betweenness") == pytest.approx(nx.betweenness_centrality(simple(graph)))


@given(pairs)
@quick
def test_constraint_is_that_of_networkx(edges):
    graph = drawn(edges)
    expected = nx.constraint(simple(graph), weight="weight")
    assert values(graph, "constraint") == pytest.approx({n: v for n, v in expected.items() if not math.isnan(v)})


def test_constraint_is_that_of_networkx_where_many_triangles_meet(monkeypatch):
    monkeypatch.setattr("graph.network.holes.AT_ONCE", 50)
    edges = nx.barabasi_albert_graph(60, 6, seed=4).edges()
    graph = nx.MultiDiGraph([(f"{a:02}", f"{b:02}") for a, b in [*edges, *list(edges)[::3]]])
    assert values(graph, "constraint") == pytest.approx(nx.constraint(simple(graph), weight="weight"))


def test_constraint_of_a_bridge_by_hand():
    # a and c know only b: each puts all into b, 1; b halves itself, 2 * (1/2)^2.
    graph = nx.MultiDiGraph([("a", "b"), ("b", "c")])
    assert values(graph, "constraint") == {"a": 1.0, "b": 0.5, "c": 1.0}


@given(pairs)
@quick
def test_pagerank_is_that_of_networkx(edges):
    graph = drawn(edges)
    expected = nx.pagerank(simple(graph), weight="weight", tol=1e-12, max_iter=1000)
    assert values(graph, "pagerank") == pytest.approx(expected, abs=1e-7)


@given(pairs)
@quick
def test_components_are_those_of_networkx_the_largest_first(edges):
    graph = drawn(edges)
    found = values(graph, "component")
    assert sets(found) == {frozenset(c) for c in nx.connected_components(simple(graph))}
    sizes = [sum(1 for label in found.values() if label == n) for n in range(1, max(found.values()) + 1)]
    assert sizes == sorted(sizes, reverse=True)


def test_communities_are_the_two_cliques_the_larger_first():
    graph = nx.MultiDiGraph([*combinations("abcde", 2), *combinations("wxyz", 2), ("d", "x")])
    found = values(graph, "community")
    assert {n for n, c in found.items() if c == 1} == set("abcde")
    assert {n for n, c in found.items() if c == 2} == set("wxyz")


@given(pairs)
@quick
def test_a_community_hangs_together(edges):
    graph = drawn(edges)
    whole = simple(graph)
    assert all(nx.is_connected(whole.subgraph(part)) for part in sets(values(graph, "community")))


@pytest.mark.parametrize("seed", range(4))
def test_communities_are_as_good_as_those_of_networkx(seed):
    network = planted(800, 4_000, seed=seed)
    graph = simple(network.networkx())
    found = dict(zip(network.ids, measured(network.simple, ["community"]).values["community"].tolist(), strict=True))
    ours = nx.community.modularity(graph, sets(found))
    assert ours >= nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed)) - 0.01


def test_an_estimate_is_near_says_how_near_and_is_always_the_same(monkeypatch):
    network = planted(600, 2_400)
    graph = network.networkx()
    graph.add_edges_from(combinations("vwxyz", 2))  # pairs that no path joins count, too
    graph.add_node("alone")
    network = numbered_of(graph)
    exact = measured(network.simple, ["betweenness"])
    assert "estimated" not in exact.how["betweenness"]
    monkeypatch.setattr(between, "EXACT", 1_000)
    one, again = (measured(network.simple, ["betweenness"]) for _ in range(2))
    assert (one.values["betweenness"] == again.values["betweenness"]).all()
    off = np.abs(one.values["betweenness"] - exact.values["betweenness"]).max()
    told = float(re.fullmatch(r".*; estimated, with a standard error of at most (\S+)", one.how["betweenness"])[1])
    assert told / 4 < off < 4 * told < 0.1


@given(pairs, st.randoms(use_true_random=False))
@quick
def test_neither_the_order_of_nodes_nor_of_edges_counts(edges, chance):
    one, other = drawn(edges), nx.MultiDiGraph()
    mixed = [pair[::-1] if chance.random() < 0.5 else pair for pair in chance.sample(edges, len(edges))]
    other.add_nodes_from(chance.sample(NAMES, len(NAMES)))
    other.add_edges_from(mixed)
    for name in MEASURES:
        assert values(one, name) == values(other, name)


@given(pairs, st.sampled_from(["0", "ab", "z"]))
@quick
def test_a_node_without_links_changes_nothing_of_the_others(edges, name):
    """But for shares of all nodes, which keep their proportions."""
    alone, with_it = drawn(edges), drawn(edges)
    with_it.add_node(name)
    joined = [node for node in NAMES if simple(alone).degree(node)]
    for measured_as in MEASURES:
        before, after = values(alone, measured_as), values(with_it, measured_as)
        if measured_as in SHARES_OF_ALL:
            total, new_total = (sum(found[n] for n in joined) or 1 for found in (before, after))
            for node in joined:
                assert before[node] / total == pytest.approx(after[node] / new_total)
        else:
            assert {n: before[n] for n in joined if n in before} == {n: after[n] for n in joined if n in after}


@pytest.mark.parametrize("graph", [nx.MultiDiGraph(), nx.MultiDiGraph([("a", "a")])])
def test_of_nothing_and_of_one_there_is_little_to_measure(graph):
    assert set(measure(graph, list(MEASURES))) == set(MEASURES)
    for _, data in graph.nodes(data=True):
        assert data == {"degree": 0, "betweenness": 0, "community": 1, "component": 1, "pagerank": 1}


def test_parallel_edges_weigh_and_loops_do_not():
    graph = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("b", "b")])
    assert values(graph, "constraint")["b"] == pytest.approx((2 / 3) ** 2 + (1 / 3) ** 2)
    assert values(graph, "betweenness") == {"a": 0, "b": 1, "c": 0}


def test_what_was_kept_is_not_computed_again(tmp_path, monkeypatch):
    cache, graph = Cache(tmp_path), planted(300, 1_200).simple
    first = measured(graph, list(MEASURES), cache=cache).values

    def fail(*_):
        raise AssertionError("computed again")

    monkeypatch.setattr(measures, "MEASURES", MEASURES | dict.fromkeys(measures.SETTINGS, fail))
    again = measured(graph, list(MEASURES), cache=cache).values
    for name in MEASURES:
        np.testing.assert_array_equal(first[name], again[name])
    with pytest.raises(AssertionError, match="again"):
        measured(planted(300, 1_200, seed=4).simple, ["constraint"], cache=cache)


def test_progress_never_falls_and_ends():
    told = []
    measured(planted(100, 300).simple, list(MEASURES), progress=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert len({step for step, _ in told}) == len(MEASURES) + 1


def test_more_than_is_drawn_is_refused(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_NODES", 2)
    with pytest.raises(TooLarge) as error:
        measured(numbered("abc").simple, ["degree"])
    assert (error.value.parameter, error.value.given) == ("nodes", "3 nodes")
    monkeypatch.setattr(bounds, "MOST_NODES", 5)
    monkeypatch.setattr(bounds, "MOST_EDGES", 1)
    with pytest.raises(TooLarge, match="edges"):
        measure(nx.MultiDiGraph([("a", "b"), ("b", "c")]), ["degree"])


def test_several_threads_get_what_one_gets(monkeypatch):
    monkeypatch.setattr(between, "EXACT", 500_000)
    graphs = [planted(500, 2_000, seed=n).simple for n in range(3)]
    names = ["community", "betweenness", "pagerank"]
    alone = [measured(graph, names).values for graph in graphs]
    with ThreadPoolExecutor(3) as pool:
        for one, values in zip(
            pool.map(lambda n: measured(graphs[n % 3], names).values, range(9)), alone * 3, strict=True
        ):
            for name in names:
                np.testing.assert_array_equal(one[name], values[name])
