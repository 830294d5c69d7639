"""What a page takes from its address, what it keeps for others, and how long a browser may keep files."""

import re

import pytest
from fastapi.testclient import TestClient

HTML = {"Accept": "text/html"}


def page(client: TestClient, path: str, status: int = 200) -> str:
    reply = client.get(path, headers=HTML)
    assert reply.status_code == status
    return reply.text


def chips(text: str) -> list[tuple[str, bool]]:
    found = re.findall(r'<li class="chip( idle)?"[^>]*><span><b>[^<]*</b> ([^<]*)</span>', text)
    return [(label, bool(idle)) for idle, label in found]


def test_a_filter_that_a_page_does_not_take_is_kept_and_not_refused(client: TestClient) -> None:
    text = page(client, "/questions/gaps?place=TJ&role=funding&target=victims")
    assert chips(text) == [("Tajikistan", False), ("Funding", True), ("Victims of trafficking", True)]
    assert '<option value="funding" selected>' in text
    assert 'href="/matrix?place=TJ&amp;role=funding&amp;target=victims"' in text


def test_the_api_goes_on_refusing_what_it_does_not_take(client: TestClient) -> None:
    assert client.get("/api/questions/gaps?place=TJ&role=funding").status_code == 400
    link = re.search(
        r'href="(/api/questions/gaps[^"]*format=json)"', page(client, "/questions/gaps?place=TJ&role=funding")
    )
    assert link
    assert "role" not in link[1]
    assert client.get(link[1].replace("&amp;", "&")).status_code == 200


def test_an_unknown_filter_is_refused_by_name(client: TestClient) -> None:
    assert "planet" in page(client, "/questions/gaps?planet=TJ", 400)
    assert "planet" in page(client, "/matrix?planet=TJ", 400)


def test_what_holds_where_nothing_is_given_is_shown_and_not_sent(client: TestClient) -> None:
    text = page(client, "/questions/ending-soon?place=TJ")
    assert re.search(r'name="months" value="" placeholder="12"', text)
    for path in ("/questions/fragmentation?place=TJ", "/questions/fragmentation?place=TJ&level=recorded"):
        select = re.search(r'<select id="p-level".*?</select>', page(client, path))
        assert select
        assert '<option value="" selected>recorded</option><option>country</option>' in select[0]
    other = page(client, "/questions/fragmentation?place=TJ&level=country")
    assert '<option value="">recorded</option><option selected>country</option>' in other


def test_removing_a_chip_takes_away_that_value_only(client: TestClient) -> None:
    text = page(client, "/questions/who-works-where?domain=drugs&domain=arms&limit=5")
    removes = re.findall(r'<a class="remove" href="([^"]*)"', text)
    assert removes == ["/questions/who-works-where?domain=arms", "/questions/who-works-where?domain=drugs"]


OTHERS = ["/", "/datasets", "/help", "/questions", "/search?q=police", "/id/place/tj", "/explorer", "/review", "/docs"]
"""Pages that do not filter."""
COMMON = ["place", "domain", "response", "target", "actor", "role", "dataset", "on", "from", "to"]


@pytest.mark.parametrize("path", OTHERS)
def test_filters_are_carried_through_pages_that_do_not_filter(client: TestClient, path: str) -> None:
    text = page(client, f"{path}{'&' if '?' in path else '?'}place=TJ&limit=3")
    assert 'href="/matrix?place=TJ"' in text
    assert 'href="/help?place=TJ"' in text
    assert chips(text) == [("Tajikistan", True)]


@pytest.mark.parametrize("path", [*OTHERS, "/matrix", "/gaps", "/overlaps", "/flows", "/explorer/coordination"])
def test_the_same_filters_are_on_every_page(client: TestClient, path: str) -> None:
    bar = page(client, path).partition('aria-label="Filters"')[2].partition("</form>")[0]
    assert set(COMMON) <= set(re.findall(r'<(?:input|select) [^>]*name="(\w+)"', bar))


def test_what_is_searched_for_stays_when_filters_are_set_or_cleared(client: TestClient) -> None:
    text = page(client, "/search?q=police&place=TJ")
    assert '<input type="hidden" name="q" value="police">' in text
    assert '<a class="clear" href="/search?q=police">' in text


def test_links_to_things_carry_the_filters_and_those_that_take_them_away_do_not(client: TestClient) -> None:
    text = page(client, "/gaps?place=TM&domain=drugs")
    assert 'href="/id/place/tm?place=TM&amp;domain=drugs"' in text
    assert 'href="/id/place/tm"' not in text
    text = page(client, "/id/place/tm?domain=drugs")
    assert '<a class="remove" href="/id/place/tm"' in text
    assert '<a class="clear" href="/id/place/tm">' in text
    assert 'href="/id/place/tm?format=ttl"' in text


def test_whole_networks_are_begun_under_the_filters_in_force(client: TestClient) -> None:
    text = page(client, "/explorer?place=TJ&role=partner")
    assert 'href="/explorer/coordination?place=TJ&amp;role=partner"' in text
    assert 'href="/explorer/who-does-what?role=funding&amp;place=TJ"' in text


def test_what_has_a_hash_in_its_name_is_kept_for_good(client: TestClient) -> None:
    text = page(client, "/help")
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', text):
        reply = client.get(address)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"], address
    assert client.get("/static/concert.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/built/none.js").status_code == 404


def test_the_number_in_a_cell_is_what_its_page_lists_first(client: TestClient) -> None:
    text = page(client, "/matrix?place=KG&domain=drugs&empty=left+out")
    cell = re.search(r'<a href="(/matrix/cell\?[^"]*place=place%2Fkg[^"]*)"[^>]*>(\d+)', text)
    assert cell
    behind = page(client, cell[1].replace("&amp;", "&"))
    exact = behind.split("Recorded for a place within it")[0]
    assert exact.count('<li class="card">') == int(cell[2])


def test_search_finds_questions_beside_things(client: TestClient) -> None:
    text = page(client, "/search?q=supply+demand")
    assert 'href="/questions/supply-demand-balance"' in text
    assert "Nothing is known as" not in text
    assert "Nothing is known as" in page(client, "/search?q=zzzz")


def test_pages_and_their_files_travel_compressed_and_answers_to_programs_do_not(client: TestClient) -> None:
    asked = {"Accept-Encoding": "gzip", "Accept": "text/html"}
    for path in ("/matrix", "/static/concert.css", "/maps/atlas.json"):
        reply = client.get(path, headers=asked)
        assert reply.headers["Content-Encoding"] == "gzip", path
        assert "Accept-Encoding" in reply.headers["Vary"]
    assert "Content-Encoding" not in client.get("/matrix", headers={"Accept-Encoding": "identity"}).headers
    assert "Content-Encoding" not in client.get("/api/questions/gaps?place=TM", headers=asked).headers


def test_names_of_columns_are_set_apart_and_markup_stays_text(client: TestClient) -> None:
    page = client.get("/questions/fragmentation", headers={"Accept": "text/html"}).text
    assert "<em>Effective actors</em> is the number" in page
    assert "`" not in page.partition("How to read it</h2>")[2]
