"""A stranger who has a thing and a word for it finds the class that the thing belongs to."""

import pytest
from rdflib import Literal

from ontology.namespaces import CON
from ontology.vocabulary import load

FIND = """
PREFIX con: <https://w3id.org/concert/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?class WHERE {
    ?class a owl:Class ; skos:example|skos:definition ?text .
    FILTER(STRSTARTS(STR(?class), STR(con:)))
    FILTER(CONTAINS(LCASE(?text), ?word))
}
"""


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("police academy", {"Agency"}),
        ("police academies in general", {"Group"}),
        ("police unit", {"Agency", "Unit"}),
        ("training seminar", {"Training"}),
        ("preparatory seminar", {"Meeting"}),
        ("conference", {"Meeting"}),
        ("border of", {"Area"}),
        ("crossing of", {"BorderCrossing"}),
        ("rumour", {"Allegation"}),
        ("has no trafficking problem", {"Denial"}),
        ("conflicting figure", {"Observation"}),
        ("unnamed", {"Group"}),
        ("criminal groups", {"Group", "Influence"}),
        ("protocol", {"Protocol", "Commitment"}),
        ("interviews", {"Source"}),
        ("no reliable data", {"KnowledgeGap"}),
        ("censorship", {"Obstacle"}),
        ("lead on drugs", {"Mandate"}),
    ],
)
def test_a_word_leads_to_its_class(word: str, classes: set[str]) -> None:
    rows = load().query(FIND, initBindings={"word": Literal(word)})
    assert {str(row["class"]).split("#")[1] for row in rows} == classes


NOTES = """
PREFIX con: <https://w3id.org/concert/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
ASK { ?term skos:scopeNote ?note . FILTER(CONTAINS(?note, ?other)) }
"""


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("Meeting", "con:Training"),
        ("Training", "con:Meeting"),
        ("State", "con:Country"),
        ("Country", "con:State"),
        ("Influence", "con:Obstacle"),
        ("BorderCrossing", "con:Area"),
        ("KnowledgeGap", "con:EvidenceGap"),
        ("Instrument", "con:Source"),
    ],
)
def test_terms_that_are_easily_taken_for_each_other_point_to_each_other(term: str, other: str) -> None:
    answer = load().query(NOTES, initBindings={"term": CON[term], "other": Literal(other)})
    assert answer.askAnswer
