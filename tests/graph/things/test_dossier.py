"""The dossier: all that is said of a thing, with its evidence, and nothing twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, URIRef

from graph.errors import NotFound
from graph.library import Library
from graph.tables.world import World
from graph.things import dossier as module
from graph.things.dossier import as_rdf, dossier
from ontology.namespaces import CON, ID
from ontology.vocabulary import concepts, kinds

ROWS = {
    "places": [{"id": "land", "name": "Landia", "class": "Country"}],
    "actors": [{"id": "a", "class": "Agency", "name": "An agency", "acronym": "AA", "seat": "land"}],
    "programmes": [{"id": "p", "name": "Effort", "places": "land", "domains": "drugs", "description": "What it does."}],
    "participations": [{"actor": "a", "programme": "p", "role": "implementing", "locator": "7"}],
}


def test_a_thing_is_told_with_its_names_identifiers_facts_claims_and_sources(world: World) -> None:
    told = dossier(world, "actor/unodc")
    assert told["iri"] == f"{ID}actor/unodc"
    assert told["label"] == "United Nations Office on Drugs and Crime"
    assert told["class"] == "con:InternationalOrganisation"
    assert {"UNODC", "ODCCP"} <= {name["name"] for name in told["names"]}
    assert {"scheme": "iati-organisation", "value": "XM-DAC-41128"} in told["identifiers"]
    assert {"id": "place/vienna", "label": "Vienna"} in next(f for f in told["facts"] if f["property"] == "seat")[
        "values"
    ]
    shown = {group["kind"] for group in told["mentions"]}
    assert {"participation", "tie", "actor"} <= shown
    for group in told["mentions"]:
        assert [row["id"] for row in group["rows"]] == sorted({row["id"] for row in group["rows"]})
        for row in group["rows"]:
            assert row["sources"], row["id"]
            assert set(row["fields"]) <= set(group["columns"])
    assert told["mentions_complete"]


def test_an_exact_small_world(library: Library, dataset: Callable[..., Path]) -> None:
    library.load(dataset(ROWS))
    world = library.world(frozenset({"tiny"}))
    told = dossier(world, "actor/tiny.a")
    assert told["datasets"] == ["tiny"]
    assert [group["kind"] for group in told["mentions"]] == ["participation"]
    (row,) = told["mentions"][0]["rows"]
    assert row["fields"]["programme"] == [{"id": "programme/tiny.p", "label": "Effort"}]
    assert row["fields"]["role"] == [{"id": "role/implementing", "label": "Implementing"}]
    assert row["sources"][0]["locators"] == ["7"]
    assert dossier(world, "programme/tiny.p")["description"] == "What it does."


def test_one_thing_of_two_datasets_is_one_dossier_with_both_named(
    library: Library, dataset: Callable[..., Path]
) -> None:
    library.load(dataset(ROWS, name="one", prefix=""))
    more = {"participations": [{"actor": "a", "programme": "p", "role": "funding"}]}
    library.load(dataset(more, name="two", uses=["one"]))
    both, first = library.world(frozenset({"one", "two"})), library.world(frozenset({"one"}))
    assert len(dossier(both, "actor/a")["mentions"][0]["rows"]) == 2
    assert len(dossier(first, "actor/a")["mentions"][0]["rows"]) == 1
    with pytest.raises(NotFound):
        dossier(library.world(frozenset()), "actor/a")


def test_a_dossier_that_is_cut_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 5)
    assert not dossier(world, "place/tj")["mentions_complete"]


@pytest.mark.parametrize(
    "id_", ["actor/nobody", "nothing", "", "actor/", "a b/c", "domain/", "scheme/x", "http://x/y", "a/b>c"]
)
def test_what_is_not_known_is_not_found_in_any_form(world: World, id_: str) -> None:
    for read in (dossier, as_rdf):
        with pytest.raises(NotFound) as caught:
            read(world, id_)
        assert caught.value.given == id_


@pytest.mark.parametrize("id_", [concept.id for concept in concepts()])
def test_every_code_tells_its_definition_and_its_neighbours(world: World, id_: str) -> None:
    told = dossier(world, id_)
    concept = next(c for c in concepts() if c.id == id_)
    assert (told["label"], told["description"]) == (concept.label, concept.definition)
    facts = {fact["title"]: [value["id"] for value in fact["values"]] for fact in told["facts"]}
    assert set(facts.get("Broader", [])) == set(concept.broader)
    assert set(facts.get("Narrower", [])) == {c.id for c in concepts() if id_ in c.broader}
    assert facts["Code list"] == [f"scheme/{concept.scheme}"]


@pytest.mark.parametrize("kind", kinds())
def test_every_code_list_lists_its_codes(world: World, kind: str) -> None:
    told = dossier(world, f"scheme/{kind}")
    assert {value["id"] for value in told["facts"][0]["values"]} == {c.id for c in concepts() if c.scheme == kind}
    assert told["label"] != "None"
    graph = Graph().parse(data=as_rdf(world, f"scheme/{kind}", ["text/turtle"]).body)
    assert len(set(graph.subjects(SKOS.inScheme, URIRef(f"{ID}scheme/{kind}")))) == len(told["facts"][0]["values"])


@pytest.mark.parametrize(("media", "form"), [("text/turtle", "turtle"), ("application/ld+json", "json-ld")])
def test_as_rdf_the_thing_and_the_claims_that_name_it(world: World, media: str, form: str) -> None:
    reply = as_rdf(world, "actor/unodc", [media])
    assert reply.media_type == media
    graph = Graph().parse(data=reply.body, format=form)
    unodc = URIRef(f"{ID}actor/unodc")
    claims = set(graph.subjects(None, unodc))
    told = dossier(world, "actor/unodc")
    assert {URIRef(ID + row["id"]) for group in told["mentions"] for row in group["rows"]} == claims
    assert (unodc, RDF.type, CON.InternationalOrganisation) in graph
