"""How many rows an answer has for each value of some of its columns, without listing them."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import InvalidParameter
from graph.questions.answer import question
from graph.questions.parameters import resolve
from graph.questions.query import Query
from graph.tables.world import World


def tally(
    world: World,
    name: str,
    given: Mapping[str, Sequence[str]],
    by: Sequence[str],
    greatest: str | None = None,
) -> list[dict[str, Any]]:
    """Count the rows of a question by its columns `by`; each result has these, `rows`, and `greatest` if asked for.

    greatest  a column of numbers of which the greatest in each group is told
    The columns are those that the question's first query finds: what its page adds can't be counted, and a question
    with a step of its own is not taken. Ids come without labels. In order of the columns.
    Raises NotFound and InvalidParameter as `ask` does, and InvalidParameter for a column that is not counted.
    """
    asked = question(name)
    known = asked.header.columns
    for column in [*by, *([greatest] if greatest else [])]:
        if column not in known or known[column].many or asked.step or asked.language != "sql":
            raise InvalidParameter(
                f"rows of {name} cannot be counted by {column!r}",
                parameter="by",
                given=column,
                expected="a column with one value in a question that is one query",
            )
    query = Query(asked, resolve(world, asked.parameters, given))
    columns = ", ".join(by)
    most = f", max({greatest}) as {greatest}" if greatest else ""
    sql = (
        f"{query.kept(world)}\nselect {columns}, count(*) as rows{most} from kept group by {columns} order by {columns}"
    )
    return world.rows(sql, {name: query.values.get(name) for name in query.uses if f"${name}" in sql})
