"""Looking at pairs of programmes that somebody named: how they overlap, and what is recorded to link them.

The questions on overlaps search for pairs; here the pairs are given, and the same steps are run on their efforts only.
What is told of a pair is therefore what the questions tell of it when nothing is filtered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.questions.answer import labels_of, question, sources_of
from graph.questions.overlaps import COLUMNS
from graph.questions.pairs import Joined, Pairs, searching
from graph.questions.query import Query
from graph.tables.world import World

EFFORTS = """
select programme.id, min(coalesce(effort_of.effort_no, programme.programme_no)) as effort_no
from programme
left join effort_of on effort_of.programme_no = programme.programme_no
where programme.id in (select unnest($ids::varchar[]))
group by programme.id
"""
THINGS = ("who", "what", "whom")


@dataclass(frozen=True)
class Link:
    """What brings the leads of two programmes together.

    how              such as `tie` or `paid for by`
    who, what, whom  what it names, as {id, label}: for a tie the actor, its kind and the other actor
    said             the reason, where people judged the two to be coordinated
    sources          what it rests on
    """

    how: str
    who: Mapping[str, str] | None
    what: Mapping[str, str] | None
    whom: Mapping[str, str] | None
    said: str | None
    sources: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Look:
    """What is known of two programmes as a pair.

    one_effort  they are records of one effort: nothing to compare
    overlap     the columns of the question on overlaps, ids without labels; None where the two do not overlap, or
                where another place tells it
    judgement   the id of the judgement that stands, whichever records of the two efforts it was entered for
    """

    one_effort: bool
    overlap: Mapping[str, Any] | None
    links: Sequence[Link]
    judgement: str | None


Pair = tuple[str, str]
Numbers = tuple[int, int]


def look(world: World, pair: Pair) -> Look | None:
    """What is known of a pair of ids of programmes; None where one of them is unknown."""
    number = {row["id"]: int(row["effort_no"]) for row in world.rows(EFFORTS, {"ids": sorted(pair)})}
    if number.keys() < set(pair):
        return None
    one, other = sorted(number[id_] for id_ in pair)
    if one == other:
        return Look(True, None, (), None)
    efforts = f"select * from pair_effort where effort_no in ({one:d}, {other:d})"
    with searching(world, Query(question("overlaps"), {}), efforts=efforts) as search:
        _compare(search)
        search.relate(f"select {one:d} as a_no, {other:d} as b_no")
        overlap = _told(search)
        joined = search.joined({pair: (one, other)})
    return replace(looks(world, joined)[pair], overlap=overlap)


def looks(world: World, joined: Joined) -> dict[Pair, Look]:
    """What brings these pairs together; how they overlap their row in the answer tells."""
    links = _links(world, joined.links)
    return {
        pair: Look(False, None, links.get(efforts, ()), joined.judged.get(efforts))
        for pair, efforts in joined.efforts.items()
    }


def _compare(search: Pairs) -> None:
    """Fill pair_found with the pair if it overlaps."""
    search.keep("pair_found")
    for _ in search.every():
        search.run(f"insert into pair_found select {COLUMNS}, '' as verdict from pair_apart")


def _told(search: Pairs) -> dict[str, Any] | None:
    search.keep("page", "select *, 1 as row_ from pair_found")
    for name in ("pair_side", "overlap", "links"):
        search.keep(name)
    return next(iter(search.tell()), None)


def _links(world: World, rows: Sequence[Mapping[str, Any]]) -> dict[Numbers, tuple[Link, ...]]:
    """Each link of a pair once, with all that it rests on."""
    claims: dict[tuple[Any, ...], set[str]] = {}
    for row in rows:
        key = (row["a_no"], row["b_no"], row["how"], *(row[name] for name in THINGS))
        claims.setdefault(key, set()).update(row["claims"] or ())
    sources = sources_of(world, {claim for each in claims.values() for claim in each})
    labels = labels_of(world, {id_ for key in claims for id_ in key[3:] if id_})

    def thing(id_: str | None) -> dict[str, str] | None:
        return {"id": id_, "label": labels.get(id_, id_)} if id_ else None

    found: dict[Numbers, list[Link]] = {}
    for key in sorted(claims, key=lambda key: tuple(str(part or "") for part in key[2:])):
        a_no, b_no, how, who, what, whom = key
        judged = how == "judged to be coordinated"
        rests = [source for claim in sorted(claims[key]) for source in sources.get(claim, ())]
        link = Link(how, None if judged else thing(who), thing(what), thing(whom), who if judged else None, rests)
        found.setdefault((a_no, b_no), []).append(link)
    return {pair: tuple(links) for pair, links in found.items()}
