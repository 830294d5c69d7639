import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.compare import isomorphic

from ontology.namespaces import CON, ID
from ontology.vocabulary import codes, concepts, expectations, json_ld, kinds, load, turtle

AGREED = {
    "domain": "persons sexual-exploitation forced-labour migrant-smuggling drugs heroin opium precursors arms "
    "small-arms light-weapons ammunition major-weapons other-contraband radioactive-materials consumer-goods",
    "response": "prevention protection prosecution partnership awareness research education economic-opportunity "
    "alternative-development demand-reduction legal-migration anti-corruption governance-reform trade-facilitation "
    "stockpile-management weapons-collection export-control brokering-control victim-support legal-aid "
    "consular-assistance rights-protection civil-society-support researcher-protection legislation training "
    "interdiction border-management police-reform investigation judicial-reform financial-regulation "
    "information-exchange coordination political-dialogue treaty-accession dedicated-staff",
    "target": "victims women young-people migrants sex-workers couriers drug-users small-traders border-communities "
    "general-public police border-guards customs drug-control-officers judiciary lawyers lawmakers governments "
    "consular-staff ngos journalists researchers donors arms-brokers",
    "driver": "economic-failure poverty unemployment political-alienation corruption official-complicity conflict "
    "restrictive-borders restrictive-migration demand profitability weak-legislation weak-stockpile-control "
    "weak-law-enforcement lack-of-political-will secrecy bank-surveillance lack-of-resources",
    "role": "funding accountable extending implementing host partner",
    "place-role": "origin transit destination",
    "status": "proposed active ended refused",
    "tie-kind": "coordinates-with member-of part-of funds established obstructs supports protects",
    "mandate-level": "leads supports",
    "measure": "seizures survey-share criminal-cases prosecutions transit-share bribe liaison-officers "
    "victims funding price",
    "unit": "kilogram person percent case prosecution us-dollar officer number",
    "confidence": "stated reported estimated believed alleged rumoured",
    "rating": "successful useful promising limited unproven useless harmful",
    "handling": "clear green amber amber-strict red",
    "action": "signature ratification acceptance approval accession succession definitive-signature "
    "formal-confirmation",
}


@pytest.mark.parametrize("kind", AGREED)
def test_codes_that_datasets_rely_on_stay(kind: str) -> None:
    assert set(AGREED[kind].split()) <= codes(kind).keys()


def test_a_kind_without_a_list_is_named() -> None:
    with pytest.raises(KeyError, match="colour"):
        codes("colour")


def test_a_code_is_named_by_its_list_and_notation() -> None:
    for concept in concepts():
        assert concept.id == f"{concept.scheme}/{concept.notation}"


def test_no_label_occurs_twice_in_a_list() -> None:
    labels = Counter((concept.scheme, concept.label.casefold()) for concept in concepts())
    assert [label for label, times in labels.items() if times > 1] == []


def test_no_definition_occurs_twice_in_a_list() -> None:
    definitions = Counter((concept.scheme, concept.definition) for concept in concepts())
    assert [text for text, times in definitions.items() if times > 1] == []


def test_what_is_broader_is_of_the_same_list_and_leads_to_a_top() -> None:
    by_id = {concept.id: concept for concept in concepts()}
    for concept in concepts():
        seen = [concept]
        while seen[-1].broader:
            (parent,) = seen[-1].broader
            assert by_id[parent] not in seen
            assert by_id[parent].scheme == concept.scheme
            seen.append(by_id[parent])


def test_the_tree_of_domains_is_the_one_agreed() -> None:
    tops = {notation for notation, concept in codes("domain").items() if not concept.broader}
    assert tops == {"persons", "drugs", "arms", "other-contraband"}
    assert codes("domain")["heroin"].broader == ("domain/drugs",)


def test_handling_is_ranked_from_open_to_closed() -> None:
    graph = load()
    ranked = sorted(codes("handling"), key=lambda notation: int(str(graph.value(ID[f"handling/{notation}"], CON.rank))))
    assert ranked == ["clear", "green", "amber", "amber-strict", "red"]


def test_ties_that_hold_both_ways_say_so() -> None:
    assert set(load().subjects(CON.symmetric)) == {ID["tie-kind/coordinates-with"], ID["tie-kind/colludes-with"]}


def test_each_list_has_a_class_and_each_code_is_of_it() -> None:
    graph = load()
    for kind in kinds():
        classes = {frozenset(graph.objects(ID[concept.id], RDF.type)) for concept in codes(kind).values()}
        ((own,),) = [types - {SKOS.Concept} for types in classes]
        assert (own, RDFS.subClassOf, SKOS.Concept) in graph


def test_expectations_use_known_codes_and_say_why() -> None:
    for expectation in expectations():
        _, slug = expectation.id.split("/")
        domain, role, response = (expectation.domain, expectation.place_role, expectation.response)
        assert slug == "-".join(code.split("/")[1] for code in (domain, role, response))
        assert domain.split("/")[1] in codes("domain")
        assert role.split("/")[1] in codes("place-role")
        assert response.split("/")[1] in codes("response")
        assert expectation.weight in (1, 2, 3)
        assert len(expectation.reason) > 40
        assert "[" in expectation.basis or "art" in expectation.basis


def test_each_domain_and_place_role_has_between_four_and_seven_expectations() -> None:
    cells = Counter((expectation.domain, expectation.place_role) for expectation in expectations())
    assert len(cells) == 9
    assert all(4 <= size <= 7 for size in cells.values())


def test_no_two_expectations_have_the_same_reason() -> None:
    assert len({expectation.reason for expectation in expectations()}) == len(expectations())


def test_what_is_aligned_exists_and_what_it_is_aligned_to_is_elsewhere() -> None:
    alignments = Graph().parse(Path(__file__).parents[2] / "ontology" / "alignments.ttl")
    matches = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, CON.hxlHashtag)
    pairs = [pair for predicate in matches for pair in alignments.subject_objects(predicate)]
    assert len(pairs) > 80
    for subject, target in pairs:
        assert (subject, SKOS.definition, None) in load(), subject
        assert "w3id.org/concert" not in str(target)


def test_the_roles_of_iati_are_matched_by_number() -> None:
    for number, notation in enumerate(["funding", "accountable", "extending", "implementing"], start=1):
        match = load().value(ID[f"role/{notation}"], SKOS.exactMatch)
        assert match == URIRef(f"https://codelists.codeforiati.org/OrganisationRole/{number}/")


def test_turtle_and_json_ld_hold_the_whole() -> None:
    assert isomorphic(Graph().parse(data=turtle(), format="turtle"), load())
    assert isomorphic(Graph().parse(data=json_ld(), format="json-ld"), load())
    assert "con" in json.loads(json_ld())["@context"]


def test_serialisations_do_not_depend_on_chance() -> None:
    code = "from ontology.vocabulary import turtle, json_ld; print(turtle() + json_ld())"
    root = Path(__file__).parents[2]

    def text(seed: str) -> str:
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env).stdout

    assert text("1") == text("2") == turtle() + json_ld() + "\n"
