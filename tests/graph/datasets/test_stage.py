"""What the staged claims say of a literal holds in pySHACL's eyes too."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Graph, Literal

from graph.datasets.screening import Screen, query
from graph.datasets.workspace import workspace
from graph.errors import InvalidData

S, P = ox.NamedNode("https://example.org/s"), ox.NamedNode("https://example.org/p")
GRAPH = ox.NamedNode("https://example.org/g")
NUMERALS = st.from_regex(r"[+-]?[0-9]{0,20}([.][0-9]{0,20})?(e[0-9])?", fullmatch=True)
DATES = st.from_regex(r"-?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?Z?", fullmatch=True)
DATATYPES = [XSD.decimal, XSD.integer, XSD.date, XSD.gYear, XSD.gYearMonth, XSD.dateTime, XSD.boolean, XSD.string]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text('\\"\n\rt\x01u00', max_size=12)


Stage = Callable[[list[ox.Literal]], list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """(o, lang, type, verbatim, sound, number) of literals."""
    file = tmp_path_factory.mktemp("stage") / "claims.nq.zst"
    with duckdb.connect() as connection:

        def stage(literals: list[ox.Literal]) -> list[tuple[object, ...]]:
            quads = [ox.Quad(S, ox.NamedNode(f"{P.value}{n:06}"), literal, GRAPH) for n, literal in enumerate(literals)]
            file.write_bytes(zstandard.compress(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""))
            connection.execute("drop table if exists claim")
            connection.execute(query("stage"), {"claims": str(file), "looked_into": []})
            return connection.execute("select o, lang, type, verbatim, sound, number from claim order by p").fetchall()

        yield stage


@given(texts=st.lists(TEXTS, min_size=1, max_size=50))
def test_a_text_comes_out_as_it_went_in(staged: Stage, texts: list[str]) -> None:
    rows = staged([ox.Literal(text, language="en-GB") for text in texts])
    for text, (o, lang, type_, verbatim, sound, number) in zip(texts, rows, strict=True):
        assert o == text or not verbatim
        assert (lang.lower(), type_, sound, number) == ("en-gb", None, True, None)  # type: ignore[attr-defined]


def test_common_texts_are_verbatim(staged: Stage) -> None:
    texts = ["plain", 'a "quoted" word', "two\nlines\r\n", "a\ttab", "back\\slash", "Žlutý kůň", "東京", ""]
    assert all(row[3] for row in staged([ox.Literal(text) for text in texts]))


@given(
    literals=st.lists(st.tuples(st.sampled_from(DATATYPES), NUMERALS | DATES | TEXTS), min_size=1, max_size=50),
)
def test_what_is_sound_is_so_to_rdflib(staged: Stage, literals: list[tuple[str, str]]) -> None:
    made = [ox.Literal(text, datatype=ox.NamedNode(str(datatype))) for datatype, text in literals]
    for (datatype, text), row in zip(literals, staged(made), strict=True):
        _, _, _, verbatim, sound, number = row
        if sound and datatype != XSD.string:
            literal = Literal(text, datatype=datatype)
            assert not literal.ill_typed
            assert number is None or Decimal(str(number)) == literal.value
        if verbatim:
            assert str(Literal(text, datatype=None if datatype == XSD.string else datatype)) == row[0]


COMMON = {
    "12.5": XSD.decimal,
    "-3": XSD.decimal,
    "39.123456789012345": XSD.decimal,
    "7": XSD.integer,
    "2003-05-14": XSD.date,
    "2003-05": XSD.gYearMonth,
    "2003": XSD.gYear,
}


@pytest.mark.parametrize(("text", "datatype"), COMMON.items())
def test_common_forms_are_sound(staged: Stage, text: str, datatype: str) -> None:
    [(_, _, _, _, sound, _)] = staged([ox.Literal(text, datatype=ox.NamedNode(str(datatype)))])
    assert sound


@pytest.mark.parametrize(
    "line",
    [
        "no claim",
        '_:b <https://example.org/p> "o" <https://example.org/g> .',
        "<https://example.org/s> <https://example.org/p> _:b <https://example.org/g> .",
        '<https://example.org/s> <https://example.org/p> "o" .',
        '<https://example.org/s> <https://example.org/p> "o <https://example.org/g> .',
    ],
)
def test_a_line_that_is_no_claim_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "claims.nq.zst"
    file.write_bytes(zstandard.compress(f"{line}\n".encode()))
    with (
        workspace(file) as connection,
        pytest.raises(InvalidData, match=r"1 lines of claims\.nq\.zst are not claims"),
    ):
        Screen(connection, file, [], Graph())
