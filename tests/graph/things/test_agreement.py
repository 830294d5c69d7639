"""Agreement: how alike two texts are, and what agrees with what a thing says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from graph.things.agreement import likeness
from graph.things.spellings import fold

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXT, TEXT)
def test_likeness_is_symmetric_and_whole_only_for_the_same(one: str, other: str) -> None:
    one, other = fold(one), fold(other)
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100
    assert (likeness(one, other) == 100) == (one == other)


def test_likeness_rests_on_the_shared_letters() -> None:
    assert likeness("tajikstan", "tajikistan") == pytest.approx(fuzz.ratio("tajikstan", "tajikistan"))
