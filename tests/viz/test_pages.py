"""The pages in a real browser, as a person uses them: by keyboard, on a small screen, without scripts."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.app import create_app
from api.pages import EXAMPLES
from api.settings import Settings
from graph.library import Library
from graph.questions.catalogue import catalogue

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
PAGES = {
    "start": "/",
    "questions": "/questions",
    "question": "/questions/who-works-where?place=TJ&domain=drugs",
    "matrix": "/questions/presence-matrix",
    "wide answer": "/questions/gaps?place=TJ",
    "figures": "/questions/figures?place=TM",
    "dossier": "/id/actor/unodc",
    "place": "/id/place/tj",
    "code": "/id/domain/drugs",
    "code list": "/id/scheme/domain",
    "dataset": "/id/dataset/paper-2003",
    "found": "/search?q=police",
    "not found": "/search?q=zzzzqqq",
    "network": "/networks/coordination?domain=drugs",
    "path": "/networks/path",
    "surroundings": "/networks/surroundings?thing=actor/unodc",
    "sparql": "/sparql",
    "datasets": "/datasets",
    "ontology": "/ns",
    "api": "/docs",
}


def serve(settings: Settings) -> Iterator[str]:
    """A real server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def site(shipped: Library) -> Iterator[str]:
    yield from serve(Settings(home=shipped.home.path))


class Watched:
    """A context in which nothing may go wrong: no error in the console, no request to another host."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.wrong: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        context.on("request", self._request)
        context.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and "server responded with a status of 4" not in message.text:
            self.wrong.append(message.text)

    def _request(self, request: Any) -> None:
        if urlsplit(request.url).scheme not in ("data", "about", "blob") and not request.url.startswith(self.site):
            self.wrong.append(f"request to {request.url}")

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(self.site + path)
        return page


@pytest.fixture
def watched(chromium: Browser, site: str) -> Iterator[Callable[..., Watched]]:
    """Open a context with options of Playwright's; at the end nothing must have gone wrong in it."""
    opened: list[Watched] = []

    def new(address: str = site, **options: Any) -> Watched:
        opened.append(Watched(chromium.new_context(**options), address))
        return opened[-1]

    yield new
    for each in opened:
        each.context.close()
        assert each.wrong == []


def overflow(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_cleanly_and_fits_a_small_screen(watched: Callable[..., Watched], name: str) -> None:
    for options in ({"viewport": {"width": 1440, "height": 900}}, {"viewport": {"width": 390, "height": 844}}):
        page = watched(**options).open(PAGES[name])
        expect(page.locator("h1").first).to_be_visible()
        assert overflow(page) == 0
        assert page.title()
        assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_works_without_scripts(watched: Callable[..., Watched], name: str) -> None:
    page = watched(java_script_enabled=False).open(PAGES[name])
    expect(page.locator("h1").first).to_be_visible()
    assert len(page.locator("body").inner_text()) > 100


def test_a_question_is_asked_by_keyboard(watched: Callable[..., Watched], site: str) -> None:
    page = watched(java_script_enabled=False).open("/questions/who-works-where")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.get_by_label("Place").focus()
    page.keyboard.type("Tajikistan")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Domain")).to_be_focused()
    page.keyboard.type("Illicit")
    page.keyboard.press("Enter")
    if "domain=drugs" not in page.url:
        page.get_by_role("button", name="Ask").press("Enter")
    page.wait_for_url("**domain=drugs**")
    assert page.locator(".chip").all_inner_texts() == ["Place: Tajikistan", "Domain: Illicit drugs"]
    body = page.locator("tbody")
    for name in ("United Nations Office on Drugs and Crime", "Drug Control Agency", "Aga Khan"):
        expect(body.get_by_role("link", name=name).first).to_be_visible()
    evidence = page.locator("tbody details").last
    expect(evidence.locator("li").first).to_be_hidden()
    evidence.locator("summary").press("Enter")
    expect(evidence.locator("li").first).to_be_visible()
    assert "EF.DEL/3/03" in evidence.inner_text()
    body.get_by_role("link", name="United Nations Office on Drugs and Crime").first.click()
    page.wait_for_url(f"{site}/id/actor/unodc")


def test_a_wrong_value_is_told_and_the_form_keeps_it(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/who-works-where?place=Narnia&domain=drugs")
    expect(page.get_by_role("alert")).to_contain_text("Narnia")
    expect(page.get_by_role("alert")).to_contain_text("ISO 3166")
    expect(page.get_by_label("Place")).to_have_value("Narnia")
    expect(page.get_by_label("Domain")).to_have_value("drugs")
    page.get_by_label("Place").fill("TJ")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("tbody tr").first).to_be_visible()


def test_several_values_of_one_filter_stay_in_the_form(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/who-works-where?domain=drugs&domain=arms")
    rows = page.locator(".bar strong").inner_text()
    assert page.locator(".chip").all_inner_texts() == ["Domain: Illicit drugs, Arms"]
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
    total = int(page.locator(".bar strong").inner_text().split()[0])
    reply = page.request.get(site + str(page.get_by_role("link", name="CSV").get_attribute("href")))
    assert reply.headers["concert-total"] == str(total)
    assert "link" not in reply.headers


def test_an_answer_without_rows_says_that_it_proves_nothing(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/who-works-where?place=TJ&on=1950-01-01")
    expect(page.get_by_text("not proof that nothing exists")).to_be_visible()


def test_the_matrix_leads_to_the_rows_behind_a_number(watched: Callable[..., Watched]) -> None:
    page = watched().open("/questions/presence-matrix")
    cell = page.locator("table.matrix td a").first
    number = int(cell.inner_text())
    cell.click()
    page.wait_for_url("**/who-works-where?**")
    assert page.locator("tbody tr").count() >= number


def test_search_finds_and_says_when_it_does_not(watched: Callable[..., Watched], site: str) -> None:
    page = watched().open("/")
    page.get_by_role("search").first.get_by_role("searchbox").fill("unodc")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=unodc")
    page.get_by_role("link", name="United Nations Office on Drugs and Crime").first.click()
    page.wait_for_url(f"{site}/id/actor/unodc")
    page = watched().open("/search?q=zzzzqqq")
    expect(page.get_by_text("Nothing is known as “zzzzqqq”")).to_be_visible()
    page = watched().open("/search?q=")
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_network_is_drawn_in_its_frame(watched: Callable[..., Watched]) -> None:
    page = watched().open("/networks/coordination?domain=drugs")
    frame = page.frame_locator("iframe")
    expect(frame.locator("canvas").first).to_be_visible()
    expect(frame.get_by_text("Uzbekistan").first).to_be_attached()
    assert overflow(page) == 0


def test_a_network_that_needs_more_asks_for_it(watched: Callable[..., Watched]) -> None:
    page = watched().open("/networks/path")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_label("Start").fill("UNODC")
    page.get_by_label("End").fill("TJ")
    page.get_by_role("button", name="Draw").click()
    expect(page.frame_locator("iframe").locator("canvas").first).to_be_visible()
    page = watched().open("/networks/path?start=nobody")
    expect(page.get_by_role("alert")).to_contain_text("nobody")


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


@pytest.mark.parametrize("path", ["/nothing", "/id/actor/nobody", "/questions/nothing", "/networks/nothing"])
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
    paths += ["/id/place/hostile.land", "/id/programme/hostile.p", f"/networks/surroundings?thing={actor}"]
    paths += [f"/questions/{name}" for name in catalogue()] + ["/networks/coordination", "/networks/who-does-what"]
    paths += [f"/questions/who-works-where?place={quote(text)}" for text in MARKUP]
    paths += [f"/networks/path?start={quote(MARKUP[0])}&end={quote(MARKUP[1])}"]
    paths += ["/sparql?query=" + quote(f"SELECT * {{ ?s ?p ?o }} # {MARKUP[0]}"), "/nothing/" + quote(MARKUP[0])]
    page = context.context.new_page()
    seen = 0
    for path in paths:
        page.goto(hostile + path)
        for frame in page.frames:
            assert frame.locator("img").count() == 0, path
            assert frame.locator("[onerror], [onmouseover]").count() == 0, path
            assert frame.locator("a[href*='elsewhere'], a[href^='javascript']").count() == 0, path
            seen += "onerror" in frame.locator("body").inner_text()
        assert page.title() != "broken", path
        assert "49 &lt;b&gt;" not in page.content()
    assert seen > 15
