"""A bar on the terminal for work that takes its time."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Bar:
    """The step that is under way, with a bar where its share is known. Use it in a `with`; it goes when that ends.

    What is no terminal is told nothing.
    """

    def __init__(self, console: Console, step: str) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task(step, total=None)

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, step: str) -> None:
        """A step begins, of which no share is known yet."""
        self._progress.reset(self._task, total=None, description=step)

    def advance(self, share: float) -> None:
        """Of the step that was named last, this share is done, from 0 to 1."""
        self._progress.update(self._task, total=1.0, completed=share)
