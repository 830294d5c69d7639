"""Parameters: how a text becomes a value, and what is said when it does not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidParameter
from graph.library import Library
from graph.questions.parameters import COMMON, Parameter, resolve
from graph.tables.world import World

OWN = {
    "months": Parameter(title="Months", type="integer", about="", low=1, high=120, default="6"),
    "share": Parameter(title="Share", type="number", about="", low=0),
    "kind": Parameter(title="Kind", type="choice", about="", of=("one", "two")),
    "thing": Parameter(title="Thing", type="thing", about=""),
}
TAKEN = COMMON | OWN


def value(world: World, name: str, *texts: str) -> Any:
    return resolve(world, TAKEN, {name: texts})[name]


@pytest.mark.parametrize(
    "text",
    ["TJ", "tj", "TJK", "762", "Tajikistan", "tajikistan", "place/tj", "https://w3id.org/concert/id/place/tj", "  TJ "],
)
def test_a_place_is_known_by_any_of_its_names(world: World, text: str) -> None:
    assert value(world, "place", text) == ["place/tj"]


@pytest.mark.parametrize(
    ("name", "text", "id_"),
    [
        ("actor", "UNODC", "actor/unodc"),
        ("actor", "unodc", "actor/unodc"),
        ("actor", "united nations office on drugs and crime", "actor/unodc"),
        ("actor", "XM-DAC-41128", "actor/unodc"),
        ("actor", "Управление Организации Объединенных Наций по наркотикам и преступности", "actor/unodc"),
        ("domain", "drugs", "domain/drugs"),
        ("domain", "Illicit drugs", "domain/drugs"),
        ("role", "implementing", "role/implementing"),
        ("thing", "UNODC", "actor/unodc"),
        ("thing", "place/tj", "place/tj"),
    ],
)
def test_a_thing_is_known_by_any_of_its_names(world: World, name: str, text: str, id_: str) -> None:
    assert value(world, name, text) == (id_ if name == "thing" else [id_])


def test_a_parameter_that_may_be_repeated_keeps_every_value(world: World) -> None:
    assert value(world, "domain", "drugs", "arms") == ["domain/drugs", "domain/arms"]


def test_what_is_not_given_is_none_or_the_default(world: World) -> None:
    values = resolve(world, TAKEN, {"place": [""], "kind": [" "]})
    assert values.pop("months") == 6
    assert set(values) == set(TAKEN) - {"months"}
    assert set(values.values()) == {None}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("months", "0", "from 1 up to 120"),
        ("months", "121", "from 1 up to 120"),
        ("months", "1.5", "whole number"),
        ("months", "1_0", "whole number"),
        ("months", "٣", "whole number"),
        ("months", "9" * 5000, "500 characters"),
        ("months", "9" * 400, "whole number"),
        ("share", "-0.1", "from 0"),
        ("share", "nan", "a number"),
        ("share", "inf", "a number"),
        ("share", "1e3", "a number"),
        ("kind", "three", "one, two"),
        ("on", "2003-02-30", "2003-05-14"),
        ("on", "14.5.2003", "2003-05-14"),
        ("on", "2003-W20-3", "2003-05-14"),
        ("on", "20030514", "2003-05-14"),
        ("on", "0000-01-01", "2003-05-14"),
        ("place", "Narnia", "ISO 3166"),
        ("place", "actor/unodc", "ISO 3166"),
        ("place", "a\x00b", "without"),
        ("place", "a\udcffb", "without"),
        ("domain", "cakes", "drugs"),
        ("dataset", "mine", "paper-2003"),
        ("actor", "nobody at all", "/api/search"),
    ],
)
def test_what_does_not_fit_is_named_with_what_was_expected(world: World, name: str, text: str, expected: str) -> None:
    with pytest.raises(InvalidParameter) as caught:
        value(world, name, text)
    assert caught.value.parameter == name
    assert caught.value.given
    assert expected in str(caught.value.expected)
    caught.value.message.encode("utf-8")


def test_a_repeated_single_value_an_unknown_name_and_a_period_turned_round_are_refused(world: World) -> None:
    with pytest.raises(InvalidParameter, match="2 times"):
        value(world, "on", "2003-01-01", "2003-01-01")
    with pytest.raises(InvalidParameter, match="no parameter 'colour'") as caught:
        resolve(world, TAKEN, {"colour": ["red"]})
    assert "place" in str(caught.value.expected)
    with pytest.raises(InvalidParameter, match="after to"):
        resolve(world, TAKEN, {"from": ["2004-01-01"], "to": ["2003-12-31"]})
    assert resolve(world, TAKEN, {"from": ["2003-01-01"], "to": ["2003-01-01"]})["from"] == date(2003, 1, 1)


@given(st.text(max_size=600), st.sampled_from(sorted(TAKEN)))
def test_no_text_whatsoever_is_more_than_refused(world: World, text: str, name: str) -> None:
    try:
        value(world, name, text)
    except InvalidParameter as error:
        if error.parameter != name or not error.expected:
            raise


def test_a_name_of_several_things_is_refused_with_their_ids_and_an_id_decides(
    library: Library, dataset: Callable[..., Path]
) -> None:
    twins = [{"id": id_, "class": "Organisation", "name": "The Twins"} for id_ in ("one", "two")]
    alias = {"id": "three", "class": "Organisation", "name": "Other", "aliases": "Solo"}
    solo = {"id": "four", "class": "Organisation", "name": "Solo"}
    library.load(dataset({"actors": [*twins, alias, solo]}))
    world = library.world(frozenset({"tiny"}))
    with pytest.raises(InvalidParameter, match="fits several") as caught:
        value(world, "actor", "the twins")
    assert "actor/tiny.one" in caught.value.message
    assert "actor/tiny.two" in caught.value.message
    assert value(world, "actor", "tiny.two") == ["actor/tiny.two"]
    assert value(world, "actor", "Solo") == ["actor/tiny.four"], "a label goes before an alias"


def test_a_name_with_marks_or_joiners_is_found(library: Library, dataset: Callable[..., Path]) -> None:
    names = {"persian": "سازمان\u200cها", "accent": "Économie", "slash": "Agency A/B", "quote": 'O\'Neil "X" 100%_'}
    library.load(
        dataset({"actors": [{"id": id_, "class": "Organisation", "name": name} for id_, name in names.items()]})
    )
    world = library.world(frozenset({"tiny"}))
    for id_, name in names.items():
        assert value(world, "actor", name) == [f"actor/tiny.{id_}"]
    assert value(world, "actor", "economie") == ["actor/tiny.accent"]
