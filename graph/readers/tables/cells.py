"""A cell of a sheet as a mapping describes it: a text with {columns} in it, and what is done to what comes out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from graph.readers.tables.dates import iso

HOLE = re.compile(r"\{([^{}]+)\}")
SPACES = re.compile(r"\s{2,}")
GROUPED = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d{1,3}([ \u00a0\u202f]\d{3})+(\.\d+)?")

Given = Mapping[str, str]
"""The row: the text of each column; columns that the file does not have are missing, empty cells are empty."""

Maps = Mapping[str, Mapping[str, str]]


class Unread(ValueError):
    """A cell that cannot be read; says what was expected."""


def fill(template: str, row: Given) -> str:
    """The template with the row's cells in it; empty as soon as one of them is, unless its name ends in `?`.

    `{a|b}` is the first of the columns that the table has.
    """
    found: list[str] = []
    for columns, may_be_empty in _holes(template):
        value = next((row[name] for name in columns if name in row), "")
        if not value and not may_be_empty:
            return ""
        found.append(value)
    if not found:
        return template
    values = iter(found)
    return SPACES.sub(" ", HOLE.sub(lambda _: next(values), template)).strip(" ,;")


@lru_cache(maxsize=1_000)
def _holes(template: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The columns that each hole may stand for, and whether their cell may be empty."""
    return tuple((tuple(choices(names)), names.endswith("?")) for names in HOLE.findall(template))


def choices(names: str) -> list[str]:
    """The columns that a hole may stand for."""
    return names.removesuffix("?").split("|")


def as_text(value: Any) -> Any:
    """What a person wrote in YAML as text; a switch is refused, since `no` may have meant Norway."""
    if isinstance(value, bool):
        raise ValueError("yes, no, true and false stand in quotes")
    return str(value) if isinstance(value, int | float | date) else value


class Cell(BaseModel):
    """How the value of one sheet column is made. A plain text in the mapping is `from`.

    from       a text in which {column} stands for the row's cell
    columns    instead of one cell: names, or a pattern, of columns of which each filled one gives a value
    split      what stands between several values
    match      a pattern; its first group is the value, and what it does not find is no value
    map        value map, by name or written here; `otherwise` says what becomes of the rest: keep, drop or refuse
    default    the value where there is none
    write      a text around the value, in which {value} stands for it
    date       formats as in %d %b %Y, tried in order
    decimal    the decimal sign, where it is a comma
    times      a factor
    mint       make the thing that nobody knows: true, false, or the columns of its sheet, {text} being its name;
               actors are made unless it says false, all else is refused unless it says true
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    source: str = Field(default="{cell}", alias="from")
    columns: str | tuple[str, ...] | None = None
    split: str | None = None
    match: str | None = None
    map: str | dict[str, str] | None = None
    otherwise: Literal["keep", "drop", "refuse"] = "keep"
    default: str = ""
    write: str = Field(default="", pattern=r"^$|\{value\}")
    date: tuple[str, ...] = ()
    decimal: Literal[".", ","] = "."
    times: Decimal = Decimal(1)
    mint: "bool | dict[str, Cell] | None" = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        return given if isinstance(given, dict | Cell) else {"from": given}

    @field_validator("source", "default", mode="before")
    @classmethod
    def _texts(cls, given: Any) -> Any:
        return as_text(given)

    @field_validator("map", mode="before")
    @classmethod
    def _pairs(cls, given: Any) -> Any:
        return {as_text(k): as_text(v) for k, v in given.items()} if isinstance(given, dict) else given

    @field_validator("date", mode="before")
    @classmethod
    def _one(cls, given: Any) -> Any:
        return (given,) if isinstance(given, str) else given

    @field_validator("match")
    @classmethod
    def _pattern(cls, given: str | None) -> str | None:
        try:
            re.compile(given or "")
        except re.error as error:
            raise ValueError(f"not a pattern: {error}") from error
        return given

    @cached_property
    def holes(self) -> tuple[str, ...]:
        """What stands between braces here and in what is minted from it."""
        minted = self.mint.values() if isinstance(self.mint, dict) else ()
        return (*HOLE.findall(self.source), *(hole for cell in minted for hole in cell.holes))

    def values(self, row: Given, maps: Maps, kind: str) -> list[str]:
        """The values that the row gives; `kind` is the type of the sheet column. Raises Unread."""
        found = [value for text in self._texts_of(row) for value in self._value(text, maps, kind)]
        found = found or ([self.default] if self.default else [])
        return [self.write.replace("{value}", value) for value in found] if self.write else found

    def _texts_of(self, row: Given) -> Iterator[str]:
        rows: Iterable[Given] = [row]
        if self.columns is not None:
            rows = ({**row, "column": name, "cell": row[name]} for name in columns_of(self.columns, row) if row[name])
        for each in rows:
            text = fill(self.source, each)
            yield from (part.strip() for part in (text.split(self.split) if self.split else [text]))

    def _value(self, text: str, maps: Maps, kind: str) -> list[str]:
        if text and self.match is not None:
            found = re.search(self.match, text)
            text = (found[1] if found.re.groups else found[0]).strip() if found else ""
        if text and self.map is not None:
            text = self._mapped(text, maps[self.map] if isinstance(self.map, str) else self.map)
        if not text:
            return []
        if kind == "date":
            return [iso(text, self.date)]
        if kind == "number":
            return [self._number(text)]
        return [text]

    def _mapped(self, text: str, pairs: Mapping[str, str]) -> str:
        if text in pairs:
            return pairs[text]
        found = next((value for name, value in pairs.items() if name.casefold() == text.casefold()), None)
        if found is not None:
            return found
        if self.otherwise == "refuse":
            raise Unread("one of " + ", ".join(pairs))
        return text if self.otherwise == "keep" else ""

    def _number(self, text: str) -> str:
        plain = text.replace(".", "").replace(",", ".") if self.decimal == "," else text
        if self.decimal == "." and GROUPED.fullmatch(plain):
            plain = re.sub(r"[, \u00a0\u202f]", "", plain)
        try:
            number = Decimal(plain) * self.times
        except InvalidOperation as error:
            raise Unread("a number; where the decimal sign is a comma the mapping says so") from error
        if not number.is_finite() or abs(number) > Decimal(10) ** 30:
            raise Unread("a finite number")
        return format(number.normalize(), "f")


def columns_of(wanted: str | tuple[str, ...], names: Iterable[str]) -> list[str]:
    """The columns out of `names` that a pattern or a list means; a pattern has to fit the whole name."""
    if isinstance(wanted, str):
        return [name for name in names if re.fullmatch(wanted, name)]
    return [name for name in names if name in wanted]
