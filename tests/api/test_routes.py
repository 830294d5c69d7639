"""Every address that is promised leads somewhere, in each of its forms."""

import asyncio
import csv
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.compare import isomorphic

from api.head import Head
from api.routes.things import EXAMPLES, KINDS
from api.visibility import world_of
from ontology.namespaces import CON, ID
from ontology.vocabulary import concepts, kinds

FORMS = {"ttl": "text/turtle", "jsonld": "application/ld+json"}


@pytest.mark.parametrize("plural", KINDS)
def test_a_thing_of_every_kind_can_be_read(client: TestClient, plural: str) -> None:
    told = client.get(f"/api/{plural}/{EXAMPLES[KINDS[plural]]}").json()
    assert told["id"] == f"{KINDS[plural]}/{EXAMPLES[KINDS[plural]]}"
    assert told["iri"] == f"{ID}{told['id']}"
    assert told["kind"] == KINDS[plural]
    assert told["label"]
    assert told["datasets"]
    assert client.get(f"/id/{told['id']}?format=json").json() == told


@pytest.mark.parametrize("id_", ["actor/unodc", "place/tj", "dataset/reference", "source/osce-ef-del-3-03"])
def test_a_thing_is_the_same_in_every_form(client: TestClient, id_: str) -> None:
    graphs = []
    for name, media in FORMS.items():
        for reply in (client.get(f"/id/{id_}?format={name}"), client.get(f"/id/{id_}", headers={"Accept": media})):
            assert reply.headers["content-type"].partition(";")[0] == media
            assert "Accept" in reply.headers["vary"].split(", ")
            graphs.append(Graph().parse(data=reply.text, format=media))
    assert all(isomorphic(graph, graphs[0]) for graph in graphs)
    assert (URIRef(ID + id_), RDF.type, None) in graphs[0]
    page = client.get(f"/id/{id_}", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>" in page.text


@pytest.mark.parametrize("id_", [concept.id for concept in concepts()][::7] + [f"scheme/{kind}" for kind in kinds()])
def test_every_code_and_every_list_is_where_its_iri_leads(client: TestClient, id_: str) -> None:
    assert client.get(f"/id/{id_}").status_code == 200
    told = client.get(f"/id/{id_}?format=json").json()
    assert told["iri"] == ID + id_
    graph = Graph().parse(data=client.get(f"/id/{id_}?format=ttl").text)
    assert (URIRef(ID + id_), None, None) in graph


def test_the_graph_of_a_dataset_leads_to_the_dataset(client: TestClient) -> None:
    (dataset,) = [d for d in client.get("/api/datasets").json()["datasets"] if d["name"] == "reference"]
    reply = client.get(f"/id/{dataset['graph'].removeprefix(str(ID))}?format=json", follow_redirects=False)
    assert reply.status_code == 303
    assert client.get(reply.headers["location"]).json()["id"] == "dataset/reference"


@pytest.mark.parametrize(("form", "media"), FORMS.items())
def test_the_ontology_is_given_as_rdf(client: TestClient, form: str, media: str) -> None:
    graph = Graph().parse(data=client.get("/ns", headers={"Accept": media}).text, format=media)
    assert (CON.Programme, RDFS.label, None) in graph
    assert client.get(f"/ns?format={form}").text


def test_the_ontology_is_a_page_for_a_browser(client: TestClient) -> None:
    reply = client.get("/ns", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert reply.headers["content-type"].startswith("text/html")
    assert "script-src" not in reply.headers["content-security-policy"]
    assert "default-src 'none'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/json"),
        ("", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("application/ld+json; profile=x, application/json;q=0.1", "application/ld+json"),
        ("application/pdf, */*;q=0.1", "application/json"),
    ],
)
def test_accept_decides_the_form(client: TestClient, accept: str, media: str) -> None:
    reply = client.get("/api/questions/figures", headers={"Accept": accept})
    assert reply.headers["content-type"].partition(";")[0] == media
    assert "Accept" in reply.headers["vary"].split(", ")


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "jsonld"])
def test_pages_joined_by_link_give_every_row_once(client: TestClient, form: str) -> None:
    whole = client.get("/api/questions/who-works-where?limit=10000").json()
    seen = 0
    rows: list[Any] = []
    path: str | None = f"/api/questions/who-works-where?limit=20&format={form}"
    while path:
        reply = client.get(path)
        assert reply.headers["concert-total"] == str(whole["total"])
        assert reply.headers["concert-caveat"]
        seen += 1
        if form in ("json", "jsonld"):
            rows += reply.json()["rows"]
            assert reply.json()["total"] == whole["total"]
            assert reply.json()["caveat"] == whole["caveat"]
        elif form == "csv":
            rows += list(csv.DictReader(io.StringIO(reply.text)))
        path = reply.links["next"]["url"] if "next" in reply.links else None
    assert seen == -(-whole["total"] // 20)
    if form in ("json", "jsonld"):
        assert rows == whole["rows"]
    elif form == "csv":
        assert [row["programme_id"] for row in rows] == [row["programme"]["id"] for row in whole["rows"]]


def test_a_table_says_beside_itself_what_it_is_of(client: TestClient) -> None:
    path = "/api/questions/gaps?place=TM&domain=drugs&limit=1"
    versions = client.get("/readyz").json()["datasets"]
    reply = client.get(f"{path}&format=csv")
    assert reply.text.startswith("place,place_id,")  # the first line is the header: readers of CSV know no stamp
    name = reply.headers["content-disposition"].partition('filename="')[2].rstrip('"')
    assert re.fullmatch(r"gaps_place-tm_domain-drugs_\d{4}-\d\d-\d\d\.csv", name)
    asked = client.get(path).json()["parameters"]
    assert json.loads(reply.headers["concert-parameters"]) == asked
    told = dict(each.split("=") for each in reply.headers["concert-datasets"].split(", "))
    assert told == versions
    assert {"next", "describedby"} <= reply.links.keys()
    assert client.get(reply.links["describedby"]["url"]).json()["parameters"] == asked


def test_a_workbook_says_on_a_sheet_what_it_is_of(client: TestClient) -> None:
    reply = client.get("/api/questions/gaps?place=TM&dataset=paper-2003&limit=1&format=xlsx")
    about = [row[:2] for row in openpyxl.load_workbook(io.BytesIO(reply.content))["About"].iter_rows(values_only=True)]
    told = dict(about)
    assert told["Filters"] == "Place: Turkmenistan; Dataset: paper-2003"
    (data,) = [value for title, value in about if title == "Data"]
    assert client.get("/readyz").json()["datasets"]["paper-2003"] in data
    assert client.get(told["Address"]).json()["total"] == told["Rows in all"]


QUERY = "SELECT ?flow { ?flow a <https://w3id.org/concert/ns#DrugsFlow> } ORDER BY ?flow LIMIT 2"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.9, application/sparql-results+json;q=0.1", "text/csv"),
        ("application/xml", "application/sparql-results+xml"),
        ("text/turtle, text/tab-separated-values", "text/tab-separated-values"),
    ],
)
def test_sparql_answers_as_the_protocol_says(client: TestClient, accept: str, media: str) -> None:
    by_get = client.get("/sparql", params={"query": QUERY}, headers={"Accept": accept})
    by_form = client.post("/sparql", data={"query": QUERY}, headers={"Accept": accept})
    plain = {"Accept": accept, "Content-Type": "application/sparql-query; charset=utf-8"}
    by_body = client.post("/sparql", content=QUERY, headers=plain)
    for reply in (by_get, by_form, by_body):
        assert reply.status_code == 200
        assert reply.headers["content-type"].partition(";")[0] == media
        assert reply.content == by_get.content
        assert b"flow/" in reply.content


@pytest.mark.parametrize("form", ["json", "graphml", "gexf", "html"])
def test_a_network_comes_in_every_form(client: TestClient, form: str) -> None:
    reply = client.get(f"/api/networks/coordination?format={form}")
    assert reply.status_code == 200
    assert b"Coordination" in reply.content


def test_head_is_get_without_the_body(client: TestClient) -> None:
    for path in ("/", "/api/questions/figures", "/id/actor/unodc", "/static/concert.css", "/healthz", "/nothing"):
        plain = {"Accept-Encoding": "identity"}  # a compressed page is sent before its length is known
        got, headed = client.get(path, headers=plain), client.head(path, headers=plain)
        assert headed.status_code == got.status_code
        assert headed.content == b""
        assert headed.headers["content-type"] == got.headers["content-type"]
        assert headed.headers["content-length"] == got.headers["content-length"]


def test_the_body_is_kept_back_whatever_the_server_does() -> None:
    sent: list[Any] = []

    async def hello(scope: Any, receive: Any, send: Any) -> None:
        sent.append(scope["method"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"hello"})

    async def keep(message: Any) -> None:
        sent.append(message.get("body"))

    for method in ("HEAD", "GET"):
        asyncio.run(Head(hello)({"type": "http", "method": method}, keep, keep))  # type: ignore[arg-type]
    assert sent == ["GET", None, b"", "GET", None, b"hello"]


def test_health_and_readiness(client: TestClient, app: FastAPI) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["status"] == "ok"
    library = app.state.library

    class Behind:
        datasets = library.world(frozenset({"reference"})).datasets
        graphs = frozenset({"https://w3id.org/concert/id/dataset/reference/lost"})
        store = library.store

        def rows(self, _: str) -> list[Any]:
            return []

    app.dependency_overrides[world_of] = Behind
    try:
        reply = client.get("/readyz")
    finally:
        app.dependency_overrides.clear()
    assert reply.status_code == 503
    assert reply.headers["content-type"] == "application/problem+json"


def test_metrics_count_by_route_and_never_by_what_a_caller_made_up(client: TestClient) -> None:
    for slug in ("one", "two", "three"):
        client.get(f"/api/actors/made-up-{slug}")
        client.get(f"/made-up-{slug}")
        client.request(f"MADEUP{slug}", "/healthz")
    text = client.get("/metrics").text
    assert "made-up" not in text
    assert "MADEUP" not in text
    assert 'concert_requests_total{method="GET",route="/api/actors/{slug}",status="404"}' in text
    assert 'route="unmatched"' in text
    assert 'method="other"' in text


def test_pages_may_load_nothing_from_elsewhere(client: TestClient) -> None:
    for path in (
        "/",
        "/questions/figures",
        "/id/actor/unodc",
        "/sparql",
        "/datasets",
        "/docs",
        "/search?q=x",
        "/nothing",
        "/ns",
    ):
        reply = client.get(path, headers={"Accept": "text/html"})
        policy = reply.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_machine_can_walk_from_the_catalogue_to_every_answer(client: TestClient) -> None:
    for question in client.get("/api/questions").json()["questions"]:
        assert client.get(question["url"], params=question["example"] | {"limit": 1}).status_code == 200
    for network in client.get("/api/networks").json()["networks"]:
        assert client.get(network["url"], params=network["example"]).status_code == 200
    assert json.dumps(client.get("/api/datasets").json()).count("paper-2003") > 1
