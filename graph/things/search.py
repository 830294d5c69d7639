"""Find things by label, acronym, alias or identifier, in whatever language a source gives it."""

from pathlib import Path
from typing import Any

from graph.errors import InvalidParameter
from graph.readers.layout import sheets
from graph.tables.world import World
from ontology.vocabulary import kinds

QUERY = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
LONGEST = 200


def search(world: World, text: str, kind: str | None = None, limit: int = 20) -> dict[str, Any]:
    """The things whose names fit `text`, best first, each with the name that matched and a score from 0 to 1.

    kind  only things of that kind (actor, place, …). Raises InvalidParameter for an empty or overlong
    text, or an unknown kind.
    """
    text = " ".join(text.split())
    if not 1 <= len(text) <= LONGEST:
        raise InvalidParameter(
            "there is nothing to search for" if not text else "the search text is too long",
            parameter="q",
            given=text[:40],
            expected=f"a name of 1 to {LONGEST} characters",
        )
    known = sorted({*(sheet.kind for sheet in sheets().values()), *kinds(), "dataset"})
    if kind is not None and kind not in known:
        raise InvalidParameter(
            f"there is no kind {kind[:40]!r}", parameter="kind", given=kind[:40], expected="one of " + ", ".join(known)
        )
    found = world.rows(QUERY, {"text": text, "kind": kind, "limit": limit})
    total = found[0]["total"] if found else 0
    results = [{key: value for key, value in row.items() if key != "total"} for row in found]
    for row in results:
        row["score"] = round(row["score"], 3)
    return {"q": text, "results": results, "total": total}
