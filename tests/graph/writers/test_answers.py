"""An answer in its flat forms and as RDF: nothing is lost, nothing runs, equal answers give equal bytes."""

import csv
import io
import json
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS, XSD, Graph, Literal, URIRef

from graph.questions.answer import Answer, ask
from graph.questions.catalogue import Column, Header, Question, catalogue
from graph.tables.world import World
from graph.writers.answers import CELL, FORMULA, flat, header, to_csv, to_json_ld, to_xlsx
from ontology.namespaces import CON, ID


def answer(rows: list[dict[str, Any]], **columns: Column) -> Answer:
    """An answer of made-up rows."""
    said = Header(
        title="Made up", asks="?", read="So.", caveat="Careful.", columns=columns, order=(next(iter(columns)),)
    )
    question = Question(name="made-up", language="sql", header=said, parts={}, found="")
    whole = [{name: row.get(name) for name in columns} | {"sources": row.get("sources", [])} for row in rows]
    return Answer(question, columns, {"limit": 100}, whole, len(whole), None)


TEXT = Column(title="Text", type="text")
THING = Column(title="Actor", type="actor")
MANY = Column(title="Actors", type="actor", many=True)
SOURCE = {
    "claim": "tie/one",
    "dataset": "tiny",
    "source": "source/paper",
    "document": "A paper",
    "locators": ["12", "13"],
    "attributed_to": [{"id": "actor/b", "label": "B"}],
    "confidence": "reported",
    "note": None,
    "stated_on": "2003-05-14",
}


@pytest.mark.parametrize("name", catalogue())
def test_csv_reads_back_with_every_value(world: World, name: str) -> None:
    found = ask(world, name)
    rows = list(csv.reader(io.StringIO(to_csv(found).decode("utf-8"), newline="")))
    assert rows[0] == header(found)
    assert len(rows) == len(found.rows) + 1
    for read, row in zip(rows[1:], found.rows, strict=True):
        told = dict(zip(rows[0], read, strict=True))
        assert all(source["dataset"] in told["sources"] for source in row["sources"])
        for column, meant in found.columns.items():
            value = row[column]
            if value is None or value == []:
                assert told[column] == ""
            elif not meant.is_plain:
                listed = value if meant.many else [value]
                assert told[f"{column}_id"] == "; ".join(v["id"] for v in listed)
                assert told[column].removeprefix("'") == "; ".join(v["label"] for v in listed)
            elif meant.type in ("number", "share") and not meant.many:
                assert float(told[column]) == value


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("http://x")']
)
def test_a_text_that_a_spreadsheet_would_run_is_kept_from_running(text: str) -> None:
    found = answer([{"text": text, "actor": {"id": "actor/x", "label": text}}], text=TEXT, actor=THING)
    ((_, *_), row) = csv.reader(io.StringIO(to_csv(found).decode(), newline=""))
    assert row[:2] == [f"'{text}", f"'{text}"]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(found)))["Answer"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].hyperlink is None


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=5))
def test_any_text_survives_csv(texts: list[str]) -> None:
    found = answer([{"text": text} for text in texts], text=TEXT)
    rows = list(csv.reader(io.StringIO(to_csv(found).decode(), newline="")))[1:]
    for row, text in zip(rows, texts, strict=True):
        assert row[0] == (f"'{text}" if text.startswith(FORMULA) else text)


@pytest.mark.parametrize("name", ["who-works-where", "evidence-gaps", "figures"])
def test_the_workbook_has_the_rows_and_says_what_was_asked(world: World, name: str) -> None:
    found = ask(world, name, {"place": ["TJ"]}, limit=2)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(found)))
    rows = list(book["Answer"].iter_rows(values_only=True))
    assert list(rows[0]) == header(found)
    wanted = [[cell if cell != "" else None for cell in row] for row in flat(found)]
    assert [list(row) for row in rows[1:]] == [
        [c if not isinstance(c, str) or len(c) <= CELL else s for c, s in zip(row, read, strict=True)]
        for row, read in zip(wanted, rows[1:], strict=True)
    ]
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Caveat"] == found.question.header.caveat
    assert about["Rows in all"] == found.total
    assert about["Rows here"] == 2
    assert json.loads(about["Parameters"]) == {"place": ["place/tj"], "limit": 2}


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    found = answer([{"text": "x" * (CELL + 1)}, {"text": "y" * CELL}], text=TEXT)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(found)))["Answer"]
    assert "cut here, 32,768 characters" in sheet["A2"].value
    assert sheet["A3"].value == "y" * CELL


def test_equal_answers_give_equal_bytes(world: World) -> None:
    for write in (to_csv, to_xlsx):
        assert write(ask(world, "figures")) == write(ask(world, "figures"))
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(ask(world, "figures"))))
    assert book.properties.created == datetime(2003, 5, 14)  # noqa: DTZ001 - openpyxl gives it without a zone


def rdf(found: Answer) -> Graph:
    return Graph().parse(data=json.dumps(to_json_ld(found)), format="json-ld")


@pytest.mark.parametrize("name", ["who-works-where", "figures", "gaps", "overlaps"])
def test_json_ld_names_every_thing_by_its_iri(world: World, name: str) -> None:
    found = ask(world, name, {"place": ["TJ"]})
    graph = rdf(found)
    for row in found.rows:
        for column, told in found.columns.items():
            if not told.is_plain:
                for thing in row[column] if told.many else [row[column]] if row[column] else []:
                    assert (None, None, URIRef(ID + thing["id"])) in graph
                    assert (URIRef(ID + thing["id"]), RDFS.label, Literal(thing["label"])) in graph
        for source in row["sources"]:
            assert (URIRef(ID + source["claim"]), CON.source, URIRef(ID + source["source"])) in graph
    assert not [term for triple in graph for term in triple if isinstance(term, URIRef) and "://" not in term]
    assert not [
        o for o in graph.objects() if isinstance(o, Literal) and str(o).startswith(("actor/", "place/", "claim/"))
    ]


def test_json_ld_says_of_the_evidence_what_the_ontology_says() -> None:
    day = Column(title="From", type="date")
    row = {"actors": [{"id": "actor/a", "label": "A"}], "from_date": "2003-01-01", "sources": [SOURCE]}
    graph = rdf(answer([row], actors=MANY, from_date=day))
    claim = URIRef(f"{ID}tie/one")
    assert set(graph.objects(claim, CON.locator)) == {Literal("12"), Literal("13")}
    assert list(graph.objects(claim, CON.attributedTo)) == [URIRef(f"{ID}actor/b")]
    terms = "https://w3id.org/concert/question/made-up#"
    assert (None, URIRef(f"{terms}from_date"), Literal("2003-01-01", datatype=XSD.date)) in graph
    assert (None, URIRef(f"{terms}caveat"), Literal("Careful.")) in graph
    assert (None, URIRef(f"{terms}total"), Literal(1)) in graph


def test_json_ld_keeps_the_members_of_the_json(world: World) -> None:
    found = ask(world, "figures")
    told = to_json_ld(found)
    assert told.pop("@context")
    assert told == found.as_dict()
