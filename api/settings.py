"""Settings: read once from the environment, frozen, passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import platformdirs

from graph.errors import InvalidParameter
from graph.library import Library
from graph.store.embedded import EmbeddedStore
from graph.store.endpoint import EndpointStore

SHIPPED = Path(__file__).parent.parent / "data"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Settings:
    """What a person may choose.

    home     the home directory: CONCERT_HOME, else the user's data directory
    store    URL of a SPARQL 1.1 service (CONCERT_STORE), or None for the embedded store;
             its query, update and graph-store addresses are <url>/query, /update and /store
             unless CONCERT_STORE_QUERY, _UPDATE or _GRAPHS name others
    shipped  dataset folders that every start makes sure of, in the order in which they use one another
    writing  whether requests may change anything (CONCERT_WRITE); None: those of the machine itself, see `writing.py`
    writer   the name under which they do (CONCERT_NAME)

    atlas    a TopoJSON file of countries to draw maps on (CONCERT_ATLAS), or None for the one that is built in

    Bounds, each of one request: upload_bytes (CONCERT_UPLOAD_MB, in millions of bytes), export_bytes
    (CONCERT_EXPORT_MB) and export_seconds (CONCERT_EXPORT_SECONDS).
    """

    home: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir("concert")))
    host: str = "127.0.0.1"
    port: int = 8000
    store_query: str | None = None
    store_update: str | None = None
    store_graphs: str | None = None
    shipped: tuple[Path, ...] = (SHIPPED / "reference", SHIPPED / "paper-2003")
    writing: bool | None = None
    writer: str = "local"
    atlas: Path | None = None
    upload_bytes: int = 2_000_000_000
    export_bytes: int = 4_000_000_000
    export_seconds: int = 600

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment. Raises InvalidParameter for a value that means nothing."""
        given = {name: value for name, value in environment.items() if value}
        store = given.get("CONCERT_STORE", "").rstrip("/")
        settings = cls(
            host=given.get("HOST", cls.host),
            port=_port(given.get("PORT", str(cls.port))),
            store_query=given.get("CONCERT_STORE_QUERY") or (store and f"{store}/query") or None,
            store_update=given.get("CONCERT_STORE_UPDATE") or (store and f"{store}/update") or None,
            store_graphs=given.get("CONCERT_STORE_GRAPHS") or (store and f"{store}/store") or None,
            writing=_choice(given, "CONCERT_WRITE"),
            writer=given.get("CONCERT_NAME", cls.writer),
            atlas=Path(given["CONCERT_ATLAS"]).expanduser() if "CONCERT_ATLAS" in given else None,
            upload_bytes=_number(given, "CONCERT_UPLOAD_MB", cls.upload_bytes // MEGABYTE) * MEGABYTE,
            export_bytes=_number(given, "CONCERT_EXPORT_MB", cls.export_bytes // MEGABYTE) * MEGABYTE,
            export_seconds=_number(given, "CONCERT_EXPORT_SECONDS", cls.export_seconds),
        )
        home = given.get("CONCERT_HOME")
        return settings if home is None else settings.at(Path(home).expanduser())

    def at(self, home: Path) -> "Settings":
        """The same with another home directory."""
        return Settings(**{**self.__dict__, "home": home})

    def open_library(self) -> Library:
        """The library of this home, over the store that was chosen."""
        if self.store_query and self.store_update and self.store_graphs:
            query, update, graphs = self.store_query, self.store_update, self.store_graphs
            return Library(self.home, lambda: EndpointStore(query, update, graphs, httpx.Client(timeout=60)))
        return Library(self.home, lambda: EmbeddedStore(self.home / "store"))


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise InvalidParameter(f"PORT cannot be {text!r}", parameter="PORT", given=text, expected="1 to 65535")
    return int(text)


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, str(default))
    if not text.isdecimal() or not 0 < int(text) < 10**9:
        raise InvalidParameter(
            f"{name} cannot be {text!r}", parameter=name, given=text, expected="a whole number from 1"
        )
    return int(text)


def _choice(given: Mapping[str, str], name: str) -> bool | None:
    text = given.get(name)
    if text not in (None, "yes", "no"):
        raise InvalidParameter(f"{name} cannot be {text!r}", parameter=name, given=text, expected="yes or no")
    return None if text is None else text == "yes"
