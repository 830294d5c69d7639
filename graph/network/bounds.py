"""How large a network may be, and the strongest part of one that is too large to be shown whole."""

from collections import Counter
from math import inf

import networkx as nx

from graph.errors import TooLarge

MOST_NODES = 100_000
MOST_EDGES = 500_000
"""What is drawn and measured at most; `high` of the parameters `nodes` and `edges`."""


def refuse_above(nodes: int, edges: int) -> None:
    """Raise TooLarge for a network that is not laid out or measured, naming how large it is and may be."""
    for name, count, most in (("nodes", nodes, MOST_NODES), ("edges", edges, MOST_EDGES)):
        if count > most:
            raise TooLarge(
                f"a network of {count:,} {name} is not drawn",
                parameter=name,
                given=f"{count:,} {name}",
                expected=f"at most {most:,}: ask for fewer, or filter",
            )


def strongest(graph: "nx.MultiDiGraph[str]", nodes: int, edges: int) -> "nx.MultiDiGraph[str]":
    """The strongest `nodes` nodes with the `edges` heaviest edges between them, and what was cut.

    The same rule as that of `queries/parts/drawn.sql`; `graph` itself when it is small enough.
    """
    if graph.number_of_nodes() <= nodes and graph.number_of_edges() <= edges:
        return graph
    links = {node: data.get("links", graph.degree(node)) for node, data in graph.nodes(data=True)}
    near = {node: data.get("distance", inf) for node, data in graph.nodes(data=True)}
    ranked = sorted(graph, key=lambda n: (near[n], -links[n], n))
    half = (nodes + 1) // 2
    hubs = {node for rank, node in enumerate(ranked, start=1) if rank <= (half if near[node] == inf else nodes)}
    linking = Counter(n for u, v in graph.edges() for n, other in ((u, v), (v, u)) if other in hubs)
    rest = sorted((node for node in ranked if node not in hubs), key=lambda n: -linking[n])
    kept = hubs | set(rest[: nodes - len(hubs)])
    heaviest = sorted(
        ((u, v, k, data) for u, v, k, data in graph.edges(keys=True, data=True) if u in kept and v in kept),
        key=lambda e: (-e[3].get("weight", 1), -links[e[0]] - links[e[1]], e[0], e[1], str(e[2])),
    )
    shown: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    shown.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in kept)
    for source, target, key, data in heaviest[:edges]:
        shown.add_edge(source, target, key=key, **data)
    nodes_total = graph.graph.get("nodes_total", graph.number_of_nodes())
    edges_total = graph.graph.get("edges_total", graph.number_of_edges())
    shown.graph["cut"] = cut(shown.number_of_nodes(), shown.number_of_edges(), nodes_total, edges_total)
    return shown


def cut(nodes: int, edges: int, nodes_total: int, edges_total: int) -> str | None:
    """What to say of a drawing that shows less than there is; None when it shows all."""
    if nodes == nodes_total and edges == edges_total:
        return None
    return (
        f"Drawn are {nodes:,} of {nodes_total:,} nodes, the most connected and those that link them, "
        f"and {edges:,} of {edges_total:,} edges."
    )
