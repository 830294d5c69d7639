"""Whatever is wrong in a request is told: what came, what was expected and where. Nothing wrong is a 500."""

import base64
import json
import logging
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.visibility import world_of

WWW = "/api/questions/who-works-where"
PROBLEM = "application/problem+json"
WRONG = [
    ("place=Narnia", "place"),
    ("place=actor/unodc", "place"),
    ("place=..%2F..%2Fetc%2Fpasswd", "place"),
    ("place=tj%00", "place"),
    (f"place={'x' * 501}", "place"),
    ("place=%F0%9F%98%80", "place"),
    ("place='; drop table thing; --", "place"),
    ("domain=%25", "domain"),
    ("domain=nothing", "domain"),
    ("actor=nobody", "actor"),
    ("role=boss", "role"),
    ("dataset=secret", "dataset"),
    ("on=2003-02-30", "on"),
    ("on=14.5.2003", "on"),
    ("on=2003-W20-3", "on"),
    ("on=２００３-05-14", "on"),
    ("on=2003-05-14&on=2003-05-15", "on"),
    ("from=2004-01-01&to=2003-01-01", "from"),
    ("limit=0", "limit"),
    ("limit=-1", "limit"),
    ("limit=10001", "limit"),
    ("limit=1e3", "limit"),
    ("limit=1_0", "limit"),
    ("limit=%D9%A1", "limit"),
    ("limit=99999999999999999999999999", "limit"),
    ("limit=many", "limit"),
    ("limit=1&limit=2", "limit"),
    ("cursor=abc", "cursor"),
    ("cursor=%C3%A9", "cursor"),
    ("cursor=e30", "cursor"),
    ("cursor=WzEsMiwzXQ", "cursor"),
    (f"cursor={'W1tb' * 5000}", "cursor"),
    ("colour=red", "colour"),
    ("format=pdf", "format"),
    ("format=csv&format=json", "format"),
]


@pytest.mark.parametrize(("query", "parameter"), WRONG, ids=[query[:40] for query, _ in WRONG])
def test_a_wrong_parameter_is_named_with_what_came_and_what_was_expected(
    client: TestClient, query: str, parameter: str
) -> None:
    reply = client.get(f"{WWW}?{query}")
    assert reply.status_code == 400
    assert reply.headers["content-type"] == PROBLEM
    told = reply.json()
    assert told["parameter"] == parameter
    assert told["given"]
    assert told["expected"]
    assert told["status"] == 400
    assert told["detail"]
    page = client.get(f"/questions/who-works-where?{query}", headers={"Accept": "text/html"})
    if parameter != "format":  # the page has none
        assert page.status_code == 400
        assert 'role="alert"' in page.text


@pytest.mark.parametrize("name", ["networks/coordination", "networks/path?start=unodc&end=tj"])
@pytest.mark.parametrize("query", ["nodes=0", "nodes=1.5", "edges=-3", "measures=beauty", "of=unodc", "on=yesterday"])
def test_networks_refuse_as_questions_do(client: TestClient, name: str, query: str) -> None:
    reply = client.get(f"/api/{name}{'&' if '?' in name else '?'}{query}")
    assert (reply.status_code, reply.headers["content-type"]) == (400, PROBLEM)
    assert reply.json()["parameter"] == query.partition("=")[0]
    assert reply.json()["expected"]


def test_a_cursor_is_of_its_question_its_parameters_and_its_data(client: TestClient, app: FastAPI) -> None:
    cursor = client.get(f"{WWW}?limit=1").json()["next"]
    assert client.get(f"{WWW}?limit=2&cursor={cursor}").status_code == 200
    assert client.get(f"{WWW}?limit=1&domain=drugs&cursor={cursor}").json()["parameter"] == "cursor"
    assert client.get(f"/api/questions/figures?limit=1&cursor={cursor}").json()["parameter"] == "cursor"
    _, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for offset in (-1, 10**30, True, None, "1", 1.5):
        forged = base64.urlsafe_b64encode(json.dumps([offset, key]).encode()).decode().rstrip("=")
        assert client.get(f"{WWW}?limit=1&cursor={forged}").json()["parameter"] == "cursor", offset
    library = app.state.library
    app.dependency_overrides[world_of] = lambda: library.world(frozenset({"paper-2003"}))
    try:
        stale = client.get(f"{WWW}?limit=1&cursor={cursor}")
    finally:
        app.dependency_overrides.clear()
    assert stale.status_code == 400
    assert "changed" in stale.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/questions/none",
        "/api/networks/none",
        "/api/actors/nobody",
        "/api/places/unodc",
        "/api/nothing",
        "/id/actor/nobody",
        "/id/domain/nothing",
        "/id/scheme/nothing",
        "/id/dataset/reference/000000000000",
        "/static/nothing.css",
        "/static/..%2F..%2Fpyproject.toml",
    ],
)
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    reply = client.get(path, headers={"Accept": "*/*"})
    assert (reply.status_code, reply.headers["content-type"]) == (404, PROBLEM)
    assert reply.json()["status"] == 404


def test_an_unknown_question_names_those_that_exist(client: TestClient) -> None:
    told = client.get("/api/questions/none").json()
    assert told["given"] == "none"
    assert "who-works-where" in told["expected"]


STRANGE = [
    "%00",
    "..%2F..%2Fetc%2Fpasswd",
    quote("'\"><script>"),
    quote("😀"),
    quote("a>b"),
    "%20tj",
    "x:y",
    "%25",
    "%FF",
]


@pytest.mark.parametrize("slug", [*STRANGE, "x" * 5000], ids=[*STRANGE, "long"])
def test_strange_ids_are_refused_quietly(client: TestClient, slug: str) -> None:
    for path in (
        f"/api/actors/{slug}",
        f"/id/actor/{slug}",
        f"/id/{slug}/x",
        f"/api/questions/{slug}",
        f"/questions/{slug}",
    ):
        for form in ("", "?format=ttl"):
            reply = client.get(path + form)
            assert reply.status_code in (400, 404), path
            assert reply.headers["content-type"] == PROBLEM


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20%20", "q"),
        (f"q={'x' * 201}", "q"),
        ("q=unodc&limit=0", "limit"),
        ("q=unodc&limit=201", "limit"),
        ("q=unodc&limit=some", "limit"),
        ("q=unodc&kind=nothing", "kind"),
    ],
)
def test_a_search_for_nothing_is_refused(client: TestClient, query: str, parameter: str) -> None:
    reply = client.get(f"/api/search?{query}")
    assert (reply.status_code, reply.headers["content-type"]) == (400, PROBLEM)
    assert reply.json()["parameter"] == parameter
    assert reply.json()["expected"]


@pytest.mark.parametrize("accept", ["application/pdf", "image/*", "text/csv;q=0", "nonsense"])
@pytest.mark.parametrize("path", [WWW, "/id/actor/unodc", "/ns", "/api/networks/coordination", "/sparql?query=ASK{}"])
def test_an_accept_that_nothing_fits_is_406_and_says_what_there_is(client: TestClient, path: str, accept: str) -> None:
    reply = client.get(path, headers={"Accept": accept})
    assert (reply.status_code, reply.headers["content-type"]) == (406, PROBLEM)
    assert "/" in reply.json()["expected"]


BAD_SPARQL = {
    "SELECT": 400,
    "SELECT * WHERE {": 400,
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }": 400,
    "DELETE WHERE { ?s ?p ?o }": 400,
    "INSERT DATA { <a:b> <a:b> <a:b> }": 400,
    "DROP ALL": 400,
    " ": 400,
    "ASK {" + "{" * 200 + "}" * 201: 400,
    "#" * 100_001: 413,
}


@pytest.mark.parametrize("query", BAD_SPARQL, ids=[query[:20] for query in BAD_SPARQL])
def test_a_sparql_text_that_cannot_run_is_told(client: TestClient, query: str) -> None:
    plain = {"Content-Type": "application/sparql-query"}
    replies = [client.post("/sparql", content=query, headers=plain), client.post("/sparql", data={"query": query})]
    if len(query) < 50_000:
        replies.append(client.get("/sparql", params={"query": query}))
    for reply in replies:
        assert (reply.status_code, reply.headers["content-type"]) == (BAD_SPARQL[query], PROBLEM)
        assert reply.json()["detail"]
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ({"content": b"query=%FF", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"a=1&" * 20, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"x" * 500_000, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 413),
        ({"content": b"update=DROP ALL", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"{}", "headers": {"Content-Type": "application/json"}}, 400),
        ({"content": b"DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}, 400),
        ({}, 400),
    ],
)
def test_a_sparql_body_that_is_none_is_told(client: TestClient, given: dict[str, object], status: int) -> None:
    reply = client.post("/sparql", **given)  # type: ignore[arg-type]
    assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM)


def test_a_dataset_asked_for_by_protocol_is_refused_and_not_ignored(client: TestClient) -> None:
    reply = client.get("/sparql", params={"query": "ASK {}", "default-graph-uri": "https://example.org/g"})
    assert reply.status_code == 400
    assert reply.json()["parameter"] == "default-graph-uri"


def test_another_method_is_405_with_those_that_are_allowed(client: TestClient) -> None:
    reply = client.delete(WWW)
    assert (reply.status_code, reply.headers["content-type"]) == (405, PROBLEM)
    assert "GET" in reply.headers["allow"]


def test_a_fault_of_ours_is_a_problem_without_its_reason_which_stands_in_the_log(
    client: TestClient, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise RuntimeError("the secret reason")

    app.dependency_overrides[world_of] = broken
    try:
        with caplog.at_level(logging.ERROR, logger="concert"):
            reply = client.get(WWW)
            page = client.get("/datasets", headers={"Accept": "text/html"})
    finally:
        app.dependency_overrides.clear()
    assert (reply.status_code, reply.headers["content-type"]) == (500, PROBLEM)
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text
    assert page.status_code == 500
    assert "secret" not in page.text
    reference = reply.json()["detail"].rpartition(" ")[2].rstrip(".")
    assert reference in caplog.text
    assert "the secret reason" in caplog.text


def test_a_browser_gets_its_problem_as_a_page(client: TestClient) -> None:
    reply = client.get("/nothing", headers={"Accept": "text/html,*/*;q=0.8"})
    assert reply.status_code == 404
    assert reply.headers["content-type"].startswith("text/html")
    assert 'role="alert"' in reply.text
