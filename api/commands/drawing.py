"""`concert draw`: a network as a page of its own, or for another program."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.terminal import HomeOption, check_format, given, opened, write
from api.visibility import visible
from graph.network.build import network
from graph.network.cache import Cache
from graph.network.catalogue import kinds
from graph.writers.network import to_gexf, to_graphml, to_json
from viz.standalone import page

if TYPE_CHECKING:
    import networkx as nx


def draw(
    kind: Annotated[str | None, typer.Argument(help="A network; without one, they are listed.")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(help="name=value …")] = None,
    format: Annotated[str, typer.Option(help="html, json, graphml or gexf")] = "html",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    home: HomeOption = None,
) -> None:
    """Draw a network, as a page that needs nothing else or for another program."""
    if kind is None:
        for drawn in kinds().values():
            typer.echo(f"{drawn.name:24}{drawn.header.asks}")
        return
    writers: dict[str, Callable[[nx.MultiDiGraph[str], Cache], bytes]] = {
        "html": lambda graph, cache: page(graph, cache).encode(),
        "json": lambda graph, _: to_json(graph),
        "graphml": lambda graph, _: to_graphml(graph),
        "gexf": lambda graph, _: to_gexf(graph),
    }
    check_format(format, writers)
    with opened(home) as library:
        cache = Cache(library.home.path / "cache" / "networks")
        graph = network(library.world(visible(library)), kind, given(parameters or []), cache=cache)
    write(writers[format](graph, cache), output)
