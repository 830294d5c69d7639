"""The command line: everything that the API gives, printed, and what only an owner may do."""

import typer
from rich.text import Text

from api.commands import asking, drawing, exporting, keeping, loading, reviewing, serving
from api.terminal import said
from graph.errors import ConcertError

program = typer.Typer(
    help="Who works where against trafficking, and where nobody does.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    serving.serve,
    loading.load,
    loading.unload,
    asking.ask,
    loading.validate,
    drawing.draw,
    exporting.export,
    asking.sparql,
    reviewing.review,
    keeping.status,
    keeping.rebuild,
    keeping.backup,
    keeping.restore,
):
    program.command()(command)

CANNOT_WRITE = 73
"""Exit code for a file that cannot be read or written, of sysexits.h."""


def main() -> None:
    """Run a command; an error that a person can mend is one line and an exit code of its kind."""
    try:
        program(standalone_mode=True)
    except ConcertError as error:
        _tell(f"{error.message}; expected: {error.expected}" if error.expected else error.message)
        raise SystemExit(error.exit_code) from error
    except OSError as error:
        _tell(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        raise SystemExit(CANNOT_WRITE) from error


def _tell(problem: str) -> None:
    plain = problem.encode("utf-8", "backslashreplace").decode("utf-8")
    said.print(Text.assemble(("error: ", "red"), plain), soft_wrap=True)


if __name__ == "__main__":
    main()
