"""Reconciliation: the right thing first, a match only where one is clearly right, nothing from outside the world."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidParameter
from graph.library import Library
from graph.tables.world import World
from graph.things.agreement import likeness
from graph.things.asked import Query
from graph.things.introduction import introduce
from graph.things.properties import property_of, values
from graph.things.reconcile import Candidate, reconcile
from graph.things.spellings import Shelf
from graph.things.suggest import suggest_things

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def ask(world: World, shelf: Shelf, query: str | None = None, **given: Any) -> list[Candidate]:
    asked = given if query is None else {"query": query, **given}
    return reconcile(world, shelf, {"q": Query.model_validate(asked)})["q"]


def matched(candidates: list[Candidate]) -> list[str]:
    return [candidate.id for candidate in candidates if candidate.match]


@pytest.mark.parametrize(
    "text",
    [
        "International Organization for Migration",
        "international organization for MIGRATION ",
        "International Organisation for Migration",
        "IOM",
        "I.O.M.",
        "International Organization for Migration (IOM)",
        "Международная организация по миграции",
        "XM-DAC-47066",
        "xm-dac-47066",
        "47066",
        "actor/iom",
        "https://w3id.org/concert/id/actor/iom",
    ],
)
def test_an_actor_by_any_of_its_names_and_identifiers_is_matched(world: World, shelf: Shelf, text: str) -> None:
    found = ask(world, shelf, text)
    assert found[0].id == "actor/iom"
    assert found[0].score == 100
    assert matched(found) == ["actor/iom"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Internatinal Organisation of Migration", "actor/iom"),
        ("Migration, International Organization for", "actor/iom"),
        ("the ODIHR", "actor/odihr"),
        ("Tajikstan", "place/tj"),
        ("Таджикстан", "place/tj"),
        ("Dushanbeh", "place/dushanbe"),
    ],
)
def test_a_near_name_is_first_and_left_to_a_person(world: World, shelf: Shelf, text: str, id_: str) -> None:
    found = ask(world, shelf, text)
    assert found[0].id == id_
    assert 70 < found[0].score < 100
    assert not matched(found)
    assert found[0].features()["name_exact"] is False


@pytest.mark.parametrize("text", ["TJ", "TJK", "762", "Q863", "1220409"])
def test_a_place_by_its_codes(world: World, shelf: Shelf, text: str) -> None:
    assert matched(ask(world, shelf, text)) == ["place/tj"]


@pytest.mark.parametrize("text", ["Tajikistan", "Таджикистан", "Tadjikistan", "republic of tajikistan"])
def test_a_state_and_its_place_share_names_so_that_only_a_type_decides(world: World, shelf: Shelf, text: str) -> None:
    either = ask(world, shelf, text)
    assert {candidate.id for candidate in either[:2]} == {"place/tj", "actor/state-tj"}
    assert either[0].score == either[1].score == 100
    assert not matched(either)
    assert matched(ask(world, shelf, text, type="Place")) == ["place/tj"]
    assert matched(ask(world, shelf, text, type=["Country"])) == ["place/tj"]
    assert matched(ask(world, shelf, text, type="State")) == ["actor/state-tj"]


def test_how_strictly_the_types_are_meant(world: World, shelf: Shelf) -> None:
    any_ = ask(world, shelf, "Tajikistan", type=["Country", "City"], type_strict="any")
    assert {t.id for c in any_ for t in c.types} <= {"Country", "City", "Place"}
    assert matched(any_) == ["place/tj"]
    assert ask(world, shelf, "Tajikistan", type=["Country", "City"], type_strict="all") == []
    assert matched(ask(world, shelf, "Tajikistan", type=["Country", "Place"], type_strict="all")) == ["place/tj"]
    should = ask(world, shelf, "Tajikistan", type="Place", type_strict="should")
    assert [c.id for c in should[:2]] == ["place/tj", "actor/state-tj"]
    assert should[0].score == 100 > should[1].score
    assert (should[0].of_type, should[1].of_type) == (True, False)
    assert matched(should) == ["place/tj"]


def test_a_property_that_agrees_raises_and_one_that_disagrees_lowers_and_forbids_a_match(
    world: World, shelf: Shelf
) -> None:
    def score(value: object) -> float:
        constraint = [{"pid": "country", "v": value}]
        found = ask(world, shelf, "drug control agency", type="Agency", properties=constraint)
        (wanted,) = [c for c in found if c.id == "actor/drug-control-agency-tajikistan"]
        return wanted.score

    plain = ask(world, shelf, "drug control agency", type="Agency")[0].score
    unknown = score("Nowhere that we know")
    assert score("Kazakhstan") < unknown <= plain < score("Tajikistan")
    same = {score(value) for value in ("TJ", "TJK", "Таджикистан", "Tajikstan", "place/tj", {"id": "place/tj"})}
    assert same == {score("Tajikistan")} == {score(["KZ", "TJ"])}
    constraint = [{"pid": "country", "v": "KZ"}]
    contradicted = ask(world, shelf, "Tajikistan", type="State", properties=constraint)
    assert contradicted[0].id == "actor/state-tj"
    assert contradicted[0].exact
    assert not matched(contradicted)


def test_the_score_is_the_formula_that_is_documented(world: World, shelf: Shelf) -> None:
    agency = ask(world, shelf, "drug control agency", type="Agency")[0]
    n = agency.likeness or 0
    assert n == pytest.approx(likeness("drug control agency", "drug control agency dushanbe"))
    for country, e in (("TJ", 100), ("KZ", 0), ("Atlantis", min(n, 90))):
        constraint = [{"pid": "country", "v": country}]
        found = ask(world, shelf, "drug control agency", type="Agency", properties=constraint)
        (same,) = [c for c in found if c.id == agency.id]
        assert same.score == round((n + 0.25 * e) / 1.25, 1)
    code = [{"pid": "iso3166-1-alpha2", "v": "TJ"}]
    (place,) = [c for c in ask(world, shelf, "Tajikstan", properties=code) if c.match]
    assert place.score == round(((place.likeness or 0) + 100) / 2, 1)


def test_an_identifier_given_as_a_property_decides_unless_the_name_says_otherwise(world: World, shelf: Shelf) -> None:
    code = [{"pid": "iso3166-1-alpha2", "v": "TJ"}]
    assert matched(ask(world, shelf, "Tajikistan", properties=code)) == ["place/tj"]
    assert matched(ask(world, shelf, "Tajikstan", properties=code)) == ["place/tj"]
    assert matched(ask(world, shelf, properties=code)) == ["place/tj"]
    assert matched(ask(world, shelf, properties=[{"pid": "identifier", "v": "XM-DAC-47066"}])) == ["actor/iom"]
    otherwise = ask(world, shelf, "Mongolia", type="Country", properties=code)
    assert "place/tj" in {c.id for c in otherwise}
    assert not matched(otherwise)
    wrong_scheme = [{"pid": "iso3166-1-alpha3", "v": "TJ"}]
    assert ask(world, shelf, properties=wrong_scheme) == []


def test_a_code_that_a_spreadsheet_took_the_zeros_from(world: World, shelf: Shelf) -> None:
    for value in (4, 4.0, "4", "004"):
        assert matched(ask(world, shelf, properties=[{"pid": "m49", "v": value}])) == ["place/af"], value


def test_without_a_text_names_given_as_properties_are_looked_for(world: World, shelf: Shelf) -> None:
    assert matched(ask(world, shelf, properties=[{"pid": "acronym", "v": "IOM"}])) == ["actor/iom"]
    assert matched(ask(world, shelf, type="Place", properties=[{"pid": "name", "v": "Tajikistan"}])) == ["place/tj"]


@pytest.mark.parametrize(
    ("pid", "value", "fits"),
    [
        ("within", "Central Asia", True),
        ("within", "Uzbekistan", False),
        ("within", "Atlantis", None),
        ("class", "City", True),
        ("class", "con:Place", True),
        ("class", "Country", False),
        ("class", "Gmina", None),
        ("latitude", 38.54, True),
        ("latitude", "12", False),
        ("latitude", "north", None),
        ("starts", "2003", None),
        ("country", "", None),
    ],
)
def test_what_agrees_with_a_city(world: World, shelf: Shelf, pid: str, value: object, fits: bool | None) -> None:
    found = ask(world, shelf, "Dushanbe", type="City", properties=[{"pid": pid, "v": value}])
    assert found[0].id == "place/dushanbe"
    assert found[0].agreements == {pid: fits}
    assert found[0].features().get(f"property_{pid}") is fits
    assert matched(found) == ([] if fits is False else ["place/dushanbe"])


@pytest.mark.parametrize(
    ("pid", "value", "fits"),
    [
        ("domain", "Drugs", True),
        ("domain", "heroin", True),
        ("domain", "light-weapons", True),
        ("domain", "ammunition", False),
        ("domain", "tulips", None),
        ("starts", "2003", True),
        ("starts", "2003-05-20", True),
        ("starts", "2004", False),
        ("starts", "spring", None),
        ("place", "Prague", True),
        ("country", "CZ", True),
        ("country", "TJ", False),
        ("status", "proposed", True),
        ("status", "ended", False),
    ],
)
def test_what_agrees_with_a_programme(world: World, shelf: Shelf, pid: str, value: str, fits: bool | None) -> None:
    found = ask(world, shelf, "OSCE Economic Forum 2003", type="Meeting", properties=[{"pid": pid, "v": value}])
    assert found[0].id == "programme/osce-economic-forum-2003"
    assert found[0].agreements == {pid: fits}


def test_a_property_given_twice_disagrees_if_either_does(world: World, shelf: Shelf) -> None:
    for pair in (["TJ", "KZ"], ["KZ", "TJ"]):
        constraints = [{"pid": "country", "v": value} for value in pair]
        found = ask(world, shelf, "Dushanbe", type="City", properties=constraints)
        assert found[0].agreements == {"country": False}


def test_namesakes_are_all_shown_and_none_is_matched(library: Library, dataset: Callable[..., Path]) -> None:
    actors = [{"id": f"a{n}", "class": "NonGovernmentalOrganisation", "name": "Hope"} for n in range(5)]
    actors[0]["seat"] = "town"
    places = [
        {"id": "land", "name": "Landia", "class": "Country", "iso2": "XL"},
        {"id": "town", "name": "Townia", "class": "City", "within": "land"},
        {"id": "other", "name": "Otheria", "class": "Country", "iso2": "XO"},
    ]
    library.load(dataset({"actors": actors, "places": places}))
    world, shelf = library.world(frozenset({"tiny"})), Shelf()
    found = ask(world, shelf, "hope")
    assert [c.id for c in found] == [f"actor/tiny.a{n}" for n in range(5)]
    assert {c.score for c in found} == {100}
    assert not matched(found)
    by_country = ask(world, shelf, "hope", properties=[{"pid": "country", "v": "Landia"}])
    assert by_country[0].id == "actor/tiny.a0"
    assert by_country[0].score == 100 > by_country[1].score
    assert not matched(by_country)  # nothing is known of where the others are
    elsewhere = ask(world, shelf, "hope", properties=[{"pid": "country", "v": "Otheria"}])
    assert elsewhere[-1].id == "actor/tiny.a0"
    assert len(ask(world, shelf, "hope", limit=2)) == 2


def test_the_queries_of_a_batch_do_not_touch_one_another(world: World, shelf: Shelf) -> None:
    country = [{"pid": "country", "v": "TJ"}]
    asked = {
        "a": {"query": "IOM"},
        "b": {"query": "Dushanbe", "properties": country},
        "c": {"query": "drug control agency", "type": "Agency", "properties": country, "limit": 1},
        "d": {"query": "", "type": "Place"},
    }
    queries = {name: Query.model_validate(one) for name, one in asked.items()}
    together = reconcile(world, shelf, queries)
    assert list(together) == list(queries)
    for name, query in queries.items():
        assert together[name] == reconcile(world, shelf, {name: query})[name]
    assert together["d"] == []
    assert len(together["c"]) == 1


@given(TEXT, st.sampled_from(["", "Actor", "Country"]))
def test_no_text_breaks_it_and_scores_fall(world: World, shelf: Shelf, text: str, type_: str) -> None:
    found = ask(world, shelf, text, type=[type_], properties=[{"pid": "country", "v": text}])
    scores = [candidate.score for candidate in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert sum(candidate.match for candidate in found) <= 1


def test_a_type_or_property_that_there_is_not_names_those_that_are(world: World, shelf: Shelf) -> None:
    with pytest.raises(InvalidParameter) as wrong_type:
        ask(world, shelf, "IOM", type="Person")
    assert wrong_type.value.parameter == "type"
    assert "InternationalOrganisation" in str(wrong_type.value.expected)
    with pytest.raises(InvalidParameter) as wrong_property:
        ask(world, shelf, "IOM", properties=[{"pid": "colour", "v": "red"}])
    assert wrong_property.value.given == "colour"
    assert "country" in str(wrong_property.value.expected)


def test_what_a_world_does_not_hold_is_not_found(library: Library, dataset: Callable[..., Path]) -> None:
    for name in ("open", "hidden"):
        rows = [{"id": "body", "class": "Organisation", "name": f"Body of {name}", "acronym": f"B{name}"}]
        library.load(dataset({"actors": rows}, name=name))
    shelf = Shelf()
    whole, part = library.world(frozenset({"open", "hidden"})), library.world(frozenset({"open"}))
    for world, seen in ((whole, True), (part, False), (whole, True)):
        assert bool(matched(ask(world, shelf, "Bhidden"))) is seen
        assert ("actor/hidden.body" in {c.id for c in ask(world, shelf, "Body of hiden")}) is seen
        assert (suggest_things(world, shelf, "body of h") != []) is seen
        assert bool(values(world, property_of("name"), ["actor/hidden.body"])["actor/hidden.body"]) is seen
        assert bool(introduce(world, ["actor/hidden.body"])) is seen
