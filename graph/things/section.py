"""A section of a dossier: the first rows of what is known of a thing in one respect, and how many there are in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.questions.answer import question
from graph.questions.catalogue import Column
from graph.questions.parameters import resolve
from graph.questions.query import Query
from graph.tables.engine import Row
from graph.tables.world import World

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Section:
    """Rows as an answer has them: things as {id, label}, lists where a column is `many`, and `sources`.

    While sections are put together, rows are as they are found, and named for all of them at once.

    whole     the columns of its rows, of which `columns` are shown
    question  the question that has all of them, asked with `given`; empty where no question does
    exact     the question with `given` has these rows and no others
    total     how many there are; with `at_least`, no less than that
    refused   why nothing is shown, in a sentence; empty where something is or could be
    """

    name: str
    title: str
    columns: Mapping[str, Column]
    rows: Sequence[Row]
    total: int
    at_least: bool = False
    question: str = ""
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refused: str = ""
    exact: bool = True
    whole: Mapping[str, Column] = field(default_factory=dict)


def narrowed(
    world: World, name: str, given: Mapping[str, Sequence[str]], where: str, thing: tuple[str, int]
) -> tuple[list[Row], int]:
    """The first rows of a question of which `where` holds, and how many there are.

    where  a condition of ours on what the question finds, that names the thing as $thing_
    thing  its id, and how many rows at the most

    Only what the question finds is told, none of the columns that it fills in for a page.
    """
    asked = question(name)
    query = Query(asked, resolve(world, asked.parameters, given))
    order = ", ".join([*asked.header.order, *([] if asked.page else ["claims"])])
    kept = query.kept(world)
    sql = f"{kept}\nselect *, count(*) over () as total from kept where {where} order by {order} limit $most_"
    values = {each: query.values.get(each) for each in query.uses if f"${each}" in sql}
    rows = world.rows(sql, values | {"thing_": thing[0], "most_": thing[1]})
    return rows, int(rows[0]["total"]) if rows else 0


def listed(world: World, query: str, thing: str, most: int) -> tuple[list[Row], int]:
    """The first rows of the query file `query` of this folder for the thing, and how many there are."""
    sql = (HERE / f"{query}.sql").read_text(encoding="utf-8")
    rows = world.rows(sql, {"thing": thing, "most": most})
    return rows, int(rows[0]["total"]) if rows else 0
