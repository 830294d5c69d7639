"""RDF in each of its syntaxes: the same claims, whichever it is written in."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph

from graph.library import Library
from graph.readers.iati.terms import quoted
from graph.readers.rdf import SYNTAXES

TURTLE = """
@prefix con: <https://w3id.org/concert/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/concert/id/> .
<https://w3id.org/concert/id/actor/some.a> a con:Organisation ;
    rdfs:label "Aid \\"&\\" Co"@en, "Помощь"@ru ;
    con:source <https://w3id.org/concert/id/source/dataset-some> .
<https://w3id.org/concert/id/programme/some.p> a con:Programme ;
    rdfs:label "Work"@en ;
    con:source <https://w3id.org/concert/id/source/dataset-some> ;
    con:domain <https://w3id.org/concert/id/domain/drugs> .
<https://w3id.org/concert/id/participation/some.x> a con:Participation ;
    con:source <https://w3id.org/concert/id/source/dataset-some> ;
    con:actor <https://w3id.org/concert/id/actor/some.a> ;
    con:programme <https://w3id.org/concert/id/programme/some.p> ;
    con:role <https://w3id.org/concert/id/role/implementing> .
"""
WRITTEN = {".ttl": "turtle", ".nt": "nt", ".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld", ".rdf": "xml"}


def written(folder: Path, suffix: str) -> Path:
    """The claims in one syntax, as rdflib writes it, which is not what reads it."""
    file = folder / f"claims{suffix}"
    graph = Graph().parse(data=TURTLE, format="turtle")
    if suffix in (".nq", ".trig", ".jsonld"):
        dataset = Dataset()
        for triple in graph:
            dataset.graph("https://example.org/g").add(triple)
        dataset.serialize(file, format=WRITTEN[suffix], encoding="utf-8")
    else:
        graph.serialize(file, format=WRITTEN[suffix], encoding="utf-8")
    return file


def test_every_syntax_is_tried() -> None:
    assert set(WRITTEN) == set(SYNTAXES)


@pytest.mark.parametrize("suffix", WRITTEN)
def test_a_file_of_claims_reaches_the_answers(
    library: Library, dataset: Callable[..., Path], tmp_path: Path, suffix: str
) -> None:
    folder = dataset({}, name="some")
    written(folder, suffix)
    manifest = library.load(folder).manifest
    assert manifest.taken[f"claims{suffix}"] == 13
    world = library.world(frozenset({"some"}))
    [row] = world.rows("select actor, role, programme from participation")
    assert row == {"actor": "actor/some.a", "role": "role/implementing", "programme": "programme/some.p"}
    assert {row["name"] for row in world.rows("select name from name where id = 'actor/some.a'")} == {
        'Aid "&" Co',
        "Помощь",
    }


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_a_literal_is_written_as_the_parser_writes_it(text: str) -> None:
    line = f"<http://a> <http://b> {quoted(text)} .\n".encode()
    [quad] = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == text
    assert ox.serialize([quad.triple], format=ox.RdfFormat.N_TRIPLES) == line
