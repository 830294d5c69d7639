"""Routes of flows, and the gaps along them."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from tests.graph.questions.little import (
    ALONE,
    LOOKED,
    Leg,
    Little,
    Worlds,
    claims,
    drawn,
)


def routes(worlds: Worlds, flows: Sequence[set[tuple[str, str]]]) -> list[set[str]]:
    """The routes of each flow, a letter a place."""
    legs = tuple(
        Leg(str(number), f"place/{a}", "place-role/transit", "domain/drugs", f"place/{b}")
        for number, edges in enumerate(flows)
        for a, b in sorted(edges)
    )
    part = catalogue()["corridor-gaps"].parts["route"]
    world = worlds.world({"w": claims(Little(legs))})
    found = world.rows(f"with route as ({part}) select flow, route from route", {"dataset": None})
    return [
        {"".join(place.partition("/")[2] for place in row["route"]) for row in found if row["flow"] == f"flow/{number}"}
        for number in range(len(flows))
    ]


@drawn(8)
@given(
    flows=st.lists(
        st.sets(st.sampled_from(list(itertools.combinations("abcde", 2))), min_size=1, max_size=7),
        min_size=5,
        max_size=10,
    )
)
def test_routes_are_the_whole_paths_from_where_nothing_leads(worlds: Worlds, flows: list[set[tuple[str, str]]]) -> None:
    def paths(edges: set[tuple[str, str]]) -> set[str]:
        graph: nx.DiGraph[str] = nx.DiGraph(edges)
        starts = [place for place in graph if graph.in_degree(place) == 0]
        ends = [place for place in graph if graph.out_degree(place) == 0]
        return {
            "".join(path)
            for start, end in itertools.product(starts, ends)
            for path in nx.all_simple_paths(graph, start, end)
        }

    assert routes(worlds, flows) == [paths(edges) for edges in flows]


def test_a_flow_that_goes_round_in_a_circle_has_one_route(worlds: Worlds) -> None:
    assert routes(worlds, [{("x", "y"), ("y", "z"), ("z", "x")}]) == [{"xyz"}]


def test_a_corridor_gap_is_a_route_with_a_covered_and_a_missing_place(worlds: Worlds) -> None:
    legs = (
        Leg("f", "place/land", "place-role/transit", "domain/drugs", "place/other"),
        Leg("f", "place/other", "place-role/transit", "domain/drugs", "place/far"),
        Leg("f", "place/far", "place-role/transit", "domain/drugs"),
    )
    world = worlds.world({"w": claims(Little(legs, (ALONE,), (replace(LOOKED, place="place/other"),)))})
    row = ask(world, "corridor-gaps").rows
    assert [[place["id"] for place in row[0][name]] for name in ("route", "covered", "missing", "unsourced")] == [
        ["place/land", "place/other", "place/far"], ["place/land"], ["place/other"], ["place/far"],
    ]  # fmt: skip
    assert [r["response"]["id"] for r in row] == ["response/interdiction"]
    assert row[0]["share"] == pytest.approx(1 / 3)
