"""A network as numbers: nodes are 0, 1, 2 … in the order of their ids, edges two arrays.

Half a million edges take 4 MB so, and 230 MB as dictionaries of networkx before anything is told of them.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Column = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Simple:
    """What is measured and laid out: at most one edge between two nodes, no direction, no loops.

    size  how many nodes; low, high  the ends of each edge by number, low < high, in order
    weight  how many edges of the network lie between the two, either way
    """

    size: int
    low: Numbers
    high: Numbers
    weight: Numbers

    @cached_property
    def degrees(self) -> Numbers:
        """Neighbours of each node."""
        return counted(self.low, self.size) + counted(self.high, self.size)

    def among(self, nodes: npt.NDArray[np.intp]) -> "Simple":
        """The part between `nodes`, which are in order, numbered anew from 0."""
        number = np.full(self.size, -1, dtype=np.int32)
        number[nodes] = np.arange(len(nodes), dtype=np.int32)
        low, high = number[self.low], number[self.high]
        inside = (low >= 0) & (high >= 0)
        return Simple(len(nodes), low[inside], high[inside], self.weight[inside])


@dataclass(frozen=True, eq=False)
class Numbered:
    """A network whose nodes are numbered in the order of their ids.

    ids  of the nodes, in order, each once; source, target  the ends of each edge by number
    nodes, edges  columns of what else is known, as long as `ids` and as `source`, named as in `network`
    about  the stamp that `network` gives its graph
    """

    ids: list[str]
    source: Numbers
    target: Numbers
    nodes: Mapping[str, Column] = field(default_factory=dict)
    edges: Mapping[str, Column] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def simple(self) -> Simple:
        """The simple undirected graph: the same for every order and direction of the edges."""
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        between = low != high
        pairs = low[between].astype(np.int64) * len(self.ids) + high[between]
        once, weight = np.unique(pairs, return_counts=True)
        ends = np.divmod(once, max(1, len(self.ids)))
        return Simple(len(self.ids), *(part.astype(np.int32) for part in (*ends, weight)))

    def networkx(self) -> "nx.MultiDiGraph[str]":
        """The same as a graph of networkx; the key of an edge is its `id` where there is such a column.

        What a column doesn't know (masked, None or NaN) is absent, as in `network`. Evidence is not in the columns:
        an export asks `network` for it.
        """
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**dict(self.about))
        for node, data in zip(self.ids, _records(self.nodes, len(self.ids)), strict=True):
            graph.add_node(node, **data)
        ends = zip(self.source.tolist(), self.target.tolist(), strict=True)
        for (source, target), data in zip(ends, _records(self.edges, len(self.source)), strict=True):
            graph.add_edge(self.ids[source], self.ids[target], key=data.pop("id", None), **data)
        return graph


def numbered(nodes: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> Numbered:
    """A network of the ids `nodes` and an edge for each of `pairs`, whose ends are among them."""
    ids = sorted(set(nodes))
    number = {node: index for index, node in enumerate(ids)}
    ends = np.array([(number[a], number[b]) for a, b in pairs], dtype=np.int32).reshape(-1, 2)
    return Numbered(ids, ends[:, 0].copy(), ends[:, 1].copy())


def numbered_of(graph: "nx.MultiDiGraph[str]") -> Numbered:
    """The same network as numbers, with what a layout reads: `latitude`, `longitude`, `distance` and the stamp."""
    network = numbered(graph, graph.edges())
    columns = {
        name: np.array([graph.nodes[node].get(name, np.nan) for node in network.ids], dtype=np.float64)
        for name in ("latitude", "longitude", "distance")
    }
    return replace(network, nodes=columns, about=graph.graph)


def counted(numbers: Numbers, size: int) -> Numbers:
    """How often each number below `size` is there."""
    return np.bincount(numbers, minlength=size).astype(np.int32)


def _records(columns: Mapping[str, Column], length: int) -> Iterable[dict[str, Any]]:
    lists = {name: _plain(column) for name, column in columns.items()}
    for index in range(length):
        row = {name: values[index] for name, values in lists.items()}
        yield {name: value for name, value in row.items() if value is not None and not _undefined(value)}


def _undefined(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _plain(column: Column) -> list[Any]:
    return [value.tolist() if isinstance(value, np.ndarray) else value for value in column.tolist()]
