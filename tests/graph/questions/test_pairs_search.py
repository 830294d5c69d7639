"""The search for the strongest pairs gives what listing all of them gives, and looks at few of them."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings

from graph.questions import overlaps, pair_total, should_meet
from graph.questions import pairs as search
from graph.questions.answer import ask, question
from graph.questions.pair_total import Counting
from graph.questions.parameters import resolve
from graph.questions.possible_duplication import CLASSES
from graph.questions.query import Query
from tests.graph.questions.test_pairs_oracle import PAIRED, few, worlds

one = settings(few, max_examples=1)

Drawn = Callable[..., Any]
FILTERS: list[dict[str, list[str]]] = [{}, {"place": ["east"]}, {"actor": ["agency"]}]
NARROWER: list[dict[str, list[str]]] = [
    {"place": ["valley"], "domain": ["drugs"]},
    {"response": ["interdiction"]},
    {"target": ["law-enforcement"], "actor": ["state", "charity"]},
    {"on": ["2001-06-01"], "place": ["bloc"]},
    {"from": ["2002-01-01"], "dataset": ["drawn"]},
]


@one
@given(sheets=worlds)
def test_pages_put_together_are_the_whole_list_and_the_total_is_its_length(sheets: Any, drawn: Drawn) -> None:
    world = drawn(sheets)
    for name in PAIRED:
        for asked in FILTERS:
            whole = ask(world, name, asked, limit=10_000)
            assert (whole.total, whole.at_least) == (len(whole.rows), False)
            rows, cursor = [], None
            while True:
                page = ask(world, name, asked, limit=len(whole.rows) // 3 + 1, cursor=cursor)
                assert page.total == whole.total
                rows += page.rows
                cursor = page.next
                if cursor is None:
                    break
            assert rows == whole.rows


@one
@given(sheets=worlds)
def test_searching_gives_what_comparing_every_pair_gives(sheets: Any, drawn: Drawn) -> None:
    world = drawn(sheets)
    with pytest.MonkeyPatch.context() as patched:
        for name in PAIRED:
            for asked in FILTERS:
                whole = ask(world, name, asked, limit=10_000)
                patched.setattr(overlaps, "SEARCHED", -1)
                patched.setattr(should_meet, "LISTED", -1)
                patched.setattr(search, "FIRST_TURN", 2)
                for limit in (2, 10_000):
                    found = ask(world, name, asked, limit=limit)
                    assert found.rows == whole.rows[:limit]
                    assert found.total == whole.total or (
                        found.at_least and limit < found.total <= whole.total and name == "should-meet"
                    )
                patched.undo()


@one
@given(sheets=worlds)
def test_counting_gives_the_length_of_the_list(sheets: Any, drawn: Drawn) -> None:
    world = drawn(sheets)
    asked = question("possible-duplication")
    for given_ in (*FILTERS, *NARROWER):
        query = Query(asked, resolve(world, asked.parameters, given_))
        told = ask(world, "overlaps", given_, limit=10_000).rows
        for count in range(4):
            for verdicts in combinations(CLASSES, count):
                with search.searching(world, query, verdicts) as pairs:
                    wanted = [row for row in told if not verdicts or row["verdict"]["id"] in verdicts]
                    assert Counting(pairs).total() == len(wanted), (given_, verdicts)


def test_pairs_too_many_to_count_are_not_counted(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    world = drawn(crowd(40))
    asked = question("possible-duplication")
    query = Query(asked, resolve(world, asked.parameters, {}))
    with search.searching(world, query, [search.DUPLICATING]) as pairs:
        assert Counting(pairs).total()
        monkeypatch.setattr(pair_total, "LINKED", 1)
        assert Counting(pairs).total() is None
        monkeypatch.setattr(pair_total, "MOST", 39)
        pairs.verdicts = ()
        assert Counting(pairs).total() is None


def crowd(count: int) -> dict[str, list[dict[str, str]]]:
    """As many programmes of fifty actors that do the same for the same in one place, half of them in one year."""
    years = [str(2000 + number % 20) for number in range(count)]
    return {
        "places": [{"id": "valley", "name": "Valley", "class": "Region"}],
        "actors": [{"id": f"a{n:02}", "name": f"A{n}", "class": "Organisation"} for n in range(50)],
        "programmes": [
            {
                "id": f"p{number:05}",
                "class": "Project",
                "name": f"P {number}",
                "status": "active",
                "starts": year,
                "ends": year if number % 2 else "",
                "places": "valley",
                "domains": "drugs",
                "responses": "training",
                "targets": "police",
            }
            for number, year in enumerate(years)
        ],
        "participations": [
            {"actor": f"a{number * 7 % 50:02}", "programme": f"p{number:05}", "role": "implementing"}
            for number in range(count)
        ],
    }


@pytest.mark.parametrize("name", ["overlaps", "possible-duplication"])
def test_a_crowded_cell_is_counted_but_not_compared_each_with_each(name: str, drawn: Drawn) -> None:
    count = 3_000
    world = drawn(crowd(count))
    asked = question(name)
    query = Query(asked, resolve(world, asked.parameters, {}))
    verdicts = [search.DUPLICATING] if name == "possible-duplication" else []
    with search.searching(world, query, verdicts) as pairs:
        found = overlaps.first(pairs, 100, "select *, 1 as row_ from pair_found limit 0")[1:3]
        assert pairs.examined < count * count / 8
    exact = sum((count // 100) ** 2 for a, b in combinations(range(100), 2) if meet(a, b))
    assert exact > pair_total.LINKED
    if name == "overlaps":
        assert found == (exact, False)
    else:  # too many to look for links between all of them
        assert 100 < found[0] < exact
        assert found[1]
    answer = ask(world, name, {}, limit=100)
    assert {row["score"] for row in answer.rows} == {1.0}
    assert answer.next


def meet(a: int, b: int) -> bool:
    """Whether the programmes a and b of the crowd overlap; after a hundred they begin again."""
    (first, one), (second, other) = sorted((n % 20, n) for n in (a, b))
    return one * 7 % 50 != other * 7 % 50 and (first == second or one % 2 == 0)
