"""Each kind of network against what a person reads off the sheets of tests/worlds/network."""

import csv
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import pytest

from graph.errors import InvalidParameter, NotFound
from graph.library import Library
from graph.network.bounds import strongest
from graph.network.build import network
from graph.network.catalogue import kinds

WORLD = Path(__file__).parents[2] / "worlds" / "network"


def edges(graph):
    return {(u.partition("/")[2], d["kind"], v.partition("/")[2]) for u, v, d in graph.edges(data=True)}


def nodes(graph):
    return {n.partition("/")[2] for n in graph}


def rows(sheet):
    with (WORLD / f"{sheet}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def split(cell):
    return [part for part in cell.split(";") if part]


def independent():
    """Every link of the sheets as an undirected graph, made without any of the code under test."""
    graph = nx.Graph()
    for row in rows("participations"):
        graph.add_edge(f"actor/{row['actor']}", f"programme/{row['programme']}")
    for row in rows("ties"):
        graph.add_edge(f"actor/{row['actor']}", f"actor/{row['other']}")
    for row in rows("mandates"):
        graph.add_edge(f"actor/{row['actor']}", f"place/{row['place']}" if row["place"] else f"domain/{row['domain']}")
    for row in rows("actors"):
        if row["part_of"]:
            graph.add_edge(f"actor/{row['id']}", f"actor/{row['part_of']}")
        if row["state"]:
            graph.add_edge(f"actor/{row['id']}", f"place/{row['state']}")
    for row in rows("programmes"):
        graph.add_edges_from((f"programme/{row['id']}", f"place/{place}") for place in split(row["places"]))
        if row["parent"]:
            graph.add_edge(f"programme/{row['id']}", f"programme/{row['parent']}")
    for row in rows("flows"):
        graph.add_edges_from((f"flow/{row['id']}", f"actor/{actor}") for actor in split(row["actors"]))
    for row in rows("legs"):
        graph.add_edge(f"flow/{row['flow']}", f"place/{row['place']}")
        if row["next"]:
            graph.add_edge(f"flow/{row['flow']}", f"place/{row['next']}")
    return graph


def test_every_kind_says_what_it_is_and_draws_its_example_parameters():
    assert set(kinds()) == {"coordination", "who-does-what", "flows", "surroundings", "path"}
    for kind in kinds().values():
        assert kind.header.title
        assert kind.header.asks.endswith("?")
        assert set(kind.header.example) <= set(kind.parameters)
        assert {"on", "from", "to", "dataset", "measures", "nodes", "edges"} <= set(kind.parameters)


def test_coordination_is_ties_and_units(small):
    graph = network(small, "coordination")
    assert edges(graph) == {
        ("alpha", "coordinates-with", "charlie"),
        ("alpha", "funds", "delta"),
        ("delta", "obstructs", "bravo"),
        ("charlie", "supports", "echo"),
        ("alpha-unit", "trains", "echo"),
        ("alpha-unit", "part-of", "alpha"),
    }
    assert "actor/lonely" not in graph
    directed = {d["kind"]: d["directed"] for *_, d in graph.edges(data=True)}
    assert directed["coordinates-with"] is False
    assert directed["funds"] is True
    assert graph.nodes["actor/alpha"] == {
        "label": "Alpha Organisation",
        "kind": "actor",
        "class": "InternationalOrganisation",
        "links": 3,
    }


def test_an_edge_tells_its_claim_period_and_sources(small):
    graph = network(small, "coordination")
    edge = graph.edges["actor/alpha", "actor/delta", "tie/alpha--funds--delta"]
    assert edge["label"] == "Funds"
    assert (edge["from_date"], edge["to_date"]) == ("2003-05-01", "2003-05-31")
    assert edge["domains"] == ["domain/drugs"]
    (source,) = edge["sources"]
    assert source["document"] == "Field note"
    assert source["locators"] == ["76"]
    assert source["dataset"] == "network"
    assert "sources" not in next(iter(network(small, "coordination", evidence=False).edges(data=True)))[2]


def test_actors_of_one_programme_work_together_once_a_pair(small):
    graph = network(small, "coordination", {"together": ["yes"]})
    pairs = {(u, v) for u, kind, v in edges(graph) if kind == "works-with"}
    assert pairs == {*combinations(["alpha", "bravo", "delta"], 2), ("bravo", "charlie")}
    edge = graph.edges["actor/bravo", "actor/charlie", "works-with/actor/bravo--actor/charlie"]
    assert edge["directed"] is False
    assert edge["claims"] == ["participation/bravo--shelter--implementing", "participation/charlie--shelter--funding"]
    assert (edge["from_date"], edge["to_date"]) == ("2003-04-01", "2003-04-30")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"domain": ["drugs"]}, {"coordinates-with", "funds"}),
        ({"domain": ["persons"]}, {"obstructs", "trains", "part-of"}),  # a unit brings what it is part of
        ({"place": ["port"]}, {"coordinates-with", "funds", "obstructs"}),  # home holds port
        ({"place": ["next"]}, set()),
        ({"actor": ["charlie"]}, {"coordinates-with", "supports"}),
        ({"actor": ["alpha"]}, {"coordinates-with", "funds", "trains", "part-of"}),  # with its units
        ({"on": ["2003-01-15"]}, {"obstructs"}),
        ({"from": ["2004-01-01"]}, set()),
        ({"to": ["2003-02-01"]}, {"obstructs"}),
        ({"dataset": ["network"]}, {"coordinates-with", "funds", "obstructs", "supports", "trains", "part-of"}),
    ],
)
def test_coordination_under_a_filter(small, given, expected):
    graph = network(small, "coordination", given)
    assert {kind for _, kind, _ in edges(graph)} == expected


def test_who_does_what_draws_only_the_places_that_fit(small):
    everything = network(small, "who-does-what")
    assert "programme/survey" in everything
    assert everything.degree("programme/survey") == 0
    graph = network(small, "who-does-what", {"place": ["next"]})
    assert edges(graph) == {
        ("alpha", "funding", "patrol"),
        ("bravo", "implementing", "patrol"),
        ("delta", "partner", "patrol"),
        ("alpha-unit", "accountable", "patrol-two"),
        ("patrol", "takes-place-in", "next"),
        ("patrol-two", "takes-place-in", "next"),
    }
    funding = network(small, "who-does-what", {"role": ["funding"]})
    assert {kind for _, kind, _ in edges(funding)} == {"funding", "takes-place-in"}


def test_flows_go_from_place_to_place_and_tell_roles(small):
    graph = network(small, "flows")
    assert edges(graph) == {("home", "drugs", "next"), ("next", "drugs", "far"), ("port", "persons", "far")}
    assert graph.nodes["place/home"]["roles"] == ["origin", "transit"]
    assert graph.nodes["place/far"]["roles"] == ["destination"]
    assert graph.nodes["place/next"]["latitude"] == 41.2
    edge = graph.edges["place/home", "place/next", "leg/powder--home--transit--next"]
    assert (edge["label"], edge["role"], edge["domains"]) == ("Heroin northwards", "transit", ["domain/heroin"])
    assert nodes(network(small, "flows", {"domain": ["persons"]})) == {"port", "far", "home"}
    assert nodes(network(small, "flows", {"on": ["2004-01-01"]})) == set()


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("thing", ["actor/bravo", "place/far", "programme/patrol", "flow/powder"])
def test_surroundings_are_those_that_networkx_finds(small, thing, depth):
    graph = network(small, "surroundings", {"thing": [thing], "depth": [str(depth)]})
    expected = nx.single_source_shortest_path_length(independent(), thing, cutoff=depth)
    assert dict(graph.nodes(data="distance")) == expected
    induced = independent().subgraph(expected)
    assert {frozenset(edge) for edge in graph.edges()} == {frozenset(edge) for edge in induced.edges()}


def test_surroundings_of_a_thing_without_links_is_the_thing(small):
    assert nodes(network(small, "surroundings", {"thing": ["actor/lonely"]})) == {"lonely"}


@pytest.mark.parametrize(
    "ends", list(combinations(["actor/echo", "actor/delta", "place/far", "programme/patrol-two"], 2))
)
def test_paths_are_all_the_shortest_that_networkx_finds(small, ends):
    start, end = ends
    graph = network(small, "path", {"start": [start], "end": [end], "paths": ["50"]})
    links = independent()
    links.remove_nodes_from([node for node in list(links) if node.startswith("domain/")])
    shortest = list(nx.all_shortest_paths(links, start, end))
    assert graph.graph["length"] == len(shortest[0]) - 1
    assert graph.graph["paths_total"] == len(shortest)
    assert set(graph) == {node for path in shortest for node in path}
    steps = {frozenset(step) for path in shortest for step in pairwise(path)}
    assert {frozenset(edge) for edge in graph.edges()} == steps


def test_fewer_paths_than_there_are_is_the_first_of_them(small):
    links = independent()
    links.remove_nodes_from([node for node in list(links) if node.startswith("domain/")])
    start, end = next(
        pair
        for pair in combinations(sorted(links), 2)
        if nx.has_path(links, *pair) and len(list(nx.all_shortest_paths(links, *pair))) > 1
    )
    graph = network(small, "path", {"start": [start], "end": [end], "paths": ["1"]})
    first = min(nx.all_shortest_paths(links, start, end))
    assert sorted(graph, key=lambda n: graph.nodes[n]["distance"]) == first
    assert graph.graph["paths_total"] > 1


def test_no_path_is_not_found(small):
    with pytest.raises(NotFound) as error:
        network(small, "path", {"start": ["actor/echo"], "end": ["actor/lonely"]})
    assert "Lonely Organisation" in error.value.message
    with pytest.raises(NotFound):
        network(small, "path", {"start": ["actor/echo"], "end": ["place/far"], "longest": ["1"]})


@pytest.mark.parametrize(
    ("name", "given", "parameter"),
    [
        ("surroundings", {}, "thing"),
        ("path", {"start": ["actor/echo"]}, "end"),
        ("path", {"start": ["actor/echo"], "end": ["actor/echo"]}, "end"),
        ("path", {"start": ["source/memo"], "end": ["actor/echo"]}, "start"),
        ("surroundings", {"thing": ["actor/echo"], "depth": ["4"]}, "depth"),
        ("coordination", {"role": ["funding"]}, "role"),
        ("coordination", {"measures": ["beauty"]}, "measures"),
        ("flows", {"nodes": ["0"]}, "nodes"),
    ],
)
def test_what_is_wrong_in_a_parameter_is_named(small, name, given, parameter):
    with pytest.raises(InvalidParameter) as error:
        network(small, name, given)
    assert error.value.parameter == parameter


def test_an_unknown_kind_is_not_found(small):
    with pytest.raises(NotFound, match="who-does-what"):
        network(small, "friends")


def test_the_strongest_stay_and_the_cut_is_said(small):
    whole = network(small, "coordination", {"together": ["yes"]})
    assert whole.graph["cut"] is None
    graph = network(small, "coordination", {"together": ["yes"], "nodes": ["3"], "edges": ["2"]})
    hubs = sorted(whole, key=lambda n: (-whole.degree(n), n))[:2]
    into = {n: sum(whole.number_of_edges(*pair) for h in hubs for pair in ((n, h), (h, n))) for n in whole}
    connector = min(set(whole) - set(hubs), key=lambda n: (-into[n], -whole.degree(n), n))
    assert set(graph) == {*hubs, connector}
    assert graph.number_of_edges() == 2
    assert (graph.graph["nodes_total"], graph.graph["edges_total"]) == (6, 10)
    assert graph.graph["cut"].startswith("Drawn are 3 of 6 nodes")
    same = strongest(whole, 3, 2)
    assert set(same) == set(graph)
    assert set(same.edges(keys=True)) == set(graph.edges(keys=True))
    assert same.graph["cut"] == graph.graph["cut"]


def test_the_stamp_names_filters_and_datasets(small):
    stamp = network(small, "surroundings", {"thing": ["BRAVO"], "on": ["2003-05-14"]}).graph
    assert stamp["title"] == "Surroundings: Bravo"
    assert stamp["filters"] == ["Depth: 1", "On: 2003-05-14"]
    (dataset,) = stamp["datasets"]
    assert (dataset["name"], dataset["handling"], dataset["issued"]) == ("network", "clear", "2003-06-01")
    assert stamp["caveat"]


def test_a_reader_of_nothing_sees_nothing(tmp_path):
    with Library(tmp_path) as library:
        library.load(WORLD)
        blind = library.world(frozenset())
        for name in ("coordination", "who-does-what", "flows"):
            graph = network(blind, name)
            assert not len(graph)
            assert graph.graph["datasets"] == []
        with pytest.raises(InvalidParameter):
            network(blind, "surroundings", {"thing": ["actor/bravo"]})


def test_the_same_question_gives_the_same_network(small):
    one, other = (network(small, "who-does-what") for _ in range(2))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_hubs_are_drawn_with_what_links_them(library, dataset):
    """Actors and places have the most links, but only programmes link them."""
    numbers = range(30)
    library.load(
        dataset(
            {
                "places": [{"id": f"p{n}", "name": f"P{n}"} for n in range(3)],
                "actors": [{"id": f"a{n}", "name": f"A{n}", "class": "Organisation"} for n in range(4)],
                "programmes": [{"id": f"g{n}", "name": f"G{n}", "places": f"p{n % 3}"} for n in numbers],
                "participations": [
                    {"actor": f"a{n % 4}", "programme": f"g{n}", "role": "implementing"} for n in numbers
                ],
            }
        )
    )
    graph = network(library.world(frozenset({"tiny"})), "who-does-what", {"nodes": ["14"]})
    assert graph.number_of_nodes() == 14
    assert graph.number_of_edges() == 14
    assert set(strongest(network(library.world(frozenset({"tiny"})), "who-does-what"), 14, 6000)) == set(graph)
