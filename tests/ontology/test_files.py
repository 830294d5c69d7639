"""Every Turtle file of the ontology is read alike by the two parsers that the program uses."""

from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

import ontology

HERE = Path(ontology.__file__).parent
FILES = sorted(HERE.rglob("*.ttl"))


def test_there_are_modules_code_lists_and_shapes() -> None:
    assert {path.parent for path in FILES} == {HERE, HERE / "codelists", HERE / "shapes"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HERE)))
def test_both_parsers_read_the_same_number_of_triples(path: Path) -> None:
    by_pyoxigraph = set(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(by_pyoxigraph) == len(Graph().parse(path)) > 0


def test_shapes_have_the_stems_of_modules() -> None:
    modules = {path.stem for path in HERE.glob("*.ttl")}
    shapes = {path.stem for path in (HERE / "shapes").glob("*.ttl")}
    assert shapes - modules == {"hygiene", "people"}  # rules that cut across the modules
    assert modules - shapes == {"alignments", "concert", "reused"}  # modules without classes of their own


def test_expectations_are_the_only_file_of_code_lists_that_is_none() -> None:
    without = [
        path.stem for path in (HERE / "codelists").glob("*.ttl") if "a skos:ConceptScheme" not in path.read_text()
    ]
    assert without == ["expectations"]
