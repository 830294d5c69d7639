import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.settings import Settings
from graph.library import Library
from tests.viz.browsing import CHROMIUM, WIDE, Watched, serve

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WEBGL = [*FLAGS, "--enable-unsafe-swiftshader"]
"""With WebGL, which it draws in software as it paints the page, as on a machine without a graphics card."""

expect.set_options(timeout=30_000)  # as long as Playwright waits for anything else: no timing decides a test


@pytest.fixture(scope="session")
def chromium():
    """A real browser, headless; the one that CONCERT_CHROMIUM names."""
    path = Path(CHROMIUM)
    if not path.exists():
        pytest.skip(f"there is no browser at {path}; CONCERT_CHROMIUM names another")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=FLAGS, headless=True)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """A real server over the shipped data; CONCERT_SITE names one that runs already."""
    running = os.environ.get("CONCERT_SITE")
    if running:
        yield running.rstrip("/")
        return
    shipped: Library = request.getfixturevalue("shipped")
    yield from serve(Settings(home=shipped.home.path))


@pytest.fixture
def watched(chromium: Browser, site: str) -> Iterator[Callable[..., Watched]]:
    """Open a context with options of Playwright's; at the end nothing must have gone wrong in it."""
    opened: list[Watched] = []

    def new(address: str = site, **options: Any) -> Watched:
        opened.append(Watched(chromium.new_context(**options), address))
        return opened[-1]

    yield new
    for each in opened:
        each.context.close()
        assert each.wrong == []


@pytest.fixture(scope="module")
def tabs(chromium: Browser, site: str) -> Iterator[Callable[..., tuple[Watched, Page]]]:
    """One tab for each set of Playwright's options: opening one takes longer than most pages do."""
    opened: dict[str, tuple[Watched, Page]] = {}

    def tab(**options: Any) -> tuple[Watched, Page]:
        key = repr(sorted(options.items()))
        if key not in opened:
            watched = Watched(chromium.new_context(**options), site)
            opened[key] = watched, watched.context.new_page()
        return opened[key]

    yield tab
    for watched, _ in opened.values():
        watched.context.close()


@pytest.fixture
def visited(tabs: Callable[..., tuple[Watched, Page]]) -> Iterator[Callable[..., Page]]:
    """Visit a page that is only looked at, in the tab with these options; nothing must have gone wrong on it."""
    looked: list[Watched] = []

    def visit(path: str, **options: Any) -> Page:
        watched, page = tabs(**options)
        looked.append(watched)
        page.set_viewport_size(options.get("viewport", WIDE))  # a test before may have changed it, and the colours
        page.emulate_media(color_scheme=options.get("color_scheme", "light"))
        page.goto(watched.site + path)
        expect(page.locator("[data-making]")).to_have_count(0)  # a picture that takes long opens by itself
        return page

    yield visit
    for each in looked:
        wrong, each.wrong = each.wrong, []
        assert wrong == []
