"""The pages on data: how much each dataset leaves unknown, and the examples that help is written with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.negotiation import HTML
from api.pages.datasets import quality
from api.settings import Settings
from graph.library import Library
from graph.tables.world import World

ROWS = {
    "places": [{"id": "land", "name": "Landia", "class": "Country"}],
    "actors": [{"id": "a", "class": "Agency", "name": "An agency"}, {"id": "b", "class": "Agency", "name": "Another"}],
    "programmes": [
        {
            "id": "p",
            "name": "All told",
            "places": "land",
            "domains": "drugs",
            "responses": "training",
            "targets": "police",
            "starts": "2001",
        },
        {"id": "q", "name": "Little told", "domains": "drugs"},
        {"id": "r", "name": "By nobody", "places": "land", "active_on": "2002-05-01"},
    ],
    "participations": [
        {"actor": "a", "programme": "p", "role": "implementing"},
        {"actor": "b", "programme": "p", "role": "funding"},
        {"actor": "b", "programme": "q", "role": "funding"},
    ],
}


@pytest.fixture
def small(library: Library, dataset: Callable[..., Path]) -> World:
    library.load(dataset(ROWS))
    return library.world(frozenset({"tiny"}))


def test_what_is_unknown_is_counted_as_by_hand(small: World) -> None:
    told = quality(small)["tiny"]
    assert told["presences"] == 4
    counted = {name: part["count"] for name, part in told["unknown"].items()}
    assert counted == {"period": 1, "place": 1, "domain": 1, "response": 2, "target": 2, "actor": 1}
    assert told["unknown"]["target"]["share"] == 0.5


def test_a_dataset_without_presences_has_no_shares(client: TestClient, world: World) -> None:
    assert set(quality(world)) == {"paper-2003"}
    text = client.get("/datasets", headers={"Accept": HTML}).text
    assert "it states no presences" in text
    assert text.count('class="share"') == 6


def test_help_has_its_examples_from_the_data(client: TestClient) -> None:
    text = client.get("/help", headers={"Accept": HTML}).text
    assert text.count("<b>In the paper.</b>") == 12
    gap = client.get("/api/questions/gaps?place=TM&domain=drugs&dataset=paper-2003&limit=1").json()["rows"][0]
    assert f"{gap['weight']:g} × {gap['pressure']:.2f} × (1 − {gap['credit']:g}) = {gap['score']:.2f}" in text
    assert text.count("When not to trust it") == 10


@pytest.fixture
def without_paper(tmp_path: Path, dataset: Callable[..., Path]) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path / "home", shipped=(dataset(ROWS),))
    with TestClient(create_app(settings)) as opened:
        yield opened


def test_help_stands_without_the_paper(without_paper: TestClient) -> None:
    text = without_paper.get("/help", headers={"Accept": HTML}).text
    assert "In the paper." not in text
    assert "not loaded here" in text
