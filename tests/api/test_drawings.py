"""The drawings of the API: what is shown of how much, what an opening adds, what a link rests on."""

import csv
import io
import json
import math
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from graph.network.layout import APART
from viz.drawings.sampling import strongest
from viz.drawings.spots import TIGHT, placed

WHOLE = "/api/drawings/coordination"


def got(client: TestClient, url: str) -> dict:
    reply = client.get(url)
    assert reply.status_code == 200, reply.text
    return reply.json()


def spots(drawing: dict) -> dict:
    nodes = drawing["nodes"]
    return {id_: (x, y) for id_, x, y in zip(nodes["id"], nodes["x"], nodes["y"], strict=True)}


def ends(drawing: dict) -> set:
    ids, edges = drawing["nodes"]["id"], drawing["edges"]
    return {
        (ids[a], ids[b], drawing["strokes"][k]["kind"])
        for a, b, k in zip(edges["source"], edges["target"], edges["kind"], strict=True)
    }


@pytest.mark.parametrize("kind", ["coordination", "flows", "who-does-what", "surroundings?thing=actor/unodc"])
def test_a_drawing_holds_the_same_as_the_network(client: TestClient, kind: str) -> None:
    drawing, network = got(client, f"/api/drawings/{kind}"), got(client, f"/api/networks/{kind}")
    assert set(drawing["nodes"]["id"]) == {node["id"] for node in network["nodes"]}
    assert ends(drawing) == {(edge["source"], edge["target"], edge["kind"]) for edge in network["edges"]}
    days = {edge["key"]: edge.get("from_date") for edge in network["edges"]}
    told = dict(zip(drawing["edges"]["id"], drawing["edges"]["from"], strict=True))
    assert {id_: told[id_] for id_ in days} == days
    assert drawing["shown"] == {"nodes": len(network["nodes"]), "edges": len(network["edges"])} == drawing["total"]
    assert sum(look["count"] for look in drawing["looks"]) == len(network["nodes"])
    assert sum(stroke["count"] for stroke in drawing["strokes"]) == len(network["edges"])
    assert all(len(column) == len(network["nodes"]) for column in drawing["values"].values())


def test_fewer_links_are_drawn_and_said_and_nothing_moves(client: TestClient) -> None:
    whole, few = got(client, WHOLE), got(client, f"{WHOLE}?edges=40")
    assert few["shown"]["edges"] == 40
    assert few["total"] == whole["total"]
    assert few["total"]["edges"] > 40
    assert spots(few) == spots(whole)
    assert ends(few) < ends(whole)


def test_opening_adds_the_neighbours_and_moves_nothing(client: TestClient) -> None:
    before = got(client, WHOLE)
    beside = got(client, "/api/drawings/neighbours?thing=actor/unodc")
    by_kind = {each["kind"]: each for each in beside["kinds"]}
    after = got(client, f"{WHOLE}?open=actor/unodc~implementing~10")
    added = set(spots(after)) - set(spots(before))
    assert added == {each["id"] for each in by_kind["implementing"]["first"]}
    assert len(added) == by_kind["implementing"]["things"] > 0
    assert {id_: spot for id_, spot in spots(after).items() if id_ not in added} == spots(before)
    assert {("actor/unodc", id_, "implementing") for id_ in added} <= ends(after)
    closest = min(math.dist(spots(after)[id_], spot) for id_ in added for spot in spots(before).values())
    assert closest >= 0.98 * TIGHT
    assert got(client, f"{WHOLE}?open=actor/unodc~implementing~10") == after


def test_an_opening_takes_as_many_as_asked_in_order_of_links(client: TestClient) -> None:
    by_kind = {each["kind"]: each for each in got(client, "/api/drawings/neighbours?thing=TJ")["kinds"]}
    first = [each["id"] for each in by_kind["takes-place-in"]["first"]]
    assert by_kind["takes-place-in"]["things"] > 3
    for many in (1, 3):
        drawing = got(client, f"/api/drawings/flows?open=TJ~takes-place-in~{many}")
        assert [id_ for id_ in drawing["nodes"]["id"] if id_.startswith("programme/")] == first[:many]


def test_the_part_that_is_added_follows_on_the_whole(client: TestClient) -> None:
    asked = f"{WHOLE}?open=actor/unodc"
    base, whole, part = got(client, WHOLE), got(client, asked), got(client, f"{asked}&part=added")
    many = len(base["nodes"]["id"])
    assert part["nodes"]["id"] == whole["nodes"]["id"][many:]
    assert min(max(pair) for pair in zip(part["edges"]["source"], part["edges"]["target"], strict=True)) >= many
    old = len(base["edges"]["id"]) + len(part["edges"]["id"])
    assert old == len(whole["edges"]["id"])


@pytest.mark.parametrize(("by", "kind"), [("place", "works-in"), ("domain", "works-on"), ("funder", "funded-by")])
def test_actors_are_connected_by_what_they_have_in_common(client: TestClient, by: str, kind: str) -> None:
    drawing = got(client, f"{WHOLE}?connect={by}")
    links = [(one, hub) for one, hub, what in ends(drawing) if what == kind]
    assert links
    for hub in {hub for _, hub in links}:
        assert len({one for one, other in links if other == hub}) > 1
    one, hub = min(links)
    told = got(client, f"/api/drawings/evidence?one={one}&other={hub}")
    assert any(link["kind"] == kind and link["sources"] for link in told["links"])


def test_who_should_meet_is_drawn_between_those_in_the_picture(client: TestClient) -> None:
    drawing = got(client, f"{WHOLE}?together=yes&suggest=yes")
    pairs = {frozenset((a, b)) for a, b, kind in ends(drawing) if kind == "should-meet"}
    asked = got(client, "/api/questions/should-meet?limit=200")["rows"]
    shown = set(drawing["nodes"]["id"])
    wanted = {frozenset((row["actor"]["id"], row["other"]["id"])) for row in asked}
    assert pairs == {pair for pair in wanted if pair <= shown} != set()
    assert len(drawing["suggestions"]) == len(pairs)
    assert not any(frozenset((a, b)) in pairs for a, b, kind in ends(drawing) if kind == "coordinates-with")


def test_an_edge_tells_what_it_rests_on(client: TestClient) -> None:
    network = got(client, "/api/networks/surroundings?thing=actor/iom")
    for edge in network["edges"]:
        told = got(client, f"/api/drawings/evidence?one={edge['source']}&other={edge['target']}")
        found = {link["id"]: link for link in told["links"]}
        assert found[edge["key"]]["sources"] == edge["sources"]
        assert edge["sources"][0]["locators"]


def test_the_filter_on_the_period_holds_for_what_is_beside(client: TestClient) -> None:
    told = {
        when: got(client, f"/api/drawings/neighbours?thing=actor/iom{when}")["things"]
        for when in ("", "&to=1950-01-01")
    }
    assert told["&to=1950-01-01"] < told[""]


def test_a_path_is_drawn_from_left_to_right(client: TestClient) -> None:
    drawing = got(client, "/api/drawings/path?start=IOM&end=Aga Khan Foundation")
    across = [spots(drawing)[id_][0] for id_ in ("actor/iom", "place/central-asia", "actor/aga-khan-foundation")]
    assert across == sorted(across)
    assert drawing["nodes"]["distance"]


def test_svg_says_what_is_drawn_and_leaves_out_what_the_view_does(client: TestClient) -> None:
    whole = client.get(f"{WHOLE}?format=svg").text
    tree = ElementTree.fromstring(whole)
    texts = [each.text or "" for each in tree.iter("{http://www.w3.org/2000/svg}text")]
    shown = got(client, WHOLE)["shown"]
    assert any(f"{shown['nodes']} of {shown['nodes']} nodes" in text for text in texts)
    assert any("briefing paper" in text for text in texts)
    assert ">State (" not in client.get(f"{WHOLE}?format=svg&hide=state").text
    left = client.get(f"{WHOLE}?format=svg&without=member-of").text
    assert ">State (" in left
    assert "Member of" in whole
    assert "Member of" not in left.replace("Links left out: member-of", "")
    assert "Links left out: member-of" in left
    assert "style=" not in whole


def test_a_moved_node_stands_where_it_was_put(client: TestClient) -> None:
    assert spots(got(client, f"{WHOLE}?pin=actor/iom~-50~60.5"))["actor/iom"] == (-50, 60.5)


def test_files_hold_what_is_seen_with_its_evidence_and_stamp(client: TestClient) -> None:
    asked = f"{WHOLE}?connect=place&without=member-of"
    drawing = got(client, asked)
    lines = client.get(f"{asked}&format=csv").text.splitlines()
    assert any(line.startswith("# Coordination") for line in lines)
    assert any("Datasets:" in line for line in lines)
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert len(rows) == len([1 for *_, kind in ends(drawing) if kind != "member-of"])
    assert all(row["sources"] for row in rows)
    gexf = nx.read_gexf(io.BytesIO(client.get(f"{asked}&format=gexf").content))
    graphml = nx.read_graphml(io.BytesIO(client.get(f"{asked}&format=graphml").content))
    link = json.loads(client.get(f"{asked}&format=node-link").content)
    for many in (gexf.number_of_edges(), graphml.number_of_edges(), len(link["edges"])):
        assert many == len(rows)
    assert link["graph"]["filters"][-1] == "Connected by place"
    html = client.get(f"{asked}&format=html")
    assert "vis-network" in html.text


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("open=nobody-at-all", "open"),
        ("open=actor/iom~x~9999", "open"),
        ("open=actor/iom~x~1~2", "open"),
        ("pin=actor/iom", "pin"),
        ("pin=actor/iom~nan~1", "pin"),
        ("since=2000&until=1990", "since"),
        ("since=x", "since"),
        ("connect=colour", "connect"),
        ("edges=60001", "edges"),
        ("theme=pink", "theme"),
        ("part=half", "part"),
        ("nonsense=1", "nonsense"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, query: str, parameter: str) -> None:
    reply = client.get(f"{WHOLE}?{query}")
    assert reply.status_code == 400
    assert reply.json()["parameter"] == parameter


def test_an_unknown_network_is_not_found(client: TestClient) -> None:
    assert client.get("/api/drawings/friends").status_code == 404


edges = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 9)), min_size=1, max_size=60)


@given(edges, st.integers(1, 60))
def test_every_node_keeps_its_strongest_link_as_long_as_there_is_room(drawn: list, most: int) -> None:
    source, target, weight = (np.array(column, dtype=np.int32) for column in zip(*drawn, strict=True))
    chosen = strongest(source, target, weight, most)
    assert len(chosen) == min(most, len(source))
    assert sorted(set(chosen.tolist())) == chosen.tolist()
    nodes = {*source.tolist(), *target.tolist()}
    best = {
        min(
            (at for at in range(len(source)) if node in (source[at], target[at])), key=lambda at: (-int(weight[at]), at)
        )
        for node in nodes
    }
    assert best <= set(chosen.tolist()) or len(best) > most


@given(st.integers(0, 300), st.integers(1, 12), st.integers(0, 10**6))
def test_added_nodes_stand_on_free_ground(many: int, added: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    stand = rng.uniform(0, APART * 12, (many, 2))
    beside = [rng.integers(0, many + at, 2).tolist() if many + at else [] for at in range(added)]
    spots_ = placed(stand, beside)
    everything = np.concatenate([stand, spots_])
    for at in range(many, many + added):
        rest = np.delete(everything, at, axis=0)
        if len(rest):
            assert np.hypot(*(rest - everything[at]).T).min() >= 0.98 * TIGHT
    np.testing.assert_array_equal(spots_, placed(stand, beside))
