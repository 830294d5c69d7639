"""The shortest paths between two things, found step by step from both ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import networkx as nx

from graph.errors import InvalidParameter, NotFound, TooLarge
from graph.network.catalogue import composed, part, placeholders
from graph.questions.answer import labels_of
from graph.tables.world import World

STEP = composed({name: part(name) for name in ("links", "neighbour")}, part("step"))
MAX_STEPS = 500_000
WALKED = ("actor", "programme", "place", "flow")


@dataclass(frozen=True)
class Path:
    """The paths to draw.

    length  links from end to end; total  how many paths are that short
    steps   `a b` for every two neighbouring nodes on a path to draw; places  node -> links from the start
    """

    length: int
    total: int
    steps: list[str]
    places: dict[str, int]


def steps_between(world: World, values: Mapping[str, Any]) -> Path:
    """The first `paths` of the shortest paths from `start` to `end`, at most `longest` links long.

    Breadth-first from both ends, the smaller front first. Raises NotFound when no such path exists, InvalidParameter
    when both ends are one or an end is of a kind that no path goes through, TooLarge when too much lies between.
    """
    start, end = values["start"], values["end"]
    for name in ("start", "end"):
        if values[name].partition("/")[0] not in WALKED:
            raise InvalidParameter(
                f"no path is looked for from {values[name]}",
                parameter=name,
                given=values[name],
                expected="an " + ", ".join(WALKED[:-1]) + f" or {WALKED[-1]}",
            )
    if start == end:
        raise InvalidParameter("start and end are the same", parameter="end", given=end, expected=f"not {start}")
    met = _search(world, values)
    if met is None:
        names = labels_of(world, {start, end})
        raise NotFound(
            f"nothing links {names.get(start, start)} to {names.get(end, end)} within {values['longest']} links",
            parameter="end",
            given=end,
            expected="two things that claims link, or more links",
        )
    places, total = _forward(met, start, end)
    chosen = list(islice(_paths(met, places, start, end), values["paths"]))
    drawn = sorted({node for nodes in chosen for node in nodes})
    steps = sorted({f"{a} {b}" for nodes in chosen for a, b in pairwise(nodes)})
    return Path(len(chosen[0]) - 1, total, steps, {node: places[node] for node in drawn})


def _search(world: World, values: Mapping[str, Any]) -> "nx.Graph[str] | None":
    """Everything walked until the two fronts meet, or None when they don't."""
    walked: nx.Graph[str] = nx.Graph()
    walked.add_nodes_from([values["start"], values["end"]])
    fronts = [{values["start"]}, {values["end"]}]
    seen = [{values["start"]}, {values["end"]}]
    bound = {name: values.get(name) for name in placeholders(STEP)}
    for _ in range(values["longest"]):
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        found = world.rows(STEP, bound | {"frontier": sorted(fronts[side])})
        walked.add_edges_from((row["node"], row["other"]) for row in found)
        if walked.number_of_edges() > MAX_STEPS:
            raise TooLarge(
                "too much lies between the two to look for a path",
                parameter="longest",
                given=values["longest"],
                expected="fewer links, or a filter",
            )
        fronts[side] = {row["other"] for row in found} - seen[side]
        seen[side] |= fronts[side]
        if seen[0] & seen[1]:
            return walked
        if not fronts[side]:
            return None
    return None


def _forward(walked: "nx.Graph[str]", start: str, end: str) -> tuple[dict[str, int], int]:
    """Links from the start to every node up to the end, and the number of shortest paths to the end."""
    places = nx.single_source_shortest_path_length(walked, start)
    counts = {start: 1}
    for node in sorted(places, key=lambda n: (places[n], n)):
        before = (n for n in walked[node] if places.get(n) == places[node] - 1)
        counts.setdefault(node, sum(counts[n] for n in before))
        if places[node] > places[end]:
            break
    return places, counts[end]


def _paths(walked: "nx.Graph[str]", places: Mapping[str, int], start: str, end: str) -> Any:
    """Every shortest path, in the order of the ids on it."""
    onward = _towards(walked, places, end)
    stack = [[start]]
    while stack:
        nodes = stack.pop()
        if nodes[-1] == end:
            yield nodes
            continue
        beside = (n for n in walked[nodes[-1]] if n in onward and places[n] == places[nodes[-1]] + 1)
        stack += [[*nodes, node] for node in sorted(beside, reverse=True)]


def _towards(walked: "nx.Graph[str]", places: Mapping[str, int], end: str) -> set[str]:
    """The nodes from which the end is reached by going forward only."""
    reached, front = {end}, {end}
    while front:
        front = {n for node in front for n in walked[node] if places.get(n) == places[node] - 1}
        reached |= front
    return reached
