"""Properties: what can be told of an actor, place or programme in one word, each a query file beside this module.

A file `properties/<name>.sql` begins with a header (title, about, of, gives) and selects `id` and `value` for the
things in $ids. A new file is a new property: it can be fetched, proposed, suggested and compared. Each scheme of
identifiers that the ontology declares is a property too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rdflib import RDF, RDFS, SKOS, URIRef

from graph.errors import InvalidParameter
from graph.questions.answer import labels_of
from graph.readers.layout import sheets
from graph.tables.world import World
from graph.things.types import ROOTS, types_of
from ontology.namespaces import CON
from ontology.vocabulary import load

HERE = Path(__file__).parent / "properties"
PLAIN = frozenset({"text", "number", "date", "class", "identifier"})
"""What a property gives that is no thing and no code; `class` is told by the name of the type."""

Plain = str | float | date
Value = Plain | dict[str, str]


@dataclass(frozen=True)
class Property:
    """One property. `gives` is one of `PLAIN` or the kind of its values; `scheme` is that of an identifier."""

    id: str
    title: str
    about: str
    kinds: tuple[str, ...]
    gives: str
    sql: str
    scheme: str | None = None


@cache
def properties() -> dict[str, Property]:
    """Every property by its id, the schemes of identifiers last."""
    found = {file.stem: _read(file) for file in sorted(HERE.glob("*.sql"))}
    return found | {scheme.id: scheme for scheme in _schemes(found["identifier"])}


def property_of(text: str) -> Property:
    """The property that `text` names. Raises InvalidParameter."""
    known = properties()
    name = text.strip().removeprefix(str(CON)).removeprefix("con:").casefold().replace(" ", "_")
    if name not in known:
        raise InvalidParameter(
            f"there is no property {text[:100]!r}",
            parameter="properties",
            given=text[:100],
            expected="one of " + ", ".join(known),
        )
    return known[name]


def properties_of(kind: str | None) -> list[Property]:
    """The properties that things of `kind` can have, or all."""
    return [found for found in properties().values() if kind is None or kind in found.kinds]


def values(world: World, asked: Property, ids: Iterable[str]) -> dict[str, list[Value]]:
    """The values of one property for each of `ids`, in order; things and codes as {id, name}.

    A thing that the world does not hold has none, as one that has nothing of the sort.
    """
    found = plain_values(world, asked, ids)
    if asked.gives == "class":
        return {id_: [types_of([str(value)])[0].name for value in some] for id_, some in found.items()}
    if asked.gives in PLAIN:
        return {id_: [*some] for id_, some in found.items()}
    labels = labels_of(world, {str(value) for some in found.values() for value in some})
    return {id_: [{"id": one, "name": labels.get(one, one)} for one in map(str, some)] for id_, some in found.items()}


def plain_values(world: World, asked: Property, ids: Iterable[str]) -> dict[str, list[Plain]]:
    """The same as the tables hold them: things and codes as ids, classes as `con:Agency`."""
    found: dict[str, list[Plain]] = {id_: [] for id_ in ids}
    given: dict[str, Any] = {"ids": list(found)}
    if asked.gives == "identifier":
        given["scheme"] = asked.scheme
    for row in world.rows(asked.sql, given):
        found[row["id"]].append(row["value"])
    return found


def told(value: Value) -> dict[str, Any]:
    """A value as the data extension of the API writes it."""
    match value:
        case dict():
            return dict(value)
        case date():
            return {"date": f"{value.isoformat()}T00:00:00Z"}
        case float():
            return {"float": value}
    return {"str": value}


def _read(file: Path) -> Property:
    header, _, sql = file.read_text(encoding="utf-8").removeprefix("/*").partition("*/")
    given: Mapping[str, Any] = yaml.safe_load(header)
    kinds: Sequence[str] = given.get("of", list(ROOTS.values()))
    return Property(file.stem, given["title"], given["about"], tuple(kinds), given["gives"], sql)


def _schemes(identifier: Property) -> list[Property]:
    """Each scheme of identifiers as a property, of the kinds whose sheets have it; of all where none has."""
    graph = load()
    kinds: dict[str, list[str]] = {}
    for sheet in sheets().values():
        for column in sheet.columns.values():
            if column.type == "notation":
                kinds.setdefault(column.of[0], []).append(sheet.kind)
    found = []
    for datatype in sorted(str(iri) for iri in graph.subjects(RDF.type, RDFS.Datatype)):
        name, iri = datatype.removeprefix(str(CON)), URIRef(datatype)
        title, about = str(graph.value(iri, RDFS.label)), str(graph.value(iri, SKOS.definition))
        of = tuple(kind for kind in identifier.kinds if kind in kinds.get(name, identifier.kinds))
        if of:
            found.append(Property(name, title, about, of, "identifier", identifier.sql, scheme=name))
    return found
