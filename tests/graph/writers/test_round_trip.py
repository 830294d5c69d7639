"""Our own HXL, IATI and FollowTheMoney, read back, give the presences that went out."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.library import Library
from graph.writers.export import EXPORTS, export
from ontology.vocabulary import codes

from .conftest import folder_of, loaded, presences, told  # noqa: TID252 - beside this file

UNSAID = {"hxl": ("programme_label",), "iati": (), "ftm": ()}
"""What does not come back: HXL's reader puts actors and places into the name of what it reads."""


@pytest.mark.parametrize("name", UNSAID)
def test_what_is_shipped_comes_back(
    shipped: Library, name: str, write: Callable[..., Any], read: Callable[[Path], Library]
) -> None:
    file, _ = write(shipped, name)
    sent, back = presences(shipped, "paper-2003"), presences(read(file))
    assert len(told(sent)) > 100
    assert told(back, *UNSAID[name]) == told(sent, *UNSAID[name])


@pytest.mark.parametrize("name", UNSAID)
def test_actors_that_both_homes_know_keep_their_ids(
    shipped: Library, name: str, write: Callable[..., Any], read: Callable[[Path], Library]
) -> None:
    back = read(write(shipped, name)[0])
    reference = {row["id"] for row in back.world(frozenset({"reference"})).rows("select id from actor")}
    sent = {row["actor"] for row in presences(shipped, "paper-2003")} & reference
    assert sent
    assert {row["actor"] for row in presences(back)} & reference == sent


def test_hxl_begins_each_name_with_the_programme(
    shipped: Library, write: Callable[..., Any], read: Callable[[Path], Library]
) -> None:
    file, _ = write(shipped, "hxl")
    names = {row["programme_label"].replace(";", ",") for row in presences(shipped, "paper-2003")}
    for row in presences(read(file)):
        assert any(row["programme_label"].startswith(name) for name in names)


def test_iati_keeps_parents_budgets_and_descriptions(
    receiver: Library, dataset: Callable[..., Path], write: Callable[..., Any], read: Callable[[Path], Library]
) -> None:
    programmes = [
        {"id": "whole", "name": "Whole", "budget": "2000000.5", "currency": "EUR", "starts": "2001", "ends": "2005"},
        {
            "id": "part",
            "name": "Part",
            "budget": "10",
            "currency": "USD",
            "starts": "2003-01",
            "ends": "2003-06",
            "parent": "whole",
            "description": "What is done.",
        },
    ]
    receiver.load(dataset({"programmes": programmes}, uses=["reference"]))
    back = read(write(receiver, "iati", None, frozenset({"reference", "tiny"}))[0]).world(frozenset({"back"}))
    found = back.rows("""
        select thing.label, thing.description, budget, currency, parent, starts, ends
        from programme join thing using (id) order by thing.label""")
    assert found[0] | {"parent": None} == {
        "label": "Part", "description": "What is done.", "budget": 10.0, "currency": "USD", "parent": None,
        "starts": date(2003, 1, 1), "ends": date(2003, 6, 30),
    }  # fmt: skip
    assert found[0]["parent"] == "programme/back.concert-tiny-tiny.whole"
    assert (found[1]["budget"], found[1]["currency"], found[1]["description"]) == (2000000.5, "EUR", None)


def test_two_actors_of_one_name_stay_two(
    receiver: Library, dataset: Callable[..., Path], write: Callable[..., Any], read: Callable[[Path], Library]
) -> None:
    sheets = {
        "actors": [{"id": f"ministry-{at}", "class": "Agency", "name": "Ministry"} for at in "ab"],
        "programmes": [{"id": "p", "name": "P", "domains": "drugs", "places": "tj"}],
        "participations": [{"actor": f"ministry-{at}", "programme": "p", "role": "host"} for at in "ab"],
    }
    receiver.load(dataset(sheets, uses=["reference"]))
    for name in UNSAID:
        back = read(write(receiver, name, None, frozenset({"reference", "tiny"}))[0]).world(frozenset({"back"}))
        assert back.rows("select count(distinct actor) as n from participation") == [{"n": 2}], name


PLACES = ("tj", "kz", "dushanbe", "almaty", "central-asia", "osce-area", "gorno-badakhshan", "termez-hairaton")
DATES = ("", "2003", "2003-05", "2003-05-14")


def some(scheme: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(sorted(codes(scheme))), max_size=2, unique=True).map(";".join)


PERIOD = st.fixed_dictionaries(
    {
        "starts": st.sampled_from(("", "1999", "2001-02")),
        "ends": st.sampled_from(DATES),
        "active_on": st.sampled_from(DATES),
    }
)
PROGRAMME = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["", *sorted(codes("status"))]),
        "places": st.lists(st.sampled_from(PLACES), max_size=3, unique=True).map(";".join),
        "domains": some("domain"),
        "responses": some("response"),
        "targets": some("target"),
        "when": PERIOD,
        "parties": st.lists(
            st.tuples(
                st.sampled_from(("unodc", "state-tj", "own-a", "own-b")), st.sampled_from(sorted(codes("role"))), PERIOD
            ),
            max_size=3,
            unique_by=lambda party: party[:2],
        ),
    }
)


@given(st.lists(PROGRAMME, min_size=1, max_size=3))
@settings(max_examples=3, suppress_health_check=list(HealthCheck))
def test_any_small_world_comes_back(receiver: Library, drawn: list[dict[str, Any]]) -> None:
    sheets: dict[str, list[dict[str, str]]] = {"programmes": [], "participations": [], "actors": []}
    sheets["actors"] = [{"id": f"own-{at}", "class": "Network", "name": f"Own {at}"} for at in "ab"]
    for number, programme in enumerate(drawn):
        said = {name: text for name, text in programme.items() if isinstance(text, str)}
        sheets["programmes"].append({"id": f"p{number}", "name": f"Effort {number}", **said, **programme["when"]})
        for actor, role, when in programme["parties"]:
            taking = {"actor": actor, "programme": f"p{number}", "role": role}
            sheets["participations"].append(taking | when)
    with tempfile.TemporaryDirectory() as folder:
        receiver.load(folder_of(Path(folder) / "drawn", sheets, uses=["reference"]))
        world = receiver.world(frozenset({"reference", "drawn"}))
        sent = presences(receiver, "drawn")
        for name, without in UNSAID.items():
            file = Path(folder) / f"out{EXPORTS[name].suffix}"
            with file.open("wb") as out:
                export(world, name, {}, {}, out)
            assert told(loaded(receiver, file), *without) == told(sent, *without), name
