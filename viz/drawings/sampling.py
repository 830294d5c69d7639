"""Which links of a large network are drawn: the strongest, but of every node the strongest of its own first."""

import numpy as np
import numpy.typing as npt

from graph.network.numbered import Numbers

Numbered = npt.NDArray[np.intp]


def strongest(source: Numbers, target: Numbers, weight: Numbers, most: int) -> Numbered:
    """Numbers of at most `most` edges, in order.

    An edge is worth as much as it is to one of its ends: the first of a node comes before the second of any. So
    what has a link is drawn with one as long as there is room, where the heaviest alone would all lie round a few
    hubs. Among equals the heavier is drawn, then the earlier, which `drawing` gives in order of strength.
    """
    if len(source) <= most:
        return np.arange(len(source))
    ends = np.concatenate([source, target])
    edge = np.tile(np.arange(len(source)), 2)
    order = np.lexsort((edge, -weight[edge], ends))
    _, first, count = np.unique(ends[order], return_index=True, return_counts=True)
    nth = np.empty(len(ends), dtype=np.int64)
    nth[order] = np.arange(len(ends)) - np.repeat(first, count)
    rank = np.minimum(nth[: len(source)], nth[len(source) :])
    chosen = np.lexsort((np.arange(len(source)), -weight, rank))[:most]
    return np.asarray(np.sort(chosen))
