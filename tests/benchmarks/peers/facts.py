"""What the peers hold: the claims of a home as one file, a SPARQL store, coded columns, and a property graph."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import ladybug
import pyoxigraph as ox
import zstandard

import ontology
from graph.datasets.home import Home
from graph.datasets.snapshot import CLAIMS
from ontology.namespaces import ID

HERE = Path(__file__).parent
GRAPH = f"{ID}dataset/everything"
BUFFERS = 4 << 30
MEMORY = "6GB"
TABLE = re.compile(r"^-- (\w+)\n(.*?);$", re.MULTILINE | re.DOTALL)


def write_claims(home: Path, target: Path) -> int:
    """Write every claim of the home, and the code lists, as N-Triples; returns how many."""
    kept, count = Home(home), 0
    with target.open("wb") as out:
        for manifest in kept.manifests().values():
            snapshot = kept.folder(manifest.name, manifest.version) / CLAIMS
            end = f" <{manifest.graph}> .\n".encode()
            for lines in _chunks(snapshot):
                count += out.write(lines.replace(end, b" .\n")) and lines.count(b"\n")
        for file in sorted((Path(ontology.__file__).parent / "codelists").glob("*.ttl")):
            claims = [quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)]
            out.write(ox.serialize(claims, format=ox.RdfFormat.N_TRIPLES) or b"")
            count += len(claims)
    return count


def _chunks(snapshot: Path, size: int = 1 << 22) -> Iterator[bytes]:
    """Whole lines, a few megabytes at a time."""
    rest = b""
    with snapshot.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as reader:
        while chunk := reader.read(size):
            whole, newline, rest = (rest + chunk).rpartition(b"\n")
            yield whole + newline


def fill_oxigraph(claims: Path, target: Path) -> None:
    """Bulk-load the claims into one named graph, which is the shape that it reads fastest."""
    store = ox.Store(str(target))
    store.bulk_load(path=str(claims), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(GRAPH))
    store.flush()


def fill_duckdb(claims: Path, target: Path) -> None:
    """Make the coded columns."""
    with duckdb.connect(target, config={"memory_limit": MEMORY, "preserve_insertion_order": False}) as connection:
        connection.execute("set variable claims = $claims", {"claims": str(claims)})
        connection.execute((HERE / "facts.sql").read_text(encoding="utf-8"))
        connection.execute("checkpoint")


def write_parquet(facts: Path, target: Path) -> None:
    """Write the coded columns that the property graph takes: a file a table."""
    target.mkdir()
    with duckdb.connect(facts, read_only=True) as connection:
        for name, text in TABLE.findall((HERE / "ladybug.sql").read_text(encoding="utf-8")):
            connection.sql(text).write_parquet(str(target / f"{name}.parquet"))


def fill_ladybug(tables: Path, target: Path) -> None:
    """Copy the Parquet files into a property graph."""
    database = ladybug.Database(target, buffer_pool_size=BUFFERS, max_num_threads=2)
    connection = ladybug.Connection(database)
    connection.execute((HERE / "ladybug.cypher").read_text(encoding="utf-8"))
    for name, _ in TABLE.findall((HERE / "ladybug.sql").read_text(encoding="utf-8")):
        connection.execute(f"COPY {name} FROM '{tables / name}.parquet'")
    connection.close()
    database.close()


FILLS: dict[str, Callable[[Path, Path], object]] = {
    "claims": write_claims,
    "oxigraph": fill_oxigraph,
    "duckdb": fill_duckdb,
    "parquet": write_parquet,
    "ladybug": fill_ladybug,
}
