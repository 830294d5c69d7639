"""What is asked of the reconciliation: batches, their bounds, and what is wrong with them."""

import json

import pytest

from graph.errors import InvalidParameter, TooLarge
from graph.things.asked import BATCH, read_extension, read_queries


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "queries"),
        ("[" * 100_000, "not JSON"),
        ('{"q": {"query": "\\ud800"}}', "not JSON"),
        ('{"q": {}}', "queries.q"),
        ('{"q": {"query": 1}}', "queries.q.query"),
        ('{"q": {"query": "x", "limit": 0}}', "queries.q.limit"),
        ('{"q": {"query": "x", "limit": 2.5}}', "queries.q.limit"),
        ('{"q": {"query": "x", "types": "Actor"}}', "queries.q.types"),
        ('{"q": {"query": "x", "type_strict": "yes"}}', "queries.q.type_strict"),
        ('{"q": {"query": "x", "properties": [{"v": 1}]}}', "queries.q.properties.0.pid"),
        ('{"q": {"query": "x", "properties": [{"pid": "country"}]}}', "queries.q.properties.0.v"),
        ('{"q": {"query": "x", "properties": [{"pid": "country", "v": {"name": "x"}}]}}', "queries.q.properties.0.v"),
        ('{"q": {"query": "' + "x" * 501 + '"}}', "queries.q.query"),
    ],
)
def test_a_batch_that_is_none_is_told_where(text: str, where: str) -> None:
    with pytest.raises(InvalidParameter) as wrong:
        read_queries(text)
    assert wrong.value.parameter == "queries"
    assert where in wrong.value.message


def test_a_batch_is_bounded() -> None:
    body = ", ".join(f'"q{n}": {{"query": "x"}}' for n in range(BATCH + 1))
    with pytest.raises(TooLarge):
        read_queries("{" + body + "}")
    whole = read_queries(
        '{"q": {"query": "x", "limit": 5.0, "properties": [{"p": "old", "pid": "country", "v": 7.0}]}}'
    )
    assert whole["q"].limit == 5
    assert whole["q"].properties[0].values() == ["7"]


@pytest.mark.parametrize("limit", ["x", -1, [1], "1e400", float("inf")])
def test_a_limit_on_values_is_a_whole_number(limit: object) -> None:
    wanted = read_extension(json.dumps({"ids": [], "properties": [{"id": "name", "settings": {"limit": limit}}]}))
    with pytest.raises(InvalidParameter):
        wanted.properties[0].most()
