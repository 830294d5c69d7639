"""Read the constraints of the shapes as rules.

What is not understood, of a constraint or of a target, becomes `Judge`: then pySHACL judges every subject that is
meant, and nothing is lost but time.
"""

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.datasets.rules import (
    Apart,
    Between,
    Datatype,
    Every,
    Found,
    Instance,
    Judge,
    Most,
    NotAbove,
    OneALanguage,
    OneOf,
    Pattern,
    Present,
    Reaches,
    Rule,
    Some,
    Target,
    Test,
    Values,
)

SILENT = {RDF.type, RDFS.label, RDFS.comment, SH.path, SH.flags, SH.message, SH.severity, SH.deactivated}
SILENT |= {SH.name, SH.description, SH.order, SH.group}
"""What may stand on a shape and constrains nothing by itself."""

TARGETS = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode, SH.target}
SCREENED = {"32c0eaffe513783691b1b2084a7e63e8741fecdb38c83eb700fadfb29d82c204": "period_in_order"}
"""Targets in SPARQL that a query of `screen/` finds too, by the digest of their text and prefixes."""

NUMBERS = {XSD.decimal, XSD.integer}


class _Unknown(Exception):
    """A part of a shape that no rule is known for."""


@lru_cache(maxsize=2)
def rules(shapes: Graph) -> tuple[Rule, ...]:
    """The rules of a graph of shapes, which does not change: each of its constraints is in one of them."""
    found: list[Rule] = []
    for shape in sorted({each for target in TARGETS for each in shapes.subjects(target)}, key=str):
        found += _of_shape(shapes, shape)
    everything = Target(everything=True)
    found += [Judge(everything, why=str(SH.rule)) for _ in shapes.subjects(SH.rule)]
    for kind in (RDFS.Class, OWL.Class):  # a class that is a shape is its own target
        found += [Judge(everything, why=f"{shape} is its own target") for shape in shapes.subjects(RDF.type, kind)]
    return tuple(dict.fromkeys(found))


def _of_shape(shapes: Graph, shape: Node) -> Iterator[Rule]:
    named = frozenset(map(str, shapes.objects(shape, SH.targetClass)))
    stating = frozenset(map(str, shapes.objects(shape, SH.targetSubjectsOf)))
    others = [shapes.objects(shape, each) for each in (SH.targetObjectsOf, SH.targetNode)]
    target = Target(named, stating, everything=any(list(each) for each in others))
    for select in shapes.objects(shape, SH.target):
        query = SCREENED.get(_digest(shapes, select))
        if query is None:
            target = Target(everything=True)
        else:
            yield Found(Target(), query=query)
    if target != Target():
        yield from _constraints(shapes, shape, target)


def _digest(shapes: Graph, target: Node) -> str:
    declared = {
        (str(shapes.value(each, SH.prefix)), str(shapes.value(each, SH.namespace)))
        for prefixes in shapes.objects(target, SH.prefixes)
        for each in shapes.objects(prefixes, SH.declare)
    }
    stated = sorted((str(p), str(o)) for p, o in shapes.predicate_objects(target) if p != SH.prefixes)
    return hashlib.sha256(repr((stated, sorted(declared))).encode()).hexdigest()


def _constraints(shapes: Graph, shape: Node, target: Target) -> Iterator[Rule]:
    path = shapes.value(shape, SH.path)
    for component, value in sorted(shapes.predicate_objects(shape), key=str):
        if component in SILENT or component in TARGETS:
            continue
        try:
            if path is not None:
                yield _on_values(shapes, shape, target, component, value)
            elif component in (SH.property, SH.node):
                yield from _constraints(shapes, value, target)
            else:
                raise _Unknown(component)
        except _Unknown as unknown:
            yield Judge(target, why=str(unknown))


def _on_values(shapes: Graph, shape: Node, target: Target, component: Node, value: Node) -> Rule:
    path = shapes.value(shape, SH.path)
    if component == SH.hasValue and isinstance(value, URIRef):
        first, step = _sequence(shapes, path)
        return Reaches(target, (first,), step, str(value))
    paths = _alternatives(shapes, path)
    if component == SH.minCount:
        return Present(target, paths, max(1, _count(value)))  # of none asked for, pySHACL finds enough
    if component == SH.maxCount:
        return Most(target, paths, _count(value))
    if component == SH.uniqueLang:
        return OneALanguage(target, paths)
    if component == SH.disjoint and isinstance(value, URIRef):
        return Apart(target, paths, str(value))
    if component == SH.lessThanOrEquals and isinstance(value, URIRef):
        return NotAbove(target, paths, str(value))
    return Values(target, paths, _test(shapes, shape, component, value))


def _test(shapes: Graph, shape: Node, component: Node, value: Node) -> Test:
    if component == SH.pattern:
        flags = "".join(map(str, shapes.objects(shape, SH.flags))).lower()
        if set(flags) - {"i"}:
            raise _Unknown(SH.flags)
        return Pattern(str(value), re.IGNORECASE if flags else 0)
    if component == SH.datatype:
        return Datatype(str(value))
    if component == SH["class"]:
        return Instance(str(value))
    if component == SH["in"]:
        return OneOf(tuple(str(each) for each in Collection(shapes, value) if isinstance(each, URIRef)))
    if component in (SH.minInclusive, SH.maxInclusive):
        bound = _number(value)
        return Between(low=bound) if component == SH.minInclusive else Between(high=bound)
    if component == SH["or"]:
        return Some(tuple(_all_tests(shapes, each) for each in Collection(shapes, value)))
    if component == SH.node:
        return _all_tests(shapes, value)
    raise _Unknown(component)


def _all_tests(shapes: Graph, shape: Node) -> Test:
    if shapes.value(shape, SH.path) is not None:
        raise _Unknown(SH.path)
    stated = sorted(shapes.predicate_objects(shape), key=str)
    return Every(tuple(_test(shapes, shape, p, o) for p, o in stated if p not in SILENT and p not in TARGETS))


def _alternatives(shapes: Graph, path: Node | None) -> tuple[str, ...]:
    if isinstance(path, URIRef):
        return (str(path),)
    several = list(shapes.predicate_objects(path))
    if len(several) == 1 and several[0][0] == SH.alternativePath:
        each = list(Collection(shapes, several[0][1]))
        if all(isinstance(one, URIRef) for one in each):
            return tuple(sorted(map(str, each)))
    raise _Unknown(f"the path {path}")


def _sequence(shapes: Graph, path: Node | None) -> tuple[str, str]:
    """The parts of a path `first/step*`; a single property has no step."""
    if isinstance(path, URIRef):
        return str(path), ""
    parts = [] if path is None else list(Collection(shapes, path))
    if len(parts) == 2 and isinstance(parts[0], URIRef):
        step = shapes.value(parts[1], SH.zeroOrMorePath)
        if isinstance(step, URIRef):
            return str(parts[0]), str(step)
    raise _Unknown(f"the path {path}")


def _count(value: Node) -> int:
    if isinstance(value, Literal) and isinstance(value.value, int):
        return value.value
    raise _Unknown(f"the number {value}")


def _number(value: Node) -> Decimal:
    if isinstance(value, Literal) and value.datatype in NUMBERS and value.value is not None:
        return Decimal(value.value)
    raise _Unknown(f"the bound {value}")
