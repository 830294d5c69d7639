"""Pieces of one answer that don't need one another, made beside one another: each waits for the tables or the store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, overload

One = TypeVar("One")
Two = TypeVar("Two")
Three = TypeVar("Three")


@overload
def at_once(one: Callable[[], One], two: Callable[[], Two], /) -> tuple[One, Two]: ...


@overload
def at_once(
    one: Callable[[], One], two: Callable[[], Two], three: Callable[[], Three], /
) -> tuple[One, Two, Three]: ...


def at_once(*makes: Callable[[], object]) -> tuple[object, ...]:
    """What each gives, in their order; where some raise, the error of the first of those, once all have ended."""
    first, *others = makes
    with ThreadPoolExecutor(len(others)) as threads:
        begun = [threads.submit(make) for make in others]
        return (first(), *(each.result() for each in begun))
