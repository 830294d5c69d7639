"""Who may write: the machine itself unless a setting says otherwise, and never a page of another site."""

from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api import problems
from api.settings import Settings
from api.writing import Writer, may_write
from graph.errors import InvalidParameter

HERE = ("127.0.0.1", 50000)
THERE = ("192.0.2.7", 50000)


def client(settings: Settings, host: str = "127.0.0.1:8000", peer: tuple[str, int] = HERE) -> TestClient:
    """Requests to an application with one operation that writes."""
    app = FastAPI()
    app.state.settings = settings
    problems.install(app)

    @app.post("/write")
    def write(by: Writer) -> str:
        return by

    @app.get("/may")
    def may(request: Request) -> bool:
        return may_write(request)

    return TestClient(app, base_url=f"http://{host}", client=peer)


AUTOMATIC = [
    (Settings(), "127.0.0.1:8000", HERE, True),
    (Settings(), "localhost:8000", HERE, True),
    (Settings(), "[::1]:8000", ("::1", 50000), True),
    (Settings(host="localhost"), "LOCALHOST", HERE, True),
    (Settings(host="0.0.0.0"), "127.0.0.1:8000", HERE, False),  # reached from elsewhere as well
    (Settings(host="192.0.2.1"), "127.0.0.1:8000", HERE, False),
    (Settings(), "127.0.0.1:8000", THERE, False),
    (Settings(), "concert.example.org", HERE, False),  # a proxy, or a name that another site leads here
    (Settings(), "127.0.0.1.example.org", HERE, False),
    (Settings(), "localhost.example.org:8000", HERE, False),
    (Settings(writing=False), "127.0.0.1:8000", HERE, False),
    (Settings(writing=True), "concert.example.org", THERE, True),
    (Settings(host="0.0.0.0", writing=True), "concert.example.org", THERE, True),
]


@pytest.mark.parametrize(("settings", "host", "peer", "allowed"), AUTOMATIC)
def test_the_machine_itself_writes_unless_a_setting_says_otherwise(
    settings: Settings, host: str, peer: tuple[str, int], allowed: bool
) -> None:
    with client(settings, host, peer) as asking:
        reply = asking.post("/write")
        assert asking.get("/may").json() is allowed
    assert reply.status_code == (200 if allowed else 403)
    if not allowed:
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["expected"]


FROM = [
    ({}, 200),
    ({"Origin": "http://127.0.0.1:8000"}, 200),
    ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, 200),
    ({"Sec-Fetch-Site": "none"}, 200),
    ({"Origin": "http://127.0.0.1:9000"}, 403),
    ({"Origin": "https://example.org"}, 403),
    ({"Origin": "https://127.0.0.1:8000.example.org"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://[", "Sec-Fetch-Site": "same-origin"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "cross-site"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), FROM)
@pytest.mark.parametrize("writing", [None, True])
def test_a_page_of_another_site_writes_nothing(headers: dict[str, str], status: int, writing: bool | None) -> None:
    with client(Settings(writing=writing)) as asking:
        assert asking.post("/write", headers=headers).status_code == status


def test_who_writes_goes_by_the_name_that_is_set() -> None:
    with client(Settings.from_environment({"CONCERT_NAME": "desk"})) as asking:
        assert asking.post("/write").json() == "desk"
    with client(Settings()) as asking:
        assert asking.post("/write").json() == "local"


def test_the_settings_of_writing_and_of_the_bounds_are_read() -> None:
    given = {"CONCERT_UPLOAD_MB": "5", "CONCERT_EXPORT_MB": "7", "CONCERT_EXPORT_SECONDS": "9", "CONCERT_WRITE": "no"}
    settings = Settings.from_environment(given).at(Path("elsewhere"))
    assert (settings.upload_bytes, settings.export_bytes, settings.export_seconds) == (5_000_000, 7_000_000, 9)
    assert settings.writing is False
    assert Settings.from_environment({"CONCERT_WRITE": "yes"}).writing is True
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONCERT_WRITE", "1"),
        ("CONCERT_UPLOAD_MB", "0"),
        ("CONCERT_UPLOAD_MB", "-5"),
        ("CONCERT_EXPORT_MB", "1.5"),
        ("CONCERT_EXPORT_SECONDS", "soon"),
    ],
)
def test_a_setting_that_means_nothing_is_named(name: str, value: str) -> None:
    with pytest.raises(InvalidParameter, match=name):
        Settings.from_environment({name: value})
