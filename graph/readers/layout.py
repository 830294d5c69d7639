"""The layout of the sheets: `sheets.yml` as values, so that reader, templates and documentation agree."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LAYOUT = Path(__file__).parent / "sheets.yml"
NAMESPACES = {
    "con": "https://w3id.org/concert/ns#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
}


@dataclass(frozen=True)
class Column:
    """One column: how its cells are read and which property they state."""

    name: str
    type: str
    property: str
    of: tuple[str, ...]
    many: bool
    required: bool
    lang: str | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: the kind and class of its rows, the key of its links, and its columns."""

    name: str
    kind: str
    class_: str
    key: tuple[str, ...]
    columns: dict[str, Column]

    def classes(self) -> tuple[str, ...]:
        """Local names of every class that a row of this sheet can have."""
        column = self.columns.get("class")
        return (self.class_, *(c for c in (column.of if column else ()) if c != self.class_))


def iri(curie: str) -> str:
    """Expand `con:actor` and the like."""
    prefix, _, local = curie.partition(":")
    return NAMESPACES[prefix] + local


def _column(name: str, spec: dict[str, Any]) -> Column:
    of = spec.get("of", ())
    kind = spec["type"]
    stated = {"notation": "skos:notation", "class": "rdf:type"}.get(kind) or spec["property"]
    return Column(
        name=name,
        type=kind,
        property=iri(stated),
        of=(of,) if isinstance(of, str) else tuple(of),
        many=spec.get("many", False),
        required=spec.get("required", False),
        lang=spec.get("lang"),
    )


@cache
def sheets() -> dict[str, Sheet]:
    """Every sheet by its name, which is also the stem of its CSV file."""
    raw = yaml.safe_load(LAYOUT.read_text(encoding="utf-8"))
    evidence = {name: _column(name, spec) for name, spec in raw["evidence"].items()}
    return {
        name: Sheet(
            name=name,
            kind=spec["kind"],
            class_=spec["class"],
            key=tuple(spec.get("key", ())),
            columns={n: _column(n, c) for n, c in spec["columns"].items()} | evidence,
        )
        for name, spec in raw["sheets"].items()
    }
