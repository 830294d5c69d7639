"""The network that the explorer is measured with: as many actors and ties as were asked for."""

from pathlib import Path

from graph.library import Library
from graph.network.build import drawing
from tests.benchmarks.explorer import prepare


def test_it_loads_and_has_every_actor_and_tie(tmp_path: Path) -> None:
    home = prepare(tmp_path, nodes=100, edges=1_000, seed=1)
    with Library(home, linking=False) as library:
        about = drawing(library.world(library.names()), "coordination", {"dataset": ["crowd"]}).about
    assert about["edges_total"] == 1_000
    assert about["nodes_total"] == 100
