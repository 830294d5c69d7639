"""Suggestions: what somebody may be about to type, an actor, place or programme, a type or a property."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain, islice

from graph.tables.world import World
from graph.things.introduction import Introduction, introduce
from graph.things.properties import Property, properties_of
from graph.things.reconcile import ORDER
from graph.things.spellings import Shelf, Spelling, fold
from graph.things.types import Type, type_of, types, types_of
from ontology.namespaces import short

PAGE = 20
"""Suggestions that are given at once."""


def suggest_things(
    world: World, shelf: Shelf, prefix: str, skip: int = 0, type_: str | None = None
) -> list[Introduction]:
    """Things of which a name or identifier begins with `prefix`, then those of which a later word does, by name.

    skip   how many were given before
    type_  only things of this type. Raises InvalidParameter when there is none such.
    """
    if prefix.strip() and not fold(prefix):
        return []
    wanted = type_of(type_) if type_ else None
    found = dict.fromkeys(islice(_distinct(_things(world, shelf, prefix, wanted)), skip, skip + PAGE))
    told = introduce(world, found)
    return [told[id_] for id_ in found]


def suggest_types(prefix: str, skip: int = 0) -> list[Type]:
    """Types of which the id, the name or a word of the name begins with `prefix`."""
    return [type_ for type_ in types().values() if _begins(prefix, type_.id, type_.name)][skip : skip + PAGE]


def suggest_properties(prefix: str, skip: int = 0, type_: str | None = None) -> list[Property]:
    """Properties of which the id, the title or a word of the title begins with `prefix`.

    type_  only properties that things of this type can have. Raises InvalidParameter when there is none such.
    """
    known = properties_of(type_of(type_).kind if type_ else None)
    return [property_ for property_ in known if _begins(prefix, property_.id, property_.title)][skip : skip + PAGE]


def _things(world: World, shelf: Shelf, prefix: str, wanted: Type | None) -> Iterator[str]:
    kinds = [wanted.kind] if wanted else sorted(ORDER, key=lambda kind: ORDER[kind])
    each = [(shelf.of(world, kind), ORDER[kind]) for kind in kinds]

    def listed(spellings_: Iterable[Spelling], order: int, ids: list[str]) -> Iterator[tuple[str, int, str]]:
        return ((one.text, order, ids[one.thing]) for one in spellings_)

    id_ = short(prefix.strip())
    own = (id_ for spellings, _ in each if spellings.number(id_) is not None)
    begin = merge(*(listed(spellings.beginning(prefix), order, spellings.ids) for spellings, order in each))
    hold = merge(*(listed(spellings.holding(prefix), order, spellings.ids) for spellings, order in each))
    found = chain(own, (id_ for _, _, id_ in begin), (id_ for _, _, id_ in hold))
    if wanted is None:
        return found
    spellings = each[0][0]

    def of_type(id_: str) -> bool:
        number = spellings.number(id_)
        return number is not None and wanted in types_of(spellings.classes(number))

    return filter(of_type, found)


def _distinct(ids: Iterable[str]) -> Iterator[str]:
    seen = set()
    for id_ in ids:
        if id_ not in seen:
            seen.add(id_)
            yield id_


def _begins(prefix: str, id_: str, name: str) -> bool:
    text = prefix.strip().casefold()
    return id_.casefold().startswith(text) or f" {name.casefold()}".find(f" {text}") >= 0
