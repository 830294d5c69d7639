"""A DuckDB database for the length of one step, which lies on the disk where it is large."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY = "512MB"
"""What DuckDB may hold in memory. Beyond it, it writes to the workspace."""


SMALL = 1_000_000
"""Bytes of a compressed snapshot up to which the database lies in memory, where it is opened more quickly."""


@contextmanager
def workspace(claims: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty database to look at the snapshot `claims` in; it is gone afterwards.

    It lies beside the snapshot, as the place for temporary files may be small or in memory.
    """
    with tempfile.TemporaryDirectory(prefix=".workspace-", dir=claims.parent) as folder:
        file = ":memory:" if claims.stat().st_size <= SMALL else f"{folder}/workspace.duckdb"
        with duckdb.connect(
            file, config={"memory_limit": MEMORY, "temp_directory": folder, "preserve_insertion_order": "false"}
        ) as connection:
            yield connection
