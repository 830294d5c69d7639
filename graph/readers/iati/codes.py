"""IATI's codes as those of the ontology, by the matches that `ontology/alignments.ttl` states."""

from collections.abc import Mapping
from functools import cache

from rdflib import SKOS

from graph.readers.iati.terms import Node
from ontology.namespaces import ID
from ontology.vocabulary import load

LISTS = "https://codelists.codeforiati.org/"
"""Where each code has its page; the alignments name codes by it."""

SAME = (SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch)
"""Matches to translate by: the IATI code means ours, nearly so, or something narrower."""

AKIN = (SKOS.broadMatch, SKOS.relatedMatch)
"""Matches that hold in some records only: the IATI code is wider than ours, or beside it."""

ROLES = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
STATUSES = {
    "pipeline/identification": "1",
    "implementation": "2",
    "completion": "3",
    "post-completion": "4",
    "cancelled": "5",
    "suspended": "6",
}
TRANSACTIONS = {
    "IF": "1",
    "C": "2",
    "D": "3",
    "E": "4",
    "IR": "5",
    "LR": "6",
    "R": "7",
    "QP": "8",
    "QS": "9",
    "CG": "10",
}
DATES = {"start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4"}
"""What version 1 writes where version 2 has the number."""

CLASSES = {
    "10": "Agency",
    "11": "Agency",
    "15": "Agency",
    "21": "NonGovernmentalOrganisation",
    "22": "NonGovernmentalOrganisation",
    "23": "NonGovernmentalOrganisation",
    "24": "NonGovernmentalOrganisation",
    "40": "InternationalOrganisation",
    "60": "Foundation",
    "70": "Company",
    "71": "Company",
    "72": "Company",
    "73": "Company",
}
"""The class of an organisation of each IATI type. Of the others the type tells nothing that the ontology names."""


@cache
def translated(list_: str) -> Mapping[str, Node]:
    """IATI code -> our code, for a list of which each code means one of ours: `OrganisationRole` and the like."""
    prefix = f"{LISTS}{list_}/"
    return {
        str(theirs).removeprefix(prefix).strip("/"): f"<{ours}>"
        for match in SAME
        for ours, theirs in load().subject_objects(match)
        if str(theirs).startswith(prefix) and str(ours).startswith(str(ID))
    }


@cache
def meant(code: Node) -> tuple[Node, ...]:
    """The domains, responses and targets that a sector always means."""
    return _ours(code, SAME)


@cache
def akin(code: Node) -> tuple[Node, ...]:
    """Those that it means in some records only: for these the words of the record have to speak."""
    return _ours(code, AKIN)


def _ours(code: Node, matches: tuple[object, ...]) -> tuple[Node, ...]:
    found = {str(ours) for match in matches for ours in _matched().get((match, code[1:-1]), ())}
    return tuple(f"<{iri}>" for iri in sorted(found) if iri.startswith(str(ID)))


@cache
def _matched() -> Mapping[tuple[object, str], list[str]]:
    found: dict[tuple[object, str], list[str]] = {}
    for match in (*SAME, *AKIN):
        for ours, theirs in load().subject_objects(match):
            found.setdefault((match, str(theirs)), []).append(str(ours))
    return found
