"""`concert export`: everything, or a part of it, for other programs."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.bar import Bar
from api.export import export_to, snapshots
from api.terminal import HomeOption, given, opened, said
from api.visibility import visible
from graph.writers.export import EXPORTS
from graph.writers.export import export as write


def export(
    format: Annotated[str | None, typer.Argument(help="A format; without one, they are listed.")] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(help="name=value …, such as place=TJ or dataset=reference")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file; else to standard output.")] = None,
    home: HomeOption = None,
) -> None:
    """Write everything, or the part that the parameters leave, for other programs."""
    if format is None:
        for known in EXPORTS.values():
            typer.echo(f"{known.name:12}{known.title}")
        return
    with opened(home) as library:
        world = library.world(visible(library))
        asked = given(parameters or [])
        with Bar(said, "writing") as bar:
            if output is None:
                out = sys.stdout.buffer
                told = write(world, format, asked, snapshots(library, world), out, advance=bar.advance)
                out.flush()
            elif output.exists() and not output.is_file():  # a pipe or a device
                told = export_to(output, library, world, format, asked, advance=bar.advance)
            else:
                with _appearing(output) as draft:
                    told = export_to(draft, library, world, format, asked, advance=bar.advance)
    said.print("wrote " + _counted(told.written), markup=False)
    if told.unsaid:
        said.print("the format has no place for " + _counted(told.unsaid), markup=False)


@contextmanager
def _appearing(file: Path) -> Iterator[Path]:
    """Where to write what becomes `file` when all went well, so that it appears whole or not at all."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _counted(told: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in told.items() if count) or "nothing"
