"""A map of some places: the view that holds them, the land below, where each is drawn and where its name goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from viz.maps.atlas import Atlas, Points
from viz.maps.outlines import Shape, shapes
from viz.maps.places import Place
from viz.maps.projection import View, fitted

ROUND = (8.0, 5.0)
"""Degrees east and west, north and south, of a country that the view makes room for."""
SMALL = 150.0
"""Square pixels below which an outline is too small to aim at, and its mark is what can be hit."""
LETTER, LINE = 6.4, 13.0
"""Pixels that a letter of a label takes, at most, and a line is high."""
MARK = 11.0
"""Pixels round the middle of a mark that labels and other marks keep free."""


@dataclass(frozen=True)
class Spot:
    """A place on the map. `path` is empty where only its mark stands for it; `label_at` is (x, y, anchor).

    moved  how far x and y were moved off the spot itself, so that marks don't hide one another
    """

    place: Place
    x: float
    y: float
    code: str = ""
    path: str = ""
    small: bool = False
    moved: tuple[float, float] = (0.0, 0.0)
    label_at: tuple[float, float, str] | None = None


@dataclass(frozen=True)
class Picture:
    """A map: `land` is what belongs to no place that was asked for, `absent` are places without outline and point."""

    view: View
    land: tuple[Shape, ...]
    spots: tuple[Spot, ...]
    absent: tuple[Place, ...]

    def spot(self, id: str) -> Spot | None:
        """Where a place is drawn."""
        return next((spot for spot in self.spots if spot.place.id == id), None)


def picture(atlas: Atlas | None, wanted: Sequence[Place], width: int = 760, height: int = 560) -> Picture:
    """Draw the places, the weightiest first: names are placed in that order, and left out where there is no room.

    atlas  None draws no land: places with a point are marks, and those without are absent
    """
    outlines = {outline.code: outline for outline in atlas.outlines if outline.code} if atlas else {}
    own: dict[str, str] = {}
    for place in wanted:
        code = next((code for code in place.codes if code in outlines and code not in own), None)
        if code:
            own[code] = place.id
    view = fitted([*_shown(wanted, {owner: outlines[code].rings for code, owner in own.items()})], width, height)
    drawn = {shape.code: shape for shape in (shapes(atlas, view) if atlas else ())}
    shape_of = {owner: drawn[code] for code, owner in own.items() if code in drawn}
    spots, absent = [], []
    for place in wanted:
        spot = _spot(place, shape_of.get(place.id), view)
        if spot:
            spots.append(spot)
        else:
            absent.append(place)
    land = tuple(shape for shape in (shapes(atlas, view) if atlas else ()) if shape.code not in own)
    return Picture(view, land, tuple(_labelled(_apart(spots), view)), tuple(absent))


def _shown(wanted: Iterable[Place], rings: dict[str, Sequence[Points]]) -> Iterable[tuple[float, float]]:
    """Spots that the view must hold: every point, and some of the country round it."""
    for place in wanted:
        point = place.point or (_middle(rings[place.id]) if place.id in rings else None)
        if point:
            east, north = point
            yield point
            if place.id in rings:
                for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                    yield (east + across * ROUND[0], max(-60.0, min(80.0, north + up * ROUND[1])))


def _middle(rings: Sequence[Points]) -> tuple[float, float]:
    """Somewhere in the middle of the part with the most corners."""
    largest = max(rings, key=len)
    return float(np.median(largest[:, 0])), float(np.median(largest[:, 1]))


def _spot(place: Place, shape: Shape | None, view: View) -> Spot | None:
    if shape and view.holds(shape.x, shape.y, MARK):
        return Spot(place, shape.x, shape.y, shape.code, shape.path, shape.area < SMALL)
    if place.point is None:
        return None
    x, y = view.point(*place.point)
    if not view.holds(x, y):
        return None
    return Spot(place, x, y, *((shape.code, shape.path, shape.area < SMALL) if shape else ("", "", True)))


def _apart(spots: Sequence[Spot]) -> list[Spot]:
    """The same with marks moved off one another, the later ones, by as little as it takes along a ring."""
    placed: list[Spot] = []
    for spot in spots:
        x, y = spot.x, spot.y
        for across, up in ((0.0, 0.0), *RING):
            x, y = round(spot.x + across, 1), round(spot.y + up, 1)
            if all((x - other.x) ** 2 + (y - other.y) ** 2 >= (2.4 * MARK) ** 2 for other in placed):
                break
        else:
            x, y = spot.x, spot.y
        placed.append(replace(spot, x=x, y=y, moved=(round(x - spot.x, 1), round(y - spot.y, 1))))
    return placed


RING = tuple(
    (reach * across, reach * up)
    for reach in (2.5 * MARK, 4.2 * MARK)
    for across, up in ((0, 1), (1, 0), (0, -1), (-1, 0), (0.7, 0.7), (0.7, -0.7), (-0.7, -0.7), (-0.7, 0.7))
)


def _labelled(spots: Sequence[Spot], view: View) -> Iterable[Spot]:
    """Names beside their marks where they run into nothing: right, left, below, above."""
    taken = [(spot.x - MARK, spot.y - MARK, spot.x + MARK, spot.y + MARK) for spot in spots]
    for spot in spots:
        wide = LETTER * len(spot.place.label)
        found = None
        for x, y, anchor in (
            (spot.x + MARK + 2, spot.y + 4, "start"),
            (spot.x - MARK - 2, spot.y + 4, "end"),
            (spot.x, spot.y + MARK + LINE - 1, "middle"),
            (spot.x, spot.y - MARK - 3, "middle"),
        ):
            left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
            box = (left, y - LINE + 2, left + wide, y + 3)
            inside = box[0] >= 2 and box[2] <= view.width - 2 and box[1] >= 2 and box[3] <= view.height - 2
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                found = (round(x, 1), round(y, 1), anchor)
                break
        yield replace(spot, label_at=found)


def _meet(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
