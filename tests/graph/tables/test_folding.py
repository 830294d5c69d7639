"""Conditions on what was not given leave the query, and nothing else does."""

import pytest

from graph.tables.engine import bound
from graph.tables.folding import folded

PLACE = "where ($place is null or place in (select p from within where $place::varchar[] = [a])) and true"


def test_a_condition_on_what_was_not_given_is_true() -> None:
    assert folded(PLACE, frozenset({"place"})) == "where true and true"
    assert folded("(\n    $on::date is null or starts <= $on::date)", frozenset({"on"})) == "true"
    assert folded("(  $ids::varchar[] is null\nor id in ($ids))", frozenset({"ids"})) == "true"


def test_a_condition_on_several_is_true_where_none_of_them_was_given() -> None:
    text = "($place is null and $on::date is null or a in (select b))"
    assert folded(text, frozenset({"place", "on"})) == "true"
    assert folded(text, frozenset({"on"})) == "($place is null and true or a in (select b))"


def test_a_condition_on_what_was_given_stays() -> None:
    assert folded(PLACE, frozenset({"domain"})) == PLACE


def test_brackets_in_words_and_comments_close_nothing() -> None:
    text = "($place is null or name = ')it''s)' -- or so :)\n or (a)) and ($domain is null or b)"
    assert folded(text, frozenset({"place"})) == "true and ($domain is null or b)"


def test_a_condition_within_another_goes_with_it() -> None:
    text = "($place is null or (a and ($domain is null or b))) or ($domain is null or c)"
    assert folded(text, frozenset({"place", "domain"})) == "true or true"
    assert folded(text, frozenset({"domain"})) == "($place is null or (a and true)) or true"


def test_other_tests_for_null_are_settled_where_they_stand() -> None:
    text = "where $on is null and $from is not null or not ($to is null and a)"
    assert folded(text, frozenset({"on", "from"})) == "where true and false or not ($to is null and a)"


def test_a_bracket_that_is_never_closed_is_told() -> None:
    with pytest.raises(ValueError, match="never closed"):
        folded("($place is null or (a)", frozenset({"place"}))


def test_what_is_no_longer_mentioned_is_no_longer_bound() -> None:
    assert bound("select 1 where ($place is null or a = $place)", {"place": None}) == ("select 1 where true", None)
    assert bound("select $together", {"to": None, "together": "yes"}) == ("select $together", {"together": "yes"})
    assert bound("select $place, $on where $on is null", {"place": None, "on": 1}) == (
        "select $place, $on where $on is null",
        {"place": None, "on": 1},
    )
