"""`dataset.yml`: what a dataset says of itself."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.errors import InvalidData
from graph.readers.layout import NAMESPACES, iri
from ontology.namespaces import ID

FILE = "dataset.yml"
XSD_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")


class Coverage(BaseModel):
    """Which places, domains and time a dataset speaks of, and whether it claims to know all of it there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    places: tuple[str, ...]
    domains: tuple[str, ...]
    starts: date | None = None
    ends: date | None = None
    completeness: Literal["complete", "partial"] = "partial"


class File(BaseModel):
    """A file of a dataset besides its sheets. `format` is told by the content unless named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(pattern=r"^[^/\\]+$")
    format: str | None = None
    options: dict[str, Any] = {}


class Description(BaseModel):
    """The fields of `dataset.yml`; an unknown field is an error, so that a typo is never silently lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    description: str = ""
    licence: str = Field(min_length=1)
    issued: date | None = None
    language: str = "en"
    handling: Literal["clear", "green", "amber", "amber-strict", "red"] = "clear"
    prefix: str | None = Field(default=None, pattern=r"^[a-z0-9._-]*$")
    uses: tuple[str, ...] = ()
    source: str | None = None
    files: tuple[File, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    expect: dict[str, tuple[int, int]] = {}
    reject_share: float = Field(default=0.0, ge=0, le=1)

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "Description":
        for sheet, (low, high) in self.expect.items():
            if low > high:
                raise ValueError(f"expect.{sheet}: the lower bound {low} is above the upper bound {high}")
        for cover in self.coverage:
            if cover.starts and cover.ends and cover.starts > cover.ends:
                raise ValueError(f"coverage: starts {cover.starts} is after ends {cover.ends}")
        return self

    @property
    def own_prefix(self) -> str:
        """What own slugs are minted under: the dataset's name unless it claims the bare names."""
        return f"{self.name}." if self.prefix is None else self.prefix

    @property
    def source_iri(self) -> str:
        """The document that a row rests on when it names none; the dataset itself unless `source` names one."""
        return f"{ID}source/{self.own_prefix}{self.source}" if self.source else f"{ID}source/dataset-{self.name}"

    @property
    def iri(self) -> str:
        """The dataset's IRI."""
        return f"{ID}dataset/{self.name}"


def describe_file(entry: File, name: str, uses: tuple[str, ...], reject_share: float) -> Description:
    """The description of a file that comes without one. Raises InvalidData when `name` is not a dataset's name."""
    try:
        return Description(
            name=name,
            title=entry.file,
            publisher="not stated",
            licence="not stated",
            uses=uses,
            files=(entry,),
            reject_share=reject_share,
        )
    except ValidationError as error:
        raise InvalidData(
            f"{name!r} cannot be the name of a dataset", given=name, expected="lower-case letters, digits and hyphens"
        ) from error


def read_description(folder: Path) -> Description:
    """Read and check `dataset.yml` in `folder`.

    Raises InvalidData naming the file, the field, what came and what was expected.
    """
    file = folder / FILE
    if not file.is_file():
        raise InvalidData(f"{folder} has no {FILE}", where=str(folder), expected=f"a folder with a {FILE}")
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidData(f"{FILE} is not valid YAML: {error}", where=str(file)) from error
    if not isinstance(raw, dict):
        raise InvalidData(f"{FILE} holds no fields", where=str(file), expected="name: value lines")
    try:
        return Description.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "fields"
        raise InvalidData(
            f"{FILE}: {field}: {first['msg']}", where=f"{file}: {field}", given=str(first.get("input"))
        ) from error


def describe(description: Description, places: dict[str, str]) -> list[ox.Triple]:
    """The description as claims about the dataset itself.

    places  slug -> IRI of every place that the coverage may name. Raises InvalidData for a place outside it.
    """
    me = ox.NamedNode(description.iri)
    stated = [
        _type(me, "con:Dataset"),
        ox.Triple(me, _p("dct:title"), ox.Literal(description.title, language=description.language)),
        ox.Triple(me, _p("dct:publisher"), ox.Literal(description.publisher)),
        ox.Triple(me, _p("dct:license"), ox.Literal(description.licence)),
        ox.Triple(me, _p("con:handling"), ox.NamedNode(f"{ID}handling/{description.handling}")),
    ]
    if not description.source:
        source = ox.NamedNode(description.source_iri)
        stated += [
            _type(source, "con:Source"),
            ox.Triple(source, _p("rdfs:label"), ox.Literal(description.title, language=description.language)),
            ox.Triple(source, _p("con:publisher"), ox.Literal(description.publisher)),
        ]
        if description.issued:
            stated.append(ox.Triple(source, _p("dct:issued"), _day(description.issued)))
    if description.description:
        stated.append(
            ox.Triple(me, _p("dct:description"), ox.Literal(description.description, language=description.language))
        )
    if description.issued:
        stated.append(ox.Triple(me, _p("dct:issued"), _day(description.issued)))
    for number, cover in enumerate(description.coverage, start=1):
        stated += _cover(me, ox.NamedNode(f"{ID}coverage/{description.name}-{number}"), cover, places)
    return stated


def _cover(me: ox.NamedNode, node: ox.NamedNode, cover: Coverage, places: dict[str, str]) -> list[ox.Triple]:
    completeness = "con:Complete" if cover.completeness == "complete" else "con:Partial"
    stated = [
        ox.Triple(me, _p("con:coverage"), node),
        _type(node, "con:Coverage"),
        ox.Triple(node, _p("con:completeness"), _p(completeness)),
    ]
    for place in cover.places:
        if place not in places:
            raise InvalidData(
                f"{FILE}: coverage names a place that no sheet defines: {place}",
                where=f"{FILE}: coverage.places",
                given=place,
                expected="the id of a place in this dataset or in one that it uses",
            )
        stated.append(ox.Triple(node, _p("con:place"), ox.NamedNode(places[place])))
    stated += [ox.Triple(node, _p("con:domain"), ox.NamedNode(f"{ID}domain/{d}")) for d in cover.domains]
    for name, day in (("con:starts", cover.starts), ("con:ends", cover.ends)):
        if day:
            stated.append(ox.Triple(node, _p(name), _day(day)))
    return stated


def _day(day: date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=XSD_DATE)


def _p(curie: str) -> ox.NamedNode:
    return ox.NamedNode(iri(curie))


def _type(node: ox.NamedNode, curie: str) -> ox.Triple:
    return ox.Triple(node, ox.NamedNode(NAMESPACES["rdf"] + "type"), _p(curie))
