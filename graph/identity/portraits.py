"""Portraits: what a reviewer looks at to tell whether two actors are one."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.tables.world import World

QUERY = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
LABELS = "select id, label from label where id in (select unnest($ids::varchar[]))"
NAMED = ("countries", "part_of", "roles", "places", "domains", "responses")
"""Fields that list things and codes."""
MOST = 12
"""Of these, the places, domains and responses of what it does that are told; `efforts` counts all."""


def portraits(world: World, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Those of the actors `ids` that the world holds, by id: the fields of portraits.sql, things as {id, label}.

    In `merged` are the ids that the world knows under this one.
    """
    rows = world.rows(QUERY, {"ids": sorted(set(ids))})
    for row in rows:
        for name in NAMED[2:]:
            row[name] = row[name][:MOST]
    named = {id_ for row in rows for name in NAMED for id_ in row[name]}
    labels = {row["id"]: row["label"] for row in world.rows(LABELS, {"ids": sorted(named)})}
    return {row["id"]: row | {name: _things(row[name], labels) for name in NAMED} for row in rows}


def _things(ids: Iterable[str], labels: Mapping[str, str]) -> list[dict[str, str]]:
    return sorted(({"id": id_, "label": labels.get(id_, id_)} for id_ in ids), key=lambda one: one["label"])
