"""Candidates: what is found, what is left alone, and why, in terms that add up to the score."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.actors import Candidate, Index, candidates, make_index, make_profile, match
from graph.identity.comparison import Profile, weights
from graph.library import Library
from tests.benchmarks.identity import report

COUNTRIES = [("place/np", "Nepal"), ("place/pe", "Peru"), ("place/us", "United States of America"), ("place/us", "USA")]
REGISTER = [
    make_profile("actor/iom", [("International Organization for Migration", "label"), ("IOM", "acronym")]),
    make_profile("actor/oon", [("Управление по наркотикам и преступности", "label")]),
    make_profile("actor/nepal", [("Shelter Network Nepal", "label")], countries=["place/np"]),
    make_profile("actor/peru", [("Shelter Network Peru", "label")], countries=["place/pe"]),
    make_profile("actor/us", [("United States of America", "label")], kind="con:State"),
    make_profile("actor/hope", [("Hope for Migrants", "label")], kind="con:NonGovernmentalOrganisation"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(REGISTER, COUNTRIES)


def ids(found: list[Candidate]) -> list[tuple[str, str]]:
    return [(one.first, one.second) for one in found]


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("International Organisation for Migration (IOM)", "actor/iom"),
        ("Международная организация по миграции", "actor/iom"),
        ("IOM", "actor/iom"),
        ("Intl. Orgamization for Migration", "actor/iom"),
        ("Upravlenie po narkotikam i prestupnosti", "actor/oon"),
        ("Shelter Network, Nepal", "actor/nepal"),
        ("Government of the USA", "actor/us"),
    ],
)
def test_a_name_finds_its_actor(index: Index, name: str, actor: str) -> None:
    assert [found.actor for found in match(index, name)] == [actor]


@pytest.mark.parametrize(
    "name", ["Shelter Network", "International Organization", "IOM Nepal", "Peru", "Nobody at all"]
)
def test_a_name_that_means_nobody_here_finds_nobody(index: Index, name: str) -> None:
    assert match(index, name) == []


def test_country_and_kind_are_checks(index: Index) -> None:
    plain = match(index, "Hope for Migrants")[0].score
    assert match(index, "Hope for Migrants", kind="con:State", threshold=0)[0].score < plain
    there = match(index, "Shelter Network Nepal", country="place/np", threshold=0)[0]
    abroad = match(index, "Shelter Network Nepal", country="place/pe", threshold=0)[0]
    assert there.actor == abroad.actor == "actor/nepal"
    assert there.score > abroad.score
    assert {"country"} == {term.name for term in abroad.terms} - {"name", "place"}


def test_names_that_mention_different_countries_tell_against_each_other(index: Index) -> None:
    found = {each.actor: each.terms for each in match(index, "Shelter Network Nepal", threshold=0)}
    points = {actor: next(t.points for t in terms if t.name == "place") for actor, terms in found.items()}
    assert points["actor/nepal"] == weights()["place"]["same"]
    assert points["actor/peru"] == weights()["place"]["different"]


def test_an_identifier_that_comes_with_a_name_decides() -> None:
    index = Index([make_profile("actor/a", [("Alpha", "label")], identifiers=[("crs-channel", "41128")])])
    assert match(index, "Omega") == []
    given = [("iati-organisation", "xm-dac-41128")]
    assert [found.actor for found in match(index, "Omega", identifiers=given)] == ["actor/a"]


def test_local_and_international_are_two() -> None:
    index = Index([make_profile("actor/a", [("International Shelter Network of Osh", "label")])])
    assert match(index, "Local Shelter Network of Osh") == []
    assert match(index, "Shelter Network of Osh, International") != []


def test_the_terms_add_up_to_the_score(index: Index) -> None:
    for found in match(index, "International Organization for Migration (IOM)", threshold=0):
        bits = weights()["prior"] + sum(term.points for term in found.terms)
        assert found.score == pytest.approx(1 / (1 + 2**-bits), abs=1e-4)
        assert all(term.seen for term in found.terms)


def test_a_shared_acronym_tells_less() -> None:
    def score(others: int) -> float:
        more = [make_profile(f"actor/x{n}", [(f"Word{n} body", "label"), ("IOM", "acronym")]) for n in range(others)]
        return next(m.score for m in match(Index([*REGISTER, *more]), "IOM", threshold=0) if m.actor == "actor/iom")

    assert score(0) > score(1) > score(7)


def test_candidates_leave_out_what_is_merged_or_rejected() -> None:
    twin = make_profile("actor/b.iom", [("International Organisation for Migration", "label")])
    third = make_profile("actor/c.iom", [("Intl Organization for Migration", "label")])
    index = Index([*REGISTER, twin, third], COUNTRIES)
    pairs = [("actor/b.iom", "actor/c.iom"), ("actor/b.iom", "actor/iom"), ("actor/c.iom", "actor/iom")]
    assert sorted(ids(candidates(index))) == pairs
    merged = {"actor/b.iom": "actor/iom"}
    assert ids(candidates(index, merged)) == [("actor/c.iom", "actor/iom")]
    assert candidates(index, merged, [("actor/b.iom", "actor/c.iom")]) == []


def test_identifiers_propose_where_names_would_not() -> None:
    one = make_profile("actor/a", [("Alpha", "label")], identifiers=[("iati-organisation", "XM-DAC-41128")])
    other = make_profile("actor/b", [("Omega", "label")], identifiers=[("crs-channel", "41128")])
    (found,) = candidates(Index([one, other]))
    assert found.terms[0].seen == "the same crs-channel: 41128"


NOTHING = ["00000", "N/A", "", "unknown", "21000", "XM-DAC-21000", "Ministry of Health"]


@pytest.mark.parametrize("scheme", ["iati-organisation", "crs-channel", "wikidata"])
@pytest.mark.parametrize("value", NOTHING)
def test_what_is_no_identifier_joins_nobody(scheme: str, value: str) -> None:
    one, other = (make_profile(f"actor/{n}", [(n, "label")], identifiers=[(scheme, value)]) for n in ("Alpha", "Omega"))
    assert candidates(Index([one, other])) == []


def test_a_part_is_not_its_whole() -> None:
    whole = make_profile("actor/a", [("Police Academy of the North", "label")])
    part = make_profile("actor/b", [("Police Academy of the North", "label")], part_of=["actor/a"])
    assert candidates(Index([whole, part])) == []
    assert len(candidates(Index([whole, make_profile("actor/b", [("Police Academy of the North", "label")])]))) == 1


WORDS = ["Nepal", "shelter", "network", "IOM", "migration", "hope", "fund", "union", "(HF)", "Омон"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1)


@given(NAMES, NAMES)
def test_comparing_is_symmetric_and_within_bounds(one: list[str], other: list[str]) -> None:
    profiles = [make_profile(f"actor/{n}", [(" ".join(words), "label")]) for n, words in enumerate((one, other))]
    index = Index(profiles, COUNTRIES)
    forth = index.compared(index.profiles[0], index.profiles[1])
    back = index.compared(index.profiles[1], index.profiles[0])
    assert forth[0] == back[0]
    assert sorted(map(repr, forth[1])) == sorted(map(repr, back[1]))
    assert 0 <= forth[0] <= 1


def test_candidates_do_not_depend_on_the_order_of_rows() -> None:
    called = [(n, f"Shelter {'ABCDEFG'[n % 7]}lpha house {n // 7}") for n in range(70)]
    profiles = [make_profile(f"actor/{n}", [(name, "label")]) for n, name in called]
    shuffled: list[Profile] = random.Random(1).sample(profiles, len(profiles))
    found = candidates(Index(profiles), threshold=0.5)
    assert found
    assert candidates(Index(shuffled), threshold=0.5) == found


def test_a_world_is_indexed(library: Library, dataset: Callable[..., Path]) -> None:
    places = [{"id": "tj", "class": "Country", "name": "Tajikistan"}]
    one = {
        "id": "a",
        "class": "Agency",
        "name": "Drug Control Agency",
        "state": "tj",
        "acronym": "DCA",
        "iati": "TJ-GOV-1",
    }
    part = {"id": "p", "class": "Unit", "name": "Dushanbe desk", "part_of": "a"}
    library.load(dataset({"places": places, "actors": [one, part]}, name="one"))
    other = {"id": "b", "class": "Organisation", "name": "Agency for Drug Control (DCA)"}
    library.load(dataset({"actors": [other]}, name="two"))
    index = make_index(library.world(frozenset({"one", "two"})))
    profiles = {profile.id: profile for profile in index.profiles}
    assert profiles["actor/one.a"].countries == {"place/one.tj"}
    assert profiles["actor/one.a"].identifiers == {"iati-organisation": {"TJ-GOV-1"}}
    assert profiles["actor/one.p"].part_of == {"actor/one.a"}
    assert ids(candidates(index)) == [("actor/one.a", "actor/two.b")]
    assert candidates(make_index(library.world(frozenset({"one"})))) == []


@pytest.mark.shared
@pytest.mark.skipif("CONCERT_SHARED_DATA" not in os.environ, reason="CONCERT_SHARED_DATA names no folder of real files")
@pytest.mark.parametrize("acronyms", [True, False])
def test_real_spellings_are_matched_better_than_by_plain_comparison(acronyms: bool) -> None:
    found = report(Path(os.environ["CONCERT_SHARED_DATA"]) / "orgs" / "somalia-org-map.json", acronyms)
    ours = found.pop("Concert")
    assert ours.precision > 0.95
    assert ours.balance > max(other.balance for other in found.values())
