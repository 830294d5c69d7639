"""Types: the classes by which a name can be looked for, actors, places and programmes, each with its narrower ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDFS, SKOS, URIRef

from graph.errors import InvalidParameter
from ontology.namespaces import CON
from ontology.vocabulary import load

ROOTS = {"Actor": "actor", "Place": "place", "Programme": "programme"}
"""The widest types, each with the kind of the things that are of it."""


@dataclass(frozen=True)
class Type:
    """One class of the ontology: `id` is its local name, `broader` and `within` those of the classes above it.

    broader  the next wider classes
    within   the class and every wider one, up to Actor, Place or Programme
    kind     the kind of its things
    """

    id: str
    name: str
    description: str
    broader: tuple[str, ...]
    within: tuple[str, ...]
    kind: str

    def told(self) -> dict[str, str]:
        """Its id and name, as a candidate carries them."""
        return {"id": self.id, "name": self.name}


@cache
def types() -> dict[str, Type]:
    """Every type by its id: the three widest first, then by id."""
    found = [type_ for root, kind in ROOTS.items() for type_ in _below(root, kind)]
    return {type_.id: type_ for type_ in sorted(found, key=lambda t: (t.id not in ROOTS, t.id))}


def type_of(text: str) -> Type:
    """The type that `text` names: by local name in any case, as con:Name or as IRI. Raises InvalidParameter."""
    local = text.strip().removeprefix(str(CON)).removeprefix("con:").casefold()
    for type_ in types().values():
        if type_.id.casefold() == local:
            return type_
    raise InvalidParameter(
        f"there is no type {text[:100]!r}", parameter="type", given=text[:100], expected="one of " + ", ".join(types())
    )


def types_of(classes: Iterable[str]) -> list[Type]:
    """The types of a thing with these classes (`con:Agency`), the narrowest first."""
    known = types()
    found = {name for class_ in classes if (own := class_.removeprefix("con:")) in known for name in known[own].within}
    return sorted((known[name] for name in found), key=lambda type_: (-len(type_.within), type_.id))


def _below(root: str, kind: str) -> Iterator[Type]:
    graph = load()
    for iri in sorted(
        {iri for iri in graph.transitive_subjects(RDFS.subClassOf, CON[root]) if isinstance(iri, URIRef)}
    ):
        wider = [_local(up) for up in graph.transitive_objects(iri, RDFS.subClassOf) if _is_below(up, root)]
        nearest = [_local(up) for up in graph.objects(iri, RDFS.subClassOf) if _is_below(up, root)]
        label = str(graph.value(iri, RDFS.label))
        yield Type(
            id=_local(iri),
            name=label[:1].upper() + label[1:],
            description=str(graph.value(iri, SKOS.definition)),
            broader=tuple(sorted(nearest)) if _local(iri) != root else (),
            within=tuple(sorted(set(wider))),
            kind=kind,
        )


def _is_below(iri: object, root: str) -> bool:
    return CON[root] in set(load().transitive_objects(URIRef(str(iri)), RDFS.subClassOf))


def _local(iri: object) -> str:
    return str(iri).removeprefix(str(CON))
