"""`concert ask` and `concert sparql`."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.terminal import HomeOption, check_format, given, opened, said, write
from api.visibility import visible
from graph.questions.answer import Answer
from graph.questions.answer import ask as answered
from graph.questions.catalogue import catalogue
from graph.store import GRAPH_TYPES, SOLUTION_TYPES
from graph.writers.answers import flat, header, to_csv, to_json_ld, to_xlsx


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
        answer = answered(library.world(visible(library)), name, given(parameters or []), limit, cursor)
    write(writers[format](answer), output)
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
    console = Console(highlight=False)
    table = Table(title=answer.question.header.title, show_lines=False)
    shown = [place for place, name in enumerate(header(answer)) if not name.endswith("_id")]
    for place in shown:
        table.add_column(header(answer)[place])
    for row in flat(answer):
        table.add_row(*("–" if row[place] is None else str(row[place]) for place in shown))
    with console.capture() as drawn:
        console.print(table, markup=False)
    return drawn.get().encode()


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
