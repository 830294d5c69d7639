"""The ontology with a small sample is consistent under OWL 2 RL, and samples that contradict it are found out."""

from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, Graph, URIRef

import ontology
from ontology.namespaces import CON, ID
from ontology.vocabulary import load

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
PREFIXES = """
@base <https://w3id.org/concert/id/> .
@prefix con: <https://w3id.org/concert/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SAMPLE = """
<place/central-asia> a con:Region ; rdfs:label "Central Asia"@en .
<place/tj> a con:Country ; con:within <place/central-asia> ; skos:notation "TJ"^^con:iso3166-1-alpha2 .
<place/gorno-badakhshan> a con:AdministrativeDivision ; con:within <place/tj> .
<actor/state-tj> a con:State ; con:ofState <place/tj> .
<actor/osce> a con:InternationalOrganisation .
<actor/police-unit> a con:Unit ; con:partOf <actor/osce> ; con:seat <place/vienna> .
<actor/ministry> a con:Agency ; con:ofState <place/tj> .
<programme/p> a con:Training ; con:place <place/tj> ; con:domain <domain/drugs> ; con:response <response/training> .
<participation/p> a con:Participation ; con:actor <actor/police-unit> ; con:programme <programme/p> ;
    con:role <role/implementing> ; con:source <source/s> ; con:confidence <confidence/stated> .
<flow/f> a con:DrugsFlow ; con:domain <domain/heroin> ; con:carriedBy <actor/carriers> .
<leg/l> a con:Leg ; con:flow <flow/f> ; con:place <place/tj> ; con:placeRole <place-role/transit> ;
    con:nextPlace <place/kg> .
<observation/o> a con:Observation ; con:about <flow/f> ; con:value 55.0 ; con:unit <unit/kilogram> .
<statement/s> a con:Denial ; con:denies <flow/f> ; con:speaker <actor/state-tj> .
<commitment/c> a con:Commitment ; con:actor <actor/state-tj> ; con:instrument <instrument/i> ;
    con:action <action/accession> .
<dataset/d> a con:Dataset ; con:handling <handling/clear> ; con:coverage <coverage/d-1> .
<coverage/d-1> con:place <place/tj> ; con:completeness con:Partial .
"""


def closure(known: Graph, sample: str) -> Graph:
    graph = known + Graph().parse(data=PREFIXES + sample, format="turtle")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return graph


def contradictions(graph: Graph) -> list[object]:
    return [*graph.subjects(RDF.type, OWL.Nothing), *graph.subjects(RDF.type, ERROR), *graph.objects(None, ERROR)]


@pytest.fixture(scope="module")
def world() -> Graph:
    return closure(load(), SAMPLE)


@pytest.fixture(scope="module")
def terms() -> Graph:
    """The modules without the code lists, which take most of the time and contradict nothing here."""
    graph = Graph()
    for path in Path(ontology.__file__).parent.glob("*.ttl"):
        graph.parse(path)
    return graph


def test_the_terms_alone_are_consistent(terms: Graph) -> None:
    assert contradictions(closure(terms, "")) == []


def test_the_sample_is_consistent(world: Graph) -> None:
    assert contradictions(world) == []
    assert not [term for term in world.subjects(OWL.equivalentClass, OWL.Nothing) if term != OWL.Nothing]


def test_within_reaches_all_the_way_and_back(world: Graph) -> None:
    assert (ID["place/gorno-badakhshan"], CON.within, ID["place/central-asia"]) in world
    assert (ID["place/central-asia"], CON.contains, ID["place/gorno-badakhshan"]) in world


def test_a_unit_is_an_organization_of_others_vocabularies(world: Graph) -> None:
    for iri in (
        "http://www.w3.org/ns/org#OrganizationalUnit",
        "http://xmlns.com/foaf/0.1/Agent",
        "http://www.w3.org/ns/prov#Agent",
    ):
        assert (ID["actor/police-unit"], RDF.type, URIRef(iri)) in world


def test_shared_properties_entail_no_type_of_what_carries_them(world: Graph) -> None:
    assert {kind for kind in world.objects(ID["programme/p"], RDF.type) if str(kind).startswith(str(CON))} == {
        CON.Training,
        CON.Programme,
    }


@pytest.mark.parametrize(
    "sample",
    [
        "<actor/a> a con:State, con:Organisation .",
        "<actor/a> a con:State ; con:ofState <actor/a> .",
        "<flow/f> a con:DrugsFlow, con:ArmsFlow .",
        "<tie/t> a con:Tie, con:Participation .",
        "<programme/p> a con:Programme ; con:place <actor/a> . <actor/a> a con:Unit .",
        "<programme/p> a con:Programme ; con:domain <response/training> . <response/training> a con:Response .",
        "<instrument/i> a con:Treaty, con:Declaration .",
        "<place/p> a con:Country, con:Region .",
        "<actor/a> a con:Company, <http://xmlns.com/foaf/0.1/Person> .",
    ],
)
def test_a_contradiction_is_found(sample: str, terms: Graph) -> None:
    assert contradictions(closure(terms, sample)) != []
