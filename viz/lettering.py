"""Words in pictures that are SVG files: what may stand in them, how wide they are, where a line breaks."""

import re
from xml.etree import ElementTree as ET

LETTER = 6.3
"""Width of a letter of 12 px, about."""
FONT = "Source Sans 3, Segoe UI, Helvetica Neue, Noto Sans, DejaVu Sans, sans-serif"
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without what XML forbids."""
    return ILLEGAL.sub("", text)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` letters, broken between words; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def attributes(**numbers: float) -> dict[str, str]:
    """Numbers as the attributes of an element."""
    return {name: f"{value:.1f}" for name, value in numbers.items()}


def write(parent: ET.Element, x: float, y: float, text: str, ink: str, **more: str) -> None:
    """A line of text; `more` are further attributes, with `_` for `-`."""
    word = ET.SubElement(parent, "text", attributes(x=x, y=y) | {"fill": ink})
    word.attrib |= {name.replace("_", "-"): value for name, value in more.items()}
    word.text = legal(text)
