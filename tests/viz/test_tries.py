"""What a new user comes for, from the start page, by clicking only: each in at most five clicks, counted."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.viz.browsing import WIDE, Watched

MOST = 5


class Visitor:
    """Somebody who has just opened the start page; every click counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """Click what can be seen."""
        what.click()
        self.clicks += 1
        self.page.wait_for_load_state()

    def ask(self, question: str) -> None:
        """Click a ready question."""
        self.click(self.page.get_by_role("link", name=question))


def test_what_a_new_user_comes_for_takes_five_clicks_at_most(watched: Callable[..., Watched]) -> None:
    context = watched(viewport=WIDE)

    who = Visitor(context.open("/"))
    who.ask("What is missing against drugs in Turkmenistan?")
    first = who.page.locator(".gap").first
    expect(first).to_contain_text("Anti-corruption in Turkmenistan")
    expect(first).to_contain_text("None recorded")
    expect(first.locator(".near ol a").first).to_have_text("European Union")
    assert who.clicks == 1

    who = Visitor(context.open("/"))
    who.ask("Which programmes in Tajikistan may do the same?")
    pair = who.page.locator(".pair", has_text="Drug Control Agency in Dushanbe").filter(has_text="UNODC drug control")
    expect(pair).to_contain_text("Tie: United Nations Office on Drugs and Crime – established")
    who.click(pair.get_by_role("link", name="Compare"))
    expect(who.page.get_by_role("dialog")).to_contain_text("Drug Control Agency in Dushanbe")
    assert who.clicks <= MOST

    who = Visitor(context.open("/"))
    who.ask("How are IOM and the Aga Khan Foundation connected?")
    steps = who.page.locator(".steps li")
    expect(steps).to_have_count(6)
    expect(steps.first).to_contain_text("International Organization for Migration")
    expect(steps.last).to_contain_text("Aga Khan Foundation")
    who.click(steps.last.get_by_role("link"))
    expect(who.page.locator("[data-panel] .evidence").first).to_contain_text("Dataset paper-2003")
    assert who.clicks <= MOST

    who = Visitor(context.open("/"))
    who.ask("Who works with whom, and who says so?")
    claim = who.page.locator("[data-panel] .evidence li").first
    expect(claim).to_contain_text("briefing paper")
    who.click(claim.get_by_role("link", name="The claim"))
    expect(who.page.locator("main")).to_contain_text("Drug Control Agency, Dushanbe")
    assert who.clicks <= MOST
