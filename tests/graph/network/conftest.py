from pathlib import Path

import pytest

from graph.library import Library

WORLD = Path(__file__).parents[2] / "worlds" / "network"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The made-up network of tests/worlds/network."""
    with Library(tmp_path_factory.mktemp("home")) as library:
        library.load(WORLD)
        yield library.world(frozenset({"network"}))
