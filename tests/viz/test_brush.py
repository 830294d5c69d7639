"""A time chosen on the histogram of the filter bar: by a click on a year, and by its two ends, by mouse and by keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from graph.library import Library
from tests.conftest import write_dataset
from tests.viz.browsing import WIDE, Watched, serve
from viz.years import years

SHEETS: dict[str, list[dict[str, Any]]] = {
    "places": [{"id": "xa", "class": "Country", "name": "Xanadu", "iso2": "XA"}],
    "actors": [{"id": "a", "class": "Organisation", "name": "A"}],
    "programmes": [
        {"id": "p1", "name": "One", "starts": "2001-05-01", "ends": "2003-02-01", "status": "ended"},
        {"id": "p2", "name": "Two", "starts": "2003-01-01", "ends": "2005-01-01", "status": "active"},
        {"id": "p3", "name": "Three", "starts": "2002-01-01", "ends": "2004-01-01", "status": "proposed"},
        {"id": "p4", "name": "Four", "status": "active"},
    ],
    "participations": [{"actor": "a", "programme": f"p{n}", "role": "implementing"} for n in (1, 2, 3, 4)],
}
for _row in SHEETS["programmes"]:
    _row |= {"places": "xa", "domains": "drugs"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("years")
    with Library(folder / "home") as library:
        library.load(write_dataset(folder, SHEETS))
    return folder / "home"


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[str]:
    yield from serve(Settings(home=home))


def test_a_programme_counts_in_each_of_its_years_and_a_proposal_in_none(home: Path) -> None:
    with Library(home) as library:
        found = years(library.world(frozenset({"tiny"})))
    assert found.counts == {2001: 1, 2002: 1, 2003: 2, 2004: 1, 2005: 1}
    assert (found.most, found.undated) == (2, 1)


def sent(page: Page) -> dict[str, list[str]]:
    return {name: values for name, values in parse_qs(urlsplit(page.url).query).items() if name in ("from", "to", "on")}


def test_years_are_chosen_by_a_bar_by_an_end_and_by_keys(chromium: Browser, served: str) -> None:
    context = Watched(chromium.new_context(viewport=WIDE), served)
    page = context.open("/matrix?on=2004-02-02")
    page.locator(".brush a", has=page.locator("[data-year='2002']")).click(position={"x": 20, "y": 2})
    page.wait_for_url("**from=2002**")
    assert sent(page) == {"from": ["2002-01-01"], "to": ["2002-12-31"]}
    expect(page.locator(".brush rect.in")).to_have_count(1)

    page.get_by_label("To year").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".brush output")).to_have_text("2002 – 2004")
    page.keyboard.press("Enter")
    page.wait_for_url("**to=2004**")
    assert sent(page) == {"from": ["2002-01-01"], "to": ["2004-12-31"]}

    track = page.locator(".brush .ends").bounding_box()
    assert track
    ends = page.get_by_label("To year").bounding_box()
    assert ends
    page.mouse.move(track["x"] + track["width"] * 0.75, ends["y"] + ends["height"] / 2)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] - 2, ends["y"] + ends["height"] / 2, steps=4)
    page.mouse.up()
    page.wait_for_url(lambda url: "to=" not in url)
    assert sent(page) == {"from": ["2002-01-01"]}
    context.context.close()
    assert context.wrong == []
