import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
