"""The dossier as a page: what each section leads to, and that nothing is hidden without being told."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.negotiation import HTML
from api.pages import things
from api.pages.rendering import told_once


def page(client: TestClient, id_: str) -> str:
    reply = client.get(f"/id/{id_}", headers={"Accept": HTML})
    assert reply.status_code == 200
    return reply.text


def section(text: str, name: str) -> str:
    return text.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def test_a_place_leads_from_each_gap_to_who_could_fill_it(client: TestClient) -> None:
    gaps = section(page(client, "place/tm"), "gaps")
    link = re.search(r'href="(/questions/best-placed\?[^"]*anti-corruption[^"]*)"', gaps)
    assert link
    reply = client.get(link[1].replace("&amp;", "&"), headers={"Accept": HTML})
    assert "Turkmenistan" in reply.text
    assert 'href="/gaps?place=place%2Ftm&amp;status=none-recorded' in gaps


@pytest.mark.parametrize("id_", ["place/tj", "programme/unodc-drug-control-central-asia"])
def test_a_pair_leads_to_the_two_side_by_side(client: TestClient, id_: str) -> None:
    pairs = section(page(client, id_), "pairs")
    links = re.findall(r'href="(/review\?one=[^"]*)"', pairs)
    assert links
    reply = client.get(links[0].replace("&amp;", "&"), headers={"Accept": HTML})
    assert "Side by side" in reply.text


def test_every_section_leads_to_the_whole_of_it(client: TestClient) -> None:
    for id_ in ("place/kg", "actor/osce", "flow/persons-central-asia-labour-migration"):
        text = page(client, id_)
        heads = re.findall(r'<div class="part-head">.*?</div>', text, re.DOTALL)
        assert len(heads) > 3
        for url in re.findall(r'href="(/[^"]*)"', " ".join(heads)):
            assert client.get(url.replace("&amp;", "&"), headers={"Accept": HTML}).status_code == 200, url


def test_a_thing_that_leads_nowhere_has_no_empty_panel(client: TestClient) -> None:
    assert 'aria-label="Asks about it"' in page(client, "domain/drugs")
    assert 'aria-label="Asks about it"' not in page(client, "scheme/domain")


def test_contested_figures_stand_with_each_report_and_whose_it_is(client: TestClient) -> None:
    contested = section(page(client, "place/tm"), "contested")
    assert "55–400" in contested
    assert "UNODC ROCA" in contested


def test_a_row_cites_documents_by_the_numbers_of_the_printed_list(client: TestClient) -> None:
    text = page(client, "place/kg")
    cited = re.findall(r"<li>(.*?)</li>", text.partition('class="cited"')[2].partition("</ol>")[0])
    numbers = {
        int(n) for cell in re.findall(r'class="cite">([^<]*)<', text) for n in re.findall(r"(?:^|; )(\d+)", cell)
    }
    assert numbers == set(range(1, len(cited) + 1))
    assert any("EF.DEL/3/03" in title for title in cited)


def test_claims_of_one_kind_are_cut_and_the_page_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(things, "LISTED", 3)
    text = page(client, "actor/osce?few")  # an address of its own, for a page is kept
    ties = text.partition('id="claims-tie"')[2].partition("</details>\n</section>")[0]
    assert ties.count("<tr>") - 1 == 3
    assert "The first 3 of 57" in ties


def test_sources_that_read_alike_are_told_once_with_how_many_claims_they_are_for() -> None:
    def source(locators: list[str], *speakers: str, **other: str) -> dict[str, Any]:
        told = {"dataset": "paper", "source": "source/a", "confidence": "stated", "stated_on": "2003"} | other
        return told | {"locators": locators, "attributed_to": [{"id": each, "label": each} for each in speakers]}

    apart = [
        source([]),
        source(["p. 1"]),
        source([], "p. 1"),
        source([], confidence="estimated"),
        source([], dataset="b"),
    ]
    assert told_once([]) == []
    assert told_once(apart) == [(each, 1) for each in apart]
    assert told_once([*apart, *apart[:2], apart[1]]) == [(apart[0], 2), (apart[1], 3), *((e, 1) for e in apart[2:])]
