"""What a file of a matrix is of, in words: it goes along into every format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.questions.answer import question
from graph.questions.parameters import resolve
from graph.questions.stamp import cited, datasets_of, filters_of
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
    known = {name: parameter for name, parameter in parameters().items() if name not in LAYOUT}
    values = resolve(world, parameters(), given)
    return Stamp(
        title=f"Who works where: programmes by {drawn.down} and {drawn.across}",
        filters=tuple(filters_of(world, known, {name: values[name] for name in known if name in values})),
        datasets=tuple(cited(told) for told in datasets_of(world, values.get("dataset"))),
        shown=_shown(drawn),
        caveat=question("presence-matrix").header.caveat,
    )


def _shown(drawn: Matrix) -> str:
    planned = f", and {drawn.proposed:,} proposed" if drawn.proposed else ""
    rows = f"{len(drawn.rows):,} of {drawn.all_rows:,} rows"
    columns = f"{len(drawn.columns):,} of {drawn.all_columns:,} columns"
    return (
        f"{rows}, {columns}, {drawn.programmes:,} programmes{planned}. A programme with several places or responses "
        "counts in each of their cells and once in a margin."
    )
