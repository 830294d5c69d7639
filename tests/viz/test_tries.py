"""What a new user comes for, from the start page, by clicking only: each in at most five clicks, counted."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from api.settings import Settings
from graph.library import Library
from tests.benchmarks.world import DATASETS, make_world
from tests.viz.browsing import WIDE, Watched, serve

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

    def ask(self, question: str | re.Pattern[str]) -> None:
        """Click a ready question."""
        self.click(self.page.get_by_role("heading", name=question).get_by_role("link"))


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


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a small made-up world and nothing else: nothing in it was known when the pages were written."""
    folder, home = tmp_path_factory.mktemp("made-up"), tmp_path_factory.mktemp("home")
    make_world(folder / "world", 60, seed=3)
    with Library(home, linking=False) as library:
        for name in DATASETS:
            library.load(folder / "world" / name)
    yield from serve(Settings(home=home, shipped=()))


def test_the_same_in_a_world_of_which_the_pages_know_nothing(watched: Callable[..., Watched], made_up: str) -> None:
    context = watched(made_up, viewport=WIDE)

    who = Visitor(context.open("/"))
    who.ask(re.compile("What is missing against .+ in .+?"))
    first = who.page.locator(".gap").first
    expect(first.locator("summary").first).to_contain_text(re.compile("None recorded|No source|Ended|Planned|Thin"))
    expect(first.locator(".near")).to_contain_text(re.compile("At work here|No source records anybody"))
    assert who.clicks == 1

    who = Visitor(context.open("/"))
    who.ask(re.compile("Which programmes in .+ may do the same?"))
    who.click(who.page.locator(".pair").first.get_by_role("link", name="Compare"))
    expect(who.page.get_by_role("dialog")).to_contain_text(re.compile("No link is recorded|Tie:|paid for by|part of"))
    assert who.clicks == 2

    who = Visitor(context.open("/"))
    who.ask(re.compile("How are .+ connected?"))
    who.click(who.page.locator(".steps li").last.get_by_role("link"))
    expect(who.page.locator("[data-panel] .evidence").first).to_contain_text("Dataset world-")
    assert who.clicks == 2

    who = Visitor(context.open("/"))
    who.ask(re.compile("What is known about .+?"))
    expect(who.page.get_by_role("heading", name="Programmes over time")).to_be_visible()
    assert who.page.pdf(format="A4").count(b"/Type /Page\n") >= 2
    assert who.clicks == 1

    who = Visitor(context.open("/"))
    who.ask(re.compile("What links .+ to .+, and who says so?"))
    expect(who.page.locator("[data-panel] .evidence li").first).to_contain_text("Register of places and actors")
    assert who.clicks == 1
