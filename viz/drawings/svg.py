"""A picture as SVG: for print, for a browser without WebGL or without scripts, and as a file.

Of a large picture the communities are drawn as discs, with the nodes that have most links; the stamp says so.
"""

import math
from collections import defaultdict
from heapq import nsmallest
from typing import Literal
from xml.etree import ElementTree as ET

import numpy as np

from viz import palette
from viz.drawings.filtering import filtered
from viz.drawings.picture import Picture, looks, stroke_of, strokes
from viz.drawings.view import View
from viz.lettering import FONT, LETTER, attributes, legal, wrapped, write

Theme = Literal["light", "dark", "both"]

MOST_NODES = 700
MOST_EDGES = 1_500
MOST_LABELS = 90
WIDTH, HEIGHT, MARGIN = 1200.0, 800.0, 60.0


def to_svg(shown: Picture, view: View, *, theme: Theme = "light", stamped: bool = True, links: bool = False) -> bytes:
    """The picture as the view leaves it.

    theme    colours on light or dark ground, or both by the reader's scheme, for a page (`light-dark()`)
    stamped  with title, legend, totals, filters, datasets and caveat, as a file needs
    links    nodes lead to the page of the thing
    """
    left = filtered(shown, view)
    drawn = _Drawn(left, theme, links)
    body, height = drawn.body(), HEIGHT
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONT, "font-size": "12"})
    title = ET.SubElement(root, "title")
    title.text = legal(str(shown.about.get("title", "Network")))
    description = ET.SubElement(root, "desc")
    description.text = legal(f"{drawn.counted(shown)} {shown.about.get('caveat', '')}")
    if theme != "both":
        ground = ET.SubElement(root, "rect", {"width": "100%", "height": "100%"})
        ground.set("fill", "#ffffff" if theme == "light" else "#1a2028")
    root.append(body)
    if stamped:
        height = drawn.stamp(root, shown, view)
    root.set("viewBox", f"0 0 {WIDTH:.0f} {height:.0f}")
    root.set("width", f"{WIDTH:.0f}")
    root.set("height", f"{height:.0f}")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=False))


class _Drawn:
    """A picture being drawn: what of it, and how it is scaled."""

    def __init__(self, shown: Picture, theme: Theme, links: bool) -> None:
        self.shown, self.theme, self.links = shown, theme, links
        nodes = shown.nodes
        first = nsmallest(MOST_NODES, range(len(nodes)), lambda at: (not nodes[at].added, -nodes[at].links, at))
        self.nodes = sorted(first)
        kept = set(self.nodes)
        self.edges = [e for e in shown.edges if e.source in kept and e.target in kept][:MOST_EDGES]
        self.large = len(self.nodes) < len(shown.nodes)
        points = shown.points if len(shown.points) else np.zeros((1, 2))
        low, high = points.min(axis=0), points.max(axis=0)
        room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
        self.scale = float(min((room / np.maximum(high - low, 1e-9)).min(), 1.2))
        self.shift = (np.array([WIDTH, HEIGHT]) - (low + high) * self.scale) / 2

    def counted(self, whole: Picture) -> str:
        """How much of how much is drawn."""
        total = whole.about.get("nodes_total", len(whole.nodes)), whole.about.get("edges_total", len(whole.edges))
        told = (
            f"{len(self.nodes):,} of {max(total[0], len(whole.nodes)):,} nodes and {len(self.edges):,} of "
            f"{max(total[1], len(whole.edges)):,} links are drawn"
        )
        return told + ("; those with most links, and every community as a disc." if self.large else ".")

    def body(self) -> ET.Element:
        group = ET.Element("g")
        if self.large:
            self._discs(group)
        self._edges(group)
        self._nodes(group)
        self._labels(group)
        return group

    def _ink(self, colour: palette.Pair) -> str:
        light, dark = colour
        return f"light-dark({light}, {dark})" if self.theme == "both" else light if self.theme == "light" else dark

    def _spot(self, at: int) -> tuple[float, float]:
        x, y = self.shown.points[at] * self.scale + self.shift
        return float(x), float(y)

    def _size(self, at: int) -> float:
        return min(11.0, 4 + 0.9 * math.sqrt(self.shown.nodes[at].links))

    def _discs(self, group: ET.Element) -> None:
        for community in self.shown.communities:
            x, y = np.array([community.x, community.y]) * self.scale + self.shift
            disc = ET.SubElement(group, "circle", attributes(cx=x, cy=y, r=community.radius * self.scale))
            disc.attrib |= {"fill": self._ink(("#f0efec", "#22282f")), "stroke": self._ink(("#c9c6bd", "#464e59"))}

    def _edges(self, group: ET.Element) -> None:
        twins: dict[tuple[int, int], int] = defaultdict(int)
        for edge in self.edges:
            (x1, y1), (x2, y2) = self._spot(edge.source), self._spot(edge.target)
            long = float(np.hypot(x2 - x1, y2 - y1))
            if long < 1:
                continue
            pair = min(edge.source, edge.target), max(edge.source, edge.target)
            nth, turn = twins[pair], 1 if edge.source < edge.target else -1
            twins[pair] += 1
            aside = (nth + 1) // 2 * 5 * (1 if nth % 2 else -1) * turn if nth else 0
            ox, oy = -(y2 - y1) / long * aside, (x2 - x1) / long * aside
            stroke = stroke_of(edge.kind, edge.label)
            colour = self._ink(stroke.colour)
            back = self._size(edge.target) + 2 if edge.directed else 0
            ux, uy = (x2 - x1) / long, (y2 - y1) / long
            ex, ey = x2 + ox - ux * back, y2 + oy - uy * back
            line = ET.SubElement(group, "line", attributes(x1=x1 + ox, y1=y1 + oy, x2=ex, y2=ey))
            line.attrib |= {"stroke": colour, "stroke-width": f"{min(5, 1 + edge.weight**0.5 / 2):.1f}"}
            if stroke.dash:
                line.set("stroke-dasharray", " ".join(map(str, stroke.dash)))
            if edge.directed and not self.large:
                wing = f"M{ex:.1f} {ey:.1f}L{ex - 7 * ux - 3 * uy:.1f} {ey - 7 * uy + 3 * ux:.1f}"
                wing += f"L{ex - 7 * ux + 3 * uy:.1f} {ey - 7 * uy - 3 * ux:.1f}Z"
                ET.SubElement(group, "path", {"d": wing, "fill": colour})

    def _nodes(self, group: ET.Element) -> None:
        kind = str(self.shown.about.get("kind", ""))
        paper = self._ink(("#ffffff", "#1a2028"))
        for at in self.nodes:
            node, (x, y), size = self.shown.nodes[at], self._spot(at), self._size(at)
            look = palette.look(kind, node.look)
            look = palette.LOOKS.get(node.look, look) if look is palette.OTHER else look
            parent = group
            if self.links:
                parent = ET.SubElement(group, "a", {"href": f"/id/{legal(node.id)}"})
            mark = ET.SubElement(parent, "path", {"d": palette.outline(look.shape), "fill": self._ink(look.colour)})
            mark.set("transform", f"translate({x:.1f} {y:.1f}) scale({size / 8:.2f})")
            mark.attrib |= {"stroke": paper, "stroke-width": "1"}
            ET.SubElement(mark, "title").text = legal(f"{node.label} ({look.label}, {node.links} links)")

    def _labels(self, group: ET.Element) -> None:
        taken: list[tuple[float, float, float, float]] = []
        for at in sorted(self.nodes, key=lambda at: (-self.shown.nodes[at].links, at))[: 4 * MOST_LABELS]:
            if len(taken) >= MOST_LABELS:
                break
            text = legal(self.shown.nodes[at].label)
            text = text if len(text) <= 40 else text[:38].rstrip() + "…"
            (x, y), size = self._spot(at), self._size(at)
            wide = LETTER * len(text)
            for left, low in ((x + size + 3, y + 4), (x - size - 3 - wide, y + 4), (x - wide / 2, y + size + 13)):
                box = left, low - 11, left + wide, low + 3
                if box[0] < 2 or box[2] > WIDTH - 2 or any(_meet(box, other) for other in taken):
                    continue
                taken.append(box)
                word = ET.SubElement(group, "text", attributes(x=left, y=low))
                word.attrib |= {"fill": self._ink(("#17212b", "#e7eaed")), "paint-order": "stroke"}
                word.attrib |= {"stroke": self._ink(("#ffffff", "#1a2028")), "stroke-width": "3"}
                word.text = text
                break

    def stamp(self, root: ET.Element, whole: Picture, view: View) -> float:
        """Legend and stamp below the picture; the height of all."""
        ink = self._ink(("#17212b", "#e7eaed"))
        y = HEIGHT
        x = 24.0
        for _, look, count in looks(self.shown):
            word = f"{look.label} ({count:,})"
            x, y = _next(x, y, word)
            mark = ET.SubElement(root, "path", {"d": palette.outline(look.shape), "fill": self._ink(look.colour)})
            mark.set("transform", f"translate({x + 8:.1f} {y - 4:.1f}) scale(0.7)")
            write(root, x + 20, y, word, ink)
            x += 44 + LETTER * len(word)
        x, y = 24.0, y + 20
        for _, stroke, count in strokes(self.shown):
            word = f"{stroke.label} ({count:,})"
            x, y = _next(x, y, word)
            line = ET.SubElement(root, "line", attributes(x1=x, y1=y - 4, x2=x + 24, y2=y - 4))
            line.attrib |= {"stroke": self._ink(stroke.colour), "stroke-width": "2"}
            if stroke.dash:
                line.set("stroke-dasharray", " ".join(map(str, stroke.dash)))
            write(root, x + 30, y, word, ink)
            x += 54 + LETTER * len(word)
        about = whole.about
        lines = [
            str(about.get("title", "")),
            self.counted(whole),
            "; ".join([*about.get("filters", ()), *view.said]),
            *(
                "Data: "
                + ", ".join(str(d[k]) for k in ("title", "publisher", "issued", "version", "licence") if k in d)
                for d in about.get("datasets", ())
            ),
            str(about.get("caveat", "")),
        ]
        y += 26
        for said in lines:
            for part in wrapped(said, int((WIDTH - 48) / LETTER)):
                write(root, 24, y, part, ink)
                y += 16
        return y + 8


def _next(x: float, y: float, word: str) -> tuple[float, float]:
    return (x, y) if x + 54 + LETTER * len(word) < WIDTH - 20 else (24.0, y + 20)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
