"""The documentation as a contract: what is not told fails, and what is told exists."""

import re
from pathlib import Path

import pytest
import typer

from api.cli import program
from graph.readers.layout import sheets

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
DATASETS = (ROOT / "docs" / "datasets.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_readme_begins_with_the_two_commands() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    assert "make serve" in first_screen
    assert "make test" in first_screen


@pytest.mark.parametrize("command", sorted(typer.main.get_command(program).commands))  # type: ignore[attr-defined]
def test_every_command_is_told(command: str) -> None:
    assert f"`concert {command}" in GUIDE


@pytest.mark.parametrize("setting", ["CONCERT_HOME", "CONCERT_STORE", "HOST", "PORT"])
def test_every_setting_is_told(setting: str) -> None:
    assert f"`{setting}`" in GUIDE


@pytest.mark.parametrize("sheet", sorted(sheets()))
def test_every_sheet_is_told_with_what_it_needs(sheet: str) -> None:
    line = next(line for line in DATASETS.splitlines() if line.startswith(f"| `{sheet}`"))
    needed = {name for name, column in sheets()[sheet].columns.items() if column.required}
    assert needed <= set(re.findall(r"`([a-z_0-9]+)`", line.rpartition("|")[0].rpartition("|")[2]))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), target
