"""Where what is added to a picture stands: near what it is linked with, on free ground. Nothing else moves."""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from graph.network.layout import APART
from graph.network.stress import GOLDEN

if TYPE_CHECKING:
    from scipy.spatial import KDTree

Points = npt.NDArray[np.float64]
ROOMY, TIGHT = 0.8 * APART, 0.45 * APART
RINGS = 600
"""Spots tried round a wish before less room will do; as many again, then four times as many."""


def placed(points: Points, beside: Sequence[Iterable[int]]) -> Points:
    """Spots (added, 2) for nodes that are added one after another to those that stand at `points`.

    beside  for each of them the numbers of the nodes that it is linked with and that stand already; nodes added
            earlier are numbered on from `points`. One without any goes to the right of everything.
    The same picture gives the same spots. Tenths, as `places` gives them.
    """
    from scipy.spatial import KDTree

    stand = np.empty((len(points) + len(beside), 2))
    stand[: len(points)] = points
    tree = KDTree(points) if len(points) else None
    middle = points.mean(axis=0) if len(points) else np.zeros(2)
    for number, linked in enumerate(beside, start=len(points)):
        near = sorted(set(linked))
        added = stand[len(points) : number]
        wish = stand[near].mean(axis=0) if near else _aside(stand[:number])
        stand[number] = np.round(_free(wish, middle, tree, added), 1)
    return stand[len(points) :]


def _aside(stand: Points) -> Points:
    if not len(stand):
        return np.zeros(2)
    return np.array([stand[:, 0].max() + 1.5 * APART, stand[:, 1].mean()])


def _free(wish: Points, middle: Points, tree: "KDTree | None", added: Points) -> Points:
    """The first spot on a spiral round `wish` that is far enough from everything; outwards from the middle first."""
    away = wish - middle
    turn = math.atan2(away[1], away[0]) if np.any(away) else 0.0
    reach = np.zeros(1)
    for room, many in ((ROOMY, RINGS), (TIGHT, RINGS), (TIGHT, 4 * RINGS)):
        step = np.arange(many)
        reach = room * np.sqrt(step)
        spiral = np.column_stack([np.cos(turn + step * GOLDEN), np.sin(turn + step * GOLDEN)]) * reach[:, None] + wish
        clear = np.full(many, np.inf) if tree is None else np.asarray(tree.query(spiral)[0])
        if len(added):
            clear = np.minimum(clear, np.hypot(*(spiral[:, None] - added).transpose(2, 0, 1)).min(axis=1))
        free = clear >= 0.99 * room
        if free.any():
            return np.asarray(spiral[free.argmax()])
    return np.asarray(wish + np.array([reach[-1], 0.0]))
