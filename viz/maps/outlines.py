"""Outlines of countries as SVG paths in one view: cut to it, and no finer than it can show."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from viz.maps.atlas import Atlas, Outline, Points
from viz.maps.projection import View, raw

GRID = 0.7
"""Pixels: corners nearer than this fall together. Neighbours share their corners, so they stay flush."""
BEYOND = 24.0
"""Pixels drawn beyond the edge, so that no cut shows."""
SPECK = 0.8
"""Square pixels below which an island is left out, unless it is all that a country has."""

Numbers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Parts = Sequence[tuple[float, Points]]


@dataclass(frozen=True)
class Shape:
    """A country in one view: the path, the middle of its largest part that shows, and its area in square pixels."""

    code: str
    name: str
    path: str
    x: float
    y: float
    area: float


@dataclass(frozen=True, eq=False)
class Rings:
    """The rings of all outlines, with what tells at once how each lies in a view.

    degrees  the corners of each; longitudes go on where it crosses the edge of the world
    owner    (n,) the number of the outline that each belongs to
    boxes    (4, n) degrees: west, south, east and north of each
    polar    (n,) whether it goes once round a pole, which then lies inside
    """

    degrees: Sequence[Points]
    owner: Numbers
    boxes: Reals
    polar: npt.NDArray[np.bool_]


@lru_cache(maxsize=2)
def _rings(atlas: Atlas) -> Rings:
    owned = [(owner, ring) for owner, outline in enumerate(atlas.outlines) for ring in outline.rings]
    degrees = [np.column_stack([np.unwrap(ring[:, 0], period=360), ring[:, 1]]) for _, ring in owned]
    return Rings(
        degrees,
        np.array([owner for owner, _ in owned]),
        np.array([[*ring.min(axis=0), *ring.max(axis=0)] for ring in degrees]).T,
        np.array([abs(ring[-1, 0] - ring[0, 0]) > 180 for ring in degrees]),
    )


@lru_cache(maxsize=32)
def shapes(atlas: Atlas, view: View) -> tuple[Shape, ...]:
    """Every country that shows in the view, in the order of the file."""
    parts: dict[int, list[tuple[float, Points]]] = defaultdict(list)
    for owner, area, points in _parts(_rings(atlas), view):
        parts[owner].append((area, points))
    return tuple(_shape(atlas.outlines[owner], parts[owner]) for owner in sorted(parts))


def _parts(rings: Rings, view: View) -> Iterator[tuple[int, float, Points]]:
    """What shows of each ring, thinned, with its outline and its area: those that no edge cuts are made at once."""
    west, _, east, _ = rings.boxes
    turns = 360 * np.round((view.middle - (west + east) / 2) / 360) - view.middle
    inside, outside = _lying(rings, view, turns)
    whole = np.flatnonzero(inside).tolist()
    found, owners = list[Points](), list[int]()
    if whole:
        sizes = [len(rings.degrees[number]) for number in whole]
        degrees = np.concatenate([rings.degrees[number] for number in whole])
        degrees[:, 0] += np.repeat(turns[whole], sizes)
        found += np.split(view.pixels(degrees), np.cumsum(sizes)[:-1])
        owners += rings.owner[whole].tolist()
    for number in np.flatnonzero(~inside & ~outside).tolist():
        for turned in _turned(rings.degrees[number], bool(rings.polar[number]), view.middle):
            found.append(_cut_to_view(view.pixels(turned), view))
            owners.append(int(rings.owner[number]))
    for number, points in _thinned(found):
        yield owners[number], abs(_area(points)), points


def _lying(rings: Rings, view: View, turns: Reals) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which rings, turned so far, lie wholly in the view and which wholly outside; the others are looked at closely.

    Parallels are straight: how high a corner lies depends on its latitude alone, and how far out on its longitude times
    what only the latitude decides, which is most where it is nearest to the equator.
    """
    west, south, east, north = rings.boxes + np.stack([turns, 0 * turns, turns, 0 * turns])
    near = np.clip(0, south, north)
    far = np.where(np.abs(south) > np.abs(north), south, north)
    wide, narrow = (raw(np.column_stack([np.ones_like(at), at]))[:, 0] for at in (near, far))
    low, high = (raw(np.column_stack([np.zeros_like(at), at]))[:, 1] for at in (south, north))
    left = view.across + view.scale * np.minimum(west * wide, west * narrow)
    right = view.across + view.scale * np.maximum(east * wide, east * narrow)
    top, bottom = view.down - view.scale * high, view.down - view.scale * low
    whole = ~rings.polar & (west > -180) & (east < 180)
    inside = (left >= -BEYOND) & (right <= view.width + BEYOND) & (top >= -BEYOND) & (bottom <= view.height + BEYOND)
    outside = (right < -BEYOND) | (left > view.width + BEYOND) | (bottom < -BEYOND) | (top > view.height + BEYOND)
    return whole & inside, whole & outside


def _shape(outline: Outline, parts: Parts) -> Shape:
    largest = max(parts, key=lambda part: part[0])[1]
    x, y = _centre(largest)
    drawn = [points for size, points in parts if size >= SPECK] or [largest]
    path = "".join(_path(points) for points in drawn)
    return Shape(outline.code, outline.name, path, round(x, 1), round(y, 1), round(sum(size for size, _ in parts)))


def _turned(ring: Points, polar: bool, middle: float) -> Iterator[Points]:
    """The ring as seen along `middle`: cut where it goes over the edge of the world, 180 degrees away."""
    longitudes, latitudes = ring[:, 0] - middle, ring[:, 1]
    if polar:
        pole = 90.0 if latitudes.mean() > 0 else -90.0
        longitudes = np.append(longitudes, [longitudes[-1], longitudes[0]])
        latitudes = np.append(latitudes, [pole, pole])
    for turn in range(-1080, 1081, 360):
        if longitudes.max() + turn > -180 and longitudes.min() + turn < 180:
            points = np.column_stack([longitudes + turn, latitudes])
            points = _cut(_cut(points, 0, -180.0, above=True), 0, 180.0, above=False)
            if len(points) > 2:
                yield points


def _cut_to_view(points: Points, view: View) -> Points:
    for axis, bound, above in (
        (0, -BEYOND, True),
        (0, view.width + BEYOND, False),
        (1, -BEYOND, True),
        (1, view.height + BEYOND, False),
    ):
        points = _cut(points, axis, bound, above)
    return points


def _cut(points: Points, axis: int, bound: float, above: bool) -> Points:
    """What of a polygon lies on one side of a line along an axis (Sutherland and Hodgman, CACM 17, 1974)."""
    if not len(points):
        return points
    kept = points[:, axis] >= bound if above else points[:, axis] <= bound
    if kept.all():
        return points
    if not kept.any():
        return points[:0]
    after, kept_after = np.roll(points, -1, axis=0), np.roll(kept, -1)
    crossing = kept != kept_after
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (bound - points[:, axis]) / (after[:, axis] - points[:, axis])
        met = points + share[:, None] * (after - points)
    # Each corner that stays, followed by where the side after it meets the line.
    both = np.stack([points, met], axis=1).reshape(-1, 2)
    return np.asarray(both[np.column_stack([kept, crossing]).ravel()])


def _thinned(polygons: Sequence[Points]) -> Iterator[tuple[int, Points]]:
    """Corners on the grid, each once, without those on the straight way between their neighbours.

    With the number of each polygon; one of which fewer than three corners are left is left out.
    """
    if not polygons:
        return
    points = np.round(np.concatenate(polygons) / GRID)
    of = np.repeat(np.arange(len(polygons)), [len(polygon) for polygon in polygons])
    before, _ = _neighbours(of)
    moves = np.any(points != points[before], axis=1)
    points, of = points[moves], of[moves]
    before, after = _neighbours(of)
    come, go = points - points[before], points[after] - points
    bends = (come[:, 0] * go[:, 1] != come[:, 1] * go[:, 0]) | (np.sum(come * go, axis=1) < 0)
    points, of = points[bends] * GRID, of[bends]
    for some in np.split(np.arange(len(of)), np.flatnonzero(np.diff(of)) + 1):
        if len(some) > 2:
            yield int(of[some[0]]), points[some]


def _neighbours(of: Numbers) -> tuple[Numbers, Numbers]:
    """For each corner, the polygons' numbers in order, the one before it and the one after it in its polygon."""
    first = np.flatnonzero(np.diff(of, prepend=-1))
    last = np.append(first[1:], len(of)) - 1
    before, after = np.arange(len(of)) - 1, np.arange(len(of)) + 1
    if len(of):
        before[first], after[last] = last, first
    return before, after


def _area(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1] + x[-1] * y[0] - x[0] * y[-1]) / 2


def _centre(points: Points) -> tuple[float, float]:
    """The centre of gravity of a polygon."""
    x, y = points[:, 0], points[:, 1]
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    if not cross.sum():
        return float(x.mean()), float(y.mean())
    weight = 3 * cross.sum()
    return float(((x + np.roll(x, -1)) * cross).sum() / weight), float(((y + np.roll(y, -1)) * cross).sum() / weight)


def _path(points: Points) -> str:
    """Where it begins, then steps: short, since neighbours are near."""
    whole = points.tolist()
    text = [f"M{whole[0][0]:g} {whole[0][1]:g}l"]
    steps = np.diff(points, axis=0).tolist()
    text.append(" ".join(f"{x:g} {y:g}" for x, y in steps))
    return "".join(text) + "z"
