"""A matrix as it is seen, as files: CSV and a workbook in its own layout, HXL with a row a cell, and as JSON."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from graph.writers.answers import EPOCH, inert
from viz.matrices.matrix import Cell, Matrix, Side
from viz.matrices.stamp import Stamp

WORDS = {
    "counted": "recorded",
    "ended": "ended",
    "planned": "planned",
    "none-recorded": "none recorded",
    "no-source": "no source",
}
"""State of a cell -> how it is said."""
TAGS = {
    "place": "#loc",
    "domain": "#sector+domain",
    "response": "#subsector+response",
    "target": "#beneficiary+type",
    "actor": "#org",
    "role": "#org+role",
    "status": "#status+programme",
}
"""Dimension -> hashtag, in the words of the 5W export."""
FILLS = {
    "ended": {"pattern": 11, "fg_color": "#9aa3a8", "bg_color": "#ffffff"},
    "planned": {"pattern": 12, "fg_color": "#8583e0", "bg_color": "#ffffff"},
    "none-recorded": {"pattern": 14, "fg_color": "#e0936f", "bg_color": "#ffffff"},
    "no-source": {"pattern": 18, "fg_color": "#b98ab8", "bg_color": "#ffffff"},
}
"""Fills of a workbook: hatched as on the page, so that a printed sheet tells them apart too."""
HEAT = ("#ffffff", "#f0f5f7", "#e2eaef", "#d3e1e8", "#c4d6df")


def said(cell: Cell) -> str | int:
    """A cell in words: its number, what is planned, and why it is empty."""
    match cell.state:
        case "counted" if not cell.proposed:
            return cell.programmes
        case "counted":
            return f"{cell.programmes}, {cell.proposed} planned"
        case "ended":
            return f"{cell.programmes} ended"
        case "planned":
            return f"{cell.proposed} planned"
    return WORDS[cell.state]


def _lines(drawn: Matrix) -> Iterator[list[Any]]:
    """Rows with their margins, as they stand on the page; the group comes first where there are groups."""
    grouped = any(row.group for row in drawn.rows)
    yield [
        *(["Group"] if grouped else []),
        drawn.down.capitalize(),
        f"{drawn.down.capitalize()} id",
        *(column.label for column in drawn.columns),
        "All",
    ]
    for row in drawn.rows:
        cells = [said(drawn.cell(row, column)) for column in drawn.columns]
        yield [*([row.group] if grouped else []), row.label, row.id or "", *cells, row.programmes]
    totals = [column.programmes for column in drawn.columns]
    yield [*([""] if grouped else []), "All", "", *totals, drawn.programmes]


def to_csv(drawn: Matrix, told: Stamp) -> bytes:
    """The matrix as it stands on the page, under lines with `#` that say what it is of."""
    out = io.StringIO(newline="")
    for line in told.lines:
        out.write(f"# {' '.join(line.split())}\r\n")
    writer = csv.writer(out)
    for cells in _lines(drawn):
        writer.writerow([inert(cell) for cell in cells])
    return out.getvalue().encode("utf-8", "replace")


def to_hxl(drawn: Matrix, told: Stamp) -> bytes:
    """A row a cell, with titles and hashtags: what a pivot table or an HXL tool takes."""
    down, across = TAGS[drawn.down], TAGS[drawn.across]
    if down == across:
        down, across = f"{down}+side", f"{across}+top"
    columns = [
        (drawn.down.capitalize(), f"{down}+name"),
        (f"{drawn.down.capitalize()} id", f"{down}+code"),
        ("Group", f"{down}+group"),
        (drawn.across.capitalize(), f"{across}+name"),
        (f"{drawn.across.capitalize()} id", f"{across}+code"),
        ("Programmes", "#indicator+programmes+num"),
        ("Running", "#indicator+running+num"),
        ("Planned", "#indicator+planned+num"),
        ("What it means", "#status+coverage"),
        ("Filters", "#meta+filters"),
        ("Data", "#meta+source+name"),
    ]
    filters, data = "; ".join(told.filters), "; ".join(told.datasets)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([title for title, _ in columns])
    writer.writerow([tag for _, tag in columns])
    for row in drawn.rows:
        for column in drawn.columns:
            cell = drawn.cell(row, column)
            side: list[str] = [row.label, row.id or "", row.group, column.label, column.id or ""]
            counts = [cell.programmes, cell.running, cell.proposed]
            texts = [inert(text) for text in (WORDS[cell.state], filters, data)]
            writer.writerow([*map(inert, side), *counts, *texts])
    return out.getvalue().encode("utf-8", "replace")


def to_xlsx(drawn: Matrix, told: Stamp) -> bytes:
    """A workbook: the matrix with its hatching, and a sheet that says what it is of."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": told.title, "created": EPOCH})
        bold = book.add_format({"bold": True})
        edge = {"border": 1, "border_color": "#d5dbe0", "align": "right"}
        looks = {name: book.add_format(edge | fill) for name, fill in FILLS.items()}
        looks |= {f"heat-{at}": book.add_format(edge | {"bg_color": colour}) for at, colour in enumerate(HEAT)}
        sheet = book.add_worksheet("Matrix")
        lines = list(_lines(drawn))
        first = len(lines[0]) - len(drawn.columns) - 1
        for at, cells in enumerate(lines):
            sheet.write_row(at, 0, cells, bold if at in (0, len(lines) - 1) else None)
        for at, row in enumerate(drawn.rows, 1):
            for over, column in enumerate(drawn.columns, first):
                cell = drawn.cell(row, column)
                sheet.write(at, over, said(cell), looks[cell.state if cell.state in FILLS else f"heat-{cell.heat}"])
        sheet.freeze_panes(1, first)
        sheet.set_column(0, first - 1, 24)
        sheet.set_column(first, first + len(drawn.columns), 14)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 120, book.add_format({"text_wrap": True}))
        for at, line in enumerate(told.lines):
            about.write(at, 0, line, bold if at == 0 else None)
    return out.getvalue()


def as_dict(drawn: Matrix, told: Stamp) -> dict[str, Any]:
    """The matrix as the API gives it: sides, and a list of cells for every row."""
    return {
        "title": told.title,
        "down": drawn.down,
        "across": drawn.across,
        "rows": [_side(row) | {"group": row.group or None} for row in drawn.rows],
        "columns": [_side(column) for column in drawn.columns],
        "cells": [[_cell(drawn.cell(row, column)) for column in drawn.columns] for row in drawn.rows],
        "programmes": drawn.programmes,
        "proposed": drawn.proposed,
        "all_rows": drawn.all_rows,
        "all_columns": drawn.all_columns,
        "filters": list(told.filters),
        "datasets": list(told.datasets),
        "caveat": told.caveat,
    }


def _side(side: Side) -> dict[str, Any]:
    return {"id": side.id, "label": side.label, "programmes": side.programmes, "proposed": side.proposed}


def _cell(cell: Cell) -> dict[str, Any]:
    counts = {"programmes": cell.programmes, "running": cell.running, "proposed": cell.proposed}
    return {"state": cell.state} | counts
