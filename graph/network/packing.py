"""Lay a network out in communities: each a disc drawn by its own links, the discs packed so that none overlap.

Units: about one of area a node, one of length between neighbours.
"""

import math

import numpy as np
import numpy.typing as npt

from graph.network.cache import Cache
from graph.network.discs import packed as packed_discs
from graph.network.measures import joined_by, measured
from graph.network.numbered import Numbers, Simple
from graph.network.progress import Progress, part, silent
from graph.network.spread import apart, inside, sunflowers
from graph.network.stress import PIVOTS, Points, stressed

WHOLE = 300
"""Nodes of a component up to which it is drawn as one; above, by communities."""
SHAPED = 1_000
"""Nodes of a community up to which its shape is its links' alone; above, it fills its disc evenly."""
LEAST = 0.7
MARGIN = 0.9
WIDE = 1.6
AT_ONCE = 2_000_000
"""Terms of nodes with pivots computed at once: it bounds the memory."""

Labels = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


def packed(graph: Simple, *, progress: Progress = silent, cache: Cache | None = None) -> Points:
    """Points (size, 2). The larger components by communities, small ones each as one, single nodes in a grid."""
    components = joined_by(graph.size, graph.low, graph.high).astype(np.int64)
    many = np.bincount(components)
    community = measured(graph, ["community"], progress=part(progress, 0.0, 0.1), cache=cache).values["community"]
    large = many[components] > WHOLE
    joined = graph.degrees > 0
    # A piece is a community of a large component or a small component; pieces are numbered from the smallest on.
    label = np.where(large, community, components + graph.size + 1)
    _, number, size = np.unique(label[joined], return_inverse=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int32)
    rank[np.argsort(size, kind="stable")] = np.arange(len(size), dtype=np.int32)
    unsorted = rank[number]
    nodes = np.flatnonzero(joined)[np.argsort(unsorted, kind="stable")]
    piece: Numbers = np.sort(unsorted)
    points = np.zeros((graph.size, 2))
    points[nodes] = _pieces(_within(graph, nodes, piece), piece, large[nodes], part(progress, 0.1, 0.8))
    of = np.full(graph.size, -1, dtype=np.int64)
    of[nodes] = piece
    for component in np.unique(components[large]):
        mine = np.flatnonzero(components == component)
        points[mine] = _by_discs(graph, mine, of, points)
    progress("Packing", 0.9)
    return _in_rows(points, components, joined)


def _within(graph: Simple, nodes: npt.NDArray[np.intp], piece: Numbers) -> Simple:
    """The edges inside pieces, with nodes numbered in the order of `nodes`."""
    number = np.full(graph.size, -1, dtype=np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    one, other = number[graph.low], number[graph.high]
    inside = piece[one] == piece[other]
    low, high = np.minimum(one, other)[inside], np.maximum(one, other)[inside]
    order = np.lexsort((high, low))
    return Simple(len(nodes), low[order], high[order], graph.weight[inside][order])


def _pieces(graph: Simple, piece: Numbers, disc: npt.NDArray[np.bool_], progress: Progress) -> Points:
    """Points of each piece about (0, 0): a `disc` where it is a community, else lying across the page."""
    if not graph.size:
        return np.empty((0, 2))
    points = _stressed(graph, piece, part(progress, 0.0, 0.7))
    size = np.bincount(piece)
    points -= _mean(points, piece, size)
    even = sunflowers(points, piece)
    spans = (_mean(some**2, piece, size).sum(axis=1, keepdims=True) for some in (even, points))
    grown = np.sqrt(next(spans) / np.maximum(next(spans), 1e-9))
    shaped = np.where(disc[:, None], inside((points * grown + even) / 2, piece), points * np.maximum(1, 1.2 * grown))
    free = size[piece] <= SHAPED
    even[free] = apart(shaped[free], piece[free], LEAST)
    progress("Layout", 1.0)
    return np.where(disc[:, None], even, _across(even, piece))


def _stressed(graph: Simple, piece: Numbers, progress: Progress) -> Points:
    """`stressed` for as many pieces at a time as memory is meant to hold; pieces ascend in size."""
    points = np.empty((graph.size, 2))
    starts = np.searchsorted(piece, np.arange(piece[-1] + 2))
    size = np.diff(starts)
    first = 0
    while first < len(size):
        terms = (starts[first + 1 :] - starts[first]) * np.minimum(PIVOTS, size[first:])
        last = first + max(1, int(np.searchsorted(terms, AT_ONCE, side="right")))
        begin, end = starts[first], starts[last]
        here = slice(*np.searchsorted(graph.low, [begin, end]))
        some = Simple(int(end - begin), graph.low[here] - begin, graph.high[here] - begin, graph.weight[here])
        points[begin:end] = stressed(some, piece[begin:end] - first)
        progress("Layout", float(end / graph.size))
        first = last
    return points


def _mean(values: Points, piece: Numbers, size: npt.NDArray[np.intp]) -> Points:
    """For each node the mean of its piece."""
    return np.column_stack([(np.bincount(piece, values[:, axis]) / size)[piece] for axis in (0, 1)])


def _across(points: Points, piece: Numbers) -> Points:
    """Turn the longest direction of each piece to lie across the page, where labels are."""
    spots = points[:, 0] + 1j * points[:, 1]
    squared = spots**2
    lean = np.angle(np.bincount(piece, squared.real) + 1j * np.bincount(piece, squared.imag)) / 2
    spots *= np.exp(-1j * lean[piece])
    return np.column_stack([spots.real, spots.imag])


def _by_discs(graph: Simple, mine: npt.NDArray[np.intp], of: Labels, points: Points) -> Points:
    """The nodes `mine` of one component, its pieces as discs, each turned towards what it is linked with."""
    pieces, disc = np.unique(of[mine], return_inverse=True)
    local = points[mine]
    radii = np.zeros(len(pieces))
    np.maximum.at(radii, disc, np.hypot(local[:, 0], local[:, 1]))
    number = np.full(graph.size, -1, dtype=np.int64)
    number[mine] = np.arange(len(mine))
    between = (number[graph.low] >= 0) & (of[graph.low] != of[graph.high])
    one, other = number[graph.low[between]], number[graph.high[between]]
    pairs = np.minimum(disc[one], disc[other]) * len(pieces) + np.maximum(disc[one], disc[other])
    once, inverse = np.unique(pairs, return_inverse=True)
    strength = np.bincount(inverse, graph.weight[between], len(once)).astype(np.float64)
    ends = np.divmod(once, len(pieces))
    centres = packed_discs(radii + MARGIN, ends[0], ends[1], strength)
    return centres[disc] + _turned(local, disc, centres, np.r_[one, other], np.r_[other, one])


def _turned(
    local: Points, disc: Labels, centres: Points, node: npt.NDArray[np.intp], towards: npt.NDArray[np.intp]
) -> Points:
    """Turn or mirror each disc so that its nodes lie towards the discs that they are linked with."""
    spots, middles = local[:, 0] + 1j * local[:, 1], centres[:, 0] + 1j * centres[:, 1]
    aim = middles[disc[towards]] - middles[disc[node]]
    aim /= np.abs(aim)
    many = len(centres)
    plain, mirrored = (
        np.bincount(disc[node], (side * aim).real, many) + 1j * np.bincount(disc[node], (side * aim).imag, many)
        for side in (spots[node].conj(), spots[node])
    )
    flips = np.abs(mirrored) > np.abs(plain)
    turn = np.exp(1j * np.angle(np.where(flips, mirrored, plain)))
    spots = np.where(flips[disc], spots.conj(), spots) * turn[disc]
    return np.column_stack([spots.real, spots.imag])


def _in_rows(points: Points, components: Labels, joined: npt.NDArray[np.bool_]) -> Points:
    """Components in rows of about the page's shape, the tallest first, low ones above each other; then single nodes."""
    found = points.copy()
    _, block, size = np.unique(components[joined], return_inverse=True, return_counts=True)
    width, height, line = 0.0, 0.0, 0.0
    if len(size):
        order = np.argsort(block, kind="stable")
        sorted_points, starts = points[joined][order], np.cumsum(size) - size
        low, high = np.minimum.reduceat(sorted_points, starts), np.maximum.reduceat(sorted_points, starts)
        extent = high - low + (2, 1.2)
        line = max(math.sqrt(float(extent.prod(axis=1).sum()) * WIDE), float(extent[:, 0].max()))
        corners, height = _rows(extent, line)
        found[joined] += (corners - low + (1, 0.6))[block]
        width = line
    alone = np.flatnonzero(~joined)
    across = max(1, int(width / 1.4), math.ceil(math.sqrt(len(alone) * 0.8 / 1.4 * WIDE)))
    row, column = np.divmod(np.arange(len(alone)), across)
    found[alone] = np.column_stack([1 + column * 1.4, height + 1 + row * 0.8])
    return found


def _rows(extent: Points, line: float) -> tuple[Points, float]:
    """Corners of blocks of `extent` (blocks, 2), and the height of all."""
    corners = np.zeros_like(extent)
    x = y = row = column = down = 0.0  # corner and height of the row; width and filled height of its last column
    for block in np.lexsort((np.arange(len(extent)), -extent[:, 1])).tolist():
        width, height = extent[block].tolist()
        if row and down + height > row:
            x, column, down = x + column, 0.0, 0.0
        if row and x + width > line:
            x, y, row, column, down = 0.0, y + row, 0.0, 0.0, 0.0
        row, column = max(row, height), max(column, width)
        corners[block] = x, y + down
        down += height
    return corners, y + row
