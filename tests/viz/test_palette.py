from itertools import combinations

import pytest

from viz import palette

GROUNDS = ("#ffffff", "#1e2226")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("pair", sorted({x.colour for x in [*palette.LOOKS.values(), *palette.STROKES.values()]}))
def test_every_colour_stands_out_from_its_ground(pair):
    for colour, ground in zip(pair, GROUNDS, strict=True):
        assert contrast(colour, ground) >= 3


@pytest.mark.parametrize("looks", [palette.THINGS, palette.ACTORS, palette.PLACE_ROLES])
def test_kinds_in_one_picture_differ_in_shape(looks):
    assert len({look.shape for look in looks.values()}) == len(looks)
    for one, other in combinations(looks.values(), 2):
        assert palette.outline(one.shape) != palette.outline(other.shape)


def test_no_two_kinds_of_edge_look_alike_but_tie_and_role_of_one_meaning():
    looks = {}
    for kind, stroke in palette.STROKES.items():
        looks.setdefault((stroke.colour, stroke.dash), []).append(kind)
    ties = {"coordinates-with", "works-with", "member-of", "part-of", "funds", "supports", "protects", "established",
            "obstructs", "colludes-with", "exploits", "refuses-access", "pressures", "investigates", "supplies",
            "trains", "equips"}  # fmt: skip
    assert all(len(ties & set(kinds)) <= 1 for kinds in looks.values())


def test_the_unknown_has_a_look_too():
    assert palette.look("coordination", "thing from elsewhere") == palette.OTHER
    assert palette.stroke("befriends", "Befriends").label == "Befriends"
    assert palette.look_of("coordination", {"kind": "actor", "class": "Choir"}) == "organisation"
    assert palette.look_of("flows", {"kind": "place", "roles": ["origin", "transit"]}) == "several"
    assert palette.look_of("flows", {}) == ""
