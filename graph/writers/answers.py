"""An answer as CSV, XLSX or JSON-LD. Sources, total and caveat go along in every one of them."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from rdflib import RDFS, SKOS, XSD

from graph.questions.answer import Answer
from graph.questions.parameters import TYPES
from graph.questions.stamp import Stamp
from ontology.namespaces import CON, ID

QUESTION = "https://w3id.org/concert/question/"
EVIDENCE = {
    "claim": "@id",
    "source": {"@id": str(CON.source), "@type": "@id"},
    "locators": str(CON.locator),
    "attributed_to": str(CON.attributedTo),
    "stated_on": str(CON.statedOn),
    "note": str(SKOS.note),
}
"""What the members of a source mean in JSON-LD."""
Cell = str | int | float | bool | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELL = 32_767
"""Characters that a cell of a workbook can hold."""
EPOCH = datetime(2003, 5, 14, tzinfo=UTC)
"""The creation date of every workbook, so that equal answers give equal bytes."""


def header(answer: Answer) -> list[str]:
    """Column names of the flat forms: a thing takes two, its label and its id."""
    names = []
    for name, column in answer.columns.items():
        names += [name] if column.is_plain else [name, f"{name}_id"]
    return [*names, "sources"]


def flat(answer: Answer) -> Iterator[list[Cell]]:
    """The rows of the flat forms; several values in a cell are joined by `; `."""
    for row in answer.rows:
        cells: list[Cell] = []
        for name, column in answer.columns.items():
            values = row[name] if isinstance(row[name], list) else [] if row[name] is None else [row[name]]
            if column.is_plain:
                cells.append(values[0] if len(values) == 1 else "; ".join(map(str, values)) or None)
            else:
                cells += ["; ".join(v["label"] for v in values) or None, "; ".join(v["id"] for v in values) or None]
        yield [*cells, "; ".join(cite(source) for source in row["sources"])]


def cite(source: dict[str, Any]) -> str:
    """One source in a line: document, locators, confidence, date and dataset."""
    document = source["document"] or source["source"] or source["dataset"]
    locators = "".join(f" [{locator}]" for locator in source["locators"])
    told = ", ".join(str(part) for part in (source["confidence"], source["stated_on"], source["dataset"]) if part)
    return f"{document}{locators} ({told})"


def to_csv(answer: Answer) -> bytes:
    """CSV in UTF-8 with a header row. A text that a spreadsheet would run as a formula gets a leading quote."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header(answer))
    for row in flat(answer):
        writer.writerow([inert(cell) for cell in row])
    return out.getvalue().encode("utf-8")


def inert(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def to_xlsx(answer: Answer, told: Stamp | None = None, address: str = "") -> bytes:
    """A workbook: the rows, and a sheet that says what was asked of which data, how to read it, caveat and total.

    address  where the same is answered again
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": answer.question.header.title, "created": EPOCH})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Answer")
        sheet.write_row(0, 0, header(answer), bold)
        for number, row in enumerate(flat(answer), start=1):
            sheet.write_row(number, 0, [_fitting(cell) for cell in row])
        sheet.freeze_panes(1, 0)
        sheet.autofit(300)
        about = book.add_worksheet("About")
        lines: list[tuple[str, Cell]] = [
            ("Question", answer.question.header.title),
            ("It asks", answer.question.header.asks),
            *([("Filters", "; ".join(told.filters) or "none")] if told else []),
            ("Parameters", json.dumps(dict(answer.parameters), ensure_ascii=False)),
            *(("Data", each) for each in (told.datasets if told else ())),
            *([("Address", address)] if address else []),
            ("How to read it", answer.question.header.read),
            ("Caveat", answer.question.header.caveat),
            ("Rows here", len(answer.rows)),
            ("Rows in all", f"more than {answer.total}" if answer.at_least else answer.total),
        ]
        for number, (name, value) in enumerate(lines):
            about.write(number, 0, name, bold)
            about.write(number, 1, _fitting(value))
        about.set_column(0, 0, 16)
        about.set_column(1, 1, 100, book.add_format({"text_wrap": True}))
    return out.getvalue()


def _fitting(cell: Cell) -> Cell:
    """What a cell can hold; a longer text is cut and says so."""
    if not isinstance(cell, str) or len(cell) <= CELL:
        return cell
    cut = f" … cut here, {len(cell):,} characters in all; CSV and JSON have the whole"
    return cell[: CELL - len(cut)] + cut


def to_json_ld(answer: Answer) -> dict[str, Any]:
    """The answer as JSON-LD, with the members of the JSON.

    Things are IRIs with their labels. Columns are terms of the question's own, since what a row says is the answer's
    and nobody's claim; an entry of `sources` is the claim itself, with its evidence in the terms of the ontology.
    """
    vocabulary = f"{QUESTION}{answer.question.name}#"
    things = {name for name, column in answer.columns.items() if not column.is_plain}
    things |= {name for name, parameter in answer.question.parameters.items() if parameter.type not in TYPES}
    days = {name for name, column in answer.columns.items() if column.type == "date"}
    context: dict[str, Any] = {
        "@base": str(ID),
        "@vocab": vocabulary,
        "id": "@id",
        "label": str(RDFS.label),
        "rows": {"@container": "@list"},
    }
    context |= {name: {"@type": "@id"} for name in things} | {name: {"@type": str(XSD.date)} for name in days}
    context["sources"] = {"@id": f"{vocabulary}sources", "@context": EVIDENCE}
    return {"@context": context} | answer.as_dict()
