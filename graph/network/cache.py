"""Keep what took long to compute, under a hash of all that it depends on."""

import contextlib
import hashlib
import io
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.network.numbered import Simple

Arrays = dict[str, npt.NDArray[Any]]

FORM = 1
"""Raise it when the same graph is measured or laid out in another way than before."""
COMPUTED_BY = ("networkit", "numpy", "scipy")
MOST_BYTES = 512 * 2**20
DIGEST = 32


@dataclass(frozen=True)
class Cache:
    """A folder with a file a result, of at most `most_bytes` in all; what was not used for longest goes first.

    Several processes may share it: a file is written whole and then renamed, and one that is damaged, or goes while
    it is read, is as one that never was. A disk that is full or read-only costs time, never an answer.
    """

    folder: Path
    most_bytes: int = MOST_BYTES

    def get(self, key: str) -> Arrays | None:
        """What was kept under `key`, or None."""
        file = self._file(key)
        try:
            told = file.read_bytes()
            with contextlib.suppress(OSError):
                os.utime(file)
        except OSError:
            return None
        if told[:DIGEST] != _digest(key, told[DIGEST:]):
            return None
        with np.load(io.BytesIO(told[DIGEST:]), allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}

    def put(self, key: str, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Keep `arrays`, then remove what is too much."""
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, **arrays)
        file = self._file(key)
        unfinished = file.with_suffix(f".{secrets.token_hex(8)}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(_digest(key, out.getvalue()) + out.getvalue())
            unfinished.replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            return
        self._tidy()

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.arrays"

    def _tidy(self) -> None:
        """Remove the oldest until the rest fits; parts that a killed process left grow old and go like the others."""
        found = []
        for file in [*self.folder.glob("*.arrays"), *self.folder.glob("*.part")]:
            try:
                told = file.stat()
            except OSError:
                continue
            found.append((told.st_mtime_ns, file.name, told.st_size, file))
        total = sum(size for _, _, size, _ in found)
        for _, _, size, file in sorted(found)[:-1]:
            if total <= self.most_bytes:
                return
            try:
                file.unlink(missing_ok=True)
            except OSError:
                continue
            total -= size


def _digest(key: str, told: bytes) -> bytes:
    """Of a file of that name: one that was damaged or renamed has another."""
    return hashlib.sha256(key.encode() + b"\0" + told).digest()


def key_of(graph: Simple, kind: str, settings: Mapping[str, Any]) -> str:
    """A hash of the graph's edges, what is computed of it, with what settings, and by which libraries."""
    about = (FORM, kind, sorted(settings.items()), graph.size, [(name, version(name)) for name in COMPUTED_BY])
    told = hashlib.sha256(repr(about).encode())
    for array in (graph.low, graph.high, graph.weight):
        told.update(np.ascontiguousarray(array, dtype="<i4").tobytes())
    return told.hexdigest()
