"""Structural holes: how far a node's relations lead back to the same others."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from graph.network.numbered import Simple

AT_ONCE = 2_000_000
"""Triangles looked for at once, as far as edges can be told apart: it bounds the memory."""


def constraint(graph: Simple) -> npt.NDArray[np.float64]:
    """How far a node's relations lead back to the same others: low where it bridges a structural hole.

    Burt, Structural Holes (1992): the sum over neighbours j of (p_ij + sum_q p_iq p_qj)², where p_ij = w_ij / s_i is
    the share of i's edges that go to j. The inner sum is 1/s_i times sum_q w_iq w_qj / s_q, the same for (i, j) and
    (j, i), and has a term for each triangle on the edge: so every triangle is found once. NaN for a node without
    neighbours.
    """
    weight = graph.weight.astype(np.float64)
    ends = np.concatenate([graph.low, graph.high])
    strength = np.bincount(ends, np.tile(weight, 2), graph.size).astype(np.float64)
    through = _through(graph, weight, strength)
    found = np.zeros(graph.size)
    for node in (graph.low, graph.high):
        with np.errstate(invalid="ignore", divide="ignore"):
            found += np.bincount(node, ((weight + through) / strength[node]) ** 2, graph.size)
    return np.where(strength > 0, found, np.nan)


def _through(
    graph: Simple, weight: npt.NDArray[np.float64], strength: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """For each edge ij the sum over q of w_iq w_qj / s_q.

    Edges point to the node with more neighbours, so that none has more than √(2 edges) of them going out, and the
    time is at most edges^1.5 (Chiba, Nishizeki, Arboricity and subgraph listing algorithms, 1985).
    """
    from scipy.sparse import csr_array

    rank = np.empty(graph.size, dtype=np.int32)
    rank[np.lexsort((np.arange(graph.size), graph.degrees))] = np.arange(graph.size)
    one, other = rank[graph.low], rank[graph.high]
    tail, head = np.minimum(one, other), np.maximum(one, other)
    by_rank = np.empty(graph.size)
    by_rank[rank] = strength
    shape = (graph.size, graph.size)
    edge = csr_array((np.arange(1, len(tail) + 1, dtype=np.int32), (tail, head)), shape=shape)
    there = csr_array((np.ones(len(tail), dtype=np.int32), (tail, head)), shape=shape)
    found = np.zeros(len(tail))
    out = np.bincount(tail, minlength=graph.size)
    looked_at = np.cumsum(out[tail] + out[head])
    starts = np.flatnonzero(np.diff(looked_at // AT_ONCE, prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(tail)]):
        few = slice(start, end)
        # Row by row the heads that both ends of an edge point to, with the number of the edge that goes there.
        first = (edge[tail[few]] * there[head[few]]).tocoo()
        second = (there[tail[few]] * edge[head[few]]).tocoo()
        base, left, right = first.row + start, first.data - 1, second.data - 1
        top = by_rank[first.col]
        found += np.bincount(base, weight[left] * weight[right] / top, len(tail))
        found += np.bincount(left, weight[base] * weight[right] / by_rank[head[base]], len(tail))
        found += np.bincount(right, weight[base] * weight[left] / by_rank[tail[base]], len(tail))
    return found
