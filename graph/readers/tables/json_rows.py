"""A JSON array of arrays or of objects, or an object of objects, as rows, one of them in memory at a time."""

import json
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from graph.errors import InvalidData, TooLarge
from graph.readers.tables.opening import COLUMNS, Line

CHUNK = 65_536
ELEMENT = 4_000_000
"""Most characters of one element."""

KEY = "key"
"""The column of the names under which the objects of an object stand."""


def json_lines(file: Path) -> Iterator[Line]:
    """The rows of a JSON table: arrays by their place from 1, or objects, whose names come first as row 0.

    Objects may stand in an object; the name of each is in the column `key`, unless it has one of its own. A list in a
    cell is joined by semicolons; of an object in a cell each part has a column, as `cell.part`. Raises InvalidData for
    JSON that is broken or no table.
    """
    try:
        with file.open(encoding="utf-8-sig") as handle:
            elements = _elements(handle, file)
            first = next(elements, None)
            if first is None:
                raise InvalidData(f"{file.name} holds no rows", where=file.name, expected="an array of rows")
            if not isinstance(first, list | dict):
                raise InvalidData(
                    f"{file.name} is JSON but no table", where=file.name, expected="an array of arrays or objects"
                )
            whole = enumerate(chain([first], elements), start=1)
            yield from _arrays(whole, file) if isinstance(first, list) else _objects(whole, _names(file), file)
    except UnicodeDecodeError as error:
        raise InvalidData(f"{file.name} is not UTF-8 text", where=file.name, expected="UTF-8") from error
    except RecursionError as error:
        raise InvalidData(f"{file.name} is nested too deeply", where=file.name, expected="an array of rows") from error


def _names(file: Path) -> list[str]:
    """Every name that an object of the file uses, in the order in which they are met."""
    names: dict[str, None] = {}
    with file.open(encoding="utf-8-sig") as handle:
        for element in _elements(handle, file):
            if isinstance(element, dict):
                names |= dict.fromkeys(_flat(element))
            if len(names) > COLUMNS:
                raise TooLarge(
                    f"{file.name} has more than {COLUMNS:,} names", where=file.name, expected=f"at most {COLUMNS:,}"
                )
    return list(names)


def _arrays(elements: Iterator[tuple[int, Any]], file: Path) -> Iterator[Line]:
    for number, element in elements:
        if not isinstance(element, list):
            raise _mixed(file, number, "an array")
        yield number, [_text(value, file, number) for value in element]


def _objects(elements: Iterator[tuple[int, Any]], names: list[str], file: Path) -> Iterator[Line]:
    yield 0, names
    for number, element in elements:
        if not isinstance(element, dict):
            raise _mixed(file, number, "an object")
        flat = _flat(element)
        yield number, [_text(flat.get(name), file, number) for name in names]


def _flat(element: dict[str, Any]) -> dict[str, Any]:
    """The element with the parts of its objects beside its own; their parts stay as they are."""
    if not any(isinstance(value, dict) for value in element.values()):
        return element
    flat: dict[str, Any] = {}
    for name, value in element.items():
        flat |= {f"{name}.{part}": each for part, each in value.items()} if isinstance(value, dict) else {name: value}
    return flat


def _mixed(file: Path, number: int, expected: str) -> InvalidData:
    return InvalidData(
        f"{file.name}: element {number} is of another kind than the rows before it",
        where=f"{file.name} row {number}",
        expected=expected,
    )


def _text(value: Any, file: Path, number: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return ";".join(_text(part, file, number) for part in value)
    if isinstance(value, list | dict):
        raise InvalidData(
            f"{file.name}: a cell of element {number} holds a structure",
            where=f"{file.name} row {number}",
            expected="texts, numbers or lists of them",
        )
    return value if isinstance(value, str) else json.dumps(value)


def _elements(handle: TextIO, file: Path) -> Iterator[Any]:
    """The elements of the outermost array or object, decoded one after the other."""
    text, number, ended = handle.read(CHUNK).lstrip(), 0, False
    decode: Callable[[str], tuple[Any, int]] = json.JSONDecoder().raw_decode
    end_sign = "]"
    if text.startswith("{"):
        decode, end_sign = _member, "}"
    text = text[1:]
    while True:
        text = text.lstrip() if number == 0 else text.lstrip().removeprefix(",").lstrip()
        if text.startswith(end_sign):
            if text[1:].strip() or handle.read(CHUNK).strip():
                raise _broken(file, number, "something follows the array")
            return
        try:
            element, end = decode(text)
            complete = ended or end < len(text)
        except json.JSONDecodeError as error:
            element, end, complete = None, 0, False
            if ended or len(text) > ELEMENT:
                raise _broken(file, number, error.msg) from error
        if complete:
            number += 1
            yield element
            text = text[end:].lstrip()
        if not complete or not text:
            block = handle.read(CHUNK)
            ended = not block
            text += block
            if ended and not text:
                raise _broken(file, number, "the array is not closed")
        elif not text.startswith((",", end_sign)):
            raise _broken(file, number, "a comma is missing")


def _member(text: str) -> tuple[Any, int]:
    """The first member of an object as a row that has its name, and where it ends. Raises JSONDecodeError."""
    decoder = json.JSONDecoder()
    name, end = decoder.raw_decode(text)
    start = end + len(text[end:]) - len(text[end:].lstrip())
    if not isinstance(name, str) or text[start : start + 1] != ":":
        raise json.JSONDecodeError("a name and a colon are missing", text, start)
    start += 1
    start += len(text[start:]) - len(text[start:].lstrip())
    value, end = decoder.raw_decode(text, start)
    return ({KEY: name, **value} if isinstance(value, dict) else value), end


def _broken(file: Path, number: int, why: str) -> InvalidData:
    return InvalidData(
        f"{file.name} is not valid JSON after element {number}: {why}",
        where=f"{file.name} row {number + 1}",
        expected="an array of arrays or of objects",
    )
