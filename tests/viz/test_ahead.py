"""What is likely to be opened next is asked for already: the view of a changed form, and a link that one stays on.

Playwright has the server make it; a browser that is left to itself lays it out as well.
"""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.viz.bare import Tab, browser
from tests.viz.browsing import WIDE, Watched
from tests.viz.conftest import FLAGS

pytestmark = pytest.mark.browser
READY = "document.documentElement.dataset.ready !== undefined"
AHEAD = "performance.getEntriesByType('navigation')[0].activationStart"
"""Milliseconds that a page had stood when it was shown; 0 for one that was not opened ahead."""


def heads(page: Page) -> list[str]:
    """What is asked for ahead from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "HEAD" else None)
    return asked


def test_the_view_of_a_form_is_asked_for_when_a_filter_changes(watched: Callable[..., Watched]) -> None:
    context = watched(viewport=WIDE)
    page = context.open("/gaps?place=TJ")
    asked = heads(page)
    with page.expect_response(lambda reply: reply.request.method == "HEAD") as told:
        page.get_by_label("Domain").select_option("drugs")
    assert told.value.ok
    assert len(asked) == 1
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**domain=drugs**")
    assert asked == [page.url]
    assert context.wrong == []


def test_a_link_is_asked_for_when_one_stays_on_it(watched: Callable[..., Watched]) -> None:
    context = watched(viewport=WIDE)
    page = context.open("/help")
    asked = heads(page)
    links = page.get_by_role("navigation").first
    for name, path in (("Datasets", None), ("Flows", "/flows"), ("Gaps", "/gaps")):
        link = links.get_by_role("link", name=name, exact=True)
        if path == "/gaps":
            link.focus()
        else:
            link.hover()
        page.wait_for_timeout(400)
        assert [urlsplit(each).path for each in asked][-1:] == ([path] if path else [])
    page.reload()
    expect(page.locator("html[data-ready]")).to_be_attached()
    del asked[:]
    gaps = links.get_by_role("link", name="Gaps", exact=True)
    gaps.focus()
    page.wait_for_timeout(400)
    gaps.evaluate("(link) => (link.blur(), link.focus())")  # in one go: two keys may be far apart on a busy machine
    page.wait_for_timeout(400)
    assert len(asked) == 1
    assert context.wrong == []


def test_what_is_refused_is_told_where_it_is_opened(watched: Callable[..., Watched]) -> None:
    context = watched(viewport=WIDE)
    page = context.open("/gaps")
    with page.expect_response(lambda reply: reply.request.method == "HEAD") as told:
        page.get_by_label("Place", exact=True).fill("Narnia")
        page.get_by_label("Place", exact=True).press("Tab")
    assert told.value.status == 400
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Narnia")
    assert context.wrong == []


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Tab]:
    """A browser that opens pages ahead, as Playwright's does not."""
    assert chromium.is_connected()
    with browser(FLAGS) as found:
        yield found


def until_waiting(tab: Tab, told: str) -> None:
    """Until a page with this in its address is laid out ahead."""
    until = time.monotonic() + 20
    while not any(told in address for address in tab.waiting):
        assert time.monotonic() < until, f"only {tab.waiting} are opened ahead"
        tab.pause(0.05)


def test_the_view_of_a_changed_form_stands_before_it_is_asked_for(tab: Tab, site: str) -> None:
    tab.open(f"{site}/gaps?place=TJ")
    tab.wait(f"location.pathname === '/gaps' && {READY}")
    tab.choose("domain", "drugs")
    until_waiting(tab, "domain=drugs")
    tab.choose("domain", "persons")
    until_waiting(tab, "domain=persons")
    tab.click("form[data-filters] .send button")
    assert tab.wait(f"location.search.includes('persons') && {READY} && {AHEAD}") > 0
    assert tab.evaluate("document.querySelector('form[data-filters] [name=domain]').value") == "persons"
    tab.evaluate("history.back()")
    assert tab.wait(f"location.search === '?place=TJ' && {READY}")


def test_what_is_chosen_meanwhile_holds_on_a_page_that_waited(tab: Tab, site: str) -> None:
    tab.open(f"{site}/overlaps?place=TJ")
    tab.wait(f"location.pathname === '/overlaps' && {READY}")
    tab.move("nav[aria-label=Main] a[href^='/gaps']")
    until_waiting(tab, "/gaps")
    tab.evaluate(
        """(() => {
          const theme = document.querySelector("#theme");
          theme.value = "dark";
          theme.dispatchEvent(new Event("change"));
          const views = document.querySelector("[data-views]");
          views.querySelector("input").value = "Dushanbe";
          views.querySelector("button").click();
        })()"""
    )
    tab.click("nav[aria-label=Main] a[href^='/gaps']")
    assert tab.wait(f"location.pathname === '/gaps' && {READY} && {AHEAD}") > 0
    assert tab.evaluate("document.documentElement.dataset.theme + document.querySelector('#theme').value") == "darkdark"
    assert tab.evaluate("document.querySelector('[data-views] li a').textContent") == "Dushanbe"


def test_what_opens_in_the_drawer_is_not_laid_out_as_a_page(tab: Tab, site: str) -> None:
    tab.open(f"{site}/matrix")
    tab.wait(f"location.pathname === '/matrix' && {READY}")
    tab.move("table.matrix a[data-drawer]")
    tab.pause(1)
    assert tab.waiting == []
    tab.move("nav[aria-label=Main] a[href^='/flows']")
    until_waiting(tab, "/flows")
