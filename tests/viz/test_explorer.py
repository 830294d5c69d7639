"""The network explorer in a real browser: by mouse, by keyboard, without WebGL, without scripts, in the dark."""

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from api.settings import Settings
from tests.viz.browsing import CHROMIUM, NARROW, WIDE, Watched, overflow, serve
from tests.viz.conftest import FLAGS, WEBGL
from tests.viz.test_access import AXE, violations
from tests.viz.test_pages import HOSTILE
from viz.drawings.picture import ADDED

pytestmark = pytest.mark.browser
PATH = "/explorer/path?start=actor/iom&end=actor/aga-khan-foundation"
Open = Callable[..., Watched]


@pytest.fixture(scope="module")
def drawing(chromium: Browser) -> Iterator[Browser]:
    """A browser that draws WebGL, in software; the other one draws none."""
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM,
        args=WEBGL,
        headless=True,
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def plain(chromium: Browser) -> Iterator[Browser]:
    """A browser that draws no WebGL at all."""
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-3d-apis"], headless=True)
    yield browser
    browser.close()


@pytest.fixture
def webgl(drawing: Browser, site: str) -> Iterator[Open]:
    """As `watched`, in a browser that draws WebGL."""
    opened: list[Watched] = []

    def new(address: str = site, **options: Any) -> Watched:
        opened.append(Watched(drawing.new_context(**{"viewport": WIDE, "reduced_motion": "reduce"} | options), address))
        return opened[-1]

    yield new
    for each in opened:
        each.context.close()
        assert each.wrong == []


def drawn(page: Page) -> Page:
    page.locator("[data-explorer][data-drawn]").wait_for()
    return page


def told(page: Page) -> str:
    return page.locator("[data-said] strong").inner_text()


def found(page: Page) -> Locator:
    """What a field suggests."""
    return page.locator(".found [role=option]")


def address(page: Page) -> str:
    return page.url.partition("?")[2].replace("%2F", "/").replace("%7E", "~")


def test_from_the_start_two_are_connected_and_an_edge_tells_what_it_rests_on(webgl: Open) -> None:
    page = webgl().open("/explorer")
    page.get_by_role("combobox", name="From").fill("IOM")
    found(page).first.click()
    page.get_by_role("combobox", name="To", exact=True).fill("Aga Khan Found")
    found(page).filter(has_text="Aga Khan Foundation").first.click()
    page.get_by_role("button", name="Connect").click()
    drawn(page)
    assert "start=actor/iom" in address(page)
    assert page.locator(".explorer").get_attribute("data-webgl") == "yes"
    page.get_by_role("button", name="Links (").click()
    page.get_by_role("row", name=re.compile("Mandate")).get_by_role("link", name="Mandate").click()
    panel = page.locator("[data-panel]")
    expect(panel).to_contain_text("EF.DEL/3/03")
    expect(panel).to_contain_text("Confidence: stated")
    expect(panel).to_contain_text("Stated 2003-05-14")
    expect(panel).to_contain_text("[79]")
    assert "select=actor/iom~place/central-asia" in address(page)


def test_a_click_on_the_canvas_selects_what_is_there(webgl: Open) -> None:
    page = drawn(webgl().open(PATH))
    box = page.locator(".surface").bounding_box()
    assert box
    page.wait_for_timeout(300)
    middle = box["y"] + box["height"] / 2
    page.mouse.click(box["x"] + 46 + 12, middle)  # the path runs from edge to edge; its start is the first
    expect(page.locator("[data-panel] h2")).to_contain_text("International")
    assert "select=actor/iom" in address(page)
    page.wait_for_timeout(400)  # or it would be a double click
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 60)
    expect(page.locator("[data-panel]")).to_contain_text("Step by step")
    assert "select" not in address(page)


def test_counts_come_before_anything_is_opened_and_undo_takes_it_back(webgl: Open) -> None:
    page = drawn(webgl().open("/explorer/coordination?select=actor/unodc"))
    before = told(page)
    panel = page.locator("[data-panel]")
    line = panel.locator(".beside li", has_text="Implementing")
    expect(line).to_contain_text("0 shown")
    line.get_by_role("link", name="Show").click()
    expect(line).to_contain_text("1 shown")
    expect(page.locator("[data-said] strong")).not_to_have_text(before)
    assert "open=actor/unodc~implementing~10" in address(page)
    after = told(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-said] strong")).to_have_text(before)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("[data-said] strong")).to_have_text(after)
    page.reload()
    drawn(page)
    assert told(page) == after
    page.get_by_role("button", name="Collapse Opened").click()
    expect(page.locator("[data-said] strong")).to_have_text(before)


def test_what_is_left_out_and_what_is_highlighted_are_two_things_and_chips_end_both(webgl: Open) -> None:
    page = drawn(webgl().open("/explorer/coordination"))
    whole = told(page)
    page.get_by_label("Show Member of").uncheck()
    expect(page.locator("[data-said] strong")).not_to_have_text(whole)
    fewer = told(page)
    page.get_by_role("button", name=re.compile("^State")).click()
    assert told(page) == fewer
    assert page.locator("[data-chips] .chip").all_inner_texts() == [
        "Left out: Member of\n×",
        "Highlighted: State\n×",
    ] or (
        [text.replace("\n", "") for text in page.locator("[data-chips] .chip").all_inner_texts()]
        == ["Left out: Member of×", "Highlighted: State×"]
    )
    assert {"without=member-of", "mark=look%3Astate"} <= set(page.url.partition("?")[2].split("&"))
    svg = page.locator("[data-exports] a", has_text="SVG").get_attribute("href") or ""
    assert "without=member-of" in svg
    page.get_by_role("button", name="Remove Left out").click()
    page.get_by_role("button", name="Remove Highlighted").click()
    expect(page.locator("[data-said] strong")).to_have_text(whole)
    page.go_back()
    page.go_back()
    expect(page.locator("[data-said] strong")).to_have_text(fewer)


def test_search_finds_what_is_left_out_and_what_is_not_there(webgl: Open) -> None:
    page = drawn(webgl().open("/explorer/coordination?hide=state"))
    seek = page.get_by_role("combobox", name="Find in this picture")
    seek.fill("Andorra")
    option = found(page).filter(has_text="actor").first
    expect(option).to_contain_text("left out by the filter on State")
    option.click()
    expect(page.locator(".note")).to_contain_text("State is shown again")
    assert "hide=" not in address(page)
    seek.fill("Osh")
    option = found(page).first
    expect(option).to_contain_text("not in the picture")
    option.click()
    page.locator("[data-panel]").get_by_role("link", name="Add it").click()
    expect(page.locator("[data-chips]")).to_contain_text("Added")


def test_years_leave_links_out_and_say_which_have_none(webgl: Open) -> None:
    page = drawn(webgl().open("/explorer/coordination?since=2003"))
    expect(page.locator("[data-years]")).to_contain_text("without a known year")
    expect(page.locator("[data-chips]")).to_contain_text("Years: 2003 to …")
    fewer = told(page)
    page.get_by_role("button", name="All years").click()
    expect(page.locator("[data-said] strong")).not_to_have_text(fewer)
    end = page.get_by_role("slider", name="Until")
    end.focus()
    end.press("ArrowLeft")
    page.wait_for_url("**until=**")


def test_the_page_itself_fetches_the_picture_once_and_only_what_decides_it(webgl: Open) -> None:
    page = drawn(webgl().open("/explorer/coordination?domain=drugs&without=supports&select=actor/unodc&actor="))
    fetched = page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter((each) => each.name.includes("/api/drawings/"))
          .map((each) => [new URL(each.name).pathname + new URL(each.name).search, each.initiatorType])"""
    )
    assert fetched == [["/api/drawings/coordination?domain=drugs", "link"]]
    expect(page.locator("[data-chips]")).to_contain_text("Left out")


def test_the_keyboard_moves_the_picture_and_the_address_holds_where_it_is(webgl: Open) -> None:
    page = drawn(webgl().open("/explorer/coordination?select=actor/osce"))
    surface = page.locator(".surface")
    surface.focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**at=**")
    kept = page.url
    page.keyboard.press("0")
    page.wait_for_url(lambda url: "at=" not in url)
    page.goto(kept)
    drawn(page)
    page.wait_for_timeout(600)
    assert page.url == kept
    page.locator(".surface").focus()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "select=" not in url)


def test_the_table_sorts_and_selects(webgl: Open) -> None:
    page = drawn(webgl().open("/explorer/coordination"))
    table = page.locator("[data-tables] table")
    table.get_by_role("button", name="Betweenness").click()
    expect(table.locator("th[aria-sort=descending]")).to_contain_text("Betweenness")
    shown = [
        float(row.split("\t")[4]) for row in table.locator("tbody").inner_text().split("\n") if row.count("\t") > 4
    ]
    assert shown == sorted(shown, reverse=True)
    table.locator("tbody a").first.press("Enter")
    expect(table.locator("tr[aria-current]")).to_have_count(1)
    expect(page.locator("[data-panel] h2")).to_contain_text("Organization for Security")


def test_who_should_meet_is_suggested_with_its_reason(webgl: Open) -> None:
    page = drawn(webgl().open("/explorer/coordination?together=yes"))
    page.get_by_label("Suggest who should meet").check()
    expect(page.locator("[data-keys]")).to_contain_text("Should meet")
    page.goto(page.url + "&tab=links&sort=-link")
    drawn(page)
    page.get_by_role("row").get_by_role("link", name="Should meet").first.click()
    expect(page.locator("[data-panel]")).to_contain_text("no source records any contact")
    expect(page.locator("[data-panel]")).to_contain_text("Strongest overlap")


RUNS = """async ([picture, wanted]) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  let longest = [];
  for (let y = 0; y < height; y++) {
    const runs = [];
    for (let x = 0, since = -1; x <= width; x++) {
      const at = 4 * (y * width + x);
      const here = x < width && wanted.every((part, i) => Math.abs(data[at + i] - part) < 40);
      if (here && since < 0) since = x;
      if (!here && since >= 0) runs.push(x - since), (since = -1);
    }
    if (runs.length > longest.length) longest = runs;
  }
  return longest;
}"""
"""Lengths of the pieces of one colour in the row of pixels that has most of them."""


def crowded(webgl: Open, site: str) -> tuple[Page, dict[str, Any]]:
    """The network of who works together, each link drawn so often that there are more than 8,000; and its data."""
    asked = "together=yes&suggest=yes"
    page = webgl().context.new_page()
    told = page.request.get(f"{site}/api/drawings/coordination?{asked}").json()
    kinds = [stroke["kind"] for stroke in told["strokes"]]
    plain = [at for at, kind in enumerate(told["edges"]["kind"]) if kinds[kind] != "should-meet"]
    for column in told["edges"].values():
        column.extend([column[at] for at in plain] * (8_000 // len(plain) + 1))
    page.route("**/api/drawings/coordination?*", lambda route: route.fulfill(json=told))
    page.goto(f"{site}/explorer/coordination?{asked}")
    return drawn(page), told


def test_what_is_drawn_of_very_many_links_is_shifted_while_one_moves_it(webgl: Open, site: str) -> None:
    page, _ = crowded(webgl, site)
    page.evaluate(
        """() => {
          window.seen = new Set();
          const layer = document.querySelector(".sigma-nodes");
          new MutationObserver(() => window.seen.add(layer.style.transform)).observe(layer, { attributes: true });
        }"""
    )
    box = page.locator(".surface").bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + 30
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y)
    page.mouse.move(x + 60, y)
    page.mouse.up()
    page.wait_for_url("**at=**")
    expect(page.locator(".sigma-nodes")).not_to_have_attribute("style", re.compile("transform"))
    assert any("translate" in each for each in page.evaluate("[...window.seen]"))


def test_who_should_meet_is_dashed_among_very_many_links_too(webgl: Open, site: str) -> None:
    page, told = crowded(webgl, site)
    nodes, edges, kinds = told["nodes"], told["edges"], [stroke["kind"] for stroke in told["strokes"]]
    suggested = kinds.index("should-meet")
    # The two ends of one of them stand on a level, nothing else is shown.
    ends = [edges[end][edges["kind"].index(suggested)] for end in ("source", "target")]
    level, left, right = sum(nodes["y"]) / len(nodes["y"]), min(nodes["x"]), max(nodes["x"])
    pins = "".join(f"&pin={nodes['id'][end]}~{x}~{level}" for end, x in zip(ends, (left, right), strict=True))
    others = "".join(f"&without={kind}" for kind in kinds if kind != "should-meet")
    page.goto(f"{page.url}{pins}{others}")
    drawn(page)
    expect(page.locator("[data-keys]")).to_contain_text("only what is suggested is dashed")
    picture = base64.b64encode(page.locator(".surface").screenshot()).decode()
    colour = ADDED["should-meet"].colour[0]
    runs = page.evaluate(RUNS, [picture, [int(colour[at : at + 2], 16) for at in (1, 3, 5)]])
    assert len([run for run in runs if 6 <= run <= 11]) > 10, runs


def test_beneath_a_large_picture_the_tables_come_after_it(webgl: Open, site: str) -> None:
    page = webgl().context.new_page()
    told = page.request.get(f"{site}/api/drawings/coordination").json()
    nodes, many = told["nodes"], len(told["nodes"]["id"])
    times = 5_000 // many + 1
    nodes["id"] += [f"{id_}-{turn}" for turn in range(times) for id_ in nodes["id"]]
    for column in [*nodes.values(), *told["values"].values()]:
        if column and len(column) == many:
            column.extend(column * times)
    page.route("**/api/drawings/coordination", lambda route: route.fulfill(json=told))
    page.goto(f"{site}/explorer/coordination")
    drawn(page)
    tables = page.locator("[data-tables]")
    expect(tables).to_contain_text(f"Nodes ({many * (times + 1):,})")
    expect(tables).not_to_have_attribute("aria-busy", "true")
    name = tables.get_by_role("button", name="Name", exact=True)
    name.focus()
    page.keyboard.press("Enter")
    expect(tables.get_by_role("columnheader", name="Name", exact=True)).to_have_attribute("aria-sort", "ascending")
    expect(name).to_be_focused()


def test_what_scripts_do_not_draw_is_shown_after_a_while(watched: Open, site: str) -> None:
    page = watched(viewport=WIDE).context.new_page()
    page.route("**/built/explorer-*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{site}/explorer/coordination")
    seen = """() => [".fallback svg", ".tables table"].map((each) => document.querySelector(each).checkVisibility())"""
    assert page.evaluate(seen) == [False, False]
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    assert page.evaluate(seen) == [True, True]


def test_the_picture_is_saved_with_its_stamp(webgl: Open, tmp_path: Path) -> None:
    page = drawn(webgl().open("/explorer/coordination"))
    with page.expect_download() as saved:
        page.locator("[data-exports] a", has_text="PNG").click()
    file = tmp_path / "picture.png"
    saved.value.save_as(file)
    assert file.read_bytes()[:4] == b"\x89PNG"
    assert file.stat().st_size > 20_000


def test_without_webgl_the_server_draws(plain: Browser, site: str) -> None:
    watched = Watched(plain.new_context(viewport=WIDE), site)
    page = drawn(watched.open("/explorer/coordination?without=member-of"))
    assert page.locator(".explorer").get_attribute("data-webgl") == "no"
    expect(page.locator(".note")).to_contain_text("WebGL")
    picture = page.locator("[data-plain] img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    page.locator("[data-tables] tbody a").first.click()
    expect(page.locator("[data-panel] h2")).to_be_visible()
    watched.context.close()
    assert [text for text in watched.wrong if "WebGL" not in text and "webgl" not in text] == []


def test_without_scripts_it_is_a_form_a_picture_and_tables(watched: Open, site: str) -> None:
    page = watched(java_script_enabled=False).open("/explorer")
    page.get_by_label("Actor, programme, place").fill("unodc")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="United Nations Office on Drugs and Crime").click()
    expect(page.locator("[data-plain] svg")).to_be_visible()
    page.locator("[data-tables] tbody a").first.click()
    panel = page.locator("[data-panel]")
    expect(panel).to_contain_text("Beside it")
    page.locator("[data-tables] table").nth(1).locator("tbody tr td:nth-child(2) a").first.click()
    expect(panel.locator(".evidence li").first).to_be_visible()
    page.goto(site + "/explorer/coordination?select=actor/unodc")
    panel.locator(".beside li", has_text="Implementing").get_by_role("link", name="Show").click()
    expect(panel.locator(".beside li", has_text="Implementing")).to_contain_text("1 shown")


@pytest.mark.parametrize("path", ["/explorer/coordination?select=actor/osce", PATH])
def test_it_breaks_no_rule_and_fits(webgl: Open, path: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there; `python viz/build.py --dev` installs it")
    page = webgl().open(path)
    page.locator("[data-drawn]").first.wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert overflow(page) == 0
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            assert violations(page) == [], (size, colours)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/explorer/coordination?place=Narnia", "Narnia"),
        ("/explorer/coordination?open=nobody-at-all", "nobody-at-all"),
        ("/explorer/path", "Give start and end"),
        ("/explorer/coordination?on=1950-01-01&place=TJ", "0 of 0 nodes"),
    ],
)
def test_what_cannot_be_drawn_is_said(webgl: Open, path: str, says: str) -> None:
    expect(webgl().open(path).locator("main")).to_contain_text(says)


def test_labels_with_markup_stay_text(webgl: Open, tmp_path: Path, dataset: Callable[..., Path]) -> None:
    settings = Settings(home=tmp_path / "hostile", shipped=())
    with settings.open_library() as library:
        library.load(dataset(HOSTILE, name="hostile"))
    for address_ in serve(settings):
        page = drawn(
            webgl(address_).open(
                "/explorer/coordination?together=yes&select=actor/hostile.a0~actor/hostile.a1&tab=links"
            )
        )
        expect(page.locator("[data-panel] .link").first).to_be_visible()
        page.get_by_role("combobox", name="Find in this picture").fill("<img")
        found(page).first.wait_for()
        assert page.locator(".explorer img, .explorer script").count() == 0
        assert "broken" not in page.title()
        assert "onerror" in page.locator(".explorer").inner_text()
