"""The part of a world that goes out: whole programmes that the common parameters leave, and all that belongs to them.

The programmes come in blocks, each read by a query of its own, so that memory does not grow with their number.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb

from graph.questions.parameters import COMMON, resolve
from graph.tables.engine import Row, rows
from graph.tables.world import World
from graph.writers.bounds import Bounded

QUERIES = Path(__file__).parent / "queries"
BLOCK = 2_500
"""Programmes that are in memory at once."""

LEVELS = ("clear", "green", "amber", "amber-strict", "red")
"""Handling labels (TLP 2.0), each stricter than the one before."""


@cache
def query(name: str) -> str:
    """The text of a query file of this room."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


Advance = Callable[[float], None]
"""Is called with the share of an export that is done, from 0 to 1, never falling. Not all work can tell it."""


def unseen(share: float) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Told:
    """What was written: how many of each kind, and what the format could not say, with how often that came."""

    written: Mapping[str, int]
    unsaid: Mapping[str, int] = field(default_factory=dict)


class Part:
    """Programmes of a world, numbered, with what was asked for. Made by `part_of`; one thread at a time.

    parameters  the common parameters as `resolve` understands them, those not given being None
    snapshots   the claims of each dataset of the world as compressed N-Quads, for the formats that write them
    cursor      reads the world; it has the temporary tables `part` (id, n) and
                `part_thing` (id), which is empty where all is asked for
    advance     is told how far the writing is
    """

    def __init__(
        self,
        world: World,
        cursor: duckdb.DuckDBPyConnection,
        parameters: Mapping[str, Any],
        snapshots: Mapping[str, Path],
        advance: Advance = unseen,
    ) -> None:
        self.world = world
        self.snapshots = snapshots
        self.cursor = cursor
        self.parameters = parameters
        self.advance = advance

    @property
    def whole(self) -> bool:
        """Whether no filter is set."""
        return all(value is None for value in self.parameters.values())

    @property
    def by_dataset(self) -> bool:
        """Whether nothing but the dataset is a filter, so that all that these claim goes out, not only programmes."""
        return all(value is None for name, value in self.parameters.items() if name != "dataset")

    def rows(self, name: str, **values: Any) -> list[Row]:
        """The rows of a query file. Values that it names go along: those given, `dataset`, `whole` and `by_dataset`."""
        return rows(self.cursor, query(name), self._named(query(name), values))

    def stream(self, name: str) -> Iterator[Row]:
        """The rows of a query file a few at a time; nothing else is asked of the part before the last of them."""
        found = self.cursor.execute(query(name), self._named(query(name), {}))
        names = [column[0] for column in found.description or ()]
        while taken := found.fetchmany(BLOCK):
            yield from (dict(zip(names, row, strict=True)) for row in taken)

    def _named(self, text: str, values: Mapping[str, Any]) -> dict[str, Any]:
        known = {"dataset": self.parameters["dataset"], "whole": self.whole, "by_dataset": self.by_dataset, **values}
        return {name: value for name, value in known.items() if f"${name}" in text}

    @cached_property
    def programmes(self) -> int:
        """How many programmes there are in it."""
        return int(rows(self.cursor, "select count(*) as n from part")[0]["n"])

    def records(self, start: float = 0, end: float = 1) -> Iterator[Row]:
        """What `queries/record.sql` says of each programme, a block at a time, in the order of the ids.

        start, end  the shares of the whole export between which this lies
        """
        for low in range(1, self.programmes + 1, BLOCK):
            yield from self.rows("record", low=low, high=low + BLOCK - 1)
            self.advance(start + (end - start) * min(1, (low + BLOCK - 1) / self.programmes))

    @cached_property
    def datasets(self) -> list[Row]:
        """Name, title, publisher, licence, issued and handling of each dataset that states anything of it."""
        return self.rows("datasets")

    @property
    def claiming(self) -> list[Row]:
        """Those of the datasets that were asked for: formats that write claims as they are take these only."""
        asked = self.parameters["dataset"]
        return [dataset for dataset in self.datasets if asked is None or dataset["name"] in asked]

    def notice(self, datasets: Sequence[Row]) -> Iterator[str]:
        """What stands at the head of a file: the label, what was asked for, and each dataset with its licence."""
        yield f"Concert, {handling(datasets)}"
        for name, value in sorted(self.parameters.items()):
            if value is not None:
                yield f"Only {name}: {', '.join(value) if isinstance(value, list) else value}"
        for dataset in datasets:
            told = (dataset["publisher"], dataset["licence"], dataset["issued"], handling([dataset]))
            yield f"Dataset {dataset['name']}: {dataset['title']} ({', '.join(part for part in told if part)})"


def handling(datasets: Sequence[Row]) -> str:
    """The strictest label of some datasets as TLP writes it, such as TLP:AMBER+STRICT; TLP:CLEAR of none."""
    strictest = max((LEVELS.index(dataset["handling"]) for dataset in datasets), default=0)
    return "TLP:" + LEVELS[strictest].upper().replace("-", "+")


@contextmanager
def part_of(
    world: World,
    given: Mapping[str, Sequence[str]] | None = None,
    snapshots: Mapping[str, Path] | None = None,
    bounded: Bounded | None = None,
    advance: Advance = unseen,
) -> Iterator[Part]:
    """The part of `world` that the texts `given` for the common parameters leave; all of it without any.

    snapshots  the file of claims of each dataset of the world, by its name; the RDF formats need them
    bounded    what is written to, if that has bounds: they hold for the queries too
    Raises InvalidParameter as `resolve` does.
    """
    values = resolve(world, COMMON, given or {})
    with (
        world.tables.reading(world.schema) as cursor,
        bounded.watching(cursor) if bounded else nullcontext(),
    ):
        part = Part(world, cursor, values, snapshots or {}, advance)
        cursor.execute(query("part"), values)
        cursor.execute("create temp table part_thing (id varchar)" if part.whole else query("part_thing"))
        cursor.execute(query("shared_label"))
        yield part
