"""Should meet: pairs of actors by the strongest overlap of what they lead, without those that know each other.

A pair of actors comes where its strongest overlap comes among the overlaps, so the search for overlaps finds pairs of
actors in order too. What lies between two actors besides is added up for the rows of a page only.
"""

from graph.questions.pairs import LISTED, Found, Pairs, searching
from graph.questions.query import Query
from graph.tables.world import World

ORDER = "reach desc, score desc, known desc, a_no, b_no, actor, other"


def answer(world: World, query: Query, limit: int, offset: int) -> Found:
    """The rows `offset` to `offset + limit` of all pairs of actors that should meet."""
    with searching(world, query) as pairs:
        total, at_least = _find(pairs, limit + offset)
        pairs.keep("page", _page(limit, offset))
        pairs.keep("pair_led")
        pairs.keep("pair_effort", "select * from pair_led")
        first = True
        for _ in pairs.every():
            if first:
                pairs.keep("pair_between")
            else:
                pairs.run("insert into pair_between " + pairs.sql("select * from again", again="pair_between"))
            first = False
        pairs.keep("pair_actors", "select actor, other from page")
        for name in ("pair_house", "pair_contact"):
            pairs.keep(name)
        return Found(pairs.tell() if total else [], total, at_least)


def _page(limit: int, offset: int) -> str:
    return f"""select *
        from (select *, row_number() over (order by {ORDER}) as row_ from pair_met_actors where strangers)
        where row_ > {offset} and row_ <= {offset + limit}"""


def _find(pairs: Pairs, wanted: int) -> tuple[int, bool]:
    """Fill pair_met_actors with the first `wanted` strangers; how many there are, and whether that is only a bound."""
    pairs.keep("pair_met_actors")
    if pairs.many > LISTED:
        for known in (True, False):
            for _ in pairs.turns(known):
                _add(pairs)
                found = _strangers(pairs)
                if found > wanted:
                    return found, True
        pairs.run("delete from pair_met_actors")
    for _ in pairs.every():
        _add(pairs)
    return _strangers(pairs), False


def _strangers(pairs: Pairs) -> int:
    return pairs.number("select count(*) from pair_met_actors where strangers")


def _add(pairs: Pairs) -> None:
    """Add the pairs of actors that the turn has left; of those known already, the stronger overlap stays."""
    pairs.keep("pair_new", "select * from pair_meeting")
    pairs.keep("pair_actors", "select actor, other from pair_new anti join pair_met_actors using (actor, other)")
    for name in ("pair_house", "pair_stand", "pair_strangers"):
        pairs.keep(name)
    pairs.keep(
        "pair_both",
        """select pair_new.*, pair_strangers.actor is not null as strangers
           from pair_new
           left join pair_strangers using (actor, other)
           where (pair_new.actor, pair_new.other) in (select (actor, other) from pair_actors)
           union all
           select pair_new.*, pair_met_actors.strangers
           from pair_new
           join pair_met_actors using (actor, other)
           union all
           select * from pair_met_actors""",
    )
    pairs.keep(
        "pair_met_actors",
        f"""select *
            from pair_both
            qualify row_number() over (partition by actor, other order by {ORDER}) = 1""",
    )
