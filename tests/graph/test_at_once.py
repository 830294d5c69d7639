"""What is made at once: results in order, and no error lost."""

import threading

import pytest

from graph.at_once import at_once


def test_each_goes_on_while_the_others_wait() -> None:
    met = threading.Barrier(3, timeout=30)
    assert at_once(lambda: (met.wait(), "a")[1], lambda: (met.wait(), 2)[1], lambda: (met.wait(), None)[1]) == (
        "a",
        2,
        None,
    )


def test_the_first_error_is_raised_when_all_have_ended() -> None:
    ended = []

    def failing(error: Exception) -> None:
        ended.append(error)
        raise error

    with pytest.raises(KeyError):
        at_once(lambda: failing(KeyError("a")), lambda: failing(ValueError("b")), lambda: ended.append(None))
    assert len(ended) == 3
    with pytest.raises(ValueError, match="b"):
        at_once(lambda: "a", lambda: failing(ValueError("b")))
