"""`concert ask` and `concert sparql`."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from api.terminal import HomeOption, check_format, given, opened, said, write
from api.visibility import visible
from graph.questions.answer import Answer
from graph.questions.answer import ask as answered
from graph.questions.catalogue import catalogue
from graph.questions.stamp import stamp
from graph.store import GRAPH_TYPES, SOLUTION_TYPES
from graph.writers.answers import flat, header, to_csv, to_json_ld, to_xlsx

UNBOUNDED = 1 << 20
"""Columns of a terminal in which any answer has room."""


def ask(
    name: Annotated[str | None, typer.Argument(help="A question; without one, the questions are listed.")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(help="name=value …, such as place=TJ domain=drugs")] = None,
    *,
    format: Annotated[str, typer.Option(help="table, json, jsonld, csv or xlsx")] = "table",
    limit: Annotated[str | None, typer.Option(help="Rows of one page.")] = None,
    cursor: Annotated[str | None, typer.Option(help="`next` of the page before.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    home: HomeOption = None,
) -> None:
    """Ask a question."""
    if name is None:
        for question in catalogue().values():
            typer.echo(f"{question.name:24}{question.header.asks}")
        return
    writers = {"table": _table, "json": _as_json, "jsonld": _as_json_ld, "csv": to_csv, "xlsx": to_xlsx}
    check_format(format, writers)
    with opened(home) as library:
        world = library.world(visible(library))
        answer = answered(world, name, given(parameters or []), limit, cursor)
        told = stamp(world, answer)
    write(to_xlsx(answer, told) if format == "xlsx" else writers[format](answer), output)
    if format in ("table", "csv"):  # the others say it themselves
        of = f"more than {answer.total}" if answer.at_least else str(answer.total)
        said.print(f"{len(answer.rows)} of {of} rows. {answer.question.header.caveat}", markup=False)
        if answer.next:
            said.print(f"next page: --cursor {answer.next}", markup=False, soft_wrap=True)


def _as_json(answer: Answer) -> bytes:
    return _json(answer.as_dict())


def _as_json_ld(answer: Answer) -> bytes:
    return _json(to_json_ld(answer))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _table(answer: Answer) -> bytes:
    """A table where every word has room in its column, else a block of lines a row."""
    console = Console(highlight=False)
    names = header(answer)
    shown = [place for place, name in enumerate(names) if not name.endswith("_id")]
    rows = [["" if row[place] is None else str(row[place]) for place in shown] for row in flat(answer)]
    table = Table(title=answer.question.header.title, show_lines=False)
    for place in shown:
        table.add_column(names[place])
    for row in rows:
        table.add_row(*(text or "–" for text in row))
    unbounded = console.options.update(max_width=UNBOUNDED, markup=False)
    if Measurement.get(console, unbounded, table).minimum > console.width:
        return _blocks(answer, [names[place] for place in shown], rows)
    with console.capture() as drawn:
        console.print(table, markup=False)
    return drawn.get().encode()


def _blocks(answer: Answer, names: list[str], rows: list[list[str]]) -> bytes:
    """The rows as `name: value` lines, without the empty ones; each document once, with the number of its claims."""
    told = [answer.question.header.title]
    for row, full in zip(rows, answer.rows, strict=True):
        documents = Counter(source["document"] or source["source"] or source["dataset"] for source in full["sources"])
        cited = "; ".join(f"{name} ({count} claim{'s' * (count > 1)})" for name, count in documents.items())
        cells = zip(names, [*row[:-1], cited], strict=True)
        told.append("\n".join(f"{name}: {text}" for name, text in cells if text))
    return ("\n\n".join(told) + "\n").encode()


def sparql(
    query: Annotated[Path, typer.Argument(allow_dash=True, help="A file with a query, or - for standard input.")],
    format: Annotated[str | None, typer.Option(help="A media type, such as text/csv.")] = None,
    home: HomeOption = None,
) -> None:
    """Ask in SPARQL."""
    text = sys.stdin.read() if str(query) == "-" else query.read_text(encoding="utf-8")
    with opened(home) as library:
        world = library.world(visible(library))
        accept = (format,) if format else SOLUTION_TYPES + GRAPH_TYPES
        write(world.store().query(text, world.graphs, accept).body, None)
