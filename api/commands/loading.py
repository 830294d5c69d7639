"""`concert load`, `unload` and `validate`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.bar import Bar
from api.terminal import HomeOption, given, opened, said
from graph.datasets.description import File
from graph.loading import REJECTED, SHOWN
from graph.readers.tables.suggest import suggest


def load(
    path: Annotated[Path, typer.Argument(exists=True, help="A folder with a dataset.yml, or one file.")],
    *,
    name: Annotated[
        str | None, typer.Option("--as", help="What to call a file's dataset; else after the file.")
    ] = None,
    format: Annotated[str | None, typer.Option(help="The file's format; else its content tells.")] = None,
    mapping: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="What the columns of a table mean.")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="name=value for the file's format, such as country=NP.")
    ] = None,
    reject_share: Annotated[
        float, typer.Option(min=0, max=1, help="The share of a file's rows that may be refused.")
    ] = 0.1,
    suggest_mapping: Annotated[bool, typer.Option(help="Draft a mapping for a table instead of loading it.")] = False,
    home: HomeOption = None,
) -> None:
    """Load a dataset, whole or not at all: a folder, or one file in a format that Concert reads."""
    if suggest_mapping:
        typer.echo(suggest(path), nl=False)
        return
    with opened(home) as library:
        with Bar(said, "reading") as bar:
            if path.is_dir():
                loaded = library.load(path, bar)
            else:
                options: dict[str, Any] = {key: values[-1] for key, values in given(option or []).items()}
                if mapping is not None:
                    options["mapping"] = mapping.read_text(encoding="utf-8")
                entry = File(file=path.name, format=format or ("table" if mapping else None), options=options)
                loaded = library.load_file(path, entry, name, reject_share, bar)
        manifest = loaded.manifest
        rows = ", ".join(f"{count} {kind}" for kind, count in manifest.taken.items())
        typer.echo(f"loaded {manifest.name} {manifest.version}: {manifest.claims} claims from {rows}")
        for note in manifest.notes:
            said.print(f"note: {note}", markup=False)
        for rejected in loaded.rejected[:SHOWN]:
            said.print(f"refused: {rejected}", markup=False)
        if loaded.rejected:
            log = library.home.folder(manifest.name, manifest.version) / REJECTED
            said.print(f"{manifest.rejected} rows refused; all of them are in {log}", markup=False, soft_wrap=True)


def unload(name: Annotated[str, typer.Argument(help="The dataset's name.")], home: HomeOption = None) -> None:
    """Take a dataset out, with all that was made from it."""
    with opened(home) as library:
        library.unload(name)
        typer.echo(f"unloaded {name}")


def validate(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A folder with a dataset.yml.")],
    home: HomeOption = None,
) -> None:
    """Check a dataset as `load` would, and keep nothing."""
    with opened(home) as library:
        with Bar(said, "reading") as bar:
            manifest = library.check(folder, bar)
        typer.echo(f"{manifest.name} is valid: {manifest.claims} claims")
