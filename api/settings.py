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


@dataclass(frozen=True)
class Settings:
    """What a person may choose.

    home     the home directory: CONCERT_HOME, else the user's data directory
    store    URL of a SPARQL 1.1 service (CONCERT_STORE), or None for the embedded store;
             its query, update and graph-store addresses are <url>/query, /update and /store
             unless CONCERT_STORE_QUERY, _UPDATE or _GRAPHS name others
    shipped  dataset folders that every start makes sure of, in the order in which they use one another
    """

    home: Path = field(default_factory=lambda: Path(platformdirs.user_data_dir("concert")))
    host: str = "127.0.0.1"
    port: int = 8000
    store_query: str | None = None
    store_update: str | None = None
    store_graphs: str | None = None
    shipped: tuple[Path, ...] = (SHIPPED / "reference", SHIPPED / "paper-2003")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment. Raises InvalidParameter for a port that is none."""
        given = {name: value for name, value in environment.items() if value}
        store = given.get("CONCERT_STORE", "").rstrip("/")
        settings = cls(
            host=given.get("HOST", cls.host),
            port=_port(given.get("PORT", str(cls.port))),
            store_query=given.get("CONCERT_STORE_QUERY") or (store and f"{store}/query") or None,
            store_update=given.get("CONCERT_STORE_UPDATE") or (store and f"{store}/update") or None,
            store_graphs=given.get("CONCERT_STORE_GRAPHS") or (store and f"{store}/store") or None,
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
