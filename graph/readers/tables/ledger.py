"""What the rows of a table state, each row wholly or not at all, and what was stated before."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

import pyoxigraph as ox

from graph.readers import Frame, Log, Rejected
from graph.readers.layout import NAMESPACES, Sheet, sheets
from graph.readers.sheets import LOCATOR, TYPE, Reason, slug, state
from graph.readers.tables.people import WITHHELD, personal
from ontology.namespaces import ID

LONGEST = 80
"""Characters of a slug that is made from a name; the rest is told apart by a digest."""

NAMES = {"name", "aliases", "acronym"}
LABEL = ox.NamedNode(NAMESPACES["rdfs"] + "label")
ALIAS = ox.NamedNode(NAMESPACES["skos"] + "altLabel")


def digest(*parts: str) -> str:
    """Sixteen characters that stand for these texts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def name_slug(text: str) -> str:
    """A slug of a name, with a digest where the name has letters that a slug loses or is very long."""
    plain = slug(text)
    lost = any(ord(letter) > 127 and not slug(letter) for letter in text if letter.isalpha())
    if plain and not lost and len(plain) <= LONGEST:
        return plain
    return f"{plain[:LONGEST].strip('-.')}-{digest(text)[:8]}".strip("-.")


@dataclass
class Ledger:
    """Across the rows of one file: which things exist, who is known by what, how often a content came."""

    file: str
    frame: Frame
    log: Log
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)
    found: dict[tuple[str, str], str | None] = field(default_factory=dict)
    contents: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.log.taken.setdefault(self.file, 0)

    def find(self, kind: str, text: str) -> str | None:
        """The IRI of the thing that an id or a name means, among what is known and what was made before."""
        key = (kind, text)
        if key not in self.found:
            self.found[key] = self.frame.known.get(key) or self.frame.lookup(kind, text)
        iri = self.found[key]
        if iri:
            self.ids[kind, iri] = iri
        return iri

    def iri(self, kind: str, name: str) -> str:
        """The IRI of an own thing with this slug, which references may use from now on."""
        iri = f"{ID}{kind}/{self.frame.prefix}{name}"
        self.ids[kind, iri] = iri
        return iri

    def content_slug(self, cells: list[str]) -> str:
        """A slug of what a row says, the same wherever the row stands; true duplicates are counted."""
        print_ = digest(*cells)
        self.contents[print_] += 1
        times = self.contents[print_]
        return print_ if times == 1 else f"{print_}-{times}"

    def reject(self, row: int, *reason: str) -> None:
        """Note one reason for which a row is refused."""
        self.log.rejected.append(Rejected(self.file, row, *reason))


@dataclass
class Entry:
    """What one row states, gathered until it is sure that all of it can be."""

    ledger: Ledger
    row: int
    locator: str
    stated: dict[str, list[ox.Triple]] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    more: list[ox.Triple] = field(default_factory=list)

    def refuse(self, name: str, value: str, expected: str) -> None:
        """Note that the row can't be taken."""
        self.reasons.append((name, value, expected))

    def add(self, sheet: str, cells: dict[str, str], name: str, once: bool = False) -> str:
        """State a row of a sheet about the own thing with the slug `name`; its IRI.

        once  the thing may have been stated before, if it said the same
        """
        layout = sheets()[sheet]
        iri = self.ledger.iri(layout.kind, name)
        stated, reasons = self._checked(layout, cells, iri)
        self.reasons += reasons
        print_ = digest(*sorted(str(triple) for triple in stated if triple.predicate != LOCATOR))
        before = self.ledger.prints.get(iri)
        if before is None and iri not in self.stated:
            self.stated[iri] = stated
        elif not once:
            self.refuse("id", name, "an id that no other row has")
        elif before not in {None, print_}:
            origin = self.ledger.log.origin.get(iri, ("", 0))
            self.refuse(layout.name, name, f"the same as row {origin[1]} says of it")
        return iri

    def add_to(self, iri: str, sheet: str, cells: dict[str, str]) -> str:
        """Say more, in the columns of a sheet, of a thing that a used dataset has; its IRI.

        What it is stays as that dataset says, and the name that is given here is one more.
        """
        layout = sheets()[sheet]
        stated, reasons = self._checked(layout, cells, iri)
        self.reasons += reasons
        for triple in stated:
            if triple.predicate == LABEL:
                self.more.append(ox.Triple(triple.subject, ALIAS, triple.object))
            elif triple.predicate != TYPE:
                self.more.append(triple)
        return iri

    def mint(self, kind: str, text: str, cells: dict[str, str]) -> str:
        """State a thing that nobody knows, with `text` as its name; the first that mints it says what it is."""
        sheet = next(layout for layout in sheets().values() if layout.kind == kind)
        name = name_slug(text)
        iri = self.ledger.iri(kind, name)
        if iri not in self.ledger.prints and iri not in self.stated:
            self.add(sheet.name, {"name": text} | cells, name)
        self.ledger.ids[kind, iri] = iri
        return iri

    def _checked(self, layout: Sheet, cells: dict[str, str], iri: str) -> tuple[list[ox.Triple], list[Reason]]:
        stated, reasons = state(
            layout, cells, ox.NamedNode(iri), self.ledger.frame, self.ledger.ids, locator=self.locator
        )
        for name, text in cells.items():
            if layout.columns[name].type == "text":
                wanted = personal(text, name=layout.kind == "actor" and name in NAMES)
                if wanted:
                    reasons.append((name, WITHHELD, wanted))
            elif layout.kind == "observation" and layout.columns[name].type == "number" and text.startswith("-"):
                reasons.append((name, text, "a figure not below zero"))
        return stated, reasons

    def commit(self, rows: int = 1) -> list[ox.Triple]:
        """Take the row: what it states, remembered. A row with reasons is refused whole and gives nothing."""
        if not self.refused():
            self.ledger.log.taken[self.ledger.file] += rows
            return self.keep(self.stated) + self.more
        return []

    def refused(self) -> bool:
        """Whether the row has been refused; its reasons are in the log then."""
        for reason in dict.fromkeys(self.reasons):
            self.ledger.reject(self.row, *reason)
        refused, self.reasons = bool(self.reasons), []
        return refused

    def keep(self, stated: dict[str, list[ox.Triple]]) -> list[ox.Triple]:
        """Remember what is stated from now on, and give what had not been before."""
        fresh: list[ox.Triple] = []
        for iri, triples in stated.items():
            if iri not in self.ledger.prints:
                self.ledger.prints[iri] = digest(*sorted(str(t) for t in triples if t.predicate != LOCATOR))
                self.ledger.log.origin.setdefault(iri, (self.ledger.file, self.row))
                fresh += triples
        return fresh
