"""Conditions on parameters that were not given are taken out of a query before the database sees it.

`($place is null or place_set in (select …))` holds for every row where no place is asked for, but DuckDB still runs the
subquery and joins each row with its result.
"""

import re
from functools import lru_cache

ABSENT = r"\$\w+(?:::[\w\[\]]+)? is null"
OPTIONAL = re.compile(rf"\(\s*({ABSENT}(?:\s+and\s+{ABSENT})*)\s+or\b")
NAME = re.compile(r"\$(\w+)")
TEST = re.compile(r"\$(\w+)(?:::[\w\[\]]+)? is (not )?null\b")
TOKEN = re.compile(r"--[^\n]*|'(?:[^']|'')*'|[()]")


@lru_cache(maxsize=512)
def folded(sql: str, absent: frozenset[str]) -> str:
    """`sql` for parameters of which those in `absent` are null and the others are not.

    A pair of brackets that begins with `$name is null or` becomes `true` where `name` is absent, one that begins with
    `$name is null and $other is null or` where both are; other tests of a parameter for null become `true` or `false`
    where it is.
    """
    kept, start = [], 0
    for match in OPTIONAL.finditer(sql):
        if match.start() >= start and absent.issuperset(NAME.findall(match[1])):
            kept += [sql[start : match.start()], "true"]
            start = _closing(sql, match.start())
    text = "".join([*kept, sql[start:]])
    return TEST.sub(lambda test: str(not test[2]).lower() if test[1] in absent else test[0], text)


def _closing(sql: str, start: int) -> int:
    """Where the bracket that opens at `start` has been closed."""
    depth = 0
    for token in TOKEN.finditer(sql, start):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if not depth:
            return token.end()
    raise ValueError(f"a bracket is never closed: {sql[start : start + 80]!r}")
