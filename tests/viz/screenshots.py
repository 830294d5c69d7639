"""Every page as a picture, light and dark, wide and narrow: `make screenshots` writes them to build/screenshots.

To be looked at by a person, one by one; nothing is compared.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.progress import track

from api.settings import Settings
from tests.viz.browsing import CHROMIUM, NARROW, PAGES, WIDE, lay_out, serve
from tests.viz.conftest import FLAGS

OUT = Path(__file__).parent.parent.parent / "build" / "screenshots"
MODES = {
    f"{size['width']}-{colours}": {"viewport": size, "color_scheme": colours}
    for size in (WIDE, NARROW)
    for colours in ("light", "dark")
}
LONGEST = 2400
"""Pixels of a page that are shown at most; what follows looks like what stands before."""


@contextmanager
def site() -> Iterator[str]:
    """A server over the shipped data in a home of its own, or over the one that CONCERT_HOME names."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(os.environ.get("CONCERT_HOME") or folder)
        served = serve(Settings(home=home))
        try:
            yield next(served)
        finally:
            next(served, None)


def main(names: list[str]) -> None:
    """Take the pages of these names, all of them when there are none."""
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = {name: path for name, path in PAGES.items() if not names or name in names}
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        for mode, options in track(MODES.items(), f"Taking {len(wanted)} pages"):
            context = browser.new_context(**options)
            for name, path in wanted.items():
                page = context.new_page()
                page.goto(address + path)
                page.wait_for_load_state("networkidle")
                lay_out(page)
                size = options["viewport"]
                tall = min(LONGEST, page.evaluate("document.documentElement.scrollHeight"))
                page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
                page.screenshot(path=OUT / f"{name.replace(' ', '-')}-{mode}.png")
                page.close()
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
