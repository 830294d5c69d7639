"""Arcs between two spots: bent to the right of the way they go, and apart where several go the same way."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

BEND = 0.16
"""How far the first arc bulges, as a part of its length."""
APART = 15.0
"""Pixels between the middles of arcs that join the same two spots the same way."""
CLEAR = 12.0
"""Pixels left free before the mark that an arc comes to."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Arc:
    """An SVG path, its end with the direction (degrees) in which it arrives, and its middle."""

    path: str
    x: float
    y: float
    turn: float
    middle: Point


def arcs(joins: Iterable[tuple[Point, Point]]) -> list[Arc]:
    """An arc for each (from, to) in pixels; two ways between the same spots bulge to different sides."""
    met: dict[tuple[Point, Point], int] = {}
    found = []
    for start, end in joins:
        nth = met[start, end] = met.get((start, end), -1) + 1
        found.append(_arc(start, end, nth))
    return found


def _arc(start: Point, end: Point, nth: int) -> Arc:
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down) or 1.0
    right = (-down / length, across / length)
    # The control point lies twice as far out as the arc's own middle.
    bulge = 2 * (BEND * length + APART * nth)
    control = (
        (start[0] + end[0]) / 2 + right[0] * bulge,
        (start[1] + end[1]) / 2 + right[1] * bulge,
    )
    arriving = (end[0] - control[0], end[1] - control[1])
    way = math.hypot(*arriving) or 1.0
    free = min(CLEAR, length / 3)
    tip = (end[0] - arriving[0] / way * free, end[1] - arriving[1] / way * free)
    middle = ((start[0] + 2 * control[0] + tip[0]) / 4, (start[1] + 2 * control[1] + tip[1]) / 4)
    x, y = round(tip[0], 1), round(tip[1], 1)
    return Arc(
        f"M{start[0]:g} {start[1]:g}Q{control[0]:.1f} {control[1]:.1f} {x:g} {y:g}",
        x,
        y,
        round(math.degrees(math.atan2(arriving[1], arriving[0])), 1),
        (round(middle[0], 1), round(middle[1], 1)),
    )
