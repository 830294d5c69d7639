"""`concert status`, `rebuild`, `backup` and `restore`: what is kept, and keeping it."""

from pathlib import Path
from typing import Annotated

import typer

from api import archive
from api.terminal import HomeOption, opened, said, settings_of


def status(home: HomeOption = None) -> None:
    """What is loaded, and where it is kept."""
    with opened(home) as library:
        typer.echo(f"home: {library.home.path}")
        for name, manifest in library.datasets().items():
            told = f"{manifest.claims} claims, {manifest.rejected} rows refused, loaded {manifest.loaded_at}"
            typer.echo(f"{name} {manifest.version}: {told}")


def rebuild(home: HomeOption = None) -> None:
    """Make every index again from the kept claims."""
    with opened(home) as library:
        with said.status("rebuilding") as status:
            names = library.rebuild(status.update)
        typer.echo(f"rebuilt {', '.join(names) or 'nothing'}")


def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write, such as concert.tar.gz.")], home: HomeOption = None
) -> None:
    """Write every kept claim to one archive."""
    with opened(home) as library:
        archive.write(library.home, file)
    typer.echo(f"wrote {file}")


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An archive that `backup` wrote.")],
    home: HomeOption = None,
) -> None:
    """Bring an archive back into an empty home, and make its indexes."""
    settings = settings_of(home)
    archive.bring_back(file, settings.home)
    with settings.open_library() as library:
        typer.echo(f"restored {', '.join(library.rebuild()) or 'nothing'}")
