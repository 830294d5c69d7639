"""Routes on which a response is in hand at one stop and missing at another, for the page of gaps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from api.negotiation import single
from graph.questions.answer import Answer, ask, question
from graph.questions.tally import tally
from graph.tables.world import World
from viz.maps.arcs import arcs
from viz.maps.picture import Picture

STATUSES = ("covered", "thin", "planned", "ended", "none-recorded", "no-source")
"""From the best to the worst, as graph/questions/parts/gap_credit.sql orders them."""
SHARED = ("domain", "response", "dataset", "on", "from", "to")


@dataclass(frozen=True)
class Stop:
    """A place on a route with the status of the response there; empty where it is not expected."""

    id: str
    label: str
    status: str
    url: str


@dataclass(frozen=True)
class Row:
    """What a row of the answer does not hold: each stop with its status, and where the row is found again."""

    stops: tuple[Stop, ...]
    anchor: str
    url: str


@dataclass
class Corridors:
    """The answer with the status of every stop. `marks` are the statuses of the chosen row by place."""

    answer: Answer
    rows: list[Row]
    chosen: int
    statuses: tuple[str, ...] = STATUSES
    arcs: Sequence[Mapping[str, Any]] = ()

    @property
    def places(self) -> list[str]:
        """Every place on some route, those of the chosen one first."""
        whole = [self.answer.rows[self.chosen], *self.answer.rows] if self.answer.rows else []
        return list(dict.fromkeys(place["id"] for row in whole for place in row["route"]))

    @property
    def marks(self) -> dict[str, str]:
        """Place -> status of the chosen row's response there; empty elsewhere."""
        own = {stop.id: stop.status for stop in self.rows[self.chosen].stops} if self.rows else {}
        return {place: own.get(place, "") for place in self.places}

    def draw(self, picture: Picture) -> None:
        """Lay an arc along each leg of each route that the map can show."""
        joins: dict[tuple[str, str], bool] = {}
        for number, row in enumerate(self.answer.rows):
            for one, two in pairwise(place["id"] for place in row["route"]):
                joins[one, two] = joins.get((one, two), False) or number == self.chosen
        spots = {spot.place.id: (spot.x, spot.y) for spot in picture.spots}
        shown = [(join, chosen) for join, chosen in joins.items() if join[0] in spots and join[1] in spots]
        drawn = arcs((spots[one], spots[two]) for (one, two), _ in shown)
        self.arcs = [{**vars(arc), "chosen": chosen} for arc, (_, chosen) in zip(drawn, shown, strict=True)]


def corridors(world: World, request: Request, sent: Mapping[str, Sequence[str]]) -> Corridors:
    """Ask for the broken routes. Raises what `ask` raises, and InvalidParameter for a wrong `row`."""
    known = question("corridor-gaps").parameters
    answer = ask(
        world,
        "corridor-gaps",
        {name: values for name, values in sent.items() if name in known},
        single(request, "limit"),
        single(request, "cursor"),
    )
    status = _statuses(world, {name: values for name, values in sent.items() if name in SHARED}) if answer.rows else {}
    rows = []
    for number, row in enumerate(answer.rows):
        key = (row["flow"]["id"], row["domain"]["id"], row["response"]["id"])
        stops = tuple(
            Stop(place["id"], place["label"], status.get((*key, place["id"]), ""), _gaps_at(place["id"], row))
            for place in row["route"]
        )
        anchor = f"route-{number + 1}"
        rows.append(Row(stops, anchor, f"?{request.url.include_query_params(row=number + 1).query}#{anchor}"))
    return Corridors(answer, rows, _chosen(request, len(rows)))


def _chosen(request: Request, rows: int) -> int:
    text = single(request, "row") or "1"
    return int(text) - 1 if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= rows else 0


def _gaps_at(place: str, row: Mapping[str, Any]) -> str:
    asked = {"place": place, "domain": row["domain"]["id"], "response": row["response"]["id"]}
    return "/gaps?" + urlencode({name: id_.partition("/")[2] for name, id_ in asked.items()})


def _statuses(world: World, sent: Mapping[str, Sequence[str]]) -> dict[tuple[str, str, str, str], str]:
    """(flow, domain, response, place) -> the best status among the roles that the place has in that flow."""
    roles = defaultdict(set)
    datasets = {"dataset": sent["dataset"]} if "dataset" in sent else {}
    for row in tally(world, "flows", datasets, ("flow", "place", "role")):
        roles[row["place"], row["role"]].add(row["flow"])
    found: dict[tuple[str, str, str, str], str] = {}
    for row in tally(world, "gaps", sent, ("place", "domain", "place_role", "response", "status")):
        status = row["status"].partition("/")[2]
        for flow in roles[row["place"], row["place_role"]]:
            key = (flow, row["domain"], row["response"], row["place"])
            found[key] = min(found.get(key, status), status, key=STATUSES.index)
    return found
