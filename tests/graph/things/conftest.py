"""The spellings of the shipped world."""

import pytest

from graph.things.spellings import Shelf


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The spellings of the shipped world, made once."""
    return Shelf()
