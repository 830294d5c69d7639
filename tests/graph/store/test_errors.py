"""Every kind of error says its status and its exit code, and becomes problem details."""

import pytest

from graph import errors
from graph.errors import ConcertError, InvalidParameter

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ConcertError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_tells_what_it_is(kind):
    problem = kind("It is so").problem()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert 400 <= problem["status"] < 600
    assert 0 < kind.exit_code < 126
    assert kind is ConcertError or kind.title != ConcertError.title


def test_no_two_kinds_have_the_same_type():
    assert len({kind("").problem()["type"] for kind in KINDS}) == len(KINDS)


def test_what_is_known_is_told():
    error = InvalidParameter("No such place", parameter="place", given="xx", expected="an ISO code", where="row 3")
    assert error.problem() == {
        "type": "https://w3id.org/concert/problem/invalid-parameter",
        "title": "A parameter is not valid",
        "status": 400,
        "detail": "No such place",
        "parameter": "place",
        "given": "xx",
        "expected": "an ISO code",
        "where": "row 3",
    }
    assert str(error) == "row 3: No such place (given: xx; expected: an ISO code)"
