"""Every term explains itself, and the modules, the code lists and the layout of sheets agree on what there is."""

from pathlib import Path

import pytest
import yaml
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

import ontology
from ontology.namespaces import CON
from ontology.validation import validate_vocabulary
from ontology.vocabulary import kinds, load, modules

ROOT = Path(ontology.__file__).parent.parent
SHEETS = yaml.safe_load((ROOT / "graph" / "readers" / "sheets.yml").read_text())
COLUMNS = [
    column
    for columns in [SHEETS["evidence"], *(sheet["columns"] for sheet in SHEETS["sheets"].values())]
    for column in columns.values()
]


def test_modules_terms_and_code_lists_keep_the_rules() -> None:
    assert validate_vocabulary(load()) == []


def test_a_module_is_named_after_its_file() -> None:
    assert [module.iri.rsplit("/", 1)[1] for module in modules()] == [module.name for module in modules()]
    assert {module.version for module in modules()} == {"0.1.0"}


def test_the_top_imports_every_other_module() -> None:
    top = URIRef("https://w3id.org/concert/ns/concert")
    imported = {str(iri) for iri in load().objects(top, OWL.imports)}
    assert imported == {module.iri for module in modules()} - {str(top)}


def test_imports_go_round_in_no_circle() -> None:
    graph = load()
    for module in modules():
        onward = graph.transitive_objects(URIRef(module.iri), OWL.imports)
        next(onward)  # itself
        assert URIRef(module.iri) not in set(onward)


def test_a_module_imports_what_it_uses() -> None:
    graph = load()
    home = dict(graph.subject_objects(RDFS.isDefinedBy))
    for module in modules():
        own = Graph().parse(ROOT / "ontology" / f"{module.name}.ttl")
        used = {home[term] for triple in own for term in triple if term in home and str(term).startswith(str(CON))}
        reached = set(graph.transitive_objects(URIRef(module.iri), OWL.imports))
        assert used <= reached, module.name


def test_no_two_terms_share_a_definition() -> None:
    definitions = [
        str(text) for term, text in load().subject_objects(SKOS.definition) if str(term).startswith(str(CON))
    ]
    assert len(definitions) == len(set(definitions))


def test_nothing_that_a_term_points_to_dangles() -> None:
    graph = load()
    pointing = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith)
    built_in = (str(OWL), "http://www.w3.org/2001/XMLSchema#")
    for predicate in pointing:
        for subject, target in graph.subject_objects(predicate):
            if not str(target).startswith(built_in):
                assert (target, RDF.type, None) in graph, f"{subject} {predicate} {target}"


def test_every_concert_term_in_use_is_declared() -> None:
    graph = load()
    for triple in graph:
        for term in triple:
            if isinstance(term, URIRef) and term.startswith(str(CON)):
                assert (term, RDFS.isDefinedBy, None) in graph, term


@pytest.mark.parametrize("name", sorted({column["property"] for column in COLUMNS if "property" in column}))
def test_every_property_of_a_sheet_is_a_property(name: str) -> None:
    graph = load()
    prefixes = {prefix: str(namespace) for prefix, namespace in graph.namespaces()}
    prefix, local = name.split(":")
    types = set(graph.objects(URIRef(prefixes[prefix] + local), RDF.type))
    assert name == "rdfs:label" or types & {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


def test_every_class_of_a_sheet_is_under_the_class_of_that_sheet() -> None:
    graph = load()
    for sheet in SHEETS["sheets"].values():
        column = sheet["columns"].get("class", {"of": []})
        for name in [sheet["class"], *column["of"]]:
            assert (CON[name], RDF.type, OWL.Class) in graph
            assert CON[sheet["class"]] in set(graph.transitive_objects(CON[name], RDFS.subClassOf))


def test_links_are_claims() -> None:
    graph = load()
    links = (
        "Participation Tie Mandate Leg Observation Influence Obstacle Recommendation Assessment Statement Commitment"
    )
    for name in links.split():
        assert CON.Claim in set(graph.transitive_objects(CON[name], RDFS.subClassOf))


def test_every_code_column_has_a_code_list() -> None:
    assert {column["of"] for column in COLUMNS if column["type"] == "code"} <= set(kinds())


def test_every_notation_column_has_a_datatype() -> None:
    for name in {column["of"] for column in COLUMNS if column["type"] == "notation"}:
        assert (CON[name], RDF.type, RDFS.Datatype) in load()


def test_columns_of_references_are_object_properties_and_the_rest_are_not() -> None:
    graph = load()
    for column in COLUMNS:
        if column.get("property", "").startswith("con:"):
            kind = OWL.ObjectProperty if column["type"] in ("ref", "code") else OWL.DatatypeProperty
            assert (CON[column["property"].removeprefix("con:")], RDF.type, kind) in graph, column


def test_a_class_to_choose_needs_an_example() -> None:
    graph = load() + Graph()
    for example in list(graph.objects(CON.Agency, SKOS.example)):
        graph.remove((CON.Agency, SKOS.example, example))
    (found,) = validate_vocabulary(graph)
    assert (found.focus, found.path) == (str(CON.Agency), str(SKOS.example))
