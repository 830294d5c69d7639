"""An entity of FollowTheMoney: the line that it is, and what its properties say in the words of our sheets."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import InvalidData
from graph.readers.tables.words import code
from ontology.vocabulary import codes

LONGEST = 4_000_000
"""Characters of one line."""
_OURS = re.compile(r"([a-z]+)-(.+)")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
Entity = dict[str, Any]
Said = dict[str, list[str]]


def entities(file: Path) -> Iterator[tuple[int, Entity]]:
    """Each entity of a file with the number of its line. Raises InvalidData for a line that is no JSON object."""
    with file.open(encoding="utf-8-sig") as lines:
        number = 0
        try:
            while line := lines.readline(LONGEST):
                number += 1
                if not line.strip():
                    continue
                entity = json.loads(line)
                if not isinstance(entity, dict):
                    raise ValueError("not an object")
                yield number, entity
        except ValueError as error:  # no UTF-8 is one as well
            raise InvalidData(
                f"{file.name} is not JSON lines: {error}",
                where=f"{file.name} line {number}",
                expected="an entity of FollowTheMoney on every line",
            ) from error


def said_of(properties: object) -> Said | None:
    """The texts of each property, None where they are no properties."""
    if not isinstance(properties, dict):
        return None
    listed = {str(name): values if isinstance(values, list) else [values] for name, values in properties.items()}
    return {name: [" ".join(str(v).split()) for v in values if v not in (None, "")] for name, values in listed.items()}


def first(said: Said, column: str, name: str) -> dict[str, str]:
    """The first text of a property as the cell of a column."""
    return {column: next(iter(said.get(name, ())), "")}


def period_of(said: Said) -> dict[str, str]:
    """Start, end and the day of which it is told, in the columns of a sheet; a time of day is left out."""
    found = {}
    for column, name in (("starts", "startDate"), ("ends", "endDate"), ("active_on", "date")):
        text = next(iter(sorted(said.get(name, ()))), "")
        match = _DATE.match(text)
        found[column] = match[0] if match else text
    return found


def slug_of(kind: str, id_: str) -> str:
    """The slug in an id that Concert wrote, empty for any other."""
    match = _OURS.fullmatch(id_)
    if not match or match[1] != kind:
        return ""
    return re.sub(
        r"(?:\.[0-9A-F]{2})+", lambda m: bytes.fromhex(m[0].replace(".", "")).decode("utf-8", "replace"), match[2]
    )


def known_code(kind: str, word: str) -> str:
    """The notation of a code that a keyword names, as `domain/drugs` or in words."""
    if word.startswith(f"{kind}/"):
        return word.partition("/")[2] if word.partition("/")[2] in codes(kind) else ""
    return "" if "/" in word else code(kind, word) or ""


def plain(text: str) -> str:
    """The text without the sign that parts the values of a cell."""
    return text.replace(";", ",")
