"""Names and ids of used datasets, progress, and files that pass as they are."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from graph.datasets.snapshot import CLAIMS, hash_folder, write_claims
from graph.errors import InvalidData
from graph.library import Library
from graph.loading import Known, Names
from graph.readers import Frame, Log
from graph.readers.rdf import read_blocks, read_rdf
from graph.tables.world import World
from ontology.namespaces import ID

LOOKUP = """
select distinct id
from (
    select id from identifier where lower(value) = lower($text)
    union all
    select id from name where lower(strip_accents(name)) = lower(strip_accents($text))
)
where starts_with(id, $kind || '/')
"""
"""The answer, asked of the tables once a text."""

FRAME = Frame("", "en", "https://example.org/source", {})


class Bar:
    def __init__(self) -> None:
        self.told: list[str | float] = []

    def __call__(self, step: str) -> None:
        self.told.append(step)

    def advance(self, share: float) -> None:
        self.told.append(share)


def test_names_are_found_as_a_query_finds_them(world: World) -> None:
    stated = world.rows("select name as text from name union select value as text from identifier order by text")
    texts = {str(row["text"]) for row in stated if row["text"]}
    texts |= {text.upper() for text in texts} | {text.lower() for text in texts}
    texts |= {"İSTANBUL", "ΟΔΥΣΣΕΥΣ", "Straße", "nobody at all", "", "  "}
    names = Names(world)
    for kind in ("actor", "place", "instrument", "programme", "nothing"):
        for text in sorted(texts)[:: 11 if kind == "place" else 29]:
            found = world.rows(LOOKUP, {"kind": kind, "text": text})
            assert names.find(kind, text) == (f"{ID}{found[0]['id']}" if len(found) == 1 else None), (kind, text)


def test_names_fold_case_and_accents_and_refuse_what_is_ambiguous(
    library: Library, dataset: Callable[..., Path]
) -> None:
    actors = [
        {"id": "a", "class": "Organisation", "name": "Œuvre Élan", "aliases": "Twice"},
        {"id": "b", "class": "Organisation", "name": "Twice"},
        {"id": "c", "class": "Organisation", "name": "İzmir Derneği"},
    ]
    library.load(dataset({"actors": actors}, prefix=""))
    names = Names(library.world(library.names()))
    assert names.find("actor", "œuvre elan") == f"{ID}actor/a"
    assert names.find("actor", "TWICE") is None
    assert names.find("actor", "izmir dernegi") == f"{ID}actor/c"
    assert names.find("place", "Twice") is None


def test_what_used_datasets_define_is_known_by_kind(world: World) -> None:
    known = Known(world)
    rows = world.rows("select distinct id, kind from thing where starts_with(id, kind || '/')")
    assert dict(known) == {(row["kind"], row["id"].partition("/")[2]): f"{ID}{row['id']}" for row in rows}
    assert len(known) == len(rows)
    assert ("place", "atlantis") not in known
    assert known.get(("place", "atlantis")) is None


def test_a_bar_is_told_the_steps_and_how_far_each_is(library: Library, dataset: Callable[..., Path]) -> None:
    folder = dataset({"actors": [{"id": "a", "class": "Organisation", "name": "A"}]})
    for name in ("one", "two"):
        lines = [f'<{ID}place/{name}{n}> <https://example.org/p> "{n}" .' for n in range(25_000)]
        (folder / f"{name}.nt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    bar = Bar()
    library.load(folder, bar)
    assert [told for told in bar.told if isinstance(told, str)] == ["reading", "validating", "projecting"]
    reading = bar.told[1 : bar.told.index("validating")]
    checking = bar.told[bar.told.index("validating") + 1 : bar.told.index("projecting")]
    for shares in (reading, checking):
        assert len(shares) > 3
        assert shares == sorted(shares)  # type: ignore[type-var]
        assert shares[-1] == 1


def test_a_callable_that_only_takes_steps_is_a_progress(library: Library, dataset: Callable[..., Path]) -> None:
    steps: list[str] = []
    library.load(dataset({"actors": [{"id": "a", "class": "Organisation", "name": "A"}]}), steps.append)
    assert steps == ["reading", "validating", "projecting"]


def test_blocks_say_what_triples_say(tmp_path: Path) -> None:
    file = tmp_path / "some.ttl"
    text = 'e:s e:p _:y , "a\\nb"@en , e:o , 5 . _:x e:p _:x . _:y e:q "_:no blank << node" .'
    file.write_text(f"@prefix e: <https://example.org/> . {text}")
    log = Log()
    quads = ox.parse(b"".join(read_blocks(file, log)), format=ox.RdfFormat.N_TRIPLES)
    triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    assert log.taken == {"some.ttl": 6}
    assert list(read_rdf(file, FRAME, Log())) == triples
    assert not any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object))
    assert ox.Literal("_:no blank << node") in {triple.object for triple in triples}
    assert ox.NamedNode(f"{ID}genid/some-x") in {triple.subject for triple in triples}


@pytest.mark.parametrize(("suffix", "text"), [
    (".nq", '<https://e.org/s> <https://e.org/p> "o" <https://e.org/g> .\n'),
    (".trig", '<https://e.org/g> { <https://e.org/s> <https://e.org/p> "o" }'),
    (".jsonld", '{"@id": "https://e.org/g", "@graph": [{"@id": "https://e.org/s", "https://e.org/p": "o"}]}'),
])  # fmt: skip
def test_graphs_in_a_file_are_dropped(tmp_path: Path, suffix: str, text: str) -> None:
    file = tmp_path / f"some{suffix}"
    file.write_text(text)
    assert b"".join(read_blocks(file, Log())) == b'<https://e.org/s> <https://e.org/p> "o" .\n'


@pytest.mark.parametrize(("suffix", "text"), [
    (".nt", '<https://e.org/s> <https://e.org/p> "o"'),
    (".nt", "<https://e.org/s> <https://e.org/p> <not an iri> ."),
    (".ttl", '<https://e.org/s> <https://e.org/p> <<( <https://e.org/s> <https://e.org/p> 1 )>> .'),
])  # fmt: skip
def test_what_is_no_rdf_is_refused(tmp_path: Path, suffix: str, text: str) -> None:
    file = tmp_path / f"some{suffix}"
    file.write_text(text)
    with pytest.raises(InvalidData, match=f"some{suffix}"):
        list(read_blocks(file, Log()))


def test_triples_and_lines_make_one_snapshot(tmp_path: Path) -> None:
    text = "".join(f"<a:s{n}> <a:p> {'_:b' if n % 9 == 1 else '<a:o>'} .\n" for n in range(30_000))
    quads = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    half = lines.index(b"\n", len(lines) // 2) + 1
    version = write_claims(tmp_path, "one", triples)
    kept = zstandard.ZstdDecompressor().stream_reader((tmp_path / CLAIMS).read_bytes()).read()
    assert write_claims(tmp_path, "one", [lines[:half], *triples[lines[:half].count(b"\n") :]]) == version
    assert zstandard.ZstdDecompressor().stream_reader((tmp_path / CLAIMS).read_bytes()).read() == kept
    assert version[1] == 30_000 == kept.count(b"\n") - 1


def test_the_hash_of_a_folder_is_over_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    first = hash_folder(tmp_path)
    (tmp_path / "a").write_bytes(b"x" * 2_999_999 + b"y")
    second = hash_folder(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, hash_folder(tmp_path)}) == 3
