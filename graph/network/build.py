"""Make a network of one kind, for the parameters given.

`network` gives a graph of networkx in which every edge tells its sources, for analysts and exports; `drawing` the same
nodes and edges as arrays, for a picture of up to half a million edges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import networkx as nx
import numpy as np

from graph.errors import InvalidParameter
from graph.network.bounds import cut
from graph.network.cache import Cache
from graph.network.catalogue import Kind, composed, kind, part, placeholders
from graph.network.measures import measure, measured
from graph.network.numbered import Column, Numbered
from graph.network.path import Path, steps_between
from graph.network.progress import Progress, silent
from graph.network.progress import part as part_of
from graph.questions.answer import labels_of, sources_of
from graph.questions.parameters import resolve
from graph.questions.stamp import datasets_of
from graph.tables.engine import run
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
    world: World,
    name: str,
    given: Mapping[str, Sequence[str]] | None = None,
    *,
    evidence: bool = True,
    progress: Progress = silent,
    cache: Cache | None = None,
) -> "nx.MultiDiGraph[str]":
    """Draw the network `name` with the texts `given` for its parameters.

    A node is the short id of a thing, with `label`, `kind`, `class`, `links` (its edges before anything was cut)
    and, where they apply, `distance`, `roles`, `latitude`, `longitude` and the measures. The key of an edge is the
    id of its claim; it has `label`, `kind`, `role`, `domains`, `from_date`, `to_date`, `directed`, `weight`,
    `claims` (at most 20 of the `claims_total`) and, with `evidence`, `sources`. What is unknown is absent. The
    graph has `title`, `kind`, `asks`, `read`, `parameters`, `filters`, `datasets`, `nodes_total`, `edges_total`,
    `cut`, `caveat`; a path also `length` and `paths_total`; `measured` says how each measure was computed.

    Raises NotFound for an unknown kind or two things that no path joins, InvalidParameter for anything wrong in a
    parameter, and TooLarge for a search that would take too long.
    """
    asked = _asked(world, name, given)
    progress("Reading", 0.0)
    (found,) = world.rows(asked.kind.query, asked.bound(asked.kind.query))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in found["nodes"]:
        graph.add_node(row["id"], **_node(row))
    sources = sources_of(world, {c for row in found["edges"] for c in row["claims"]}) if evidence else {}
    for row in found["edges"]:
        told = {"sources": [s for claim in row["claims"] for s in sources.get(claim, ())]} if evidence else {}
        graph.add_edge(row["source"], row["target"], key=row["id"], **_edge(row), **told)
    totals = found["nodes_total"], found["edges_total"]
    graph.graph |= _stamp(world, asked, (len(found["nodes"]), len(found["edges"])), totals)
    if asked.path:
        places = {node: place for node, place in asked.path.places.items() if node in graph}
        nx.set_node_attributes(graph, places, "distance")
    if asked.values["measures"]:
        how = measure(graph, asked.values["measures"], progress=part_of(progress, 0.5, 1.0), cache=cache)
        graph.graph["measured"] = how
    progress("Drawn", 1.0)
    return graph


def drawing(
    world: World,
    name: str,
    given: Mapping[str, Sequence[str]] | None = None,
    *,
    progress: Progress = silent,
    cache: Cache | None = None,
) -> Numbered:
    """The same network as arrays; errors as of `network`.

    Columns of the nodes are `label`, `kind`, `class`, `links`, `roles`, `distance`, `latitude`, `longitude` (masked
    or None where unknown) and the measures (NaN where undefined); of the edges `id`, `kind`, `weight`, `directed`,
    the heaviest first. Roles, periods and claims of edges, and their evidence, only `network` tells.
    """
    asked = _asked(world, name, given)
    progress("Reading", 0.0)
    query = composed({"drawing": asked.kind.query}, part("arrays"))
    with world.tables.asking(world.schema) as cursor:
        reply = run(cursor, query, asked.bound(query)).fetchnumpy()
        found = {name: column[0] for name, column in reply.items()}
    nodes, edges = (_columns(found, prefix) for prefix in ("node_", "edge_"))
    ids = nodes.pop("id").tolist()
    source, target = (edges.pop(end).astype(np.int32) for end in ("source", "target"))
    if asked.path:
        nodes["distance"] = np.array([asked.path.places[node] for node in ids], dtype=np.int32)
    totals = int(found["nodes_total"]), int(found["edges_total"])
    network = Numbered(ids, source, target, nodes, edges, _stamp(world, asked, (len(ids), len(source)), totals))
    if names := asked.values["measures"]:
        told = measured(network.simple, names, progress=part_of(progress, 0.5, 1.0), cache=cache)
        network = replace(network, nodes=nodes | told.values, about={**network.about, "measured": told.how})
    progress("Drawn", 1.0)
    return network


@dataclass(frozen=True)
class _Asked:
    """A kind of network with the values of its parameters, and the paths that it draws where it is a path."""

    kind: Kind
    values: Row
    path: Path | None

    def bound(self, query: str) -> Row:
        """What to bind to the placeholders of `query`."""
        ends = {"steps": self.path.steps, "ends": [self.values["start"], self.values["end"]]} if self.path else {}
        return {name: (self.values | ends).get(name) for name in placeholders(query)}


def _asked(world: World, name: str, given: Mapping[str, Sequence[str]] | None) -> _Asked:
    asked = kind(name)
    values = resolve(world, asked.parameters, given or {})
    for needed in asked.header.needs:
        if values[needed] is None:
            raise InvalidParameter(
                f"{asked.header.title} needs {needed}",
                parameter=needed,
                expected=asked.parameters[needed].about,
            )
    return _Asked(asked, values, steps_between(world, values) if name == "path" else None)


def _columns(found: Row, prefix: str) -> dict[str, Column]:
    """The lists of one row as arrays; a list of nothing is null, masked or None."""
    columns = {n.removeprefix(prefix): column for n, column in found.items() if n.startswith(prefix)}
    return {name: column if np.ndim(column) else np.zeros(0) for name, column in columns.items()}


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


def _stamp(world: World, asked: _Asked, drawn: tuple[int, int], totals: tuple[int, int]) -> Row:
    """What the drawing is of: it goes along into every format."""
    header, parameters, values = asked.kind.header, asked.kind.parameters, asked.values
    chosen = {name: value for name, value in values.items() if value is not None}
    ids = {id_ for value in chosen.values() for id_ in _listed(value) if _is_id(id_)}
    labels = labels_of(world, ids)
    about = [_read(values[name], labels) for name in header.needs]
    filters = [
        f"{parameters[name].title}: {', '.join(_read(v, labels) for v in _listed(value))}"
        for name, value in chosen.items()
        if name not in header.needs and name not in ("measures", "nodes", "edges")
    ]
    return {
        "title": header.title + (": " + " – ".join(about) if about else ""),
        "kind": asked.kind.name,
        "asks": header.asks,
        "read": header.read,
        "parameters": {n: v.isoformat() if isinstance(v, date) else v for n, v in chosen.items()},
        "filters": filters,
        "datasets": datasets_of(world, values.get("dataset")),
        "nodes_total": totals[0],
        "edges_total": totals[1],
        "cut": cut(*drawn, *totals),
        "caveat": header.caveat,
    } | ({"paths_total": asked.path.total, "length": asked.path.length} if asked.path else {})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and "/" in value


def _read(value: Any, labels: Mapping[str, str]) -> str:
    return labels.get(value, str(value)) if isinstance(value, str) else str(value)
