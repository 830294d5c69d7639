"""Asking: paging, order and sources, and questions in both languages that a person drops in."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

import pytest

from graph.errors import InvalidParameter, NotFound
from graph.library import Library
from graph.questions import answer, catalogue, query
from graph.questions.answer import ask
from graph.questions.catalogue import Question, read_question
from graph.questions.parameters import resolve
from graph.questions.query import Query
from graph.tables import engine
from graph.tables.engine import Row
from graph.tables.world import World


@pytest.mark.parametrize("name", catalogue.catalogue())
def test_pages_of_any_size_are_the_whole_answer_cut_up(world: World, name: str) -> None:
    whole = ask(world, name, limit=10_000)
    size = max(1, whole.total // 3)
    page = ask(world, name, limit=size)
    rows = list(page.rows)
    while page.next is not None:
        assert (page.total, len(page.rows)) == (whole.total, size)
        page = ask(world, name, limit=size, cursor=page.next)
        rows += page.rows
    assert page.total == whole.total
    assert rows == whole.rows


def found(world: World, question: Question, given: Mapping[str, Sequence[str]]) -> list[Row]:
    """All rows of a question as they are found."""
    asked = Query(question, resolve(world, question.parameters, given))
    if question.step:
        rows: list[Row] = import_module(question.step).answer(world, asked, 10_000, 0).rows
        return rows
    return asked.page(world, 10_000, 0, {})


@pytest.mark.parametrize("name", catalogue.catalogue())
def test_the_order_leaves_nothing_to_chance(world: World, name: str) -> None:
    """Rows that are equal in the columns of the order must differ in their claims, or a page could show one twice."""
    question = catalogue.catalogue()[name]
    if question.language == "rq":
        pytest.skip("gathered into distinct rows before they are put in order")
    rows = found(world, question, {})
    keys = [repr([row[key.split()[0]] for key in question.header.order]) for row in rows]
    if not question.page:
        keys = [key + repr(row["claims"]) for key, row in zip(keys, rows, strict=True)]
    assert len(set(keys)) == len(keys)


def test_rows_found_among_the_first_places_are_those_of_the_whole_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask(world, "who-works-where", {}, 10_000).rows
    monkeypatch.setattr(query, "AHEAD", (1, 2))
    for limit in (20, 120):
        assert ask(world, "who-works-where", {}, limit).rows == whole[:limit]


ONCE = [name for name, question in catalogue.catalogue().items() if question.header.once]
GIVEN: tuple[dict[str, list[str]], ...] = (
    {},
    {"place": ["TJ"]},
    {"domain": ["drugs"]},
    {"on": ["2003-01-01"]},
    {"dataset": ["paper-2003"]},
)


@pytest.mark.parametrize("name", ONCE)
def test_what_is_made_once_a_world_changes_no_answer(world: World, name: str) -> None:
    kept = catalogue.catalogue()[name]
    anew = kept.model_copy(update={"header": kept.header.model_copy(update={"once": ()})})
    columns = (*kept.header.columns, "claims")  # what else is found, such as sums before they are rounded, may differ
    for given in GIVEN:
        if kept.parameters.keys() >= given.keys():
            told, again = (
                [{name: row.get(name) for name in columns} for row in found(world, asked, given)]
                for asked in (kept, anew)
            )
            assert told == again


def test_it_is_made_for_all_who_ask_for_another_place(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(world, "gaps")
    made = set(world.schema.kept)
    assert made
    precursors = {"domain": ["domain/precursors"]}
    for given in ({"place": ["TJ"]}, {"place": ["KZ"]}, {"on": ["2003-01-01"]}, {"status": ["thin"]}, precursors):
        ask(world, "gaps", given, limit=3)
    assert world.schema.kept == made
    monkeypatch.setattr(engine, "MOST_KEPT", len(made))
    scattered = ask(world, "fragmentation", precursors)
    assert world.schema.kept == made
    monkeypatch.undo()
    assert ask(world, "fragmentation", precursors) == scattered
    assert made < world.schema.kept


def test_a_limit_is_a_whole_number_in_its_bounds(world: World) -> None:
    assert len(ask(world, "figures", limit="3").rows) == 3
    assert ask(world, "figures", limit="").parameters["limit"] == 100
    for wrong in ("0", "-1", "10001", "1.0", "1_0", "٣", " 1", "x", 0, 10_001):
        with pytest.raises(InvalidParameter, match="limit"):
            ask(world, "figures", limit=wrong)


def test_an_unknown_question_names_the_others(world: World) -> None:
    with pytest.raises(NotFound) as caught:
        ask(world, "nothing")
    assert "who-works-where" in str(caught.value.expected)


def test_the_parameters_are_shown_as_they_were_understood(world: World) -> None:
    found = ask(world, "who-works-where", {"place": ["Tajikistan"], "on": ["2003-05-14"], "domain": [""]})
    assert found.parameters == {"place": ["place/tj"], "on": "2003-05-14", "limit": 100}


def test_a_place_is_answered_with_what_it_holds_and_with_what_holds_it(world: World) -> None:
    rows = ask(world, "who-works-where", {"place": ["TJ"]}, limit=10_000).rows
    reached = {(row["place"]["id"], row["reach"]) for row in rows}
    assert ("place/central-asia", "containing") in reached
    assert ("place/tj", "within") in reached
    assert "reach" not in ask(world, "who-works-where").rows[0]


FLOWS = """# title: Flows by RDF
# asks: Which flows are there?
# read: One row a flow.
# caveat: None.
# columns:
#   flow: {title: Flow, type: flow}
#   name: {title: Name, type: text}
#   places: {title: Places, type: place, many: true}
# filters: {place: places}
# order: [name, flow]
PREFIX con: <https://w3id.org/concert/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?flow ?name ?places ?claims
WHERE { ?flow a con:DrugsFlow ; rdfs:label ?name . ?claims con:flow ?flow ; con:place ?places }
"""
NAMES = """/*
title: Names
asks: Who has a name?
read: One row a name.
caveat: None.
parameters:
  longest: {title: Longest, type: integer, about: at most so long, low: 1}
columns: {name: {title: Name, type: text}}
order: [name desc]
*/
select label as name, [id] as claims from thing
where kind = 'actor' and ($longest is null or length(label) <= $longest)
"""


@pytest.fixture
def dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Drop a question into the catalogue."""

    def drop(file: str, text: str) -> None:
        (tmp_path / file).write_text(text, encoding="utf-8")
        question = read_question(tmp_path / file)
        monkeypatch.setattr(answer, "catalogue", lambda: {question.name: question})

    return drop


def test_a_question_in_sparql_gathers_lists_and_claims(world: World, dropped: Callable[[str, str], None]) -> None:
    dropped("by-rdf.rq", FLOWS)
    found = ask(world, "by-rdf")
    assert found.total == len({row["flow"]["id"] for row in found.rows}) > 1
    assert [row["name"] for row in found.rows] == sorted(row["name"] for row in found.rows)
    route = next(row for row in found.rows if row["flow"]["id"] == "flow/drugs-afghanistan-europe")
    assert {"place/af", "place/ru"} <= {place["id"] for place in route["places"]}
    assert len(route["sources"]) >= len(route["places"])
    near = ask(world, "by-rdf", {"place": ["AF"]})
    assert 0 < near.total <= found.total
    assert {row["reach"] for row in near.rows} <= {"within", "containing"}
    assert ask(world, "by-rdf", limit=1).next


def test_a_question_in_sql_takes_its_own_parameters(world: World, dropped: Callable[[str, str], None]) -> None:
    dropped("names.sql", NAMES)
    everybody = ask(world, "names", limit=10_000)
    few = ask(world, "names", {"longest": ["10"]}, limit=10_000)
    assert 0 < few.total < everybody.total
    assert all(len(row["name"]) <= 10 for row in few.rows)
    with pytest.raises(InvalidParameter, match="longest"):
        ask(world, "names", {"longest": ["0"]})


def test_what_two_datasets_say_is_filtered_by_dataset(library: Library, dataset: Callable[..., Path]) -> None:
    for name in ("one", "two"):
        library.load(dataset({"actors": [{"id": "a", "class": "Organisation", "name": f"Body {name}"}]}, name=name))
    world = library.world(frozenset({"one", "two"}))
    assert "dataset" in catalogue.catalogue()["figures"].parameters
    with pytest.raises(InvalidParameter, match="no dataset"):
        ask(world, "figures", {"dataset": ["three"]})
    assert ask(world, "figures", {"dataset": ["one", "two"]}).total == 0


def test_an_empty_world_answers_with_nothing(library: Library) -> None:
    nobody = library.world(frozenset())
    for name in catalogue.catalogue():
        found = ask(nobody, name)
        assert found.rows == [] or not any(row["sources"] for row in found.rows), name
        assert found.next is None
