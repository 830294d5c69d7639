"""The library of kept datasets: load, unload, rebuild, and the worlds that are read from it."""

import hashlib
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import zstandard

from graph.datasets.description import FILE, Description, describe, read_description
from graph.datasets.home import Current, Home
from graph.datasets.snapshot import (
    CLAIMS,
    FORMAT,
    Manifest,
    graph_iri,
    hash_folder,
    write_claims,
    write_manifest,
)
from graph.datasets.validation import violations
from graph.errors import InvalidData, Locked, NotFound
from graph.readers import Frame, Log, Rejected
from graph.readers.layout import LAYOUT
from graph.readers.rdf import FORMATS, read_rdf
from graph.readers.sheets import read_sheets
from graph.store import Store
from graph.store.embedded import EmbeddedStore
from graph.tables.build import build, file_name
from graph.tables.engine import Tables
from graph.tables.world import World
from ontology.namespaces import ID
from ontology.vocabulary import digest

SHOWN = 20
"""Refused rows that an error names before it only counts the rest."""

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """A progress that says nothing."""


@dataclass(frozen=True)
class Loaded:
    """What a load did: the kept version, and the rows that were refused within the allowed share."""

    manifest: Manifest
    rejected: tuple[Rejected, ...]


class Library:
    """One home directory with its indexes open. Use it in a `with`; safe from several threads."""

    def __init__(self, home: Path, open_store: Callable[[], Store] | None = None) -> None:
        self.home = Home(home)
        self.tables = Tables()
        self._open_store = open_store or (lambda: EmbeddedStore(self.home.path / "store"))
        self._store: Store | None = None
        self._lock = threading.RLock()
        self._stamp: tuple[int, int] | None = None
        self._current = Current({})

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.tables.close()
        if self._store is not None:
            self._store.close()

    # Reading

    def datasets(self) -> dict[str, Manifest]:
        """The manifest of every current dataset, by name."""
        return self.home.manifests()

    def world(self, names: frozenset[str]) -> World:
        """What a reader who may see the datasets `names` sees now; names that are not loaded are left out."""
        with self._lock:
            self._refresh()
            seen = {name: version for name, version in self._current.versions.items() if name in names}
            files = {name: self._tables_file(name, version) for name, version in seen.items()}
            return World(seen, self.tables.schema(files), self.tables, self.store)

    def store(self) -> Store:
        """The SPARQL store with every current dataset in it.

        Another process may hold the embedded store; then a copy of its own is made from the snapshots.
        """
        with self._lock:
            if self._store is None:
                try:
                    self._store = self._open_store()
                except Locked:
                    self._store = EmbeddedStore(None)
                self._sync_store(self._store)
            return self._store

    def _tables_file(self, name: str, version: str) -> Path:
        """The tables of a version, made from its claims when they are missing or of an older projection."""
        folder = self.home.folder(name, version)
        if not (folder / file_name()).exists():
            build(folder / CLAIMS, folder / file_name())
        return folder / file_name()

    def _refresh(self) -> None:
        stamp = self.home.stamp()
        if stamp == self._stamp:
            return
        self._current = self.home.current()
        self.tables.forget()
        if self._store is not None:
            self._sync_store(self._store)
        self._stamp = stamp

    def _sync_store(self, store: Store) -> None:
        wanted = {manifest.graph: manifest for manifest in self.home.manifests().values()}
        for graph in sorted(wanted.keys() - store.graphs()):
            manifest = wanted[graph]
            store.add(graph, self.home.folder(manifest.name, manifest.version) / CLAIMS)
        current = self.home.current()
        ours = tuple(graph_iri(name, "") for name in (*current.versions, *current.removed))
        for graph in sorted(store.graphs() - wanted.keys()):
            if graph.startswith(ours):  # a service may hold graphs of others
                store.remove(graph)

    # Changing

    def load(self, folder: Path, progress: Progress = silent) -> Loaded:
        """Read, validate, keep and publish the dataset in `folder`: all of it or nothing.

        Raises InvalidData naming each bad row (file, row, column, what came, what was expected) when more rows
        are refused than `reject_share` allows, when a claim breaks a shape, or a count is out of bounds.
        """
        description = read_description(folder)
        with self.home.changing(), self.home.draft(description.name) as draft:
            manifest, rejected = self._prepare(folder, description, draft, progress)
            write_manifest(draft, manifest)
            self.home.keep(draft, manifest)
            current = self.home.current()
            self.home.publish(
                Current(
                    {**current.versions, description.name: manifest.version},
                    tuple(name for name in current.removed if name != description.name),
                )
            )
            self.home.sweep()
        return Loaded(manifest, rejected)

    def check(self, folder: Path, progress: Progress = silent) -> Manifest:
        """Do all that `load` does short of keeping. Raises what `load` raises."""
        description = read_description(folder)
        with tempfile.TemporaryDirectory(prefix="concert-") as draft:
            return self._prepare(folder, description, Path(draft), progress)[0]

    def claims(self, name: str) -> bytes:
        """The claims of a dataset as N-Quads. Raises NotFound."""
        version = self.home.current().versions.get(name)
        if version is None:
            raise _no_dataset(name, self.home.current())
        with (self.home.folder(name, version) / CLAIMS).open("rb") as file:
            return zstandard.ZstdDecompressor().stream_reader(file).read()

    def _prepare(
        self, folder: Path, description: Description, draft: Path, progress: Progress
    ) -> tuple[Manifest, tuple[Rejected, ...]]:
        """Write the claims and the tables of `folder` into `draft`, having checked them."""
        missing = [name for name in description.uses if name not in self.home.current().versions]
        if missing:
            raise InvalidData(
                f"{description.name} uses {', '.join(missing)}, which is not loaded",
                where=f"{folder / FILE}: uses",
                given=", ".join(missing),
                expected="datasets that are loaded: " + ", ".join(self.home.current().versions),
            )
        log = Log()
        progress("reading")
        version, claims = write_claims(draft, description.name, self._claims(folder, description, log))
        _check_counts(description, log)
        progress("validating")
        _check_shapes(draft / CLAIMS, log)
        progress("projecting")
        build(draft / CLAIMS, draft / file_name())
        manifest = Manifest(
            name=description.name,
            version=version,
            format=FORMAT,
            claims=claims,
            taken=log.taken,
            rejected=log.rejected_rows(),
            origin=str(folder.resolve()),
            origin_hash=_origin_hash(folder),
            uses=description.uses,
            loaded_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        return manifest, tuple(log.rejected)

    def unload(self, name: str) -> None:
        """Take a dataset out, with all its indexes.

        Raises NotFound when it is not loaded, InvalidData when another dataset uses it.
        """
        with self.home.changing():
            current = self.home.current()
            if name not in current.versions:
                raise _no_dataset(name, current)
            users = [other for other, manifest in self.home.manifests().items() if name in manifest.uses]
            if users:
                raise InvalidData(
                    f"{name} is used by {', '.join(users)}", given=name, expected="a dataset that no other one uses"
                )
            versions = {other: version for other, version in current.versions.items() if other != name}
            self.home.publish(Current(versions, (*current.removed, name)))
            self.home.sweep()

    def ensure(self, folders: list[Path], progress: Progress = silent) -> list[str]:
        """Load those of the shipped `folders` that are missing or changed and that nobody took out.

        Returns the names loaded. Folders come in the order in which they use one another.
        """
        loaded = []
        for folder in folders:
            name, current = folder.name, self.home.current()
            kept = self.home.manifests().get(name) if name in current.versions else None
            fresh = kept and kept.format == FORMAT and kept.origin_hash == _origin_hash(folder)
            if not fresh and name not in current.removed:
                progress(name)
                self.load(folder, progress)
                loaded.append(name)
        return loaded

    def rebuild(self, progress: Progress = silent) -> list[str]:
        """Make every index again from the snapshots, which are not touched. Returns the datasets rebuilt."""
        with self.home.changing(), self._lock:
            manifests = self.home.manifests()
            self.tables.forget()
            for name, manifest in manifests.items():
                progress(f"{name}: projecting")
                folder = self.home.folder(name, manifest.version)
                for file in folder.glob("tables-*"):
                    file.unlink()
                build(folder / CLAIMS, folder / file_name())
            store = self.store()
            for graph in sorted(store.graphs()):
                store.remove(graph)
            progress("filling the store")
            self._sync_store(store)
            self._stamp = None
            self.home.publish(self.home.current())
        return list(manifests)

    def _claims(self, folder: Path, description: Description, log: Log) -> Iterator[ox.Triple]:
        known = self._known(description.uses)
        frame = Frame(description.own_prefix, description.language, description.source_iri, known)
        seen: dict[str, str] = {slug: iri for (kind, slug), iri in known.items() if kind == "place"}
        has_rdf = any(file.suffix in FORMATS for file in folder.iterdir())
        for read in (read_sheets, *((read_rdf,) if has_rdf else ())):
            for triple in read(folder, frame, log):
                if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(f"{ID}place/"):
                    slug = triple.subject.value.removeprefix(f"{ID}place/")
                    seen[slug.removeprefix(description.own_prefix)] = triple.subject.value
                yield triple
        yield from describe(description, seen)

    def _known(self, uses: tuple[str, ...]) -> dict[tuple[str, str], str]:
        """(kind, slug) -> IRI of everything that the used datasets define."""
        world = self.world(frozenset(uses))
        return {
            (row["kind"], row["id"].partition("/")[2]): f"{ID}{row['id']}"
            for row in world.rows("select id, kind from thing where starts_with(id, kind || '/')")
        }


def _origin_hash(folder: Path) -> str:
    """Over the dataset's files and the words that they are read with: a change of either makes other claims."""
    return hashlib.sha256(f"{hash_folder(folder)} {digest()} {LAYOUT.read_text()}".encode()).hexdigest()


def _no_dataset(name: str, current: Current) -> NotFound:
    known = ", ".join(current.versions)
    return NotFound(f"no dataset {name!r} is loaded", given=name, expected=f"one of {known}" if known else "none is")


def _check_counts(description: Description, log: Log) -> None:
    total = sum(log.taken.values()) + log.rejected_rows()
    if log.rejected_rows() > description.reject_share * total:
        shown = "\n".join(f"  {r}" for r in log.rejected[:SHOWN])
        more = len(log.rejected) - SHOWN
        raise InvalidData(
            f"{description.name}: {log.rejected_rows()} of {total} rows were refused; nothing was loaded\n{shown}"
            + (f"\n  and {more} more" if more > 0 else ""),
            where=str(log.rejected[0].file),
            expected=f"at most {description.reject_share:.0%} of the rows refused",
        )
    for sheet, (low, high) in description.expect.items():
        count = log.taken.get(sheet, 0)
        if not low <= count <= high:
            raise InvalidData(
                f"{description.name}: {sheet} has {count} rows, outside the bounds that {FILE} states",
                where=f"{FILE}: expect.{sheet}",
                given=str(count),
                expected=f"{low} to {high} rows",
            )


def _check_shapes(claims: Path, log: Log) -> None:
    broken = list(violations(claims))
    if broken:
        shown = []
        for violation in broken[:SHOWN]:
            file, row = log.origin.get(violation.focus, (FILE, 0))
            place = f"{file} row {row}" if row else f"{file} {violation.focus}"
            shown.append(f"  {place}, {violation.path}: {violation.message} (got {violation.value!r})")
        raise InvalidData(
            f"{len(broken)} claims break the ontology's shapes; nothing was loaded\n" + "\n".join(shown),
            where=shown[0].strip().partition(",")[0],
            expected="claims that the shapes under ontology/shapes accept",
        )
