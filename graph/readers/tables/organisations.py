"""The organisations of a row with hashtags and their roles in the programme."""

from graph.readers.tables.columns import CODES, LISTED, SEVERAL, Columns
from graph.readers.tables.ledger import Entry

ROLES = {
    "funding": "funding",
    "donor": "funding",
    "prog": "accountable",
    "lead": "accountable",
    "accountable": "accountable",
    "impl": "implementing",
    "implementing": "implementing",
    "extending": "extending",
    "partner": "partner",
    "partners": "partner",
    "host": "host",
}
"""Attributes of #org that say a role. An #org that says none does the work: it implements."""

CLASSES = {
    "NonGovernmentalOrganisation": ("ngo", "ingo", "nngo", "lngo", "cso", "cbo", "civil society"),
    "InternationalOrganisation": ("un", "un agency", "igo", "international organisation", "international organization"),
    "Agency": ("gov", "government", "ministry", "governmental", "public sector"),
    "Company": ("private sector", "company", "business"),
    "Foundation": ("foundation",),
}
PARTS = frozenset({"name", "acronym", "type", "list"}) | CODES
Party = tuple[str, str, str]


def organisations(entry: Entry, row: Columns) -> list[Party]:
    """IRI, role and name of each organisation of the row; one that nobody knows is made."""
    groups: dict[tuple[str, frozenset[str]], dict[str, list[str]]] = {}
    for tag, text in row.of("org"):
        if "reporting" in tag.attributes:
            continue
        role = next((ROLES[name] for name in sorted(tag.attributes) if name in ROLES), "implementing")
        part = next((name for name in ("acronym", "type") if name in tag.attributes), "name")
        part = "code" if tag.attributes & CODES else part
        values = (LISTED if "list" in tag.attributes else SEVERAL).split(text)
        group = groups.setdefault((role, tag.attributes - PARTS), {})
        group.setdefault(part, []).extend(value for value in values if value)
    found: dict[tuple[str, str], str] = {}
    for (role, _), group in groups.items():
        for iri, name in _parties(entry, group):
            found.setdefault((iri, role), name)
    return [(iri, role, name) for (iri, role), name in found.items()]


def _parties(entry: Entry, group: dict[str, list[str]]) -> list[tuple[str, str]]:
    names = group.get("name") or group.get("acronym") or group.get("code") or []
    parties = []
    for at, name in enumerate(names):
        other = {part: texts[at] for part, texts in group.items() if len(texts) == len(names)}
        known = (
            entry.ledger.find("actor", text) for text in (other.get("code", ""), name, other.get("acronym", "")) if text
        )
        iri = next((iri for iri in known if iri), None)
        parties.append((iri or entry.mint("actor", name, _cells(name, other)), name))
    return parties


def _cells(name: str, other: dict[str, str]) -> dict[str, str]:
    kind = other.get("type", "").casefold()
    class_ = next((class_ for class_, words in CLASSES.items() if kind in words), "Organisation")
    acronym = other.get("acronym", "")
    return {"class": class_} | ({"acronym": acronym} if acronym and acronym != name else {})
