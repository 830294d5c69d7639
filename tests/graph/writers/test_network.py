"""The formats, read back by networkx and checked as XML."""

import io
import json
import subprocess
import sys
from xml.etree import ElementTree

import networkx as nx
import pytest

from graph.writers.network import to_gexf, to_graphml, to_json

NASTY = '<img src=x onerror=alert(1)> & "quoted" ]]> \u2028 \x00\x08\ufffe\x1b Ünïcøde 移民'
KEPT = '<img src=x onerror=alert(1)> & "quoted" ]]> \u2028  Ünïcøde 移民'


def source(text="EF.DEL/3/03"):
    return {
        "claim": "tie/a--funds--b",
        "dataset": "network",
        "source": "source/memo",
        "document": text,
        "locators": ["72"],
        "attributed_to": [],
        "confidence": "stated",
        "note": None,
        "stated_on": "2003-05-14",
    }


@pytest.fixture
def graph():
    graph = nx.MultiDiGraph(
        title=NASTY,
        kind="coordination",
        parameters={"place": [NASTY], "nodes": 2000},
        filters=[NASTY],
        datasets=[{"name": "network", "version": "1", "title": NASTY}],
        nodes_total=3,
        edges_total=3,
        cut=None,
        caveat=NASTY,
    )
    graph.add_node("actor/a", label=NASTY, kind="actor", links=2, roles=["origin", NASTY], latitude=1.5)
    graph.add_node("actor/b", label="B", kind="actor", links=3, distance=1)
    graph.add_node("actor/c", label="C", kind="actor", links=1)
    told = {"weight": 1, "claims": ["tie/x"], "claims_total": 1}
    graph.add_edge(
        "actor/a", "actor/b", key="tie/x", label=NASTY, kind="funds", directed=True, **told, sources=[source(NASTY)]
    )
    graph.add_edge(
        "actor/a",
        "actor/b",
        key="tie/y",
        label="L",
        kind="supports",
        directed=True,
        **told,
        sources=[source()],
        from_date="2003-05-01",
        role=NASTY,
        domains=["domain/drugs"],
    )
    graph.add_edge("actor/b", "actor/c", key="tie/x", label="L", kind="funds", directed=False, **told, sources=[])
    return graph


PLACES = {"actor/a": (0.0, 0.0), "actor/b": (110.0, 20.0), "actor/c": (50.0, 60.5)}


def test_json_comes_back_as_the_same_graph(graph):
    data = json.loads(to_json(graph))
    back = nx.node_link_graph(data, edges="edges")
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert sorted(back.edges(keys=True)) == sorted(graph.edges(keys=True))
    assert back.edges["actor/a", "actor/b", "tie/x"]["sources"] == [source(NASTY)]
    assert back.graph == graph.graph
    placed = json.loads(to_json(graph, PLACES))
    assert {n["id"]: (n["x"], n["y"]) for n in placed["nodes"]} == PLACES


@pytest.mark.parametrize(
    ("write", "read"), [(to_graphml, nx.read_graphml), (to_gexf, nx.read_gexf)], ids=["graphml", "gexf"]
)
@pytest.mark.parametrize("positions", [None, PLACES], ids=["bare", "placed"])
def test_xml_comes_back_with_plain_values(graph, write, read, positions):
    text = write(graph, positions)
    ElementTree.fromstring(text)
    back = read(io.BytesIO(text))
    assert set(back) == set(graph)
    assert back.nodes["actor/a"]["label"] == KEPT
    assert back.nodes["actor/a"]["links"] == 2
    assert back.nodes["actor/a"]["latitude"] == 1.5
    assert back.number_of_edges() == 3
    told = {(u, v, d["claim"]): d for u, v, d in back.edges(data=True)}
    assert set(told) == set(graph.edges(keys=True))
    edge = told["actor/a", "actor/b", "tie/y"]
    assert edge["sources"] == "EF.DEL/3/03 [72] (stated, 2003-05-14, network)"
    assert edge["from_date"] == "2003-05-01"
    assert edge["domains"] == "domain/drugs"
    assert edge["directed"] is True


def test_gexf_says_what_it_is_but_not_when_it_was_written(graph):
    text = to_gexf(graph, PLACES).decode()
    assert "lastmodifieddate" not in text
    root = ElementTree.fromstring(text)
    space = {"g": "http://www.gexf.net/1.2draft"}
    assert root.findtext("g:meta/g:creator", namespaces=space) == "Concert"
    assert KEPT in root.findtext("g:meta/g:description", namespaces=space)
    ids = [edge.get("id") for edge in root.iterfind(".//g:edge", space)]
    assert len(set(ids)) == 3


def test_graphml_carries_the_stamp(graph):
    back = nx.read_graphml(io.BytesIO(to_graphml(graph)))
    assert back.graph["title"] == KEPT
    assert json.loads(back.graph["parameters"])["nodes"] == 2000


def test_writing_leaves_the_graph_as_it_was(graph):
    before = nx.node_link_data(graph, edges="edges")
    for write in (to_json, to_graphml, to_gexf):
        write(graph, PLACES)
    assert nx.node_link_data(graph, edges="edges") == before


@pytest.mark.parametrize("write", [to_json, to_graphml, to_gexf])
def test_an_empty_network_is_written_too(write):
    assert write(nx.MultiDiGraph(title="Nothing", cut=None))


@pytest.mark.parametrize("name", ["to_json", "to_graphml", "to_gexf"])
def test_bytes_are_the_same_in_every_process(name):
    code = (
        "import sys, networkx as nx; import graph.writers.network as w;"
        "g = nx.MultiDiGraph(title='T'); g.add_edge('b', 'a', key='k', label='x', domains=['d', 'c'], weight=1);"
        f"sys.stdout.buffer.write(w.{name}(g))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
