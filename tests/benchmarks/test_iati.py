"""The generator of IATI activities: the same bytes for a seed, and a file that the reader takes."""

from pathlib import Path

from lxml import etree

from graph.readers import Frame, Log
from graph.readers.iati.activities import read_blocks
from ontology.namespaces import ID
from tests.benchmarks.iati import write
from tests.benchmarks.iati_words import COUNTRIES


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write(tmp_path / name, 50, seed)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_every_activity_is_taken_and_nothing_but_known_regions_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.xml", 300, 1)
    assert len(etree.parse(tmp_path / "a.xml").getroot()) == 300
    known = {("place", code.lower()): f"{ID}place/{code.lower()}" for code in COUNTRIES}
    log = Log()
    frame = Frame("x.", "en", f"{ID}source/s", known, options={"scope": "all"})
    claims = sum(block.count(b"\n") for block in read_blocks(tmp_path / "a.xml", frame, log))
    assert claims > 300 * 50
    assert log.taken["iati-activity"] == 300
    assert {rejected.field.partition("/")[0] for rejected in log.rejected} <= {"recipient-region"}


def test_some_activities_are_in_scope_and_most_are_not(tmp_path: Path) -> None:
    write(tmp_path / "a.xml", 1_000, 1)
    log = Log()
    list(read_blocks(tmp_path / "a.xml", Frame("x.", "en", f"{ID}source/s", {}), log))
    assert 40 < log.taken["iati-activity"] < 150
    assert log.taken["iati-activity"] + log.taken["iati-activity out of scope"] == 1_000
