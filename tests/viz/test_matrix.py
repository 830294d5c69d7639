"""The matrix against a count by hand, and what it says of cells in which nothing is counted."""

from collections.abc import Iterator
from typing import Any

import pytest

from graph.errors import InvalidParameter
from graph.library import Library
from graph.tables.world import World
from tests.conftest import write_dataset
from viz.matrices.matrix import Cell, Matrix, matrix

COUNTRIES = ("aland", "bland", "cland", "dland")
SHEETS: dict[str, list[dict[str, Any]]] = {
    "places": [
        {"id": "wide", "class": "Region", "name": "Wide"},
        {"id": "north", "class": "Region", "name": "North", "within": "wide"},
        *({"id": id_, "class": "Country", "name": id_.title(), "within": "north"} for id_ in COUNTRIES),
        {"id": "far", "class": "Country", "name": "Far"},
    ],
    "actors": [{"id": "a", "class": "Organisation", "name": "A"}, {"id": "b", "class": "Organisation", "name": "B"}],
    "programmes": [
        {"id": "p1", "name": "One", "places": "aland; bland", "domains": "drugs", "status": "active"},
        {"id": "p2", "name": "Two", "places": "aland", "domains": "drugs; arms", "status": "active"},
        {"id": "p3", "name": "Three", "places": "bland", "domains": "arms", "status": "ended"},
        {"id": "p4", "name": "Four", "places": "cland", "domains": "persons", "status": "proposed"},
        {"id": "p5", "name": "Five", "places": "far", "domains": "", "status": "active"},
    ],
    "participations": [
        {"actor": "a", "programme": "p1", "role": "implementing"},
        {"actor": "b", "programme": "p1", "role": "funding"},
        {"actor": "a", "programme": "p2", "role": "implementing"},
        {"actor": "b", "programme": "p3", "role": "implementing"},
        {"actor": "b", "programme": "p4", "role": "implementing"},
        {"actor": "b", "programme": "p5", "role": "implementing"},
    ],
}
COVERAGE = {"places": list(COUNTRIES), "domains": ["drugs", "arms"], "starts": "2000-01-01", "ends": "2020-12-31"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("matrix")
    with Library(folder / "home") as library:
        library.load(write_dataset(folder, SHEETS, coverage=[COVERAGE]))
        yield library.world(library.names())


def counts(found: Matrix) -> dict[tuple[str, str], Cell]:
    return {(r.label, c.label): found.cell(r, c) for r in found.rows for c in found.columns}


def test_cells_and_margins_are_those_of_a_count_by_hand(small: World) -> None:
    found = matrix(small, {})
    cells = counts(found)
    drugs, arms, persons = "Illicit drugs", "Arms", "Trafficking in persons"
    assert cells["Aland", drugs].programmes == 2
    assert cells["Bland", drugs].programmes == 1
    assert cells["Aland", arms].programmes == 1
    assert (cells["Bland", arms].programmes, cells["Bland", arms].running) == (1, 0)
    assert (cells["Cland", persons].programmes, cells["Cland", persons].proposed) == (0, 1)
    assert cells["Far", "not told"].programmes == 1
    rows = {row.label: row.programmes for row in found.rows}
    columns = {column.label: column.programmes for column in found.columns}
    # Two has two domains and stands once in the margin; One has two places and stands once in its column.
    assert rows == {"Aland": 2, "Bland": 2, "Cland": 0, "Dland": 0, "Far": 1}
    assert columns[drugs] == 2
    assert columns[arms] == 2
    assert (found.programmes, found.proposed) == (4, 1)


def test_an_empty_cell_says_why(small: World) -> None:
    states = {key: cell.state for key, cell in counts(matrix(small, {})).items()}
    assert states["Aland", "Illicit drugs"] == "counted"
    assert states["Bland", "Arms"] == "ended"
    assert states["Cland", "Trafficking in persons"] == "planned"
    assert states["Cland", "Arms"] == "none-recorded"
    assert states["Dland", "Illicit drugs"] == "none-recorded"
    assert states["Aland", "Trafficking in persons"] == "no-source"
    assert states["Far", "Arms"] == "no-source"


def test_a_dataset_covers_only_its_own_time(small: World) -> None:
    inside = counts(matrix(small, {"from": ["2019-01-01"], "place": ["dland"], "domain": ["arms"]}))
    after = counts(matrix(small, {"from": ["2021-01-01"], "place": ["dland"], "domain": ["arms"]}))
    assert {key: cell.state for key, cell in inside.items()} == {("Dland", "Arms"): "none-recorded"}
    assert {key: cell.state for key, cell in after.items()} == {("Dland", "Arms"): "no-source"}


def test_what_is_left_out_and_what_is_grouped(small: World) -> None:
    assert {row.label for row in matrix(small, {"empty": ["left out"]}).rows} == {"Aland", "Bland", "Cland", "Far"}
    groups = matrix(small, {"group": ["by region or theme"]}).groups
    assert [(name, [row.label for row in rows]) for name, rows in groups] == [
        ("North", ["Aland", "Bland", "Cland", "Dland"]),
        ("No group", ["Far"]),
    ]
    themes = matrix(small, {"rows": ["domain"], "columns": ["actor"], "group": ["by region or theme"]})
    assert {row.label: row.group for row in themes.rows}["Arms"] == "Arms"


def test_order_by_number(small: World) -> None:
    most = [row.programmes for row in matrix(small, {"sort": ["most first"]}).rows]
    fewest = [row.programmes for row in matrix(small, {"sort": ["fewest first"]}).rows]
    assert most == sorted(most, reverse=True)
    assert fewest == sorted(fewest)
    assert len(set(most)) > 1


def test_filters_change_numbers_and_margins_alike(small: World) -> None:
    found = matrix(small, {"actor": ["B"], "role": ["funding"], "rows": ["place"], "columns": ["role"]})
    assert found.programmes == 1
    assert {row.label: row.programmes for row in found.rows if row.programmes} == {"Aland": 1, "Bland": 1}


def test_a_wrong_layout_is_refused_by_name(small: World) -> None:
    with pytest.raises(InvalidParameter, match="sort cannot be 'sideways'"):
        matrix(small, {"sort": ["sideways"]})
