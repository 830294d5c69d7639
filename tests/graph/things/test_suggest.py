"""Suggestions while somebody types: things, types and properties."""

from graph.tables.world import World
from graph.things.spellings import Shelf
from graph.things.suggest import PAGE, suggest_properties, suggest_things, suggest_types
from graph.things.types import types


def test_suggestions_by_the_start_of_a_name_then_of_a_word(world: World, shelf: Shelf) -> None:
    found = [one.id for one in suggest_things(world, shelf, "tajik")]
    assert {"place/tj", "actor/state-tj"} <= set(found[:4])
    assert suggest_things(world, shelf, "actor/iom")[0].id == "actor/iom"
    assert [one.id for one in suggest_things(world, shelf, "XM-DAC-4706")] == ["actor/iom"]
    assert "actor/iom" in [one.id for one in suggest_things(world, shelf, "migration")]
    assert [one.id for one in suggest_things(world, shelf, "Таджикис", type_="Country")] == ["place/tj"]
    assert suggest_things(world, shelf, "!!") == []
    assert suggest_things(world, shelf, "no such thing at all") == []


def test_suggestions_go_on_where_the_page_before_ended(world: World, shelf: Shelf) -> None:
    pages = [[one.id for one in suggest_things(world, shelf, "", skip)] for skip in range(0, 5000, PAGE)]
    flat = [id_ for page in pages for id_ in page]
    known = world.rows("select count(distinct id) as n from thing where kind in ('actor', 'place', 'programme')")
    assert len(flat) == len(set(flat)) == known[0]["n"]
    assert [one.id for one in suggest_things(world, shelf, "", 7)] == flat[7 : 7 + PAGE]


def test_types_and_properties_are_suggested_by_id_and_name() -> None:
    assert [one.id for one in suggest_types("org")] == [
        "InternationalOrganisation",
        "NonGovernmentalOrganisation",
        "Organisation",
    ]
    assert [one.id for one in suggest_types("")][:3] == ["Actor", "Place", "Programme"]
    assert [one.id for one in suggest_types("", 3)] == [one.id for one in suggest_types("")][3:] + [*types()][
        PAGE : PAGE + 3
    ]
    assert [one.id for one in suggest_properties("iso")] == ["iso3166-1-alpha2", "iso3166-1-alpha3", "iso3166-2"]
    assert suggest_properties("iso", type_="Agency") == []
    assert "part_of" in [one.id for one in suggest_properties("part")]
