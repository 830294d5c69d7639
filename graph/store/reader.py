"""Runs one query, as a process of its own: `python reader.py <store>`, the request as JSON on standard input.

A program beside the store, not a part of it: the library can neither stop a running query nor bound its memory, and
a text that nests too deep takes the whole process down. Here the kernel does all three, and takes only this process.
It is started for each query, so it imports little and nothing of ours.
"""

import json
import resource
import signal
import sys
from typing import Any

from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store

MISREAD, NOT_ACCEPTABLE, TOO_LARGE, FAILED = 10, 11, 12, 13
"""Exit codes; what there is to say is on standard error. Success is 0: a line with the media type, then the body."""


class Refused(Exception):
    """Ends the process with a code and a message."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Bounded:
    """Standard output, up to a number of bytes."""

    def __init__(self, most: int) -> None:
        self.left = most

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise Refused(TOO_LARGE, "")
        sys.stdout.buffer.write(data)
        return len(data)

    def flush(self) -> None:
        sys.stdout.buffer.flush()


def bound(seconds: float, memory: int) -> None:
    """Have the kernel end this process when its time is over or its heap is full, even if the parent is gone."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(store: Store, query: str, graphs: list[str], accept: list[str], most: int) -> None:
    """Write the answer. The graphs override whatever dataset the text asks for."""
    world = [NamedNode(graph) for graph in graphs]
    try:
        result = store.query(query, default_graph=[*world], named_graphs=[*world])
    except SyntaxError as error:
        raise Refused(MISREAD, str(error)) from error
    formats: Any = RdfFormat if isinstance(result, QueryTriples) else QueryResultsFormat
    for media_type in accept:
        if form := formats.from_media_type(media_type):
            sys.stdout.buffer.write(media_type.encode() + b"\n")
            result.serialize(Bounded(most), form)  # type: ignore[arg-type]  # it needs no more of a file than these two
            return
    raise Refused(NOT_ACCEPTABLE, "")


def main() -> int:
    """Read the request, answer it, and tell by the exit code how that went."""
    request = json.load(sys.stdin)
    bound(request["seconds"], request["memory"])
    try:
        run(Store.read_only(sys.argv[1]), request["query"], request["graphs"], request["accept"], request["bytes"])
    except Refused as refusal:
        sys.stderr.write(str(refusal))
        return refusal.code
    except (OSError, RuntimeError, ValueError) as error:
        sys.stderr.write(str(error))
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
