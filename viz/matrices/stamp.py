"""What a file of a matrix is of, in words: it goes along into every format."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.network.build import datasets_of
from graph.questions.answer import labels_of, question
from graph.questions.parameters import resolve
from graph.tables.world import World
from viz.matrices.matrix import Matrix, parameters

LAYOUT = ("rows", "columns")
"""Told by the title."""


@dataclass(frozen=True)
class Stamp:
    """`filters` and how it is laid out, as a reader sees them; the `datasets` that may be in it, with their dates."""

    title: str
    filters: tuple[str, ...]
    datasets: tuple[str, ...]
    shown: str
    caveat: str

    @property
    def lines(self) -> list[str]:
        """All of it, a line each."""
        data = [f"Data: {told}" for told in self.datasets]
        return [part for part in (self.title, "; ".join(self.filters), self.shown, *data, self.caveat) if part]


def stamp(world: World, drawn: Matrix, given: Mapping[str, Sequence[str]]) -> Stamp:
    """The stamp of a matrix that was drawn for the texts `given`."""
    values = resolve(world, parameters(), given)
    return Stamp(
        title=f"Who works where: programmes by {drawn.down} and {drawn.across}",
        filters=tuple(_filters(world, values)),
        datasets=tuple(
            ", ".join(str(told[k]) for k in ("title", "publisher", "issued", "version", "licence") if k in told)
            for told in datasets_of(world, values.get("dataset"))
        ),
        shown=_shown(drawn),
        caveat=question("presence-matrix").header.caveat,
    )


def _filters(world: World, values: Mapping[str, Any]) -> Iterator[str]:
    known = parameters()
    chosen = {n: v for n, v in values.items() if v is not None and v != known[n].default and n not in LAYOUT}
    listed = {name: value if isinstance(value, list) else [value] for name, value in chosen.items()}
    labels = labels_of(world, {part for parts in listed.values() for part in parts if isinstance(part, str)})
    for name, parts in listed.items():
        told = (part.isoformat() if isinstance(part, date) else labels.get(part, str(part)) for part in parts)
        yield f"{known[name].title}: {', '.join(told)}"


def _shown(drawn: Matrix) -> str:
    planned = f", and {drawn.proposed:,} proposed" if drawn.proposed else ""
    rows = f"{len(drawn.rows):,} of {drawn.all_rows:,} rows"
    columns = f"{len(drawn.columns):,} of {drawn.all_columns:,} columns"
    return (
        f"{rows}, {columns}, {drawn.programmes:,} programmes{planned}. A programme with several places or responses "
        "counts in each of their cells and once in a margin."
    )
