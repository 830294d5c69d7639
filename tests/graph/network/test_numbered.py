"""The arrays form tells what the graph of networkx tells."""

import numpy as np
import pytest
from hypothesis import given, settings

from graph.network.build import drawing, network
from graph.network.layout import places, positions
from graph.network.numbered import numbered, numbered_of
from tests.graph.network.graphs import drawn, pairs, simple

ASKED = [
    ("coordination", {"together": ["yes"]}),
    ("coordination", {"together": ["yes"], "nodes": ["3"], "edges": ["2"]}),
    ("coordination", {"from": ["2004-01-01"]}),
    ("coordination", {"measures": ["degree", "constraint", "community"]}),
    ("flows", {}),
    ("flows", {"on": ["2004-01-01"]}),
    ("surroundings", {"thing": ["actor/lonely"]}),
    ("surroundings", {"thing": ["actor/bravo"], "depth": ["2"]}),
    ("path", {"start": ["actor/echo"], "end": ["actor/delta"]}),
]
IN_BOTH = ("kind", "weight", "directed")


@given(pairs)
@settings(max_examples=50, deadline=None)
def test_the_simple_graph_counts_edges_and_leaves_loops_out(edges):
    graph = drawn(edges)
    network = numbered_of(graph)
    found = network.simple
    told = {
        (network.ids[a], network.ids[b]): w
        for a, b, w in zip(found.low.tolist(), found.high.tolist(), found.weight.tolist(), strict=True)
    }
    assert told == {(min(a, b), max(a, b)): data["weight"] for a, b, data in simple(graph).edges(data=True)}
    assert dict(zip(network.ids, found.degrees.tolist(), strict=True)) == dict(simple(graph).degree())
    some = np.flatnonzero(np.arange(found.size) % 3)
    inside = simple(graph).subgraph([network.ids[n] for n in some])
    assert len(found.among(some).low) == inside.number_of_edges()


def test_of_nothing_nothing_is_made():
    assert len(numbered([]).networkx()) == 0
    assert numbered([]).simple.size == 0


@pytest.mark.parametrize(("name", "given"), ASKED)
def test_a_drawing_is_the_network(small, name, given):
    whole, arrays = network(small, name, given), drawing(small, name, given)
    made = arrays.networkx()
    assert arrays.ids == sorted(whole)
    assert set(made.edges(keys=True)) == set(whole.edges(keys=True))
    for node, data in whole.nodes(data=True):
        assert made.nodes[node] == data
    for edge in whole.edges(keys=True):
        assert made.edges[edge] == {key: whole.edges[edge][key] for key in IN_BOTH}
    assert made.graph == whole.graph
    assert dict(zip(arrays.ids, map(tuple, places(arrays).tolist()), strict=True)) == positions(whole)


def test_a_drawing_tells_how_far_it_is(small):
    told = []
    drawing(small, "flows", {"measures": ["degree"]}, progress=lambda *step: told.append(step))
    assert [step for step, _ in told] == ["Reading", "Neighbours", "Measured", "Drawn"]
    assert [share for _, share in told] == sorted(share for _, share in told)
