"""Read FollowTheMoney entities, one JSON object a line: bodies become actors, projects programmes, links what they say.

The file is read twice: first which ids are of bodies and of projects, then what is said, since a link may come before
what it links. Persons are never read, nor is anything that names one, nor a `LegalEntity`, which may be one.
"""

import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.readers import Frame, Log, Rejected, Triples
from graph.readers.ftm_entity import Entity, Said, entities, first, known_code, period_of, plain, said_of, slug_of
from graph.readers.iati.ids import Seen, escaped
from graph.readers.layout import iri, sheets
from graph.readers.sheets import state
from graph.readers.tables.people import WITHHELD, personal
from graph.readers.tables.words import code
from ontology.namespaces import ID
from ontology.vocabulary import codes

ACTORS = {"Organization": "Organisation", "PublicBody": "Agency", "Company": "Company"}
"""The schemata of bodies, and the class of one that tells none of ours as its classification."""

PROJECT = "Project"
LINKS = {
    "ProjectParticipant": ("project", "participant"),
    "Membership": ("member", "organization"),
    "UnknownLink": ("subject", "object"),
}
ROLES = {"": "partner", "participant": "partner", "coordinator": "accountable", "beneficiary": "partner"}
"""Words for roles that projects of others use; a participant of whom nothing is told is a partner."""

CODES = {"domain": "domains", "response": "responses", "target": "targets"}

PART_OF = ox.NamedNode(iri("con:partOf"))
IATI = ox.NamedNode(iri("con:iati-activity"))
NOTATION = ox.NamedNode(iri("skos:notation"))
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


class _Itself(dict[tuple[str, str], str]):
    """References that are IRIs already: each stands for itself."""

    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        return key[1] if key[1].startswith(str(ID)) else default


def is_ftm(file: Path, head: bytes) -> bool:
    """Whether the first line begins an entity: a JSON object with a schema and properties."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    return first.startswith(b"{") and b'"schema"' in first and b'"properties"' in first


def read_ftm(file: Path, frame: Frame, log: Log) -> Triples:
    """The claims of a file of entities, by schema in `log.taken`; what is not read is counted as such.

    Raises InvalidData for a line that is no JSON object.
    """
    seen = Seen()
    try:
        reading = _Reading(file.name, frame, log, seen)
        for _, entity in entities(file):
            reading.learn(entity)
        for number, entity in entities(file):
            yield from reading.state(number, entity)
    finally:
        seen.close()


class _Reading:
    """One file while its entities are stated."""

    def __init__(self, file: str, frame: Frame, log: Log, seen: Seen) -> None:
        self._file, self._frame, self._log, self._seen = file, frame, log, seen
        self._unknown: set[str] = set()

    def learn(self, entity: Entity) -> None:
        """Remember what an id is of, and the actor of a used dataset that a body is."""
        schema, id_ = entity.get("schema"), str(entity.get("id") or "")
        kind = "actor" if schema in ACTORS else "programme" if schema == PROJECT else ""
        said = said_of(entity.get("properties"))
        if kind and id_ and said is not None:
            self._seen.keep("entity", id_, kind)
            node = self._found(id_, said) if kind == "actor" else None
            if node:
                self._seen.keep("iri", id_, node)

    def state(self, number: int, entity: Entity) -> list[ox.Triple]:
        """What one entity states; nothing where it is refused or not read."""
        schema, id_ = str(entity.get("schema") or ""), str(entity.get("id") or "")
        said = said_of(entity.get("properties"))
        if not id_ or not schema or said is None:
            return self._refuse(number, "id", id_, "an entity with id, schema and properties of texts")
        if schema not in ACTORS and schema != PROJECT and schema not in LINKS:
            return self._pass(f"{schema[:50]}, not read")
        if schema in LINKS:
            return self._link(number, schema, id_, said)
        if not self._seen.first("stated", id_):
            return self._refuse(number, "id", id_, "an id that no entity before it has")
        if schema == PROJECT:
            return self._programme(number, id_, said)
        return self._actor(number, schema, id_, said)

    def _actor(self, number: int, schema: str, id_: str, said: Said) -> list[ox.Triple]:
        if self._seen.known("iri", id_):
            return self._pass(f"{schema}, known")
        told = next((name for name in said.get("classification", ()) if name in sheets()["actors"].classes()), "")
        names = said.get("name", [])
        cells = {
            "class": told or ACTORS[schema],
            "name": names[0] if names else "",
            **first(said, "description", "summary"),
        }
        cells["aliases"] = ";".join(plain(name) for name in (*names[1:], *said.get("alias", ())))
        cells["acronym"] = next(iter(said.get("weakAlias", ())), "")
        cells["wikidata"] = next((text for text in said.get("wikidataId", ()) if _WIKIDATA.fullmatch(text)), "")
        place = next((found for text in said.get("country", ()) if (found := self._frame.lookup("place", text))), "")
        if cells["class"] in ("State", "Agency"):
            cells["state"] = place
        return self._row(number, schema, "actors", cells, self._iri("actor", id_))

    def _programme(self, number: int, id_: str, said: Said) -> list[ox.Triple]:
        words = said.get("keywords", [])
        cells = {
            "name": next(iter(said.get("name", ())), ""),
            **period_of(said),
            **first(said, "description", "summary"),
        }
        cells["aliases"] = ";".join(plain(name) for name in (*said.get("name", ())[1:], *said.get("alias", ())))
        cells["acronym"] = next(iter(said.get("weakAlias", ())), "")
        for kind, column in CODES.items():
            found = (known_code(kind, word) for word in words)
            cells[column] = ";".join(dict.fromkeys(notation for notation in found if notation))
        status = next(iter(said.get("status", ())), "")
        cells["status"] = self._word("status", status)
        cells["places"] = ";".join(self._places(words, said.get("country", ())))
        amount = next(iter(said.get("amount", ())), "")
        currency = next(iter(said.get("currency", ())), "")
        if amount and currency:
            cells |= {"budget": amount, "currency": currency}
        node = self._iri("programme", id_)
        stated = self._row(number, PROJECT, "programmes", cells, node)
        given = next(iter(said.get("projectId", ())), "")
        if stated and given and not given.startswith("programme/"):
            stated.append(ox.Triple(ox.NamedNode(node), NOTATION, ox.Literal(given, datatype=IATI)))
        return stated

    def _link(self, number: int, schema: str, id_: str, said: Said) -> list[ox.Triple]:
        ends = [next(iter(said.get(name, ())), "") for name in LINKS[schema]]
        kinds = [self._seen.known("entity", end) for end in ends]
        role = next(iter(said.get("role", ())), "")
        if None in kinds:
            return self._pass(f"{schema}, of what is not read")
        one, other = (self._node(kind, end) for kind, end in zip(kinds, ends, strict=True) if kind)
        period = {name: text for name, text in period_of(said).items() if text}
        about = first(said, "description", "summary")
        if kinds == ["programme", "actor"] and schema == "ProjectParticipant":
            told = ROLES.get(role.casefold()) or code("role", role)
            if told is None:
                return self._refuse(number, "role", role, "one of " + ", ".join(codes("role")))
            cells = {"actor": other, "programme": one, "role": told, **period}
            return self._once(number, schema, "participations", cells, self._iri("participation", id_))
        if kinds == ["programme", "programme"] and role == "part-of":
            self._pass(schema)
            return [ox.Triple(ox.NamedNode(one), PART_OF, ox.NamedNode(other))]
        kind = "member-of" if schema == "Membership" else code("tie-kind", role)
        if kinds != ["actor", "actor"] or kind is None:
            return self._pass(f"{schema}, of no kind of ours")
        cells = {"actor": one, "kind": kind, "other": other, **period, **about}
        return self._once(number, schema, "ties", cells, self._iri("tie", id_))

    def _once(self, number: int, schema: str, sheet: str, cells: dict[str, str], node: str) -> list[ox.Triple]:
        if not self._seen.first("stated", node):
            return self._refuse(number, "id", node, "an id that no entity before it has")
        return self._row(number, schema, sheet, cells, node)

    def _row(self, number: int, schema: str, sheet: str, cells: dict[str, str], node: str) -> list[ox.Triple]:
        layout = sheets()[sheet]
        filled = {name: text for name, text in cells.items() if text}
        stated, reasons = state(
            layout, filled, ox.NamedNode(node), self._frame, _Itself(), locator=f"{self._file} line {number}"
        )
        for name, text in filled.items():
            wanted = personal(text, name=sheet == "actors" and name in ("name", "aliases"))
            if layout.columns[name].type == "text" and wanted:
                reasons.append((name, WITHHELD, wanted))
        if reasons:
            for reason in reasons:
                self._log.rejected.append(Rejected(self._file, number, *reason))
            return []
        self._log.origin[node] = (self._file, number)
        self._pass(schema)
        return stated

    def _found(self, id_: str, said: Said) -> str | None:
        """The actor of a used dataset: by our id in its id, by Wikidata, by its numbers, else by a name."""
        ours = slug_of("actor", id_)
        known = self._frame.known.get(("actor", ours)) if ours else None
        if known or ours:
            return known
        texts = (text for name in ("wikidataId", "idNumber", "name") for text in said.get(name, ()))
        return next((found for text in texts if (found := self._frame.lookup("actor", text))), None)

    def _node(self, kind: str, id_: str) -> str:
        """The IRI of a body or a project, whether it came already or comes later."""
        found = self._seen.known("iri", id_)
        ours = slug_of(kind, id_)
        known = self._frame.known.get((kind, ours)) if ours else None
        return found or known or self._iri(kind, id_)

    def _iri(self, kind: str, id_: str) -> str:
        return f"{ID}{kind}/{self._frame.prefix}{slug_of(kind, id_) or escaped(id_)}"

    def _places(self, words: list[str], countries: "list[str] | tuple[()]") -> list[str]:
        """The places that keywords of ours name, else the countries."""
        named = [self._frame.known.get(("place", word[6:])) for word in words if word.startswith("place/")]
        found = named or [self._frame.lookup("place", text) for text in countries]
        return list(dict.fromkeys(place for place in found if place))

    def _word(self, scheme: str, text: str) -> str:
        found = code(scheme, text) if text else ""
        if found is None and text not in self._unknown:
            self._unknown.add(text)
            self._log.notes.append(f"{self._file}: the {scheme} {text[:50]!r} has no code of ours and is left out")
        return found or ""

    def _refuse(self, number: int, *reason: str) -> list[ox.Triple]:
        field, value, expected = reason
        self._log.rejected.append(Rejected(self._file, number, field, value[:200], expected))
        return []

    def _pass(self, what: str) -> list[ox.Triple]:
        self._log.taken[what] = self._log.taken.get(what, 0) + 1
        return []
