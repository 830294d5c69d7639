"""A DuckDB database for the length of one step, in a file, so that what does not fit in memory lies on disk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY = "512MB"
"""What DuckDB may hold in memory. Beyond it, it writes to the workspace."""


@contextmanager
def workspace(beside: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty database in a temporary folder in `beside`; both are gone afterwards.

    It lies beside what is worked on, as the place for temporary files may be small or in memory.
    """
    with (
        tempfile.TemporaryDirectory(prefix=".workspace-", dir=beside) as folder,
        duckdb.connect(
            Path(folder) / "workspace.duckdb",
            config={"memory_limit": MEMORY, "temp_directory": folder, "preserve_insertion_order": "false"},
        ) as connection,
    ):
        yield connection
