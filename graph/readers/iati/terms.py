"""The terms of the ontology that IATI is read into, each as it stands in a line of N-Triples.

A reader of a million activities makes a hundred million terms. As text they cost a tenth of what objects do.
"""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from graph.readers.layout import iri

Node = str
"""An IRI between angle brackets."""

Value = str
"""A node, or a literal with its quotes, language and datatype."""

_ESCAPES = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')


def term(curie: str) -> Node:
    """The node of `con:actor` and the like."""
    return f"<{iri(curie)}>"


def quoted(text: str) -> Value:
    """The literal of a text without language, in the one form that canonical N-Triples has for it."""
    return f'"{_SPECIAL.sub(_escape, text)}"' if _SPECIAL.search(text) else f'"{text}"'


def typed(text: str, datatype: Node) -> Value:
    """The literal of a text that needs no escapes, such as a number or a date."""
    return f'"{text}"^^{datatype}'


def text_of(value: Value) -> str:
    """The text of such a literal."""
    return value[1 : value.index('"', 1)]


def last(node: Node) -> str:
    """What stands behind the last slash of an IRI."""
    return node[node.rindex("/") + 1 : -1]


def triples(lines: str | bytes) -> Iterator[ox.Triple]:
    """The lines as triples."""
    for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES):
        yield ox.Triple(quad.subject, quad.predicate, quad.object)


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


TYPE = term("rdf:type")
LABEL = term("rdfs:label")
ALIAS = term("skos:altLabel")
NOTATION = term("skos:notation")
DEFINITION = term("skos:definition")
BROADER = term("skos:broader")
IN_SCHEME = term("skos:inScheme")
NOTE = term("skos:note")
DESCRIPTION = term("dct:description")
TITLE = term("dct:title")
CONCEPT = term("skos:Concept")
SCHEME = term("skos:ConceptScheme")

SOURCE = term("con:source")
LOCATOR = term("con:locator")
ATTRIBUTED_TO = term("con:attributedTo")
STATED_ON = term("con:statedOn")

PROGRAMME = term("con:Programme")
OF_PROGRAMME = term("con:programme")
PARTICIPATION = term("con:Participation")
ACTOR = term("con:actor")
OF_STATE = term("con:ofState")
ROLE = term("con:role")
STATUS = term("con:status")
STARTS = term("con:starts")
ENDS = term("con:ends")
PLANNED_START = term("con:plannedStart")
PLANNED_END = term("con:plannedEnd")
HIERARCHY = term("con:hierarchy")
BUDGET = term("con:budget")
PLACE = term("con:place")
WITHIN = term("con:within")
LATITUDE = term("con:latitude")
LONGITUDE = term("con:longitude")
DOMAIN = term("con:domain")
RESPONSE = term("con:response")
TARGET = term("con:target")
SECTOR = term("con:sector")
PART_OF = term("con:partOf")

RELATION = term("con:Relation")
RELATION_KIND = term("con:relationKind")
OTHER_PROGRAMME = term("con:otherProgramme")
ALLOCATION = term("con:Allocation")
PERCENTAGE = term("con:percentage")
BUDGET_LINE = term("con:BudgetLine")
BUDGET_KIND = term("con:budgetKind")
TRANSACTION = term("con:Transaction")
TRANSACTION_KIND = term("con:transactionKind")
AMOUNT = term("con:amount")
CURRENCY = term("con:currency")
VALUED_ON = term("con:valuedOn")
TRANSACTED_ON = term("con:transactedOn")
PROVIDER = term("con:provider")
RECEIVER = term("con:receiver")
PROVIDER_PROGRAMME = term("con:providerProgramme")
RECEIVER_PROGRAMME = term("con:receiverProgramme")

IATI_ACTIVITY = term("con:iati-activity")
IATI_ORGANISATION = term("con:iati-organisation")
CRS_CHANNEL = term("con:crs-channel")
GEONAMES = term("con:geonames")

_XSD = "http://www.w3.org/2001/XMLSchema#"
DATE = f"<{_XSD}date>"
DECIMAL = f"<{_XSD}decimal>"
