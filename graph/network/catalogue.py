"""The kinds of network: every query file with its header, checked when it is read."""

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from graph.errors import NotFound
from graph.questions import catalogue as questions
from graph.questions.parameters import COMMON, Parameter

QUERIES = Path(__file__).parent / "queries"
HEADER = re.compile(r"\A/\*\n(.*?)\n\*/\n", re.DOTALL)
PLACEHOLDER = re.compile(r"\$([a-z_]+)")

OF_EVERY_KIND = {
    "measures": Parameter(
        title="Measures",
        type="choice",
        many=True,
        of=("degree", "betweenness", "constraint", "community", "component", "pagerank"),
        about="what to measure of every node that is drawn",
    ),
    "nodes": Parameter(
        title="Nodes",
        type="integer",
        low=1,
        high=100_000,
        default="2000",
        about="draw at most so many, the most connected first",
    ),
    "edges": Parameter(
        title="Edges",
        type="integer",
        low=1,
        high=500_000,
        default="6000",
        about="draw at most so many, the heaviest first",
    ),
}


class Header(BaseModel):
    """What a query file says of itself.

    takes  common parameters that apply; parts  queries that this one reads by their names, in order
    needs  its own parameters that must be given
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    asks: str
    read: str
    caveat: str
    example: dict[str, str] = {}
    takes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    parameters: dict[str, Parameter] = {}

    @model_validator(mode="after")
    def _names_are_known(self) -> "Header":
        for name in self.takes:
            if name not in COMMON:
                raise ValueError(f"takes names no common parameter: {name}")
        for name in self.needs:
            if name not in self.parameters:
                raise ValueError(f"needs names no parameter of its own: {name}")
        return self


class Kind(BaseModel):
    """A kind of network, ready to be drawn."""

    model_config = ConfigDict(frozen=True)

    name: str
    header: Header
    query: str

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Every parameter that it takes: its own, the common ones that apply, those of every kind."""
        common = {name: COMMON[name] for name in COMMON if name in self.header.takes}
        return self.header.parameters | common | OF_EVERY_KIND


def composed(parts: dict[str, str], last: str) -> str:
    """One statement: `last` reading `parts` by their names."""
    read = ",\n".join(f"{name} as (\n{text}\n)" for name, text in parts.items())
    return f"with recursive {read}\n{last}"


def part(name: str) -> str:
    """The text of a part; one that isn't of the networks is of the questions, so that a filter means one thing."""
    file = QUERIES / "parts" / f"{name}.sql"
    return (file if file.exists() else questions.HERE / "parts" / f"{name}.sql").read_text(encoding="utf-8")


def placeholders(sql: str) -> frozenset[str]:
    """Names of the parameters that a statement mentions outside its comments."""
    return frozenset(PLACEHOLDER.findall(re.sub(r"--[^\n]*", "", sql)))


def read_kind(file: Path) -> Kind:
    """Read one file. Raises ValueError naming the file when it has no header or a wrong one."""
    text = file.read_text(encoding="utf-8")
    found = HEADER.match(text)
    if found is None:
        raise ValueError(f"{file.name} does not begin with a header in a comment")
    try:
        header = Header.model_validate(yaml.safe_load(found.group(1)))
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from error
    read = {name: part(name) for name in header.parts} | {"found": text[found.end() :].strip().rstrip(";")}
    if "reached" not in read:
        read["reached"] = part("anywhere")
    return Kind(name=file.stem, header=header, query=composed(read, part("drawn")))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of network by name."""
    return {file.stem: read_kind(file) for file in sorted(QUERIES.glob("*.sql"))}


def kind(name: str) -> Kind:
    """The kind of that name. Raises NotFound naming those that exist."""
    found = kinds().get(name)
    if found is None:
        raise NotFound(f"there is no network {name!r}", given=name, expected="one of " + ", ".join(kinds()))
    return found
