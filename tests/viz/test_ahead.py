"""What is likely to be opened next is asked for already: the view of a changed form, and a link that one stays on."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.viz.browsing import WIDE, Watched


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
    links.get_by_role("link", name="Gaps", exact=True).focus()
    page.wait_for_timeout(400)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
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
