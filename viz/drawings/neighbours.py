"""What is linked to a thing, counted by kind before anything of it is drawn."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from graph.questions.answer import labels_of
from graph.tables.world import World
from viz.drawings.asking import Row, rows
from viz.drawings.view import AT_ONCE, Opening
from viz.palette import STROKES


def neighbours(world: World, thing: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The kinds of link that `thing` has, commonest first: how many things each leads to, and the first of them.

    values  resolved filters: on, from, to, dataset.
    """
    found = _beside(world, thing, values)
    kinds = Counter(row["kind"] for row in found)
    things = {row["other"] for row in found}
    first = {kind: [row["other"] for row in found if row["kind"] == kind][:AT_ONCE] for kind in kinds}
    labels = labels_of(world, {thing, *(id_ for ids in first.values() for id_ in ids)})
    return {
        "thing": {"id": thing, "label": labels.get(thing, thing)},
        "things": len(things),
        "kinds": [
            {
                "kind": kind,
                "label": label_of(kind),
                "things": many,
                "of": dict(sorted(Counter(row["other_kind"] for row in found if row["kind"] == kind).items())),
                "first": [{"id": id_, "label": labels.get(id_, id_)} for id_ in first[kind]],
            }
            for kind, many in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
    }


def opened(world: World, opening: Opening, values: Mapping[str, Any], shown: Collection[str]) -> list[str]:
    """The ids that an opening adds to what is `shown`, those with most links first."""
    if not opening.count:
        return []
    wanted = [row["other"] for row in _beside(world, opening.thing, values) if opening.kind in (None, row["kind"])]
    return [id_ for id_ in list(dict.fromkeys(wanted))[: opening.count] if id_ not in shown]


def label_of(kind: str) -> str:
    """A kind of link in words."""
    return STROKES[kind].label if kind in STROKES else kind.replace("-", " ").capitalize()


def _beside(world: World, thing: str, values: Mapping[str, Any]) -> list[Row]:
    return rows(world, "beside", {**values, "thing": thing})
