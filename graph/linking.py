"""Which records tell of one effort: a file for every two dataset versions, made when one of them is loaded.

A pair of records is seen only by those who may see both datasets, and a load compares only what is new.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path

import duckdb

from graph.identity import reports
from graph.tables.build import file_name

Progress = Callable[[str], None]


@cache
def _method() -> str:
    """Changes with the tables and with the way in which records are compared."""
    digest = hashlib.sha256(file_name().encode())
    for file in sorted(Path(reports.__file__).parent.glob("reports*")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


class Links:
    """The files of one home. They are an index: what is missing is made again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told: dict[Path, int] = {}

    def files(
        self, tables: Mapping[str, Path], uses: Mapping[str, Sequence[str]], progress: Progress = reports.silent
    ) -> list[Path]:
        """The file of every two of the datasets `tables` (name -> tables file), made where it is missing.

        uses  the datasets whose places and actors each of them refers to
        """
        found = []
        programmes = {name: self._programmes(tables[name]) for name in sorted(tables)}
        for one, other in combinations_with_replacement([name for name in programmes if programmes[name]], 2):
            if one == other and programmes[one] == 1:
                continue
            target = self._file(tables[one], tables[other])
            if not target.exists():
                progress(f"looking for efforts that {one} and {other} both tell of")
                known = sorted({*uses.get(one, ()), *uses.get(other, ())} & tables.keys())
                self._folder.mkdir(exist_ok=True)
                reports.link(tables[one], tables[other], [tables[name] for name in known], target, progress)
            found.append(target)
        return found

    def sweep(self, tables: Sequence[Path]) -> None:
        """Remove the files of pairs that are not among `tables`, and those of an older method."""
        wanted = {self._file(one, other) for one, other in combinations_with_replacement(sorted(tables), 2)}
        wanted |= {self._file(other, one) for one, other in combinations_with_replacement(sorted(tables), 2)}
        for file in set(self._folder.glob("*.parquet")) - wanted:
            file.unlink(missing_ok=True)
        if self._folder.exists() and not any(self._folder.iterdir()):
            self._folder.rmdir()

    def _file(self, one: Path, other: Path) -> Path:
        versions = [f"{file.parent.parent.name}-{file.parent.name}" for file in (one, other)]
        return self._folder / f"{'--'.join(versions)}--{_method()}.parquet"

    def _programmes(self, file: Path) -> int:
        """How many programmes a dataset tells of; what is kept of a version never changes."""
        if file not in self._told:
            with duckdb.connect(file, read_only=True) as connection:
                self._told[file] = int(connection.execute("select count(*) from programme").fetchone()[0])  # type: ignore[index]
        return self._told[file]
