"""Counts of victims below ten: which observations hold one, and their claims as they may be kept and told."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import duckdb
import zstandard

from graph.readers.layout import NAMESPACES
from graph.tables.build import fill
from graph.tables.engine import Row, concept_within, rows
from ontology.namespaces import long

QUERY = Path(__file__).with_name("small_counts.sql").read_text(encoding="utf-8")
CHANGED = f"""
select small.*
from ({QUERY}) as small
join observation using (id)
where (small.value, small.low, small.high) is distinct from (observation.value, observation.low, observation.high)
order by id
"""  # noqa: S608 - the query is ours
"""Those of the observations that state more than may be told; to one that says "at most nine" nothing is done."""

WORDS = "Counts of fewer than ten persons are withheld, and so are the words about them."
"""What stands in the place of a description that may say the count."""

CHUNK = 1 << 20
FIGURES = ("value", "low", "high")
CLASS = f"<{NAMESPACES['con']}Observation>".encode()
TYPE = f"<{NAMESPACES['rdf']}type>".encode()
DECIMAL = "<http://www.w3.org/2001/XMLSchema#decimal>"
TOLD = frozenset(
    f"<{NAMESPACES['con']}{name}>".encode() for name in ("starts", "ends", "activeOn", "statedOn", "locator", "version")
)
"""The texts and numbers that are told of an observation with a small count. All others may say the count."""

Bounds = tuple[str, ...]
"""What is told of the figures: property and value of each as N-Triples has them."""


class SmallCounts:
    """Observations with a small count, from the rows of `QUERY`. Memory grows with how many they are."""

    def __init__(self, found: list[Row]) -> None:
        known: dict[Bounds, Bounds] = {}  # nearly all of them are told alike
        self._bounds: Mapping[bytes, Bounds] = {
            f"<{long(row['id'])}>".encode(): known.setdefault(bounds := _bounds(row), bounds) for row in found
        }
        self._signs = {subject.rpartition(b"/")[0] for subject in self._bounds}  # cheap to look for, and in few blocks

    def __len__(self) -> int:
        return len(self._bounds)

    def __iter__(self) -> Iterator[str]:
        """The IRIs of the observations, in order."""
        return (subject[1:-1].decode() for subject in self._bounds)

    def withheld(self, block: bytes) -> bytes:
        """Whole lines of N-Triples or N-Quads without the small counts and without what is written about them."""
        if not any(sign in block for sign in self._signs):
            return block
        kept = []
        for line in block.splitlines(keepends=True):
            subject, predicate, value = line.split(b" ", 2)
            bounds = self._bounds.get(subject)
            if bounds is None or not value.startswith(b'"') or predicate in TOLD:
                kept.append(line)
            if bounds is not None and predicate == TYPE and value.startswith(CLASS):
                end = value.removeprefix(CLASS)
                kept += [b"%b %b%b" % (subject, bound.encode(), end) for bound in bounds]
        return b"".join(kept)


def _bounds(row: Row) -> Bounds:
    figures = {name: row[name] for name in FIGURES if row[name] is not None}
    return (
        *(f'<{NAMESPACES["con"]}{name}> "{value.normalize():f}"^^{DECIMAL}' for name, value in figures.items()),
        f'<{NAMESPACES["dct"]}description> "{WORDS}"@en',
    )


def small_counts(tables: Path) -> SmallCounts:
    """The observations in the tables of one version that state more than may be told."""
    with duckdb.connect(tables, read_only=True) as connection:
        if not rows(connection, "from observation limit 1"):
            return SmallCounts([])
        connection.execute("create temp table concept_within (concept varchar, ancestor varchar, depth integer)")
        fill(connection, "concept_within", concept_within())
        return SmallCounts(rows(connection, CHANGED))


def kept_blocks(snapshot: Path) -> Iterator[tuple[bytes, int]]:
    """The claims of a snapshot as blocks of whole lines, each with the bytes of the file that were read by then."""
    with snapshot.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as lines:
        rest = b""
        while chunk := lines.read(CHUNK):
            whole, newline, rest = (rest + chunk).rpartition(b"\n")
            yield whole + newline, file.tell()
        if rest:
            yield rest + b"\n", file.tell()


def withheld(snapshot: Path, small: SmallCounts) -> Iterator[bytes]:
    """The claims of a snapshot as they were given to it, in blocks of N-Triples, without the small counts."""
    blocks = (block for block, _ in kept_blocks(snapshot) if block)
    version, _, block = next(blocks).partition(b"\n")  # it is of the claims that were
    graph = version[version.rindex(b" <") :] + b"\n"
    for lines in chain([block], blocks):
        yield small.withheld(lines.replace(graph, b" .\n"))
