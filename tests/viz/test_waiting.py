"""A picture that takes long is made once, and whoever waits for it sees how far it has come."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from lxml.html import fromstring
from playwright.sync_api import expect

from graph.network.progress import Progress
from tests.viz.browsing import WIDE, Watched
from viz.drawings.picture import Picture
from viz.drawings.picture import picture as made
from viz.drawings.shelf import MOST_MADE, Making, Pictures

EMPTY = Picture((), (), np.empty((0, 2)))


@pytest.fixture
def pictures() -> Iterator[Pictures]:
    shelf = Pictures()
    yield shelf
    shelf.close()


def test_who_would_not_wait_is_told_how_far_it_is_and_it_is_made_once(pictures: Pictures) -> None:
    go, begun, calls = threading.Event(), threading.Event(), []

    def make(told: Progress) -> Picture:
        calls.append(1)
        told("Layout", 0.4)
        begun.set()
        go.wait(20)
        return EMPTY

    pictures.of("one", make, 0)
    begun.wait(20)
    assert pictures.of("one", make, 0) == Making("Layout", 0.4)
    go.set()
    assert pictures.of("one", make) is EMPTY
    assert pictures.of("one", make, 0) is EMPTY
    assert calls == [1]


def test_what_cannot_be_made_is_told_and_tried_anew(pictures: Pictures) -> None:
    def fail(_: Progress) -> Picture:
        raise ValueError("no such place")

    for _ in range(2):
        with pytest.raises(ValueError, match="no such place"):
            pictures.of("one", fail, 20)
    assert pictures.of("one", lambda _: EMPTY) is EMPTY


def test_beyond_a_few_at_once_whoever_asks_makes_it(pictures: Pictures) -> None:
    go = threading.Event()

    def make(_: Progress) -> Picture:
        go.wait(20)
        return EMPTY

    told = [pictures.of(str(number), make, 0) for number in range(MOST_MADE)]
    assert all(isinstance(each, Making) for each in told)
    assert pictures.of("more", lambda _: EMPTY, 0) is EMPTY
    go.set()


@pytest.mark.browser
def test_a_large_network_shows_how_far_it_is_until_it_is_drawn(
    watched: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()

    def slowly(*words: Any, progress: Progress, **given: Any) -> Picture:
        progress("Layout", 0.42)
        go.wait(60)
        return made(*words, progress=progress, **given)

    monkeypatch.setattr("api.pictures.picture", slowly)
    monkeypatch.setattr("api.pages.explorer.PATIENCE", 0.2)
    context = watched(viewport=WIDE)
    page = context.open("/explorer/who-does-what?domain=drugs&nodes=77")
    expect(page.locator("[data-making]")).to_contain_text("layout")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "42")
    bare = fromstring(context.context.request.get(page.url).text())
    assert bare.xpath("//noscript/meta[@http-equiv='refresh']")
    go.set()
    expect(page.locator("[data-explorer][data-drawn]")).to_be_visible()
    assert page.get_by_role("progressbar").count() == 0
