"""Run networkit so that equal graphs give equal results.

networkit's seed belongs to the process and its results depend on the number of threads, so one computation at a time
runs on one thread. The lock guards what the library shares anyway; it keeps nothing.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from graph.network.numbered import Simple

SEED = 20030514
_ALONE = threading.Lock()


@contextmanager
def seeded() -> Iterator[Any]:
    """The module networkit, seeded, on one thread, for this block alone."""
    import networkit  # 0.4 s

    with _ALONE:
        threads = networkit.getMaxNumberOfThreads()
        networkit.setNumberOfThreads(1)
        networkit.setSeed(SEED, True)
        try:
            yield networkit
        finally:
            networkit.setNumberOfThreads(threads)


def graph_of(networkit: Any, graph: Simple, *, weighted: bool) -> Any:
    """The same graph in networkit. `graph` has a node: some of networkit's algorithms end the process without one."""
    ends = graph.low.astype(np.uint64), graph.high.astype(np.uint64)
    data = (graph.weight.astype(np.float64), ends) if weighted else ends
    return networkit.GraphFromCoo(data, n=graph.size, weighted=weighted, directed=False)
