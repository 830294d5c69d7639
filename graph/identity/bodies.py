"""What merging looks at, read straight from the tables files: a world is made after it, of what is merged."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from graph.identity.actors import make_profile
from graph.identity.comparison import Profile
from graph.tables.views import quoted

QUERY = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
READ = ("actor", "identifier", "thing", "dataset_description")


def bodies(files: Collection[Path], judged: Collection[str] = ()) -> list[Profile]:
    """The actors that share an identifier or are among the ids `judged`, by id and without their names.

    What else there is has no part in merging, so `merge` gives of these what it gives of all. 50,000 actors take some
    hundredths of a second.
    """
    if not files:
        return []
    with _reading(files) as cursor:
        found = cursor.execute(QUERY, {"judged": sorted(judged)}).fetchall()
    return [
        make_profile(
            id_,
            [],
            identifiers=[(each["scheme"], each["value"]) for each in identifiers or ()],
            kind=kind,
            part_of=part_of,
        )
        for id_, kind, identifiers, part_of in found
    ]


def held(files: Collection[Path], ids: Collection[str]) -> dict[str, str]:
    """Those of `ids` that a dataset states as things, each with its label; that of the first file by name counts."""
    if not (files and ids):
        return {}
    with _reading(files) as cursor:
        found = cursor.execute(
            "with keyed as materialized ("
            "select * from thing where id_key in (select md5_number_lower(unnest($ids::varchar[]))))"
            " select id, coalesce(min_by(label, file) filter (label is not null), id) from keyed"
            " where id in (select unnest($ids::varchar[])) group by id order by id",
            {"ids": sorted(ids)},
        )
        return dict(found.fetchall())


def handlings(files: Collection[Path]) -> frozenset[str]:
    """The handlings that the datasets have: handling/clear …"""
    if not files:
        return frozenset()
    with _reading(files) as cursor:
        found = cursor.execute("select distinct handling from dataset_description where handling is not null")
        return frozenset(handling for (handling,) in found.fetchall())


@contextmanager
def _reading(files: Collection[Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which the tables `READ` are those of all the files, one at the least."""
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        catalogs = []
        for number, file in enumerate(sorted(files)):
            connection.execute(f"attach {quoted(str(file))} as file_{number:04} (read_only)")
            catalogs.append(f"file_{number:04}")
        for table in READ:
            parts = [f"select *, '{catalog}' as file from {catalog}.main.{table}" for catalog in catalogs]  # noqa: S608 - all are ours
            connection.execute(f"create view {table} as {' union all '.join(parts)}")
        yield connection
