"""The application over the shipped datasets, and homes that a test may change."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from api.pages import explorer
from api.settings import Settings
from graph.library import Library


@pytest.fixture(scope="session")
def app(shipped: Library) -> Iterator[FastAPI]:
    """The application over the shipped datasets; a page that draws waits for its picture, however slow the machine."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(explorer, "PATIENCE", 60.0)
        yield create_app(Settings(home=shipped.home.path))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Requests to `app`. A fault inside is a reply with status 500, as it is for a user."""
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def home(shipped: Library, tmp_path: Path) -> Path:
    """A home of one's own with the shipped datasets in it; the store comes when it is asked."""
    ignored = shutil.ignore_patterns("store", "lock")
    return Path(shutil.copytree(shipped.home.path, tmp_path / "own", ignore=ignored))


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def concert(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Run a command in this process as the shell would: `concert("ask", "figures", "place=TM")`."""

    def run(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["concert", *map(str, words)])
        capfdbinary.readouterr()
        code: Any = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        out, err = capfdbinary.readouterr()
        return Ran(int(code or 0), out, err.decode())

    return run
