"""From degrees to pixels: Equal Earth, turned to the middle of what is shown, as d3-geo draws it.

Areas stay comparable, which a map of who works where needs; parallels are straight lines. Formula: Šavrič, Patterson
and Jenny, "The Equal Earth map projection", International Journal of Geographical Information Science 33 (2019) 3.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from viz.maps.atlas import Points

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2
WORLD = ((-179.9, 0.0), (179.9, 0.0), (0.0, 80.0), (0.0, -56.0))
"""What a map of the whole world holds: Antarctica is left out."""
NARROWEST = 0.5
"""Radians that a map is wide at least: some 35 degrees, so that there is always something round a place."""

LOWEST = 0.6
"""How low a map may get, as a part of the height that it was given."""


@dataclass(frozen=True)
class View:
    """A map of `width` × `height` pixels: x = across + scale · X, y = down − scale · Y, seen along `middle`."""

    width: int
    height: int
    middle: float
    scale: float
    across: float
    down: float

    def pixels(self, degrees: Points) -> Points:
        """Longitudes and latitudes, already turned by `middle`, as pixels."""
        found = raw(degrees)
        return np.column_stack([self.across + self.scale * found[:, 0], self.down - self.scale * found[:, 1]])

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """One spot in pixels, to a tenth."""
        found = self.pixels(np.array([[turned(longitude, self.middle), latitude]]))[0]
        return round(float(found[0]), 1), round(float(found[1]), 1)

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Whether a spot in pixels lies on the map."""
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin


def raw(degrees: Points) -> Points:
    """Equal Earth in radians."""
    longitude, latitude = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    theta = np.arcsin(M * np.sin(latitude))
    square = theta * theta
    sixth = square**3
    x = longitude * np.cos(theta) / (M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
    y = theta * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return np.column_stack([x, y])


def turned(longitude: float, middle: float) -> float:
    """The longitude as seen along `middle`, from -180 to below 180."""
    return (longitude - middle + 180) % 360 - 180


def fitted(spots: Sequence[tuple[float, float]], width: int, height: int, margin: float = 0.12) -> View:
    """The view that shows all `spots` (longitude, latitude), or the world where there are none.

    margin  part of the map left free at each side; height  the most: a map of what lies wide is lower
    """
    middle = _middle(spots)
    shown = [(turned(longitude, middle), latitude) for longitude, latitude in spots] if spots else WORLD
    points = raw(np.array(shown))
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    free = 1 - 2 * margin if spots else 1
    span = max((right - left) / free, (top - bottom) / free * width / height, NARROWEST)
    scale = width / span
    height = round(min(height, max(LOWEST * height, scale * (top - bottom) / free)))
    return View(
        width,
        height,
        middle,
        round(float(scale), 3),
        round(float(width / 2 - scale * (left + right) / 2), 2),
        round(float(height / 2 + scale * (top + bottom) / 2), 2),
    )


def _middle(spots: Sequence[tuple[float, float]]) -> float:
    """The longitude opposite the widest gap between the spots, to a whole degree."""
    if not spots:
        return 0.0
    longitudes = sorted({longitude % 360 for longitude, _ in spots})
    gaps = [
        ((after - before) % 360 or 360.0, before)
        for before, after in zip(longitudes, [*longitudes[1:], longitudes[0]], strict=True)
    ]
    widest, before = max(gaps)
    return float(round((before + widest + (360 - widest) / 2 + 180) % 360 - 180))
