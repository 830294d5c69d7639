"""A page is made once for a world and an address; another world, and what was refused, is told anew."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api.pages import gaps, kept
from api.visibility import library_of, world_of

ADDRESS = "/gaps?place=TM&domain=drugs"


@pytest.fixture
def asked(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What the page on gaps has asked for since nothing was kept."""
    app.state.pages = kept.Pages()
    told: list[Any] = []
    ask = gaps.ask

    def counted(world: Any, name: str, sent: Any, *rest: Any) -> Any:
        told.append(sent)
        return ask(world, name, sent, *rest)

    monkeypatch.setattr(gaps, "ask", counted)
    yield told
    app.dependency_overrides.clear()


def test_a_page_is_made_once_for_a_world(app: FastAPI, client: TestClient, asked: list[Any]) -> None:
    first = client.get(ADDRESS)
    again = client.get(ADDRESS)
    assert len(asked) == 1
    assert again.text == first.text
    assert again.headers["content-type"] == first.headers["content-type"]
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert 'class="gap"' in again.text

    def reference(request: Request) -> Any:
        return library_of(request).world(frozenset({"reference"}))

    app.dependency_overrides[world_of] = reference
    assert 'class="gap"' not in client.get(ADDRESS).text
    assert len(asked) == 2


def test_what_is_refused_and_what_is_too_long_is_not_kept(
    client: TestClient, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        assert client.get("/gaps?place=Narnia").status_code == 400
    assert len(asked) == 2
    monkeypatch.setattr(kept, "LARGEST", 1000)
    for _ in range(2):
        assert client.get(ADDRESS).status_code == 200
    assert len(asked) == 4


def test_the_pages_that_were_not_asked_for_the_longest_go_first(
    client: TestClient, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = ADDRESS, f"{ADDRESS}&response=training"
    monkeypatch.setattr(kept, "MOST_BYTES", len(client.get(one).content) + len(client.get(two).content))
    client.get(one)
    client.get("/gaps?place=KG&domain=arms&status=covered")
    assert len(asked) == 3
    client.get(one)
    assert len(asked) == 3
    client.get(two)
    assert len(asked) == 4
