"""The base map: a TopoJSON file of countries, decoded once, with what has no ISO number mapped by hand.

The file is world-atlas 2 (Natural Earth 1:50 million), or another one of the same form. Natural Earth draws who
controls a territory. Here countries are those of M49 and ISO 3166-1, so three outlines that it draws apart, and one
that it draws with another State, are put where these lists have them; `ASIDE` and `MOVED` are the whole of it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.errors import InvalidData

Points = npt.NDArray[np.float64]
"""(n, 2): longitude and latitude in degrees, or x and y in pixels."""

ASIDE = {"Kosovo": "wikidata:Q1246", "Somaliland": "m49:706", "N. Cyprus": "m49:196"}
"""Outlines without a number, by their name in the file -> the identifier of the place that they are drawn as."""
MOVED = (("m49:643", "m49:804", (32.4, 44.3, 36.6, 46.3)),)
"""Parts of one country that are another's: from, to, and the box (west, south, east, north) that holds the part.

Crimea: United Nations General Assembly resolution 68/262.
"""


@dataclass(frozen=True)
class Outline:
    """One country of the map: `code` is scheme:value of an identifier, or empty where the file names none."""

    code: str
    name: str
    rings: tuple[Points, ...]


@dataclass(frozen=True, eq=False)
class Atlas:
    """The outlines of all countries, and the same as TopoJSON with our codes as ids."""

    topology: dict[str, Any]

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """Every country once, in the order of the file."""
        arcs = [*_arcs(self.topology)]
        return tuple(
            Outline(
                shape["id"],
                shape["properties"]["name"],
                tuple(_ring(arcs, ring) for polygon in shape["arcs"] for ring in polygon),
            )
            for shape in self.topology["objects"]["countries"]["geometries"]
        )

    @cached_property
    def as_json(self) -> bytes:
        """What the browser draws from when it zooms."""
        return json.dumps(self.topology, separators=(",", ":")).encode()

    @cached_property
    def digest(self) -> str:
        """A short hash of that."""
        return hashlib.sha256(self.as_json).hexdigest()[:16]


def atlas(file: Path) -> Atlas:
    """Read the base map. Raises InvalidData for a file that is no TopoJSON of countries."""
    try:
        return _read(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise InvalidData(
            f"{file.name} is no map: {error!r}",
            where=str(file),
            expected="TopoJSON with an object `countries`, each with its M49 number as id",
        ) from error


@lru_cache(maxsize=2)
def _read(file: Path, changed: int) -> Atlas:
    read = json.loads(file.read_text(encoding="utf-8"))
    shapes: dict[str, dict[str, Any]] = {}
    for number, shape in enumerate(read["objects"]["countries"]["geometries"]):
        if shape.get("type") not in ("Polygon", "MultiPolygon"):
            continue
        name = str((shape.get("properties") or {}).get("name", ""))
        code = f"m49:{int(shape['id']):03}" if shape.get("id") else ASIDE.get(name, "")
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        known = shapes.setdefault(code or f"-{number}", _shape(code, name))
        # An outline put to a country by hand, or a territory under its number, keeps the country's name.
        if len(polygons) > len(known["arcs"]) and name not in ASIDE:
            known["properties"] = {"name": name}
        known["arcs"] = [*known["arcs"], *polygons]
    kept = {name: read[name] for name in ("type", "arcs", "transform", "bbox") if name in read}
    topology = kept | {"objects": {"countries": {"type": "GeometryCollection", "geometries": [*shapes.values()]}}}
    _move(topology, shapes)
    found = Atlas(topology)
    if not found.outlines:
        raise ValueError("it has no outline")
    return found


def _shape(code: str, name: str) -> dict[str, Any]:
    return {"type": "MultiPolygon", "id": code, "properties": {"name": name}, "arcs": []}


def _move(topology: dict[str, Any], shapes: dict[str, dict[str, Any]]) -> None:
    arcs = [*_arcs(topology)]
    for old, new, (west, south, east, north) in MOVED:
        if old in shapes and new in shapes:
            for polygon in [*shapes[old]["arcs"]]:
                (left, bottom), (right, top) = (f(_ring(arcs, polygon[0])) for f in (_least, _most))
                if west < left and right < east and south < bottom and top < north:
                    shapes[old]["arcs"].remove(polygon)
                    shapes[new]["arcs"].append(polygon)


def _least(ring: Points) -> tuple[float, float]:
    return float(ring[:, 0].min()), float(ring[:, 1].min())


def _most(ring: Points) -> tuple[float, float]:
    return float(ring[:, 0].max()), float(ring[:, 1].max())


def _arcs(topology: dict[str, Any]) -> Iterator[Points]:
    """Each arc in degrees; TopoJSON keeps them as whole steps where it has a transform."""
    transform = topology.get("transform")
    for arc in topology["arcs"]:
        points = np.asarray(arc, dtype=np.float64)[:, :2]
        if transform:
            points = np.cumsum(points, axis=0) * transform["scale"] + transform["translate"]
        yield points


def _ring(arcs: Sequence[Points], numbers: Sequence[int]) -> Points:
    """A closed ring; a negative number is an arc backwards, and each arc begins where the one before ended."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
