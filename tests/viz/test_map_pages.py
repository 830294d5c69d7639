"""The pages of gaps and flows in a real browser: list and map as one, by mouse, by keyboard, without scripts."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.viz.browsing import NARROW, WIDE, Watched, overflow, serve
from tests.viz.test_access import AXE, violations
from tests.viz.test_pages import MARKUP

pytestmark = pytest.mark.browser
SMALL: dict[str, Any] = {
    "places": [
        {"id": "near", "class": "Country", "name": MARKUP[0], "iso2": "XN", "latitude": 40, "longitude": 60},
        {"id": "far", "class": "Country", "name": MARKUP[1], "iso2": "XF", "latitude": 45, "longitude": 20},
        {"id": "lost", "class": "Country", "name": MARKUP[3], "iso2": "XO"},
    ],
    "flows": [{"id": "f", "class": "DrugsFlow", "name": MARKUP[2], "domains": "drugs"}],
    "legs": [
        {"id": "l1", "flow": "f", "place": "lost", "role": "origin", "next": "near"},
        {"id": "l2", "flow": "f", "place": "near", "role": "transit", "next": "far"},
        {"id": "l3", "flow": "f", "place": "far", "role": "destination"},
    ],
    "observations": [
        {"id": f"o{n}", "about": "flow:f", "measure": "seizures", "unit": "kilogram", "place": "near",
         "domain": "drugs", "starts": "2020", "ends": "2020", "value": value, "description": MARKUP[n]}
        for n, value in enumerate((100, 400))
    ],
}  # fmt: skip


@pytest.fixture
def small(tmp_path: Path, dataset: Callable[..., Path]) -> Iterator[str]:
    """A world of three countries with markup in their names: two with a point, one nowhere."""
    folder = dataset(
        SMALL, name="small", coverage=[{"places": ["near"], "domains": ["drugs"], "completeness": "partial"}]
    )
    yield from serve(Settings(home=tmp_path / "home", shipped=(folder,)))


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def ready(page: Page) -> Page:
    expect(page.locator("figure[data-map][data-ready]")).to_have_count(1)
    return page


def test_who_is_near_what_is_missing_in_turkmenistan_takes_three_clicks(watched: Callable[..., Watched]) -> None:
    page = ready(watched(viewport=WIDE).open("/gaps"))
    page.locator('a.map-place[data-place="place/tm"] .map-hit').click()  # the first; the start page's link came before
    row = page.locator("#gap-tm-drugs-transit-anti-corruption")
    expect(row.locator("> details")).to_have_attribute("open", "")
    expect(row.locator("> details > summary")).to_contain_text("None recorded")
    expect(row.locator(".near")).to_contain_text("United Nations Office on Drugs and Crime")
    expect(row.locator(".near-found li").first).to_be_visible()
    assert asked(page)["focus"] == ["tm"]


def test_list_and_map_light_one_another_up(watched: Callable[..., Watched]) -> None:
    page = ready(watched(viewport=WIDE).open("/gaps"))
    row = page.locator('.gap[data-place="place/uz"]').first
    row.locator("> details > summary").hover()
    expect(page.locator('a.map-place[data-place="place/uz"].map-lit')).to_have_count(1)
    page.locator('a.map-place[data-place="place/af"]').focus()
    expect(page.locator('a.map-place[data-place="place/uz"].map-lit')).to_have_count(0)
    assert (
        page.locator('.gap[data-place="place/af"].map-lit').count()
        == page.locator('.gap[data-place="place/af"]').count()
    )


def test_a_selection_is_in_the_address_and_back_takes_it_away(watched: Callable[..., Watched]) -> None:
    page = ready(watched(viewport=WIDE, reduced_motion="reduce").open("/gaps"))
    mark = page.locator('a.map-place[data-place="place/kz"]')
    mark.focus()
    page.keyboard.press("Enter")
    expect(mark).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-chosen]")).to_contain_text("Kazakhstan")
    assert page.locator(".gap[data-selected]").count() > 1
    page.reload()
    expect(ready(page).locator('a.map-place[aria-current="true"]')).to_have_attribute("data-place", "place/kz")
    page.go_back()
    expect(page.locator(".gap[data-selected]")).to_have_count(0)
    assert "focus" not in asked(page)


def test_the_map_is_one_stop_and_arrows_go_on(watched: Callable[..., Watched]) -> None:
    page = ready(watched(viewport=WIDE, reduced_motion="reduce").open("/gaps"))
    expect(page.locator('a.map-place[tabindex="0"]')).to_have_count(1)
    page.locator('a.map-place[data-place="place/tm"]').focus()
    page.keyboard.press("ArrowDown")
    lower = page.evaluate("document.activeElement.dataset.place")
    assert lower != "place/tm"
    before = page.locator(".map-world").get_attribute("transform")
    page.keyboard.press("+")
    expect(page.locator(".map-world")).not_to_have_attribute("transform", before or "")
    expect(page.locator("svg[data-refined]")).to_have_count(1)
    page.keyboard.press("0")
    expect(page.locator(".map-world")).to_have_attribute("transform", "translate(0 0) scale(1)")


def test_the_fine_outlines_lie_where_the_coarse_ones_did(watched: Callable[..., Watched]) -> None:
    page = ready(watched(viewport=WIDE, reduced_motion="reduce").open("/gaps"))
    boxes = """codes => codes.map(code => { const b = document.querySelector(`path[data-code="${code}"]`).getBBox();
        return [b.x, b.y, b.width, b.height] })"""
    codes = ["m49:795", "m49:762", "m49:004", "m49:364"]
    coarse = page.evaluate(boxes, codes)
    page.get_by_role("button", name="Enlarge the map").click()
    expect(page.locator("svg[data-refined]")).to_have_count(1)
    for before, after in zip(coarse, page.evaluate(boxes, codes), strict=True):
        assert before == pytest.approx(after, abs=1.2)


def test_statuses_filter_and_are_told_by_mark_and_words(watched: Callable[..., Watched]) -> None:
    page = watched(viewport=WIDE).open("/gaps")
    page.locator(".statuses").get_by_text("Thin").click()
    page.wait_for_url("**status=thin**")
    words = set(page.locator(".gap summary .status").all_inner_texts())
    assert words == {"Thin"}
    assert page.locator(".gap").count() == int(page.locator(".statuses [aria-current] .number").inner_text())
    page.locator(".statuses").get_by_text("Covered").click()
    page.wait_for_url("**status=covered**")
    assert {word.strip() for word in page.locator(".gap summary .status").all_inner_texts()} == {"Covered", "Thin"}


def test_the_files_hold_what_is_seen(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/gaps?domain=drugs&status=none-recorded&focus=tm&limit=5")
    total = int(page.locator(".bar strong").inner_text().split()[2])
    for form in ("CSV", "XLSX", "JSON"):
        reply = page.request.get(site + str(page.get_by_role("link", name=form).get_attribute("href")))
        assert reply.status == 200
        assert reply.headers["concert-total"] == str(total)
    page.get_by_role("link", name="Next 5").click()
    page.wait_for_url("**cursor=**")
    assert page.locator(".gap-rank").first.inner_text() == "6"


def test_routes_tell_the_status_of_each_stop_in_order(watched: Callable[..., Watched]) -> None:
    page = watched(viewport=WIDE).open("/gaps?view=routes&domain=drugs&response=alternative-development")
    stops = page.locator(".corridor").first.locator(".stops > li")
    assert [" ".join(text.split()) for text in stops.all_inner_texts()] == [
        "Afghanistan No source", "Central Asia Thin", "Europe not expected here",
    ]  # fmt: skip
    assert page.locator(".map-arc-chosen").count() >= 2


def test_gaps_work_without_scripts(watched: Callable[..., Watched]) -> None:
    page = watched(java_script_enabled=False, viewport=WIDE).open("/gaps")
    assert page.locator(".map-shapes path").count() > 5
    page.locator('a.map-place[data-place="place/tm"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**focus=tm**")
    expect(page.locator(".gap[data-selected]").first).to_be_visible()
    row = page.locator("#gap-tm-drugs-transit-anti-corruption")
    row.locator("summary").first.click()
    row.get_by_role("link", name="Best placed for").click()
    page.wait_for_url("**/best-placed?place=tm&domain=drugs&response=anti-corruption**")


def test_flows_tell_ranges_and_who_says_what(watched: Callable[..., Watched]) -> None:
    page = watched(viewport=WIDE).open("/flows?figure=seizures+in+kilogram&domain=drugs")
    line = page.locator("table.legs tr", has_text="Drugs through Turkmenistan")
    cell = line.locator("td").nth(4)
    assert "55–400" in cell.inner_text()
    assert "contested" in cell.inner_text()
    assert len(cell.locator(".reports li").all()) == 2
    page = ready(watched(viewport=WIDE).open("/flows?figure=migrants+in+person"))
    assert page.locator(".map-open").count() >= 2
    assert page.locator(".map-flow .map-unknown").count() > 3
    expect(page.locator("[data-sankey]")).to_be_visible()
    assert page.locator(".sankey .map-flow").count() == page.locator("table.legs tr[data-to]").count()


def test_on_a_narrow_screen_the_map_opens_where_most_is(watched: Callable[..., Watched]) -> None:
    page = ready(watched(viewport=NARROW, reduced_motion="reduce").open("/flows"))
    box = page.locator("figure.map svg[role=group]").bounding_box()
    assert box
    assert box["height"] >= 240
    far = page.locator('a.map-place[data-place="place/kp"]')
    expect(far).to_have_class(re.compile("map-outside"))
    expect(page.locator('a.map-place[data-place="place/tj"]')).not_to_have_class(re.compile("map-outside"))
    expect(page.locator(".map-part")).to_be_visible()
    page.get_by_role("button", name="Show the whole map").click()
    expect(far).not_to_have_class(re.compile("map-outside"))
    page.set_viewport_size(WIDE)
    expect(page.locator(".map-part")).to_be_hidden()


def test_a_leg_stands_out_everywhere_at_once(watched: Callable[..., Watched]) -> None:
    page = ready(watched(viewport=WIDE).open("/flows?domain=drugs"))
    line = page.locator("table.legs tr[data-to]").first
    line.scroll_into_view_if_needed()
    line.hover()
    number = line.get_attribute("data-leg")
    expect(page.locator(f'.map-flow[data-leg="{number}"].map-lit')).to_have_count(2)


def test_another_filter_may_leave_no_figure_of_the_kind_that_was_chosen(watched: Callable[..., Watched]) -> None:
    page = watched(viewport=WIDE).open("/flows?domain=drugs&figure=seizures+in+kilogram")
    page.get_by_label("Domain", exact=True).select_option("persons")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**domain=persons**figure=seizures+in+kilogram**")
    expect(ready(page).get_by_text("None of these has a figure of seizures in kilogram")).to_be_visible()
    chosen = page.get_by_label("Figure", exact=True).locator("option:checked")
    assert chosen.inner_text() not in ("", "seizures in kilogram")
    assert page.locator(".map-outer").count() > 0


def test_widths_follow_the_figure(watched: Callable[..., Watched], small: str) -> None:
    page = ready(watched(small, viewport=WIDE).open("/flows"))
    outer = page.locator(".map-frame .map-outer")
    inner = page.locator(".map-frame .map-inner")
    assert outer.count() == 1  # the leg that leaves the place; the one from nowhere is not on the map
    ratio = float(inner.get_attribute("stroke-width") or 0) / float(outer.get_attribute("stroke-width") or 1)
    assert ratio == pytest.approx(100 / 400, abs=0.01)
    expect(page.locator("figcaption")).to_contain_text("1 legs lead to or from a place that the map cannot show")


@pytest.mark.parametrize("path", ["/gaps", "/gaps?view=routes", "/flows"])
def test_markup_stays_text_and_places_without_a_point_are_listed(
    watched: Callable[..., Watched], small: str, path: str
) -> None:
    page = watched(small, viewport=WIDE).open(path)
    page.wait_for_timeout(300)
    assert page.locator("main img").count() == 0
    assert page.locator("[onerror], [onmouseover]").count() == 0
    assert page.title() != "broken"
    if path != "/gaps?view=routes":
        expect(page.locator(".map-absent")).to_contain_text("1 place not on the map")
        assert MARKUP[0] in page.locator("body").inner_text()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/gaps?place=Narnia", "Narnia"),
        ("/gaps?focus=Narnia", "Narnia"),
        ("/flows?figure=x", "figure"),
        ("/flows?figure=seizures+in+x", "figure"),
        ("/gaps?view=x", "view"),
        ("/flows?programmes=x", "programmes"),
    ],
)
def test_what_cannot_be_asked_is_told(watched: Callable[..., Watched], path: str, told: str) -> None:
    page = watched().open(path)
    expect(page.get_by_role("alert")).to_contain_text(told)


@pytest.mark.parametrize("path", ["/gaps?place=NZ", "/flows?place=NZ", "/gaps?view=routes&place=NZ"])
def test_nothing_found_is_told_with_a_way_on(watched: Callable[..., Watched], path: str) -> None:
    page = watched().open(path)
    expect(page.locator(".empty")).to_be_visible()
    expect(page.locator(".empty a").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_a_place_in_focus_fits_and_is_accessible(watched: Callable[..., Watched], scheme: str) -> None:
    page = ready(watched(viewport=WIDE, color_scheme=scheme).open("/gaps?place=TM&domain=drugs&focus=tm"))
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert overflow(page) == 0
        if AXE.is_file():
            page.evaluate(AXE.read_text(encoding="utf-8"))
            assert violations(page) == []


def test_the_outlines_are_served_once(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/gaps")
    reply = page.request.get(site + "/maps/atlas.json")
    assert json.loads(reply.body())["objects"]["countries"]["geometries"]
    again = page.request.get(site + "/maps/atlas.json", headers={"If-None-Match": reply.headers["etag"]})
    assert again.status == 304
