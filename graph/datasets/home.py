"""The home directory: the kept versions of every dataset and which of them is current.

datasets/<name>/<version>/   claims.nq.zst, manifest.json, tables-….duckdb
current.json                 name -> version; replaced in one step, so a reader sees before or after
store/                       the embedded SPARQL store, an index that can be made again
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from graph.datasets.snapshot import Manifest, read_manifest
from graph.errors import InvalidData, Locked


@dataclass(frozen=True)
class Current:
    """Which version of each dataset is current, and which shipped datasets a person took out."""

    versions: dict[str, str]
    removed: tuple[str, ...] = ()


class Home:
    """A home directory on disk; made when it does not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.datasets = path / "datasets"
        self.datasets.mkdir(parents=True, exist_ok=True)
        self._registry = path / "current.json"

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the home for a change; raises Locked when another process holds it for over a minute."""
        try:
            with FileLock(self.path / "lock", timeout=60):
                yield
        except Timeout as error:
            raise Locked(
                f"another process is changing {self.path}", where=str(self.path), expected="one change at a time"
            ) from error

    def stamp(self) -> tuple[int, int]:
        """Changes whenever `current` does; cheap enough to ask at every request."""
        try:
            stat = self._registry.stat()
        except FileNotFoundError:
            return (0, 0)
        return (stat.st_mtime_ns, stat.st_ino)

    def current(self) -> Current:
        """Read the registry. Raises InvalidData when it is damaged."""
        try:
            raw = json.loads(self._registry.read_text(encoding="utf-8"))
            return Current(dict(sorted(raw["versions"].items())), tuple(raw["removed"]))
        except FileNotFoundError:
            return Current({})
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidData(
                f"{self._registry} is damaged: {error}",
                where=str(self._registry),
                expected="the registry that Concert wrote; `concert restore` brings back a backup",
            ) from error

    def publish(self, current: Current) -> None:
        """Make `current` the truth in one step, on disk before this returns."""
        text = json.dumps({"versions": current.versions, "removed": sorted(current.removed)}, indent=2)
        with tempfile.NamedTemporaryFile("w", dir=self.path, suffix=".json", delete=False, encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self._registry)
        _sync(self.path)

    def folder(self, name: str, version: str) -> Path:
        """Where a version is kept."""
        return self.datasets / name / version

    def manifests(self) -> dict[str, Manifest]:
        """The manifest of every current version, by dataset name."""
        return {name: read_manifest(self.folder(name, version)) for name, version in self.current().versions.items()}

    @contextmanager
    def draft(self, name: str) -> Iterator[Path]:
        """A folder to prepare a version in; gone afterwards unless `keep` moved it."""
        (self.datasets / name).mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".draft-", dir=self.datasets / name))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            if not any((self.datasets / name).iterdir()):
                (self.datasets / name).rmdir()

    def keep(self, draft: Path, manifest: Manifest) -> Path:
        """Move a finished draft to its place; an equal version that is there already is replaced by its twin."""
        target = self.folder(manifest.name, manifest.version)
        if target.exists():
            shutil.rmtree(target)
        draft.replace(target)
        _sync(target.parent)
        return target

    def sweep(self) -> None:
        """Remove versions and drafts that are not current. Files still open elsewhere live until they are closed."""
        current = self.current().versions
        for dataset in self.datasets.iterdir():
            for version in dataset.iterdir():
                if current.get(dataset.name) != version.name:
                    shutil.rmtree(version, ignore_errors=True)
            if not any(dataset.iterdir()):
                dataset.rmdir()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
