"""The formats that everything, or a filtered part, goes out in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from graph.errors import NotFound
from graph.questions.parameters import COMMON
from graph.tables.world import World
from graph.writers.bounds import Bounded, Bounds
from graph.writers.ftm import write_ftm
from graph.writers.hxl import write_hxl
from graph.writers.iati import write_iati
from graph.writers.parquet import write_parquet
from graph.writers.part import Advance, Part, Told, part_of, unseen
from graph.writers.rdf import write_json_ld, write_nquads, write_trig

FILTERS = COMMON
"""What a part is told by: the common parameters of the questions. A part is of whole programmes."""


@dataclass(frozen=True)
class Export:
    """A format: its name, what a person calls it, its media type, the end of its file names, and who writes it.

    cannot  what it has no place for, though we know it
    """

    name: str
    title: str
    media_type: str
    suffix: str
    cannot: str
    write: Callable[[Part, BinaryIO], Told]


EXPORTS: Mapping[str, Export] = {
    export.name: export
    for export in (
        Export(
            "nquads",
            "N-Quads: the claims as they are kept",
            "application/n-quads",
            ".nq",
            "Nothing but small counts of victims, which are bounds in every format.",
            write_nquads,
        ),
        Export(
            "trig",
            "TriG: the claims, readable",
            "application/trig",
            ".trig",
            "Nothing but small counts of victims, which are bounds in every format.",
            write_trig,
        ),
        Export(
            "json-ld",
            "JSON-LD: the claims",
            "application/ld+json",
            ".jsonld",
            "Nothing but small counts of victims; licence and handling are claims, as it takes no comments.",
            write_json_ld,
        ),
        Export(
            "hxl",
            "HXL CSV: a 5W, who does what where when for whom",
            "text/csv",
            ".csv",
            "Whatever is not a programme with its actors: ties, flows, figures, judgements. Of programmes, parents and "
            "other names.",
            write_hxl,
        ),
        Export(
            "iati",
            "IATI 2.03 activities",
            "application/xml",
            ".xml",
            "Ties, flows, figures, statements, allocations and transactions; acronyms; budgets without a currency. A "
            "programme that lacks what IATI requires stands beside the activities, in our own namespace.",
            write_iati,
        ),
        Export(
            "ftm",
            "FollowTheMoney JSON lines",
            "application/x-ndjson",
            ".ftm.json",
            "Mandates, flows, figures, influences, obstacles, recommendations, judgements, statements, instruments and "
            "commitments; the domains and places of ties.",
            write_ftm,
        ),
        Export(
            "parquet",
            "Parquet: every table, with a data dictionary",
            "application/zip",
            ".zip",
            "Shares of sectors, sums by purpose and single transactions, which are claims without a table.",
            write_parquet,
        ),
    )
}


def export(
    world: World,
    name: str,
    given: Mapping[str, Sequence[str]],
    snapshots: Mapping[str, Path],
    out: BinaryIO,
    *,
    bounds: Bounds | None = None,
    advance: Advance = unseen,
) -> Told:
    """Write what a reader of `world` may see, as far as the filters `given` leave it, to `out` in the format `name`.

    snapshots  the file of claims of each dataset of the world, by its name
    out        is written from beginning to end, never sought in, and not closed
    Raises NotFound for an unknown format, InvalidParameter for a filter that cannot be understood, TooLarge and
    Timeout beyond the bounds; what was written until then is no whole file.
    """
    if name not in EXPORTS:
        raise NotFound(f"there is no format {name!r}", given=name, expected="one of " + ", ".join(EXPORTS))
    bounded = Bounded(out, bounds or Bounds())
    with part_of(world, given, snapshots, bounded, advance) as part:
        told = EXPORTS[name].write(part, bounded)  # type: ignore[arg-type]  # it has all that is used of a file
    advance(1)
    return told
