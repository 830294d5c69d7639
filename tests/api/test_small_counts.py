"""A count of fewer than ten victims is kept nowhere, however it comes in; what else comes with it is."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.datasets.snapshot import CLAIMS
from graph.datasets.validation import violations
from graph.library import Library
from graph.tables.small_counts import WORDS
from tests.conftest import write_dataset

SMALL = "4.000777"
"""A number that stands nowhere by chance; the words tell it too."""

PERSONS = {"measure": "victims", "unit": "person"}
REACHED = {"measure": "participants", "target": "victims", "unit": "person"}
OBSERVATIONS = {
    "few": PERSONS | {"value": SMALL},
    "many": PERSONS | {"value": "40"},
    "low": PERSONS | {"low": SMALL, "high": "40"},
    "least": PERSONS | {"low": SMALL},
    "high": PERSONS | {"high": SMALL},
    "none": PERSONS | {"value": "0"},
    "nine": PERSONS | {"high": "9"},
    "reached": REACHED | {"value": SMALL},
    "kilos": {"measure": "seizures", "unit": "kilogram", "value": "5.5"},
    "share": PERSONS | {"unit": "percent", "value": "6.5"},
}
KEPT = {
    "few": {("high", "9")},
    "many": {("value", "40")},
    "low": {("high", "40")},
    "least": {("low", "0")},
    "high": {("high", "9")},
    "none": {("high", "9")},
    "nine": {("high", "9")},
    "reached": {("high", "9")},
    "kilos": {("value", "5.5")},
    "share": {("value", "6.5")},
}
WITHHELD = {"few", "low", "least", "high", "none", "reached"}
FIGURES = ("value", "low", "high")
HEAD = """
@prefix con: <https://w3id.org/concert/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/concert/id/> .
"""
SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
MAPPING = {
    "rows": [
        {
            "sheet": "observations",
            "id": "{id}",
            "columns": {
                name: f"{{{name}}}" for name in ("measure", "unit", "target", "value", "low", "high", "description")
            },
        }
    ]
}


def words(name: str) -> str:
    return f"Told of {name}: exactly {SMALL}" if name in WITHHELD else f"Told of {name}"


def claims() -> str:
    """The observations in Turtle; what tells that one is of victims comes last."""
    stated = []
    for name, cells in OBSERVATIONS.items():
        iri = f"<https://w3id.org/concert/id/observation/{name}>"
        figures = [f'con:{figure} "{cells[figure]}"^^xsd:decimal' for figure in FIGURES if figure in cells]
        codes = [f"con:{code} <https://w3id.org/concert/id/{code}/{cells[code]}>" for code in cells if code in PERSONS]
        codes += [f"con:target <https://w3id.org/concert/id/target/{cells['target']}>"] if "target" in cells else []
        texts = [f'{p} "{words(name)}"@en' for p in ("rdfs:label", "dct:description", "con:note")]
        texts += ['con:locator "p. 1"', "con:source <https://w3id.org/concert/id/source/zz>"]
        stated.append(f"{iri} {' ; '.join([*figures, *texts])} .")
        stated.append(f"{iri} a con:Observation ; {' ; '.join(codes)} .")
    source = '<https://w3id.org/concert/id/source/zz> a con:Source ; rdfs:label "A source"@en .'
    xsd = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    return "\n".join(
        [HEAD, xsd, source, *(s for s in stated if " a con:" not in s), *(s for s in stated if " a " in s)]
    )


def written(folder: Path, form: str) -> Path:
    """A dataset with the observations in one form."""
    rows = [{"id": name, "description": words(name)} | cells for name, cells in OBSERVATIONS.items()]
    if form == "sheet":
        return write_dataset(folder, {"observations": rows}, prefix="")
    if form == "mapped":
        files = [{"file": "figures.csv", "format": "table", "options": {"mapping": MAPPING}}]
        found = write_dataset(folder, {}, prefix="", files=files)
        with (found / "figures.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*dict.fromkeys(column for row in rows for column in row)])
            writer.writeheader()
            writer.writerows(rows)
        return found
    found = write_dataset(folder, {}, prefix="")
    triples = (ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(claims(), format=ox.RdfFormat.TURTLE))
    ox.serialize(triples, output=str(found / f"figures.{form}"), format=SYNTAXES[form])
    return found


def figures(library: Library) -> dict[str, set[tuple[str, str]]]:
    """What is kept of each observation's figures."""
    found: dict[str, set[tuple[str, str]]] = {}
    for quad in ox.parse(library.claims("tiny"), format=ox.RdfFormat.N_QUADS):
        name, figure = quad.subject.value.rpartition("/")[2], quad.predicate.value.rpartition("#")[2]
        if figure in FIGURES:
            found.setdefault(name, set()).add((figure, quad.object.value))
    return found


@pytest.mark.parametrize("form", ["sheet", "mapped", *SYNTAXES])
def test_a_small_count_is_bounded_however_it_comes(library: Library, tmp_path: Path, form: str) -> None:
    loaded = library.load(written(tmp_path, form))
    assert figures(library) == KEPT
    kept = library.claims("tiny").decode()
    assert SMALL not in kept
    assert kept.count(WORDS) == len(WITHHELD)
    assert all(words(name) in kept for name in KEPT.keys() - WITHHELD)
    assert kept.count("\n") == loaded.manifest.claims + 1, "the version is a claim of its own"
    folder = library.home.folder("tiny", loaded.manifest.version)
    assert not list(violations(folder / CLAIMS))
    (note,) = (note for note in loaded.manifest.notes if "withheld" in note)
    assert SMALL not in note
    named = note.partition(": ")[2].split(", ")
    assert len(named) == len(WITHHELD)
    if form == "sheet":
        assert "observations.csv row 2" in named
    assert library.world(frozenset({"tiny"})).rows("select count(*) as n from observation")[0]["n"] == len(KEPT)
    for file in library.home.path.rglob("*"):
        if file.is_file():
            assert SMALL.encode() not in (unpacked(file) if file.name == CLAIMS else file.read_bytes()), file


def unpacked(file: Path) -> bytes:
    with file.open("rb") as packed:
        return zstandard.ZstdDecompressor().stream_reader(packed).read()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Library(tmp_path / "home") as library:
        library.load(written(tmp_path, "ttl"))
    with TestClient(create_app(Settings(home=tmp_path / "home", shipped=()))) as client:
        yield client


def test_a_small_count_is_told_by_no_door(client: TestClient) -> None:
    query = "SELECT * WHERE { ?s ?p ?o }"
    told = [
        client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}),
        client.get("/api/questions/figures?format=json"),
        client.get("/api/exports/nquads"),
        client.get("/api/datasets"),
    ]
    for name in OBSERVATIONS:
        told += [
            client.get(f"/id/observation/{name}", headers={"Accept": accept})
            for accept in ("text/turtle", "application/ld+json", "application/json")
        ]
    for reply in told:
        assert reply.status_code == 200, (reply.url, reply.text)
        assert SMALL not in reply.text, reply.url
    assert "observation/many" in told[0].text
    assert '"40"' in told[2].text
