"""Give nodes room: move the points of each piece until none stand on one another, keeping who is beside whom."""

import math

import numpy as np
import numpy.typing as npt

from graph.network.numbered import Numbers
from graph.network.stress import GOLDEN, Points

NEIGHBOURS = 6


def sunflowers(points: Points, piece: Numbers) -> Points:
    """Points of the same pieces as evenly filled discs about (0, 0), one unit of area a node.

    The seeds of a sunflower, at least 0.9 apart, are handed out by halves: those on the left to the nodes on the
    left, of these the lower to the lower, and so on, so that who stood side by side still does.
    """
    starts = np.searchsorted(piece, np.arange(piece[-1] + 2)) if len(piece) else np.zeros(1, dtype=np.intp)
    within = np.arange(len(piece)) - starts[piece]
    reach = np.sqrt((within + 0.5) / math.pi)
    seeds = np.column_stack([reach * np.cos(within * GOLDEN), reach * np.sin(within * GOLDEN)])
    nodes, seats = _halved(points, piece), _halved(seeds, piece)
    found = np.empty_like(points)
    found[nodes] = seeds[seats]
    return found


def _halved(points: Points, piece: Numbers) -> npt.NDArray[np.intp]:
    """An order of the points in which each half of a piece, each quarter … lie side by side in the plane."""
    part = piece.astype(np.int64)
    order = np.arange(len(part))
    largest = int(np.bincount(piece).max(initial=1))
    for level in range(math.ceil(math.log2(largest)) + 1):
        order = order[np.lexsort((order, points[order, level % 2], part[order]))]
        sorted_part = part[order]
        first = np.r_[True, sorted_part[1:] != sorted_part[:-1]]
        begin = np.flatnonzero(first)
        group = np.cumsum(first) - 1
        rank = np.arange(len(order)) - begin[group]
        length = np.diff(np.r_[begin, len(order)])[group]
        part[order] = 2 * group + (2 * rank >= length)
    return order


def inside(points: Points, piece: Numbers) -> Points:
    """Draw in what lies outside a disc of one unit of area a node about (0, 0), the more the farther out it is."""
    reach = 1.1 * np.sqrt(np.bincount(piece) / math.pi)[piece]
    out = np.hypot(points[:, 0], points[:, 1]) / reach
    return np.asarray(points / ((1 + out**4) ** 0.25)[:, None])


def apart(points: Points, piece: Numbers, least: float, rounds: int = 24) -> Points:
    """Push points of one piece that stand closer than `least` away from each other, a little each round."""
    from scipy.spatial import KDTree

    if len(points) < 2:
        return points
    moved = points.copy()
    lift = (float(np.abs(points).max()) + rounds * least) * 4  # a third axis that keeps the pieces out of reach
    many = min(NEIGHBOURS + 1, len(points))
    for _ in range(rounds):
        solid = np.column_stack([moved, piece * lift])
        tree = KDTree(solid, balanced_tree=False, compact_nodes=False)
        far, other = tree.query(solid, k=many, distance_upper_bound=least)
        close = (far < least) & (other != np.arange(len(moved))[:, None])
        if not close.any():
            break
        one, nth = np.nonzero(close)
        gap = moved[one] - moved[other[one, nth]]
        long = np.hypot(gap[:, 0], gap[:, 1])
        same = long < 1e-9
        turn = one * GOLDEN  # points on one spot leave it each in a direction of its own
        gap[same] = np.column_stack([np.cos(turn[same]), np.sin(turn[same])])
        long[same] = 1
        push = gap * (0.4 * np.where(same, least, least - long) / long)[:, None]
        for axis in (0, 1):
            moved[:, axis] += np.bincount(one, push[:, axis], len(moved))
    return moved
