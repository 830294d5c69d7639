import math
import os
import subprocess
import sys
from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from scipy.spatial import ConvexHull, KDTree

from graph.errors import TooLarge
from graph.network import bounds
from graph.network.build import network
from graph.network.cache import Cache
from graph.network.catalogue import OF_EVERY_KIND
from graph.network.layout import APART, places, positions
from graph.network.measures import measured
from tests.graph.network.graphs import planted


def crowd(nodes, edges, seed=7):
    return nx.MultiDiGraph(nx.relabel_nodes(nx.gnm_random_graph(nodes, edges, seed=seed), lambda n: f"actor/{n}"))


def test_every_node_has_a_place_of_its_own():
    for graph in (crowd(60, 90), crowd(700, 900), nx.MultiDiGraph([("a", "b")]), nx.MultiDiGraph()):
        found = positions(graph)
        assert set(found) == set(graph)
        assert all(math.isfinite(x) and math.isfinite(y) for x, y in found.values())
        assert len(set(found.values())) == len(found)


def test_a_single_node_stands_at_the_corner():
    graph = nx.MultiDiGraph()
    graph.add_node("a")
    assert positions(graph) == {"a": (0.0, 0.0)}


def test_components_do_not_overlap():
    graph = nx.MultiDiGraph([*combinations("abcde", 2), *combinations("vwxyz", 2)])
    found = positions(graph)
    first, second = ([found[n] for n in part] for part in ("abcde", "vwxyz"))
    apart = [
        max(p[axis] for p in one) < min(p[axis] for p in other)
        for axis in (0, 1)
        for one, other in ((first, second), (second, first))
    ]
    assert any(apart)


def test_flows_stand_as_on_a_map(small):
    found = positions(network(small, "flows"))
    assert found["place/far"][0] < found["place/home"][0] < found["place/next"][0]
    assert found["place/far"][1] < found["place/next"][1] < found["place/home"][1]


def test_places_at_one_spot_are_pushed_apart():
    graph = nx.MultiDiGraph(kind="flows")
    for name, (latitude, longitude) in {"a": (40, 70), "b": (40, 70), "c": (50, 30)}.items():
        graph.add_node(name, latitude=latitude, longitude=longitude)
    found = positions(graph)
    assert math.dist(found["a"], found["b"]) > APART * 0.3


def test_a_path_runs_from_left_to_right(small):
    graph = network(small, "path", {"start": ["actor/echo"], "end": ["actor/delta"]})
    found = positions(graph)
    order = sorted(graph, key=lambda n: graph.nodes[n]["distance"])
    assert [found[n][0] for n in order] == sorted(found[n][0] for n in order)
    assert found["actor/echo"][0] < found["actor/delta"][0]


@pytest.mark.parametrize("size", ["60, 90", "700, 1400"])
def test_the_same_network_lies_the_same_in_every_process(size):
    code = (
        "import networkx as nx; from graph.network.layout import positions;"
        f"print(positions(nx.MultiDiGraph(nx.relabel_nodes(nx.gnm_random_graph({size}, seed=1), str))))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_twenty_thousand_nodes_stand_by_community_and_no_two_communities_overlap():
    network = planted(20_000, 100_000)
    told = []
    points = places(network, progress=lambda step, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(np.unique(points, axis=0)) == len(points)
    nearest = KDTree(points).query(points, k=2)[0][:, 1]
    assert nearest.min() > 0.3 * APART
    community = measured(network.simple, ["community"]).values["community"]
    # Hulls of the communities: no node stands among those of another.
    order = np.argsort(community, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(community)[1:])[:-1])
    found = {label: ConvexHull(points[part]).equations for label, part in enumerate(parts, start=1) if len(part) > 2}
    assert len(found) > 20
    for label, sides in found.items():
        inside = (points @ sides[:, :2].T + sides[:, 2] < -1e-6).all(axis=1)
        assert set(community[inside]) <= {label}


def test_neighbours_stand_nearer_than_strangers():
    network = planted(3_000, 12_000)
    points, graph = places(network), network.simple
    edges = np.hypot(*(points[graph.low] - points[graph.high]).T)
    strangers = np.hypot(*(points - np.random.default_rng(1).permutation(points)).T)
    assert np.median(edges) < np.median(strangers) / 3


def test_a_path_is_drawn_as_long_as_it_is():
    nodes = [f"{n:02}" for n in range(30)]
    found = positions(nx.MultiDiGraph(pairwise(nodes)))
    assert math.dist(found["00"], found["29"]) > 0.95 * sum(math.dist(found[a], found[b]) for a, b in pairwise(nodes))


@pytest.mark.parametrize("parts", [1, 40])
def test_neither_the_order_of_nodes_nor_of_edges_counts(parts):
    graph = nx.MultiDiGraph(
        nx.relabel_nodes(nx.gnm_random_graph(800, 1200 if parts == 1 else 500, seed=2), lambda n: f"actor/{n}")
    )
    mixed = nx.MultiDiGraph()
    mixed.add_nodes_from(reversed(list(graph)))
    mixed.add_edges_from((b, a) for a, b in reversed(list(graph.edges())))
    assert positions(graph) == positions(mixed)


@pytest.mark.parametrize(
    "graph",
    [
        nx.MultiDiGraph([("a", "a"), ("b", "b")]),
        nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "a")]),
        nx.MultiDiGraph(nx.star_graph(3000)),
        nx.MultiDiGraph(nx.complete_graph(350)),
        nx.MultiDiGraph(nx.disjoint_union_all([nx.complete_graph(n % 5 + 1) for n in range(400)])),
        nx.MultiDiGraph(nx.path_graph(2000)),
        nx.MultiDiGraph(nx.empty_graph(500)),
    ],
    ids=["loops", "parallel", "star", "complete", "pieces", "path", "alone"],
)
def test_every_form_of_network_has_room(graph):
    graph = nx.relabel_nodes(graph, lambda n: f"node/{n}")
    found = np.array(list(positions(graph).values()))
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert KDTree(found).query(found, k=2)[0][:, 1].min() > 0.3 * APART


def test_what_was_kept_is_not_laid_out_again(tmp_path, monkeypatch):
    cache, network = Cache(tmp_path), planted(1_000, 3_000)
    first = places(network, cache=cache)
    monkeypatch.setattr("graph.network.layout.packed", None)
    np.testing.assert_array_equal(places(network, cache=cache), first)
    for file in tmp_path.iterdir():
        file.write_bytes(b"damaged")
    monkeypatch.undo()
    np.testing.assert_array_equal(places(network, cache=cache), first)


def test_more_than_is_drawn_is_refused(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_EDGES", 1)
    with pytest.raises(TooLarge) as error:
        positions(nx.MultiDiGraph([("a", "b"), ("b", "c")]))
    assert (error.value.parameter, error.value.status) == ("edges", 413)


def test_the_bounds_are_those_of_the_parameters():
    assert (OF_EVERY_KIND["nodes"].high, OF_EVERY_KIND["edges"].high) == (bounds.MOST_NODES, bounds.MOST_EDGES)
