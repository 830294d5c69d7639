"""Projecting a snapshot part by part makes the tables that projecting it at once makes."""

from pathlib import Path

import duckdb
import pytest

from graph.datasets.snapshot import CLAIMS
from graph.library import Library
from graph.tables import build
from graph.tables.views import quoted


@pytest.mark.parametrize("name", ["paper-2003", "reference"])
def test_in_parts_come_the_same_tables(
    shipped: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    claims = shipped.home.folder(name, shipped.home.current().versions[name]) / CLAIMS
    build.build(claims, tmp_path / "once.duckdb")
    monkeypatch.setattr(build, "PART", claims.stat().st_size // 3)
    build.build(claims, tmp_path / "parts.duckdb")
    with duckdb.connect() as connection:
        for file in ("once", "parts"):
            connection.execute(f"attach {quoted(str(tmp_path / f'{file}.duckdb'))} as {file} (read_only)")
        listed = "select table_name from duckdb_tables() where database_name = $file order by table_name"
        once, parts = (connection.execute(listed, {"file": file}).fetchall() for file in ("once", "parts"))
        assert once == parts
        assert ("counterpart",) in once
        for (table,) in once:
            assert not connection.execute(f"from once.{table} except all from parts.{table}").fetchall(), table
            assert not connection.execute(f"from parts.{table} except all from once.{table}").fetchall(), table
