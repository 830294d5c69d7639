"""A picture as a graph of networkx with its evidence, for the files that other programs open, and as CSV."""

import csv
import io
from typing import Any

import networkx as nx

from graph.network.bounds import cut
from graph.questions.answer import sources_of
from graph.tables.world import World
from graph.writers.answers import FORMULA, cite
from graph.writers.network import described
from viz.drawings.picture import Picture

COLUMNS = ("source", "source_id", "link", "target", "target_id", "from", "to", "weight", "claim", "sources")


def as_graph(world: World, shown: Picture, said: list[str]) -> "nx.MultiDiGraph[str]":
    """The picture with what every link rests on, stamped as `graph.network.build.network` stamps it.

    said  what the view leaves out, in words; it joins the filters.
    """
    about = dict(shown.about)
    about["filters"] = [*about.get("filters", ()), *said]
    about["cut"] = cut(len(shown.nodes), len(shown.edges), about["nodes_total"], about["edges_total"])
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**about)
    for at, node in enumerate(shown.nodes):
        known = {"class": node.class_, "distance": node.distance}
        measured = {name: of[at].item() for name, of in shown.values.items() if of[at] == of[at]}
        graph.add_node(
            node.id,
            label=node.label,
            kind=node.kind,
            links=node.links,
            **{name: value for name, value in (known | measured).items() if value is not None},
        )
    sources = sources_of(world, {claim for edge in shown.edges for claim in edge.claims})
    for edge in shown.edges:
        days = {"from_date": edge.start and edge.start.isoformat(), "to_date": edge.end and edge.end.isoformat()}
        graph.add_edge(
            shown.nodes[edge.source].id,
            shown.nodes[edge.target].id,
            key=edge.id,
            label=edge.label,
            kind=edge.kind,
            weight=edge.weight,
            directed=edge.directed,
            sources=[source for claim in edge.claims for source in sources.get(claim, ())],
            **{name: day for name, day in days.items() if day is not None},
        )
    return graph


def spots(shown: Picture) -> dict[str, tuple[float, float]]:
    """Where each node stands, by id."""
    return {node.id: (float(x), float(y)) for node, (x, y) in zip(shown.nodes, shown.points, strict=True)}


def to_csv(graph: "nx.MultiDiGraph[str]") -> bytes:
    """The links, one a row, under lines with `#` that say what the picture was of."""
    out = io.StringIO(newline="")
    for line in described(graph).splitlines():
        out.write(f"# {line}\r\n")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    label = {node: data["label"] for node, data in graph.nodes(data=True)}
    for source, target, key, data in graph.edges(keys=True, data=True):
        cells: list[Any] = [label[source], source, data["label"], label[target], target]
        cells += [data.get("from_date"), data.get("to_date"), data["weight"], key]
        cells.append("; ".join(cite(each) for each in data["sources"]))
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in cells])
    return out.getvalue().encode("utf-8", "replace")
