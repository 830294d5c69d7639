"""Read a folder of CSV sheets into claims.

Two passes: the first learns every id that the sheets define, the second states the rows, so that a sheet
may refer to one that comes after it. A row with any bad cell is refused whole and said in the log.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from graph.errors import InvalidData
from graph.readers import Frame, Log, Rejected, Triples
from graph.readers.layout import NAMESPACES, Column, Sheet, sheets
from ontology.namespaces import ID
from ontology.vocabulary import codes, kinds

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = ox.NamedNode(NAMESPACES["rdf"] + "type")
SOURCE = ox.NamedNode(NAMESPACES["con"] + "source")
LOCATOR = ox.NamedNode(NAMESPACES["con"] + "locator")
DECIMAL = ox.NamedNode(XSD + "decimal")
DATES = ((10, "", "date"), (7, "-01", "gYearMonth"), (4, "-01-01", "gYear"))
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SLUG = re.compile(r"[a-z0-9][a-z0-9._-]*")

Row = dict[str, str]
Ids = Mapping[tuple[str, str], str]
Reason = tuple[str, str, str]
"""A field, what stood in it, and what was expected."""


class _Refused(ValueError):
    """A cell that cannot be read; says what was expected."""


def slug(text: str) -> str:
    """A readable ASCII slug of any text: `Gorno-Badakhshān` -> `gorno-badakhshan`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-.")


def rows(file: Path) -> Iterator[tuple[int, Row]]:
    """Each row of a CSV file with its line number; cells are stripped.

    Raises InvalidData when the file is not UTF-8, has no header, a column twice, or a row longer than it.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            header = [name.strip() for name in next(reader, [])]
            if not header:
                raise InvalidData(f"{file.name} is empty", where=file.name, expected="a header row")
            if len(set(header)) != len(header):
                twice = next(name for name in header if header.count(name) > 1)
                raise InvalidData(f"{file.name} has the column {twice!r} twice", where=file.name, given=twice)
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) > len(header):
                    raise InvalidData(
                        f"{file.name} row {reader.line_num} has {len(cells)} cells under {len(header)} columns",
                        where=f"{file.name} row {reader.line_num}",
                        expected="quotes around a cell that contains a comma",
                    )
                yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False))
    except UnicodeDecodeError as error:
        raise InvalidData(f"{file.name} is not UTF-8 text", where=f"byte {error.start}", expected="UTF-8") from error
    except csv.Error as error:
        raise InvalidData(f"{file.name} is not a CSV table: {error}", where=file.name, expected="CSV") from error


def read_sheets(folder: Path, frame: Frame, log: Log, apart: frozenset[str] = frozenset()) -> Triples:
    """The triples of every sheet in `folder`, refused rows going to `log`. Files named in `apart` are no sheets.

    Raises InvalidData for a file that is no known sheet or has an unknown column: a typo must not lose a column.
    """
    files = _files(folder, apart)
    own: dict[tuple[str, str], str] = {}
    for sheet, file in files:
        _learn(sheet, file, frame, own)
    for sheet, file in files:
        yield from _state(sheet, file, frame, own, log)


def _files(folder: Path, apart: frozenset[str]) -> list[tuple[Sheet, Path]]:
    known = sheets()
    found = []
    for file in sorted(file for file in folder.glob("*.csv") if file.name not in apart):
        sheet = known.get(file.stem)
        if sheet is None:
            raise InvalidData(
                f"{file.name} is not a sheet that Concert knows",
                where=str(file),
                given=file.stem,
                expected="one of " + ", ".join(known),
            )
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
            header = [cell.strip() for cell in next(csv.reader(handle), [])]
        for name in header:
            if name != "id" and name not in sheet.columns:
                raise InvalidData(
                    f"{file.name} has a column {name!r} that sheet {sheet.name} does not have",
                    where=file.name,
                    given=name,
                    expected="id, " + ", ".join(sheet.columns),
                )
        found.append((sheet, file))
    order = list(known)
    return sorted(found, key=lambda pair: order.index(pair[0].name))


def _own_slug(sheet: Sheet, row: Row) -> str:
    given = row.get("id", "")
    if given or not sheet.key:
        return given
    return "--".join(slug(row.get(name, "")) for name in sheet.key if row.get(name))


def _learn(sheet: Sheet, file: Path, frame: Frame, own: dict[tuple[str, str], str]) -> None:
    for _, row in rows(file):
        name = _own_slug(sheet, row)
        if SLUG.fullmatch(name):
            own.setdefault((sheet.kind, name), f"{ID}{sheet.kind}/{frame.prefix}{name}")


def _state(sheet: Sheet, file: Path, frame: Frame, own: Ids, log: Log) -> Triples:
    log.taken[sheet.name] = 0
    for number, row in rows(file):
        name = _own_slug(sheet, row)
        subject = ox.NamedNode(own.get((sheet.kind, name), ID + "none"))
        stated, reasons = state(sheet, row, subject, frame, own, locator=f"{file.name} row {number}")
        refused = [*_bad_id(sheet, row, name, own, log), *reasons]
        if refused:
            log.rejected += [Rejected(file.name, number, *reason) for reason in refused]
            continue
        log.taken[sheet.name] += 1
        log.origin[subject.value] = (file.name, number)
        yield from stated


def state(
    sheet: Sheet, row: Row, subject: ox.NamedNode, frame: Frame, ids: Ids, *, locator: str
) -> tuple[list[ox.Triple], list[Reason]]:
    """The triples that one row states about `subject`, and why cells of it were refused, if any were.

    ids      the IRIs that its references may name besides those of the frame
    locator  where the row stands, for a row that does not say it
    """
    stated = [ox.Triple(subject, TYPE, ox.NamedNode(NAMESPACES["con"] + (row.get("class") or sheet.class_)))]
    if sheet.kind != "source":
        if not row.get("source"):
            stated.append(ox.Triple(subject, SOURCE, ox.NamedNode(frame.source)))
        if not row.get("locator"):
            stated.append(ox.Triple(subject, LOCATOR, ox.Literal(locator)))
    reasons: list[Reason] = []
    for column in sheet.columns.values():
        try:
            stated += [ox.Triple(subject, ox.NamedNode(column.property), o) for o in _cell(column, row, frame, ids)]
        except _Refused as error:
            reasons.append((column.name, row.get(column.name, ""), str(error)))
    return stated, reasons


def _bad_id(sheet: Sheet, row: Row, name: str, own: Ids, log: Log) -> Iterator[Reason]:
    if (sheet.kind, name) not in own:
        yield "id", row.get("id", ""), "a slug of lower-case letters, digits, dots and hyphens"
    elif own[sheet.kind, name] in log.origin:
        first = log.origin[own[sheet.kind, name]]
        yield "id", name, f"an id of its own: {first[0]} row {first[1]} has this one already"


def _cell(column: Column, row: Row, frame: Frame, own: Ids) -> list[ox.NamedNode | ox.Literal]:
    text = row.get(column.name, "")
    if not text:
        if column.required:
            raise _Refused(f"a value: {column.name} is required")
        return []
    if column.type == "class":
        if text not in column.of:
            raise _Refused("one of " + ", ".join(column.of))
        return []
    values = [part.strip() for part in text.split(";")] if column.many else [text]
    return [_READ[column.type](column, value, frame, own) for value in values if value]


def _text(column: Column, value: str, frame: Frame, own: Ids) -> ox.Literal:
    lang = frame.language if column.lang is None else column.lang
    return ox.Literal(value, language=lang) if lang else ox.Literal(value)


def _date(column: Column, value: str, frame: Frame, own: Ids) -> ox.Literal:
    for length, missing, datatype in DATES:
        if len(value) == length and _is_day(value + missing):
            return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
    raise _Refused("a date as 2003, 2003-05 or 2003-05-14")


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _number(column: Column, value: str, frame: Frame, own: Ids) -> ox.Literal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise _Refused("a number with a point for decimals, without unit or separators")
    return ox.Literal(format(number, "f"), datatype=DECIMAL)


def _code(column: Column, value: str, frame: Frame, own: Ids) -> ox.NamedNode:
    return _concept(column.of[0], value)


def _concept(scheme: str, value: str) -> ox.NamedNode:
    concept = codes(scheme).get(value)
    if concept is None:
        raise _Refused(f"a {scheme} code: " + ", ".join(sorted(codes(scheme))))
    return ox.NamedNode(ID + concept.id)


def _ref(column: Column, value: str, frame: Frame, own: Ids) -> ox.NamedNode:
    kind, _, name = value.partition(":") if len(column.of) > 1 else (column.of[0], ":", value)
    if kind not in column.of:
        raise _Refused("kind:slug with a kind out of " + ", ".join(column.of))
    if kind in kinds():
        return _concept(kind, name)
    found = own.get((kind, name)) or frame.known.get((kind, name))
    if found is None:
        raise _Refused(f"the id of a {kind} in this dataset or in one that it uses")
    return ox.NamedNode(found)


def _notation(column: Column, value: str, frame: Frame, own: Ids) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(NAMESPACES["con"] + column.of[0]))


_READ: dict[str, Callable[[Column, str, Frame, Ids], ox.NamedNode | ox.Literal]] = {
    "text": _text,
    "date": _date,
    "number": _number,
    "code": _code,
    "ref": _ref,
    "notation": _notation,
}
