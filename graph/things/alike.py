"""The programmes that overlap with one: the search of the question on overlaps, for one effort against the rest."""

from collections.abc import Mapping, Sequence

from graph.questions.answer import question
from graph.questions.looking import EFFORTS
from graph.questions.overlaps import first
from graph.questions.pairs import searching
from graph.questions.parameters import resolve
from graph.questions.query import Query
from graph.tables.engine import Row
from graph.tables.world import World


def alike(world: World, programme: str, given: Mapping[str, Sequence[str]], most: int) -> tuple[list[Row], int, bool]:
    """The `most` strongest overlaps of the programme, as the question on overlaps finds them; how many there are.

    given  where to look, as parameters of that question: its places and domains
    """
    asked = question("overlaps")
    effort = world.rows(EFFORTS, {"ids": [programme]})
    if not effort:
        return [], 0, False
    number = int(effort[0]["effort_no"])
    one = f"select * replace (effort_no = {number:d} as asked) from pair_effort"  # noqa: S608 - a number
    with searching(world, Query(asked, resolve(world, asked.parameters, given)), efforts=one) as pairs:
        found = first(
            pairs,
            most,
            f"""select *, row_number() over (order by score desc, known desc, a_no, b_no) as row_
                from pair_found
                qualify row_ <= {most:d}""",  # noqa: S608 - a number
        )
    return found.rows, found.total, found.at_least
