"""Overlaps: pairs of efforts, the strongest first; the question on possible duplication has them class by class."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.questions.pair_total import NAMED, Counting, countable
from graph.questions.pairs import COORDINATED, DUPLICATING, LISTED, UNDETERMINED, Found, Joined, Pairs, searching
from graph.questions.query import Query
from graph.tables.world import World

if TYPE_CHECKING:
    from graph.questions.bits import Numbers


def answer(world: World, query: Query, limit: int, offset: int, verdicts: Sequence[str] = ()) -> Found:
    """The rows `offset` to `offset + limit` of all overlaps; with `verdicts`, class by class in that order."""
    with searching(world, query, verdicts) as pairs:
        return first(
            pairs,
            limit + offset,
            f"""select * exclude (rank_), row_number() over (order by rank_) as row_
                from (select *, row_number() over (order by {_order(pairs)}) as rank_ from pair_found) as ranked
                where rank_ > {offset} and rank_ <= {offset + limit}""",
        )


def first(pairs: Pairs, wanted: int, page: str) -> Found:
    """Of the first `wanted` pairs, found in the table pair_found, the rows of the query `page`."""
    found, counting = find(pairs, wanted)
    if not found:
        return Found([], 0, False, Joined({}, [], {}))
    pairs.keep("page", page)
    pairs.bind()
    rows = pairs.tell()
    joined = pairs.joined({(row["programme"], row["other"]): (row["a_no"], row["b_no"]) for row in rows})
    counted = counting.total() if counting else found
    return Found(rows, found if counted is None else counted, counted is None, joined)


SOON = 8_000
"""Efforts whose pairs are counted sooner than one turn of the search takes."""
SEARCHED = 300_000
"""Places shared by pairs beyond which looking for the first pairs, beside counting all, is quicker than listing all."""
COLUMNS = "a_no, b_no, reach, g, tau, response_jaccard, target_jaccard, domain_jaccard, known, score"


def find(pairs: Pairs, wanted: int) -> tuple[int, Counting | None]:
    """Fill pair_found with the first `wanted` pairs; how many there are, at the least where they are still counted."""
    pairs.keep("pair_found")
    if pairs.many > (SEARCHED if countable(pairs) else LISTED):
        counting = Counting(pairs)
        alike = _few_alike(pairs, counting) if pairs.efforts <= SOON else None
        if alike is None:
            found = _search(pairs, wanted, counting)
            if found > wanted:
                return found, counting
            pairs.run("delete from pair_found")
            alike = _few_alike(pairs, counting)
        if alike is not None:
            pairs.name(alike)
            added = _add(pairs, [verdict for verdict in pairs.verdicts if verdict != UNDETERMINED])
            if UNDETERMINED not in pairs.verdicts:
                return added, None
            before = f"select count(*) from pair_found where verdict = '{pairs.verdicts[0]}' and reach = 'within'"
            if pairs.number(before) >= wanted:
                return added, counting
            pairs.run("delete from pair_found")
    added = 0
    for _ in pairs.every():
        added += _add(pairs, pairs.verdicts)
        if added > wanted:
            pairs.run(
                "delete from pair_found where (a_no, b_no) not in ("
                f"select (a_no, b_no) from pair_found order by {_order(pairs)} limit {wanted})"
            )
    return added, None


def _search(pairs: Pairs, wanted: int, counting: Counting) -> int:
    """Look for pairs that score 1 until there are more than `wanted`, or few that may be alike; how many are found."""
    first = pairs.verdicts[0] if pairs.verdicts else None
    found = 0
    for known in (True, False) if first in (None, UNDETERMINED) else (True,):
        for _ in pairs.turns(known):
            found += _add(pairs, [first] if first else [])
            if found > wanted or _few_alike(pairs, counting) is not None:
                return found
    return found


def _few_alike(pairs: Pairs, counting: Counting) -> "Numbers | None":
    """The pairs that may have the first verdict, where they are few; waits until all are counted."""
    alike = counting.alike() if pairs.verdicts[:1] in ([DUPLICATING], [COORDINATED]) else None
    return alike if alike is not None and len(alike) <= NAMED else None


def _add(pairs: Pairs, verdicts: Sequence[str]) -> int:
    """Add what the turn has left, of these verdicts if any are given, to pair_found; how many those are."""
    if verdicts:
        judged = pairs.judge()
        listed = ", ".join(f"'{verdict}'" for verdict in verdicts)
        pairs.keep("pair_new", f"select {COLUMNS}, verdict from {judged} where verdict in ({listed})")
    else:
        pairs.keep("pair_new", f"select {COLUMNS}, '' as verdict from pair_apart")
    pairs.run("insert into pair_found select * from pair_new")
    return pairs.number("select count(*) from pair_new")


def _order(pairs: Pairs) -> str:
    classes = ", ".join(f"'{verdict}'" for verdict in pairs.verdicts)
    by_verdict = f"list_position([{classes}], verdict), " if classes else ""
    return f"reach desc, {by_verdict}score desc, known desc, a_no, b_no"
