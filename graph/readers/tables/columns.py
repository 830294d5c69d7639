"""The cells of one row under its hashtags."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.readers.tables.tags import Tag

SEVERAL = re.compile(r"\s*[;|]\s*")
LISTED = re.compile(r"\s*[;|,]\s*")
CODES = frozenset({"code", "id", "v_pcode", "pcode"})


@dataclass(frozen=True)
class Columns:
    """A row with the tags of its columns."""

    tags: list[Tag]
    cells: list[str]

    def of(self, name: str) -> Iterator[tuple[Tag, str]]:
        """Each filled column with this tag."""
        for tag in self.tags:
            if tag.name == name and tag.column < len(self.cells) and self.cells[tag.column]:
                yield tag, self.cells[tag.column]

    def texts(self, name: str) -> list[str]:
        """The words under a tag, one for each value, without codes and counts by attribute."""
        found = [
            part
            for tag, text in self.of(name)
            if not tag.attributes & CODES
            for part in ((LISTED if "list" in tag.attributes else SEVERAL).split(text))
        ]
        return list(dict.fromkeys(part for part in found if part))

    def text(self, name: str, attribute: str | None = None) -> str:
        """The first cell under a tag, with an attribute where one is asked for."""
        return next((text for tag, text in self.of(name) if attribute is None or attribute in tag.attributes), "")

    def code(self, name: str) -> str:
        """The first cell under a tag that is marked as a code."""
        return next((text for tag, text in self.of(name) if tag.attributes & CODES), "")

    def name(self, name: str) -> str:
        """The first cell under a tag that is not marked as a code."""
        return next((text for tag, text in self.of(name) if not tag.attributes & CODES), "")
