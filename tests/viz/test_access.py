"""Every page against the success criteria of WCAG 2.2, A and AA, as far as axe can tell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import viz
from tests.viz.browsing import NARROW, PAGES, WIDE, Watched, lay_out

pytestmark = pytest.mark.browser

AXE = Path(viz.__file__).parent / "front" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What can differ between light and dark: the rest of a page is the same in both."""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe, a development dependency of the front end."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there; `python viz/build.py --dev` installs it, as `make test` does")
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, rules: Any = RULES) -> list[tuple[str, str, str]]:
    """What axe finds wrong: rule, element, why."""
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules
    )
    return [
        (rule["id"], node["html"][:200], node["failureSummary"][:300])
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule(visited: Callable[..., Page], axe: str, name: str) -> None:
    page = visited(PAGES[name])
    expect(page.locator("figure[data-map]:not([data-ready])")).to_have_count(0)
    lay_out(page)
    page.evaluate(axe)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for colours, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=colours)
            assert violations(page, rules) == [], (name, size, colours)


def test_the_drawer_and_the_suggestions_break_none_either(watched: Callable[..., Watched], axe: str) -> None:
    page = watched(viewport=WIDE).open("/matrix?place=KG")
    page.evaluate(axe)
    field = page.get_by_role("combobox", name="Actor", exact=True)
    field.press_sequentially("un")
    page.locator(".suggest [role=option]").first.wait_for()
    assert violations(page) == []
    field.press("Escape")
    page.locator("summary", has_text="Saved views").click()
    assert violations(page) == []
    page.locator("a[data-drawer]").first.click()
    page.get_by_role("dialog").locator(".card").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("rules", [RULES, COLOURS])
def test_axe_sees_what_is_wrong(watched: Callable[..., Watched], axe: str, rules: Any) -> None:
    page = watched().open("/help")
    page.evaluate(axe)
    page.evaluate("document.querySelector('h1').style.color = 'rgb(240, 240, 240)'")
    assert {rule for rule, _, _ in violations(page, rules)} == {"color-contrast"}
