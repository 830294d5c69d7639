"""Find who may break a shape, in queries over all claims at once, so that pySHACL has only those to judge."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

import duckdb
from duckdb import CoalesceOperator, ColumnExpression, ConstantExpression, Expression, FunctionExpression
from rdflib import RDF, RDFS, Graph, URIRef

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
    steps,
)
from graph.errors import InvalidData

QUERIES = Path(__file__).with_name("screen")
STRING = "http://www.w3.org/2001/XMLSchema#string"
BATCH = 10_000

Advance = Callable[[float], None]


@cache
def query(name: str) -> str:
    """The text of a query of `screen/`."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


class Screen:
    """The claims of one snapshot in a DuckDB `connection`, with the subjects that have to be judged as `suspect`.

    Raises InvalidData when a line of the snapshot is no claim.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, claims: Path, rules: Sequence[Rule], background: Graph
    ) -> None:
        self._connection = connection
        self._rules = rules
        self._empty: set[tuple[str, str]] = set()  # what was asked and caught nobody; rules of many shapes ask alike
        looked_into = [str(RDF.type), str(RDFS.subClassOf), *sorted(steps(rules))]
        connection.execute(query("stage"), {"claims": str(claims), "looked_into": looked_into})
        connection.execute(query("targets"))
        self._refuse_what_is_no_claim(claims)
        self.ways = Graph()
        for subject, property_, object_ in self._rows(query("ways"), {}):
            self.ways.add((URIRef(subject), URIRef(property_), URIRef(object_)))
        self._known = background + self.ways if self.ways else background
        stated = self._connection.execute(query("stated")).fetchone()
        self._stated = frozenset(stated[0] or () if stated else ())
        self._instances = cache(self._instances_of)

    def run(self, advance: Advance) -> int:
        """Apply every rule, telling `advance` the share that is done. Returns how many subjects are to be judged."""
        for done, rule in enumerate(self._rules):
            advance(done / len(self._rules))
            if self._concerns(rule):
                self._apply(rule)
        found = self._connection.execute("select count(distinct s) from suspect").fetchone()
        return int(found[0]) if found else 0

    def types(self, iris: list[str]) -> Graph:
        """What the claims state of the classes of the things `iris`."""
        graph = Graph()
        for subject, property_, object_ in self._rows(query("types"), {"iris": iris}):
            graph.add((URIRef(subject), URIRef(property_), URIRef(object_)))
        return graph

    def judged(self, claims: Path) -> Iterator[str]:
        """The lines of the snapshot about the subjects that are to be judged, in the order of their subjects."""
        for (line,) in self._rows(query("judged"), {"claims": str(claims)}):
            yield line

    def _refuse_what_is_no_claim(self, claims: Path) -> None:
        broken = self._connection.execute("select count(*) from claim where p = ''").fetchone()
        if broken and broken[0]:
            raise InvalidData(
                f"{broken[0]} lines of {claims.name} are not claims",
                where=str(claims),
                expected="N-Quads with IRIs as subject and property, and no blank nodes",
            )

    def _concerns(self, rule: Rule) -> bool:
        """Whether the claims state anything of what the rule is for; of a dataset of one kind most rules are not."""
        if isinstance(rule, Apart | NotAbove) and rule.other not in self._stated:
            return False
        if isinstance(rule, Values | Most | OneALanguage | Apart | NotAbove):
            return not self._stated.isdisjoint(rule.paths)
        if isinstance(rule, Found) or rule.target.everything:
            return True
        of = self._of(rule.target)
        return not self._stated.isdisjoint([*of["classes"], *of["properties"]])

    def _apply(self, rule: Rule) -> None:  # noqa: PLR0912  # one case a rule
        paths = list(rule.paths)
        match rule:
            case Judge():
                self._suspect(query("target"), self._of(rule.target))
            case Found():
                self._suspect(query(rule.query), {})
            case Present():
                asked = self._of(rule.target) | {"paths": paths}
                if rule.count > 1:
                    self._suspect(query("enough"), asked | {"count": rule.count})
                else:
                    self._suspect(query("present"), asked)
            case Reaches():
                ends = [str(end) for end in self._known.transitive_subjects(URIRef(rule.step), URIRef(rule.end))]
                self._suspect(query("reaches"), self._of(rule.target) | {"paths": paths, "ends": ends})
            case Most():
                self._catch(rule.target, query("most"), {"paths": paths, "count": rule.count})
            case OneALanguage():
                self._catch(rule.target, query("one_a_language"), {"paths": paths})
            case Apart():
                self._catch(rule.target, query("apart"), {"paths": paths, "other": rule.other})
            case NotAbove():
                self._catch(rule.target, query("not_above"), {"paths": paths, "other": rule.other})
            case Values(test=Pattern() as pattern) if not pattern.alike:
                self._read(rule, re.compile(pattern.text, pattern.flags))
            case Values():
                self._try(rule)
            case _:
                self._suspect(query("target"), self._of(rule.target))

    def _suspect(self, sql: str, parameters: dict[str, Any]) -> None:
        self._connection.execute(f"insert into suspect {sql}", parameters)

    def _catch(self, target: Target, sql: str, parameters: dict[str, Any]) -> None:
        """Suspect those of the target that the query finds: mostly none, and then the target is not looked at."""
        asked = (sql, repr(parameters))
        if asked not in self._empty:
            self._connection.execute(f"create or replace temp table caught as {sql}", parameters)
            if not self._keep(target):
                self._empty.add(asked)

    def _keep(self, target: Target) -> bool:
        """Suspect the caught, as far as they are of the target. Returns whether any were caught."""
        any_ = self._connection.execute("from caught limit 1").fetchone() is not None
        if any_:
            self._connection.execute(query("caught"), self._of(target))
        return any_

    def _try(self, rule: Values) -> None:
        """Suspect subjects with a value that does not certainly pass the test."""
        stated = ColumnExpression("p").isin(*map(ConstantExpression, rule.paths))  # which the scan itself applies
        passed = CoalesceOperator(self._passes(rule.test), ConstantExpression(False))
        found = self._connection.table("claim").filter(stated & ~passed).select("s")
        self._connection.execute("create or replace temp table caught (s uhugeint)")
        found.insert_into("caught")
        self._keep(rule.target)

    def _read(self, rule: Values, pattern: re.Pattern[str]) -> None:
        """Suspect subjects with a value that the pattern does not find, as Python reads it."""
        paths = {"paths": list(rule.paths)}
        self._connection.execute("create or replace temp table bad (o varchar)")
        for batch in self._batches(query("texts"), paths):
            bad = [(text,) for (text,) in batch if not pattern.search(text)]
            if bad:
                self._connection.executemany("insert into bad values (?)", bad)
        self._catch(rule.target, query("with_bad_text"), paths)

    def _passes(self, test: Test) -> Expression:
        value, type_, is_iri = ColumnExpression("o"), ColumnExpression("type"), ColumnExpression("is_iri")
        no = ConstantExpression(False)
        match test:
            case Pattern(text=text) if test.alike:
                found = FunctionExpression("regexp_matches", value, ConstantExpression(text))
                return ColumnExpression("verbatim") & found
            case Pattern():
                return no
            case Datatype(iri=iri) if iri == STRING:
                return ~is_iri & type_.isnull() & ColumnExpression("lang").isnull()
            case Datatype(iri=iri):
                return ColumnExpression("sound") & (type_ == ConstantExpression(iri))
            case Instance(of=name):
                return self._one_of(self._instances(name))
            case OneOf(iris=iris):
                return self._one_of(iris)
            case Between(low=low, high=high):
                number = ColumnExpression("number")
                lowest = [number >= ConstantExpression(low)] if low is not None else []
                highest = [number <= ConstantExpression(high)] if high is not None else []
                return reduce(and_, lowest + highest, number.isnotnull())
            case Every(tests=tests):
                return reduce(and_, map(self._passes, tests), ConstantExpression(True))
            case Some(tests=tests):
                passes = [CoalesceOperator(self._passes(each), no) for each in tests]
                return reduce(or_, passes, no)

    def _one_of(self, iris: tuple[str, ...]) -> Expression:
        known = FunctionExpression("list_contains", ConstantExpression(list(iris)), ColumnExpression("o"))
        return (ColumnExpression("is_iri") & known) if iris else ConstantExpression(False)

    def _of(self, target: Target) -> dict[str, Any]:
        """The target as parameters; its classes with those under them."""
        under = {
            str(name)
            for each in target.classes
            for name in self._known.transitive_subjects(RDFS.subClassOf, URIRef(each))
        }
        return {
            "classes": sorted(under),
            "properties": sorted(target.properties),
            "everything": target.everything,
        }

    def _instances_of(self, name: str) -> tuple[str, ...]:
        """The codes of a class; also those that the claims themselves declare, if they are not too many."""
        under = [str(each) for each in self._known.transitive_subjects(RDFS.subClassOf, URIRef(name))]
        known = {str(code) for each in under for code in self._known.subjects(RDF.type, URIRef(each))}
        declared = self._connection.execute(query("instances"), {"classes": under}).fetchone()
        return tuple(sorted(known | set(declared[0] if declared else ())))

    def _rows(self, sql: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        for batch in self._batches(sql, parameters):
            yield from batch

    def _batches(self, sql: str, parameters: dict[str, Any]) -> Iterator[list[tuple[Any, ...]]]:
        rows = self._connection.cursor().execute(sql, parameters)
        while batch := rows.fetchmany(BATCH):
            yield batch
