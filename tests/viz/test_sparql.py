"""Completing a query in a real browser, by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.viz.browsing import Watched

pytestmark = pytest.mark.browser


def test_a_query_is_completed_and_run_by_keyboard(watched: Callable[..., Watched]) -> None:
    page = watched().open("/sparql")
    field = page.get_by_label("Query")
    field.fill("SELECT ?a { ?a a ")
    field.press_sequentially("con:Agen")
    option = page.get_by_role("option", name="con:Agency")
    expect(option).to_be_visible()
    expect(option).to_contain_text("An organ of one State")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    expect(field).to_have_value("PREFIX con: <https://w3id.org/concert/ns#>\nSELECT ?a { ?a a con:Agency")
    expect(page.locator("#completions")).to_be_hidden()
    field.press_sequentially(" ; ?p ")
    field.press_sequentially("fundi")
    expect(page.locator("#completions")).to_be_hidden()
    field.press("Control+Space")
    code = page.get_by_role("option", name="role/funding")
    expect(code).to_be_visible()
    field.press("Escape")
    expect(code).to_be_hidden()
    field.fill("SELECT ?a { ?a a <https://w3id.org/concert/ns#Agency> }")
    field.press("Control+Enter")
    page.wait_for_url("**query=**")
    expect(page.locator("tbody tr").first).to_be_visible()
