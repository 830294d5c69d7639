"""The pairs of efforts that overlap: the strongest by bounded search, all of them where they are few enough to list.

The order of pairs is by reach, verdict (where the question asks for one), score, how much is known, and the numbers of
the two efforts. Two efforts score 1 only where places, domains, responses and targets agree and the one ran while the
other did. Such pairs are found by joining on those, turn by turn in the order of the first effort, until there are as
many as the page needs. Where they run out, pairs that few verdicts leave are named by `pair_total`, and only they are
scored; else, or where all pairs are few, every pair is compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from graph.questions.query import Query, makes, read_by
from graph.tables.engine import rows, run
from graph.tables.world import World

if TYPE_CHECKING:
    from graph.questions.bits import Numbers

LISTED = 8_000_000
"""Places shared by pairs up to which every pair is compared where they are not counted otherwise; an eighth or so of
them share a response as well."""
ROOM = 12_000_000
"""The same for one turn of comparing every pair, so that what it keeps fits in memory."""
FIRST_TURN = 10_000_000
"""Pairs that the first turn of the search would look at if it set each of its efforts beside all."""
LED = 1_000
"""Pairs up to which those who lead their efforts, where they were looked up once, are not again for a page."""
TURN = 200_000
"""Pairs that a turn of the search should look at: enough to fill a page, few enough to take milliseconds."""
CODED = """
select sum(efforts * efforts)
from (select count(*) as efforts from pair_effort group by same_domain, same_response)
"""
ALIKE = """
select sum(efforts * efforts)
from (select count(*) as efforts from pair_effort group by place_set, same_domain, same_response, same_target)
"""
DUPLICATING, UNDETERMINED, COORDINATED = (
    "verdict/possibly-duplicating",
    "verdict/undetermined",
    "verdict/coordinated",
)
JUDGED = "select a_no, b_no, judgement from judged_effort where (a_no, b_no) in (select (a_no, b_no) from pair_scored)"
UNLINKED = """
select 0 as a_no, 0 as b_no, '' as how, '' as who, '' as what, '' as whom, ['']::varchar[] as claims limit 0
"""
"""The part pair_link for no pair."""


class Joined(NamedTuple):
    """What is recorded to bring the two efforts of pairs together.

    efforts  the numbers of the two, by the ids of their programmes
    links    rows of the part pair_link
    judged   the judgement that stands on two efforts, by their numbers
    """

    efforts: Mapping[tuple[str, str], tuple[int, int]]
    links: list[dict[str, Any]]
    judged: dict[tuple[int, int], str]


class Found(NamedTuple):
    """Rows of one page; how many there are in all, or with `at_least` how many there are at the least.

    joined  what joins the two of each row, where rows are pairs of efforts
    """

    rows: list[dict[str, Any]]
    total: int
    at_least: bool
    joined: Joined | None = None


@dataclass
class Pairs:
    """A search under way: its steps are queries of `parts/` whose results are kept as tables of this connection.

    parts     those of the query, as they are read in its world
    verdicts  classes of pairs to find in this order; empty for every pair in one order
    examined  pairs that were looked at so far
    """

    cursor: duckdb.DuckDBPyConnection
    query: Query
    parts: Mapping[str, str]
    verdicts: Sequence[str] = ()
    examined: int = 0
    _led: int = 0
    _kept: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    def sql(self, text: str, **given: str) -> str:
        """`text` after the parts that it reads by name and that aren't kept; `given` names the part behind a name."""
        named = {name: name for name in self.parts if name not in self._kept} | given
        order = [*self.parts]
        texts = {name: self.parts[named[name]] for name in sorted(named, key=lambda name: order.index(named[name]))}
        needed = read_by(text, texts)
        expressions = ", ".join(
            f"{name} as {'' if makes(sql) else 'not materialized '}(\n{sql}\n)" for name, sql in needed.items()
        )
        return f"with {expressions}\n{text}" if needed else text

    def run(self, sql: str) -> list[dict[str, Any]]:
        """Run it with the parameters that it mentions."""
        return rows(self.cursor, sql, self._values(sql))

    def columns(self, sql: str) -> dict[str, Any]:
        """The columns of numbers that `sql` gives, each as an array."""
        text = self.sql(sql)
        return run(self.cursor, text, self._values(text)).fetchnumpy()

    def keep(self, name: str, text: str | None = None, **given: str) -> None:
        """Make the result of the part `name`, or of `text`, a table of that name."""
        self._kept.discard(name)
        select = self.sql(text or f"select * from {name}", **given)
        self.run(f"create or replace temp table {name} as {select}")
        self._kept.add(name)
        if name == "pair_effort":
            self._numbers.clear()

    def number(self, sql: str) -> int:
        """The one number that `sql` gives."""
        return int(next(iter(self.run(self.sql(sql))[0].values())) or 0)

    def begin(self, efforts: str) -> None:
        """Say which efforts there are: those that the query `efforts` finds."""
        for name in ("place", "domain", "response", "target"):
            if self.query.values.get(name):
                self.keep(f"{name}_of")
        if makes(self.parts["pair_code"]):  # else it is a table of the world
            self.keep("pair_code")
        self.keep("pair_effort", efforts)
        if any(self.query.values.get(name) for name in ("on", "from", "to", "dataset")):
            self.keep("pair_idle")
            self.run("delete from pair_effort where effort_no in (select effort_no from pair_idle)")
            self._numbers.clear()

    @property
    def efforts(self) -> int:
        """How many efforts there are to compare."""
        return self._of_efforts("select count(distinct effort_no) from pair_effort")

    @property
    def many(self) -> int:
        """Places shared by pairs, a pair as often as it shares one: what comparing every pair costs."""
        return self._of_efforts("select many from pair_many")

    def turns(self, known: bool) -> Iterator[None]:
        """Go through the pairs that agree in everything but their periods, some efforts at a time.

        Each turn leaves the pairs that score 1 in the table pair_apart.
        """
        self.keep("pair_member")
        efforts, after = self.efforts, 0
        size = max(1, min(FIRST_TURN // max(1, efforts), efforts * TURN // max(1, self._of_efforts(ALIKE))))
        given = {"pair_same": "pair_same_coded"} if self._of_efforts(CODED) < self.many else {}
        while after := self._turn(after, size, known):
            self.keep("pair_nested")
            self.keep("pair_candidate", "select * from pair_even", **given)
            looked = self.number("select count(*) from pair_candidate")
            self.examined += looked
            self._score("where score >= 1")
            yield
            size = max(1, min(4 * size, size * TURN // max(looked, 1)))

    def every(self) -> Iterator[None]:
        """Go through all pairs, as many efforts at a time as memory has room for; each turn leaves pair_apart."""
        self.keep("pair_near")
        self.keep("pair_masked")
        turns, after = 1 + self.many // ROOM, 0
        while after := self._turn(after, max(1, self.efforts // turns), known=True):
            self._score("", pair_candidate="pair_every")
            self.examined += self.number("select count(*) from pair_scored")
            yield
            if turns == 1:
                return

    def take(self, listed: "Numbers") -> None:
        """Make pairs of efforts, each a row with the numbers of the two, the table pair_listed."""
        one, other = listed.T.tolist()
        self.cursor.execute(
            "create or replace temp table pair_listed as "
            "select unnest($one::bigint[]) as a_no, unnest($other::bigint[]) as b_no",
            {"one": one, "other": other},
        )

    def name(self, listed: "Numbers") -> None:
        """Go to these pairs of efforts, which are known to be alike, in one turn; it leaves them in pair_apart."""
        self.take(listed)
        self.keep("pair_near", pair_meets="pair_meets_listed")
        self._score("", pair_candidate="pair_named")
        self.examined += self.number("select count(*) from pair_scored")

    def judge(self) -> str:
        """Find the verdicts of the pairs of the turn; the name of the table that has them."""
        self.keep("pair_alike")
        if not self._links(f"select a_no, b_no from pair_alike where verdict = '{COORDINATED}'"):
            return "pair_alike"
        self.keep(
            "pair_judged",
            f"""select * replace (case when verdict = '{COORDINATED}' and (a_no, b_no) not in (
                    select (a_no, b_no) from pair_link) then '{DUPLICATING}' else verdict end as verdict)
                from pair_alike""",
        )
        return "pair_judged"

    def lead(self) -> None:
        """Find who leads the efforts of pair_scored."""
        self._led += 1
        self.keep("pair_record")
        self.keep("pair_engaged")
        self.keep("pair_lead")

    def link(self, asked: str) -> None:
        """Find what links the pairs that `asked` finds."""
        if not self._links(asked):
            self.keep("pair_link", UNLINKED)

    def relate(self, select: str) -> None:
        """Find who leads the efforts of the pairs that `select` finds, and what links them."""
        self.keep("pair_scored", select)
        self.lead()
        self.link("select a_no, b_no from pair_scored")

    def joined(self, efforts: Mapping[tuple[str, str], tuple[int, int]]) -> Joined:
        """What is recorded to bring these pairs together, which are those of `relate`."""
        judged = {(row["a_no"], row["b_no"]): row["judgement"] for row in self.run(JUDGED)}
        return Joined(efforts, self.run("select * from pair_link"), judged)

    def bind(self) -> None:
        """Find what the question on overlaps tells of the table `page`: who leads, what links, and both sides."""
        self.keep("pair_scored", "select a_no, b_no from page")
        if self._led != 1 or self.examined > LED:
            self.lead()
        self.link(f"select a_no, b_no from page where verdict <> '{DUPLICATING}'")
        for name in ("pair_side", "overlap", "links"):
            self.keep(name)

    def tell(self) -> list[dict[str, Any]]:
        """The rows of the question for the table `page`."""
        return self.run(self.sql(f"select * from (\n{self.query.question.found}\n) order by row_"))

    def _links(self, asked: str) -> bool:
        """Whether there are pairs that `asked` finds; then the table pair_link has what links them."""
        if not self.number(f"select count(*) from ({asked})"):
            return False
        self.keep("pair_asked", asked)
        for name in ("pair_actors", "pair_house", "pair_stand", "pair_link"):
            self.keep(name)
        return True

    def _of_efforts(self, sql: str) -> int:
        """A number that stays as long as the efforts do."""
        if sql not in self._numbers:
            self._numbers[sql] = self.number(sql)
        return self._numbers[sql]

    def _values(self, sql: str) -> dict[str, Any]:
        return {name: self.query.values.get(name) for name in self.query.uses if f"${name}" in sql}

    def _turn(self, after: int, size: int, known: bool) -> int:
        """Take on the next `size` efforts in the table pair_turn; the number of the last, 0 when there are no more."""
        self.keep(
            "pair_turn",
            f"""select min(effort_no) as first, max(effort_no) as last, {str(known).lower()} as known
                from (
                    select distinct effort_no from pair_effort
                    where effort_no > {after} order by effort_no limit {size})""",
        )
        return self.number("select last from pair_turn")

    def _score(self, where: str, **given: str) -> None:
        self.keep("pair_scored", f"select * from pair_met {where}", **given)
        self.lead()
        self.keep("pair_apart")


@contextmanager
def searching(
    world: World, query: Query, verdicts: Sequence[str] = (), efforts: str = "select * from pair_effort"
) -> Iterator[Pairs]:
    """A search in `world` for the parameters of `query`, begun with the efforts that the query `efforts` finds."""
    parts = query.parts_in(world)
    with world.tables.asking(world.schema) as cursor:
        pairs = Pairs(cursor, query, parts, verdicts)
        pairs.begin(efforts)
        yield pairs
