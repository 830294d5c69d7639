"""Ids out of identifiers: safe in a path, and the identifier can be read back from them."""

import re
import sqlite3

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")
_ESCAPED = re.compile(r"(?:_[0-9A-F]{2})+")


def escaped(identifier: str) -> str:
    """`GB-1/2` -> `GB-1_2F2`: letters, digits, dots and hyphens stay, each byte of the rest becomes _ and two digits.

    Not the percent sign, which servers and browsers undo on the way.
    """
    return _UNSAFE.sub(lambda m: "".join(f"_{byte:02X}" for byte in m[0].encode()), identifier)


def unescaped(slug: str) -> str:
    """The identifier that `escaped` was given."""
    return _ESCAPED.sub(lambda m: bytes.fromhex(m[0].replace("_", "")).decode(), slug)


class Seen:
    """What came by already, on disk beyond some megabytes: a file may name any number of things."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", check_same_thread=False)  # a temporary file of SQLite's own
        self._connection.executescript(
            "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32000;"
        )
        self._connection.execute("create table seen (id text primary key, value text) without rowid")

    def first(self, kind: str, id: str) -> bool:
        """Whether `id` comes by for the first time."""
        return self._add(f"{kind} {id}", "")

    def keep(self, kind: str, id: str, value: str) -> None:
        """Give `id` a value, unless it has one."""
        self._add(f"{kind} {id}", value)

    def known(self, kind: str, id: str) -> str | None:
        """The value of `id`, None where it never came by."""
        row = self._connection.execute("select value from seen where id = ?", (f"{kind} {id}",)).fetchone()
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Give the disk space back."""
        self._connection.close()

    def _add(self, id: str, value: str) -> bool:
        return self._connection.execute("insert or ignore into seen values (?, ?)", (id, value)).rowcount == 1
