"""Put a question's query together for the parameters that were given, and run it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graph.questions.catalogue import PLACEHOLDER, Question
from graph.tables.folding import folded
from graph.tables.world import World

WITHIN = "select place as id from place_within where list_contains($place::varchar[], ancestor)"
CONTAINING = "select ancestor as id from place_within where list_contains($place::varchar[], place) and depth > 0"
NARROWER = "select concept as id from concept_within where list_contains(${0}::varchar[], ancestor)"
UNITS = "select actor as id from actor_within where list_contains($actor::varchar[], ancestor)"
AHEAD = (16, 256)
"""Among how many of the first places, for each row that is wanted, the first rows are looked for before all are."""
PLACES = "select place from place_number where place_no in (select unnest($numbers::bigint[])) order by place_no"
MAKING = re.compile(r"(?!\A)\b(?:select|join|group|distinct|union)\b")
MANY = frozenset({"place", "actor"})
"""Parameters for which, as for days and numbers, nothing is made once a world: there would be too much of it."""
UNREAD = re.compile(r"--[^\n]*|'[^']*'")
"""What a query says without reading anything: comments and texts."""
WORD = re.compile(r"\w+")
SOURCE = re.compile(r"\b(?:from|join) (\w+)\b")
CLAIMED = "select id from claim where list_contains($dataset::varchar[], dataset)"


@dataclass
class Query:
    """One question with its typed parameters, ready to run."""

    question: Question
    values: Mapping[str, Any]
    uses: set[str] = field(init=False)
    _texts: Mapping[str, str] = field(init=False)
    _telling: str = field(init=False)

    def __post_init__(self) -> None:
        self.uses = set(self.question.placeholders)
        conditions = list(self._conditions())
        reach = self._reach()
        where = "\nwhere " + "\n    and ".join(conditions) if conditions else ""
        absent = frozenset(name for name in self.question.placeholders if self.values.get(name) is None)
        texts = self.question.parts | {"found": self.question.found, "page": self.question.page}
        texts = {name: folded(text, absent) for name, text in texts.items()}
        self._telling = texts.pop("page")
        self._texts = texts | {"kept": f"select found.*{reach} from found{where}"}

    def kept(self, world: World) -> str:
        """The common table expressions: the parts, `found` with every row, `kept` with those that the filters leave."""
        return _expressions(self._made(world), [self._telling])

    def parts_in(self, world: World) -> dict[str, str]:
        """The parts without conditions on what was not given; what is made once a world is read from there."""
        made = self._made(world)
        return {name: made[name] for name in self.question.parts}

    def _made(self, world: World) -> dict[str, str]:
        """All queries; what the question has made once a world is made now, if this is the first time."""
        texts = dict(self._texts)
        for name in self.question.header.once:
            needed = read_by(texts[name], texts) | {name: texts[name]}
            given = {each for text in needed.values() for each in PLACEHOLDER.findall(text)}
            if all(self.values.get(each) is None or self._has_few_values(each) for each in given):
                making = f"{_expressions(needed, [])}\nselect * from {name}"
                table = world.keep(making, {each: self.values.get(each) for each in given})
                texts[name] = f"select * from {table}" if table else texts[name]
        return texts

    def _has_few_values(self, name: str) -> bool:
        if name in MANY or name in self.question.header.anew:
            return False
        return self.question.parameters[name].type not in ("date", "integer", "number")

    def page(self, world: World, limit: int, offset: int, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows `offset` to `offset + limit` in order; `total_` is the number of all, where it is counted here.

        Where places come first in the order, the first rows are looked for among the first places.
        """
        head = self.question.header.head
        if head and not self._is_narrow:
            for row in world.rows(PLACES, {"numbers": [times * (offset + limit) for times in AHEAD]}):
                within = {**given, "head_": row["place"]}
                found = self._page(world, limit, offset, within, f" where {head} <= $head_")
                if len(found) == limit:
                    return found
        return self._page(world, limit, offset, given)

    def _page(
        self, world: World, limit: int, offset: int, given: Mapping[str, Any], where: str = ""
    ) -> list[dict[str, Any]]:
        total = "" if self.counts_apart else ", count(*) over () as total_"
        order = ", ".join(self._order())
        sql = f"""{self.kept(world)}, page as materialized (
select *, row_number() over (order by {order}) as row_
from (select *{total} from kept{where} order by {order} limit $limit_ offset $offset_)
)
"""
        if self.question.page:
            sql += f", told as (\n{self.question.page}\n)\nselect * from page left join told using (row_) order by row_"
        else:
            sql += "select * from page order by row_"
        return self._run(world, sql, {**given, "limit_": limit, "offset_": offset})

    @property
    def counts_apart(self) -> bool:
        """Whether rows are counted by the question's own way of counting them, not as they are found.

        What a place or an actor leaves is few enough to find it all at once, but where pages have a head.
        """
        return bool(self.question.total) and (bool(self.question.header.head) or not self._is_narrow)

    @property
    def _is_narrow(self) -> bool:
        return any(self.values.get(name) for name in MANY)

    def total(self, world: World) -> int:
        """How many rows there are in all, by the question's own way of counting them."""
        rows = self._run(world, f"{self.kept(world)}\n{self.question.total}", {})
        return int(rows[0]["total"])

    def _run(self, world: World, sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        return world.rows(sql, {name: self.values.get(name) for name in self.uses if f"${name}" in sql} | params)

    def _order(self) -> list[str]:
        """What is within the place asked for before what holds it, then the order of the header.

        What is equal in it is put in order by its claims, so that pages never overlap; a question that tells its
        claims only for a page has an order in which no two rows are equal.
        """
        by_reach = ["reach desc"] if self._reach() else []
        return [*by_reach, *self.question.header.order, *([] if self.question.page else ["claims"])]

    def _conditions(self) -> Iterator[str]:
        """Restrictions on the columns of the answer for the common parameters that were given."""
        for name, column in self.question.header.filters.items():
            if name == "period":
                assert not isinstance(column, str)
                start, end = column
                for bound, test in (
                    ("on", f"$on::date between {start} and {end}"),
                    ("from", f"{end} >= $from::date"),
                    ("to", f"{start} <= $to::date"),
                ):
                    if self.values.get(bound):
                        self.uses.add(bound)
                        yield test
            elif self.values.get(name):
                assert isinstance(column, str)
                self.uses.add(name)
                match name:
                    case "place" if column.endswith("_set"):
                        yield f"{column} in (select {column} from place_of)"
                    case "place":
                        yield f"({self._is_in(column, WITHIN)} or {self._is_in(column, CONTAINING)})"
                    case "actor":
                        yield self._is_in(column, UNITS)
                    case "domain" | "response" | "target":
                        yield self._is_in(column, NARROWER.format(name))
                    case _:
                        yield self._is_in(column, f"select unnest(${name}::varchar[]) as id")
        if self.values.get("dataset") and "dataset" not in self.question.placeholders:
            self.uses.add("dataset")
            yield f"list_has_any(claims, (select list(id) from ({CLAIMED})))"

    def _is_in(self, column: str, ids: str) -> str:
        if column.endswith("_set"):
            kind = column.removesuffix("_set")
            return f"{column} in (select {column} from {kind}_of where {kind} in ({ids}))"
        if self.question.header.columns[column].many:
            return f"list_has_any({column}, (select list(id) from ({ids})))"
        return f"coalesce({column} in ({ids}), false)"

    def _reach(self) -> str:
        column = self.question.header.filters.get("place")
        if not column or not self.values.get("place"):
            return ""
        self.uses.add("place")
        return f", case when {self._is_in(str(column), WITHIN)} then 'within' else 'containing' end as reach"


def read_by(sql: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Those of the queries `texts` that `sql` reads, itself or through others of them, in their order."""
    wanted, unread = set[str](), [sql]
    while unread:
        more = (_words(unread.pop()) & texts.keys()) - wanted
        wanted |= more
        unread += [texts[name] for name in more]
    return {name: text for name, text in texts.items() if name in wanted}


@lru_cache(maxsize=2_000)
def _words(sql: str) -> frozenset[str]:
    return frozenset(WORD.findall(UNREAD.sub("", sql)))


def _expressions(texts: Mapping[str, str], later: list[str]) -> str:
    """The queries as common table expressions; `later` are further ones that read them."""
    read = [*texts.values(), *later]
    return "with " + ", ".join(
        f"{name} as {'materialized' if _worth_keeping(name, text, read) else 'not materialized'} (\n{text}\n)"
        for name, text in texts.items()
    )


@lru_cache(maxsize=2_000)
def _sources(sql: str) -> Counter[str]:
    """What a query reads, and how often."""
    return Counter(SOURCE.findall(UNREAD.sub("", sql)))


def _worth_keeping(name: str, text: str, queries: list[str]) -> bool:
    """Whether a query's rows are kept: DuckDB would otherwise find them anew for each that reads them.

    Rows that one table has anyway, and that are only renamed or passed on, are sooner read again than copied.
    """
    return sum(_sources(query)[name] for query in queries) > 1 and makes(text)


@lru_cache(maxsize=2_000)
def makes(sql: str) -> bool:
    """Whether a query puts together or sums up, beyond renaming the rows of one table or passing them on."""
    return MAKING.search(UNREAD.sub("", sql).strip()) is not None
