"""Each file of shapes has a pair of files: one that passes, and one that says of itself what fails in it and why."""

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal

from ontology.namespaces import CON, ID, short
from ontology.validation import ABOUT_ITSELF, SHAPES, Violation, data_shapes, validate, validate_vocabulary

PAIRS = Path(__file__).parent / "shapes"
STEMS = sorted(path.stem for path in SHAPES.glob("*.ttl"))


def violations(path: Path) -> list[Violation]:
    check = validate_vocabulary if path.name.split(".")[0] in ABOUT_ITSELF else validate
    return check(Graph().parse(path))


def written(graph: Graph, iri: str) -> str:
    """Return an IRI, or a path of IRIs, as the comments in the files write it."""
    for prefix, namespace in graph.namespaces():
        iri = iri.replace(str(namespace), f"{prefix}:")
    return iri.replace("<", "").replace(">", "")


def expected(path: Path) -> set[tuple[str, ...]]:
    lines = [line[2:] for line in path.read_text().splitlines() if line.startswith("# ")]
    return {tuple(line.split(" | ")) for line in lines[1:]}


@pytest.mark.parametrize("stem", STEMS)
def test_what_fits_passes(stem: str) -> None:
    assert violations(PAIRS / f"{stem}.pass.ttl") == []


@pytest.mark.parametrize("stem", STEMS)
def test_what_does_not_fit_fails_where_and_why_the_file_says(stem: str) -> None:
    path = PAIRS / f"{stem}.fail.ttl"
    names = Graph().parse(SHAPES / f"{stem}.ttl").parse(path)
    found = {(written(names, short(one.focus)), written(names, one.path), one.message) for one in violations(path)}
    assert found == expected(path)


@pytest.mark.parametrize("stem", STEMS)
def test_every_constraint_is_seen_to_fail(stem: str) -> None:
    messages = {str(message) for message in Graph().parse(SHAPES / f"{stem}.ttl").objects(None, SH.message)}
    assert messages == {message for *_, message in expected(PAIRS / f"{stem}.fail.ttl")}


def test_every_constraint_says_in_words_what_is_wrong() -> None:
    shapes = data_shapes()
    silent = [shape for shape in shapes.objects(None, SH.property) if shapes.value(shape, SH.message) is None]
    assert silent == []


def test_a_violation_tells_the_value_too() -> None:
    graph = Graph().parse(PAIRS / "people.fail.ttl")
    assert Violation(
        focus=str(ID["actor/mail"]),
        path="http://xmlns.com/foaf/0.1/mbox",
        value="mailto:desk@example.org",
        message="Contact details are not recorded.",
    ) in validate(graph)


def test_validation_leaves_the_graph_as_it_was() -> None:
    graph = Graph()
    graph.add((ID["actor/a"], RDF.type, CON.Unit))
    graph.add((ID["actor/a"], RDFS.label, Literal("A", lang="en")))
    before = set(graph)
    assert validate(graph) == []
    assert set(graph) == before


def test_a_subclass_has_to_fit_the_shape_of_what_it_is_under() -> None:
    graph = Graph()
    graph.add((ID["programme/p"], RDF.type, CON.Training))
    assert [one.message for one in validate(graph)] == ["A programme needs a name."]
