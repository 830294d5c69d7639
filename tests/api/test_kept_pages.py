"""A page is made once for a world and an address; another world, and what was refused, is told anew."""

import asyncio
import gc
import gzip
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api import ahead
from api.pages import gaps, kept, things
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
    assert client.get("/gaps?target=&domain=drugs&place=%54M").text == first.text
    assert len(asked) == 1
    assert again.text == first.text
    assert again.headers["content-type"] == first.headers["content-type"]
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert 'class="gap later"' in again.text

    def reference(request: Request) -> Any:
        return library_of(request).world(frozenset({"reference"}))

    app.dependency_overrides[world_of] = reference
    assert 'class="gap later"' not in client.get(ADDRESS).text
    assert len(asked) == 2


def test_who_asks_while_a_page_is_made_gets_the_same_one(
    app: FastAPI, client: TestClient, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, going_on = threading.Event(), threading.Event()
    ask = gaps.ask

    def slow(*given: Any) -> Any:
        begun.set()
        assert going_on.wait(30)
        return ask(*given)

    monkeypatch.setattr(gaps, "ask", slow)
    for address, status in ((ADDRESS, 200), ("/gaps?place=Narnia", 400)):
        begun.clear()
        going_on.clear()
        del asked[:]
        with ThreadPoolExecutor(2) as readers:
            first = readers.submit(client.get, address)
            assert begun.wait(30)
            second = readers.submit(client.get, address)
            while app.state.metrics.open < 2:
                time.sleep(0.01)
            time.sleep(0.3)  # from the door to where it waits
            going_on.set()
        assert [each.result().status_code for each in (first, second)] == [status, status]
        assert first.result().text == second.result().text
        assert second.result().headers["content-security-policy"]
        assert len(asked) == 1, address


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


def test_what_is_kept_comes_as_the_reader_takes_it(client: TestClient, asked: list[Any]) -> None:
    client.get(ADDRESS)
    plain = client.get(ADDRESS, headers={"Accept-Encoding": "identity"})
    squeezed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert len(asked) == 1
    assert "content-encoding" not in plain.headers
    assert squeezed.headers["content-encoding"] == "gzip"
    assert int(squeezed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert squeezed.text == plain.text
    for each in (plain, squeezed):
        assert {"Accept", "Accept-Encoding"} <= set(each.headers["vary"].split(", "))


def test_the_pages_that_were_not_asked_for_the_longest_go_first(
    client: TestClient, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = ADDRESS, f"{ADDRESS}&response=training"
    taken = [len(gzip.compress(client.get(each).content, kept.LEVEL)) for each in (one, two)]
    monkeypatch.setattr(kept, "MOST_BYTES", sum(taken))
    client.get(one)
    client.get("/gaps?place=KG&domain=arms&status=covered")
    assert len(asked) == 3
    client.get(one)
    assert len(asked) == 3
    client.get(two)
    assert len(asked) == 4


SITE = "http://testserver/"


def aside(make: Callable[[], None]) -> None:
    """In a thread, as in a server: where a browser was driven before, a loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(make).result()


def test_the_first_pages_are_made_before_somebody_asks(
    app: FastAPI, client: TestClient, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "LONG", 60.0)
    maker = ahead.Ahead(app, SITE)
    aside(maker.make_first)
    aside(maker.make_ready)
    made = len(asked)
    assert made > 0
    monkeypatch.setattr(things, "touching", None)
    ready = ("/gaps?place=TM&domain=drugs", "/overlaps?view=duplication&place=TJ", "/id/place/kg")
    busiest = ("/gaps?domain=&place=place%2Fuz", "/id/place/uz", "/id/actor/osce")
    for path in (*ahead.FIRST, *ready, *ahead.THEN, *busiest):
        assert client.get(path, headers={"Accept": "text/html"}).status_code == 200, path
    assert client.get("/gaps", headers={"Host": "concert.example"}).status_code == 200
    assert len(asked) == made


class Waiting(threading.Event):
    """Stops after so many waits; `each` happens at every one."""

    def __init__(self, most: int, each: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.waits: list[float | None] = []
        self._most, self._each = most, each

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        self._each()
        if len(self.waits) == self._most:
            self.set()
        return self.is_set()


def test_they_wait_while_somebody_is_answered(app: FastAPI, client: TestClient, asked: list[Any]) -> None:
    def answered() -> None:
        assert not asked
        app.state.metrics.open -= 1

    maker = ahead.Ahead(app, SITE)
    maker._stopping = waiting = Waiting(2, answered)
    app.state.metrics.open += 1
    aside(maker.make_first)
    assert waiting.waits == [ahead.TURN]
    assert asked


def test_they_are_made_again_for_other_data_and_another_day(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, one = frozenset({"reference", "paper-2003"}), frozenset({"reference"})
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    looks = [(both, first), (both, first), (one, first), (one, second)]
    seen, days = (iter(side) for side in zip(*looks, strict=True))
    made: list[ahead.Ahead] = []
    monkeypatch.setattr(ahead, "visible", lambda _: next(seen))
    monkeypatch.setattr(ahead, "today", lambda: next(days))
    settled: list[int] = []
    monkeypatch.setattr(ahead, "_settle", lambda: settled.append(len(made)))
    monkeypatch.setattr(ahead.Ahead, "make_first", lambda maker: made.append(maker))
    monkeypatch.setattr(ahead.Ahead, "make_ready", lambda maker: made.append(maker))
    maker = ahead.Ahead(app, SITE)
    maker._stopping = waiting = Waiting(len(looks))
    maker.keep_ready()
    assert made == [maker, maker] * 3
    assert settled == [1, 2, 3, 4, 5, 6]
    assert waiting.waits == [ahead.EVERY] * 4


def test_what_is_in_memory_is_left_out_of_collections_until_the_data_change() -> None:
    loop: list[Any] = [Waiting(1)]
    loop.append(loop)
    gone = weakref.ref(loop[0])
    ahead._settle()
    assert gc.get_freeze_count() > 0
    del loop
    gc.collect()
    assert gone()
    ahead._settle()
    assert not gone()


def test_nothing_more_is_made_when_it_is_stopped(app: FastAPI, client: TestClient, asked: list[Any]) -> None:
    maker = ahead.Ahead(app, SITE)
    maker.stop()
    for make in (maker.make_first, maker.make_ready):
        with pytest.raises(ahead.Stopped):
            make()
    maker.start()
    maker.stop()
    assert not asked


def test_the_pages_of_countries_wait_for_a_lull(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    metrics = app.state.metrics

    async def get(maker: ahead.Ahead, path: str) -> None:
        opened.append(path)
        metrics.begun += 2 if path == "/gaps?place=place/tj" else 1  # a reader came as well

    maker = ahead.Ahead(app, SITE)
    maker._stopping = waiting = Waiting(99)
    monkeypatch.setattr(ahead.Ahead, "_get", get)
    aside(maker.make_ready)
    assert "/gaps?place=place/tj" in opened
    assert waiting.waits == [ahead.LULL]


def test_of_what_takes_long_the_narrower_views_are_made_too(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    long = ["/gaps?place=place/tj", "/overlaps?view=duplication&place=place/uz"]

    async def get(maker: ahead.Ahead, path: str) -> None:
        opened.append(path)
        app.state.metrics.begun += 1
        await asyncio.sleep(2 * ahead.LONG if path in long else 0)

    monkeypatch.setattr(ahead, "CROWDED", 4)
    monkeypatch.setattr(ahead.Ahead, "_get", get)
    aside(ahead.Ahead(app, SITE).make_ready)
    narrower = {path for path in opened if "place=place/" in path and "domain=" in path}
    broad = ("arms", "drugs", "persons")
    assert narrower >= {f"{path}&domain={name}" for path in long for name in broad}
    assert {path.partition("&domain=")[0] for path in narrower} == set(long)
    last = opened[max(opened.index(path) for path in narrower) + 1 :]
    assert len(last) > 1
    assert all(path.startswith("/id/place/") and opened.count(path) == 1 for path in last)
