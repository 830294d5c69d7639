"""Export: everything, or a part of it, to a file in one of the formats."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from graph.datasets.snapshot import CLAIMS
from graph.library import Library
from graph.tables.world import World
from graph.writers.bounds import Bounds
from graph.writers.export import export as write
from graph.writers.part import Advance, Told, unseen


def snapshots(library: Library, world: World) -> dict[str, Path]:
    """The file of claims of each dataset of a world, and of no other."""
    return {name: library.home.folder(name, version) / CLAIMS for name, version in world.datasets.items()}


def export_to(
    file: Path,
    library: Library,
    world: World,
    name: str,
    asked: Mapping[str, Sequence[str]],
    *,
    bounds: Bounds | None = None,
    advance: Advance = unseen,
) -> Told:
    """Write `world`, as far as the filters `asked` leave it, to `file` in the format `name`.

    A load may replace a version while its claims are read; then it begins again, with the new one. Raises what
    `graph.writers.export.export` does; what stands in the file then is no whole export.
    """
    while True:
        try:
            with file.open("wb") as out:
                return write(world, name, asked, snapshots(library, world), out, bounds=bounds, advance=advance)
        except (FileNotFoundError, duckdb.IOException):
            now = library.world(frozenset(world.datasets))
            if now.key == world.key:
                raise
            world = now
