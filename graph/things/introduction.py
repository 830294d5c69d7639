"""Introductions: a thing in one line, with what tells it from its namesakes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.questions.answer import labels_of
from graph.tables.world import World
from graph.things.properties import plain_values, properties
from graph.things.types import Type, types_of

TOLD = 160
"""Characters of a source's own description that are told."""


@dataclass(frozen=True)
class Introduction:
    """One thing: its label, its types from the narrowest on, and a line that tells it from others of its name."""

    id: str
    name: str
    types: tuple[Type, ...]
    line: str


def introduce(world: World, ids: Iterable[str]) -> dict[str, Introduction]:
    """Those of `ids` that the world holds as things, each introduced."""
    wanted = sorted(set(ids))
    things = world.rows(
        "select id, list_sort(list_distinct(list(class))) as classes, min_by(description, dataset) as description "
        "from thing where id in (select unnest($ids::varchar[])) group by id order by id",
        {"ids": wanted},
    )
    facts = {name: _texts(world, name, wanted) for name in ("acronym", "part_of", "country")}
    named = {value for name in ("part_of", "country") for some in facts[name].values() for value in some}
    labels = labels_of(world, named | {row["id"] for row in things})
    return {row["id"]: _introduction(row, labels, facts) for row in things}


def _texts(world: World, name: str, ids: Sequence[str]) -> dict[str, list[str]]:
    return {id_: [str(value) for value in some] for id_, some in plain_values(world, properties()[name], ids).items()}


def _introduction(
    row: Mapping[str, Any], labels: Mapping[str, str], facts: Mapping[str, Mapping[str, Sequence[str]]]
) -> Introduction:
    id_ = row["id"]
    label = labels.get(id_, id_)
    types = tuple(types_of(row["classes"]))
    acronyms = [acronym for acronym in facts["acronym"][id_] if acronym != label]
    countries = [name for place in facts["country"][id_] if (name := labels.get(place, place)) != label]
    wholes = [labels.get(whole, whole) for whole in facts["part_of"][id_]]
    if id_.startswith("place/"):
        where = [f"in {_list(countries or wholes)}"] if countries or wholes else []
    else:
        where = [f"part of {_list(wholes)}"] * bool(wholes) + [_list(countries)] * bool(countries)
    line = ", ".join([*(type_.name for type_ in types[:1]), *acronyms[:3], *where])
    said = " ".join((row["description"] or "").split())
    said = said if len(said) <= TOLD else said[: TOLD - 1].rstrip() + "…"
    return Introduction(id_, label, types, ". ".join(part for part in (line, said) if part))


def _list(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
