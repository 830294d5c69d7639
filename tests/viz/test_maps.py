"""Maps: what is drawn where, against the geometry itself and against d3's own projection."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidData
from graph.library import Library
from graph.tables.world import World
from viz import built
from viz.kept import MOST_KEPT, Kept
from viz.maps.arcs import arcs
from viz.maps.atlas import Atlas, atlas
from viz.maps.coverage import Coverage, coverage
from viz.maps.outlines import Shape, shapes
from viz.maps.picture import MARK, picture
from viz.maps.places import Place, places
from viz.maps.projection import View, fitted, turned

EQUAL_EARTH = {
    # d3-geo 3.1: geoEqualEarthRaw(longitude, latitude in radians), printed once from node.
    (0.0, 0.0): (0.0, 0.0),
    (69.0, 38.5): (0.928066, 0.748195),
    (-120.0, -60.0): (-1.359373, -1.088301),
    (180.0, 83.0): (1.637096, 1.302912),
}


@pytest.fixture(scope="module")
def earth() -> Atlas:
    try:
        return atlas(built.STATIC.parent / built.built("countries-50m.json").lstrip("/"))
    except LookupError:
        pytest.skip("the front end is not built")


@pytest.fixture(scope="module")
def whole(earth: Atlas) -> dict[str, Shape]:
    return {shape.code: shape for shape in shapes(earth, fitted([], 960, 560))}


def square(*boxes: tuple[str | None, str, tuple[float, float, float, float]]) -> dict[str, Any]:
    """A TopoJSON of rectangles (west, south, east, north), each an arc of its own."""
    return {
        "type": "Topology",
        "arcs": [[[w, s], [w, n], [e, n], [e, s], [w, s]] for _, _, (w, s, e, n) in boxes],
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": id_, "properties": {"name": name}, "arcs": [[number]]}
                    for number, (id_, name, _) in enumerate(boxes)
                ],
            }
        },
    }


def drawn(path: str) -> list[np.ndarray[Any, Any]]:
    """The corners of each part of a path of `M x y l dx dy … z`."""
    parts = []
    for part in path.split("M")[1:]:
        start, _, steps = part.rstrip("z").partition("l")
        first = np.array([float(n) for n in start.split()])
        moves = np.array([float(n) for n in steps.split()]).reshape(-1, 2)
        parts.append(np.vstack([first, first + np.cumsum(moves, axis=0)]))
    return parts


def holds(path: str, x: float, y: float) -> bool:
    """Whether a spot lies inside a path, by crossings of a ray (even and odd)."""
    inside = False
    for points in drawn(path):
        for (x1, y1), (x2, y2) in zip(points, np.roll(points, -1, axis=0), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@pytest.mark.parametrize(("degrees", "expected"), EQUAL_EARTH.items())
def test_the_projection_is_that_of_d3(degrees: tuple[float, float], expected: tuple[float, float]) -> None:
    view = View(0, 0, 0.0, 1.0, 0.0, 0.0)
    x, y = view.pixels(np.array([degrees]))[0]
    assert (x, -y) == pytest.approx(expected, abs=2e-5)


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ((69.0, 38.9), "m49:762"),  # Tajikistan
        ((59.0, 39.0), "m49:795"),  # Turkmenistan
        ((21.0, 42.6), "wikidata:Q1246"),  # Kosovo, without a number in the file
        ((45.0, 9.6), "m49:706"),  # Hargeisa: Somaliland is drawn with Somalia
        ((33.6, 35.28), "m49:196"),  # the north of Cyprus
        ((34.1, 45.1), "m49:804"),  # Crimea
        ((-178.0, 67.0), "m49:643"),  # the end of Russia beyond 180 degrees
        ((100.0, 60.0), "m49:643"),
    ],
)
def test_a_spot_lies_in_its_country_and_in_no_other(earth: Atlas, inside: tuple[float, float], code: str) -> None:
    view = fitted([inside], 960, 560)
    x, y = view.point(*inside)
    assert [shape.code for shape in shapes(earth, view) if holds(shape.path, x, y)] == [code]


def test_every_country_of_the_reference_data_has_an_outline_of_its_own(world: World, earth: Atlas) -> None:
    codes = {outline.code for outline in earth.outlines}
    found = places(world, [row["id"] for row in world.rows("select id from place where class = 'con:Country'")])
    without = {place.label for place in found if not codes & set(place.codes)}
    # Natural Earth has no outline at this scale for the smallest territories.
    assert len(found) == 249
    assert without == WITHOUT
    assert not {place.id for place in found if len(codes & set(place.codes)) > 1}


WITHOUT = {
    "Bonaire, Sint Eustatius and Saba", "Bouvet Island", "Christmas Island", "Cocos (Keeling) Islands",
    "French Guiana", "Gibraltar", "Guadeloupe", "Martinique", "Mayotte", "Réunion", "Svalbard and Jan Mayen", "Tokelau",
    "Tuvalu", "United States Minor Outlying Islands",
}  # fmt: skip


def test_land_is_cut_to_the_view_and_never_beyond(earth: Atlas) -> None:
    view = fitted([(66.0, 40.0), (72.0, 38.0)], 760, 560)
    found = shapes(earth, view)
    assert 5 < len(found) < 40
    for shape in found:
        for points in drawn(shape.path):
            assert points[:, 0].min() >= -25
            assert points[:, 0].max() <= view.width + 25
            assert points[:, 1].min() >= -25
            assert points[:, 1].max() <= view.height + 25


def test_a_country_across_the_edge_of_the_world_is_drawn_at_both_sides(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    box = {**square(("001", "Twice", (170, -10, 180, 10)))}
    box["arcs"][0] = [[170, -10], [170, 10], [-170, 10], [-170, -10], [170, -10]]
    file.write_text(json.dumps(box))
    (shape,) = shapes(atlas(file), fitted([], 960, 560))
    parts = drawn(shape.path)
    assert len(parts) == 2
    assert {points[:, 0].mean() > 480 for points in parts} == {True, False}
    (turned_,) = shapes(atlas(file), fitted([(175.0, 0.0), (-175.0, 0.0)], 960, 560))
    assert len(drawn(turned_.path)) == 1


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-55, 75)), min_size=1, max_size=12))
def test_a_view_holds_every_spot_that_it_was_made_for(spots: list[tuple[float, float]]) -> None:
    view = fitted(spots, 760, 560)
    assert 0.6 * 560 <= view.height <= 560
    for spot in spots:
        assert view.holds(*view.point(*spot), margin=-0.2)


def test_a_view_turns_to_the_short_side() -> None:
    assert abs(turned(fitted([(170.0, 0.0), (-170.0, 5.0)], 760, 560).middle, 180.0)) <= 1
    assert fitted([(60.0, 40.0), (70.0, 40.0)], 760, 560).middle == 65


def test_the_file_can_be_another_one(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    file.write_text(json.dumps(square(("7", "Seven", (0, 0, 10, 10)), (None, "Nameless", (10, 0, 20, 10)))))
    found = atlas(file)
    assert [(outline.code, outline.name) for outline in found.outlines] == [("m49:007", "Seven"), ("", "Nameless")]
    file.write_text(json.dumps(square(("8", "Eight", (0, 0, 10, 10)))))
    assert [outline.code for outline in atlas(file).outlines] == ["m49:008"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"objects": {"land": {}}, "arcs": []}',
        '{"objects": {"countries": {"geometries": []}}, "arcs": []}',
    ],
)
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "map.json"
    file.write_text(text)
    with pytest.raises(InvalidData, match=r"map\.json is no map"):
        atlas(file)


def test_places_get_their_outline_by_code_and_the_others_a_mark_or_a_mention(
    library: Library, dataset: Callable[..., Path], tmp_path: Path
) -> None:
    library.ensure(
        [
            dataset(
                {
                    "places": [
                        {"id": "one", "class": "Country", "name": "One", "m49": "007", "latitude": 5, "longitude": 5},
                        {"id": "spot", "class": "City", "name": "Spot", "latitude": 5, "longitude": 14},
                        {"id": "lost", "class": "Country", "name": "Lost"},
                        {"id": "r", "class": "Region", "name": "Region", "latitude": 0, "longitude": 10},
                    ]
                }
            )
        ]
    )
    file = tmp_path / "map.json"
    file.write_text(json.dumps(square(("7", "Seven", (0, 0, 10, 10)), ("8", "Eight", (10, 0, 20, 10)))))
    world = library.world(frozenset(library.datasets()))
    found = places(world, [f"place/tiny.{name}" for name in ("one", "spot", "lost", "r")])
    assert {place.label: place.is_wide for place in found} == {
        "One": False, "Spot": False, "Lost": False, "Region": True,
    }  # fmt: skip
    drawing = picture(atlas(file), found)
    paths = {spot.place.label: bool(spot.path) for spot in drawing.spots}
    assert paths == {"One": True, "Spot": False, "Region": False}
    assert [place.label for place in drawing.absent] == ["Lost"]
    assert [shape.name for shape in drawing.land] == ["Eight"]
    bare = picture(None, found)
    assert {spot.place.label for spot in bare.spots} == {"One", "Spot", "Region"}
    assert bare.land == ()


def test_names_run_into_no_mark_and_no_other_name() -> None:
    crowd = [
        Place(f"place/{number}", f"Place number {number}", "con:City", (60 + number % 9 * 1.3, 35 + number // 9 * 1.1))
        for number in range(54)
    ]
    found = picture(None, crowd)
    boxes = []
    for spot in found.spots:
        if spot.label_at:
            x, y, anchor = spot.label_at
            wide = 6.4 * len(spot.place.label)
            left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
            boxes.append((left, y - 11, left + wide, y + 3))
    assert 3 < len(boxes) < len(crowd)
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= found.view.width
        assert 0 <= top < bottom <= found.view.height
        for other in boxes[:number]:
            assert left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]
        for spot in found.spots:
            nearest = (min(max(spot.x, left), right) - spot.x, min(max(spot.y, top), bottom) - spot.y)
            assert max(abs(nearest[0]), abs(nearest[1])) >= MARK - 0.1


def test_arcs_between_the_same_places_lie_apart() -> None:
    there, back, again = arcs([((0, 0), (200, 0)), ((200, 0), (0, 0)), ((0, 0), (200, 0))])
    middles = [arc.middle for arc in (there, back, again)]
    gaps = [abs(one[1] - two[1]) for number, one in enumerate(middles) for two in middles[:number]]
    assert min(gaps) > 10
    assert there.middle[1] * back.middle[1] < 0
    assert there.x == pytest.approx(200, abs=15)


def test_coverage_tells_part_from_region_from_none(world: World, earth: Atlas) -> None:
    found = coverage(world, earth)
    level = {country.place.id: country.level for country in found.countries}
    assert level["place/tj"] == "partial"
    assert level["place/fr"] == "by-region"
    assert level["place/af"] == "none"
    assert [country.place.id for country in found.unwatched] == ["place/af", "place/kp"]
    assert found.levels == {"complete": 0, "partial": 5, "by-region": 52, "none": 192}
    arms = coverage(world, earth, ["domain/other-contraband"])
    assert {country.level for country in arms.countries} == {"none"}


def test_the_map_of_a_world_is_made_once_and_only_the_last_worlds_are_kept(world: World, earth: Atlas) -> None:
    kept = Kept[Coverage]()

    def seen(of: World) -> Coverage:
        return coverage(of, earth)

    first = kept.of(world, seen)
    assert first == coverage(world, earth)
    assert kept.of(world, seen) is first
    others = [replace(world, settled=f"judgement {n}") for n in range(MOST_KEPT)]
    assert len({other.key for other in others} | {world.key}) == MOST_KEPT + 1
    assert kept.of(others[0], lambda of: coverage(of, None)).picture.land == ()
    for other in others[1:]:
        kept.of(world, seen)
        kept.of(other, lambda of: coverage(of, None))
    assert kept.of(world, seen) is first
    assert len(kept.kept) == MOST_KEPT
    assert others[0].key not in kept.kept
