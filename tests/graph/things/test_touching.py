"""What touches a thing: the first rows of each section, the same as the questions tell, and never more than a few."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask
from graph.tables.world import World
from graph.things import touching as module
from graph.things.alike import alike
from graph.things.section import Section
from graph.things.touching import touching, years

SMALL: dict[str, list[dict[str, Any]]] = {
    "places": [
        {"id": "land", "name": "Landia", "class": "Country"},
        {"id": "far", "name": "Faria", "class": "Country"},
    ],
    "actors": [{"id": name, "class": "Agency", "name": f"Agency {name}"} for name in "abc"],
    "programmes": [
        {
            "id": f"p{n}",
            "name": f"Effort {n}",
            "places": "land",
            "domains": "drugs",
            "responses": "training",
            "targets": "police",
            "starts": f"200{n}-01-01",
            "ends": f"200{n + 1}-06-30",
        }
        for n in range(1, 4)
    ],
    "participations": [
        {"actor": name, "programme": f"p{n}", "role": "implementing"} for n, name in enumerate("abc", start=1)
    ],
    "ties": [
        {"actor": "a", "kind": "member-of", "other": "b"},
        {"actor": "a", "kind": "member-of", "other": "c"},
        {"actor": "c", "kind": "obstructs", "other": "a"},
    ],
    "flows": [{"id": "f", "class": "DrugsFlow", "name": "The flow", "domains": "drugs"}],
    "legs": [{"flow": "f", "place": "land", "role": "transit", "next": "far"}],
    "observations": [
        {
            "id": "o1",
            "measure": "seizures",
            "value": "5",
            "unit": "kilogram",
            "place": "land",
            "domain": "drugs",
            "about": "flow:f",
            "description": "Seized on its way.",
        },
    ],
}


@pytest.fixture
def small(library: Library, dataset: Callable[..., Path]) -> World:
    library.load(dataset(SMALL))
    return library.world(frozenset({"tiny"}))


def sections(world: World, id_: str) -> dict[str, Section]:
    return {each.name: each for each in touching(world, id_.partition("/")[0], id_)}


def test_a_place_has_its_programmes_its_gaps_and_the_pairs_that_meet_there(small: World) -> None:
    found = sections(small, "place/tiny.land")
    assert [row["programme"]["label"] for row in found["presences"].rows] == ["Effort 1", "Effort 2", "Effort 3"]
    assert found["gaps"].total == ask(small, "gaps", {"place": ["place/tiny.land"], "status": module.OPEN}).total > 0
    pairs = {(row["programme"]["label"], row["other"]["label"]) for row in found["pairs"].rows}
    assert pairs == {("Effort 1", "Effort 2"), ("Effort 2", "Effort 3")}
    assert all(row["sources"] for row in found["presences"].rows)


def test_in_each_year_as_many_are_at_work_as_by_hand(small: World) -> None:
    counted = {2001: 1, 2002: 2, 2003: 2, 2004: 1}
    assert years(small, "place", "place/tiny.land") == counted
    assert years(small, "actor", "actor/tiny.b") == {2002: 1, 2003: 1}
    assert years(small, "place", "place/tiny.far") == {}


def test_ties_go_both_ways_and_the_rarer_kinds_come_first(small: World) -> None:
    ties = sections(small, "actor/tiny.a")["ties"]
    told = [(row["actor"]["label"], row["kind"]["label"], row["other"]["label"]) for row in ties.rows]
    assert told[0] == ("Agency c", "Obstructs", "Agency a")
    assert ties.total == len(told) == 3


def test_a_flow_has_its_legs_its_figures_and_the_gaps_on_its_way(small: World) -> None:
    found = sections(small, "flow/tiny.f")
    assert [(row["place"]["label"], row["next"]["label"]) for row in found["legs"].rows] == [("Landia", "Faria")]
    assert [row["shown"] for row in found["figures"].rows] == [["5"]]
    assert {row["place"]["label"] for row in found["gaps"].rows} == {"Landia"}


def test_of_a_programme_the_pairs_are_those_of_the_question_that_name_it(world: World) -> None:
    whole = ask(world, "overlaps", {}, 10_000)
    for id_ in ("programme/unodc-drug-control-central-asia", "programme/drug-control-agency-dushanbe"):
        rows, total, at_least = alike(world, id_, {}, 100)
        told = {(row["programme"], row["other"]): (row["score"], row["verdict"]) for row in rows}
        asked = {
            (row["programme"]["id"], row["other"]["id"]): (row["score"], row["verdict"]["id"])
            for row in whole.rows
            if id_ in (row["programme"]["id"], row["other"]["id"])
        }
        assert {frozenset(pair): told[pair] for pair in told} == {frozenset(pair): asked[pair] for pair in asked}
        assert total == len(asked) > 0
        assert not at_least


def test_no_section_lists_more_than_a_few_and_each_says_how_many_there_are(world: World) -> None:
    for id_ in ("place/tj", "actor/osce", "flow/persons-central-asia-labour-migration", "source/osce-ef-del-3-03"):
        for section in touching(world, id_.partition("/")[0], id_):
            assert len(section.rows) <= max(module.MANY, len(module.OF_STATED) * 20)
            assert section.total >= len(section.rows) > 0
    ties = sections(world, "actor/osce")["ties"]
    assert len(ties.rows) == module.MANY < ties.total


def test_what_is_not_asked_for_a_dossier_has_no_rows(world: World) -> None:
    told = {"contested-figures": "contested", "possible-duplication": "pairs"}
    places = {row["place"] for row in world.rows("select distinct place from observation where place is not null")}
    few = "select place from place_set join effort using (place_set) group by place having count(*) = 1"
    places |= {row["place"] for row in world.rows(few)}
    seen = {name: set[bool]() for name in told}
    for place in sorted(places):
        found = sections(world, place)
        for name, section in told.items():
            rows = ask(world, name, {"place": [place]}, limit=1).rows
            assert (section in found) == bool(rows), (place, name)
            seen[name].add(bool(rows))
    assert all(answers == {True, False} for answers in seen.values())


def test_where_there_are_many_programmes_pairs_are_left_to_their_own_page(
    small: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SEARCHED", 2)
    pairs = sections(small, "place/tiny.land")["pairs"]
    assert not pairs.rows
    assert "3 programmes" in pairs.refused


@pytest.mark.parametrize("id_", ["place/tj", "place/central-asia", "actor/osce", "actor/unodc", "actor/iom"])
def test_programmes_are_counted_for_pairs_as_they_are_listed(
    id_: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SEARCHED", 0)
    found = sections(world, id_)
    assert f"There are {found['presences'].total:,} programmes" in found["pairs"].refused


def test_figures_contested_by_a_source_are_told_with_every_report(world: World) -> None:
    figures = sections(world, "source/osce-ef-del-3-03")["figures"]
    assert all(row["contested"] for row in figures.rows)
    assert ["55", "55–400"] in [row["shown"] for row in figures.rows]


@pytest.mark.parametrize("kind", ["dataset", "domain", "leg", "nothing"])
def test_other_kinds_have_no_sections(world: World, kind: str) -> None:
    assert touching(world, kind, f"{kind}/x") == []
