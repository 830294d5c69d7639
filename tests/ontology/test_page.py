"""The page of the ontology: everything is on it, every anchor works, and nothing is fetched for it."""

import logging
import re
import socket
from collections import Counter
from html import escape
from html.parser import HTMLParser

import pytest
from rdflib import OWL, RDF, RDFS, SKOS

from ontology.namespaces import CON
from ontology.page import html
from ontology.vocabulary import concepts, kinds, load

LOADING = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}


class Reader(HTMLParser):
    """Collects the anchors, the links to them, and what a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.anchors.append(value)
            if (tag, name) in LOADING and value and not value.startswith("data:"):
                self.fetched.append(value)
            if tag == "a" and name == "href" and value and value.startswith("#"):
                self.links.add(value[1:])


@pytest.fixture(scope="module")
def page() -> Reader:
    reader = Reader()
    reader.feed(html())
    return reader


def test_it_is_made_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert html.__wrapped__() == html()


def test_it_leaves_logging_alone() -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    html.__wrapped__()
    assert (root.level, list(root.handlers)) == before


def test_a_browser_fetches_nothing_for_it(page: Reader) -> None:
    assert page.fetched == []
    assert not re.search(r"@import|url\(", html())


def test_every_term_and_every_code_has_its_anchor(page: Reader) -> None:
    terms = {term.removeprefix(str(CON)) for term in load().subjects(RDFS.isDefinedBy) if term.startswith(str(CON))}
    individuals = {"Complete", "Partial"}  # pyLODE shows no individuals
    assert terms - individuals <= set(page.anchors)
    assert {concept.id for concept in concepts()} <= set(page.anchors)
    assert {f"scheme/{kind}" for kind in kinds()} <= set(page.anchors)


def test_anchors_are_unique_and_links_reach_one(page: Reader) -> None:
    assert [anchor for anchor, times in Counter(page.anchors).items() if times > 1] == []
    assert page.links - set(page.anchors) == set()


def test_whoever_has_an_example_before_them_finds_its_class() -> None:
    table = html().partition('id="which"')[2].partition('id="classes"')[0]
    rows = re.findall(r"<tr><td>(.*?)</td><td><a href=\"#(\w+)\">", table)
    told = {example: name for examples, name in rows for example in examples.split("<br>")}
    assert told["A police academy of a country."] == "Agency"
    assert told["A training seminar on stockpiling for officers."] == "Training"
    assert told["A rumour that a route has moved: an allegation with confidence rumoured."] == "Allegation"
    classes = {term for term in load().subjects(RDF.type, OWL.Class) if term.startswith(str(CON))}
    stated = {escape(str(text)) for term in classes for text in load().objects(term, SKOS.example)}
    assert set(told) == stated
