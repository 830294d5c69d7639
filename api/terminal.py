"""What every command stands on: the console, the home that was named, and parameters as they are typed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from api.bar import Bar
from api.settings import Settings
from graph.errors import InvalidParameter
from graph.library import Library

said = Console(stderr=True, highlight=False)
HomeOption = Annotated[
    Path | None, typer.Option("--home", envvar="CONCERT_HOME", help="The home directory that holds the data.")
]


def settings_of(home: Path | None) -> Settings:
    """The settings of the environment, with another home where one was named."""
    settings = Settings.from_environment()
    return settings if home is None else settings.at(home)


@contextmanager
def opened(home: Path | None) -> Iterator[Library]:
    """The library of a home, with the shipped datasets loaded."""
    settings = settings_of(home)
    with settings.open_library() as library:
        with Bar(said, "opening") as bar:
            library.ensure(list(settings.shipped), bar)
        yield library


def given(parameters: Sequence[str]) -> dict[str, list[str]]:
    """Words such as `place=TJ` by their names. Raises InvalidParameter for one that is no `name=value`."""
    found: dict[str, list[str]] = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals:
            raise InvalidParameter(
                f"{text!r} is no parameter", parameter=text, given=text, expected="name=value, such as place=TJ"
            )
        found.setdefault(name, []).append(value)
    return found


def check_format(name: str, known: Mapping[str, Any]) -> None:
    """Raise InvalidParameter where there is no such format."""
    if name not in known:
        raise InvalidParameter(
            f"there is no format {name!r}", parameter="format", given=name, expected="one of " + ", ".join(known)
        )


def write(data: bytes, output: Path | None) -> None:
    """To the file that was named, else to standard output."""
    if output is None:
        typer.echo(data, nl=False)
    else:
        output.write_bytes(data)
