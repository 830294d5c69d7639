"""Double reporting: what identifiers decide and what they don't, what a score is made of, and how good it is."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from graph.identity import reports
from graph.identity.reports import HERE, link, method
from tests.benchmarks import truth
from tests.benchmarks.ntriples import Claims, date, number, ref, term, text
from tests.benchmarks.train_reports import mean, project, tables, write
from tests.benchmarks.world import make_world

TERMS = ("title", "leads", "funders", "place", "period", "budget")
REVIEW = method().review
Pair = dict[str, Any]
Stated = tuple[str, str, str]


@dataclass
class Record:
    """One programme as a dataset tells it; all alike unless something is changed."""

    id: str
    title: str = "Shelter for survivors along the northern road"
    lead: str | None = "lifeline"
    funder: str | None = "crown"
    places: tuple[str, ...] = ("hill",)
    period: tuple[str, str] | None = ("2012-03-04", "2014-05-06")
    budget: float | None = 123_456
    identifier: str | None = None
    parent: str | None = None
    reporter: str | None = None
    more: list[Stated] = field(default_factory=list)
    """Further claims: (subject, property, value), the last two as N-Triples write them."""


def told(folder: Path, name: str, records: Iterable[Record]) -> Path:
    """A tables file of records."""
    target = folder / f"{name}.duckdb"
    with Claims(folder / f"{name}.nt") as claims:
        for record in records:
            claims.state(f"programme/{record.id}", about(record))
            for role, actor in (("implementing", record.lead), ("funding", record.funder)):
                if actor:
                    claims.state(f"participation/{record.id}-{role}", part(record.id, role, actor))
            for subject, stated, value in record.more:
                claims.state(subject, [(stated, value)])
    project(folder / f"{name}.nt", target)
    return target


def about(record: Record) -> list[tuple[str, str]]:
    stated = [(term("rdf:type"), term("con:Project")), (term("rdfs:label"), text(record.title))]
    stated += [(term("con:place"), ref(f"place/{place}")) for place in record.places]
    if record.period:
        stated += [(term("con:starts"), date(record.period[0])), (term("con:ends"), date(record.period[1]))]
    if record.budget:
        stated += [(term("con:budget"), number(record.budget)), (term("con:currency"), text("EUR", ""))]
    if record.identifier:
        stated.append((term("skos:notation"), known_as(record.identifier)))
    if record.parent:
        stated.append((term("con:partOf"), ref(f"programme/{record.parent}")))
    if record.reporter:
        stated += [(term("con:attributedTo"), ref(f"actor/{record.reporter}"))]
    return stated


def known_as(identifier: str) -> str:
    return f'"{identifier}"^^{term("con:iati-activity")}'


def part(programme: str, role: str, actor: str) -> list[tuple[str, str]]:
    return [
        (term("rdf:type"), term("con:Participation")),
        (term("con:programme"), ref(f"programme/{programme}")),
        (term("con:actor"), ref(f"actor/{actor}")),
        (term("con:role"), ref(f"role/{role}")),
    ]


def relation(one: str, kind: str, identifier: str) -> list[Stated]:
    """What a record says of another, which it knows by its identifier only."""
    other = f"programme/{one}.{identifier}"
    node = f"relation/{one}-{kind}-{identifier}"
    return [
        (node, term("rdf:type"), term("con:Relation")),
        (node, term("con:programme"), ref(f"programme/{one}")),
        (node, term("con:relationKind"), ref(f"relation-kind/{kind}")),
        (node, term("con:otherProgramme"), ref(other)),
        (other, term("skos:notation"), known_as(identifier)),
    ]


def money(one: str, side: str, identifier: str | None = None, actor: str | None = None) -> list[Stated]:
    """A transaction of a record with a provider or receiver."""
    node = f"transaction/{one}-{side}-{identifier or actor}"
    stated = [
        (node, term("rdf:type"), term("con:Transaction")),
        (node, term("con:programme"), ref(f"programme/{one}")),
    ]
    if identifier:
        other = f"programme/{one}.{identifier}"
        stated.append((node, term(f"con:{side}Programme"), ref(other)))
        stated.append((other, term("skos:notation"), known_as(identifier)))
    if actor:
        stated.append((node, term(f"con:{side}"), ref(f"actor/{actor}")))
    return stated


def pairs(one: Path, other: Path, *reference: Path) -> list[Pair]:
    target = one.parent / "pairs.parquet"
    link(one, other, reference, target)
    return read(target)


def read(target: Path) -> list[Pair]:
    with duckdb.connect() as connection:
        found = connection.execute("select * from read_parquet($file)", {"file": str(target)})
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def between(folder: Path, ones: list[Record], others: list[Record]) -> list[Pair]:
    return pairs(told(folder, "one", ones), told(folder, "other", others))


# What identifiers decide ----------------------------------------------------------------------------------------------


UNLIKE: dict[str, Any] = {
    "title": "Something else", "lead": "others", "funder": None, "places": ("sea",), "period": None, "budget": None,
}  # fmt: skip

DECIDED = {
    "both carry the same identifier": (
        [Record("a", identifier="X-1")],
        [Record("b", identifier="X-1", **UNLIKE)],
    ),
    "one names the other, and no third, as a report of the same effort": (
        [Record("a", more=relation("a", "same-effort", "X-2"))],
        [Record("b", identifier="X-2", **UNLIKE)],
    ),
    "payer and payee name each other, and the payer names no third": (
        [Record("a", identifier="X-1", more=money("a", "receiver", "X-2", "others"))],
        [Record("b", identifier="X-2", more=relation("b", "funded-through", "X-1"), **UNLIKE)],
    ),
}


@pytest.mark.parametrize("basis", DECIDED)
def test_identifiers_decide_whatever_the_rest_says(basis: str, tmp_path: Path) -> None:
    [pair] = between(tmp_path, *DECIDED[basis])
    assert (pair["a"], pair["b"]) == ("programme/a", "programme/b")
    assert pair["decided"] is True
    assert pair["score"] is None
    assert basis in pair["basis"]
    assert pair["title"] == "other words"


def test_what_decides_is_told_with_its_claims(tmp_path: Path) -> None:
    [pair] = between(
        tmp_path,
        [Record("a", identifier="X-1", more=money("a", "receiver", "X-2"))],
        [Record("b", identifier="X-2", more=money("b", "provider", "X-1"), **UNLIKE)],
    )
    assert pair["claims"] == ["transaction/a-receiver-X-2", "transaction/b-provider-X-1"]


OPEN = {
    "one pays for the other, as only one of them tells": (
        [Record("a", identifier="X-1")],
        [Record("b", identifier="X-2", more=money("b", "provider", "X-1"))],
    ),
    "one pays for the other, and pays others directly": (
        [
            Record(
                "a",
                identifier="X-1",
                more=[*money("a", "receiver", "X-2", "lifeline"), *money("a", "receiver", actor="stranger")],
            )
        ],
        [Record("b", identifier="X-2", more=money("b", "provider", "X-1"))],
    ),
    "one names the other, and a third, as a report of the same effort": (
        [Record("a", more=[*relation("a", "same-effort", "X-2"), *relation("a", "same-effort", "X-3")])],
        [Record("b", identifier="X-2")],
    ),
    "said to be co-funded": (
        [Record("a", more=relation("a", "co-funded", "X-2"))],
        [Record("b", identifier="X-2")],
    ),
}


@pytest.mark.parametrize("basis", OPEN)
def test_identifiers_that_leave_it_open_are_told_beside_the_score(basis: str, tmp_path: Path) -> None:
    [pair] = between(tmp_path, *OPEN[basis])
    assert pair["decided"] is False
    assert pair["basis"] == [basis]
    assert pair["score"] > REVIEW


APART = {
    "part": ([Record("a")], [Record("b", parent="a")]),
    "part of a part": ([Record("a")], [Record("b", parent="middle"), Record("middle", parent="a", **UNLIKE)]),
    "part of a second whole": (
        [Record("a", identifier="X-1")],
        [Record("b", identifier="X-2", more=relation("b", "part-of", "X-1"))],
    ),
    "sibling": ([Record("a", more=relation("a", "sibling", "X-2"))], [Record("b", identifier="X-2")]),
    "payer of several": (
        [
            Record(
                "a", identifier="X-1", more=[*money("a", "receiver", "X-2"), *money("a", "receiver", "X-3", "stranger")]
            )
        ],
        [Record("b", identifier="X-2", more=money("b", "provider", "X-1"))],
    ),
    "payer of several, as the payees tell": (
        [Record("a", identifier="X-1")],
        [
            Record("b", identifier="X-2", more=money("b", "provider", "X-1")),
            Record("c", identifier="X-3", more=money("c", "provider", "X-1"), **UNLIKE),
        ],
    ),
}


@pytest.mark.parametrize("case", APART)
def test_what_identifiers_tell_apart_is_never_shown_however_alike(case: str, tmp_path: Path) -> None:
    assert between(tmp_path, *APART[case]) == []


def test_the_same_without_identifiers_is_shown(tmp_path: Path) -> None:
    """Else the tests above would pass whatever the identifiers say."""
    [pair] = between(tmp_path, [Record("a")], [Record("b")])
    assert pair["decided"] is False
    assert pair["score"] > 0.99
    assert pair["basis"] == []


def test_identifiers_that_contradict_each_other_decide_nothing(tmp_path: Path) -> None:
    [pair] = between(
        tmp_path,
        [Record("a", identifier="X-1")],
        [Record("b", parent="a", identifier="X-2", more=relation("b", "same-effort", "X-1"))],
    )
    assert pair["decided"] is False
    assert pair["basis"] == [
        "one is a part of the other",
        "one names the other, and no third, as a report of the same effort",
    ]


def test_one_body_does_not_report_an_effort_under_two_identifiers(tmp_path: Path) -> None:
    twice = [Record("a", identifier="X-1", reporter="crown"), Record("b", identifier="X-2", reporter="crown")]
    one = told(tmp_path, "one", twice)
    assert pairs(one, one) == []
    one = told(tmp_path, "two", [twice[0], Record("b", identifier="X-2", reporter="lifeline")])
    assert len(pairs(one, one)) == 1


def test_parts_that_one_dataset_lists_under_one_whole_are_different_parts(tmp_path: Path) -> None:
    whole = Record("whole", **UNLIKE)
    one = told(tmp_path, "one", [whole, Record("a", parent="whole"), Record("b", parent="whole")])
    assert pairs(one, one) == []
    one = told(tmp_path, "two", [whole, Record("a", parent="whole"), Record("b")])
    assert len(pairs(one, one)) == 1


# What is compared -----------------------------------------------------------------------------------------------------


def test_phases_that_follow_each_other_are_two_efforts(tmp_path: Path) -> None:
    later = ("2014-06-01", "2016-05-31")
    assert between(tmp_path, [Record("a")], [Record("b", period=later)]) == []


@pytest.mark.parametrize("field_", ["lead", "funder", "places", "period", "budget"])
def test_what_one_side_does_not_tell_is_left_out(field_: str, tmp_path: Path) -> None:
    nothing: Any = () if field_ == "places" else None
    [pair] = between(tmp_path, [Record("a")], [Record("b", **{field_: nothing})])
    name = {"lead": "leads", "funder": "funders", "places": "place"}.get(field_, field_)
    assert pair["known"] == pytest.approx(5 / 6)
    assert (pair[name], pair[f"{name}_weight"]) == ("not recorded", 0)


def test_a_programme_with_nothing_but_a_title_is_no_match_by_its_title_alone(tmp_path: Path) -> None:
    bare: dict[str, Any] = {"lead": None, "funder": None, "places": (), "period": None, "budget": None}
    crowd = [Record(f"c{n}", title=f"Border posts number {n}", **bare) for n in range(300)]
    found = between(tmp_path, [Record("a", title="Training", **bare), *crowd], [Record("b", title="Training", **bare)])
    assert found == []


def test_actors_and_places_of_other_datasets_are_known_by_their_identifiers(tmp_path: Path) -> None:
    with Claims(tmp_path / "known.nt") as claims:
        for name in ("lifeline", "x.lifeline"):
            stated = [(term("rdf:type"), term("con:Organisation"))]
            stated.append((term("skos:notation"), f'"XM-DAC-9"^^{term("con:iati-organisation")}'))
            claims.state(f"actor/{name}", stated)
        for name in ("hill", "x.hill"):
            stated = [(term("rdf:type"), term("con:City")), (term("skos:notation"), f'"77"^^{term("con:geonames")}')]
            claims.state(f"place/{name}", stated)
    project(tmp_path / "known.nt", tmp_path / "known.duckdb")
    one = told(tmp_path, "one", [Record("a")])
    other = told(tmp_path, "other", [Record("b", lead="x.lifeline", places=("x.hill",))])
    [known] = pairs(one, other, tmp_path / "known.duckdb")
    assert known["leads_weight"] > 0 < known["place_weight"]
    unknown = pairs(one, other)
    assert not unknown or unknown[0]["leads_weight"] < 0 > unknown[0]["place_weight"]


def test_tables_without_a_record_have_no_pairs(tmp_path: Path) -> None:
    one, other = told(tmp_path, "one", []), told(tmp_path, "other", [Record("b")])
    assert pairs(one, other) == pairs(other, one) == pairs(one, one) == []


def test_the_target_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    one = told(tmp_path, "one", [Record("a")])
    before = sorted(file.name for file in tmp_path.iterdir())
    with pytest.raises(duckdb.Error):
        link(one, tmp_path / "one.nt", [], tmp_path / "pairs.parquet")
    assert sorted(file.name for file in tmp_path.iterdir()) == before


# How good it is -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world that nothing was learned from, with its tables."""
    folder = tmp_path_factory.mktemp("worlds") / "small"
    make_world(folder, 2_500, seed=21)
    tables(folder)
    return folder


def tables_of(world: Path) -> tuple[Path, Path, Path]:
    reference, one, other = (world / name / "tables.duckdb" for name in ("world-reference", "world-a", "world-b"))
    return one, other, reference


@pytest.fixture(scope="module")
def found(small: Path) -> list[Pair]:
    return pairs(*tables_of(small))


def test_planted_double_reports_are_found_and_little_else(small: Path, found: list[Pair]) -> None:
    score = truth.check_doubles(((pair["a"], pair["b"]) for pair in found), small)
    assert score.precision >= 0.95, str(score)
    assert score.recall >= 0.9, str(score)
    by_change = truth.doubles_by_change(((pair["a"], pair["b"]) for pair in found), small)
    for change in ("one identifier", "same effort", "chain of one"):
        assert by_change[True, change].recall == 1
    for change in ("part of", "chain of several"):
        assert by_change[False, change].found == 0


def test_the_two_files_may_change_places(small: Path, found: list[Pair]) -> None:
    one, other, reference = tables_of(small)
    assert pairs(other, one, reference) == found
    assert all(pair["a"] < pair["b"] for pair in found)


def test_the_quick_look_leaves_out_no_pair(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a threshold so low that many pairs lie near it."""
    low = replace(method(), review=0.001)
    monkeypatch.setattr(reports, "method", lambda: low)
    quick = pairs(*tables_of(small))
    everything = "select distinct unique_id_l as n, unique_id_r as m from met({})"
    monkeypatch.setattr(reports, "_likely", lambda prior: everything)
    assert pairs(*tables_of(small)) == quick
    assert sum(pair["score"] < REVIEW for pair in quick if not pair["decided"]) > 50


def test_looking_part_by_part_finds_the_same(small: Path, found: list[Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "RECORDS", 100)
    monkeypatch.setattr(reports, "MEMBERS", 1_000)
    monkeypatch.setattr(reports, "MEETING", 500)
    assert pairs(*tables_of(small)) == found


def test_the_order_of_claims_makes_no_difference(small: Path, found: list[Pair], tmp_path: Path) -> None:
    one, _, reference = tables_of(small)
    lines = (small / "world-b" / "claims.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "turned.nt").write_text("".join(reversed(lines)), encoding="utf-8")
    project(tmp_path / "turned.nt", tmp_path / "turned.duckdb")
    assert pairs(one, tmp_path / "turned.duckdb", reference) == found


def test_the_terms_add_up_to_the_score(found: list[Pair]) -> None:
    scored = [pair for pair in found if not pair["decided"]]
    assert scored
    for pair in scored:
        bits = pair["prior"] + sum(pair[f"{name}_weight"] for name in TERMS)
        assert math.log2(pair["score"] / (1 - pair["score"])) == pytest.approx(bits)
        assert pair["score"] >= REVIEW


def test_each_weight_is_the_one_of_its_level(found: list[Pair]) -> None:
    weights = {(name, level.words): level.weight for name, levels in method().terms.items() for level in levels}
    for pair in found:
        for name in TERMS:
            assert pair[f"{name}_weight"] == pytest.approx(weights[name, pair[name]])


def test_shares_of_each_term_make_a_whole() -> None:
    assert tuple(method().terms) == TERMS
    for name, levels in method().terms.items():
        assert levels[0].m is levels[0].u is None, name
        for key in ("m", "u"):
            assert sum(getattr(level, key) for level in levels[1:]) == pytest.approx(1, abs=0.04), (name, key)


def test_what_was_learned_goes_where_it_belongs(tmp_path: Path) -> None:
    learned = {
        name: [(0.1 + place / 100, 0.001 * (place + 1)) for place in range(len(levels) - 1)]
        for name, levels in method().terms.items()
    }
    file = tmp_path / "reports.yml"
    before = (HERE / "reports.yml").read_text(encoding="utf-8")
    file.write_text(before, encoding="utf-8")
    write(mean([learned, learned]), file)
    after = file.read_text(encoding="utf-8")
    changed = [line for line, now in zip(before.splitlines(), after.splitlines(), strict=True) if line != now]
    assert changed
    assert all(line.strip().startswith(("m: ", "u: ")) for line in changed)
    assert "      m: 0.11\n      u: 0.002\n" in after
