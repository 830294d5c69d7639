"""Questions take turns; what lacks memory beside another is asked again when it has all of it."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import duckdb
import pytest

from graph.errors import TooLarge
from graph.tables.engine import Schema, Tables
from graph.tables.turns import Turns
from graph.tables.world import World

ONE = "select 1 as one"


@pytest.fixture
def scarce(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each question was asked alone; those that were not are out of memory."""
    asked: list[bool] = []
    reading = Tables.asking

    @contextmanager
    def asking(tables: Tables, schema: Schema, alone: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        asked.append(alone)
        with reading(tables, schema, alone) as cursor:
            if not alone:
                raise duckdb.OutOfMemoryException
            yield cursor

    monkeypatch.setattr(Tables, "asking", asking)
    return asked


def test_what_lacks_memory_is_asked_again_alone(world: World, scarce: list[bool]) -> None:
    assert world.rows(ONE) == [{"one": 1}]
    assert scarce == [False, True]


def test_what_is_too_large_for_all_the_memory_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(*_: Any) -> None:
        raise duckdb.OutOfMemoryException

    monkeypatch.setattr("graph.tables.world.rows", rows)
    with pytest.raises(TooLarge, match="memory"):
        world.rows(ONE)
    monkeypatch.undo()
    assert world.rows(ONE) == [{"one": 1}]


def test_who_asks_alone_waits_for_the_others_and_they_for_it(world: World) -> None:
    within, leave = threading.Event(), threading.Event()

    def other() -> None:
        with world.tables.asking(world.schema):
            within.set()
            assert leave.wait(30)

    def alone() -> bool:
        with world.tables.asking(world.schema, alone=True):
            return leave.is_set()

    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(other)
        assert within.wait(30)
        both = [threads.submit(alone) for _ in range(2)]
        assert not any(each.done() for each in both)
        leave.set()
        assert [each.result(30) for each in both] == [True, True]
        first.result(30)
    assert world.rows(ONE) == [{"one": 1}]


def test_who_has_waited_longest_is_next() -> None:
    turns, order = Turns(1), []
    held, gone = threading.Event(), threading.Event()

    def greedy() -> None:
        for number in range(3):
            with turns:
                order.append(f"short {number}")
                held.set()
                assert gone.wait(30)

    def patient() -> None:
        with turns:
            order.append("long")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(greedy)
        assert held.wait(30)
        second = threads.submit(patient)
        while not turns._waiting:
            time.sleep(0.01)
        gone.set()
        first.result()
        second.result()
    assert order == ["short 0", "long", "short 1", "short 2"]
    with turns:  # none was lost
        pass


def test_a_reader_who_is_stopped_while_waiting_takes_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(1)

    def stopped(event: threading.Event, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    with turns, monkeypatch.context() as patched:
        patched.setattr(threading.Event, "wait", stopped)
        with pytest.raises(KeyboardInterrupt), turns:
            pass
    with turns:
        pass
