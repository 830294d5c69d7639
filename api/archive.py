"""A backup: every kept claim of a home and the journal of its judgements in one archive, and the way back."""

import shutil
import tarfile
import tempfile
from pathlib import Path

from graph.datasets.home import Home
from graph.errors import InvalidData
from graph.identity.journal import FILE as JOURNAL

REGISTRY, DATASETS = "current.json", "datasets"
NEEDED, MAY = {REGISTRY, DATASETS}, {JOURNAL}
"""What an archive holds; it has a journal only where somebody judged anything."""


def write(home: Home, file: Path) -> None:
    """Write the archive. It appears whole or not at all; the indexes of SPARQL stay out, for they can be made again."""
    with home.changing(), tempfile.NamedTemporaryFile(dir=file.parent, suffix=".tar.gz", delete=False) as draft:
        try:
            with tarfile.open(fileobj=draft, mode="w:gz") as archive:
                for name in (REGISTRY, DATASETS):
                    archive.add(home.path / name, arcname=name)
                if (home.path / JOURNAL).exists():
                    archive.add(home.path / JOURNAL, arcname=JOURNAL)
            Path(draft.name).replace(file)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def bring_back(file: Path, home: Path) -> None:
    """Unpack an archive into an empty home. Raises InvalidData, and then leaves the home as it was."""
    if home.exists() and any(home.iterdir()):
        raise InvalidData(
            f"{home} is not empty; nothing was restored",
            given=str(home),
            expected="an empty or new home directory (--home)",
        )
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        draft = Path(folder)
        try:
            with tarfile.open(file, "r:gz") as archive:
                _unpack(archive, draft)
        except (tarfile.TarError, OSError, EOFError) as error:
            raise _not_a_backup(file, str(error)) from error
        held = {part.name for part in draft.iterdir()}
        if not NEEDED <= held <= NEEDED | MAY:
            raise _not_a_backup(file, f"it holds something other than {REGISTRY}, {DATASETS} and {JOURNAL}")
        for name in [*sorted(held - {REGISTRY}), REGISTRY]:  # the registry last: without it the home is empty
            shutil.move(draft / name, home / name)


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Write the files of an archive into `folder`. Raises TarError for anything but plain files and folders in it.

    Written out because the `filter` of tarfile is not in every Python 3.11.
    """
    for member in archive:
        target = (folder / member.name).resolve()
        if not target.is_relative_to(folder.resolve()) or not (member.isfile() or member.isdir()):
            raise tarfile.TarError(f"{member.name} is no file of a backup")
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        content = archive.extractfile(member)
        assert content is not None
        with content, target.open("wb") as out:
            shutil.copyfileobj(content, out)


def _not_a_backup(file: Path, reason: str) -> InvalidData:
    return InvalidData(f"{file} is not a backup: {reason}", where=str(file), expected="what `concert backup` wrote")
