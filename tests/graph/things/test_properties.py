"""Types and properties of things: what is above a type, and what a property tells."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.library import Library
from graph.tables.world import World
from graph.things.properties import properties, property_of, told, values
from graph.things.types import type_of, types, types_of


def test_types_know_what_is_above_them() -> None:
    assert type_of("con:internationalorganisation").within == ("Actor", "InternationalOrganisation", "Organisation")
    assert type_of("https://w3id.org/concert/ns#Country").broader == ("Place",)
    assert types()["Actor"].broader == ()
    assert [one.id for one in types_of(["con:Foundation"])] == ["Foundation", "Organisation", "Actor"]
    assert types_of(["con:DrugsFlow"]) == []


@pytest.mark.parametrize(
    ("property_", "id_", "expected"),
    [
        ("country", "actor/iom", []),
        ("country", "actor/state-tj", ["place/tj"]),
        ("country", "actor/drug-control-agency-tajikistan", ["place/tj"]),
        ("country", "place/tj", ["place/tj"]),
        ("country", "place/dushanbe", ["place/tj"]),
        ("country", "programme/osce-economic-forum-2003", ["place/cz"]),
        ("class", "actor/iom", ["International organisation"]),
        ("part_of", "actor/odihr", ["actor/osce"]),
        ("part_of", "place/dushanbe", ["place/tj"]),
        ("seat", "actor/iom", ["place/geneva"]),
        ("acronym", "actor/iom", ["IOM"]),
        ("label", "actor/iom", ["International Organization for Migration"]),
        ("identifier", "actor/iom", ["47066", "XM-DAC-47066"]),
        ("iati-organisation", "actor/iom", ["XM-DAC-47066"]),
        ("iso3166-1-alpha3", "place/tj", ["TJK"]),
        ("iso3166-1-alpha3", "actor/iom", []),
        ("status", "programme/osce-economic-forum-2003", ["status/proposed"]),
        ("starts", "programme/osce-economic-forum-2003", ["2003-05-20"]),
        ("domain", "actor/iom", []),
        ("name", "actor/nobody-at-all", []),
    ],
)
def test_what_a_property_tells(world: World, property_: str, id_: str, expected: list[str]) -> None:
    found = values(world, property_of(property_), [id_])[id_]
    assert [value["id"] if isinstance(value, dict) else str(value) for value in found] == expected


def test_every_property_can_be_asked_of_everything(world: World) -> None:
    things = world.rows("select id, kind from thing where kind in ('actor', 'place', 'programme')")
    ids = {row["id"]: row["kind"] for row in things}
    for one in properties().values():
        found = values(world, one, ids)
        assert {ids[id_] for id_, some in found.items() if some} <= set(one.kinds), one.id
        assert any(found.values()) or one.id == "iati-activity", one.id
        for value in (value for some in found.values() for value in some):
            assert len(told(value)) == (2 if isinstance(value, dict) else 1)


def test_the_country_of_an_actor_is_that_of_the_nearest_whole_that_has_one(
    library: Library, dataset: Callable[..., Path]
) -> None:
    places = [
        {"id": "land", "name": "Landia", "class": "Country"},
        {"id": "town", "name": "Townia", "class": "City", "within": "land"},
        {"id": "other", "name": "Otheria", "class": "Country"},
    ]
    actors = [
        {"id": "ministry", "class": "Agency", "name": "Ministry", "state": "land", "seat": "other"},
        {"id": "section", "class": "Unit", "name": "Section", "part_of": "ministry"},
        {"id": "post", "class": "Unit", "name": "Post", "part_of": "section", "seat": "other"},
        {"id": "league", "class": "InternationalOrganisation", "name": "League", "seat": "town"},
        {"id": "mission", "class": "Unit", "name": "Mission", "part_of": "league"},
        {"id": "charity", "class": "NonGovernmentalOrganisation", "name": "Charity", "seat": "town"},
    ]
    library.load(dataset({"places": places, "actors": actors}))
    world = library.world(frozenset({"tiny"}))
    ids = [f"actor/tiny.{actor['id']}" for actor in actors]
    found = values(world, property_of("country"), ids)
    names = {
        id_.partition(".")[2]: [one["name"] for one in some if isinstance(one, dict)] for id_, some in found.items()
    }
    assert names == {
        "ministry": ["Landia"],
        "section": ["Landia"],
        "post": ["Otheria"],
        "league": [],
        "mission": [],
        "charity": ["Landia"],
    }
