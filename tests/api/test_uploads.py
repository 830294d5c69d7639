"""Uploads: what comes in by HTTP is loaded as a file on the command line is, or leaves no trace."""

import csv
import io
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from api import loads as waiting
from api.app import create_app
from api.settings import Settings
from graph.library import Library

PROBLEM = "application/problem+json"
REFERENCE = tuple(folder for folder in Settings().shipped if folder.name == "reference")
PATIENCE = 300
HXL = "Where,Who,What\n#country+code,#org+impl+name,#sector\nTJK,Zz Aid,drugs\nKAZ,Zz Aid,drugs\n"
TABLE = "Country,Agency\nTajikistan,Zz Aid\nNarnia,Zz Other\n"
MAPPING = """
rows:
  - sheet: programmes
    columns:
      name: "{Agency}"
      places: "{Country}"
      domains: drugs
"""
TURTLE = """
@prefix con: <https://w3id.org/concert/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/concert/id/actor/zz> a con:Organisation ; rdfs:label "Zz"@en ;
    con:source <https://w3id.org/concert/id/source/dataset-zz> .
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the reference data and nothing else."""
    return tmp_path_factory.mktemp("own") / "home"


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[TestClient]:
    """Requests to an application that everybody may write to."""
    app = create_app(Settings(home=home, writing=True, shipped=REFERENCE))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def open_client(opened: TestClient) -> Iterator[TestClient]:
    """The same, for a test that loads what it likes: it goes again."""
    yield opened
    library: Library = opened.app.state.library  # type: ignore[attr-defined]
    for name in sorted(library.names() - {"reference"}):
        library.unload(name)


def trace(home: Path) -> set[str]:
    """Every file of a home that is no index, and what requests left behind."""
    kept = {str(path.relative_to(home)) for path in (home / "datasets").rglob("*")}
    return kept | {path.name for path in home.glob("*.json")} | {p.name for p in (home / "cache").glob("scratch-*")}


def ended(client: TestClient, url: str) -> dict[str, Any]:
    """A load once it has ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found: dict[str, Any] = client.get(url).json()
        if found["state"] in ("done", "refused"):
            return found
        time.sleep(0.05)
    raise AssertionError(f"it still is {found}")


def loaded(client: TestClient, query: str, **sent: Any) -> dict[str, Any]:
    """A load that was taken in, once it has ended."""
    reply = client.post(f"/api/datasets?{query}", **sent)
    assert reply.status_code == 202, reply.text
    told = reply.json()
    assert reply.headers["location"] == told["url"] == f"/api/loads/{told['id']}"
    return ended(client, told["url"])


def test_a_file_that_is_sent_is_loaded_and_taken_out_again(open_client: TestClient, home: Path) -> None:
    before = trace(home)
    whole = open_client.get("/api/questions/programmes?limit=10000").json()["rows"]
    told = loaded(open_client, "as=zz", files={"file": ("any name.csv", HXL.encode())})
    assert told["state"] == "done", told
    assert (told["dataset"], told["file"], told["by"], told["error"]) == ("zz", "any name.csv", "local", None)
    assert (told["taken"], told["rejected"], told["share"]) == ({"any name.csv": 2}, 0, 1)
    assert told["claims"] > 10
    assert "zz" in {each["name"] for each in open_client.get("/api/datasets").json()["datasets"]}
    rows = open_client.get("/api/questions/who-works-where?dataset=zz").json()["rows"]
    assert {row["actor"]["label"] for row in rows} == {"Zz Aid"}
    assert not [name for name in trace(home) if name.startswith("scratch-")]

    assert open_client.delete("/api/datasets/zz").json() == {"unloaded": "zz"}
    assert open_client.get("/api/questions/programmes?limit=10000").json()["rows"] == whole
    assert trace(home) == before
    assert open_client.delete("/api/datasets/zz").status_code == 404


def test_a_body_is_as_good_as_a_form(open_client: TestClient) -> None:
    sent = {"content": HXL.encode(), "headers": {"Content-Type": "text/csv; charset=utf-8"}}
    assert loaded(open_client, "as=zz", **sent)["taken"] == {"zz.csv": 2}
    sent = {"content": TURTLE.encode(), "headers": {"Content-Type": "text/turtle"}}
    assert loaded(open_client, "as=zz", **sent)["taken"] == {"zz.ttl": 3}
    assert open_client.get("/api/actors/zz").json()["label"] == "Zz"


def test_options_go_along(open_client: TestClient) -> None:
    activity = b"<iati-identifier>ZZ-1</iati-identifier><title><narrative>A road</narrative></title></iati-activity>"
    parts = {"file": ("a.xml", ACTIVITIES + activity + b"</iati-activities>")}
    told = loaded(open_client, "as=zz&option=scope=trafficking&format=iati-activities", files=parts)
    assert told["taken"]["iati-activity"] == 0
    told = loaded(open_client, "as=zz&option=scope=all&option=scope=all", files=parts)
    assert told["taken"]["iati-activity"] == 1


def test_a_dataset_of_the_same_name_is_replaced(open_client: TestClient) -> None:
    first = loaded(open_client, "as=zz", files={"file": ("a.csv", HXL.encode())})
    second = loaded(open_client, "as=zz", files={"file": ("a.csv", HXL.replace("Zz Aid", "Zz Help").encode())})
    assert first["version"] != second["version"]
    assert b"Zz Aid" not in open_client.get("/api/exports/nquads?dataset=zz").content
    assert b"Zz Help" in open_client.get("/api/exports/nquads?dataset=zz").content


def test_a_table_comes_with_its_mapping_and_the_log_says_what_was_refused(open_client: TestClient) -> None:
    parts = {"file": ("=1+1.csv", TABLE.encode()), "mapping": ("m.yml", MAPPING.encode())}
    told = loaded(open_client, "as=zz&reject_share=0.5", files=parts)
    assert (told["state"], told["taken"], told["rejected"]) == ("done", {"=1+1.csv": 1}, 1), told
    reply = open_client.get(told["rejected_url"])
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == 'attachment; filename="zz-rejected.csv"'
    [row] = csv.DictReader(io.StringIO(reply.text))
    assert (row["file"], row["row"], row["field"], row["value"]) == ("'=1+1.csv", "3", "places", "Narnia")
    assert row["expected"]
    as_json = open_client.get(f"{told['rejected_url']}?format=json").json()
    assert as_json == {
        "dataset": "zz",
        "version": told["version"],
        "rejected": [dict(row) | {"file": "=1+1.csv", "row": 3}],
    }
    refused = loaded(open_client, "as=yy", files=parts)
    assert refused["state"] == "refused"
    assert "1 of 2 rows" in refused["error"]["detail"]
    assert "Narnia" in refused["error"]["detail"]


def test_a_long_log_comes_whole(open_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.rejects.TOGETHER", 7)
    rows = "".join(f"Narnia {number},Zz\n" for number in range(40))
    parts = {"file": ("a.csv", (TABLE + rows).encode()), "mapping": ("m.yml", MAPPING.encode())}
    told = loaded(open_client, "as=zz&reject_share=1", files=parts)
    assert told["rejected"] == 41
    found = open_client.get(f"{told['rejected_url']}?format=json").json()["rejected"]
    assert [row["row"] for row in found] == list(range(3, 44))
    assert open_client.get(told["rejected_url"]).text.count("\r\n") == 42


def bomb() -> bytes:
    """A workbook of which one sheet would unpack to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(b"\0" * 1_000_000)
    return out.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
ACTIVITIES = b"<iati-activities version='2.03'><iati-activity>"
BROKEN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "cut-off XML": ("a.xml", lambda: ACTIVITIES + b"<iati-identifier>X", "a.xml"),
    "billion laughs": (
        "a.xml",
        lambda: (
            b"<?xml version='1.0'?>" + LAUGHS + ACTIVITIES + b"<title>&c;</title></iati-activity></iati-activities>"
        ),
        "document type",
    ),
    "zip bomb": ("a.xlsx", bomb, "a.xlsx"),
    "wrong encoding": (
        "a.xml",
        lambda: b"<?xml version='1.0' encoding='UTF-8'?>" + ACTIVITIES + b"<title>\xff\xfe</title>",
        "a.xml",
    ),
    "no text": ("a.csv", lambda: HXL.encode("utf-16-le"), "not text"),
    "HTML": ("a.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "old Excel": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "no format"),
    "too wide": ("a.csv", lambda: b",".join(b"#org" for _ in range(100_000)), "100,000 columns"),
    "too wide for the tags to be seen": ("a.csv", lambda: b"c," * 99_999 + b"c\n#org\n", "100,000 columns"),
    "empty": ("a.csv", lambda: b"", "empty"),
    "cut-off RDF": ("a.ttl", lambda: TURTLE.encode()[:-10], "not valid RDF"),
    "no mapping": ("a.csv", lambda: TABLE.encode(), "without hashtags"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_gets_one_line_and_leaves_no_trace(open_client: TestClient, home: Path, name: str) -> None:
    file, content, expected = BROKEN[name]
    before = trace(home)
    told = loaded(open_client, "as=zz", files={"file": (file, content())})
    assert told["state"] == "refused"
    error = told["error"]
    assert error["status"] in (413, 422)
    assert expected in error["detail"]
    assert "\n" not in error["detail"]
    assert not {"/tmp", "scratch-", str(home)} & {part for part in (*error.values(),) if isinstance(part, str)}
    assert "scratch-" not in str(error)
    assert str(home) not in str(error)
    assert "/concert-" not in str(error)
    assert trace(home) == before
    assert "zz" not in open_client.get("/api/datasets").text
    page = open_client.get(f"/datasets/loads/{told['id']}")
    assert (page.status_code, "refresh" in page.headers) == (200, False)
    assert 'role="alert"' in page.text


def test_a_mapping_that_is_a_bomb_is_refused_at_once(open_client: TestClient, home: Path) -> None:
    lines = ["rows: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    before = trace(home)
    parts = {"file": ("a.csv", TABLE.encode()), "mapping": ("m.yml", "\n".join(lines).encode())}
    told = loaded(open_client, "as=zz", files=parts)
    assert (told["state"], told["error"]["status"]) == ("refused", 422)
    assert len(str(told["error"])) < 2_000
    assert trace(home) == before


WRONG: list[tuple[str, dict[str, Any], int, str | None]] = [
    ("as=Not+A+Name", {"files": {"file": ("a.csv", HXL)}}, 422, None),
    ("as=..", {"files": {"file": ("a.csv", HXL)}}, 422, None),
    ("as=reference", {"files": {"file": ("a.csv", HXL)}}, 400, "as"),
    ("as=zz&format=pdf", {"files": {"file": ("a.csv", HXL)}}, 400, "format"),
    ("as=zz&reject_share=2", {"files": {"file": ("a.csv", HXL)}}, 400, "reject_share"),
    ("as=zz&option=rates=/etc/passwd", {"files": {"file": ("a.xml", HXL)}}, 400, "option"),
    ("as=zz&option=mapping=rows", {"files": {"file": ("a.csv", HXL)}}, 400, "option"),
    ("as=zz&option=country", {"files": {"file": ("a.csv", HXL)}}, 400, "country"),
    ("as=zz", {"files": {"sheet": ("a.csv", HXL)}}, 400, "file"),
    ("as=zz", {"data": {"file": "a"}, "files": {"mapping": ("m.yml", MAPPING)}}, 400, "file"),
    ("as=zz", {"files": {"file": ("a.csv", HXL), "mapping": ("m.yml", b"\xff\xfe")}}, 400, "mapping"),
    ("as=zz", {"files": {"file": ("a.csv", HXL), "mapping": ("m.yml", b" " * 1_000_001)}}, 413, "mapping"),
    ("as=zz", {"files": [("file", ("a.csv", HXL))] * 3}, 400, None),
    ("as=zz", {"content": b"--x\r\nnone", "headers": {"Content-Type": "multipart/form-data; boundary=y"}}, 400, None),
    ("as=zz", {"content": b"none", "headers": {"Content-Type": "multipart/form-data"}}, 400, None),
]


@pytest.mark.parametrize(("query", "sent", "status", "parameter"), WRONG)
def test_what_is_wrong_is_told_at_once(
    open_client: TestClient, home: Path, query: str, sent: dict[str, Any], status: int, parameter: str | None
) -> None:
    before = trace(home)
    reply = open_client.post(f"/api/datasets?{query}", **sent)
    assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM), reply.text
    assert reply.json()["detail"]
    assert parameter in (None, reply.json().get("parameter"))
    assert trace(home) == before


def test_an_upload_has_a_bound_whether_it_says_its_length_or_not(home: Path) -> None:
    settings = Settings(home=home, writing=True, shipped=REFERENCE, upload_bytes=10_000)

    def dribble() -> Iterator[bytes]:
        for _ in range(30):
            yield b"x" * 1_000

    form = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + b"x" * 20_000
    with TestClient(create_app(settings)) as client:
        before = trace(home)
        for sent in (
            {"content": b"x" * 10_001},
            {"content": dribble()},
            {"content": iter([form]), "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        ):
            reply = client.post("/api/datasets?as=zz", **sent)
            assert (reply.status_code, reply.headers["content-type"]) == (413, PROBLEM)
            assert "10,000 bytes" in reply.json()["expected"]
            assert trace(home) == before
        assert loaded(client, "as=zz", files={"file": ("a.csv", HXL.encode())})["state"] == "done"


@pytest.mark.parametrize(
    "name", ["../../etc/zz.csv", "..\\zz.csv", "/zz.csv", ".zz.csv", "\x00zz.csv", "x" * 500 + ".csv"]
)
def test_a_file_name_leads_nowhere_else(open_client: TestClient, home: Path, name: str) -> None:
    before = trace(home)
    told = loaded(open_client, "as=zz", files={"file": (name, TABLE.encode())})
    assert "without hashtags" in told["error"]["detail"]
    assert not {"/", "\\"} & set(told["file"])
    assert told["file"].endswith(".csv")
    assert len(told["file"]) < 200
    assert trace(home) == before


def test_loads_take_turns_and_only_a_few_may_wait(
    open_client: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, begun, running = threading.Event(), threading.Event(), []
    real = Library.load_file

    def slow(self: Library, *given: Any) -> Any:
        running.append(1)
        assert len(running) == 1
        begun.set()
        go.wait(PATIENCE)
        try:
            return real(self, *given)
        finally:
            running.pop()

    monkeypatch.setattr(Library, "load_file", slow)
    urls = []
    for number in range(waiting.WAITING):
        reply = open_client.post(f"/api/datasets?as=zz{number}", files={"file": ("a.csv", TABLE)})
        assert reply.status_code == 202
        urls.append(reply.json()["url"])
    assert begun.wait(PATIENCE)
    try:
        refused = open_client.post("/api/datasets?as=more", files={"file": ("a.csv", HXL)})
        assert (refused.status_code, refused.headers["content-type"]) == (503, PROBLEM)
        states = [open_client.get(url).json()["state"] for url in urls]
        assert states == ["running", *["waiting"] * (waiting.WAITING - 1)]
        page = open_client.get(f"/datasets/loads/{urls[1].rpartition('/')[2]}")
        assert page.headers["refresh"] == "2"
        assert "<progress" in page.text
        assert open_client.get("/api/questions/figures").status_code == 200  # readers are served meanwhile
    finally:
        go.set()
    assert [ended(open_client, url)["state"] for url in urls] == ["refused"] * waiting.WAITING
    assert not [name for name in trace(home) if name.startswith("scratch-")]


def test_a_server_that_stops_gives_up_its_loads_without_a_trace(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began, real = threading.Event(), Library.load_file

    def late(self: Library, file: Path, entry: Any, name: str, share: float, progress: Any) -> Any:
        began.set()
        while True:  # a long step, which tells how far it is
            progress.advance(0.5)
            time.sleep(0.01)
        return real(self, file, entry, name, share, progress)

    monkeypatch.setattr(Library, "load_file", late)
    app = create_app(Settings(home=home, writing=True, shipped=REFERENCE))
    with TestClient(app) as client:
        before = trace(home)
        urls = [client.post(f"/api/datasets?as={n}", files={"file": ("a.csv", HXL)}).json()["id"] for n in ("zz", "yy")]
        assert began.wait(PATIENCE)
    told = [app.state.loads.find(id_) for id_ in urls]
    assert [each.state for each in told] == ["refused", "refused"]
    assert all("stopped" in (each.error or {})["detail"] for each in told)
    assert trace(home) == before


def test_a_fault_of_ours_is_told_without_its_reason(
    open_client: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: Library, *given: Any) -> Any:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr(Library, "load_file", broken)
    told = loaded(open_client, "as=zz", files={"file": ("a.csv", HXL)})
    assert told["error"]["status"] == 500
    assert "secret" not in str(told)
    assert told["error"]["detail"].rpartition(" ")[2].rstrip(".") in caplog.text
    assert not [name for name in trace(home) if name.startswith("scratch-")]


def test_whoever_may_not_write_changes_nothing(client: TestClient, shipped: Library) -> None:
    before = trace(shipped.home.path)
    for reply in (
        client.post("/api/datasets?as=zz", files={"file": ("a.csv", HXL)}),
        client.delete("/api/datasets/paper-2003"),
        client.post("/datasets/load", files={"file": ("a.csv", HXL)}),
    ):
        assert (reply.status_code, reply.headers["content-type"]) == (403, PROBLEM)
    page = client.get("/datasets/load")
    assert page.status_code == 200
    assert set(re.findall(r'<form class="(\w+)', page.text)) == {"find", "filters"}
    assert "CONCERT_WRITE" in page.text
    assert trace(shipped.home.path) == before


def test_a_page_of_another_site_loads_nothing(open_client: TestClient, home: Path) -> None:
    before = trace(home)
    headers = {"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"}
    for method, url in (
        ("POST", "/api/datasets?as=zz"),
        ("POST", "/datasets/load"),
        ("DELETE", "/api/datasets/paper-2003"),
    ):
        reply = open_client.request(method, url, headers=headers, content=HXL.encode())
        assert reply.status_code == 403
    assert trace(home) == before


@pytest.mark.parametrize("slug", ["nothing", "..", "%2e%2e%2freference", "reference%2f.."])
def test_what_is_not_loaded_is_404(client: TestClient, open_client: TestClient, slug: str) -> None:
    assert client.get(f"/api/datasets/{slug}/rejected").status_code == 404
    assert client.get("/api/loads/nothing").status_code == 404
    assert open_client.delete(f"/api/datasets/{slug}").status_code in (404, 405)


def test_a_dataset_that_others_use_stays(open_client: TestClient) -> None:
    loaded(open_client, "as=zz", files={"file": ("a.csv", HXL.encode())})
    reply = open_client.delete("/api/datasets/reference")
    assert (reply.status_code, reply.headers["content-type"]) == (422, PROBLEM)
    assert "zz" in reply.json()["detail"]


def follow(reply: httpx.Response) -> str:
    assert reply.status_code == 303
    return str(reply.headers["location"])


def test_a_person_loads_a_file_without_a_script(open_client: TestClient, home: Path) -> None:
    form = open_client.get("/datasets/load")
    assert form.status_code == 200
    assert 'enctype="multipart/form-data"' in form.text
    fields = {"name": "zz", "format": "", "reject_share": "50"}
    parts = {"file": ("a.csv", TABLE.encode()), "mapping": ("m.yml", MAPPING.encode())}
    url = follow(open_client.post("/datasets/load", data=fields, files=parts, follow_redirects=False))
    ended(open_client, f"/api/loads/{url.rpartition('/')[2]}")
    page = open_client.get(url)
    assert "refresh" not in page.headers
    assert "zz is loaded" in page.text
    assert "/api/datasets/zz/rejected?format=csv" in page.text
    # An empty part is what a browser sends where no file was chosen.
    parts = {"file": ("hxl.csv", HXL.encode()), "mapping": ("", b"")}
    url = follow(open_client.post("/datasets/load", data=fields | {"name": ""}, files=parts, follow_redirects=False))
    assert ended(open_client, f"/api/loads/{url.rpartition('/')[2]}")["dataset"] == "hxl"


@pytest.mark.parametrize(
    ("fields", "parts", "status"),
    [
        ({"name": "Not A <Name>"}, {"file": ("a.csv", HXL)}, 422),
        ({"name": "reference"}, {"file": ("a.csv", HXL)}, 400),
        ({"name": "zz", "reject_share": "many"}, {"file": ("a.csv", HXL)}, 400),
        ({"name": "zz"}, {"file": ("", b"")}, 400),
    ],
)
def test_what_is_wrong_with_the_form_is_told_on_it(
    open_client: TestClient, home: Path, fields: dict[str, str], parts: dict[str, Any], status: int
) -> None:
    before = trace(home)
    page = open_client.post("/datasets/load", data=fields, files=parts, headers={"Accept": "text/html"})
    assert page.status_code == status
    assert 'role="alert"' in page.text
    assert "<form" in page.text
    assert "<Name>" not in page.text
    assert trace(home) == before
