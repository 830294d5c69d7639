"""Overlaps and possible duplication: the lists, two programmes side by side, and judging them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml.html import HtmlElement, fromstring
from playwright.sync_api import expect

from api.app import create_app
from api.settings import Settings
from graph.library import Library
from tests.conftest import write_dataset
from tests.viz.browsing import WIDE, Watched, serve

HERE: dict[str, Any] = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)}
HTML = {"Accept": "text/html"}
ALIKE = {"places": "xa", "domains": "drugs", "responses": "training", "targets": "police"}
YEARS = {"starts": "2020-01-01", "ends": "2020-12-31"}
SHEETS: dict[str, Any] = {
    "places": [{"id": "xa", "class": "Country", "name": "Xanadu", "iso2": "XA"}],
    "actors": [
        {"id": name, "class": "NonGovernmentalOrganisation", "name": called}
        for name, called in (("ask", "Ask & Co"), ("bay", "Bay <b>"), ("cod", "Cod"), ("dew", "Dew"), ("pay", "Payer"))
    ],
    "programmes": [
        {"id": "pa", "name": "Police <i>school", **ALIKE, **YEARS, "budget": 1000, "currency": "EUR"},
        {"id": "pb", "name": "Police academy", **ALIKE, "starts": "2020-07-01", "ends": "2021-06-30"},
        {"id": "pc", "name": "Courses", **ALIKE, **YEARS, "targets": "", "partOf": ""},
        {"id": "pd", "name": "Coursework", **ALIKE, **YEARS},
        {"id": "pe", "name": "Long ago", **ALIKE, "starts": "1999-01-01", "ends": "1999-12-31"},
    ],
    "participations": [
        {"id": f"t-{programme}-{actor}", "actor": actor, "programme": programme, "role": role}
        for programme, actor, role in (
            ("pa", "ask", "implementing"),
            ("pb", "bay", "implementing"),
            ("pc", "cod", "implementing"),
            ("pd", "dew", "implementing"),
            ("pe", "dew", "implementing"),
            ("pd", "pay", "funding"),
            ("pa", "pay", "funding"),
        )
    ],
}
for _row in SHEETS["programmes"]:
    _row.pop("partOf", None)
A, B, C, D, E = (f"programme/tiny.{name}" for name in ("pa", "pb", "pc", "pd", "pe"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pairs")
    with Library(folder / "home") as library:
        library.load(write_dataset(folder, SHEETS))
    return folder / "home"


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    app = create_app(Settings(home=home, shipped=(), writer="desk"))
    with TestClient(app, raise_server_exceptions=False, **HERE) as opened:
        yield opened


@pytest.fixture
def desk(client: TestClient) -> TestClient:
    """The same, in which nothing was judged yet."""
    journal = client.app.state.library.journal  # type: ignore[attr-defined]
    journal.path.unlink(missing_ok=True)
    return client


def seen(client: TestClient, url: str, **given: str) -> HtmlElement:
    reply = client.get(url, params=given or None, headers=HTML)
    assert reply.status_code == 200, reply.text
    assert "style=" not in reply.text
    return fromstring(reply.text)


def css(element: HtmlElement, selector: str) -> list[HtmlElement]:
    """What a simple selector finds in an element: steps of a name, classes and attributes, and a comma for either."""
    found = []
    for either in selector.split(","):
        steps = []
        for step in either.split():
            tests = [f"contains(concat(' ', @class, ' '), ' {name} ')" for name in re.findall(r"\.([\w-]+)", step)]
            for name, value in re.findall(r"\[([\w-]+)(?:=([\w-]+))?\]", step):
                tests.append(f"@{name}='{value}'" if value else f"@{name}")
            tag = re.match(r"\w*", step)[0]  # type: ignore[index]
            steps.append(f"descendant::{tag or '*'}" + "".join(f"[{test}]" for test in tests))
        found += element.xpath("/".join(steps))
    return found


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def pair(page: HtmlElement, *ids: str) -> HtmlElement:
    """The pair of the list whose two programmes these are."""
    for each in css(page, "li.pair"):
        if [link.get("href") for link in css(each, "h3 a")] == [f"/id/{id_}" for id_ in ids]:
            return each
    raise AssertionError(f"{ids} are not listed")


def compared(client: TestClient, *ids: str) -> HtmlElement:
    return seen(client, "/review", one=ids[0], other=ids[1])


def line(page: HtmlElement, title: str) -> tuple[str, str, str]:
    """What the comparison says in one row: of the first, of the second, and how they compare."""
    (row,) = (row for row in css(page, ".compared-table tbody tr") if words(css(row, "th")[0]) == title)
    one, other, told = map(words, css(row, "td"))
    return one, other, told


def judge(client: TestClient, decision: str, *ids: str, reason: str = "Both were <b>visited</b>.", **more: str) -> Any:
    sent = {"one": ids[0], "other": ids[1], "decision": decision, "reason": reason} | more
    return client.post("/review/judgements", data=sent, follow_redirects=False)


def test_each_term_is_a_bar_and_what_is_unknown_is_told_apart(desk: TestClient) -> None:
    page = seen(desk, "/overlaps")
    assert words(css(page, ".bar strong")[0]) == "6 pairs"
    row = pair(page, A, B)
    terms = [words(term) for term in css(row, ".pair-term")]
    assert terms == [
        "Place 1.00 × multiplies", "Period 0.50 × multiplies", "Responses 1.00 weighs 40%",
        "For whom 1.00 weighs 40%", "Domain 1.00 weighs 20%",
    ]  # fmt: skip
    assert [bar.get("width") for bar in css(row, ".term-part")] == ["100.0", "50.4", "100.0", "100.0", "100.0"]
    assert "Possibly duplicating score 0.50" in words(row)
    row = pair(page, A, C)
    (void,) = css(row, ".pair-term-unknown")
    assert words(void) == "For whom unknown left out"
    assert css(void, ".term-void")
    assert not css(void, ".term-part")
    assert "Unknown: target" in words(row)
    assert "Undetermined score 1.00, 60% known" in words(row)
    assert E not in {link.get("href") for link in css(page, ".pair h3 a")}


def test_links_are_told_with_their_source_and_so_is_that_there_is_none(desk: TestClient) -> None:
    for url in ("/overlaps", "/overlaps?view=duplication"):
        page = seen(desk, url)
        (link,) = css(pair(page, A, D), ".pair-links")[0].findall("li")
        assert words(link).startswith("Common funder: Payer 2 sources")
        assert "Coordinated" in words(pair(page, A, D))
        assert "No link is recorded between the two" in words(pair(page, A, B))
        assert not css(pair(page, A, B), ".pair-links")


def test_the_lists_are_those_of_the_questions(desk: TestClient) -> None:
    for view, name in (("overlaps", "overlaps"), ("duplication", "possible-duplication")):
        rows = desk.get(f"/api/questions/{name}?limit=4").json()["rows"]
        page = seen(desk, "/overlaps", view=view, limit="4")
        listed = [[link.get("href") for link in css(each, "h3 a")] for each in css(page, "li.pair")]
        assert listed == [[f"/id/{row['programme']['id']}", f"/id/{row['other']['id']}"] for row in rows]
        assert words(css(page, ".bar strong")[0]) == "1 to 4 of 6 pairs"
        (after,) = css(page, "a[rel=next]")
        page = seen(desk, after.get("href"))
        assert words(css(page, ".bar strong")[0]) == "5 to 6 of 6 pairs"
        assert [words(rank) for rank in css(page, ".pair-rank")] == ["5", "6"]


def test_verdicts_are_chosen_by_links_that_keep_the_filters(desk: TestClient) -> None:
    page = seen(desk, "/overlaps?view=duplication&place=XA")
    (link,) = (a for a in css(page, ".pair-choices a") if words(a) == "Undetermined")
    page = seen(desk, link.get("href"))
    told = {words(status) for status in css(page, ".pair-verdict .status")}
    assert told == {"Undetermined"}
    assert "place=XA" in link.get("href")
    (link,) = css(page, ".pair-choices [aria-current]")
    assert "verdict" not in link.get("href")
    switch = css(page, ".pair-views a")[0].get("href")
    assert switch == "/overlaps?place=XA"
    assert css(seen(desk, switch), "li.pair")


def test_more_pairs_than_can_be_counted_are_told_as_a_bound(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.questions.overlaps.LISTED", 0)
    monkeypatch.setattr("graph.questions.pair_total.MOST", 0)
    page = seen(desk, "/overlaps", limit="1")
    assert re.fullmatch(r"1 to 1 of at least \d pairs", words(css(page, ".bar strong")[0]))


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [("view=x", 400, "view"), ("place=Narnia", 400, "Narnia"), ("place=XA&on=1950-01-01", 200, "no proof that nobody")],
)
def test_what_cannot_be_asked_or_found_is_told(desk: TestClient, address: str, status: int, told: str) -> None:
    reply = desk.get(f"/overlaps?{address}", headers=HTML)
    assert reply.status_code == status
    assert told in words(css(fromstring(reply.text), "[role=alert], .empty")[0])


def test_two_programmes_are_compared_field_by_field_in_words(desk: TestClient) -> None:
    page = compared(desk, A, B)
    assert line(page, "Led by") == ("Ask & Co implementing", "Bay <b> implementing", "≠ Different none in common")
    assert line(page, "Where") == ("Xanadu", "Xanadu", "= Same")
    assert line(page, "Money") == ("1,000 EUR", "not recorded", "? Unknown not recorded for the second")
    assert line(page, "Part of")[2] == "? Unknown recorded for neither"
    assert line(page, "Period")[2] == "≈ Partly the same both from 2020-07-01 to 2020-12-31"
    assert line(page, "Paid for by")[0] == "Payer funding"
    assert "No link is recorded" in words(page)
    assert line(page, "Evidence")[0].startswith("3 sources")
    page = compared(desk, B, E)
    assert line(page, "Period")[2] == "≠ Different one ended before the other began"
    assert "the two do not overlap: their periods do not meet." in words(page)
    assert "one actor leads both" in words(compared(desk, D, E))


def test_a_term_and_a_link_are_the_same_side_by_side_as_in_the_list(desk: TestClient) -> None:
    listed = seen(desk, "/overlaps")
    for ids in ((A, B), (A, C), (A, D)):
        beside, row = compared(desk, *ids[::-1]), pair(listed, *ids)
        for part in (".pair-terms", ".pair-links", ".pair-verdict"):
            told = [
                words(each) for each in css(beside, part) if "likely" not in words(each) and "bits" not in words(each)
            ]
            assert told == [words(each) for each in css(row, part)]


API = (
    "/api/questions/overlaps",
    "/api/questions/possible-duplication",
    "/api/questions/double-reporting",
    "/api/questions/fragmentation",
    "/api/networks/who-does-what",
    "/api/programmes/tiny.pa",
)


@pytest.mark.parametrize(
    ("decision", "label", "changed"),
    [
        ("duplicating", "A duplication", {API[1], API[5]}),
        ("not-duplicating", "Not a duplication", {API[1], API[5]}),
        ("coordinated", "Coordinated with each other", {API[0], API[1], API[5]}),
        ("one-effort", "One effort, reported twice", {*API}),
    ],
)
def test_a_judgement_is_told_everywhere_at_once_and_undone_to_the_last_byte(
    desk: TestClient, decision: str, label: str, changed: set[str]
) -> None:
    before = {url: desk.get(url).content for url in API}
    reply = judge(desk, decision, B, A, back="place=XA")
    assert reply.status_code == 303
    after = {url: desk.get(url).content for url in API}
    assert {url for url in API if before[url] != after[url]} >= changed
    page = seen(desk, reply.headers["location"])
    assert f"Judged: {label}. Both were <b>visited</b>." in words(css(page, "[role=status]")[0])
    assert css(page, "p.eyebrow a")[0].get("href") == "/overlaps?place=XA"
    assert "Both were &lt;b&gt;visited" in desk.get(f"/id/{A}", headers=HTML).text
    for view in ("overlaps", "duplication", "twice"):
        listed = seen(desk, "/overlaps", view=view)
        if (view == "twice") is (decision == "one-effort"):
            assert f"Judged: {label}." in words(pair(listed, A, B))
        else:
            assert f"/id/{A} /id/{B}" not in " ".join(a.get("href") for a in css(listed, ".pair h3 a"))
    if decision == "coordinated":
        row = pair(seen(desk, "/overlaps?view=duplication&verdict=coordinated"), A, B)
        assert "Judged to be coordinated: Both were <b>visited</b>. 1 source" in words(row)
    form = css(page, "form.judge")[0]
    sent = {field.get("name"): field.get("value") or "A slip." for field in css(form, "input")}
    reply = desk.post(form.get("action"), data=sent, follow_redirects=False)
    assert "(taken back)" in words(seen(desk, reply.headers["location"]))
    assert {url: desk.get(url).content for url in API} == before
    assert "Judged:" not in words(seen(desk, "/overlaps"))


def test_a_judgement_on_another_record_of_the_effort_is_told(desk: TestClient) -> None:
    judge(desk, "one-effort", B, C)
    judge(desk, "coordinated", A, C)
    ids = [css(row, "h3 a") for row in css(seen(desk, "/overlaps"), "li.pair")]
    assert sorted({link.get("href") for pair_ in ids for link in pair_}) == [f"/id/{id_}" for id_ in (A, B, D)]
    page = compared(desk, A, B)
    assert "Judged: Coordinated with each other." in words(page)
    assert line(page, "Told of also as")[1] == "Courses"
    assert "records of one effort" in words(compared(desk, B, C))


def test_what_cannot_be_entered_is_told_beside_the_two(desk: TestClient) -> None:
    reply = judge(desk, "duplicating", A, B, reason=" ", back="place=XA")
    assert reply.status_code == 400
    page = fromstring(reply.text)
    assert css(page, "p.eyebrow a")[0].get("href") == "/overlaps?place=XA"
    assert "a reason in words" in words(css(page, "[role=alert]")[0])
    assert line(page, "Where")[2] == "= Same"
    reply = judge(desk, "duplicating", A, B, back="//elsewhere.example/")
    assert reply.headers["location"].startswith("/review?")
    page = seen(desk, reply.headers["location"])
    assert css(page, "p.eyebrow a")[0].get("href").startswith("/overlaps?")


def test_who_may_not_write_looks_without_forms(desk: TestClient) -> None:
    elsewhere = TestClient(desk.app, base_url="http://concert.example", client=("192.0.2.1", 5))
    page = compared(elsewhere, A, B)
    assert not css(page, "form[method=post]")
    assert "You can look here, but not decide" in words(page)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    folder = write_dataset(tmp_path, SHEETS)
    yield from serve(Settings(home=tmp_path / "home", shipped=(folder,), writer="desk"))


@pytest.mark.browser
def test_by_keyboard_alone_a_pair_is_compared_judged_and_undone_beside_the_list(
    watched: Callable[..., Watched],
) -> None:
    page = watched(viewport=WIDE).open("/overlaps?view=duplication")
    page.wait_for_selector("html[data-ready]")
    name = "Compare Police <i>school and Police academy"
    page.get_by_role("link", name=name).focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("table")).to_be_visible()
    reason = drawer.get_by_label("Reason")
    while not reason.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("They share one curriculum.")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "not-duplicating"
    page.keyboard.press("Enter")
    told = drawer.get_by_role("status")
    expect(told).to_contain_text("Judged: Not a duplication. They share one curriculum.")
    expect(told).to_be_focused()
    row = page.locator("li.pair").first
    expect(row.locator(".pair-judged")).to_contain_text("They share one curriculum.")
    undo = drawer.get_by_label("Why take it back")
    while not undo.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("Wrong pair.")
    page.keyboard.press("Enter")
    expect(drawer).to_contain_text("(taken back)")
    expect(page.locator(".pair-judged")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page.locator("li.pair").first.get_by_role("link", name=name)).to_be_focused()
    assert page.url.endswith("/overlaps?view=duplication")


@pytest.mark.browser
def test_a_pair_is_judged_without_scripts(watched: Callable[..., Watched]) -> None:
    page = watched(java_script_enabled=False, viewport=WIDE).open("/overlaps?place=XA")
    page.get_by_role("link", name="Compare Police <i>school and Police academy").click()
    page.get_by_label("Reason").fill("One timetable.")
    page.get_by_role("button", name="One effort, reported twice").click()
    expect(page.get_by_role("status")).to_contain_text("One timetable.")
    page.get_by_role("link", name="Back to the list of pairs").click()
    page.wait_for_url("**/overlaps?place=XA")
    expect(page.locator("li.pair")).to_have_count(3)
    page.get_by_role("link", name="Told of twice").click()
    expect(page.locator("li.pair").first).to_contain_text("One effort, reported twice")
