"""Betweenness: on how many shortest paths between two others a node lies."""

import numpy as np
import numpy.typing as npt

from graph.network.numbered import Simple
from graph.network.progress import Progress, silent
from graph.network.seeded import graph_of, seeded

EXACT = 50_000_000
"""Nodes times edges up to which it is exact; above, it is estimated from paths out of nodes drawn at random."""
DRAWS = 8
"""Independent estimates whose mean is given, and from whose spread its error is told."""
LEAST = 128
"""Nodes drawn in all: as many as cost what the exact one may, at least so many."""


def betweenness(graph: Simple, progress: Progress = silent) -> tuple[npt.NDArray[np.float64], float]:
    """Share of the shortest paths between two others on which each node lies, 0 to 1; every edge is one step.

    With it comes the largest standard error of any node: 0 where the shares are exact. Freeman, A set of measures of
    centrality based on betweenness (1977), exact by Brandes, A faster algorithm for betweenness centrality (2001),
    else estimated without bias as in Geisberger, Sanders, Schultes, Better approximation of betweenness centrality
    (2008). (The estimators of networkit with a bound proven beforehand don't serve: of 11.3 `KadabraBetweenness`
    gives twice the share, and `ApproxBetweenness` would take minutes by the sample that it needs.)
    """
    size = graph.size
    if size < 3:
        return np.zeros(size), 0.0
    pairs = (size - 1) * (size - 2)
    with seeded() as networkit:
        plain = graph_of(networkit, graph, weighted=False)
        if exactly(graph):
            return np.array(networkit.centrality.Betweenness(plain).run().scores()) / pairs, 0.0
        many = max(LEAST, EXACT // len(graph.low)) // DRAWS
        draws = []
        for number in range(DRAWS):
            progress("Betweenness", number / DRAWS)
            draws.append(networkit.centrality.EstimateBetweenness(plain, many).run().scores())
    shares = np.array(draws) / pairs
    error = float((shares.std(axis=0, ddof=1) / np.sqrt(DRAWS)).max())
    return np.clip(shares.mean(axis=0), 0.0, 1.0), error


def exactly(graph: Simple) -> bool:
    """Whether the betweenness of a graph of this size is exact."""
    return graph.size * len(graph.low) <= EXACT
