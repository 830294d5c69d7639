import math
import os
import subprocess
import sys
import time
from itertools import combinations

import networkx as nx
import pytest

from graph.network.build import network
from graph.network.layout import APART, positions


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


def test_the_large_are_laid_out_in_linear_time():
    def seconds(size):
        graph = crowd(size, size * 2)
        start = time.perf_counter()
        positions(graph)
        return time.perf_counter() - start

    seconds(600)
    assert seconds(16_000) < 10 * max(seconds(4_000), 0.2)
