"""`/sparql` in a browser: the result as a table and as a network, and the terms that complete a query."""

import pytest
from fastapi.testclient import TestClient

from api.negotiation import HTML
from api.pages.sparql import EXAMPLES
from ontology.terms import PREFIXES, terms
from viz.drawings import result
from viz.palette import THINGS, outline

DRAWN = '<figure class="result-figure">'
LEGS = """PREFIX con: <https://w3id.org/concert/ns#>
SELECT ?place ?next { ?leg con:place ?place ; con:nextPlace ?next }"""


def page(client: TestClient, query: str) -> str:
    reply = client.get("/sparql", params={"query": query}, headers={"Accept": HTML})
    assert reply.status_code == 200
    return reply.text


def test_two_columns_of_things_are_a_network(client: TestClient) -> None:
    text = page(client, LEGS)
    assert DRAWN in text
    assert 'href="/id/place/kg"' in text.partition("<table")[0]


def test_the_legend_tells_things_by_shape_and_links_by_dash(client: TestClient) -> None:
    text = page(client, LEGS.replace("?next {", "?next ?then {").replace("}", ". BIND(?next AS ?then) }"))
    legend = text.partition('<ul class="legend"')[2].partition("</ul>")[0]
    assert outline(THINGS["place"].shape) in legend
    assert "Place <span" in legend
    (dashed,) = [line for line in legend.split("<li>") if "stroke-dasharray" in line]
    assert "next <span" in dashed  # drawn alike, told together
    assert "then <span" in dashed


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?place { ?leg <https://w3id.org/concert/ns#place> ?place }",
        "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } LIMIT 5",
        "SELECT ?s ?class { ?s a ?class } LIMIT 5",
        "ASK { ?s ?p ?o }",
        "SELECT ?a ?b { ?a <urn:nothing> ?b }",
        "CONSTRUCT { ?s a ?class } WHERE { ?s a ?class } LIMIT 5",
    ],
)
def test_what_links_no_two_things_is_a_table_only(client: TestClient, query: str) -> None:
    assert DRAWN not in page(client, query)


def test_a_graph_is_a_table_of_its_triples_a_network_and_text(client: TestClient) -> None:
    text = page(client, "DESCRIBE <https://w3id.org/concert/id/actor/unodc>")
    assert DRAWN in text
    assert '<th scope="col">subject</th>' in text
    assert "<pre" in text.partition("<table")[2]


def test_what_is_cut_from_the_network_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "MOST_NODES", 4)
    text = page(client, LEGS)
    assert "Drawn are 4 of " in text or "Drawn are 3 of " in text


def test_links_are_each_once_and_lead_from_the_first_thing_of_a_row() -> None:
    rows = [{"a": "x/1", "c": "x/3"}, {"a": "x/1", "b": "x/2", "c": "x/3"}, {"b": "x/2"}, {"a": "x/1", "b": "x/1"}]
    assert result.of_rows(["a", "b", "c"], rows) == [("x/1", "c", "x/3"), ("x/1", "b", "x/2")]


def test_every_term_that_completes_a_query_can_be_asked_for(client: TestClient) -> None:
    told = client.get("/sparql/terms").json()
    assert told["prefixes"] == PREFIXES
    names = [term["name"] for term in told["terms"]]
    assert len(names) == len(set(names)) == len(terms())
    assert {"con:Agency", "con:placeRole", "skos:altLabel", "<https://w3id.org/concert/id/role/funding>"} <= set(names)
    agency = next(term for term in told["terms"] if term["name"] == "con:Agency")
    assert agency["kind"] == "class"
    assert "ministry" in agency["about"]
    heads = "\n".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    every = "\n".join(f"{{ {name} ?p{at} ?o{at} }} UNION" for at, name in enumerate(names))
    reply = client.post("/sparql", data={"query": f"{heads}\nASK {{ {every} {{}} }}"})
    assert reply.json()["boolean"] is True


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.rq")), ids=lambda file: file.stem)
def test_an_example_says_what_it_asks_in_its_first_line(file) -> None:
    title, _, query = file.read_text(encoding="utf-8").partition("\n")
    assert title.startswith("# ")
    assert len(title) > 20
    assert "#" not in query.replace("ns#", "").replace("rdf-schema#", "")
