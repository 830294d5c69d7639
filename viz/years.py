"""How many programmes are known to have run in each year: the histogram by which a reader chooses a time."""

from dataclasses import dataclass
from pathlib import Path

from graph.tables.world import World

FIND = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
MOST = 60
"""Years shown at most, the last ones: a wrong date must not press all others together."""


@dataclass(frozen=True)
class Years:
    """Programmes of each year from the first to the last, and how many have no known year."""

    counts: dict[int, int]
    undated: int

    @property
    def most(self) -> int:
        """The programmes of the fullest year."""
        return max(self.counts.values(), default=0)


def years(world: World) -> Years:
    """The years of all programmes of a world, those only proposed left out."""
    rows = world.rows(FIND)
    dated = [row for row in rows if row["first_year"] is not None and row["last_year"] is not None]
    undated = sum(row["programmes"] for row in rows) - sum(row["programmes"] for row in dated)
    if not dated:
        return Years({}, undated)
    last = max(row["last_year"] for row in dated)
    first = max(min(row["first_year"] for row in dated), last - MOST + 1)
    counts = dict.fromkeys(range(first, last + 1), 0)
    for row in dated:
        for year in range(max(first, row["first_year"]), row["last_year"] + 1):
            counts[year] += row["programmes"]
    return Years(counts, undated)
