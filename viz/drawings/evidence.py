"""What the links between two things rest on: every claim with its document, locator, date and confidence."""

from collections.abc import Mapping
from typing import Any

from graph.network.build import LABELS
from graph.questions.answer import labels_of, sources_of
from graph.tables.world import World
from viz.drawings.asking import rows
from viz.drawings.neighbours import label_of
from viz.drawings.picture import ADDED

MOST_TOLD = 100
MOST_CLAIMS = 40


def evidence(world: World, one: str, other: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The links between `one` and `other`, the first `MOST_TOLD` of them with at most `MOST_CLAIMS` claims each.

    values  resolved filters: on, from, to, dataset. A link tells its kind and label, which way it goes, the days
    between which it is known to hold, what it is about where that is neither end, and its sources.
    """
    found = rows(world, "evidence", {**values, "one": one, "other": other})
    told = found[:MOST_TOLD]
    labels = labels_of(
        world, {one, other} | {row[name] for row in told for name in ("about", "role") if row[name] is not None}
    )
    sources = sources_of(world, {claim for row in told for claim in row["claims"][:MOST_CLAIMS]})

    def thing(id_: str | None) -> dict[str, str] | None:
        return None if id_ is None else {"id": id_, "label": labels.get(id_, id_)}

    return {
        "one": thing(one),
        "other": thing(other),
        "total": len(found),
        "links": [
            {
                "id": row["id"],
                "kind": row["kind"],
                "label": _label(row["kind"]),
                "source": thing(row["source"]),
                "target": thing(row["target"]),
                "directed": row["directed"],
                "role": labels.get(row["role"], row["role"]),
                "about": thing(row["about"]),
                "from": row["from_date"] and row["from_date"].isoformat(),
                "to": row["to_date"] and row["to_date"].isoformat(),
                "claims_total": len(row["claims"]),
                "sources": [source for claim in row["claims"][:MOST_CLAIMS] for source in sources.get(claim, ())],
            }
            for row in told
        ],
    }


def _label(kind: str) -> str:
    return ADDED[kind].label if kind in ADDED else LABELS.get(kind) or label_of(kind)
