"""Places as a map needs them: a name, a point, and the outline that is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.tables.world import World

EVERY = (Path(__file__).parent / "places.sql").read_text(encoding="utf-8")
WIDE = frozenset({"con:Region"})
"""Classes of place for which a point stands for far more than the spot."""


@dataclass(frozen=True)
class Place:
    """A place; `point` is (longitude, latitude) in degrees, None where no dataset tells."""

    id: str
    label: str
    class_: str = ""
    point: tuple[float, float] | None = None
    codes: tuple[str, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it is a region, which a mark can only stand for."""
        return self.class_ in WIDE


def places(world: World, ids: Iterable[str]) -> list[Place]:
    """The places of these ids, in the order of the ids; where all places lie is looked up once a world."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    every = world.keep(EVERY, {}) or f"({EVERY})"
    found = f"select * from {every} where id in (select unnest($ids::varchar[])) order by id"  # noqa: S608 - ours
    return [
        Place(
            row["id"],
            row["label"],
            row["class"] or "",
            None if row["longitude"] is None or row["latitude"] is None else (row["longitude"], row["latitude"]),
            tuple(row["codes"] or ()),
        )
        for row in world.rows(found, {"ids": wanted})
    ]
