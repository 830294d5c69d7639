"""A dataset dropped in beside a running server is in every answer at once, and leaves no trace when it goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings

SECOND = {
    "actors": [
        {"id": "lead", "class": "Organisation", "name": "Second lead", "acronym": "SL", "seat": "dushanbe"},
        {"id": "payer", "class": "Organisation", "name": "Second payer"},
    ],
    "programmes": [
        {
            "id": "training",
            "name": "Second training",
            "places": "tj",
            "domains": "drugs",
            "responses": "training",
            "targets": "drug-control-officers",
            "starts": "2002",
            "ends": "2003-12",
            "status": "active",
        },
        {
            "id": "more",
            "name": "Second training, more of it",
            "places": "tj",
            "domains": "drugs",
            "responses": "training",
            "targets": "drug-control-officers",
            "starts": "2002",
            "ends": "2003-12",
            "status": "active",
        },
    ],
    "participations": [
        {"actor": "lead", "programme": "training", "role": "implementing"},
        {"actor": "payer", "programme": "training", "role": "funding"},
        {"actor": "payer", "programme": "more", "role": "implementing"},
    ],
    "ties": [{"actor": "lead", "kind": "coordinates-with", "other": "unodc"}],
    "flows": [{"id": "route", "name": "Second route", "class": "DrugsFlow", "domains": "drugs"}],
    "legs": [{"id": "here", "flow": "route", "place": "tj", "role": "transit"}],
    "observations": [
        {
            "id": "seen",
            "measure": "seizures",
            "unit": "kilogram",
            "value": "77",
            "place": "tj",
            "domain": "drugs",
            "description": "Heroin seized",
        }
    ],
}
ASKED = {
    "who-works-where": "actor=second.lead",
    "programmes": "place=TJ&domain=drugs",
    "actor-portfolio": "actor=second.lead",
    "presence-matrix": "rows=actor&columns=domain",
    "overlaps": "place=TJ&domain=drugs",
    "possible-duplication": "place=TJ",
    "flows": "place=TJ&domain=drugs",
    "figures": "place=TJ",
    "ending-soon": "place=TJ&months=12&on=2003-05-14",
}


@pytest.fixture
def second(dataset: Callable[..., Path]) -> Path:
    return dataset(SECOND, name="second", uses=["reference"])


def test_a_load_beside_a_running_server_is_in_every_answer_and_an_unload_leaves_no_trace(
    home: Path, second: Path, concert: Callable[..., Any]
) -> None:
    with TestClient(create_app(Settings(home=home))) as client:
        paths = [
            f"/api/questions/{name}?{query}".replace("actor=second.lead", "limit=10000")
            for name, query in ASKED.items()
        ]
        paths += [
            "/api/datasets",
            "/api/search?q=second",
            "/api/networks/coordination",
            "/api/networks/who-does-what?domain=drugs",
        ]
        paths += ["/api/places/tj", "/api/actors/unodc", "/", "/datasets"]
        paths += ["/sparql?query=SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"]
        before = {path: client.get(path).content for path in paths}
        assert not any(b"second." in body for body in before.values())

        ran = concert("load", second, "--home", home)
        assert (ran.code, ran.out[:14]) == (0, b"loaded second ")
        for name, query in ASKED.items():
            assert b"second." in client.get(f"/api/questions/{name}?{query}&limit=10000").content, name
        for path in paths:
            told = client.get(path).content
            assert told != before[path], path
        assert client.get("/api/actors/second.lead").json()["datasets"] == ["second"]
        assert client.get("/id/actor/second.lead?format=ttl").status_code == 200
        assert client.get("/readyz").json()["datasets"].keys() == {"paper-2003", "reference", "second"}

        assert concert("unload", "second", "--home", home).code == 0
        assert client.get("/api/actors/second.lead").status_code == 404
        assert {path: client.get(path).content for path in paths} == before
    assert not list(home.rglob("*second*"))


def test_a_load_that_is_refused_changes_nothing_for_the_server(
    home: Path, second: Path, concert: Callable[..., Any]
) -> None:
    (second / "programmes.csv").write_text("id,name,places\ntraining,Second training,nowhere\n", encoding="utf-8")
    with TestClient(create_app(Settings(home=home))) as client:
        before = client.get("/api/questions/programmes?limit=10000").content
        ran = concert("load", second, "--home", home)
        assert ran.code == 65
        assert "programmes.csv" in ran.err
        assert "nowhere" in ran.err
        assert client.get("/api/questions/programmes?limit=10000").content == before
        assert "second" not in client.get("/api/datasets").text
