"""Double reporting: pairs of records that may tell of one effort, the donor's and the implementer's.

Identifiers decide where they say something; every other pair is compared by Splink (Fellegi and Sunter 1969), and its
score only says which ones a person should look at. What is compared, and how much each agreement weighs, is in
`reports.yml`.
"""

import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import yaml

if TYPE_CHECKING:
    from splink import Linker, SettingsCreator

HERE = Path(__file__).parent
TABLES = (
    *("actor", "claim", "counterpart", "identifier", "name"),
    *("participation", "place", "programme", "relation", "within"),
)
RECORDS = 125_000
"""Records that are put together at a time, which bounds the memory that it takes."""
MEMBERS = 8_000_000
"""Memberships of blocks that are counted at a time, for the same reason: all those of some blocks."""
MEETING = 4_000_000
"""Memberships of which those in one block are set beside one another at a time."""
MEMORY = "700MB"
"""What DuckDB may hold; beyond it, it writes to the disk."""
SMALL = 20_000_000
"""Bytes of tables files up to which all is done in memory; a file on the disk keeps more memory free."""
COMPARED = 4_000_000
"""About how many pairs are compared at a time, which bounds the memory that it takes."""

KEPT = "select columns('^(unique_id_|match_probability|gamma_|mw_)')"

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """A progress that says nothing."""


@dataclass(frozen=True)
class Level:
    """How alike two records may be in one respect: in words, as SQL, and how often they are.

    m       share of the pairs of one effort that are so alike, u of all others; None where one side does not tell
    costly  whether it takes long to look at this level and those after it
    """

    words: str
    sql: str
    m: float | None = None
    u: float | None = None
    costly: bool = False

    @property
    def weight(self) -> float:
        """Bits for one effort, below 0 against it: log2(m / u)."""
        return math.log2(self.m / self.u) if self.m and self.u else 0.0


@dataclass(frozen=True)
class Method:
    """What `reports.yml` says; the file explains each."""

    terms: Mapping[str, tuple[Level, ...]]
    schemes: tuple[str, ...]
    doubled: float
    doubled_within: float
    review: float
    days_apart: int
    most_pairs: int
    rates: Mapping[str, float]

    def prior(self, ones: int, others: int | None) -> float:
        """The probability that two records drawn blindly tell of one effort; `others` is None within one dataset."""
        return self.doubled_within / max(2, ones) if others is None else self.doubled / max(2, ones, others)


@cache
def method() -> Method:
    """The method that is used."""
    raw = yaml.safe_load((HERE / "reports.yml").read_text(encoding="utf-8"))
    raw["terms"] = {term: tuple(Level(**level) for level in levels) for term, levels in raw["terms"].items()}
    return Method(**raw | {"schemes": tuple(raw["schemes"])})


def link(
    one: Path,
    other: Path,
    reference: Sequence[Path],
    target: Path,
    progress: Progress = silent,
    *,
    memory_limit: str = MEMORY,
    threads: int = 2,
) -> None:
    """Write the pairs of records of one effort in two tables files to the Parquet file `target`: whole, or not at all.

    Pairs are of a record of `one` and one of `other`; of any two where it is the same file. `reference` are further
    files, which know places and actors. The same files give the same rows in the same order. Columns:

    a, b     programmes, the lesser id first
    decided  whether identifiers say that they are one effort
    basis    what identifiers say, in words; claims  the ids of what states it
    score    probability from 0 to 1, null where decided; at least the threshold of review
    known    share of the terms that could be compared
    prior    log2 odds before anything is compared, and for each term how alike the two are in words, and as
             `<term>_weight` in bits. Prior and weights add up to log2(score / (1 - score)).
    """
    progress("reading records")
    with comparing(one, other, reference, target.parent, memory_limit=memory_limit, threads=threads) as connection:
        progress("looking for likely pairs")
        _pairs(connection, one == other, progress)
        draft = target.with_name(f".{target.name}.draft")
        try:
            connection.execute(_sql("answer"), {"target": str(draft)})
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def comparing(
    one: Path, other: Path, reference: Sequence[Path], folder: Path, *, memory_limit: str = MEMORY, threads: int = 2
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A scratch database in `folder` with the tables `record`, `identified` and `listed`. It goes afterwards."""
    with tempfile.TemporaryDirectory(prefix=".linking-", dir=folder) as scratch:
        settings: dict[str, Any] = {"memory_limit": memory_limit, "threads": threads, "temp_directory": scratch}
        known = list(dict.fromkeys((one, other, *reference)))
        small = sum(file.stat().st_size for file in known) <= SMALL
        with duckdb.connect(":memory:" if small else Path(scratch) / "work.duckdb", config=settings) as connection:
            connection.execute("set preserve_insertion_order = false")
            _attach(connection, list(dict.fromkeys((one, other))), known)
            connection.execute("create table rate (currency varchar, per_dollar double)")
            connection.executemany("insert into rate values (?, ?)", list(method().rates.items()))
            connection.execute("set variable schemes = $schemes", {"schemes": list(method().schemes)})
            connection.execute(_sql("records"))
            _in_parts(connection, "record", "select * from record_part({})", "numbered", RECORDS)
            _drop_temporary(connection)
            connection.execute(_sql("identifiers"))
            _drop_temporary(connection)
            yield connection


def _attach(connection: duckdb.DuckDBPyConnection, told: Sequence[Path], known: Sequence[Path]) -> None:
    """Views over several files: `told` those compared, with which one tells (`teller`, 1 or 2), `known` all of them."""
    for number, file in enumerate(known):
        connection.execute(f"attach {_quoted(str(file))} as file_{number} (read_only)")
    for schema, files in (("told", told), ("known", known)):
        connection.execute(f"create schema {schema}")
        for table in TABLES:
            parts = [f"select *, {1 << min(n, 1)} as teller from file_{n}.main.{table}" for n in range(len(files))]  # noqa: S608
            connection.execute(f"create view {schema}.{table} as " + " union all by name ".join(parts))


def _prior(connection: duckdb.DuckDBPyConnection, within: bool) -> float:
    sizes = "select count(*) filter (sides & 1 = 1), count(*) filter (sides & 2 = 2) from record"
    [(ones, others)] = connection.execute(sizes).fetchall()
    return method().prior(ones, None if within else others)


def _linker(connection: duckdb.DuckDBPyConnection, prior: float) -> "Linker":
    from splink import DuckDBAPI, Linker

    return Linker(
        DuckDBAPI(connection).register("record"),
        settings(method().terms, prior),
        log_level=None,
        validate_settings=False,
    )


def settings(terms: Mapping[str, Sequence[Level]], prior: float) -> "SettingsCreator":
    """The terms as Splink has them. A level without m and u is left to Splink to train."""
    from splink import SettingsCreator
    from splink.comparison_library import CustomComparison

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            CustomComparison([_level(level, null=not at) for at, level in enumerate(levels)], term)
            for term, levels in terms.items()
        ],
        probability_two_random_records_match=prior,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
        linker_uid="reports",
    )


def _level(level: Level, null: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.words}
    if null:
        return told | {"is_null_level": True}
    return told if level.m is None else told | {"m_probability": level.m, "u_probability": level.u}


def _pairs(connection: duckdb.DuckDBPyConnection, within: bool, progress: Progress) -> None:
    """Make the table `scored`: pairs that reach the threshold of review, and those that identifiers decide."""
    prior = _prior(connection, within)
    connection.execute("set variable within = $within", {"within": within})
    connection.execute("set variable most_pairs = $most", {"most": method().most_pairs})
    connection.execute("set variable days_apart = $days", {"days": method().days_apart})
    connection.execute(_sql("blocks"))
    _in_parts(connection, "blocked", "select * from blocked_part({})", "block_of", MEMBERS)
    _drop_temporary(connection)
    connection.execute(_sql("sketch"))
    connection.execute(
        "create table candidate as select n as join_key_l, m as join_key_r, '0' as match_key from decided"
    )
    connection.execute(_sql("pairs"))
    # Joins are made as they are written: there are more pairs than the records beside which each is put, but DuckDB
    # takes them for fewer and would keep them in memory.
    connection.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    _in_parts(connection, "met_likely", _likely(prior), "blocked", MEETING)
    connection.execute("reset disabled_optimizers")
    connection.execute("create table likely as select distinct n, m from met_likely")
    terms = "".join(f", gamma_{term} integer, mw_{term} double" for term in method().terms)
    connection.execute(
        "create table scored (unique_id_l bigint, unique_id_r bigint, decided boolean, match_probability double"
        f"{terms})"
    )
    rows = [
        (term, len(levels) - 1 - at if at else -1, level.words)
        for term, levels in method().terms.items()
        for at, level in enumerate(levels)
    ]
    connection.execute("create table level (term varchar, gamma integer, words varchar)")
    connection.executemany("insert into level values (?, ?, ?)", rows)
    connection.execute("set variable prior = $prior", {"prior": _odds(prior)})
    told = "select (select count(*) from decided), (select count(*) from likely)"
    [(decided, pairs)] = connection.execute(told).fetchall()
    if not decided and not pairs:  # as is mostly so of small datasets, which Splink would take a second for
        return
    linker = _linker(connection, prior)
    if decided:
        _score(connection, linker, decided=True)
    chunks = -(-pairs // COMPARED)
    for chunk in range(chunks):
        progress(f"comparing, part {chunk + 1} of {chunks}")
        connection.execute(_sql("candidates"), {"chunk": chunk, "size": COMPARED})
        _score(connection, linker, decided=False)


def _in_parts(connection: duckdb.DuckDBPyConnection, table: str, select: str, of: str, size: int) -> None:
    """Make `table` of what `select` finds part by part of the table `of`; {} in it stands for "number, parts"."""
    [(rows,)] = connection.execute(f"select count(*) from {of}").fetchall()  # noqa: S608 - names of ours
    parts = 1 + rows // size
    for part in range(parts):
        making = f"insert into {table}" if part else f"create table {table} as"
        connection.execute(f"{making} {select.format(f'{part}, {parts}')}")


def _drop_temporary(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the steps on the way to what is kept: writing them to the disk takes memory, which what comes needs."""
    tables = connection.execute("select table_name from duckdb_tables() where temporary").fetchall()
    for (table,) in tables:
        connection.execute(f"drop table {table}")


def _likely(prior: float) -> str:
    """The pairs of a part that may reach the review: a quick look leaves out none that does, but not all others."""
    most = " + ".join(_at_most(levels) for levels in method().terms.values())
    least = _odds(method().review) - _odds(prior)
    return f"select distinct unique_id_l as n, unique_id_r as m from met({{}}) where {most} >= {least}"  # noqa: S608


def _at_most(levels: Sequence[Level]) -> str:
    """What a term weighs at most, as SQL over sketches."""
    cases = list[str]()
    for at, level in enumerate(levels):
        most = max(each.weight for each in levels[at:]) if at else level.weight
        if level.costly or level.sql == "ELSE":
            return f"case {' '.join(cases)} else {most} end"
        cases.append(f"when {level.sql.replace('list_has_any', 'may_share')} then {most}")
    raise AssertionError("no last level")


def _odds(probability: float) -> float:
    """In bits."""
    return math.log2(probability / (1 - probability))


def _score(connection: duckdb.DuckDBPyConnection, linker: "Linker", decided: bool) -> None:
    """Add the pairs of the table `candidate` with their scores; where undecided, those that reach the review."""
    from splink import DuckDBAPI

    linker.table_management.register_blocked_pairs_for_predict(DuckDBAPI(connection).register("candidate"))
    threshold = None if decided else method().review
    found = linker.inference.predict(threshold_match_probability=threshold, warning_mode="never").physical_name
    connection.execute(f"insert into scored by name {KEPT}, {str(decided).lower()} as decided from {found}")
    connection.execute(f"drop table {found}")


def _sql(name: str) -> str:
    return (HERE / f"reports_{name}.sql").read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
