"""The catalogue: every question file with its header, checked when it is read."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph.questions.parameters import COMMON, Parameter

HERE = Path(__file__).parent
HEADER = re.compile(r"\A/\*\n(.*?)\n\*/\n", re.DOTALL)
PLAIN = frozenset({"text", "number", "integer", "share", "date", "boolean", "dataset"})
RESERVED = frozenset({"claims", "sources"})
COMMENT = re.compile(r"\A((?:#[^\n]*\n)+)")
SETS = frozenset({"place_set", "domain_set", "response_set", "target_set"})
"""Columns of the tables that a filter may name instead of one of the answer, where a part tells what is left of them:
whole sets are quicker to look into."""
SECTION = re.compile(r"^-- \[(page|total)\]\n", re.MULTILINE)
PLACEHOLDER = re.compile(r"\$([a-z_]+)")


class Column(BaseModel):
    """A column of an answer. `type` is text, number, integer, share, date, boolean, any kind of thing, or `thing`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    type: str
    about: str = ""
    many: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether its values are literals, not things with an id."""
        return self.type in PLAIN


class Header(BaseModel):
    """What a question file says of itself.

    parts    queries of `parts/` that this one reads by their names, each after those that it reads itself
    matrix   columns that a page may lay out as a table of two dimensions: rows, columns, value
    order    columns of the answer, or of what its first query finds, in which no two rows are equal
    head     the column of places that comes first in the order, where the first rows can be looked for among the first
             places; what has one has a way of its own to count its rows
    once     parts, or `found`, that are made once a world and kept with it, where neither a place, an actor nor a day
             that they read is given: what goes through everything and comes out smaller, each after those that it reads
    anew     further parameters for which nothing is made once a world, as what they leave is soon found
    filters  common parameter -> column of the answer, or set that `found` gives, that it restricts (`period` names two)
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    asks: str
    read: str
    caveat: str
    example: dict[str, str] = {}
    parts: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    anew: tuple[str, ...] = ()
    parameters: dict[str, Parameter] = {}
    filters: dict[str, str | tuple[str, str]] = {}
    columns: dict[str, Column]
    order: tuple[str, ...] = Field(min_length=1)
    matrix: tuple[str, str, str] | None = None
    head: str | None = None

    @model_validator(mode="after")
    def _names_agree(self) -> "Header":
        filtered = [
            name for column in self.filters.values() for name in ([column] if isinstance(column, str) else column)
        ]
        for told, names in (("filters", filtered), ("matrix", self.matrix or ())):
            for name in names:
                if name in SETS and f"{name.removesuffix('_set')}_of" in self.parts:
                    continue
                if name not in self.columns:
                    raise ValueError(f"{told} names a column that the answer does not have: {name}")
        if self.head and (self.head != self.order[0] or self.columns[self.head].type != "place"):
            raise ValueError(f"head is not a column of places that comes first in the order: {self.head}")
        for name in self.once:
            if name not in (*self.parts, "found"):
                raise ValueError(f"once names no part: {name}")
        for name in self.filters:
            if name not in COMMON | self.parameters and name != "period":
                raise ValueError(f"filters names no parameter: {name}")
        for name in RESERVED | ({"reach"} if "place" in self.filters else set()):
            if name in self.columns:
                raise ValueError(f"the answer has a column {name} already, which is not the question's")
        return self


class Question(BaseModel):
    """A question ready to be asked.

    found   the query that finds every row; it is what gets filtered, put in order and counted
    page    a query over `page`, the rows of one page, that fills in more columns by `row_`: names, lists, claims.
            Without one, `found` gives every column and a column `claims`
    total   a query over `kept`, the rows that the filters leave, or over the parts, that counts them into `total` where
            that is quicker; without one they are counted as they are found
    step    the module beside the file, under the same name, whose `answer(world, query, limit, offset)` finds the rows
            where that takes more than a query; `found` is then a query that this step runs
    """

    model_config = ConfigDict(frozen=True)

    name: str
    language: Literal["sql", "rq"]
    header: Header
    parts: dict[str, str]
    found: str
    page: str = ""
    total: str = ""
    step: str = ""

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Every parameter that it takes, the common ones that apply first, then its own."""
        applied = {"dataset", *self.placeholders}
        for name in self.header.filters:
            applied |= {"on", "from", "to"} if name == "period" else {name}
        taken = {name: parameter for name, parameter in COMMON.items() if name in applied}
        return taken | self.header.parameters

    @property
    def placeholders(self) -> frozenset[str]:
        """Names of the parameters that the query and its parts mention."""
        return frozenset(PLACEHOLDER.findall("\n".join([*self.parts.values(), self.found, self.page, self.total])))


def read_question(file: Path) -> Question:
    """Read one file. Raises ValueError naming the file when it has no header or a wrong one."""
    text = file.read_text(encoding="utf-8")
    found = (HEADER if file.suffix == ".sql" else COMMENT).match(text)
    if found is None:
        raise ValueError(f"{file.name} does not begin with a header in a comment")
    raw = found.group(1)
    if file.suffix == ".rq":
        raw = "\n".join(line[2:] for line in raw.splitlines())
    try:
        header = Header.model_validate(yaml.safe_load(raw))
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from error
    missing = [name for name in header.parts if not (HERE / "parts" / f"{name}.sql").exists()]
    if missing:
        raise ValueError(f"{file.name}: there is no part {', '.join(missing)}")
    beside = HERE / f"{file.stem.replace('-', '_')}.py"
    found_, *sections = SECTION.split(text[found.end() :])
    told = dict(zip(sections[::2], (query.strip().rstrip(";") for query in sections[1::2]), strict=True))
    question = Question(
        name=file.stem,
        language="sql" if file.suffix == ".sql" else "rq",
        header=header,
        parts={name: (HERE / "parts" / f"{name}.sql").read_text(encoding="utf-8") for name in header.parts},
        found=found_.strip().rstrip(";"),
        step=f"graph.questions.{beside.stem}" if beside.exists() else "",
        **told,
    )
    if header.head and not question.total:
        raise ValueError(f"{file.name}: head without a total")
    for what, names in (("the query mentions", question.placeholders), ("example names", set(header.example))):
        unknown = sorted(names - question.parameters.keys())
        if unknown:
            raise ValueError(f"{file.name}: {what} no parameter of its own: {', '.join(unknown)}")
    return question


@cache
def catalogue() -> dict[str, Question]:
    """Every question in this folder by name."""
    files = sorted([*HERE.glob("*.sql"), *HERE.glob("*.rq")], key=lambda file: file.stem)
    return {file.stem: read_question(file) for file in files}
