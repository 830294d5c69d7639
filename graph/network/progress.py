"""How far a long piece of work has come."""

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with what is being done, in words, and the share of the whole that is done, 0 to 1, never falling."""


def silent(step: str, share: float) -> None:
    """Tell nobody."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """The progress of a part of the work that begins at share `start` and is done at `end`."""
    return lambda step, share: progress(step, start + (end - start) * share)
