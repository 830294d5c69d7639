"""A matrix as it is seen, as one picture for a report: numbers, margins, hatching, legend and stamp."""

from xml.etree import ElementTree as ET

from viz.lettering import FONT, LETTER, attributes, legal, wrapped, write
from viz.matrices.files import HEAT, WORDS, said
from viz.matrices.matrix import Cell, Matrix
from viz.matrices.stamp import Stamp

INK, SOFT, LINE, RULE, SUNKEN = "#17212b", "#4c5a67", "#d5dbe0", "#17212b", "#eef1f3"
MARGIN, ROW, COLUMN, TURN = 24.0, 24.0, 104.0, 15.0
"""Pixels round the picture, of a row, of a column, and of a line of words."""
BOLD = 7.4
"""Width of a bold letter of 12 px, about."""
NARROWEST = 640.0
PATTERNS = {
    "ended": ("M0 4H8", "#7f898e"),
    "planned": ("M4 0V8", "#4f4bcf"),
    "none-recorded": ("M-2 2L2 -2M0 8L8 0M6 10L10 6", "#c9501a"),
    "no-source": ("M3 4h1.6", "#8a3588"),
}
"""State -> how its hatching runs in a square of 8 pixels, and its colour; as on the page."""


def to_svg(drawn: Matrix, told: Stamp) -> bytes:
    """The matrix on white ground, whatever the theme of the page is: it goes on paper."""
    side = min(320.0, 20 + LETTER * max([len(row.label) for row in drawn.rows] + [len(drawn.down), 10]))
    width = max(NARROWEST, 2 * MARGIN + side + COLUMN * (len(drawn.columns) + 1))
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONT, "font-size": "12"})
    ET.SubElement(root, "title").text = legal(told.title)
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    _patterns(root)
    write(root, MARGIN, MARGIN + 8, told.title, INK, font_size="16", font_weight="600")
    y = _heads(root, drawn, side, MARGIN + 24)
    group = None
    for row in drawn.rows:
        if row.group and row.group != group:
            group = row.group
            wide = side + COLUMN * (len(drawn.columns) + 1)
            ET.SubElement(root, "rect", attributes(x=MARGIN, y=y, width=wide, height=ROW) | {"fill": SUNKEN})
            write(root, MARGIN + 6, y + 16, group, INK, font_weight="600")
            y += ROW
        write(root, MARGIN + 6, y + 16, _cut(row.label, side), INK)
        for at, column in enumerate(drawn.columns):
            _cell(root, MARGIN + side + at * COLUMN, y, drawn.cell(row, column))
        _sum(root, MARGIN + side + len(drawn.columns) * COLUMN, y, row.programmes)
        y += ROW
    write(root, MARGIN + 6, y + 16, "All", INK, font_weight="600")
    for at, total in enumerate([*(column.programmes for column in drawn.columns), drawn.programmes]):
        _sum(root, MARGIN + side + at * COLUMN, y, total)
    y = _legend(root, y + ROW + 26)
    for line in told.lines[1:]:
        for part in wrapped(line, int((width - 2 * MARGIN) / LETTER)):
            write(root, MARGIN, y, part, SOFT)
            y += TURN
    root.set("viewBox", f"0 0 {width:.0f} {y + MARGIN:.0f}")
    root.set("width", f"{width:.0f}")
    root.set("height", f"{y + MARGIN:.0f}")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=False))


def _patterns(root: ET.Element) -> None:
    defs = ET.SubElement(root, "defs")
    for name, (path, colour) in PATTERNS.items():
        square = {"id": name, "width": "8", "height": "8", "patternUnits": "userSpaceOnUse"}
        pattern = ET.SubElement(defs, "pattern", square)
        stroke = {"d": path, "stroke": colour, "stroke-width": "1.4", "stroke-opacity": ".55", "fill": "none"}
        ET.SubElement(pattern, "path", stroke)


def _heads(root: ET.Element, drawn: Matrix, side: float, y: float) -> float:
    """The names of the columns, as many lines as the longest needs; where the rows begin."""
    names = [*(column.label for column in drawn.columns), "All"]
    heads = [wrapped(name, int((COLUMN - 8) / BOLD)) for name in names]
    low = y + TURN * max(len(lines) for lines in heads)
    write(root, MARGIN + 6, low - 4, drawn.down.capitalize(), INK, font_weight="600")
    for at, lines in enumerate(heads):
        for up, line in enumerate(reversed(lines)):
            x = MARGIN + side + (at + 1) * COLUMN - 6
            write(root, x, low - 4 - up * TURN, _cut(line, COLUMN), INK, text_anchor="end", font_weight="600")
    end = MARGIN + side + COLUMN * len(names)
    rule = ET.SubElement(root, "line", attributes(x1=MARGIN, y1=low + 3, x2=end, y2=low + 3))
    rule.attrib |= {"stroke": RULE, "stroke-width": "2"}
    return low + 4


def _cell(root: ET.Element, x: float, y: float, cell: Cell) -> None:
    box = ET.SubElement(root, "rect", attributes(x=x, y=y, width=COLUMN, height=ROW))
    fill = f"url(#{cell.state})" if cell.state in PATTERNS else HEAT[cell.heat]
    box.attrib |= {"fill": fill, "stroke": LINE}
    if cell.state in ("none-recorded", "no-source"):
        ET.SubElement(box, "title").text = WORDS[cell.state]
        return
    more = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": "4"} if cell.state in PATTERNS else {}
    write(root, x + COLUMN - 6, y + 16, str(said(cell)), INK, text_anchor="end", **more)


def _sum(root: ET.Element, x: float, y: float, total: int) -> None:
    box = ET.SubElement(root, "rect", attributes(x=x, y=y, width=COLUMN, height=ROW))
    box.attrib |= {"fill": SUNKEN, "stroke": LINE}
    write(root, x + COLUMN - 6, y + 16, f"{total:,}", INK, text_anchor="end", font_weight="600")


def _legend(root: ET.Element, y: float) -> float:
    x = MARGIN
    for name in PATTERNS:
        box = ET.SubElement(root, "rect", attributes(x=x, y=y - 11, width=22, height=14))
        box.attrib |= {"fill": f"url(#{name})", "stroke": SOFT}
        write(root, x + 28, y, WORDS[name].capitalize(), INK)
        x += 44 + LETTER * len(WORDS[name])
    return y + 26


def _cut(text: str, width: float) -> str:
    most = int((width - 10) / LETTER)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
