"""FollowTheMoney in: bodies, projects and links; persons never; every line is taken, passed over or refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InvalidData
from graph.readers import Frame, Log
from graph.readers.formats import format_of
from graph.readers.ftm import read_ftm
from ontology.namespaces import ID

SOURCE = f"{ID}source/dataset-x"
KNOWN = {("actor", "unodc"): f"{ID}actor/unodc", ("place", "tj"): f"{ID}place/tj"}
NAMES = {"Q1065": f"{ID}actor/unodc", "tj": f"{ID}place/tj"}


def entity(id_: str, schema: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "schema": schema,
        "properties": {n: v if isinstance(v, list) else [v] for n, v in properties.items()},
    }


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[set[tuple[str, str, str]], Log]]:
    """What some entities state, in short, and the log."""

    def from_entities(*entities: Any) -> tuple[set[tuple[str, str, str]], Log]:
        file = tmp_path / "some.ftm.json"
        file.write_text("".join(f"{e if isinstance(e, str) else json.dumps(e)}\n" for e in entities), encoding="utf-8")
        log = Log()
        frame = Frame("x.", "en", SOURCE, KNOWN, lambda kind, text: NAMES.get(text))
        told = {
            (
                t.subject.value.removeprefix(ID),
                t.predicate.value.rpartition("/")[2].rpartition("#")[2],
                t.object.value.removeprefix(ID),
            )
            for t in read_ftm(file, frame, log)
        }  # fmt: skip
        return told, log

    return from_entities


def test_bodies_projects_and_links_say_what_they_say(read: Callable[..., Any]) -> None:
    told, log = read(
        entity(
            "l1", "ProjectParticipant", project="p", participant="o", role="Coordinator", startDate="2001-02-03T00:00"
        ),
        entity("o", "PublicBody", name=["Customs", "Zoll"], country="tj", weakAlias="C"),
        entity("q", "Organization", name="An office", wikidataId="Q1065"),
        entity(
            "p",
            "Project",
            name="Work",
            keywords=["domain/drugs", "training", "nonsense"],
            country="tj",
            status="ongoing",
        ),
        entity("l2", "ProjectParticipant", project="p", participant="q"),
        entity("m", "Membership", member="o", organization="q"),
        entity("u", "UnknownLink", subject="o", object="q", role="funds"),
    )
    assert not log.rejected
    assert {
        ("actor/x.o", "type", "https://w3id.org/concert/ns#Agency"),
        ("actor/x.o", "label", "Customs"),
        ("actor/x.o", "altLabel", "Zoll"),
        ("actor/x.o", "acronym", "C"),
        ("actor/x.o", "ofState", "place/tj"),
        ("programme/x.p", "domain", "domain/drugs"),
        ("programme/x.p", "response", "response/training"),
        ("programme/x.p", "place", "place/tj"),
        ("programme/x.p", "status", "status/active"),
        ("participation/x.l1", "role", "role/accountable"),
        ("participation/x.l1", "actor", "actor/x.o"),
        ("participation/x.l1", "starts", "2001-02-03"),
        ("participation/x.l1", "locator", "some.ftm.json line 1"),
        ("participation/x.l2", "role", "role/partner"),
        ("participation/x.l2", "actor", "actor/unodc"),
        ("tie/x.m", "tieKind", "tie-kind/member-of"),
        ("tie/x.u", "tieKind", "tie-kind/funds"),
        ("tie/x.u", "otherActor", "actor/unodc"),
    } <= told
    assert log.taken == {
        "ProjectParticipant": 2, "PublicBody": 1, "Organization, known": 1, "Project": 1, "Membership": 1,
        "UnknownLink": 1,
    }  # fmt: skip


def test_nothing_of_a_person_comes_in(read: Callable[..., Any]) -> None:
    told, log = read(
        entity("a", "Person", name="A Name"),
        entity("b", "LegalEntity", name="B Name"),
        entity("o", "Organization", name="O"),
        entity("m", "Membership", member="a", organization="o"),
        entity("d", "Directorship", director="a", organization="o"),
        entity("e", "Organization", name="E", summary="Write to office@example.org"),
        entity("f", "Organization", name="Mr Example"),
    )
    said = " ".join(" ".join(each) for each in told)
    assert "Name" not in said
    assert "example.org" not in said
    assert {subject for subject, _, _ in told} == {"actor/x.o"}
    assert log.taken == {
        "Person, not read": 1, "LegalEntity, not read": 1, "Organization": 1, "Membership, of what is not read": 1,
        "Directorship, not read": 1,
    }  # fmt: skip
    assert [(rejected.row, rejected.value) for rejected in log.rejected] == [(6, "(withheld)"), (7, "(withheld)")]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"schema": "Organization", "properties": {"name": ["O"]}}, "id"),
        ({"id": "z", "schema": "Organization", "properties": ["O"]}, "id"),
        (entity("o", "Organization", name="Again"), "id"),
        (entity("z", "Organization"), "name"),
        (entity("z", "Project", name="P", startDate="soon"), "starts"),
        (entity("z", "ProjectParticipant", project="p", participant="o", role="mascot"), "role"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_line(read: Callable[..., Any], bad: dict[str, Any], field: str) -> None:
    good = [entity("o", "Organization", name="O"), entity("p", "Project", name="P")]
    told, log = read(*good, bad)
    assert [(rejected.row, rejected.field) for rejected in log.rejected] == [(3, field)]
    assert told == read(*good)[0]
    assert sum(log.taken.values()) == 2


@pytest.mark.parametrize("line", ['{"id": "a", "sche', "[1]", "none"])
def test_a_file_that_is_cut_off_is_refused_whole(read: Callable[..., Any], line: str) -> None:
    with pytest.raises(InvalidData, match="JSON lines") as refused:
        read(entity("o", "Organization", name="O"), line)
    assert refused.value.where == "some.ftm.json line 2"


def test_the_content_tells_the_format(tmp_path: Path) -> None:
    file = tmp_path / "entities.json"
    file.write_text(json.dumps(entity("o", "Organization", name="O")) + "\n", encoding="utf-8")
    assert format_of(file).name == "ftm"
    file.write_text('{"id": 1, "name": "a"}\n', encoding="utf-8")
    with pytest.raises(InvalidData):
        format_of(file)
