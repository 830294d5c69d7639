"""What a person wants made of an upload, checked before anything is loaded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.loads import Upload
from api.receiving import Received
from api.settings import Settings
from api.terminal import given
from graph.datasets.description import File, describe_file
from graph.errors import InvalidParameter
from graph.library import Library
from graph.readers.formats import FORMATS
from graph.readers.sheets import slug
from graph.tables.world import World

OPTIONS = ("scope", "country", "encoding", "delimiter", "sheet")
"""Options of the formats that an upload may set. Others, such as `rates`, can name a file of the server."""


@dataclass(frozen=True)
class Wish:
    """How to load a file: its name as a dataset, its format, what may be refused, `name=value` options, and by whom."""

    name: str | None
    format: str | None
    reject_share: float
    options: Sequence[str]
    by: str


def upload_of(received: Received, wish: Wish, world: World, library: Library, settings: Settings) -> Upload:
    """What came, as it is to be loaded.

    Raises InvalidParameter for an unknown format and for a name that is not free, InvalidData for what is no name;
    then nothing that came stays.
    """
    try:
        return _upload(received, wish, world, library, settings)
    except BaseException:
        received.discard()
        raise


def _upload(received: Received, wish: Wish, world: World, library: Library, settings: Settings) -> Upload:
    known = [format_.name for format_ in FORMATS]
    if wish.format is not None and wish.format not in known:
        raise InvalidParameter(
            f"there is no format {wish.format[:100]!r}",
            parameter="format",
            given=wish.format[:100],
            expected="one of " + ", ".join(known),
        )
    options: dict[str, Any] = {key: values[-1] for key, values in given(wish.options).items()}
    other = next((key for key in options if key not in OPTIONS), None)
    if other is not None:
        raise InvalidParameter(
            f"an upload has no option {other[:100]!r}",
            parameter="option",
            given=other[:100],
            expected="one of " + ", ".join(OPTIONS),
        )
    if received.mapping is not None:
        options["mapping"] = received.mapping
    format_ = wish.format or ("table" if received.mapping is not None else None)
    entry = File(file=received.file.name, format=format_, options=options)
    name = wish.name or slug(re.sub(r"[._]+", "-", received.file.stem))
    describe_file(entry, name, (), wish.reject_share)
    _check_free(name, world, library, settings)
    return Upload(received.folder, received.file, name, entry, wish.reject_share, wish.by)


def _check_free(name: str, world: World, library: Library, settings: Settings) -> None:
    """Refuse to replace what is shipped, and what the reader may not see."""
    shipped = {folder.name for folder in settings.shipped}
    if name in shipped or (name in library.names() and name not in world.datasets):
        raise InvalidParameter(
            f"no upload can be called {name!r}", parameter="as", given=name, expected="a name of your own"
        )
