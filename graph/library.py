"""The library of kept datasets: load, unload, rebuild, and the worlds that are read from it."""

import re
import tempfile
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import zstandard

from graph.datasets.description import FILE, Description, File, describe_file, read_description
from graph.datasets.home import Current, Home
from graph.datasets.snapshot import CLAIMS, FORMAT, Manifest, graph_iri, read_manifest, write_manifest
from graph.errors import InvalidData, Locked, NotFound
from graph.identity.bodies import handlings, held
from graph.identity.journal import Journal
from graph.identity.judgements import JOURNAL
from graph.identity.keeping import handling_of, keep
from graph.identity.reviewing import Desk, Review
from graph.identity.settled import NOTHING, Settled, write_efforts
from graph.linking import Links
from graph.loading import Progress, origin_hash, prepare, silent
from graph.readers import Rejected
from graph.readers.sheets import slug
from graph.store import Store
from graph.store.embedded import EmbeddedStore
from graph.tables.build import build, file_name
from graph.tables.engine import Tables
from graph.tables.world import World

Stamp = tuple[int, ...]


@dataclass(frozen=True)
class Loaded:
    """What a load did: the kept version, and the rows that were refused within the allowed share."""

    manifest: Manifest
    rejected: tuple[Rejected, ...]


class Library:
    """One home directory with its indexes open. Use it in a `with`; safe from several threads.

    linking  whether records that tell of one effort are looked for; without it each counts for itself
    """

    def __init__(self, home: Path, open_store: Callable[[], Store] | None = None, linking: bool = True) -> None:
        self.home = Home(home)
        self.tables = Tables()
        self._links = Links(self.home.path / "links") if linking else None
        self._open_store = open_store or (lambda: EmbeddedStore(self.home.path / "store"))
        self._store: Store | None = None
        self._lock = threading.RLock()
        self._filling = threading.RLock()
        self._filled: Stamp | None = None
        self.journal = Journal(self.home.path)
        self._desk = Desk(self.journal)
        self._scratch = tempfile.TemporaryDirectory(prefix="concert-")
        self._stamp: Stamp | None = None
        self._kept: Stamp | None = None
        self._current = Current({})
        self._worlds: dict[tuple[frozenset[str], bool], World] = {}

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self._worlds.clear()
        self.tables.close()
        self._scratch.cleanup()
        # A store that is just being filled is left as it is: the next opening finds what is half there and begins anew.
        if self._store is not None and self._filling.acquire(blocking=False):
            self._store.close()
            self._filling.release()

    # Reading

    def datasets(self) -> dict[str, Manifest]:
        """The manifest of every current dataset, by name."""
        return self.home.manifests()

    def names(self) -> frozenset[str]:
        """The names of the current datasets."""
        with self._lock:
            self._refresh()
            return frozenset(self._current.versions)

    def world(self, names: frozenset[str]) -> World:
        """What a reader who may see the datasets `names` sees now; names that are not loaded are left out.

        Actors that identifiers or judgements say are one are one in it. Judgements count only where all that they are
        about is seen, and the dataset `journal`, which has all of them, only beside all other datasets.
        """
        return self._world(names, merged=True)

    def stated(self, names: frozenset[str]) -> World:
        """The same world as the sources state it: nothing in it is merged, and no judgement counts."""
        return self._world(names, merged=False)

    def settled(self, names: frozenset[str]) -> Settled:
        """What identifiers and judgements settle in the world of a reader who may see the datasets `names`."""
        with self._lock:
            self._refresh()
            return self._desk.settled(*self._seen(names))

    def held(self, names: frozenset[str], ids: Collection[str]) -> dict[str, str]:
        """Those of `ids` that such a reader's datasets state as things, merged or not, each with its label."""
        with self._lock:
            self._refresh()
            files = self._seen(names)[1]
        return held(list(files.values()), ids)

    def review(self, names: frozenset[str]) -> Review:
        """What may be one actor in that world and waits for a person. The first time, 50,000 actors take seconds."""
        return self._desk.review(self.stated(names), self.settled(names).merging)

    def _world(self, names: frozenset[str], merged: bool) -> World:
        with self._lock:
            self._refresh()
            versions, files = self._seen(names)
            key = (frozenset(versions), merged)
            if key not in self._worlds:
                settled = self._desk.settled(versions, files) if merged else NOTHING
                links = [*self._linked(versions, files), *write_efforts(settled, Path(self._scratch.name))]
                kept = settled.merging.kept
                schema = self.tables.schema(files, links, kept)
                self._worlds[key] = World(versions, schema, self.tables, self.store, kept, settled.key)
            return self._worlds[key]

    def _seen(self, names: frozenset[str]) -> tuple[dict[str, str], dict[str, Path]]:
        """Version and tables file of each dataset that a reader of `names` sees."""
        current = self._current.versions
        hidden = {JOURNAL} if current.keys() - names else frozenset[str]()
        seen = {name: version for name, version in current.items() if name in names and name not in hidden}
        return seen, {name: self._tables_file(name, version) for name, version in seen.items()}

    def _linked(
        self, versions: Mapping[str, str], files: Mapping[str, Path], progress: Progress = silent
    ) -> list[Path]:
        """The files that tell which records of these versions are of one effort, made where they are missing."""
        if self._links is None:
            return []
        uses = {name: read_manifest(self.home.folder(name, version)).uses for name, version in versions.items()}
        return self._links.files(files, uses, progress)

    def store(self) -> Store:
        """The SPARQL store with every current dataset in it.

        Another process may hold the embedded store; then a copy of its own is made from the snapshots. To fill it after
        a large load takes a while: who asks for it waits, and nobody else does.
        """
        with self._filling:
            fresh = self._store is None
            if self._store is None:
                try:
                    self._store = self._open_store()
                except Locked:
                    self._store = EmbeddedStore(None)
            stamp = self._stamp
            if fresh or stamp != self._filled:
                self._sync_store(self._store)
                self._filled = stamp
            return self._store

    def _tables_file(self, name: str, version: str) -> Path:
        """The tables of a version, made from its claims when they are missing or of an older projection."""
        folder = self.home.folder(name, version)
        if not (folder / file_name()).exists():
            build(folder / CLAIMS, folder / file_name())
        return folder / file_name()

    def _refresh(self) -> None:
        """See what changed since the last time, here or by another process."""
        self._keep_journal()
        stamp = self._now()
        if stamp == self._stamp:
            return
        self._current = self.home.current()
        self._worlds.clear()
        self.tables.forget()
        if self._store is not None and self._filling.acquire(blocking=False):
            try:
                self._clear(self._store)
            finally:
                self._filling.release()
        self._stamp = stamp

    def _now(self) -> Stamp:
        return (*self.home.stamp(), *self.journal.stamp())

    def _keep_journal(self) -> None:
        """Bring the dataset `journal` up to the journal. While a load goes on it stays behind; the answers don't."""
        stamp = self._now()
        if stamp == self._kept:
            return
        versions = self.home.current().versions
        if JOURNAL in versions or self.journal.path.exists():
            others = [self._tables_file(name, version) for name, version in versions.items() if name != JOURNAL]
            if not keep(self.journal, self.home, handling_of(handlings(others))):
                return
        self._kept = stamp

    def _sync_store(self, store: Store) -> None:
        held = store.graphs()
        for graph, manifest in self._wanted().items():
            if graph not in held:
                store.add(graph, self.home.folder(manifest.name, manifest.version) / CLAIMS)
        self._clear(store)

    def _clear(self, store: Store) -> None:
        """Take out of the store what is no longer a current dataset; what is new is added when the store is asked."""
        for graph in sorted(self._ours(store) - self._wanted().keys()):
            store.remove(graph)

    def _wanted(self) -> dict[str, Manifest]:
        """The graph of every current dataset, in order of their addresses."""
        manifests = {manifest.graph: manifest for manifest in self.home.manifests().values()}
        return dict(sorted(manifests.items()))

    def _ours(self, store: Store) -> frozenset[str]:
        """The graphs of datasets that this home has or had; a service may hold those of others."""
        current = self.home.current()
        names = tuple(graph_iri(name, "") for name in (*current.versions, *current.removed))
        return frozenset(graph for graph in store.graphs() if graph.startswith(names))

    # Changing

    def load(self, folder: Path, progress: Progress = silent) -> Loaded:
        """Read, validate, keep and publish the dataset in `folder`: all of it or nothing.

        Raises InvalidData naming each bad row (file, row, column, what came, what was expected) when more rows
        are refused than `reject_share` allows, when a claim breaks a shape, or a count is out of bounds.
        """
        return self._load(folder, read_description(folder), progress)

    def load_file(
        self,
        file: Path,
        entry: File,
        name: str | None = None,
        reject_share: float = 0.1,
        progress: Progress = silent,
    ) -> Loaded:
        """Load one file as a dataset of its own, called `name` or after the file.

        It uses the shipped reference data where that is loaded; at most `reject_share` of its rows may be refused.
        Raises what `load` raises.
        """
        uses = tuple(used for used in ("reference",) if used in self.home.current().versions)
        description = describe_file(entry, name or slug(re.sub(r"[._]+", "-", file.stem)), uses, reject_share)
        with tempfile.TemporaryDirectory(prefix="concert-") as folder:
            (Path(folder) / file.name).symlink_to(file.resolve())
            return self._load(Path(folder), description, progress, origin=file)

    def _load(self, folder: Path, description: Description, progress: Progress, origin: Path | None = None) -> Loaded:
        _check_name(description)
        with self.home.changing(), self.home.draft(description.name) as draft:
            manifest, rejected = prepare(folder, description, self._used(description), draft, progress)
            manifest = replace(manifest, origin=str((origin or folder).resolve()))
            write_manifest(draft, manifest)
            self.home.keep(draft, manifest)
            current = self.home.current()
            versions = {**current.versions, description.name: manifest.version}
            files = {name: self._tables_file(name, version) for name, version in versions.items()}
            self._linked(versions, files, progress)
            self.home.publish(
                Current(versions, tuple(name for name in current.removed if name != description.name)),
            )
            self._sweep()
        return Loaded(manifest, rejected)

    def _sweep(self) -> None:
        self.home.sweep()
        current = self.home.current().versions
        if self._links is not None:
            self._links.sweep([self.home.folder(name, version) / file_name() for name, version in current.items()])

    def check(self, folder: Path, progress: Progress = silent) -> Manifest:
        """Do all that `load` does short of keeping. Raises what `load` raises."""
        description = read_description(folder)
        _check_name(description)
        with tempfile.TemporaryDirectory(prefix="concert-") as draft:
            return prepare(folder, description, self._used(description), Path(draft), progress)[0]

    def _used(self, description: Description) -> World | None:
        """The datasets that the description says it uses, if any. Raises InvalidData when one is not loaded."""
        loaded = self.home.current().versions
        missing = [name for name in description.uses if name not in loaded]
        if missing:
            raise InvalidData(
                f"{description.name} uses {', '.join(missing)}, which is not loaded",
                where=f"{FILE}: uses",
                given=", ".join(missing),
                expected="datasets that are loaded: " + ", ".join(loaded),
            )
        return self.world(frozenset(description.uses)) if description.uses else None

    def claims(self, name: str) -> bytes:
        """The claims of a dataset as N-Quads. Raises NotFound."""
        version = self.home.current().versions.get(name)
        if version is None:
            raise _no_dataset(name, self.home.current())
        with (self.home.folder(name, version) / CLAIMS).open("rb") as file:
            return zstandard.ZstdDecompressor().stream_reader(file).read()

    def unload(self, name: str) -> None:
        """Take a dataset out, with all its indexes.

        Raises NotFound when it is not loaded, InvalidData when another dataset uses it.
        """
        with self.home.changing():
            current = self.home.current()
            if name not in current.versions:
                raise _no_dataset(name, current)
            if name == JOURNAL and self.home.manifests()[name].origin == JOURNAL:
                raise InvalidData(
                    "the judgements are no dataset to take out", given=name, expected="each taken back, with a reason"
                )
            users = [other for other, manifest in self.home.manifests().items() if name in manifest.uses]
            if users:
                raise InvalidData(
                    f"{name} is used by {', '.join(users)}", given=name, expected="a dataset that no other one uses"
                )
            versions = {other: version for other, version in current.versions.items() if other != name}
            self.home.publish(Current(versions, (*current.removed, name)))
            self._sweep()

    def ensure(self, folders: list[Path], progress: Progress = silent) -> list[str]:
        """Load those of the shipped `folders` that are missing or changed and that nobody took out.

        Returns the names loaded. Folders come in the order in which they use one another.
        """
        loaded = []
        for folder in folders:
            name, current = folder.name, self.home.current()
            kept = self.home.manifests().get(name) if name in current.versions else None
            fresh = kept and kept.format == FORMAT and kept.origin_hash == origin_hash(folder)
            if not fresh and name not in current.removed:
                progress(name)
                self.load(folder, progress)
                loaded.append(name)
        return loaded

    def rebuild(self, progress: Progress = silent) -> list[str]:
        """Make every index again from the snapshots, which are not touched. Returns the datasets rebuilt."""
        with self.home.changing(), self._lock, self._filling:
            manifests = self.home.manifests()
            self.tables.forget()
            for name, manifest in manifests.items():
                progress(f"{name}: projecting")
                folder = self.home.folder(name, manifest.version)
                for file in folder.glob("tables-*"):
                    file.unlink()
                build(folder / CLAIMS, folder / file_name())
            store = self.store()
            for graph in sorted(self._ours(store)):
                store.remove(graph)
            progress("filling the store")
            self._sync_store(store)
            self._stamp = self._kept = None
            self.home.publish(self.home.current())
        return list(manifests)


def _check_name(description: Description) -> None:
    """Raise InvalidData where a dataset would take the name under which the judgements are kept, or use them."""
    for place, names in (("name", (description.name,)), ("uses", description.uses)):
        if JOURNAL in names:
            raise InvalidData(
                f"no dataset can be called or use {JOURNAL}: the judgements entered here are kept under that name",
                where=f"{FILE}: {place}",
                given=JOURNAL,
                expected="another name",
            )


def _no_dataset(name: str, current: Current) -> NotFound:
    known = ", ".join(current.versions)
    return NotFound(f"no dataset {name!r} is loaded", given=name, expected=f"one of {known}" if known else "none is")
