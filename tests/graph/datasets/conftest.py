"""A snapshot of any graph, and its violations found both ways: with the screen, and by pySHACL over everything."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard
from rdflib import Graph

from graph.datasets.snapshot import CLAIMS, write_claims
from graph.datasets.validation import violations
from ontology.validation import Violation, validate

Write = Callable[[Iterable[ox.Triple | bytes]], Path]
Check = Callable[..., tuple[list[Violation], list[Violation]]]


def whole(claims: Path) -> Graph:
    """Everything that a snapshot states."""
    with claims.open("rb") as file:
        lines = zstandard.ZstdDecompressor().stream_reader(file).read()
    triples = [ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(lines, format=ox.RdfFormat.N_QUADS)]
    return Graph().parse(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


@pytest.fixture
def snapshot(tmp_path: Path) -> Write:
    """Write claims as a snapshot."""

    def write(claims: Iterable[ox.Triple | bytes]) -> Path:
        write_claims(tmp_path, "test", claims)
        return tmp_path / CLAIMS

    return write


@pytest.fixture
def both(snapshot: Write) -> Check:
    """The violations in claims: with the screen, and by pySHACL over everything at once."""

    def check(
        claims: Iterable[ox.Triple | bytes], shapes: Graph | None = None
    ) -> tuple[list[Violation], list[Violation]]:
        kept = snapshot(claims)
        return sorted(violations(kept, shapes=shapes)), sorted(validate(whole(kept), shapes=shapes))

    return check
