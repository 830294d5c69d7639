"""Sheets into claims: what is read, and what is refused with its place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InvalidData
from graph.library import Library

PLACES = [{"id": "tj", "name": "Tajikistan", "class": "Country"}]
ACTORS = [{"id": "a", "class": "Agency", "name": "An agency"}]
PROGRAMMES = [{"id": "p", "name": "A programme", "places": "tj", "domains": "drugs"}]
Write = Callable[..., Path]


def refusal(library: Library, folder: Path) -> str:
    with pytest.raises(InvalidData) as caught:
        library.load(folder)
    assert library.datasets() == {}, "something was loaded all the same"
    assert not any((library.home.path / "datasets").iterdir()), "something was left behind"
    return str(caught.value)


@pytest.mark.parametrize(
    ("sheet", "row", "told"),
    [
        ("places", {"id": "Tj Place", "name": "x"}, ["places.csv row 2", "id", "Tj Place", "slug"]),
        ("places", {"id": "x"}, ["places.csv row 2", "name", "required"]),
        ("places", {"id": "x", "name": "X", "class": "Land"}, ["class", "'Land'", "Country"]),
        ("places", {"id": "x", "name": "X", "within": "nowhere"}, ["within", "'nowhere'", "id of a place"]),
        ("places", {"id": "x", "name": "X", "latitude": "38° N"}, ["latitude", "number"]),
        ("places", {"id": "x", "name": "X", "latitude": "NaN"}, ["latitude", "number"]),
        ("programmes", {"id": "x", "name": "X", "starts": "14.5.2003"}, ["starts", "2003-05-14"]),
        ("programmes", {"id": "x", "name": "X", "starts": "2003-02-30"}, ["starts", "2003-02-30"]),
        ("programmes", {"id": "x", "name": "X", "domains": "drugs; weapons"}, ["domains", "drug", "arms"]),
        ("assessments", {"id": "x", "about": "p", "rating": "useful", "description": "x"}, ["about", "kind:slug"]),
        ("sources", {"id": "x", "name": "write to somebody@example.org"}, ["sources.csv row 2"]),
    ],
)
def test_a_bad_cell_is_refused_with_its_place(
    library: Library, dataset: Write, sheet: str, row: dict[str, Any], told: list[str]
) -> None:
    text = refusal(library, dataset({sheet: [row]}))
    assert all(part in text for part in told), text


def test_every_bad_row_is_named_once(library: Library, dataset: Write) -> None:
    rows = [{"id": f"p{n}", "name": "x", "starts": "soon", "ends": "later"} for n in range(3)]
    text = refusal(library, dataset({"programmes": rows}))
    assert "3 of 3 rows" in text
    assert text.count("starts: got 'soon'") == 3


def test_an_id_twice_is_refused(library: Library, dataset: Write) -> None:
    text = refusal(library, dataset({"places": PLACES * 2}))
    assert "row 3" in text
    assert "row 2 has this one already" in text


def test_an_unknown_sheet_or_column_is_refused(library: Library, dataset: Write) -> None:
    assert "persons.csv" in refusal(library, dataset({"persons": [{"id": "x"}]}))


def test_a_misspelt_column_is_refused(library: Library, dataset: Write) -> None:
    assert "'nmae'" in refusal(library, dataset({"places": [{"id": "x", "nmae": "X"}]}))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"id,name\nx,\xff\xfe", "UTF-8"),
        (b"id,name,name\nx,y,z", "twice"),
        (b"id,name\nx,y,z", "3 cells under 2 columns"),
        (b'id,name\nx,"y', "not a CSV table"),
    ],
)
def test_a_broken_file_is_refused(library: Library, dataset: Write, content: bytes, told: str) -> None:
    folder = dataset({})
    (folder / "places.csv").write_bytes(content)
    assert told in refusal(library, folder)


def test_rows_within_the_allowed_share_are_told_and_left_out(library: Library, dataset: Write) -> None:
    folder = dataset({"places": [*PLACES, {"id": "x", "name": ""}]}, reject_share=0.5)
    loaded = library.load(folder)
    assert [str(r) for r in loaded.rejected] == ["places.csv row 3, name: got '', expected a value: name is required"]
    assert loaded.manifest.taken == {"places": 1}
    assert loaded.manifest.rejected == 1


def test_a_row_without_a_source_rests_on_the_dataset_and_its_own_line(library: Library, dataset: Write) -> None:
    library.load(dataset({"places": PLACES, "actors": ACTORS}))
    claims = library.world(frozenset({"tiny"})).rows("select * from claim where id = 'actor/tiny.a'")
    assert claims[0]["source"] == "source/dataset-tiny"
    assert claims[0]["locators"] == ["actors.csv row 2"]


def test_own_ids_are_minted_under_the_datasets_name(library: Library, dataset: Write) -> None:
    library.load(dataset({"places": PLACES}))
    library.load(dataset({"places": [{**PLACES[0], "name": "Another"}]}, name="other"))
    rows = library.world(frozenset({"tiny", "other"})).rows(
        "select id, label from thing where kind = 'place' order by id"
    )
    assert [row["id"] for row in rows] == ["place/other.tj", "place/tiny.tj"]


def test_a_dataset_may_refer_to_one_that_it_uses_and_to_no_other(library: Library, dataset: Write) -> None:
    library.load(dataset({"places": PLACES}, name="base", prefix=""))
    using = {"actors": [{**ACTORS[0], "seat": "tj"}]}
    library.load(dataset(using, name="good", uses=["base"]))
    with pytest.raises(InvalidData, match="id of a place in this dataset or in one that it uses"):
        library.load(dataset(using, name="bad"))
    with pytest.raises(InvalidData, match="uses nothing, which is not loaded"):
        library.load(dataset(using, name="worse", uses=["nothing"]))


@pytest.mark.parametrize(
    ("described", "told"),
    [
        ({"name": "Tiny One"}, "name"),
        ({"licence": ""}, "licence"),
        ({"color": "red"}, "color"),
        ({"expect": {"places": [5, 9]}}, "1 rows, outside the bounds"),
        ({"expect": {"places": [9, 5]}}, "lower bound 9 is above"),
        ({"coverage": [{"places": ["zz"], "domains": ["drugs"]}]}, "zz"),
        (
            {"coverage": [{"places": ["tj"], "domains": ["drugs"], "starts": "2003-01-01", "ends": "2002-01-01"}]},
            "after",
        ),
    ],
)
def test_a_wrong_description_is_refused(library: Library, dataset: Write, described: dict[str, Any], told: str) -> None:
    folder = dataset({"places": PLACES}, **{"name": "tiny", **{k: v for k, v in described.items() if k != "name"}})
    if "name" in described:
        text = (folder / "dataset.yml").read_text(encoding="utf-8").replace("name: tiny", f"name: {described['name']}")
        (folder / "dataset.yml").write_text(text, encoding="utf-8")
    assert told in refusal(library, folder)


def test_rdf_files_of_a_dataset_are_claims_too(library: Library, dataset: Write) -> None:
    folder = dataset({"places": PLACES})
    (folder / "more.ttl").write_text(
        "@prefix con: <https://w3id.org/concert/ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<actor/b> a con:Agency ; rdfs:label "B"@en ; con:source <source/dataset-tiny> .\n',
        encoding="utf-8",
    )
    library.load(folder)
    assert library.world(frozenset({"tiny"})).rows("select label from thing where id = 'actor/b'") == [{"label": "B"}]
    (folder / "more.ttl").write_text("<actor/b> a ", encoding="utf-8")
    with pytest.raises(InvalidData, match=r"more\.ttl is not valid RDF"):
        library.load(folder)
