"""A reader's world: the datasets that it may see, as tables and as SPARQL."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.datasets.snapshot import graph_iri
from graph.store import Store
from graph.tables.engine import MOST_REMEMBERED, Row, Schema, Tables, rows

KNOWN = """
select 1 from thing where id_key = md5_number_lower($id) and id = $id
union all
select 1 from concept where id = $id
limit 1
"""


@dataclass(frozen=True)
class World:
    """Every call that reads takes one of these; what is not in `datasets` does not exist for it.

    datasets  name -> version of each dataset that may be seen
    schema    the views over their tables
    store     gives the SPARQL store when it is first needed
    merged    id of an actor -> id under which it is known, of those that are one with another
    settled   a hash over what is merged and judged in it; empty where nothing is
    """

    datasets: Mapping[str, str]
    schema: Schema
    tables: Tables
    store: Callable[[], Store]
    merged: Mapping[str, str] = field(default_factory=dict)
    settled: str = ""

    @cached_property
    def key(self) -> str:
        """A short hash that changes when any dataset in it does, or what is merged or judged in it."""
        told = repr(sorted(self.datasets.items())) + self.settled
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @cached_property
    def graphs(self) -> frozenset[str]:
        """IRIs of the graphs that SPARQL may read."""
        return frozenset(graph_iri(name, version) for name, version in self.datasets.items())

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """Run `sql` over the tables of this world with bound parameters.

        Raises TooLarge where the memory does not do, even while nobody else asks.
        """
        return self.tables.ask(self.schema, lambda cursor: rows(cursor, sql, params))

    def knows(self, id_: str) -> bool:
        """Whether a dataset states anything of the thing, or the ontology has the code, with this short id."""
        found = id_ in self.schema.known or bool(self.rows(KNOWN, {"id": id_}))
        if found and len(self.schema.known) < MOST_REMEMBERED:
            self.schema.known.add(id_)
        return found

    def keep(self, select: str, params: Mapping[str, Any]) -> str | None:
        """The name of a table of this world with what `select` finds, made once; None where it keeps enough already."""
        return self.tables.keep(self.schema, select, params)
