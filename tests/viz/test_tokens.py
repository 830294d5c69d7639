"""The colours of the pages: enough contrast on every ground, and told apart by those who see fewer colours."""

import re
from itertools import combinations
from pathlib import Path

import pytest

import viz

CSS = (Path(viz.__file__).parent / "static" / "concert.css").read_text(encoding="utf-8")
TOKENS = {name: pair for name, *pair in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", CSS)}
GROUNDS = ("paper", "panel", "sunken", "wash")
DOMAINS = ("domain-persons", "domain-drugs", "domain-arms", "domain-other")
STATUSES = ("gap-covered", "gap-thin", "gap-planned", "gap-ended", "gap-none-recorded", "gap-no-source")
# Machado, Oliveira and Fernandes (2009), severity 1: linear RGB as protanopes, deuteranopes and tritanopes see it.
SIGHT = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    weights = (0.2126, 0.7152, 0.0722)
    light, dark = sorted(
        (sum(w * p for w, p in zip(weights, linear(c), strict=True)) for c in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    """Linear RGB in CIE L*a*b* under D65, in which a distance of 2.3 is just seen."""
    r, g, b = (min(max(p, 0.0), 1.0) for p in rgb)
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, sight: tuple[tuple[float, ...], ...] | None) -> float:
    seen = []
    for colour in (one, other):
        rgb = linear(colour)
        if sight:
            rgb = tuple(sum(m * p for m, p in zip(row, rgb, strict=True)) for row in sight)
        seen.append(lab(rgb))
    return float(sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5)


def test_the_tokens_are_there() -> None:
    assert {*GROUNDS, *DOMAINS, *STATUSES, "ink", "soft", "accent", "edge"} <= TOKENS.keys()


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "warn", "bad"])
def test_text_stands_out_from_every_ground(text: str, theme: int) -> None:
    for ground in GROUNDS:
        assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5, ground


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_where_it_has_a_ground_of_its_own(theme: int) -> None:
    for text, ground in (("accent-ink", "accent"), ("ink", "warn-wash"), ("warn", "warn-wash"), ("bad", "bad-wash")):
        assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5, (text, ground)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("mark", [*DOMAINS, *STATUSES, "edge", "focus"])
def test_marks_and_edges_stand_out(mark: str, theme: int) -> None:
    for ground in ("paper", "panel", "sunken"):
        assert contrast(TOKENS[mark][theme], TOKENS[ground][theme]) >= 3, ground


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sight", [None, *SIGHT])
@pytest.mark.parametrize("colours", [DOMAINS, STATUSES], ids=["domains", "statuses"])
def test_colours_are_told_apart(colours: tuple[str, ...], sight: str | None, theme: int) -> None:
    for one, other in combinations(colours, 2):
        found = distance(TOKENS[one][theme], TOKENS[other][theme], SIGHT[sight] if sight else None)
        assert found >= (20 if sight is None else 8), (one, other, round(found, 1))


def test_no_page_has_a_style_or_a_script_of_its_own() -> None:
    for file in (Path(viz.__file__).parent / "pages").glob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text), file.name
