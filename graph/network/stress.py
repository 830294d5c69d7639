"""Places for the nodes of many small graphs at once, so that distances drawn tell the links that lie between.

Stress majorisation (Gansner, Koren, North, Graph drawing by stress majorization, 2004) with the terms of a sparse
model (Ortmann, Klimenta, Brandes, A sparse stress model, 2016): of each node to its neighbours and to `PIVOTS` nodes
of its piece, each of which stands for those near it. It starts from pivot MDS (Brandes, Pich, Eigensolver methods for
progressive multidimensional scaling of large data, 2006). Time and memory grow with edges + nodes × `PIVOTS`.
"""

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from graph.network.numbered import Numbers, Simple

PIVOTS = 64
FIRST = 16
"""Of these, from which the start is computed."""
ROUNDS = 40
STEP = 0.9
"""Share of each move that is made: below 1, or two nodes could swap places for ever."""
GOLDEN = math.pi * (3 - math.sqrt(5))

Points = npt.NDArray[np.float64]
Table = npt.NDArray[np.float32]


def stressed(graph: Simple, piece: Numbers) -> Points:
    """Points (size, 2), an edge about 1 long, each piece by itself about (0, 0).

    `piece` numbers the pieces from 0 and ascends: the nodes of a piece are neighbours by number, and edges stay
    inside a piece. Parts of a piece that nothing joins stand a little farther apart than its farthest two nodes.
    """
    if not graph.size:
        return np.empty((0, 2))
    starts = np.searchsorted(piece, np.arange(piece[-1] + 2))
    far, pivots = _distances(graph, piece, starts)
    points = _spectral(far, starts)
    within = np.arange(graph.size) - starts[piece]
    points += 0.05 * np.column_stack([np.cos(within * GOLDEN), np.sin(within * GOLDEN)])  # twins would never part
    return _majorised(points, graph, piece, far, pivots)


def _distances(graph: Simple, piece: Numbers, starts: npt.NDArray[np.intp]) -> tuple[Table, npt.NDArray[np.intp]]:
    """Links from each node to each pivot of its piece (size, pivots), and the pivots of each piece, -1 for none.

    The first pivot is the node with most neighbours, each next one the farthest from those before.
    """
    from scipy.sparse import coo_array

    ends = np.concatenate([graph.low, graph.high]), np.concatenate([graph.high, graph.low])
    beside = coo_array((np.ones(len(ends[0]), dtype=np.float32), ends), shape=(graph.size, graph.size)).tocsr()
    many = min(PIVOTS, int(np.diff(starts).max()))
    pivots = np.full((len(starts) - 1, many), -1, dtype=np.intp)
    far = np.full((graph.size, many), np.nan, dtype=np.float32)
    nearest = graph.degrees.astype(np.float32) + graph.size  # for the first, farther than anything is
    for number in range(many):
        order = np.lexsort((-nearest, piece))[starts[:-1]]
        chosen = order[nearest[order] > 0]
        pivots[piece[chosen], number] = chosen
        links = _links(beside, chosen, graph.size)
        of_piece = np.zeros(len(starts) - 1, dtype=bool)
        of_piece[piece[chosen]] = True
        asked = of_piece[piece]
        apart = asked & ~np.isfinite(links)
        if apart.any():
            longest = np.maximum.reduceat(np.where(np.isfinite(links), links, 0), starts[:-1])
            links[apart] = longest[piece[apart]] + 2
        far[asked, number] = links[asked]
        nearest = np.where(asked, np.minimum(nearest, links), 0)
    return far, pivots


def _links(beside: "npt.NDArray[np.float32]", start: npt.NDArray[np.intp], size: int) -> Table:
    links = np.full(size, np.inf, dtype=np.float32)
    links[start] = 0
    front = np.zeros(size, dtype=np.float32)
    front[start] = 1
    step = 0
    while front.any():
        step += 1
        front = ((beside @ front > 0) & ~np.isfinite(links)).astype(np.float32)
        links[front > 0] = step
    return links


def _spectral(far: Table, starts: npt.NDArray[np.intp]) -> Points:
    """Pivot MDS, piece by piece: the two directions in which the distances differ most."""
    points = np.zeros((len(far), 2))
    for first, last in pairwise(starts.tolist()):
        if last - first == 2:
            points[first:last, 0] = -0.5, 0.5
        if last - first < 3:
            continue
        table = far[first:last, :FIRST].astype(np.float64)
        table = table[:, ~np.isnan(table[0])] ** 2
        centred = -(table - table.mean(axis=0) - table.mean(axis=1, keepdims=True) + table.mean()) / 2
        _, vectors = np.linalg.eigh(centred.T @ centred)
        along = vectors[:, :-3:-1]
        along = along * np.where(along[np.abs(along).argmax(axis=0), np.arange(along.shape[1])] < 0, -1, 1)
        found = centred @ along
        size = np.sqrt((found**2).sum(axis=1).mean())
        points[first:last] = found * (np.sqrt(table.mean() / 2) / size if size > 1e-9 else 0)
    return points


def _majorised(points: Points, graph: Simple, piece: Numbers, far: Table, pivots: npt.NDArray[np.intp]) -> Points:
    weight = _weights(far, piece)
    links = np.nan_to_num(far, nan=0.0)
    pivot = np.maximum(pivots, 0)
    total = weight.sum(axis=1, dtype=np.float64) + graph.degrees
    total[total == 0] = 1
    for _ in range(ROUNDS):
        x, y = points.astype(np.float32).T
        across, down = x[:, None] - x[pivot][piece], y[:, None] - y[pivot][piece]
        pull = weight * (links / np.sqrt(across * across + down * down + np.float32(1e-6)) - 1)
        moves = np.column_stack([(pull * across).sum(axis=1), (pull * down).sum(axis=1)]).astype(np.float64)
        gap = points[graph.low] - points[graph.high]
        gap *= (1 / np.sqrt((gap**2).sum(axis=1) + 1e-6) - 1)[:, None]
        for axis in (0, 1):
            moves[:, axis] += np.bincount(graph.low, gap[:, axis], graph.size)
            moves[:, axis] -= np.bincount(graph.high, gap[:, axis], graph.size)
        points = points + STEP * moves / total[:, None]
    return points


def _weights(far: Table, piece: Numbers) -> Table:
    """Of each node's term with each pivot: 1/d² times how many nodes the pivot stands for, seen from there."""
    near = np.nanargmin(far, axis=1)
    pieces, many = int(piece[-1]) + 1, far.shape[1]
    reach = np.nan_to_num(far, nan=0.0).astype(np.int64)
    deepest = int(reach.max()) // 2 + 1
    home = piece.astype(np.int64) * many + near
    depth = reach[np.arange(len(far)), near]
    shallow = depth < deepest
    held = np.bincount(home[shallow] * deepest + depth[shallow], minlength=pieces * many * deepest)
    held = held.reshape(pieces, many, deepest).cumsum(axis=2)
    stands = held[piece[:, None], np.arange(many), reach // 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(far > 0, stands / far**2, 0).astype(np.float32)
