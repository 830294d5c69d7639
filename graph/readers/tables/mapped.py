"""Read a table by a mapping file: each row becomes rows of Concert's sheets, or is refused with its reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from graph.errors import InvalidData
from graph.readers import Frame, Log, Triples
from graph.readers.layout import Column, sheets
from graph.readers.sheets import slug
from graph.readers.tables.cells import Cell, Given, Unread, columns_of, fill
from graph.readers.tables.header import Table, open_table
from graph.readers.tables.ledger import Entry, Ledger, name_slug
from graph.readers.tables.mapping import Mapping, Record, Route, mapping_of, parse_mapping
from graph.readers.tables.repeats import Repeats
from graph.readers.tables.route import legs
from graph.readers.tables.summing import Sums
from graph.readers.tables.words import code
from ontology.vocabulary import kinds

POSITION = re.compile(r"column (\d+)")
Made = dict[str, list[tuple[str, str]]]
"""The records of a row by their names: kind and IRI of each."""


def read_mapped(file: Path, frame: Frame, log: Log) -> Triples:
    """The claims of a table by the mapping in `frame.options`, refused rows going to `log`.

    Raises InvalidData for a file that is no table, for a mapping that is none, and for one that reads columns
    which the table does not have.
    """
    given = frame.options.get("mapping")
    if given is None:
        raise InvalidData(
            f"{file.name} is a table without hashtags",
            where=file.name,
            expected="a mapping; `concert load --suggest-mapping` drafts one",
        )
    mapping = parse_mapping(given) if isinstance(given, str) else mapping_of(given)
    table = open_table(file, mapping.opening(), mapping.header, log.notes.append)
    yield from _Reading(file, mapping, table, Ledger(file.name, frame, log)).claims()


@dataclass
class _Reading:
    file: Path
    mapping: Mapping
    table: Table
    ledger: Ledger
    made: Made = field(default_factory=dict)
    left_out: int = 0

    @cached_property
    def sums(self) -> Sums:
        return Sums(self.ledger)

    def claims(self) -> Iterator[ox.Triple]:
        self._check_columns()
        repeats = Repeats(self.mapping.repeated) if self.mapping.repeated else None
        for number, cells in self.table.rows:
            entry = Entry(self.ledger, number, f"{self.file.name} row {number}")
            row = self._row(entry, cells)
            if repeats and (first := repeats.first(number, row)):
                unit = self.mapping.repeated.unit if self.mapping.repeated else ""
                entry.refuse(unit, row[unit], f"one report of an event; row {first} has it in another unit")
            if not entry.reasons:
                yield from self._entered(entry, row, cells)
            entry.refused()
        if self.left_out:
            self.ledger.log.notes.append(f"{self.file.name}: {self.left_out} cells left out, as `unless` says")
        if self.mapping.persons:
            yield from self.sums.counted(self.mapping.persons.smallest)
        else:
            yield from self.sums.claims()

    def _check_columns(self) -> None:
        names = self.table.names
        for group in sorted(self.mapping.used()):
            if not any(name in names or POSITION.fullmatch(name) for name in group):
                raise InvalidData(
                    f"{self.file.name} has no column {group[0]!r}, which the mapping reads",
                    where="mapping",
                    given=" or ".join(group),
                    expected="one of " + ", ".join(names[:50]),
                )
        for record in self.mapping.rows:
            wide = [record.each.columns] if record.each else []
            for columns in (*wide, *(cell.columns for cell in record.columns.values() if cell.columns is not None)):
                if not columns_of(columns, names):
                    raise InvalidData(
                        f"{self.file.name} has no column that {columns!r} means", where="mapping", given=str(columns)
                    )
        read = {name for group in self.mapping.used() for name in group}
        read |= {n for r in self.mapping.rows if r.each for n in columns_of(r.each.columns, names)}
        read |= {
            n for r in self.mapping.rows for c in r.columns.values() if c.columns for n in columns_of(c.columns, names)
        }
        read |= {names[int(m[1]) - 1] for n in read if (m := POSITION.fullmatch(n)) and int(m[1]) <= len(names)}
        unread = [name for name in names if name not in read]
        if unread:
            more = f" and {len(unread) - 20} more" if len(unread) > 20 else ""
            self.ledger.log.notes.append(f"{self.file.name}: columns not read: {', '.join(unread[:20])}{more}")

    def _row(self, entry: Entry, cells: list[str]) -> Given:
        names = self.table.names
        if len(cells) > len(names) and self.mapping.beyond == "refuse":
            entry.refuse("row", f"{len(cells)} cells", f"at most {len(names)}, as many as there are columns")
        missing = self.mapping.missing
        texts = ["" if cell in missing else cell for cell in cells] + [""] * (len(names) - len(cells))
        row = {f"column {position}": text for position, text in enumerate(texts, start=1)}
        row |= {"file": self.file.name} | dict(zip(names, texts, strict=False))
        for name, pattern in self.mapping.skip.items():
            text = fill("{" + name + "}", row)
            if text and re.fullmatch(pattern, text):
                entry.refuse(name, text, "a row that the mapping does not leave out")
        return row

    def _entered(self, entry: Entry, row: Given, cells: list[str]) -> Iterator[ox.Triple]:
        self.made = {}
        own = self.ledger.content_slug(cells)
        added: list[tuple[Record, dict[str, str]]] = []
        for at, record in enumerate(self.mapping.rows):
            for given, suffix in self._given(record, row):
                try:
                    if record.route:
                        self._route(entry, record, record.route, given)
                        continue
                    filled = self._cells(entry, record.sheet, record.columns, given)
                    if record.sum:
                        added += self._checked(entry, record, filled)
                        continue
                    known = self._same(record, given)
                    if known:
                        iri = entry.add_to(known, record.sheet, filled)
                    else:
                        name = self._name(record, filled, given, f"{own}-{at}{suffix}")
                        iri = entry.add(record.sheet, filled, name, once=record.once)
                    self.made.setdefault(record.name, []).append((sheets()[record.sheet].kind, iri))
                except Unread:
                    continue  # the reason is in the entry already
        if not entry.stated and not entry.more and not added and not entry.reasons:
            entry.refuse("row", "", "a cell from which the mapping makes something; all of them are empty")
        if self.mapping.persons and not added:
            entry.refuse("persons", "(withheld)", "a row that is counted")
        yield from self._taken(entry, added)

    def _taken(self, entry: Entry, added: list[tuple[Record, dict[str, str]]]) -> Iterator[ox.Triple]:
        if entry.reasons:
            return
        persons = self.mapping.persons is not None
        for record, filled in added:
            self.sums.add(record.sheet, record.sum, filled, entry.row, entry.stated if persons else {})
        if not persons:
            yield from entry.commit()

    def _given(self, record: Record, row: Given) -> Iterator[tuple[Given, str]]:
        if record.each is None:
            if not record.when or fill(record.when, row):
                yield row, ""
            return
        for name in columns_of(record.each.columns, self.table.names):
            given = {**row, "column": name, "cell": row[name]}
            if any(re.fullmatch(pattern, row[name]) for pattern in record.each.unless if row[name]):
                self.left_out += 1
            elif row[name] and (not record.when or fill(record.when, given)):
                yield given, f"-{name_slug(name)}"

    def _same(self, record: Record, row: Given) -> str | None:
        """The thing of a used dataset that the record says more of."""
        kind = sheets()[record.sheet].kind
        texts = (text for cell in record.same for text in cell.values(row, self.mapping.maps, "text"))
        return next((iri for text in texts if (iri := self.ledger.find(kind, text))), None)

    def _name(self, record: Record, filled: dict[str, str], row: Given, own: str) -> str:
        if record.id is not None:
            given = record.id.values(row, self.mapping.maps, "text")
            if given:
                return name_slug(given[0])
        key = sheets()[record.sheet].key
        return "--".join(slug(filled[name].rpartition("/")[2]) for name in key if filled.get(name)) or own

    def _checked(self, entry: Entry, record: Record, filled: dict[str, str]) -> list[tuple[Record, dict[str, str]]]:
        """The record, if a row of its own could state it; the trial itself is not stated."""
        trial = Entry(self.ledger, entry.row, entry.locator)
        trial.add(record.sheet, filled, "trial", once=True)
        if not filled.get(record.sum):
            trial.refuse(record.sum, "", "a number to add up")
        entry.reasons += trial.reasons
        return [(record, filled)]

    def _route(self, entry: Entry, record: Record, route: Route, row: Given) -> None:
        place = sheets()["legs"].columns["place"]
        parts = [
            [*self._values(entry, place, cell, row)] for cell in (*route.origin, *route.transit, *route.destination)
        ]
        at = (len(route.origin), len(route.origin) + len(route.transit))
        stops = ([p for part in some for p in part] for some in (parts[: at[0]], parts[at[0] : at[1]], parts[at[1] :]))
        shared = self._cells(entry, "legs", record.columns, row)
        for where, role, onward in legs(*stops):
            filled = shared | {"place": where, "role": role} | ({"next": onward} if onward else {})
            iri = entry.add("legs", filled, self._name(record, filled, row, ""), once=True)
            self.made.setdefault(record.name, []).append(("leg", iri))

    def _cells(self, entry: Entry, sheet: str, columns: dict[str, Cell], row: Given) -> dict[str, str]:
        filled: dict[str, str] = {}
        for name, cell in columns.items():
            column = sheets()[sheet].columns[name]
            values = list(dict.fromkeys(self._values(entry, column, cell, row)))
            if len(values) > 1 and not column.many and column.type != "text":
                entry.refuse(name, "; ".join(values), "one value")
            elif values:
                filled[name] = ("; " if column.type == "text" else ";").join(values)
        return filled

    def _values(self, entry: Entry, column: Column, cell: Cell, row: Given) -> list[str]:
        """The values of a cell as a sheet has them: codes by their notation, references by their IRI. Raises Unread."""
        shown = fill(cell.source, row)
        try:
            values = cell.values(row, self.mapping.maps, column.type)
            if column.type == "code":
                return [code(column.of[0], value) or value for value in values]
            if column.type == "ref":
                return [found for value in values for found in self._ref(entry, column, cell, value, row)]
        except Unread as error:
            entry.refuse(column.name, shown, str(error))
            raise
        return values

    def _ref(self, entry: Entry, column: Column, cell: Cell, value: str, row: Given) -> list[str]:
        several = len(column.of) > 1
        kind, _, text = value.partition(":") if several else (column.of[0], ":", value)
        if value.startswith("@") or text.startswith("@"):
            named = self.made.get(value.rpartition("@")[2], [])
            return [f"{k}:{iri}" if several else iri for k, iri in named]
        if kind not in column.of:
            raise Unread("kind:name with a kind out of " + ", ".join(column.of))
        if kind in kinds():
            return [f"{kind}:{code(kind, text) or text}"]
        found = self.ledger.find(kind, text.strip()) or self._minted(entry, kind, cell, text.strip(), row)
        return [f"{kind}:{found}" if several else found]

    def _minted(self, entry: Entry, kind: str, cell: Cell, text: str, row: Given) -> str:
        allowed = kind == "actor" if cell.mint is None else cell.mint is not False
        if not allowed or self.mapping.persons or not text:
            raise Unread(f"a {kind} by an id or a name that this dataset or one that it uses knows")
        sheet = next(layout.name for layout in sheets().values() if layout.kind == kind)
        columns = cell.mint if isinstance(cell.mint, dict) else {}
        filled = {"class": "Organisation"} if kind == "actor" else {}
        return entry.mint(kind, text, filled | self._cells(entry, sheet, columns, {**row, "text": text}))
