"""What a reader may not see does not exist for it, whichever door it tries."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.visibility import library_of, world_of
from graph.network.catalogue import kinds
from graph.questions.catalogue import catalogue

SHARED = {
    "places": [{"id": "land", "name": "Landia", "class": "Country", "iso2": "XL"}],
    "actors": [{"id": "body", "class": "Organisation", "name": "Body of {0}", "acronym": "B{0}"}],
    "programmes": [
        {
            "id": "effort",
            "name": "Effort of {0}",
            "places": "land",
            "domains": "drugs",
            "responses": "training",
            "starts": "2001",
            "ends": "2003",
        }
    ],
    "participations": [{"actor": "body", "programme": "effort", "role": "implementing"}],
    "flows": [{"id": "route", "name": "Route of {0}", "class": "DrugsFlow", "domains": "drugs"}],
    "legs": [{"id": "first", "flow": "route", "place": "land", "role": "transit"}],
    "observations": [
        {
            "id": "seen",
            "measure": "seizures",
            "unit": "kilogram",
            "value": "7",
            "place": "land",
            "domain": "drugs",
            "description": "Heroin seized",
        }
    ],
}


def sheets(name: str) -> dict[str, list[dict[str, str]]]:
    return {
        sheet: [{column: value.format(name) for column, value in row.items()} for row in rows]
        for sheet, rows in SHARED.items()
    }


@pytest.fixture
def seen(tmp_path: Path, dataset: Callable[..., Path]) -> Iterator[tuple[FastAPI, TestClient]]:
    """An application over two datasets, to a reader who may see one of them."""
    app = create_app(
        Settings(
            home=tmp_path / "home",
            shipped=(dataset(sheets("open"), name="open"), dataset(sheets("veiled"), name="veiled")),
        )
    )

    def one(request: Request) -> Any:
        return library_of(request).world(frozenset({"open"}))

    with TestClient(app, raise_server_exceptions=False) as client:
        assert b"Effort of veiled" in client.get("/api/questions/programmes").content
        app.dependency_overrides[world_of] = one
        yield app, client


def test_nothing_of_a_hidden_dataset_leaks(seen: tuple[FastAPI, TestClient]) -> None:
    app, client = seen
    paths = [f"/api/questions/{name}?format={form}" for name in catalogue() for form in ("json", "csv", "jsonld")]
    paths += [f"/questions/{name}" for name in catalogue()]
    paths += [f"/api/networks/{name}" for name, kind in kinds().items() if not kind.header.needs]
    paths += [f"/explorer/{name}" for name in kinds()]
    paths += [f"/api/networks/surroundings?thing={thing}&depth=3" for thing in ("actor/open.body", "place/open.land")]
    paths += ["/api/search?q=effort", "/api/search?q=body", "/api/search?q=drugs", "/search?q=route"]
    paths += ["/api/datasets", "/datasets", "/", "/readyz", "/sparql", "/docs"]
    paths += [
        f"/{kind}/{slug}"
        for kind, slug in (("api/actors", "open.body"), ("id/place", "open.land"), ("id/domain", "drugs"))
    ]
    paths += ["/api/questions/programmes?dataset=open", "/api/questions/programmes?dataset=nothing"]
    everything = "SELECT * { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }"
    graph = app.state.library.datasets()["veiled"].graph
    for query in (
        everything,
        f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{graph}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ):
        paths.append(f"/sparql?query={query.replace('#', '%23')}")
    shown = 0
    for path in paths:
        reply = client.get(path, headers={"Accept": "*/*" if path.startswith(("/api", "/sparql?")) else "text/html"})
        assert reply.status_code in (200, 400), path
        assert b"veiled" not in reply.content, path
        shown += b"open." in reply.content
    assert shown > 10


REFUSED = {
    "/api/actors/veiled.body": 404,
    "/api/datasets/veiled": 404,
    "/id/actor/veiled.body": 404,
    "/id/actor/veiled.body?format=ttl": 404,
    "/api/questions/programmes?dataset=veiled": 400,
    "/api/questions/programmes?actor=veiled.body": 400,
    "/api/questions/programmes?actor=Bveiled": 400,
    "/api/networks/surroundings?thing=actor/veiled.body": 400,
    "/api/networks/path?start=open.body&end=veiled.body": 400,
}


def test_a_hidden_thing_and_one_that_is_not_are_never_told_apart(seen: tuple[FastAPI, TestClient]) -> None:
    _, client = seen
    for path, status in REFUSED.items():
        hidden, made_up = client.get(path), client.get(path.replace("veiled", "madeup"))
        assert (hidden.status_code, made_up.status_code) == (status, status), path
        assert hidden.text.replace("veiled", "madeup") == made_up.text
