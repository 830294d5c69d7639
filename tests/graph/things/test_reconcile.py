"""Reconciliation: the right thing first, a match only where one is clearly right, nothing from outside the world."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from graph.errors import InvalidParameter, TooLarge
from graph.library import Library
from graph.tables.world import World
from graph.things.agreement import likeness
from graph.things.asked import BATCH, Query, read_extension, read_queries
from graph.things.introduction import TOLD, introduce
from graph.things.properties import properties, property_of, told, values
from graph.things.reconcile import Candidate, reconcile
from graph.things.spellings import NEAR, Shelf, Spellings, fold
from graph.things.suggest import PAGE, suggest_properties, suggest_things, suggest_types
from graph.things.types import type_of, types, types_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The spellings of the shipped world, made once."""
    return Shelf()


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


def test_a_shelf_keeps_few_worlds_and_makes_each_once(library: Library, dataset: Callable[..., Path]) -> None:
    for name in "abc":
        library.load(dataset({"actors": [{"id": "x", "class": "Organisation", "name": f"Body {name}"}]}, name=name))
    worlds = [library.world(frozenset(names)) for names in ("a", "b", "c")]
    shelf = Shelf(worlds=2)
    first = shelf.of(worlds[0], "actor")
    assert shelf.of(worlds[0], "actor") is first
    shelf.of(worlds[1], "actor")
    assert shelf.of(worlds[0], "actor") is first
    shelf.of(worlds[2], "actor")  # b was asked for longest ago
    assert shelf.of(worlds[0], "actor") is first
    shelf.of(worlds[1], "actor")
    shelf.of(worlds[2], "actor")
    assert shelf.of(worlds[0], "actor") is not first


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Łódź! ", "lodz"),
        ("I.O.M.", "iom"),
        ("Côte d'Ivoire", "cote divoire"),
        ("Côte d’Ivoire", "cote divoire"),
        ("ЁЛКА", "елка"),
        ("Straße", "strasse"),
        ("under_score", "under score"),
        ("日本", "日本"),
        ("!?", ""),
    ],
)
def test_how_names_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@given(TEXT, TEXT)
def test_likeness_is_symmetric_and_whole_only_for_the_same(one: str, other: str) -> None:
    one, other = fold(one), fold(other)
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100
    assert (likeness(one, other) == 100) == (one == other)


@pytest.fixture(scope="module")
def spelled(world: World) -> Spellings:
    return Spellings(world, "place")


@given(TEXT)
def test_spellings_are_near_as_brute_force_finds_them(spelled: Spellings, text: str) -> None:
    def trigrams(of: str) -> set[str]:
        return {of[place : place + 3] for place in range(len(of) - 2)}

    wanted = trigrams(f" {fold(text)} ")
    expected = {}
    for place in range(len(spelled)):
        own = trigrams(f" {spelled[place]} ")
        share = 2 * len(own & wanted) / (len(own) + len(wanted)) if wanted else 0
        if share >= NEAR:
            expected[spelled.spelling(place)] = share
    found = list(spelled.near(text, most=len(spelled)))
    assert set(found) == set(expected)
    assert [expected[one] for one in found] == sorted(expected.values(), reverse=True)
    few = list(spelled.near(text, most=5))
    assert few == found[:5]


def test_every_spelling_is_found_by_itself(spelled: Spellings) -> None:
    for place in range(len(spelled)):
        one = spelled.spelling(place)
        assert one in set(spelled.exactly(one.text))
        assert one in set(spelled.of(one.thing))
        assert one in set(spelled.near(one.text, most=5))
    texts = [spelled[place] for place in range(len(spelled))]
    assert texts == sorted(texts)


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


def test_an_introduction_tells_namesakes_apart_and_stays_short(library: Library, dataset: Callable[..., Path]) -> None:
    places = [
        {"id": "land", "name": "Landia", "class": "Country"},
        {"id": "town", "name": "Townia", "class": "City", "within": "land"},
    ]
    said = "What it does and for whom. " * 30
    body = {"id": "b", "class": "Agency", "name": "Body", "acronym": "BB", "state": "land", "description": said}
    library.load(dataset({"places": places, "actors": [body]}))
    told_ = introduce(library.world(frozenset({"tiny"})), ["place/tiny.town", "actor/tiny.b", "actor/none"])
    assert told_["place/tiny.town"].line == "City, in Landia"
    assert told_["actor/tiny.b"].line.startswith("Agency, BB, Landia. What it does")
    assert len(told_["actor/tiny.b"].line) <= len("Agency, BB, Landia. ") + TOLD
    assert "actor/none" not in told_


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "queries"),
        ("[" * 100_000, "not JSON"),
        ('{"q": {"query": "\\ud800"}}', "not JSON"),
        ('{"q": {}}', "queries.q"),
        ('{"q": {"query": 1}}', "queries.q.query"),
        ('{"q": {"query": "x", "limit": 0}}', "queries.q.limit"),
        ('{"q": {"query": "x", "limit": 2.5}}', "queries.q.limit"),
        ('{"q": {"query": "x", "types": "Actor"}}', "queries.q.types"),
        ('{"q": {"query": "x", "type_strict": "yes"}}', "queries.q.type_strict"),
        ('{"q": {"query": "x", "properties": [{"v": 1}]}}', "queries.q.properties.0.pid"),
        ('{"q": {"query": "x", "properties": [{"pid": "country"}]}}', "queries.q.properties.0.v"),
        ('{"q": {"query": "x", "properties": [{"pid": "country", "v": {"name": "x"}}]}}', "queries.q.properties.0.v"),
        ('{"q": {"query": "' + "x" * 501 + '"}}', "queries.q.query"),
    ],
)
def test_a_batch_that_is_none_is_told_where(text: str, where: str) -> None:
    with pytest.raises(InvalidParameter) as wrong:
        read_queries(text)
    assert wrong.value.parameter == "queries"
    assert where in wrong.value.message


def test_a_batch_is_bounded() -> None:
    body = ", ".join(f'"q{n}": {{"query": "x"}}' for n in range(BATCH + 1))
    with pytest.raises(TooLarge):
        read_queries("{" + body + "}")
    whole = read_queries(
        '{"q": {"query": "x", "limit": 5.0, "properties": [{"p": "old", "pid": "country", "v": 7.0}]}}'
    )
    assert whole["q"].limit == 5
    assert whole["q"].properties[0].values() == ["7"]


@pytest.mark.parametrize("limit", ["x", -1, [1], "1e400", float("inf")])
def test_a_limit_on_values_is_a_whole_number(limit: object) -> None:
    wanted = read_extension(json.dumps({"ids": [], "properties": [{"id": "name", "settings": {"limit": limit}}]}))
    with pytest.raises(InvalidParameter):
        wanted.properties[0].most()


def test_likeness_rests_on_the_shared_letters() -> None:
    assert likeness("tajikstan", "tajikistan") == pytest.approx(fuzz.ratio("tajikstan", "tajikistan"))
