"""Pack discs in the plane: none overlap, the largest in the middle, those that much links beside one another."""

import math

import numpy as np
import numpy.typing as npt

from graph.network.stress import Points

FITTED = 1_000
"""Discs, the largest, for each of which the best gap is looked for; the rest stand in rings around."""
TRIED = 64
SLACK = 1e-9

Reals = npt.NDArray[np.float64]
Ends = npt.NDArray[np.intp]


def packed(radii: Reals, one: Ends, other: Ends, strength: Reals) -> Points:
    """Centres (discs, 2), so that discs of `radii` touch at most.

    `one`, `other` and `strength` tell what links which discs. Largest first, each goes to the free spot that
    touches two others and is nearest to the middle of those that it is linked with (to that of all, where there
    are none). That is quadratic, so from the `FITTED`th on they stand in rings.
    """
    order = np.lexsort((np.arange(len(radii)), -radii))
    place = np.argsort(order)
    wide = radii[order]
    ends = np.concatenate([place[one], place[other]]), np.concatenate([place[other], place[one]])
    later = (ends[0] > ends[1]) & (ends[0] < FITTED)
    by = np.lexsort((ends[1][later], ends[0][later]))
    disc, before, weight = ends[0][later][by], ends[1][later][by], np.tile(strength, 2)[later][by]
    centres = np.zeros((len(radii), 2))
    fitted = min(FITTED, len(radii))
    first = np.searchsorted(disc, np.arange(fitted + 1))
    gaps = _Gaps()
    if fitted > 1:
        centres[1] = wide[0] + wide[1], 0
    for number in range(2, fitted):
        linked = before[first[number] : first[number + 1]]
        pull = weight[first[number] : first[number + 1]]
        wish = _middle(centres[:number], wide[:number] ** 2)
        if len(linked):
            wish = _middle(np.vstack([centres[linked], wish]), np.append(pull, pull.mean()))
        centres[number] = gaps.filled(centres[:number], wide[:number], wide[number], wish)
    if fitted < len(radii):
        middle = _middle(centres[:fitted], wide[:fitted] ** 2)
        reach = float((np.hypot(*(centres[:fitted] - middle).T) + wide[:fitted]).max())
        centres[fitted:] = middle + _ringed(wide[fitted:], reach)
    return np.asarray(centres[place])


def _middle(points: Points, weight: Reals) -> Reals:
    return np.asarray((points * weight[:, None]).sum(axis=0) / weight.sum())


class _Gaps:
    """Where a next disc may touch two: the pairs of discs that touch, with the side on which it would lie."""

    def __init__(self) -> None:
        self.pairs = np.array([[0, 1], [1, 0]])

    def filled(self, centres: Points, radii: Reals, radius: float, wish: Reals) -> Reals:
        """The free spot nearest to `wish`; a gap in which less than half the disc would fit is forgotten.

        Later discs are smaller, but seldom by as much; without forgetting each would try all gaps ever closed.
        """
        clear = radii + radius
        spots = _touching(centres, clear, self.pairs)
        order = np.argsort(np.hypot(*(spots - wish).T), kind="stable")
        closed = np.zeros(len(spots), dtype=bool)
        found, beside = None, [int((centres[:, 0] + radii).argmax())]
        for start in range(0, len(order), TRIED):
            tried = order[start : start + TRIED]
            gap = spots[tried][:, None, :] - centres
            lacking = (clear - np.sqrt((gap**2).sum(axis=2))).max(axis=1)
            free = lacking <= SLACK * radius
            closed[tried] = lacking > radius / 2
            if free.any():
                chosen = tried[free.argmax()]
                found, beside = spots[chosen], self.pairs[chosen].tolist()
                break
        if found is None:  # right of everything
            found = centres[beside[0]] + (clear[beside[0]], 0)
        fresh = [pair for old in beside for pair in ((len(centres), old), (old, len(centres)))]
        self.pairs = np.concatenate([self.pairs[~closed], fresh])
        return np.asarray(found)


def _touching(centres: Points, clear: Reals, pairs: npt.NDArray[np.intp]) -> Points:
    """The spots that touch both discs of each pair, on the left of the way from the first to the second."""
    one, other = pairs.T
    gap = centres[other] - centres[one]
    far = np.hypot(gap[:, 0], gap[:, 1])
    along = (far**2 + clear[one] ** 2 - clear[other] ** 2) / (2 * far)
    aside = np.sqrt(np.maximum(clear[one] ** 2 - along**2, 0))
    turned = np.column_stack([-gap[:, 1], gap[:, 0]])
    return np.asarray(centres[one] + gap * (along / far)[:, None] + turned * (aside / far)[:, None])


def _ringed(radii: Reals, reach: float) -> Points:
    """Centres of discs, from the largest to the smallest, in rings round a disc of radius `reach` about (0, 0)."""
    centres = np.empty((len(radii), 2))
    ring = turn = 0.0
    for number, radius in enumerate(radii.tolist()):
        angle = math.asin(radius / ring) if ring else 0.0  # seen from the middle it fills at most twice this
        if not ring or turn + 2 * angle > 2 * math.pi:
            ring, reach, turn = reach + radius, reach + 2 * radius, 0.0
            angle = math.asin(radius / ring)
        centres[number] = ring * math.cos(turn + angle), ring * math.sin(turn + angle)
        turn += 2 * angle
    return centres
