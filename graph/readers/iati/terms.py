"""The terms of the ontology that IATI is read into."""

import pyoxigraph as ox

from graph.readers.layout import iri


def term(curie: str) -> ox.NamedNode:
    """The node of `con:actor` and the like."""
    return ox.NamedNode(iri(curie))


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
DATE = ox.NamedNode(_XSD + "date")
DECIMAL = ox.NamedNode(_XSD + "decimal")
