"""What holds for every format: filters, what a reader may not see, small counts, labels, equal bytes."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyoxigraph as ox
import pytest

from graph.datasets.snapshot import CLAIMS
from graph.errors import InvalidParameter, NotFound, Timeout, TooLarge
from graph.library import Library
from graph.tables.small_counts import SmallCounts
from graph.tables.world import World
from graph.writers.bounds import Bounded, Bounds
from graph.writers.export import EXPORTS, export
from graph.writers.parquet import dictionary, meaning
from graph.writers.part import handling, part_of

from .conftest import folder_of  # noqa: TID252 - beside this file

RDF = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "json-ld": ox.RdfFormat.JSON_LD}
SECRET = {
    "actors": [{"id": "s", "class": "Group", "name": "Zzsecretive"}],
    "programmes": [{"id": "p", "name": "Zzhidden effort", "status": "active", "domains": "arms"}],
    "participations": [{"actor": "s", "programme": "p", "role": "host"}],
}
COUNTS = [
    {"id": "few", "measure": "victims", "unit": "person", "value": "7", "description": "zzseven"},
    {"id": "range", "measure": "victims", "unit": "person", "low": "3", "high": "12", "description": "zzthree"},
    {"id": "many", "measure": "victims", "unit": "person", "value": "1234", "description": "zzmany"},
    {"id": "kilos", "measure": "seizures", "unit": "kilogram", "value": "7", "description": "zzkilos"},
]


def content(file: Path) -> bytes:
    """What a file says, every part of an archive unpacked and every table in words."""
    if file.suffix != ".zip":
        return file.read_bytes()
    said = b""
    with zipfile.ZipFile(file) as archive, duckdb.connect() as connection:
        for name in sorted(archive.namelist()):
            if not name.endswith(".parquet"):
                said += archive.read(name)
                continue
            table = file.with_name(name)
            table.write_bytes(archive.read(name))
            said += repr(connection.execute("from read_parquet(?)", [str(table)]).fetchall()).encode()
    return said


@pytest.mark.parametrize("name", RDF)
def test_rdf_says_every_claim(shipped: Library, name: str, write: Callable[..., Any]) -> None:
    file, told = write(shipped, name)
    kept = {q for each in ("paper-2003", "reference") for q in ox.parse(shipped.claims(each), format=RDF["nquads"])}
    assert set(ox.parse(path=str(file), format=RDF[name])) == kept
    assert told.written == {"claims": len(kept)}


@pytest.mark.parametrize("name", RDF)
def test_rdf_of_a_part_is_of_its_programmes(shipped: Library, name: str, write: Callable[..., Any]) -> None:
    given = {"actor": ["iom"], "domain": ["persons"]}
    quads = list(ox.parse(path=str(write(shipped, name, given)[0]), format=RDF[name]))
    with part_of(shipped.world(shipped.names()), given) as part:
        wanted = {f"https://w3id.org/concert/id/{record['id']}" for record in part.records()}
    subjects = {quad.subject.value for quad in quads}
    programmes = {each for each in subjects if "/id/programme/" in each}
    assert wanted <= programmes
    assert 0 < len(wanted) < 49
    taking = {
        q.object.value
        for q in quads
        if q.predicate.value.endswith("#programme") and "/participation/" in q.subject.value
    }
    assert taking == wanted & taking
    assert "https://w3id.org/concert/id/actor/iom" in subjects
    assert "https://w3id.org/concert/id/source/osce-ef-del-3-03" in subjects
    assert set(quads) <= {q for n in shipped.names() for q in ox.parse(shipped.claims(n), format=RDF["nquads"])}


SURE = [
    (
        {"place": ["TJ"]},
        "list_has_any(places, ['place/tj', 'place/dushanbe', 'place/central-asia', 'place/osce-area'])",
    ),
    ({"domain": ["drugs"]}, "list_has_any(domains, ['domain/drugs', 'domain/heroin', 'domain/precursors'])"),
    ({"on": ["2003-05-14"]}, "from_date <= date '2003-05-14' and to_date >= date '2003-05-14'"),
    (
        {"actor": ["iom"], "role": ["implementing"]},
        "id in (select programme from participation where actor = 'actor/iom' and role = 'role/implementing')",
    ),
    ({"dataset": ["reference"]}, "false"),
]
"""Filters, each with a condition that holds for programmes of which it is sure that they fit."""


@pytest.mark.parametrize(("given", "test"), SURE)
def test_a_filter_leaves_whole_programmes(world: World, given: dict[str, list[str]], test: str) -> None:
    with part_of(world, given) as part:
        found = {record["id"]: record for record in part.records()}
        assert part.programmes == len(found)
    sure = {row["id"] for row in world.rows(f"select id from programme where {test}")}
    assert sure <= found.keys()
    assert ("dataset" in given) == (not found)
    for id_, record in found.items():
        stated = world.rows("select places from programme where id = $id", {"id": id_})[0]["places"]
        assert [place["id"] for place in record["places"]] == stated


def test_blocks_join_without_a_seam(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with part_of(world) as part:
        whole = list(part.records())
        monkeypatch.setattr("graph.writers.part.BLOCK", 7)
        assert list(part.records()) == whole
    assert len(whole) == 49


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with a dataset that everybody may see, which holds small counts, and one that few may."""
    folder = tmp_path_factory.mktemp("mixed")
    with Library(folder / "home") as library:
        actors = [{"id": "a", "class": "Group", "name": "Open"}]
        with pytest.MonkeyPatch.context() as patch:  # what was kept before small counts were withheld at the door
            patch.setattr("graph.loading.small_counts", lambda tables: SmallCounts([]))
            library.load(folder_of(folder / "open", {"actors": actors, "observations": COUNTS}))
        library.load(folder_of(folder / "secret", SECRET, handling="amber-strict"))
        yield library


@pytest.mark.parametrize("name", EXPORTS)
def test_what_a_reader_may_not_see_is_nowhere(mixed: Library, write: Callable[..., Any], name: str) -> None:
    said = content(write(mixed, name, None, frozenset({"open"}))[0]).lower()
    assert b"hidden" not in said
    assert b"secret" not in said
    said = content(write(mixed, name)[0])
    assert b"Zzhidden" in said
    assert (b"handling/amber-strict" if name == "json-ld" else b"TLP:AMBER+STRICT") in said


@pytest.mark.parametrize("name", EXPORTS)
def test_small_counts_of_victims_are_nowhere(mixed: Library, write: Callable[..., Any], name: str) -> None:
    file, _ = write(mixed, name)
    said = content(file)
    assert b"zzseven" not in said
    assert b"zzthree" not in said
    if name in RDF:
        quads = ox.parse(path=str(file), format=RDF[name])
        figures = {
            (quad.subject.value.rpartition("/")[2], quad.predicate.value.rpartition("#")[2], quad.object.value)
            for quad in quads
            if quad.predicate.value.endswith(("#value", "#low", "#high"))
        }
        assert figures == {
            ("few", "high", "9"),
            ("range", "high", "12"),
            ("many", "value", "1234"),
            ("kilos", "value", "7"),
        }
    if name == "parquet":
        assert b"zzmany" in said
        table = file.with_name("observation.parquet")
        found = duckdb.execute("select id, value, low, high from read_parquet(?)", [str(table)]).fetchall()
        assert sorted(found) == [
            ("observation/few", None, None, 9.0),
            ("observation/kilos", 7.0, None, None),
            ("observation/many", 1234.0, None, None),
            ("observation/range", None, None, 12.0),
        ]


ONTOLOGY = "https://w3id.org/concert/ns#"
IRIS = ("https://w3id.org/concert/id/observation/ours", "https://example.org/figures/theirs")
FEW = """
<{iri}> a <{con}Observation> ;
    <{con}measure> <https://w3id.org/concert/id/measure/victims> ;
    <{con}unit> <https://w3id.org/concert/id/unit/person> ;
    <{con}value> 7.314 ; <{con}low> 2.718 ; <{con}starts> "2001"^^<http://www.w3.org/2001/XMLSchema#gYear> ;
    <{con}source> <https://w3id.org/concert/id/source/dataset-tiny> ;
    <http://purl.org/dc/terms/description> "zz described: 7.314"@en ;
    <http://purl.org/dc/terms/title> "zz entitled: 7.314"@en ;
    <http://www.w3.org/2000/01/rdf-schema#label> "zz labelled: 7.314"@en ;
    <http://www.w3.org/2000/01/rdf-schema#comment> "zz commented: 7.314"@en ;
    <http://www.w3.org/2004/02/skos/core#altLabel> "zz called: 7.314"@en ;
    <http://www.w3.org/2004/02/skos/core#note> "zz noted: 7.314"@en .
"""


@pytest.mark.parametrize("name", EXPORTS)
def test_no_property_of_an_observation_leaks_a_small_count(
    library: Library, dataset: Callable[..., Path], write: Callable[..., Any], name: str
) -> None:
    folder = dataset({})
    (folder / "figures.ttl").write_text("".join(FEW.format(iri=iri, con=ONTOLOGY) for iri in IRIS), encoding="utf-8")
    library.load(folder)
    for given in ({}, {"dataset": ["tiny"]}):
        said = content(write(library, name, given)[0])
        for told in (b"7.314", b"2.718", b"zz "):
            assert told not in said, given
        if name in RDF:
            assert all(iri.rpartition("/")[2].encode() in said for iri in IRIS)
            assert b"2001" in said


HIDDEN = {
    "actors": [{"id": "s", "class": "Group", "name": "Zzsecretive"}],
    "participations": [{"actor": "s", "programme": "open.p", "role": "host"}],
    "ties": [{"actor": "s", "kind": "coordinates-with", "other": "open.a", "description": "zzhidden"}],
    "observations": [
        {"id": "o", "measure": "seizures", "unit": "kilogram", "value": "31415", "about": "programme:open.p",
         "description": "zzhidden"}
    ],
}  # fmt: skip


def test_a_hidden_dataset_changes_no_byte_of_what_others_see(
    library: Library, tmp_path: Path, write: Callable[..., Any]
) -> None:
    sheets = {
        "actors": [{"id": "a", "class": "Group", "name": "Open"}],
        "programmes": [{"id": "p", "name": "Open effort", "status": "active", "domains": "arms"}],
        "participations": [{"actor": "a", "programme": "p", "role": "implementing"}],
    }
    library.load(folder_of(tmp_path / "open", sheets, prefix="open."))
    parts: list[dict[str, list[str]]] = [{}, {"domain": ["arms"]}, {"actor": ["open.a"]}]
    asked = [(name, given) for name in EXPORTS for given in parts]
    before = [write(library, name, given, frozenset({"open"}))[0].read_bytes() for name, given in asked]
    library.load(folder_of(tmp_path / "hidden", HIDDEN, handling="red", uses=["open"]))
    for (name, given), bytes_ in zip(asked, before, strict=True):
        assert write(library, name, given, frozenset({"open"}))[0].read_bytes() == bytes_, (name, given)
    seen = [content(write(library, name)[0]) for name in EXPORTS]
    assert all(b"Zzsecretive" in said for said in seen)


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_too_large_or_too_late_is_refused(shipped: Library, tmp_path: Path, name: str) -> None:
    world = shipped.world(shipped.names())
    snapshots = {each: shipped.home.folder(each, version) / CLAIMS for each, version in world.datasets.items()}
    out = io.BytesIO()
    with pytest.raises(TooLarge, match="too large"):
        export(world, name, {}, snapshots, out, bounds=Bounds(size=5_000))
    assert len(out.getvalue()) <= 5_000
    with pytest.raises(Timeout, match="too long"):
        export(world, name, {}, snapshots, io.BytesIO(), bounds=Bounds(seconds=0))
    told: list[float] = []
    export(world, name, {}, snapshots, io.BytesIO(), bounds=Bounds(10_000_000, 600), advance=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_query_that_runs_is_stopped_when_time_is_up(world: World) -> None:
    bounded = Bounded(io.BytesIO(), Bounds(seconds=0.2))
    with pytest.raises(Timeout), part_of(world, {}, {}, bounded) as part:
        part.cursor.execute("select count(*) from range(10000000) as a, range(10000000) as b where a.range < b.range")


@pytest.mark.parametrize("name", RDF)
def test_rdf_of_a_part_has_an_actor_under_every_id_that_claims_use(
    library: Library, dataset: Callable[..., Path], write: Callable[..., Any], name: str
) -> None:
    actor = {"class": "Organisation", "wikidata": "Q12345"}
    for each in ("one", "two"):
        programmes = [{"id": "p", "name": f"Effort of {each}", "domains": "arms"}]
        taking = [{"actor": "a", "programme": "p", "role": "implementing"}]
        actors = [{"id": "a", "name": f"Zz{each}", **actor}]
        library.load(dataset({"actors": actors, "programmes": programmes, "participations": taking}, name=each))
    assert len(library.world(library.names()).rows("select * from merged")) == 1
    said = content(write(library, name, {"domain": ["arms"]})[0])
    assert b"Zzone" in said
    assert b"Zztwo" in said


@pytest.mark.parametrize("name", EXPORTS)
def test_equal_data_gives_equal_bytes(shipped: Library, name: str, write: Callable[..., Any]) -> None:
    given = {"place": ["UZ"]}
    first = write(shipped, name, given)[0].read_bytes()
    assert write(shipped, name, given)[0].read_bytes() == first
    assert first


def test_every_column_of_the_bundle_has_a_sentence(shipped: Library, write: Callable[..., Any]) -> None:
    file, told = write(shipped, "parquet")
    with zipfile.ZipFile(file) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("data-dictionary.csv").decode())))
        named = {name.removesuffix(".parquet") for name in archive.namelist() if name.endswith(".parquet")}
    assert named == set(told.written) == {row["table"] for row in rows}
    assert [(row["table"], row["column"]) for row in rows if not row["meaning"].endswith(".")] == []
    assert {"programme", "participation", "claim", "source", "presence"} <= named
    assert not [
        key for key in dictionary()["columns"] if "." in key and key.partition(".")[0] not in dictionary()["tables"]
    ]
    assert meaning("programme", "no-such-column") == ""


def test_every_table_of_a_world_is_in_the_bundle_or_left_out_for_a_reason(world: World) -> None:
    found = world.rows(
        "select distinct table_name from duckdb_columns() where schema_name = $schema", {"schema": world.schema.name}
    )
    named, left_out = dictionary()["tables"].keys(), dictionary()["left_out"].keys()
    assert {row["table_name"] for row in found} - world.schema.kept == named | left_out
    assert not named & left_out
    assert all(reason.endswith(".") for reason in (dictionary()["tables"] | dictionary()["left_out"]).values())


def test_the_bundle_holds_the_tables(shipped: Library, world: World, write: Callable[..., Any], tmp_path: Path) -> None:
    content(write(shipped, "parquet")[0])
    for table in ("programme", "participation", "presence", "claim", "tie", "place_within"):
        columns = [c[0] for c in duckdb.sql(f"describe from '{tmp_path / table}.parquet'").fetchall()]
        shown = ", ".join(f'"{column}"' for column in columns)
        found = duckdb.sql(f"select {shown} from '{tmp_path / table}.parquet'").fetchall()
        kept = [tuple(row.values()) for row in world.rows(f"select {shown} from {table}")]
        assert sorted(map(repr, found)) == sorted(map(repr, kept))


def test_labels_are_as_strict_as_the_strictest() -> None:
    assert handling([]) == "TLP:CLEAR"
    assert handling([{"handling": "green"}, {"handling": "amber-strict"}, {"handling": "amber"}]) == "TLP:AMBER+STRICT"
    assert handling([{"handling": "red"}, {"handling": "clear"}]) == "TLP:RED"


def test_an_unknown_format_and_an_unknown_filter_are_refused(world: World) -> None:
    with pytest.raises(NotFound, match="no format 'xls'"):
        export(world, "xls", {}, {}, io.BytesIO())
    with pytest.raises(InvalidParameter, match="planet"):
        export(world, "hxl", {"planet": ["TJ"]}, {}, io.BytesIO())


def test_ftm_is_entities_that_point_at_one_another(shipped: Library, write: Callable[..., Any]) -> None:
    file, told = write(shipped, "ftm")
    entities = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities) == sum(told.written.values())
    for entity in entities:
        assert all(isinstance(v, str) and v for values in entity["properties"].values() for v in values)
        for name in ("project", "participant", "member", "organization", "subject", "object", "proof"):
            assert ids.issuperset(entity["properties"].get(name, ())), entity
        assert entity["handling"] == "TLP:CLEAR"
        assert entity["licence"] == "CC-BY-4.0"
