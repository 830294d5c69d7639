"""Outlines of countries as SVG paths in one view: cut to it, and no finer than it can show."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from viz.maps.atlas import Atlas, Outline, Points
from viz.maps.projection import View

GRID = 0.7
"""Pixels: corners nearer than this fall together. Neighbours share their corners, so they stay flush."""
BEYOND = 24.0
"""Pixels drawn beyond the edge, so that no cut shows."""
SPECK = 0.8
"""Square pixels below which an island is left out, unless it is all that a country has."""


@dataclass(frozen=True)
class Shape:
    """A country in one view: the path, the middle of its largest part that shows, and its area in square pixels."""

    code: str
    name: str
    path: str
    x: float
    y: float
    area: float


@lru_cache(maxsize=32)
def shapes(atlas: Atlas, view: View) -> tuple[Shape, ...]:
    """Every country that shows in the view, in the order of the file."""
    return tuple(shape for outline in atlas.outlines if (shape := _shape(outline, view)))


def _shape(outline: Outline, view: View) -> Shape | None:
    parts = []
    for ring in outline.rings:
        for turned in _turned(ring, view.middle):
            points = _thinned(_cut_to_view(view.pixels(turned), view))
            if len(points) > 2:
                parts.append((abs(_area(points)), points))
    if not parts:
        return None
    parts.sort(key=lambda part: -part[0])
    largest = parts[0][1]
    x, y = _centre(largest)
    drawn = [points for size, points in parts if size >= SPECK] or [largest]
    path = "".join(_path(points) for points in drawn)
    return Shape(outline.code, outline.name, path, round(x, 1), round(y, 1), round(sum(size for size, _ in parts)))


def _turned(ring: Points, middle: float) -> Iterator[Points]:
    """The ring as seen along `middle`: cut where it goes over the edge of the world, 180 degrees away."""
    longitudes = np.unwrap(ring[:, 0] - middle, period=360)
    latitudes = ring[:, 1]
    if abs(longitudes[-1] - longitudes[0]) > 180:  # once round a pole, which lies inside
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


def _thinned(points: Points) -> Points:
    """Corners on the grid, each once, without those on the straight way between their neighbours."""
    if len(points) < 3:
        return points[:0]
    snapped = np.round(points / GRID)
    snapped = snapped[np.any(snapped != np.roll(snapped, 1, axis=0), axis=1)]
    if len(snapped) < 3:
        return snapped[:0]
    before, after = snapped - np.roll(snapped, 1, axis=0), np.roll(snapped, -1, axis=0) - snapped
    bends = (before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]) | (np.sum(before * after, axis=1) < 0)
    return np.asarray(snapped[bends] * GRID)


def _area(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)


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
