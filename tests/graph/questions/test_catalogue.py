"""The catalogue: a question file that says what it must is ready to be asked; any other is refused by name."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from graph.questions import overlaps, pair_total, pairs
from graph.questions.catalogue import PLAIN, catalogue, read_question
from graph.questions.parameters import COMMON, TYPES
from graph.readers.layout import sheets
from ontology.vocabulary import kinds

KNOWN = {sheet.kind for sheet in sheets().values()} | set(kinds()) | {"thing", "dataset"}
HEADER = {
    "title": "T",
    "asks": "A?",
    "read": "R.",
    "caveat": "C.",
    "columns": {"name": {"title": "Name", "type": "text"}},
    "order": ["name"],
}


def write(folder: Path, body: str = "select 1 as name, [] as claims", name: str = "q.sql", **header: object) -> Path:
    file = folder / name
    file.write_text(f"/*\n{yaml.safe_dump(HEADER | header)}*/\n{body}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("name", catalogue())
def test_every_question_says_what_it_must(name: str) -> None:
    question = catalogue()[name]
    header = question.header
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert header.asks.endswith("?")
    assert len(header.read) > 40
    assert len(header.caveat) > 40
    assert set(header.example) <= set(question.parameters)
    for column in header.columns.values():
        assert column.type in PLAIN | KNOWN
        assert column.title
    for parameter in question.parameters.values():
        assert parameter.type in TYPES | KNOWN
        assert parameter.about
    for needed in question.placeholders:
        assert needed in question.parameters


@pytest.mark.parametrize("name", catalogue())
def test_no_part_is_named_in_vain(name: str) -> None:
    question = catalogue()[name]
    texts = [*question.parts.values(), question.found, question.page, question.total]
    if question.step:
        texts += [inspect.getsource(each) for each in (import_module(question.step), overlaps, pairs, pair_total)]
    for part in question.parts:
        assert any(re.search(rf"\b{part}\b", text) for text in texts if text is not question.parts[part]), part


def test_a_dropped_file_is_a_question(tmp_path: Path) -> None:
    question = read_question(write(tmp_path, "select label as name, [id] as claims from thing where $place is null"))
    assert question.name == "q"
    assert set(question.parameters) == {"place", "dataset"}
    assert question.parameters["place"] == COMMON["place"]


def test_a_filter_brings_its_parameter_and_a_period_three(tmp_path: Path) -> None:
    columns = {
        "name": {"title": "N", "type": "text"},
        "a": {"title": "A", "type": "date"},
        "b": {"title": "B", "type": "date"},
    }
    question = read_question(write(tmp_path, columns=columns, filters={"role": "name", "period": ["a", "b"]}))
    assert set(question.parameters) == {"role", "on", "from", "to", "dataset"}


def test_what_looks_among_the_first_places_counts_its_rows_apart(tmp_path: Path) -> None:
    places = {"columns": {"at": {"title": "P", "type": "place"}}, "order": ["at"], "head": "at"}
    with pytest.raises(ValueError, match=r"q\.sql: head without a total"):
        read_question(write(tmp_path, **places))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ({"order": []}, "order"),
        ({"filters": {"place": "nothing"}}, "filters names a column"),
        ({"filters": {"period": ["name", "nothing"]}}, "filters names a column"),
        ({"filters": {"colour": "name"}}, "filters names no parameter"),
        ({"matrix": ["name", "nothing", "name"]}, "matrix names a column"),
        ({"once": ["nothing"]}, "once names no part"),
        ({"head": "name"}, "head is not a column of places"),
        ({"example": {"colour": "red"}}, "example names no parameter of its own"),
        ({"colour": "red"}, "colour"),
        ({"title": None}, "title"),
        ({"columns": {"sources": {"title": "S", "type": "text"}}, "order": ["sources"]}, "sources"),
    ],
)
def test_a_header_that_contradicts_itself_is_refused_by_name(
    tmp_path: Path, header: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=r"q\.sql") as caught:
        read_question(write(tmp_path, **header))  # type: ignore[arg-type]
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["select 1", "-- comment\nselect 1", "/* no yaml: [ */\nselect 1", ""])
def test_a_file_without_a_header_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "q.sql").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"q\.sql"):
        read_question(tmp_path / "q.sql")


def test_a_part_that_is_missing_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"q\.sql: .*nothing"):
        read_question(write(tmp_path, parts=["nothing"]))


def test_a_placeholder_that_is_no_parameter_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"q\.sql: .*colour"):
        read_question(write(tmp_path, "select $colour as name, [] as claims"))
