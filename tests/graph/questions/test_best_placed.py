"""Best placed against a table of programmes that was counted by hand."""

from typing import Any

import pytest

PLACES = [
    {"id": "zone", "name": "Zone", "class": "Region"},
    {"id": "here", "name": "Here", "class": "Country", "within": "zone"},
    {"id": "there", "name": "There", "class": "Country", "within": "zone"},
]
ACTORS = [{"id": name, "name": name, "class": "Organisation"} for name in ("broad", "slight", "keen", "tasked", "idle")]
ACTORS += [{"id": "desk", "name": "desk", "class": "Unit", "part_of": "keen"}]
ACTORS += [{"id": "state", "name": "state", "class": "State", "state": "here"}]


def sheets(**more: Any) -> dict[str, list[dict[str, str]]]:
    """10 programmes, 6 of them against drugs: broad 3 of 4, slight 1 of 4, keen 2 of 2."""
    led = {
        "broad": ["drugs", "drugs", "drugs", "arms"],
        "slight": ["drugs", "arms", "arms", "arms"],
        "keen": ["drugs", "heroin"],
    }
    programmes, parts = [], []
    for actor, domains in led.items():
        for number, domain in enumerate(domains):
            place = "here" if number == 0 else "there"
            programmes.append(
                {"id": f"{actor}-{number}", "name": "x", "domains": domain, "places": place, "status": "active"}
            )
            parts.append({"actor": actor, "programme": f"{actor}-{number}", "role": "implementing"})
    found: dict[str, Any] = {"places": PLACES, "actors": ACTORS, "programmes": programmes, "participations": parts}
    for sheet, added in more.items():
        found[sheet] = found.get(sheet, []) + added
    return found


def test_the_quotient_is_the_share_of_the_kind_over_its_share_in_all(drawn: Any, rows: Any) -> None:
    found = rows(drawn(sheets()), "best-placed", domain="drugs", place="here")
    assert [(r["actor"], r["quotient"], r["of_kind"], r["programmes"]) for r in found] == [
        ("keen", 1.6667, 2, 2),  # (2/2) / (6/10)
        ("broad", 1.25, 3, 4),  # (3/4) / (6/10)
        ("slight", 0.4167, 1, 4),  # (1/4) / (6/10)
    ]
    assert {(r["all_of_kind"], r["all_programmes"]) for r in found} == {(6, 10)}
    assert [r["few"] for r in found] == [False, False, True]
    assert [r["here"] for r in found] == [1, 1, 1]


def test_a_narrower_need_has_its_own_quotient_and_one_programme_says_little(drawn: Any, rows: Any) -> None:
    (row,) = rows(drawn(sheets()), "best-placed", domain="heroin")
    assert (row["actor"], row["quotient"], row["few"]) == ("keen", pytest.approx(5.0), True)  # (1/2) / (1/10)


def test_without_a_need_everybody_is_alike(drawn: Any, rows: Any) -> None:
    assert {row["quotient"] for row in rows(drawn(sheets()), "best-placed")} == {1.0}


def test_mandate_ties_and_obstruction_stand_beside_the_quotient(drawn: Any, rows: Any) -> None:
    world = drawn(
        sheets(
            mandates=[
                {"actor": "tasked", "level": "leads", "domain": "drugs", "place": "zone"},
                {"actor": "broad", "level": "supports", "domain": "drugs", "place": "there"},
                {"actor": "slight", "level": "supports", "domain": "arms", "place": "here"},
                {"actor": "keen", "level": "supports", "domain": "heroin"},
            ],
            ties=[
                {"actor": "keen", "kind": "coordinates-with", "other": "broad"},
                {"actor": "state", "kind": "refuses-access", "other": "slight", "places": "here"},
                {"actor": "state", "kind": "obstructs", "other": "broad", "places": "there"},
                {"actor": "idle", "kind": "obstructs", "other": "keen", "domains": "arms"},
            ],
        )
    )
    found = {row["actor"]: row for row in rows(world, "best-placed", domain="drugs", place="here")}
    assert found.keys() == {"broad", "slight", "keen", "tasked"}
    assert {a: r["mandate"] for a, r in found.items() if r["mandate"]} == {"tasked": ["leads"], "keen": ["supports"]}
    assert (found["tasked"]["quotient"], found["tasked"]["of_kind"], found["tasked"]["few"]) == (None, 0, True)
    assert (found["keen"]["tied_to"], found["broad"]["tied_to"]) == (["broad"], ["keen"])
    assert {a: r["obstructed_by"] for a, r in found.items() if r["obstructed_by"]} == {"slight": ["state"]}
    assert "tie/state--refuses-access--slight" in found["slight"]["sources"]
    assert found["keen"]["quotient"] == 1.6667  # as without mandates and ties
    heroin = {row["actor"]: row for row in rows(world, "best-placed", domain="heroin", place="here")}
    assert heroin["keen"]["mandate"] == ["supports"]  # it names no place, so it counts everywhere
    assert heroin["tasked"]["mandate"] == ["leads"]  # a mandate for drugs holds for heroin


def test_parts_count_with_their_whole_and_what_does_not_run_not_at_all(drawn: Any, rows: Any) -> None:
    more = [
        {"id": "part", "name": "x", "domains": "drugs", "places": "here", "parent": "keen-0"},
        {"id": "plan", "name": "x", "domains": "drugs", "places": "here", "status": "proposed"},
        {"id": "no", "name": "x", "domains": "drugs", "places": "here", "status": "refused"},
    ]
    parts = [{"actor": "keen", "programme": row["id"], "role": "accountable"} for row in more]
    found = {
        r["actor"]: r for r in rows(drawn(sheets(programmes=more, participations=parts)), "best-placed", domain="drugs")
    }
    assert (found["keen"]["of_kind"], found["keen"]["programmes"], found["keen"]["quotient"]) == (2, 2, 1.6667)


def test_a_unit_stands_with_those_its_organisation_is_tied_to(drawn: Any, rows: Any) -> None:
    world = drawn(
        sheets(
            programmes=[{"id": "desk-0", "name": "x", "domains": "drugs", "places": "here"}],
            participations=[{"actor": "desk", "programme": "desk-0", "role": "implementing"}],
            ties=[{"actor": "broad", "kind": "funds", "other": "keen"}],
        )
    )
    found = {row["actor"]: row for row in rows(world, "best-placed", domain="drugs", place="here")}
    assert found["desk"]["tied_to"] == ["broad", "keen"]
    assert found["broad"]["tied_to"] == ["desk", "keen"]
