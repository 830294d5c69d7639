"""A section of a dossier: the first rows of what is known of a thing in one respect, and how many there are in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.questions.answer import labels_of, question, sources_of
from graph.questions.catalogue import Column
from graph.questions.parameters import resolve
from graph.questions.query import Query
from graph.tables.world import World

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Section:
    """Rows as an answer has them: things as {id, label}, lists where a column is `many`, and `sources`.

    question  the question that has all of them, asked with `given`; empty where no question does
    exact     the question with `given` has these rows and no others
    total     how many there are; with `at_least`, no less than that
    refused   why nothing is shown, in a sentence; empty where something is or could be
    """

    name: str
    title: str
    columns: Mapping[str, Column]
    rows: Sequence[dict[str, Any]]
    total: int
    at_least: bool = False
    question: str = ""
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refused: str = ""
    exact: bool = True


def narrowed(
    world: World, name: str, given: Mapping[str, Sequence[str]], where: str, thing: tuple[str, int]
) -> tuple[list[dict[str, Any]], int]:
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
    return named(world, asked.header.columns, rows), int(rows[0]["total"]) if rows else 0


def listed(
    world: World, query: str, columns: Mapping[str, Column], thing: str, most: int
) -> tuple[list[dict[str, Any]], int]:
    """The first rows of the query file `query` of this folder for the thing, and how many there are."""
    sql = (HERE / f"{query}.sql").read_text(encoding="utf-8")
    rows = world.rows(sql, {"thing": thing, "most": most})
    return named(world, columns, rows), int(rows[0]["total"]) if rows else 0


def named(world: World, columns: Mapping[str, Column], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the things in these columns named, and what each row rests on."""
    things = [name for name, column in columns.items() if not column.is_plain]
    labels = labels_of(world, {id_ for row in rows for name in things for id_ in _ids(row.get(name))})
    sources = sources_of(world, {claim for row in rows for claim in row.get("claims") or row.get("need_claims") or ()})

    def thing(id_: str) -> dict[str, str]:
        return {"id": id_, "label": labels.get(id_, id_)}

    told = []
    for row in rows:
        out: dict[str, Any] = {}
        for name, column in columns.items():
            value = row.get(name)
            if not column.is_plain:
                found = [thing(id_) for id_ in _ids(value)]
                value = found if column.many else next(iter(found), None)
            elif column.many:
                value = value or []
            out[name] = value.isoformat() if isinstance(value, date) else value
        claims = sorted(row.get("claims") or row.get("need_claims") or ())
        out["sources"] = [source for claim in claims for source in sources.get(claim, ())]
        told.append(out)
    return told


def _ids(value: Any) -> list[str]:
    return [] if value is None else value if isinstance(value, list) else [value]
