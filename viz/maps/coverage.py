"""What the datasets cover, country by country, for a small map: where they look, in part, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.tables.world import World
from viz.maps.atlas import Atlas
from viz.maps.picture import Picture, picture
from viz.maps.places import Place, places

FIND = (Path(__file__).parent / "coverage.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Covered:
    """A country: the datasets that cover it, and `level` complete, partial, by-region or none.

    by-region  only through a region that a dataset names, which says least of all
    on_a_route  a recorded flow passes it, so that no source there matters most
    """

    place: Place
    datasets: tuple[str, ...]
    level: str
    on_a_route: bool


@dataclass(frozen=True)
class Coverage:
    """Every country with what covers it, and a small map of those that something is said about."""

    countries: tuple[Covered, ...]
    picture: Picture

    @property
    def levels(self) -> dict[str, int]:
        """How many countries there are of each level."""
        found = [country.level for country in self.countries]
        return {level: found.count(level) for level in ("complete", "partial", "by-region", "none")}

    @property
    def unwatched(self) -> tuple[Covered, ...]:
        """Countries on a recorded route that no dataset covers."""
        return tuple(country for country in self.countries if country.on_a_route and not country.datasets)


def coverage(
    world: World, atlas: Atlas | None, domain: Sequence[str] | None = None, width: int = 520, height: int = 320
) -> Coverage:
    """What the datasets of a world cover; `domain` are ids, None for any domain."""
    rows = world.rows(FIND, {"domain": list(domain) if domain else None})
    known = {place.id: place for place in places(world, (row["place"] for row in rows))}
    countries = tuple(
        Covered(known[row["place"]], tuple(row["datasets"]), _level(row), row["on_a_route"]) for row in rows
    )
    told = [country.place for country in countries if country.datasets or country.on_a_route]
    return Coverage(countries, picture(atlas, told, width, height))


def _level(row: dict[str, object]) -> str:
    if not row["datasets"]:
        return "none"
    if row["by_region"]:
        return "by-region"
    return "complete" if row["complete"] else "partial"
