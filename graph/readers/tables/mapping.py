"""The mapping file: what each row of somebody's table says in the columns of Concert's sheets."""

import re
from collections.abc import Mapping as Read
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from graph.errors import InvalidData
from graph.readers.layout import sheets
from graph.readers.tables.cells import HOLE, Cell, as_text, choices
from graph.readers.tables.opening import Opening


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Each(_Part):
    """One record for each filled column out of some: {column} is its name, {cell} what stands in it.

    `unless` are patterns of cells that say nothing; how many were left out by it is told.
    """

    columns: str | tuple[str, ...]
    unless: tuple[str, ...] = ()


class Route(_Part):
    """Places in the order in which a flow passes them; each list holds the cells that may name one.

    The first known origin and the last known destination keep their role, what lies between is transit.
    """

    origin: tuple[Cell, ...] = ()
    transit: tuple[Cell, ...] = ()
    destination: tuple[Cell, ...] = ()


class Record(_Part):
    """One row of a sheet that a row of the table gives.

    name     others of the same row refer to it as @name
    when     a text with {columns}; the record is left out when one of them is empty
    once     the same record may come from many rows; it is stated by the first
    sum      the column, usually `value`, that is added up over the rows whose record is otherwise the same
    id       a text with {columns} that makes the id; otherwise the key of the sheet or the row's content does
    same     a text with {columns} that names a thing of a used dataset: where there is one, the record says more of it
             instead of making another; the first of several that names one counts
    """

    sheet: str
    name: str = ""
    when: str = ""
    once: bool = False
    each: Each | None = None
    route: Route | None = None
    sum: str = ""
    id: Cell | None = None
    same: tuple[Cell, ...] = ()
    columns: dict[str, Cell] = {}

    @field_validator("same", mode="before")
    @classmethod
    def _several(cls, given: Any) -> Any:
        return given if isinstance(given, list | tuple) else (given,)

    @model_validator(mode="after")
    def _known(self) -> "Record":
        sheet = sheets().get(self.sheet)
        if sheet is None:
            raise ValueError(f"there is no sheet {self.sheet!r}, only {', '.join(sheets())}")
        for column in (*self.columns, *([self.sum] if self.sum else [])):
            if column not in sheet.columns:
                raise ValueError(f"sheet {self.sheet} has no column {column!r}, only {', '.join(sheet.columns)}")
        if self.route and (self.sheet != "legs" or "flow" not in self.columns):
            raise ValueError("a route makes legs: it needs `sheet: legs` and the column flow")
        if self.same and (self.sum or self.each or self.route):
            raise ValueError("`same` goes with one record a row, without each, sum or route")
        if self.sum and sheet.columns[self.sum].type != "number":
            raise ValueError(f"{self.sum!r} is not a column of numbers")
        return self


class Repeated(_Part):
    """How a row is known that reports an event again: `same` agree, the unit differs, the amounts are equal.

    units  how many of a common unit one of each is; {Kilogram: 1000, Gram: 1}
    """

    same: tuple[str, ...]
    amount: str
    unit: str
    units: dict[str, float]


class Persons(_Part):
    """Every row is a person: rows are counted at the door, and counts below `smallest` are left out."""

    smallest: int = Field(default=10, ge=10)


class Mapping(_Part):
    """The whole mapping.

    header  the number of the row with the names, or texts; the first found is in it
    beyond  whether a row with cells right of the last name is refused, or only those cells are dropped
    """

    title: str = ""
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    sheet: str | int | None = None
    header: int | str | tuple[str, ...] | None = None
    missing: tuple[str, ...] = ()
    beyond: Literal["refuse", "drop"] = "refuse"
    maps: dict[str, dict[str, str]] = {}
    skip: dict[str, str] = {}
    repeated: Repeated | None = None
    persons: Persons | None = None
    rows: tuple[Record, ...] = Field(min_length=1)

    @field_validator("maps", mode="before")
    @classmethod
    def _texts(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not all(isinstance(pairs, dict) for pairs in given.values()):
            return given
        return {name: {as_text(k): as_text(v) for k, v in pairs.items()} for name, pairs in given.items()}

    @model_validator(mode="after")
    def _whole(self) -> "Mapping":
        named: set[str] = set()
        for record in self.rows:
            cells = [*record.columns.values(), *([record.id] if record.id else []), *record.same]
            for cell in cells:
                if isinstance(cell.map, str) and cell.map not in self.maps:
                    raise ValueError(f"there is no value map {cell.map!r} under maps")
                for name in re.findall(r"^(?:[a-z]+:)?@(.+)$", cell.source):
                    if name not in named:
                        raise ValueError(f"@{name} is no record before this one")
            named |= {record.name}
        if self.persons:
            self._aggregated()
        return self

    def _aggregated(self) -> None:
        sums = [record for record in self.rows if record.sum]
        if len(sums) != 1 or sums[0].sheet != "observations":
            raise ValueError("persons: exactly one record is an observation with `sum: value`")
        if sums[0].columns["value"].source != "1" if "value" in sums[0].columns else True:
            raise ValueError("persons: the value of the observation is 1, since each row is one person")
        if sums[0].each:
            raise ValueError("persons: a person is counted once, so the observation has no `each`")
        if any(cell.mint for record in self.rows for cell in record.columns.values()):
            raise ValueError("persons: nothing is minted from a row about a person")

    def opening(self) -> Opening:
        """How the file is opened."""
        return Opening(self.encoding, self.delimiter, self.sheet)

    def used(self) -> set[tuple[str, ...]]:
        """The columns that the mapping reads, as the choices between their names."""
        cells = [cell for r in self.rows for cell in (*r.columns.values(), *([r.id] if r.id else []), *r.same)]
        cells += [c for r in self.rows if r.route for c in (*r.route.origin, *r.route.transit, *r.route.destination)]
        holes = {hole for cell in cells for hole in cell.holes}
        holes |= {hole for record in self.rows for hole in HOLE.findall(record.when)} | set(self.skip)
        if self.repeated:
            holes |= {*self.repeated.same, self.repeated.amount, self.repeated.unit}
        return {tuple(choices(hole)) for hole in holes - {"cell", "column", "text", "file"}}


def parse_mapping(text: str) -> Mapping:
    """Read a mapping file. Raises InvalidData naming the line, the field, what came and what was expected."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"mapping line {mark.line + 1}" if mark else "mapping"
        why = getattr(error, "problem", None) or "it cannot be parsed"
        raise InvalidData(f"the mapping is not valid YAML: {why}", where=where) from error
    return mapping_of(raw, node)


def mapping_of(raw: object, node: yaml.Node | None = None) -> Mapping:
    """The mapping that `raw` holds; `node` is its text's tree, for the lines. Raises InvalidData."""
    if isinstance(raw, Mapping):
        return raw
    if not isinstance(raw, Read):
        raise InvalidData("the mapping holds no fields", where="mapping", expected="`rows:` and what each row gives")
    try:
        return Mapping.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        path = [part for part in first["loc"] if part not in {"Cell", "bool", "str"}]
        field = ".".join(str(part) for part in path) or "fields"
        line = _line(node, path)
        given = first.get("input")
        raise InvalidData(
            f"mapping: {field}: {first['msg'].removeprefix('Value error, ')}",
            where=f"mapping line {line}" if line else "mapping",
            given=given if isinstance(given, str | int | float) else None,
        ) from error


def _line(node: yaml.Node | None, path: list[int | str]) -> int | None:
    """The line of the innermost part of `path` that stands in the text."""
    if node is None:
        return None
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                break
            node = pair[1] if isinstance(pair[1], yaml.CollectionNode) else pair[0]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            break
    return int(node.start_mark.line) + 1 if node.start_mark else None
