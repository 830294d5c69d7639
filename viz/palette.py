"""Colours and shapes by which networks tell kinds apart, in the picture and in its legend.

Hues follow Okabe and Ito (Color Universal Design, 2008), darkened on light and lightened on dark ground so that each
stands out by at least 3 to 1 (WCAG 2.2, 1.4.11). Colour never stands alone: every kind of node in one picture has
a shape of its own; edges have a dash as well, and bear their name in the picture, the panel and the table.
"""

import math
from dataclasses import dataclass
from typing import Any

Pair = tuple[str, str]

BLUE: Pair = ("#0a66a3", "#5cb6ee")
SKY: Pair = ("#2b7fb0", "#8fd0f5")
GREEN: Pair = ("#00765a", "#35c79c")
ORANGE: Pair = ("#b45f00", "#f0a63a")
VERMILION: Pair = ("#c2410c", "#f58b57")
PURPLE: Pair = ("#a03e7c", "#e39ac6")
OCHRE: Pair = ("#7d6300", "#e6d24a")
GREY: Pair = ("#6b7076", "#9aa1a8")
INK: Pair = ("#3f454c", "#c3c9cf")


@dataclass(frozen=True)
class Look:
    """How a kind of node is drawn: (on light, on dark) colours and one of vis-network's shapes."""

    label: str
    colour: Pair
    shape: str


@dataclass(frozen=True)
class Stroke:
    """How a kind of edge is drawn; `dash` is lengths of line and gap in pixels, empty for a full line."""

    label: str
    colour: Pair
    dash: tuple[int, ...] = ()


THINGS = {
    "actor": Look("Actor", BLUE, "dot"),
    "programme": Look("Programme", VERMILION, "square"),
    "place": Look("Place", GREEN, "diamond"),
    "flow": Look("Flow", PURPLE, "triangle"),
    "instrument": Look("Instrument", OCHRE, "hexagon"),
    "domain": Look("Domain", INK, "star"),
}
ACTORS = {
    "state": Look("State", GREEN, "square"),
    "agency": Look("Agency of a State", OCHRE, "triangleDown"),
    "international": Look("International organisation or its unit", BLUE, "dot"),
    "civil": Look("NGO or foundation", PURPLE, "diamond"),
    "company": Look("Company", VERMILION, "hexagon"),
    "organised": Look("Network or group", INK, "triangle"),
    "organisation": Look("Other organisation", SKY, "star"),
}
ACTOR_CLASSES = {
    "State": "state",
    "Agency": "agency",
    "InternationalOrganisation": "international",
    "Unit": "international",
    "NonGovernmentalOrganisation": "civil",
    "Foundation": "civil",
    "Company": "company",
    "Network": "organised",
    "Group": "organised",
}
PLACE_ROLES = {
    "origin": Look("Origin", VERMILION, "triangle"),
    "transit": Look("Transit", OCHRE, "diamond"),
    "destination": Look("Destination", BLUE, "square"),
    "several": Look("Several roles", PURPLE, "star"),
    "place": Look("Place, role not stated", GREY, "dot"),
}
OTHER = Look("Something else", GREY, "triangleDown")
LOOKS = THINGS | ACTORS | PLACE_ROLES

STROKES = {
    "coordinates-with": Stroke("Coordinates with", BLUE),
    "works-with": Stroke("Works with, in a programme", BLUE, (2, 5)),
    "member-of": Stroke("Member of", SKY, (9, 4)),
    "part-of": Stroke("Part of", GREY),
    "funds": Stroke("Funds", GREEN),
    "supports": Stroke("Supports", GREEN, (9, 4)),
    "protects": Stroke("Protects", GREEN, (2, 5)),
    "established": Stroke("Established", PURPLE),
    "obstructs": Stroke("Obstructs", VERMILION, (9, 4)),
    "colludes-with": Stroke("Colludes with", VERMILION, (2, 5)),
    "exploits": Stroke("Exploits", VERMILION),
    "refuses-access": Stroke("Refuses access", VERMILION, (12, 4, 2, 4)),
    "pressures": Stroke("Pressures", ORANGE),
    "investigates": Stroke("Investigates", ORANGE, (9, 4)),
    "supplies": Stroke("Supplies", ORANGE, (2, 5)),
    "trains": Stroke("Trains", GREEN, (12, 4, 2, 4)),
    "equips": Stroke("Equips", OCHRE, (9, 4)),
    "funding": Stroke("Funding", GREEN),
    "accountable": Stroke("Accountable", PURPLE),
    "extending": Stroke("Extending", PURPLE, (9, 4)),
    "implementing": Stroke("Implementing", BLUE),
    "host": Stroke("Host", ORANGE, (9, 4)),
    "partner": Stroke("Partner", BLUE, (9, 4)),
    "takes-place-in": Stroke("Takes place in", GREY, (2, 5)),
    "mandate": Stroke("Mandate", OCHRE),
    "of-state": Stroke("Of the State of", GREY, (9, 4)),
    "leg": Stroke("Leg of a flow", VERMILION, (2, 5)),
    "carries": Stroke("Carries", VERMILION),
    "commitment": Stroke("Commitment", OCHRE, (2, 5)),
    "persons": Stroke("Persons", PURPLE),
    "drugs": Stroke("Drugs", VERMILION, (9, 4)),
    "arms": Stroke("Arms", BLUE, (2, 5)),
    "other": Stroke("Other contraband", GREY, (12, 4, 2, 4)),
}


def look_of(network: str, data: dict[str, Any]) -> str:
    """Key in `LOOKS` of a node: by class in a network of actors, by role in one of flows, else by kind."""
    kind = str(data.get("kind", ""))
    if network == "coordination" and kind == "actor":
        return ACTOR_CLASSES.get(str(data.get("class", "")), "organisation")
    if network == "flows" and kind == "place":
        roles = data.get("roles", ())
        return "place" if not roles else str(roles[0]) if len(roles) == 1 else "several"
    return kind


def look(network: str, key: str) -> Look:
    """How nodes of that key are drawn; `place` means a place without a role where roles are shown."""
    if network == "flows":
        return PLACE_ROLES.get(key, OTHER)
    return (THINGS | ACTORS).get(key, OTHER)


def stroke(kind: str, label: str) -> Stroke:
    """How edges of that kind are drawn; an unknown kind keeps its label and is grey."""
    return STROKES.get(kind, Stroke(label, INK, (12, 4, 2, 4)))


def outline(shape: str) -> str:
    """The shape as an SVG path in a box from -10 to 10, as the legend draws it."""
    match shape:
        case "dot":
            return "M-8 0A8 8 0 1 0 8 0A8 8 0 1 0 -8 0Z"
        case "square":
            return "M-7 -7H7V7H-7Z"
        case "diamond":
            return _polygon([(0, -9), (9, 0), (0, 9), (-9, 0)])
        case "triangle":
            return _polygon([(0, -8), (9, 7), (-9, 7)])
        case "triangleDown":
            return _polygon([(0, 8), (9, -7), (-9, -7)])
        case "hexagon":
            return _polygon([(9 * math.cos(k * math.pi / 3), 9 * math.sin(k * math.pi / 3)) for k in range(6)])
        case _:
            turns = [(9 if k % 2 == 0 else 4, -math.pi / 2 + k * math.pi / 5) for k in range(10)]
            return _polygon([(r * math.cos(a), r * math.sin(a)) for r, a in turns])


def _polygon(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
