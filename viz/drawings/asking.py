"""The queries of pictures: files that read the links of `graph.network` by their names."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graph.network.catalogue import composed, part, placeholders
from graph.tables.world import World

QUERIES = Path(__file__).parent / "queries"

Row = dict[str, Any]


def rows(world: World, name: str, values: Mapping[str, Any]) -> list[Row]:
    """The rows of the query `name`, with those of `values` bound that it mentions; the others are null."""
    sql = _statement(name)
    return world.rows(sql, {key: values.get(key) for key in placeholders(sql)})


@cache
def _statement(name: str) -> str:
    query = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    return composed({each: part(each) for each in ("links", "neighbour")}, query)
