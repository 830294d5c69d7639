"""Reviewing: the queue, judgements by whoever may write, merged ids that lead on, and all of it undone."""

import gzip
import io
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api import archive
from api.app import create_app
from api.review import review
from api.settings import Settings
from api.visibility import library_of, world_of
from graph.errors import ConcertError, InvalidParameter, NotFound
from graph.library import Library
from tests.conftest import write_dataset

HERE = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)}
ONE, TWO = "actor/one.h", "actor/two.h"
PROGRAMMES = ("programme/one.p", "programme/two.p")


def body(called: str) -> dict[str, list[dict[str, Any]]]:
    return {
        "actors": [{"id": "h", "class": "NonGovernmentalOrganisation", "name": called}],
        "programmes": [{"id": "p", "name": f"Shelter of {called}", "domains": "drugs", "responses": "training"}],
        "participations": [{"actor": "h", "programme": "p", "role": "implementing", "note": "<b>note</b>"}],
    }


CALLED = {"one": "Hope for Migrants", "two": "HOPE of <i>Migrants", "three": "Bridges Without Borders"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, TestClient]]:
    """An application over three datasets, and requests of the machine itself."""
    home = tmp_path_factory.mktemp("loaded")
    with Library(home / "home") as library:
        for name, called in CALLED.items():
            sheets = body(called)
            if name == "three":
                del sheets["programmes"], sheets["participations"]
            library.load(write_dataset(home, sheets, name=name))
    app = create_app(Settings(home=home / "home", shipped=(), writer="data-desk"))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False, **HERE) as client:
        yield app, client


@pytest.fixture
def app(opened: tuple[FastAPI, TestClient]) -> FastAPI:
    """The application, in which nothing was judged yet and the reader sees everything."""
    app, _ = opened
    app.state.library.journal.path.unlink(missing_ok=True)
    app.dependency_overrides.clear()
    return app


@pytest.fixture
def client(app: FastAPI, opened: tuple[FastAPI, TestClient]) -> TestClient:
    return opened[1]


def judge(client: TestClient, decision: str = "same", **given: str) -> Any:
    sent = {"one": ONE, "other": TWO, "decision": decision, "reason": "One charter."} | given
    return client.post("/api/judgements", json=sent)


def test_the_queue_shows_both_actors_and_each_term_of_the_score(client: TestClient) -> None:
    told = client.get("/api/candidates").json()
    assert (told["total"], told["next"]) == (1, None)
    (pair,) = told["candidates"]
    assert (pair["first"]["id"], pair["second"]["id"]) == (ONE, TWO)
    assert (pair["first"]["label"], pair["first"]["datasets"]) == ("Hope for Migrants", ["one"])
    assert (pair["first"]["efforts"], [each["id"] for each in pair["first"]["domains"]]) == (1, ["domain/drugs"])
    bits = pair["prior"] + sum(term["points"] for term in pair["terms"])
    assert pair["score"] == pytest.approx(1 / (1 + 2**-bits), abs=0.01)
    assert all(term["seen"] for term in pair["terms"])


def test_the_queue_comes_in_pages(client: TestClient) -> None:
    assert client.get("/api/candidates?limit=0").status_code == 400
    assert client.get("/api/candidates?cursor=nonsense").json()["parameter"] == "cursor"
    for reason in ("One charter.", "Two charters."):
        judge(client, "different" if "Two" in reason else "same", reason=reason)
    first = client.get("/api/judgements?limit=1").json()
    assert (first["total"], first["judgements"][0]["id"]) == (2, "judgement/2")
    second = client.get("/api/judgements", params={"limit": 1, "cursor": first["next"]}).json()
    assert (second["judgements"][0]["id"], second["next"]) == ("judgement/1", None)
    assert client.get("/api/candidates", params={"cursor": first["next"]}).status_code == 400


def test_accepting_merges_and_a_merged_id_leads_to_the_one_that_stays(client: TestClient) -> None:
    before = client.get("/api/questions/who-works-where").content
    reply = judge(client)
    assert reply.status_code == 200
    assert reply.json()["kept"] == ONE
    made = reply.json()["judgement"]
    assert (made["by"], made["reason"], made["decision"]["id"]) == ("data-desk", "One charter.", "decision/same")
    assert made["withdrawn"] is None
    assert client.get("/api/candidates").json()["total"] == 0
    leads = {row["actor"]["id"] for row in client.get("/api/questions/who-works-where").json()["rows"]}
    assert leads == {ONE}

    for path, kept in (
        ("/api/actors/two.h", "/api/actors/one.h"),
        ("/id/actor/two.h", "/id/actor/one.h"),
        ("/id/actor/two.h?format=ttl", "/id/actor/one.h?format=ttl"),
    ):
        moved = client.get(path)
        assert moved.status_code == 308, path
        assert moved.headers["location"].removeprefix("http://127.0.0.1:8000") == kept
        assert client.get(kept).status_code == 200
    assert client.get("/api/actors/one.h").status_code == 200
    assert client.get("/api/actors/none.h").status_code == 404

    gone = client.delete("/api/judgements/1", params={"reason": "Two charters."})
    assert gone.json()["withdrawn"]["reason"] == "Two charters."
    assert client.get("/api/questions/who-works-where").content == before
    assert client.get("/api/actors/two.h").status_code == 200
    (kept_history,) = client.get("/api/judgements").json()["judgements"]
    assert kept_history["withdrawn"]["by"] == "data-desk"


def test_a_contradiction_is_told(client: TestClient) -> None:
    judge(client)
    judge(client, "different", other="actor/three.h")
    told = judge(client, "same", one=TWO, other="actor/three.h").json()
    assert told["kept"] == "actor/three.h"
    (contradiction,) = told["contradictions"]
    assert contradiction == (
        "judgement/1 says that they are the same, but judgement/2 says that actor/one.h and actor/three.h are two"
    )


WRONG: dict[str, tuple[dict[str, str], int]] = {
    "decision": ({"decision": "maybe"}, 400),
    "decision of programmes": ({"decision": "one-effort"}, 400),
    "itself": ({"other": ONE}, 400),
    "nothing known": ({"other": "actor/none"}, 404),
    "no reason": ({"reason": " "}, 400),
    "a person in the reason": ({"reason": "write to someone@example.org"}, 400),
    "a control character": ({"reason": "a\x00b"}, 400),
    "half a character": ({"reason": "\ud800"}, 400),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_refused_and_nothing_is_entered(client: TestClient, app: FastAPI, case: str) -> None:
    given, status = WRONG[case]
    if case == "half a character":
        text = f'{{"one": "{ONE}", "other": "{TWO}", "decision": "same", "reason": "\\ud800"}}'
        reply = client.post("/api/judgements", content=text, headers={"Content-Type": "application/json"})
    else:
        reply = judge(client, **given)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert not app.state.library.journal.path.exists()


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"one": 1}', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b"x" * 200_000, "application/json", 413),
        (b"one=a", "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_body_that_is_none_is_refused(client: TestClient, content: bytes, kind: str, status: int) -> None:
    reply = client.post("/api/judgements", content=content, headers={"Content-Type": kind})
    assert reply.status_code == status


# Who may write

FOREIGN: list[dict[str, str]] = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Host": "rebound.example:8000"},
    {"Host": "rebound.example:8000", "Origin": "http://rebound.example:8000"},
]
OWN: list[dict[str, str]] = [{"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, {}]


@pytest.mark.parametrize("headers", [*FOREIGN, *OWN])
def test_a_page_of_another_site_cannot_write(client: TestClient, app: FastAPI, headers: dict[str, str]) -> None:
    sent = {"one": ONE, "other": TWO, "decision": "same", "reason": "One charter."}
    expected = 200 if headers in OWN else 403
    assert client.post("/api/judgements", json=sent, headers=headers).status_code == expected
    assert app.state.library.journal.path.exists() == (expected == 200)
    if expected == 403:
        app.state.library.journal.record(ONE, TWO, "same", by="desk", reason="One charter.")
        assert client.post("/review/judgements", data=sent, headers=headers).status_code == 403
        assert client.post("/review/judgements/1", data={"reason": "So."}, headers=headers).status_code == 403
        assert client.delete("/api/judgements/1?reason=So.", headers=headers).status_code == 403
        assert len(app.state.library.journal.judgements()) == 1


def test_who_is_elsewhere_reads_and_does_not_write(app: FastAPI) -> None:
    far = TestClient(app, base_url="http://127.0.0.1:8000", client=("192.0.2.7", 50000))
    assert far.get("/api/candidates").json()["total"] == 1
    assert judge(far).status_code == 403
    assert b"<form class=" not in far.get("/review", headers={"Accept": "text/html"}).content.split(b"<main")[1]


# What a reader may not see


def test_a_reader_of_one_side_learns_nothing(app: FastAPI, client: TestClient) -> None:
    judge(client)
    judge(client, "coordinated", one=PROGRAMMES[0], other=PROGRAMMES[1])
    seen = frozenset({"one", "three", "journal"})

    def half(request: Request) -> Any:
        return library_of(request).world(seen)

    app.dependency_overrides[world_of] = half
    assert client.get("/api/candidates").json()["total"] == 0
    assert client.get("/api/judgements").json() == {"judgements": [], "total": 0, "next": None}
    page = client.get("/review", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "charter" not in page.text
    assert client.delete("/api/judgements/1?reason=So.").json()["detail"] == "there is no 'judgement/1'"
    hidden, made_up = judge(client, other=TWO), judge(client, other="actor/six.h")
    assert (hidden.status_code, made_up.status_code) == (404, 404)
    assert hidden.text.replace("two", "six") == made_up.text
    for path in ("/api/actors/two.h", "/id/actor/two.h"):
        assert client.get(path).status_code == 404
    assert "two" not in client.get("/api/actors/one.h").text


# The page


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_the_page_shows_the_pair_and_its_form_enters_and_takes_back(client: TestClient) -> None:
    page = client.get("/review", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<i>Migrants" not in page.text
    assert "<meter" in page.text
    assert "style=" not in page.text
    sent = {"one": ONE, "other": TWO, "decision": "same", "reason": "One <b>charter</b>.", "start": "0"}
    reply = client.post("/review/judgements", data=sent)
    assert (reply.status_code, reply.headers["location"]) == (303, "/review")
    after = client.get("/review", headers={"Accept": "text/html"})
    assert "0 pairs wait" in text_of(after)
    assert "One &lt;b&gt;charter&lt;/b&gt;." in after.text
    assert 'action="/review/judgements/1"' in after.text
    assert client.post("/review/judgements/1", data={"reason": "Two charters."}).status_code == 303
    assert "1 pair waits" in text_of(client.get("/review", headers={"Accept": "text/html"}))


def test_what_a_form_cannot_enter_is_told_on_the_page(client: TestClient, app: FastAPI) -> None:
    sent = {"one": ONE, "other": TWO, "decision": "same", "reason": " "}
    reply = client.post("/review/judgements", data=sent)
    assert reply.status_code == 400
    assert "a reason in words" in reply.text
    assert "Hope for Migrants" in reply.text
    assert not app.state.library.journal.path.exists()
    assert client.post("/review/judgements/7", data={"reason": "So."}).status_code == 404


def test_two_programmes_are_judged_side_by_side(client: TestClient) -> None:
    asked = {"one": PROGRAMMES[0], "other": PROGRAMMES[1]}
    page = client.get("/review", params=asked, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "One effort, reported twice" in page.text
    assert "A duplication" in page.text
    reply = client.post("/review/judgements", data=asked | {"decision": "one-effort", "reason": "One contract."})
    assert reply.status_code == 303
    rows = client.get("/api/questions/double-reporting").json()["rows"]
    assert [(row["programme"]["id"], row["decided"]) for row in rows] == [(PROGRAMMES[0], True)]
    for other in ("actor/one.h", "programme/none", "nonsense"):
        params = {"one": PROGRAMMES[0], "other": other}
        assert client.get("/review", params=params, headers={"Accept": "text/html"}).status_code in (400, 404)


# The command line


@pytest.fixture
def library(app: FastAPI, client: TestClient) -> Library:
    opened: Library = app.state.library
    return opened


def test_the_command_lists_enters_and_takes_back(library: Library) -> None:
    told = review(library).decode()
    assert "1 pairs wait" in told
    assert ONE in told
    assert "name" in told
    said = review(library, "accept", (ONE, TWO), reason="One charter.", by="desk").decode()
    assert "entered judgement/1" in said
    assert f"both are known as {ONE}" in said
    assert review(library, "undo", ("1",), reason="Two charters.").startswith(b"took back judgement/1")
    said = review(library, "reject", (ONE, TWO), reason="Two charters.").decode()
    assert "judgement/2" in said
    assert "0 pairs wait" in review(library).decode()
    history = review(library, "history").decode()
    assert history.index("judgement/2") < history.index("judgement/1")
    review(library, "decide", PROGRAMMES, decision="coordinated", reason="A joint plan.")
    assert library.world(library.names()).rows("select decision from judged_effort") == [{"decision": "coordinated"}]


@pytest.mark.parametrize(
    ("act", "words", "error"),
    [
        ("burn", (), InvalidParameter),
        ("accept", (ONE,), InvalidParameter),
        ("list", (ONE,), InvalidParameter),
        ("undo", (), InvalidParameter),
        ("undo", ("9",), NotFound),
        ("accept", (ONE, "actor/none"), NotFound),
        ("decide", (ONE, TWO), InvalidParameter),
    ],
)
def test_what_a_command_cannot_do_is_an_error(
    library: Library, act: str, words: tuple[str, ...], error: type[ConcertError]
) -> None:
    with pytest.raises(error):
        review(library, act, words, reason="So.")
    assert not library.journal.path.exists()


# Backup


def test_a_backup_carries_the_journal_and_brings_it_back(library: Library, tmp_path: Path) -> None:
    library.journal.record(ONE, TWO, "same", by="desk", reason="One charter.")
    library.journal.record(ONE, "actor/three.h", "different", by="desk", reason="Two charters.")
    library.journal.withdraw("judgement/2", by="desk", reason="A mistake.")
    merged = dict(library.world(library.names()).merged)
    archive.write(library.home, tmp_path / "all.tar.gz")
    archive.bring_back(tmp_path / "all.tar.gz", tmp_path / "again")
    with Library(tmp_path / "again") as again:
        assert again.journal.history() == library.journal.history()
        assert dict(again.world(again.names()).merged) == merged == {TWO: ONE}
        again.rebuild()
        assert dict(again.world(again.names()).merged) == merged


def test_a_backup_without_judgements_and_one_with_more_than_there_may_be(library: Library, tmp_path: Path) -> None:
    archive.write(library.home, tmp_path / "all.tar.gz")
    archive.bring_back(tmp_path / "all.tar.gz", tmp_path / "again")
    assert not (tmp_path / "again" / "journal.rdfp").exists()
    with tarfile.open(tmp_path / "more.tar", "w") as more:
        for name in ("current.json", "datasets/x", "other"):
            member = tarfile.TarInfo(name)
            more.addfile(member, io.BytesIO(b""))
    (tmp_path / "more.tar.gz").write_bytes(gzip.compress((tmp_path / "more.tar").read_bytes()))
    with pytest.raises(ConcertError, match="other than"):
        archive.bring_back(tmp_path / "more.tar.gz", tmp_path / "third")
    assert not any((tmp_path / "third").iterdir())
