"""Where the nodes of a network stand. The same network is always laid out the same way.

Units are those of the page: two neighbours stand about `APART` from one another, y grows downwards.
"""

import math
from collections.abc import Callable

import networkx as nx
import numpy as np

from graph.network.bounds import refuse_above
from graph.network.cache import Cache, key_of
from graph.network.numbered import Numbered, numbered_of
from graph.network.packing import packed
from graph.network.progress import Progress, silent
from graph.network.spread import apart
from graph.network.stress import Points

APART = 110.0

Position = tuple[float, float]


def positions(
    graph: "nx.MultiDiGraph[str]", *, progress: Progress = silent, cache: Cache | None = None
) -> dict[str, Position]:
    """A position (x, y) for every node, as `places` gives them."""
    network = numbered_of(graph)
    found = dict(zip(network.ids, map(tuple, places(network, progress=progress, cache=cache).tolist()), strict=True))
    return {node: found[node] for node in graph}


def places(network: Numbered, *, progress: Progress = silent, cache: Cache | None = None) -> Points:
    """Positions (nodes, 2) in the order of the ids, from (0, 0) on, no two alike, rounded to tenths.

    Flows stand by longitude and latitude (equirectangular) where at least two places have them, with places
    that have none in a row beneath; a path runs from left to right; others are laid out by `packing.packed`.
    Raises TooLarge above the bounds of a drawing.
    """
    refuse_above(len(network.ids), len(network.source))
    if not network.ids:
        return np.empty((0, 2))
    kind = network.about.get("kind")
    located = np.isfinite(_known(network, "latitude")) & np.isfinite(_known(network, "longitude"))
    if kind == "flows" and located.sum() > 1:
        points = _by_coordinates(network, np.flatnonzero(located))
    elif kind == "path":
        points = _in_columns(network)
    else:
        points = APART * _kept(cache, network, lambda: packed(network.simple, progress=progress, cache=cache))
    progress("Laid out", 1.0)
    return _distinct(points - points.min(axis=0))


def _kept(cache: Cache | None, network: Numbered, lay: Callable[[], Points]) -> Points:
    if cache is None:
        return lay()
    key = key_of(network.simple, "layout", {})
    kept = (cache.get(key) or {}).get("points")
    if kept is not None and kept.shape == (len(network.ids), 2):
        return kept
    points = lay()
    cache.put(key, {"points": points})
    return points


def _known(network: Numbered, name: str) -> Points:
    """A column of numbers with NaN for what is unknown."""
    column = network.nodes.get(name)
    if column is None:
        return np.full(len(network.ids), np.nan)
    return np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)


def _by_coordinates(network: Numbered, located: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Points:
    degrees = np.column_stack([_known(network, name)[located] for name in ("longitude", "latitude")])
    middle = math.cos(math.radians(float(degrees[:, 1].mean())))
    flat = np.column_stack([degrees[:, 0] * middle, -degrees[:, 1]])
    extent = float(np.ptp(flat, axis=0).max()) or 1.0
    flat *= APART * 3 * math.sqrt(len(located)) / extent
    flat = apart(flat, np.zeros(len(flat), dtype=np.int32), APART * 0.6)
    points = np.empty((len(network.ids), 2))
    points[located] = flat
    (left, _), (right, low) = flat.min(axis=0), flat.max(axis=0)
    across = max(1, int((right - left) // (2 * APART)) + 1)
    rest = np.setdiff1d(np.arange(len(points)), located)
    row, column = np.divmod(np.arange(len(rest)), across)
    points[rest] = np.column_stack([left + column * 2 * APART, low + 2 * APART + row * APART])
    return points


def _in_columns(network: Numbered) -> Points:
    column = np.nan_to_num(_known(network, "distance")).astype(np.int64)
    order = np.argsort(column, kind="stable")
    many = np.bincount(column)
    row = np.empty(len(column))
    row[order] = np.arange(len(column)) - (np.cumsum(many) - many)[column[order]]
    return np.column_stack([column * APART * 2.2, (row - (many[column] - 1) / 2) * APART])


def _distinct(points: Points) -> Points:
    """Rounded to tenths; what would then lie on another moves to the right of it."""
    tenths = np.rint(points * 10).astype(np.int64)
    while True:
        first = np.zeros(len(tenths), dtype=bool)
        first[np.unique(tenths, axis=0, return_index=True)[1]] = True
        if first.all():
            return tenths / 10
        tenths[~first, 0] += np.arange(1, (~first).sum() + 1)
