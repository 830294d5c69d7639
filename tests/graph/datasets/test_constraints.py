"""What no rule is known for is judged in full: an edited or a new constraint costs time, and never a violation."""

import re

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph, URIRef

from graph.datasets.constraints import SCREENED, rules
from graph.datasets.rules import Found, Judge, Pattern, Target, Values
from graph.datasets.screening import Screen
from graph.datasets.workspace import workspace
from ontology.validation import SHAPES, data_shapes
from tests.graph.datasets.conftest import Check, Write

PREFIXES = """
    @prefix ex: <https://example.org/> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATA = """
    ex:good a ex:Thing ; ex:p "long enough"@en , "autre"@fr ; ex:q ex:good ; ex:n 5 .
    ex:short a ex:Thing ; ex:p "s"@en ; ex:q ex:other ; ex:n 50 .
    ex:under a ex:Narrow ; ex:p "s"@de , 7 ; ex:q "text" , ex:good .
    ex:other a ex:Other ; ex:p "s"@en ; ex:n 1 .
    ex:Narrow rdfs:subClassOf ex:Thing .
"""
UNKNOWN = {
    "minLength": "sh:property [ sh:path ex:p ; sh:minLength 3 ]",
    "maxLength": "sh:property [ sh:path ex:p ; sh:maxLength 3 ]",
    "languageIn": 'sh:property [ sh:path ex:p ; sh:languageIn ( "en" "fr" ) ]',
    "nodeKind": "sh:property [ sh:path ex:q ; sh:nodeKind sh:IRI ]",
    "minExclusive": "sh:property [ sh:path ex:n ; sh:minExclusive 5 ]",
    "lessThan": "sh:property [ sh:path ex:n ; sh:lessThan ex:p ]",
    "equals": "sh:property [ sh:path ex:q ; sh:equals ex:p ]",
    "hasValue of a text": "sh:property [ sh:path ex:p ; sh:hasValue 'x' ]",
    "not": "sh:not [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]",
    "xone": "sh:property [ sh:path ex:q ; sh:xone ( [ sh:class ex:Thing ] [ sh:class ex:Other ] ) ]",
    "or of unknown": "sh:property [ sh:path ex:p ; sh:or ( [ sh:minLength 3 ] [ sh:datatype xsd:integer ] ) ]",
    "closed": "sh:closed true ; sh:property [ sh:path ex:p ; sh:minCount 1 ]",
    "qualified": "sh:property [ sh:path ex:q ; sh:qualifiedValueShape [ sh:class ex:Thing ] ; sh:qualifiedMinCount 1 ]",
    "property in property": "sh:property [ sh:path ex:q ; sh:property [ sh:path ex:n ; sh:maxInclusive 3 ] ]",
    "inverse path": "sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:minCount 1 ]",
    "flags": 'sh:property [ sh:path ex:p ; sh:pattern "^l" ; sh:flags "m" ]',
    "on the thing itself": "sh:in ( ex:good ex:short )",
    "sparql": 'sh:sparql [ sh:select "SELECT $this WHERE { $this <https://example.org/n> ?n FILTER(?n > 9) }" ]',
}
KNOWN = {
    "minCount": "sh:property [ sh:path ex:q ; sh:minCount 2 ]",
    "node": "sh:node [ sh:property [ sh:path ex:p ; sh:datatype rdf:langString ] ]",
    "or": "sh:property [ sh:path ex:q ; sh:or ( [ sh:class ex:Thing ] [ sh:datatype xsd:string ] ) ]",
    "hasValue": "sh:property [ sh:path ex:q ; sh:hasValue ex:good ]",
    "range": "sh:property [ sh:path ex:n ; sh:minInclusive 2 ; sh:maxInclusive 40 ]",
    "in": "sh:property [ sh:path ex:q ; sh:in ( ex:good 'text' ) ]",
    "pattern": "sh:property [ sh:path ex:p ; sh:pattern '^l' , '(?i)^[L]' ]",
}


def graph(shape: str) -> Graph:
    return Graph().parse(data=f"{PREFIXES} ex:Shape a sh:NodeShape ; {shape} .", format="turtle")


def claims(turtle: str) -> list[ox.Triple]:
    quads = ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)
    return [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


@pytest.mark.parametrize("shape", UNKNOWN.values(), ids=UNKNOWN)
def test_all_of_a_class_are_judged_where_a_constraint_is_unknown(shape: str, both: Check) -> None:
    shapes = graph(f"sh:targetClass ex:Thing ; {shape}")
    assert Target(frozenset({"https://example.org/Thing"})) in {
        rule.target for rule in rules(shapes) if isinstance(rule, Judge)
    }
    screened, plain = both(claims(DATA), shapes)
    assert screened == plain != []


@pytest.mark.parametrize("shape", KNOWN.values(), ids=KNOWN)
def test_a_known_constraint_is_decided_by_a_query(shape: str, both: Check) -> None:
    shapes = graph(f"sh:targetClass ex:Thing ; {shape}")
    assert not [rule for rule in rules(shapes) if isinstance(rule, Judge)]
    screened, plain = both(claims(DATA), shapes)
    assert screened == plain != []


@pytest.mark.parametrize(
    "target",
    [
        "sh:targetNode ex:other",
        "sh:targetObjectsOf ex:q",
        "a rdfs:Class",
        "sh:target [ a sh:SPARQLTarget ; sh:select 'SELECT ?this WHERE { ?this <https://example.org/n> 1 }' ]",
    ],
)
def test_everything_is_judged_where_a_target_is_unknown(target: str, both: Check) -> None:
    shapes = graph(f"{target} ; sh:property [ sh:path ex:p ; sh:maxCount 0 ]")
    assert {rule.target.everything for rule in rules(shapes)} == {True}
    data = DATA + "ex:one a ex:Shape ; ex:p 1 ."
    screened, plain = both(claims(data), shapes)
    assert screened == plain != []


def test_everything_is_judged_where_a_rule_may_state_more(both: Check) -> None:
    rule = "sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:p ; sh:object 1 ]"
    shapes = graph(f"sh:targetClass ex:Thing ; {rule}")
    assert Judge(Target(everything=True), why=str(SH.rule)) in rules(shapes)


def test_an_unknown_constraint_beside_the_shipped_ones_is_seen(both: Check) -> None:
    shapes = data_shapes() + graph("sh:targetClass ex:Thing ; sh:property [ sh:path ex:p ; sh:minLength 3 ]")
    screened, plain = both(claims(DATA), shapes)
    assert screened == plain
    assert {one.focus.rpartition("/")[2] for one in plain if one.path == "https://example.org/p"} == {"short", "under"}


def test_the_query_for_a_target_counts_for_its_very_text() -> None:
    shapes = data_shapes()
    assert [rule.query for rule in rules(shapes) if isinstance(rule, Found)] == list(SCREENED.values())
    for change in ("\n", " LIMIT 100"):
        edited = Graph() + shapes
        for target, text in list(edited.subject_objects(SH.select)):
            edited.set((target, SH.select, type(text)(str(text) + change)))
        assert not [rule for rule in rules(edited) if isinstance(rule, Found)]
        assert [rule for rule in rules(edited) if rule.target.everything]


def test_the_prefixes_belong_to_that_text() -> None:
    edited = Graph() + data_shapes()
    [declared] = edited.objects(URIRef("https://w3id.org/concert/shapes#Prefixes"), SH.declare)
    edited.set((declared, SH.namespace, URIRef("https://example.org/")))
    assert not [rule for rule in rules(edited) if isinstance(rule, Found)]


def test_every_constraint_of_the_ontology_is_known() -> None:
    """Not needed for the answer, but what is judged in full makes loading slow."""
    assert [rule for rule in rules(data_shapes()) if isinstance(rule, Judge) or rule.target.everything] == []


def test_the_patterns_on_iris_are_read_by_the_database() -> None:
    patterns = {
        rule.test for rule in rules(data_shapes()) if isinstance(rule, Values) and isinstance(rule.test, Pattern)
    }
    assert {each.text for each in patterns if not each.alike} == {
        each.text for each in patterns if "(?" in each.text or ".+" in each.text
    }


@pytest.mark.parametrize(
    "pattern",
    [r"^\d$", r"\w", r"a\b", "a.b", "(?i)a", "^(?!a)", "a++", "a*?", r"[\s]", r"[[:alpha:]]", "é", r"a\Z", "a{2}?"],
)
def test_a_pattern_that_the_database_may_read_otherwise_is_left_to_python(pattern: str) -> None:
    assert not Pattern(pattern).alike


@pytest.mark.parametrize("pattern", ["^[A-Z]{3}$", r"^https://example\.org/[^/]+$", "^(a|b)*[0-9]{1,3}(-[a-z])?$"])
def test_a_plain_pattern_is_left_to_the_database(pattern: str) -> None:
    assert Pattern(pattern).alike
    assert not Pattern(pattern, re.IGNORECASE).alike


def test_only_those_caught_are_judged(snapshot: Write) -> None:
    shapes = graph("sh:targetClass ex:Thing ; sh:property [ sh:path ex:n ; sh:minCount 1 ; sh:maxInclusive 9 ]")
    kept = snapshot(claims(DATA))
    with workspace(kept) as connection:
        screen = Screen(connection, kept, rules(shapes), Graph())
        assert screen.run(lambda share: None) == 2
        assert {line.partition(" ")[0] for line in screen.judged(kept)} == {
            "<https://example.org/short>",
            "<https://example.org/under>",
        }


def test_the_shapes_that_are_read_are_those_of_the_folder() -> None:
    assert len(rules(data_shapes())) > 10 * len(list(SHAPES.glob("*.ttl")))
