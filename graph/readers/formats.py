"""The formats that a file can have: which one it is, told by its content, and who reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InvalidData
from graph.readers import Frame, Log, Triples, rdf
from graph.readers.ftm import is_ftm, read_ftm
from graph.readers.iati import activities
from graph.readers.iati.codelists import read_codelist
from graph.readers.iati.organisations import read_organisations
from graph.readers.iati.telling import holds
from graph.readers.tables.hxl import read_hxl
from graph.readers.tables.mapped import read_mapped
from graph.readers.tables.opening import is_table
from graph.readers.tables.tags import is_hxl

HEAD = 65_536
"""Bytes at the beginning of a file that are looked at."""


@dataclass(frozen=True)
class Format:
    """A format of one file.

    fits  whether a file with this name and these first bytes is of the format; the first that fits is taken
    read    gives the claims of the file as a stream, refused rows going to the log
    blocks  gives them as lines of canonical N-Triples, many at once, and tells the share of the file that was read:
            for formats of which files are large
    """

    name: str
    title: str
    fits: Callable[[Path, bytes], bool]
    read: Callable[[Path, Frame, Log], Triples]
    blocks: Callable[[Path, Frame, Log, Callable[[float], None]], Iterator[bytes]] | None = None


FORMATS = (
    Format(
        "rdf",
        "RDF in Concert's ontology",
        lambda file, _: file.suffix in rdf.SYNTAXES,
        rdf.read_rdf,
        lambda file, _, log, advance: rdf.read_blocks(file, log, advance),
    ),
    Format(
        "iati-activities",
        "IATI activities, version 1 or 2",
        holds("iati-activities"),
        activities.read_activities,
        activities.read_blocks,
    ),
    Format("iati-organisations", "IATI organisations, version 1 or 2", holds("iati-organisations"), read_organisations),
    Format("iati-codelist", "a code list of IATI", holds("codelist"), read_codelist),
    Format("ftm", "FollowTheMoney entities as JSON lines", is_ftm, read_ftm),
    Format("hxl", "a table with HXL hashtags: CSV, XLSX, ODS or JSON", is_hxl, read_hxl),
    Format("table", "a table with a mapping: CSV, XLSX, ODS or JSON", is_table, read_mapped),
)


def format_of(file: Path, name: str | None = None) -> Format:
    """The format called `name`, else the one that the file's content tells.

    Raises InvalidData for a directory, an empty file, an unknown name, and a content that no format fits.
    """
    if not file.is_file():
        raise InvalidData(f"{file} is not a file", where=str(file), expected="a file, or a folder with a dataset.yml")
    known = ", ".join(format_.name for format_ in FORMATS)
    if name is not None:
        found = next((format_ for format_ in FORMATS if format_.name == name), None)
        if found is None:
            raise InvalidData(f"there is no format {name!r}", given=name, expected=f"one of {known}")
        return found
    with file.open("rb") as handle:
        head = handle.read(HEAD)
    if not head.strip():
        raise InvalidData(f"{file.name} is empty", where=str(file), expected=f"a file in one of the formats {known}")
    if head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise InvalidData(f"{file.name} is a web page, whatever its name says", where=str(file), expected=known)
    found = next((format_ for format_ in FORMATS if format_.fits(file, head)), None)
    if found is None:
        raise InvalidData(f"{file.name} is in no format that Concert reads", where=str(file), expected=known)
    return found
