"""Make a network: a networkx graph of one kind, for the parameters given, in which every edge tells its sources."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import networkx as nx

from graph.errors import InvalidParameter
from graph.network.catalogue import Kind, kind, placeholders
from graph.network.measures import measure
from graph.network.path import steps_between
from graph.questions.answer import labels_of, sources_of
from graph.questions.parameters import resolve
from graph.tables.world import World

Row = dict[str, Any]

LABELS = {
    "works-with": "Works with",
    "takes-place-in": "Takes place in",
    "of-state": "Of the State of",
    "carries": "Carries",
    "leg": "Leads to",
    "part-of": "Part of",
}
"""Labels of edges whose claim has no code to take one from."""


def network(
    world: World, name: str, given: Mapping[str, Sequence[str]] | None = None, *, evidence: bool = True
) -> "nx.MultiDiGraph[str]":
    """Draw the network `name` with the texts `given` for its parameters.

    A node is the short id of a thing, with `label`, `kind`, `class`, `links` (its edges before anything was cut)
    and, where they apply, `distance`, `roles`, `latitude`, `longitude` and the measures. The key of an edge is the
    id of its claim; it has `label`, `kind`, `role`, `domains`, `from_date`, `to_date`, `directed`, `weight`,
    `claims` (at most 20 of the `claims_total`) and, with `evidence`, `sources`. What is unknown is absent. The
    graph has `title`, `kind`, `asks`, `read`, `parameters`, `filters`, `datasets`, `nodes_total`, `edges_total`,
    `cut`, `caveat`; a path also `length` and `paths_total`; `measured` says how each measure was computed.

    Raises NotFound for an unknown kind or two things that no path joins, InvalidParameter for anything wrong in a
    parameter, and TooLarge for a measure or a search that would take too long.
    """
    asked = kind(name)
    values = resolve(world, asked.parameters, given or {})
    for needed in asked.header.needs:
        if values[needed] is None:
            raise InvalidParameter(
                f"{asked.header.title} needs {needed}",
                parameter=needed,
                expected=asked.parameters[needed].about,
            )
    path = steps_between(world, values) if name == "path" else None
    bound = values | ({"steps": path.steps, "ends": [values["start"], values["end"]]} if path else {})
    (found,) = world.rows(asked.query, {name: bound.get(name) for name in placeholders(asked.query)})
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in found["nodes"]:
        graph.add_node(row["id"], **_node(row))
    sources = sources_of(world, {c for row in found["edges"] for c in row["claims"]}) if evidence else {}
    for row in found["edges"]:
        told = {"sources": [s for claim in row["claims"] for s in sources.get(claim, ())]} if evidence else {}
        graph.add_edge(row["source"], row["target"], key=row["id"], **_edge(row), **told)
    graph.graph |= _stamp(world, asked, values, found, graph)
    if path:
        graph.graph["paths_total"] = path.total
        graph.graph["length"] = path.length
        nx.set_node_attributes(graph, {node: place for node, place in path.places.items() if node in graph}, "distance")
    if values["measures"]:
        graph.graph["measured"] = measure(graph, values["measures"])
    return graph


def _node(row: Row) -> Row:
    known = {k: row[k] for k in ("kind", "class", "distance", "latitude", "longitude") if row[k] is not None}
    roles = [role for role in row["roles"] or () if role]
    return {"label": row["label"] or row["id"], "links": row["links"]} | known | ({"roles": roles} if roles else {})


def _edge(row: Row) -> Row:
    label = row["label"] or LABELS.get(row["kind"], row["kind"])
    days = {name: row[name].isoformat() for name in ("from_date", "to_date") if row[name] is not None}
    told = {"role": row["role"], "domains": [domain for domain in row["domains"] if domain]}
    told = {name: value for name, value in told.items() if value}
    plain = {name: row[name] for name in ("kind", "directed", "weight", "claims", "claims_total")}
    return {"label": label} | plain | told | days


def _stamp(world: World, asked: Kind, values: Row, found: Row, graph: "nx.MultiDiGraph[str]") -> Row:
    """What the drawing is of: it goes along into every format."""
    chosen = {name: value for name, value in values.items() if value is not None}
    ids = {id_ for value in chosen.values() for id_ in _listed(value) if _is_id(id_)}
    labels = labels_of(world, ids)
    about = [_read(values[name], labels) for name in asked.header.needs]
    filters = [
        f"{asked.parameters[name].title}: {', '.join(_read(v, labels) for v in _listed(value))}"
        for name, value in chosen.items()
        if name not in asked.header.needs and name not in ("measures", "nodes", "edges")
    ]
    return {
        "title": asked.header.title + (": " + " – ".join(about) if about else ""),
        "kind": asked.name,
        "asks": asked.header.asks,
        "read": asked.header.read,
        "parameters": {n: v.isoformat() if isinstance(v, date) else v for n, v in chosen.items()},
        "filters": filters,
        "datasets": _datasets(world, values.get("dataset")),
        "nodes_total": found["nodes_total"],
        "edges_total": found["edges_total"],
        "cut": cut(graph, found["nodes_total"], found["edges_total"]),
        "caveat": asked.header.caveat,
    }


def cut(graph: "nx.MultiDiGraph[str]", nodes_total: int, edges_total: int) -> str | None:
    """What to say of a drawing that shows less than there is; None when it shows all."""
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    if nodes == nodes_total and edges == edges_total:
        return None
    return (
        f"Drawn are {nodes:,} of {nodes_total:,} nodes, the most connected and those that link them, "
        f"and {edges:,} of {edges_total:,} edges."
    )


DATASETS = """
select
    dataset as name, min(title) as title, min(publisher) as publisher, min(issued) as issued,
    min(licence) as licence, split_part(min(handling), '/', 2) as handling
from dataset_description
where id = 'dataset/' || dataset
group by dataset
order by dataset
"""


def _datasets(world: World, chosen: list[str] | None) -> list[Row]:
    return [
        {"name": row["name"], "version": world.datasets[row["name"]]}
        | {name: value for name, value in row.items() if value and name != "name"}
        for row in world.rows(DATASETS)
        if not chosen or row["name"] in chosen
    ]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and "/" in value


def _read(value: Any, labels: Mapping[str, str]) -> str:
    return labels.get(value, str(value)) if isinstance(value, str) else str(value)
