"""Every question gives the answer that was written by hand against the paper."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from graph.tables.world import World

EXPECTED = Path(__file__).parent / "expected"


def cases() -> list[Any]:
    """One case an entry of each file; a question without a file is a case that fails."""
    found = []
    for name in catalogue():
        file = EXPECTED / f"{name}.yml"
        written = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else [None]
        found += [pytest.param(name, case, id=f"{name}-{n}") for n, case in enumerate(written, start=1)]
    return found


@pytest.mark.parametrize(("name", "case"), cases())
def test_the_answer_is_the_one_written_by_hand(name: str, case: dict[str, Any] | None, world: World) -> None:
    assert case is not None, f"tests/graph/questions/expected/{name}.yml is missing: write the expected answer by hand"
    given = {key: value if isinstance(value, list) else [str(value)] for key, value in case.get("given", {}).items()}
    answer = ask(world, name, {key: [str(v) for v in values] for key, values in given.items()}, limit=10_000)
    if "total" in case:
        assert answer.total == case["total"]
    for place, wanted in enumerate(case.get("rows", ())):
        assert fits(answer.rows[place], wanted), f"row {place}: {simple(answer.rows[place])}"
    for wanted in case.get("contains", ()):
        assert any(fits(row, wanted) for row in answer.rows), f"no row has {wanted}"
    for wanted in case.get("lacks", ()):
        assert not any(fits(row, wanted) for row in answer.rows), f"a row has {wanted}"
    assert "rows" in case or "contains" in case or case.get("total") == 0, "a case must say something of the rows"
    assert all(row["sources"] for row in answer.rows), "a row without sources"


def fits(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a row has the wanted values; things are written by their ids, `locators` is a subset of the sources'."""
    told = simple(row)
    locators = {f"{source['dataset']} {place}" for source in row["sources"] for place in source["locators"]}
    locators |= {place for source in row["sources"] for place in source["locators"]}
    return all(
        {str(place) for place in value} <= locators if key == "locators" else same(told.get(key), value)
        for key, value in wanted.items()
    )


def same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, float) and isinstance(found, int | float):
        return found == pytest.approx(wanted, abs=5e-4)
    if isinstance(wanted, list) and isinstance(found, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return bool(found == wanted) or str(found) == str(wanted)


def simple(row: dict[str, Any]) -> dict[str, Any]:
    """The row with ids in place of things."""
    return {key: name(value) for key, value in row.items() if key != "sources"}


def name(value: Any) -> Any:
    if isinstance(value, list):
        return [name(part) for part in value]
    return value["id"] if isinstance(value, dict) and "id" in value else value
