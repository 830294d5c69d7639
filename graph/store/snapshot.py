"""A snapshot read for loading: zstd-compressed N-Quads in, N-Triples of its one graph out, as a stream."""

import io
from collections.abc import Iterator
from pathlib import Path

import zstandard

from graph.errors import InvalidData

CHUNK = 64 * 1024


def triples(graph: str, snapshot: Path) -> Iterator[bytes]:
    """Whole lines of N-Triples. Raises InvalidData unless every line is a quad of `graph`, and the file is whole.

    The lines are the canonical ones that every N-Quads writer makes, so the graph is the same bytes at the end of
    each and cutting it off is one replacement for thousands of lines. Line numbers stay those of the snapshot.
    """
    ending = f" <{graph}> .\n".encode()
    before = 0
    for lines in _lines(snapshot):
        if lines.count(b"\n") != lines.count(ending):
            number = next(n for n, line in enumerate(lines.splitlines(keepends=True), 1) if not line.endswith(ending))
            raise InvalidData(
                "Not a quad of the graph", expected=graph, where=f"{snapshot.name}, line {before + number}"
            )
        before += lines.count(b"\n")
        yield lines.replace(ending, b" .\n")


def _lines(snapshot: Path) -> Iterator[bytes]:
    begun = b""
    for piece in _unpacked(snapshot):
        whole, newline, rest = piece.rpartition(b"\n")
        if newline:
            yield begun + whole + newline
            begun = rest
        else:
            begun += piece
    if begun:
        yield begun + b"\n"


def _unpacked(snapshot: Path) -> Iterator[bytes]:
    """The file's contents. A file that breaks off is an error here; zstandard's own reader takes it for the end."""
    try:
        with snapshot.open("rb") as file:
            frame = zstandard.ZstdDecompressor().decompressobj()
            while packed := file.read(CHUNK):
                while packed:
                    if frame.eof:
                        frame = zstandard.ZstdDecompressor().decompressobj()
                    if piece := frame.decompress(packed):
                        yield piece
                    packed = frame.unused_data
    except (OSError, zstandard.ZstdError) as error:
        raise InvalidData(f"The snapshot can't be read: {error}", where=snapshot.name) from error
    if not frame.eof:
        raise InvalidData("The snapshot breaks off", where=snapshot.name)


class Chunks(io.RawIOBase):
    """A stream of byte strings as a file to read, for parsers that want one."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub names a private buffer type
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
