"""Loads that were asked for over HTTP: they wait, run one at a time beside the requests, and are remembered a while."""

import logging
import re
import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

from graph.datasets.description import File
from graph.errors import ConcertError, NotFound
from graph.library import Library

LOG = logging.getLogger("concert")
WAITING = 4
"""Loads that may wait or run at once."""

REMEMBERED = 200
"""Loads that can still be asked for; the oldest of those that ended goes first."""

TEMPORARY = re.compile(re.escape(tempfile.gettempdir()) + r"/concert-[^/]+/")


class Busy(ConcertError):
    """Too much was asked for at once; later it will go."""

    status = 503
    exit_code = 75
    title = "Too busy"


class Stopped(ConcertError):
    """The server was stopped meanwhile."""

    status = 503
    exit_code = 75
    title = "The server was stopped"


@dataclass(frozen=True)
class Upload:
    """A file that came in, alone in a folder of its own, and what to make of it. The folder goes with the load."""

    folder: Path
    file: Path
    name: str
    entry: File
    reject_share: float
    by: str


@dataclass
class Load:
    """What became of one upload so far.

    state   waiting, running, done, or refused: then nothing of it was kept
    step    what is being done, in words, and the share of it that is done, from 0 to 1, where that is known
    taken   rows or elements that were read, by where they stood; rejected: how many were refused
    error   why it was refused, as problem details
    """

    id: str
    dataset: str
    file: str
    by: str
    state: str = "waiting"
    step: str = "waiting for its turn"
    share: float | None = None
    version: str | None = None
    claims: int | None = None
    taken: dict[str, int] = field(default_factory=dict)
    rejected: int | None = None
    notes: list[str] = field(default_factory=list)
    error: dict[str, Any] | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "refused")

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


class Loads:
    """The loads of one application. Safe to use from several threads; `close` it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._turn = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load")
        self._lock = threading.Lock()
        self._loads: dict[str, Load] = {}
        self._stopping = threading.Event()

    def close(self) -> None:
        """Give up what waits, and what runs at its next step; its dataset is then as it was before."""
        self._stopping.set()
        self._turn.shutdown(wait=True)

    def check_room(self) -> None:
        """Raise Busy when no more may wait: what comes in is refused before it is read."""
        with self._lock:
            self._check_room()

    def submit(self, upload: Upload) -> Load:
        """Load it when its turn comes. Raises Busy; the upload is then gone."""
        load = Load(id=token_hex(8), dataset=upload.name, file=upload.file.name, by=upload.by)
        try:
            with self._lock:
                self._check_room()
                self._loads[load.id] = load
                ended = [id_ for id_, each in self._loads.items() if each.ended]
                for id_ in ended[: max(0, len(self._loads) - REMEMBERED)]:
                    del self._loads[id_]
            self._turn.submit(self._run, load, upload)
        except BaseException:
            shutil.rmtree(upload.folder, ignore_errors=True)
            raise
        return load

    def find(self, id: str) -> Load:
        """One of those remembered. Raises NotFound."""
        with self._lock:
            if id not in self._loads:
                raise NotFound(
                    f"there is no load {id[:40]!r}", given=id[:40], expected="one that began since the server started"
                )
            return self._loads[id]

    def _check_room(self) -> None:
        if sum(not load.ended for load in self._loads.values()) >= WAITING:
            raise Busy(f"{WAITING} loads are waiting already", expected="another try when one of them is done")

    def _run(self, load: Load, upload: Upload) -> None:
        try:
            watch = _Watch(load, self._stopping)
            watch("reading")
            load.state = "running"
            loaded = self._library.load_file(upload.file, upload.entry, upload.name, upload.reject_share, watch)
            manifest = loaded.manifest
            load.version, load.claims, load.rejected = manifest.version, manifest.claims, manifest.rejected
            load.taken, load.notes = dict(manifest.taken), list(manifest.notes)
            load.step, load.share, load.state = "done", 1.0, "done"
        except ConcertError as error:
            load.error = {name: _without_folders(value, upload) for name, value in error.problem().items()}
        except Exception as error:
            reference = token_hex(4)
            LOG.error("%s: loading %s failed", reference, upload.name, exc_info=error)
            detail = f"Whoever runs this finds the reason in the log under {reference}."
            load.error = {"title": ConcertError.title, "status": 500, "detail": detail}
        finally:
            shutil.rmtree(upload.folder, ignore_errors=True)
            if load.error is not None:  # last, as whoever waits for it looks at the state
                load.step, load.share, load.state = "refused", None, "refused"


class _Watch:
    """Writes down how far a load is, and ends it when the server stops."""

    def __init__(self, load: Load, stopping: threading.Event) -> None:
        self._load = load
        self._stopping = stopping

    def __call__(self, step: str) -> None:
        """A step begins."""
        self._load.step, self._load.share = step, None
        self._check()

    def advance(self, share: float) -> None:
        """Of the step that was named last, this share is done."""
        self._load.share = round(min(max(share, 0.0), 1.0), 3)
        self._check()

    def _check(self) -> None:
        if self._stopping.is_set():
            raise Stopped("the server was stopped; nothing was loaded", expected="the upload once more")


def _without_folders(value: Any, upload: Upload) -> Any:
    """A text without the folders of the server, in which nobody else can look."""
    if not isinstance(value, str):
        return value
    return TEMPORARY.sub("", value.replace(f"{upload.folder}/", ""))
