"""Delimited text as rows: the encoding and the delimiter are found out, and said where they were guessed."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from charset_normalizer import from_bytes

from graph.errors import InvalidData, TooLarge
from graph.readers.tables.opening import Line, Tell

LINE = 4_000_000
"""Most characters of one line: a file without line ends must not come into memory whole."""

SAMPLE = 65_536
DELIMITERS = ",;\t|"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def text_lines(file: Path, encoding: str | None, delimiter: str | None, tell: Tell) -> Iterator[Line]:
    """The rows of a delimited text with the number of the line on which each ends.

    Without `encoding` it is UTF-8, or UTF-16 with its mark, else Windows-1252 or Windows-1251, which is told. Raises
    InvalidData for bytes that no encoding reads and for broken quoting, TooLarge for a line beyond the limit.
    """
    found = encoding or _encoding(file, tell)
    number = 0
    try:
        with file.open(encoding=found, newline="") as handle:
            used = delimiter or _delimiter(handle.read(SAMPLE))
            handle.seek(0)
            reader = csv.reader(_bounded(handle, file), delimiter=used, strict=True)
            for cells in reader:
                number = reader.line_num
                yield number, cells
    except (UnicodeError, LookupError) as error:
        raise InvalidData(f"{file.name} is not {found} text", where=file.name, expected="UTF-8 text") from error
    except csv.Error as error:
        raise InvalidData(
            f"{file.name} is not a CSV table: {error}", where=f"{file.name} after row {number}", expected="CSV"
        ) from error


def _encoding(file: Path, tell: Tell) -> str:
    with file.open("rb") as handle:
        head = handle.read(4)
        for mark, name in MARKS:
            if head.startswith(mark):
                return name
        handle.seek(0)
        utf8, western = codecs.getincrementaldecoder("utf-8")(), codecs.getincrementaldecoder("cp1252")()
        is_utf8, before, strange = True, 0, b""
        while block := handle.read(1_000_000):
            if b"\0" in block:
                raise InvalidData(
                    f"{file.name} is not text: byte {before + block.index(0)} is zero",
                    where=file.name,
                    expected="UTF-8 text",
                )
            if is_utf8:
                is_utf8 = _decodes(utf8, block)
            if not _decodes(western, block) and not is_utf8:
                raise InvalidData(
                    f"{file.name} is neither UTF-8 nor Windows-1252 text",
                    where=file.name,
                    expected="UTF-8 text, or a mapping that names the encoding",
                )
            before += len(block)
            if len(strange) < SAMPLE:
                strange += b"\n".join(line for line in block.split(b"\n") if not line.isascii())[:SAMPLE]
        is_utf8 = is_utf8 and _decodes(utf8, b"", final=True)
    if is_utf8:
        return "utf-8"
    name, called = _western_or_cyrillic(strange)
    tell(f"{file.name} is not UTF-8; it was read as {called}. A mapping may name another encoding.")
    return name


def _western_or_cyrillic(sample: bytes) -> tuple[str, str]:
    """What text that is no UTF-8 is: Windows-1252 unless only Windows-1251 gives words. And what that is called."""
    read = {match.encoding for match in from_bytes(sample, cp_isolation=["cp1252", "cp1251"])}
    return ("cp1251", "Windows-1251 (Cyrillic)") if read == {"cp1251"} else ("cp1252", "Windows-1252")


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(sample: str) -> str:
    """The delimiter that splits the sample's lines into the same number of cells, more than one, most often."""
    text = sample.rpartition("\n")[0] or sample
    best, most = ",", 0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(cells) for cells in csv.reader(text.splitlines()[:100], delimiter=delimiter))
        except csv.Error:
            continue
        agreeing = max((count for width, count in widths.items() if width > 1), default=0)
        if agreeing > most:
            best, most = delimiter, agreeing
    return best


def _bounded(handle: TextIO, file: Path) -> Iterator[str]:
    number = 0
    while line := handle.readline(LINE):
        number += 1
        if len(line) == LINE:
            raise TooLarge(
                f"{file.name} has a line of more than {LINE:,} characters",
                where=f"{file.name} line {number}",
                expected="a table with line ends",
            )
        yield line
