import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.settings import Settings
from graph.library import Library
from tests.viz.browsing import Watched, serve

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
"""With these, and without `--disable-gpu`, it draws WebGL in software."""


@pytest.fixture(scope="session")
def chromium():
    """A real browser, headless; the one that CONCERT_CHROMIUM names."""
    path = Path(os.environ.get("CONCERT_CHROMIUM", "/usr/bin/chromium"))
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
