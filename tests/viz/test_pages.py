"""The pages in a real browser, as a person uses them: by keyboard, on a small screen, without scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from api.pages.sparql import EXAMPLES
from api.settings import Settings
from graph.questions.catalogue import catalogue
from tests.viz.browsing import NARROW, PAGES, WIDE, Watched, overflow, serve

pytestmark = pytest.mark.browser

MARKUP = [
    '<img src=x onerror="document.title=`broken`">',
    "</script><script>document.title=`broken`</script>",
    '" onmouseover="document.title=`broken`" href="https://elsewhere.example/',
    "{{ 7 * 7 }} &lt;b&gt; <a href=https://elsewhere.example/>link</a>",
]
HOSTILE = {
    "actors": [
        {"id": f"a{n}", "class": "Organisation", "name": name, "acronym": name[:20], "description": name}
        for n, name in enumerate(MARKUP)
    ],
    "places": [{"id": "land", "class": "Country", "name": MARKUP[0], "iso2": "XL"}],
    "programmes": [{"id": "p", "name": MARKUP[1], "places": "land", "domains": "drugs", "description": MARKUP[2]}],
    "participations": [
        {"actor": f"a{n}", "programme": "p", "role": "implementing", "locator": name, "note": name}
        for n, name in enumerate(MARKUP)
    ],
    "ties": [{"actor": "a0", "kind": "coordinates-with", "other": "a1", "description": MARKUP[0]}],
    "sources": [
        {"id": "paper", "name": MARKUP[1], "publisher": MARKUP[0], "url": 'https://example.org/"onmouseover="x'}
    ],
}

HOSTS = """links => links.map(link => new URL(link.getAttribute("href") ?? "", location.href))
    .map(url => url.protocol + url.host)"""
"""Where links lead; those in a drawing have no address of their own in the page's model."""


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_cleanly_and_fits_a_small_screen(visited: Callable[..., Page], name: str) -> None:
    for size in (WIDE, NARROW):
        page = visited(PAGES[name], viewport=size, reduced_motion="reduce")
        expect(page.locator("h1").first).to_be_visible()
        assert overflow(page) == 0
        assert page.title()
        assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_works_without_scripts(visited: Callable[..., Page], name: str) -> None:
    page = visited(PAGES[name], java_script_enabled=False)
    expect(page.locator("h1").first).to_be_visible()
    assert len(page.locator("body").inner_text()) > 100
    assert page.locator("html").get_attribute("data-ready") is None


def test_a_question_is_asked_by_keyboard(watched: Callable[..., Watched], site: str) -> None:
    page = watched(java_script_enabled=False).open("/questions/who-works-where")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.get_by_label("Place", exact=True).focus()
    page.keyboard.type("Tajikistan")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Domain", exact=True)).to_be_focused()
    page.keyboard.type("Illicit")
    page.keyboard.press("Enter")
    if "domain=drugs" not in page.url:
        page.get_by_role("button", name="Ask").press("Enter")
    page.wait_for_url("**domain=drugs**")
    assert page.locator(".chip > span").all_inner_texts() == ["Place: Tajikistan", "Domain: Illicit drugs"]
    body = page.locator("tbody")
    for name in ("United Nations Office on Drugs and Crime", "Drug Control Agency", "Aga Khan"):
        expect(body.get_by_role("link", name=name).first).to_be_visible()
    evidence = page.locator("tbody details").last
    expect(evidence.locator("li").first).to_be_hidden()
    evidence.locator("summary").press("Enter")
    expect(evidence.locator("li").first).to_be_visible()
    assert "EF.DEL/3/03" in evidence.inner_text()
    body.get_by_role("link", name="United Nations Office on Drugs and Crime").first.click()
    page.wait_for_url(f"{site}/id/actor/unodc?place=Tajikistan&domain=drugs")


def test_a_wrong_value_is_told_and_the_form_keeps_it(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/who-works-where?place=Narnia&domain=drugs")
    expect(page.get_by_role("alert")).to_contain_text("Narnia")
    expect(page.get_by_role("alert")).to_contain_text("ISO 3166")
    expect(page.get_by_label("Place", exact=True)).to_have_value("Narnia")
    expect(page.get_by_label("Domain", exact=True)).to_have_value("drugs")
    page.get_by_label("Place", exact=True).fill("TJ")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("tbody tr").first).to_be_visible()


def test_several_values_of_one_filter_stay_in_the_form(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/who-works-where?domain=drugs&domain=arms")
    rows = page.locator(".bar strong").inner_text()
    assert page.locator(".chip > span").all_inner_texts() == ["Domain: Illicit drugs", "Domain: Arms"]
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**domain=drugs&**")
    assert page.locator(".bar strong").inner_text() == rows


def test_pages_follow_one_another_and_files_hold_everything(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/questions/who-works-where?limit=40")
    first = page.locator("tbody tr").all_inner_texts()
    page.get_by_role("link", name="Next 40 rows").click()
    page.wait_for_url("**cursor=**")
    second = page.locator("tbody tr").all_inner_texts()
    assert not set(first) & set(second)
    total = int(page.locator(".bar strong").inner_text().split()[-2])
    reply = page.request.get(site + str(page.get_by_role("link", name="CSV").get_attribute("href")))
    assert reply.headers["concert-total"] == str(total)
    assert 'rel="next"' not in reply.headers["link"]  # the file holds everything


def test_an_answer_without_rows_says_that_it_proves_nothing(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/who-works-where?place=TJ&on=1950-01-01")
    expect(page.get_by_text("not proof that nothing exists")).to_be_visible()


def test_the_matrix_of_a_question_leads_to_the_rows_behind_a_number(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/presence-matrix")
    cell = page.locator("table.matrix td a").first
    number = int(cell.inner_text())
    cell.click()
    page.wait_for_url("**/who-works-where?**")
    assert page.locator("tbody tr").count() >= number


def test_a_number_of_the_matrix_opens_its_programmes_beside_it(watched: Callable[..., Watched]) -> None:
    page = watched().open("/matrix")
    cell = page.get_by_role("row", name="Kyrgyzstan").get_by_role("link", name="1", exact=True).first
    cell.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", level=2)).to_contain_text("Kyrgyzstan")
    expect(drawer.locator(".card").first).to_be_visible()
    drawer.locator("summary").first.press("Enter")
    expect(drawer.locator(".evidence li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(cell).to_be_focused()
    assert page.url.endswith("/matrix")


def test_a_number_of_the_matrix_is_a_link_without_scripts(watched: Callable[..., Watched]) -> None:
    page = watched(java_script_enabled=False).open("/matrix?domain=drugs&place=KG")
    page.get_by_role("row", name="Kyrgyzstan").get_by_role("link").nth(1).click()
    page.wait_for_url("**/matrix/cell?**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kyrgyzstan · Illicit drugs")
    expect(page.locator(".card").first).to_be_visible()


def test_empty_cells_of_the_matrix_say_in_words_why(watched: Callable[..., Watched]) -> None:
    page = watched().open("/matrix")
    row = page.get_by_role("row", name="Turkmenistan")
    assert "none recorded" in row.inner_text() or "none recorded" in (row.text_content() or "")
    europe = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Europe", exact=True))
    assert "no source" in (europe.text_content() or "")
    for status in ("Ended", "Planned", "None recorded", "No source"):
        expect(page.get_by_role("list", name="Legend").get_by_text(status, exact=True)).to_be_visible()


def test_a_table_is_sorted_by_its_heads(watched: Callable[..., Watched]) -> None:
    page = watched().open("/matrix?empty=left+out")
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.get_by_role("columnheader", name="All", exact=True)).to_have_attribute("aria-sort", "descending")
    numbers = [int(text) for text in page.locator("td.sum").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) > 2
    page.get_by_role("button", name="All", exact=True).click()
    assert [int(text) for text in page.locator("td.sum").all_inner_texts()] == sorted(numbers)


def test_filters_follow_from_page_to_page_and_can_be_removed(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/matrix?place=TJ&role=funding")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Gaps").click()
    page.wait_for_url("**place=TJ&role=funding")
    assert page.locator(".chip:not(.idle) > span").all_inner_texts() == ["Place: Tajikistan"]
    assert page.locator(".chip.idle > span").all_inner_texts() == ["Role (not used here): Funding"]
    page.get_by_role("link", name="Remove Place: Tajikistan").click()
    page.wait_for_url("**?role=funding")
    page.go_back()
    page.wait_for_url("**place=TJ&role=funding")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Who works where").click()
    page.wait_for_url("**/matrix?place=TJ&role=funding")
    assert page.locator(".chip.idle").count() == 0


def test_a_filter_is_set_where_none_is_used_and_goes_along(watched: Callable[..., Watched]) -> None:
    page = watched().open("/id/actor/unodc")
    page.locator("summary", has_text="Filters of the other pages").press("Enter")
    field = page.get_by_role("combobox", name="Place", exact=True)
    field.press_sequentially("tajik")
    page.get_by_role("option", name="Tajikistan").first.click()
    page.get_by_label("Domain", exact=True).select_option("drugs")
    page.get_by_role("button", name="Set").click()
    page.wait_for_url("**/id/actor/unodc?place=place%2Ftj&domain=drugs")
    assert page.locator(".chip.idle > span").all_inner_texts() == [
        "Place (not used here): Tajikistan",
        "Domain (not used here): Illicit drugs",
    ]
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Gaps").click()
    page.wait_for_url("**/gaps?place=place%2Ftj&domain=drugs")
    assert page.locator(".chip.idle").count() == 0


def test_without_scripts_the_same_filters_are_set(watched: Callable[..., Watched]) -> None:
    page = watched(java_script_enabled=False).open("/id/actor/unodc")
    page.locator("summary", has_text="Filters of the other pages").click()
    page.get_by_label("Domain", exact=True).select_option("drugs")
    page.get_by_role("button", name="Set").click()
    page.wait_for_url("**/id/actor/unodc?**domain=drugs**")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Gaps").click()
    page.wait_for_url("**/gaps?domain=drugs")


def test_a_place_is_found_while_it_is_typed(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/who-works-where")
    field = page.get_by_role("combobox", name="Place", exact=True)
    field.press_sequentially("kyrg")
    option = page.get_by_role("option", name="Kyrgyzstan").first
    expect(option).to_be_visible()
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    expect(field).to_have_value("Kyrgyzstan")
    expect(page.locator(".suggest [role=option]:visible")).to_have_count(0)
    field.press("Enter")
    page.wait_for_url("**place=place%2Fkg")
    expect(page.get_by_role("combobox", name="Place", exact=True)).to_have_value("Kyrgyzstan")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**place=place%2Fkg")


def test_suggestions_close_with_escape_and_leave_the_text(watched: Callable[..., Watched]) -> None:
    page = watched().open("/")
    field = page.get_by_role("combobox", name="An actor, a place")
    field.press_sequentially("gaps")
    expect(page.get_by_role("option", name="Corridor gaps")).to_be_visible()
    field.press("Escape")
    expect(page.locator(".suggest [role=option]:visible")).to_have_count(0)
    expect(field).to_have_value("gaps")
    field.fill("")
    field.press_sequentially("iom")
    page.get_by_role("option", name="International Organization for Migration").first.click()
    page.wait_for_url("**/id/actor/iom")


def test_a_view_is_saved_under_a_name_and_found_again(watched: Callable[..., Watched]) -> None:
    context = watched()
    page = context.open("/matrix?place=TJ")
    page.locator("summary", has_text="Saved views").press("Enter")
    page.get_by_label("Name of this view").fill("Tajikistan <b>")
    page.keyboard.press("Enter")
    page = context.open("/questions/gaps")
    page.locator("summary", has_text="Saved views").click()
    page.get_by_role("link", name="Tajikistan <b>", exact=True).click()
    page.wait_for_url("**/matrix?place=TJ")
    page.locator("summary", has_text="Saved views").click()
    page.get_by_role("button", name="Remove Tajikistan <b>").click()
    expect(page.get_by_role("link", name="Tajikistan <b>", exact=True)).to_have_count(0)


def test_colours_are_chosen_and_stay(watched: Callable[..., Watched]) -> None:
    context = watched(color_scheme="light")
    page = context.open("/help")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_label("Colours").select_option("dark")
    assert page.evaluate(ground) != light
    page = context.open("/matrix")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_label("Colours").select_option("system")
    assert page.locator("html").get_attribute("data-theme") is None
    assert page.evaluate(ground) == light


def test_motion_stops_for_those_who_asked(watched: Callable[..., Watched]) -> None:
    page = watched(reduced_motion="reduce").open("/design")
    seconds = "getComputedStyle(document.querySelector('.loading'), '::before').animationDuration"
    assert page.evaluate(seconds) == "0s"
    page = watched().open("/design")
    assert page.evaluate(seconds) == "1s"


def test_filters_are_folded_on_a_small_screen_only(watched: Callable[..., Watched]) -> None:
    page = watched(viewport=NARROW).open("/matrix?place=TJ")
    expect(page.get_by_label("Domain", exact=True)).to_be_hidden()
    page.locator("summary", has_text="Filters (1 in force)").click()
    expect(page.get_by_label("Domain", exact=True)).to_be_visible()
    page = watched(viewport=WIDE).open("/matrix")
    expect(page.get_by_label("Domain", exact=True)).to_be_visible()
    expect(page.locator("summary", has_text="Filters")).to_be_hidden()


def test_a_dossier_prints_as_a_brief(watched: Callable[..., Watched], site: str) -> None:
    page = watched(color_scheme="dark").open("/id/place/kg")
    expect(page.locator(".stamp")).to_be_hidden()
    page.emulate_media(media="print")
    for what in (".masthead", ".asks-of", "a.skip", "#mentions", ".foot", ".cell-evidence details", ".cell-link"):
        expect(page.locator(what).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    cited = page.locator(".section-presences .cite").last
    expect(cited).to_be_visible()
    number, _, place = cited.inner_text().partition(" ")
    assert place.startswith("[")
    assert "EF.DEL/3/03" in page.locator(".cited li").nth(int(number) - 1).inner_text()
    stamp = page.locator(".stamp").inner_text()
    assert f"{site}/id/place/kg" in stamp
    assert "version" in page.locator(".dated li").first.inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('.section-gaps tbody tr')).breakInside") == "avoid"
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_search_finds_and_says_when_it_does_not(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/")
    page.get_by_role("search").first.get_by_role("combobox").fill("unodc")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=unodc")
    page.get_by_role("link", name="United Nations Office on Drugs and Crime").first.click()
    page.wait_for_url(f"{site}/id/actor/unodc")
    page = watched().open("/search?q=zzzzqqq")
    expect(page.get_by_text("Nothing is known as “zzzzqqq”")).to_be_visible()
    page = watched().open("/search?q=")
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_dossier_leads_to_what_is_round_it(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/id/actor/unodc")
    page.get_by_role("link", name="Its surroundings").click()
    page.wait_for_url(f"{site}/explorer/surroundings?depth=1&thing=actor/unodc")
    expect(page.locator("[data-explorer][data-drawn]")).to_have_count(1)
    page = watched().open("/id/source/osce-ef-del-3-03")
    expect(page.get_by_role("link", name="Its surroundings")).to_have_count(0)


def test_the_map_of_the_start_tells_where_nobody_looks(watched: Callable[..., Watched]) -> None:
    page = watched(java_script_enabled=False).open("/")
    figure = page.locator("figure[data-coverage]")
    expect(figure.locator("path.cover-partial, path.cover-complete").first).to_be_visible()
    expect(figure.get_by_text("no source looks there")).to_be_visible()
    figure.locator("p a").first.click()
    page.wait_for_url("**/gaps?place=*")
    assert page.locator(".chip > span").count() == 1
    expect(page.locator("[aria-label='Main'] [aria-current]")).to_have_text("Gaps")


def test_a_pair_of_programmes_is_laid_side_by_side(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/overlaps?place=TJ")
    row = page.locator("tbody tr").first
    one, other = row.locator("td").nth(0).inner_text(), row.locator("td").nth(1).inner_text()
    row.get_by_role("link", name=f"Compare {one} and {other}").click()
    page.wait_for_url("**/review?one=**")
    expect(page.get_by_role("article", name=f"{one} and {other}")).to_be_visible()
    page = watched().open("/questions/programmes?place=TJ")
    expect(page.get_by_role("link", name="Compare")).to_have_count(0)


def test_a_dataset_tells_what_it_refused(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/datasets")
    page.get_by_role("link", name="Load a dataset").click()
    page.wait_for_url(f"{site}/datasets/load")
    for path in ("/datasets", "/id/dataset/paper-2003"):
        page = watched().open(path)
        link = page.locator('a[href="/api/datasets/paper-2003/rejected?format=csv"]')
        expect(link).to_have_count(1)
        reply = page.request.get(site + str(link.get_attribute("href")))
        assert reply.text().startswith("file,"), reply.text()[:80]


def test_every_link_of_a_dossier_leads_somewhere(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/id/actor/unodc")
    found = page.locator("main a").evaluate_all("links => links.map(link => link.href)")
    assert len(found) > 20
    for url in dict.fromkeys(found):
        assert page.request.get(url).status == 200, url


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.rq")), ids=lambda file: file.stem)
def test_each_example_of_sparql_has_rows(watched: Callable[..., Watched], file: Path) -> None:
    title, _, _ = file.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
    page = watched().open("/sparql")
    page.get_by_role("link", name=title).click()
    page.wait_for_url("**query=**")
    assert page.locator("tbody tr").count() > 1


def test_sparql_tells_what_is_wrong_and_keeps_the_text(watched: Callable[..., Watched]) -> None:
    page = watched().open("/sparql")
    page.get_by_label("Query").fill("SELECT * { ?s ?p")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text("line 1")
    expect(page.get_by_label("Query")).to_have_value("SELECT * { ?s ?p")
    page.get_by_label("Query").fill("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 2")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("pre").first).to_contain_text("w3id.org/concert")


@pytest.mark.parametrize("path", ["/nothing", "/id/actor/nobody", "/questions/nothing", "/explorer/nothing"])
def test_what_is_not_there_is_a_page_with_a_way_back(watched: Callable[..., Watched], path: str) -> None:
    page = watched().open(path)
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="Back to the start").click()
    expect(page.locator("h1")).to_contain_text("Who works where")


@pytest.fixture
def hostile(tmp_path: Path, dataset: Callable[..., Path]) -> Iterator[str]:
    folder = dataset(HOSTILE, name="hostile", title=MARKUP[1], publisher=MARKUP[0], description=MARKUP[2])
    yield from serve(Settings(home=tmp_path / "home", shipped=(folder,)))


def test_names_with_markup_stay_text_on_every_page(watched: Callable[..., Watched], hostile: str) -> None:
    context = watched(hostile)
    actor = quote("actor/hostile.a0")
    paths = ["/", "/datasets", "/id/dataset/hostile", "/id/source/hostile.paper", "/search?q=img", "/search?q=script"]
    paths += [f"/search?q={quote(text)}" for text in MARKUP] + [f"/id/actor/hostile.a{n}" for n in range(len(MARKUP))]
    paths += ["/id/place/hostile.land", "/id/programme/hostile.p", f"/explorer/surroundings?thing={actor}"]
    paths += [f"/questions/{name}" for name in catalogue()] + ["/explorer/coordination", "/explorer/who-does-what"]
    paths += [f"/questions/who-works-where?place={quote(text)}" for text in MARKUP]
    paths += [f"/explorer/path?start={quote(MARKUP[0])}&end={quote(MARKUP[1])}"]
    paths += ["/sparql?query=" + quote(f"SELECT * {{ ?s ?p ?o }} # {MARKUP[0]}"), "/nothing/" + quote(MARKUP[0])]
    page = context.context.new_page()
    seen = 0
    for path in paths:
        page.goto(hostile + path)
        for frame in page.frames:
            assert frame.locator("img").count() == 0, path
            assert frame.locator("[onerror], [onmouseover]").count() == 0, path
            hosts = frame.locator("a").evaluate_all(HOSTS)
            assert not any("elsewhere" in host or host.startswith("javascript") for host in hosts), path
            seen += "onerror" in frame.locator("body").inner_text()
        assert page.title() != "broken", path
        assert "49 &lt;b&gt;" not in page.content()
    assert seen > 15
