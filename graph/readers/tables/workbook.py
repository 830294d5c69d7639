"""Workbooks (XLSX, ODS) as rows, after a look at the archive that keeps a bomb from being unpacked."""

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import wraps
from pathlib import Path
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from graph.errors import InvalidData, TooLarge
from graph.readers.tables.opening import CELL, COLUMNS, Line, Tell

UNPACKED = 512 * 1024 * 1024
"""Most bytes that an archive may unpack to; a sheet of a million rows and fifteen columns takes about this much."""

SHARED = 128 * 1024 * 1024
"""Most bytes of the parts of XLSX that have to be in memory at once."""

RATIO = 200
"""Most times that a part may grow; sheets full of repeats reach about fifty."""

PARTS = 10_000
SMALL = 1024 * 1024
OFFICE, TABLE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text"))
BROKEN = (
    *(OSError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, NotImplementedError),
    *(RuntimeError, zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException),
)
"""What the libraries raise for a damaged, encrypted or hostile workbook."""

Reader = Callable[[Path, str | int | None, Tell], Iterator[Line]]


def _told(read: Reader) -> Reader:
    """Check the archive first, and say in one line what else is wrong with the workbook."""

    @wraps(read)
    def told(file: Path, sheet: str | int | None, tell: Tell) -> Iterator[Line]:
        try:
            _check(file)
            yield from read(file, sheet, tell)
        except BROKEN as error:
            why = str(error).partition("\n")[0][:200] or type(error).__name__
            raise InvalidData(
                f"{file.name} is not a workbook that can be read: {why}", where=file.name, expected="XLSX or ODS"
            ) from error

    return told


def _check(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    growth = max((p.file_size / max(p.compress_size, 1) for p in parts if p.file_size > SMALL), default=0.0)
    shared = max(
        (p.file_size for p in parts if not p.filename.startswith(("xl/worksheets/", "content.xml"))), default=0
    )
    for what, came, most in (
        ("parts", len(parts), PARTS),
        ("bytes when unpacked", total, UNPACKED),
        ("bytes in one part besides the sheets", shared, SHARED),
        ("times its packed size in a part", round(growth), RATIO),
    ):
        if came > most:
            raise TooLarge(f"{file.name} has {came:,} {what}", where=file.name, expected=f"at most {most:,}")


@_told
def xlsx_lines(file: Path, sheet: str | int | None, tell: Tell) -> Iterator[Line]:
    """The rows of one sheet of an XLSX workbook, the first that shows unless named; formulas give their last value."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            names = [name for name in book.sheetnames if hasattr(book[name], "iter_rows")]
            shown = [name for name in names if book[name].sheet_state == "visible"]
            page = book[_chosen(file, names, shown, sheet, tell)]
            page.reset_dimensions()
            for number, cells in enumerate(page.iter_rows(values_only=True), start=1):
                yield number, [_text(cell) for cell in cells]
        finally:
            book.close()


@_told
def ods_lines(file: Path, sheet: str | int | None, tell: Tell) -> Iterator[Line]:
    """The rows of one sheet of an ODS workbook, the first unless named."""
    with zipfile.ZipFile(file) as archive:
        with archive.open("content.xml") as part:
            opened = iterparse(part, events=("start",), forbid_dtd=True)
            names = [element.get(f"{TABLE}name", "") for _, element in opened if element.tag == f"{TABLE}table"]
        wanted = _chosen(file, names, names, sheet, tell)
        with archive.open("content.xml") as part:
            yield from _ods_rows(part, wanted)


def _ods_rows(part: Any, wanted: str) -> Iterator[Line]:
    inside, number = False, 0
    for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
        if element.tag == f"{TABLE}table":
            if inside and event == "end":
                return
            inside = element.get(f"{TABLE}name", "") == wanted
            if event == "end":
                element.clear()
        elif event == "end" and element.tag == f"{TABLE}table-row":
            repeated = int(element.get(f"{TABLE}number-rows-repeated", "1"))
            cells = _ods_cells(element) if inside else []
            # A filled row that repeats is written out; the empty rest of a sheet, a million rows, is one step.
            for step in range(1, repeated + 1 if cells else 1):
                yield number + step, cells
            number += repeated
            element.clear()


def _ods_cells(row: Any) -> list[str]:
    cells: list[str] = []
    empty = 0
    for cell in row:
        repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        text = _ods_text(cell)
        if not text:
            empty += repeated
            continue
        cells += [""] * min(empty, COLUMNS + 1) + [text] * min(repeated, COLUMNS + 1)
        empty = 0
    return cells


def _ods_text(cell: Any) -> str:
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind in {"float", "currency", "percentage"}:
        return _text(float(cell.get(f"{OFFICE}value", "")))
    if kind == "date":
        return str(cell.get(f"{OFFICE}date-value", "")).removesuffix("T00:00:00")
    if kind == "boolean":
        return str(cell.get(f"{OFFICE}boolean-value", ""))
    return "\n".join("".join(paragraph.itertext()) for paragraph in cell if paragraph.tag == f"{TEXT}p")[: CELL + 1]


def _chosen(file: Path, names: list[str], shown: list[str], wanted: str | int | None, tell: Tell) -> str:
    if wanted is None and shown:
        if len(shown) > 1:
            tell(f"{file.name} has the sheets {', '.join(shown)}; {shown[0]} was read. A mapping may name another.")
        return shown[0]
    if isinstance(wanted, int) and 1 <= wanted <= len(names):
        return names[wanted - 1]
    if wanted in names:
        return str(wanted)
    raise InvalidData(
        f"{file.name} has no such sheet", where=file.name, given=wanted, expected="one of " + ", ".join(names)
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
