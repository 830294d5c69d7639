"""`/reconcile`: what OpenRefine asks for is answered in the form of the specification, to any origin, and bounded."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, RootModel

from api.app import create_app
from api.routes.preview import STYLE
from api.settings import Settings
from api.visibility import library_of, world_of
from graph.things.asked import BATCH, IDS

ELSEWHERE = {"Origin": "http://127.0.0.1:3333"}
ENDPOINTS = (
    "/reconcile",
    "/reconcile/suggest/entity?prefix=ta",
    "/reconcile/suggest/type?prefix=org",
    "/reconcile/suggest/property?prefix=iso",
    "/reconcile/properties?type=Country",
    "/reconcile/preview?id=actor/iom",
)


class Form(BaseModel):
    """The forms below are those of the specification, version 0.2, as far as we use them; nothing else may be there."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Type(Form):
    id: str = Field(min_length=1)
    name: str = Field(min_length=1)


class BroaderType(Type):
    description: str | None = None
    broader: list[Type]


class View(Form):
    url: str = Field(pattern=r"^https?://.*\{\{id\}\}")


class Preview(View):
    width: int
    height: int


class Service(Form):
    service_url: str
    service_path: str


class Suggest(Form):
    entity: Service
    property: Service
    type: Service


class Setting(Form):
    name: str
    label: str
    type: str = Field(pattern="^(number|text|checkbox|select)$")
    default: float
    help_text: str


class Extend(Form):
    propose_properties: Service
    property_settings: list[Setting]


class Manifest(Form):
    versions: list[str]
    name: str
    identifier_space: str = Field(alias="identifierSpace")
    schema_space: str = Field(alias="schemaSpace")
    documentation: str
    view: View
    default_types: list[BroaderType] = Field(alias="defaultTypes")
    batch_size: int = Field(alias="batchSize")
    preview: Preview
    suggest: Suggest
    extend: Extend


class Feature(Form):
    id: str
    value: bool | float


class Candidate(Form):
    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    description: str
    type: list[Type]
    score: float
    features: list[Feature]
    match: bool


class Result(Form):
    result: list[Candidate]


class Entity(Form):
    id: str
    name: str
    description: str
    notable: list[Type]


class Named(Form):
    id: str
    name: str
    description: str


class Thing(Form):
    id: str
    name: str


class Text(Form):
    str: str


class Number(Form):
    float: float


class Day(Form):
    date: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")


class Meta(Form):
    id: str
    name: str
    type: Type | None = None


class Extension(Form):
    meta: list[Meta]
    rows: dict[str, dict[str, list[Thing | Text | Number | Day]]]


Results = RootModel[dict[str, Result]]


def ask(client: TestClient, **queries: Any) -> dict[str, list[dict[str, Any]]]:
    """Send a batch as OpenRefine does, and check the form of what comes back."""
    reply = client.post("/reconcile", data={"queries": json.dumps(queries)}, headers=ELSEWHERE)
    assert reply.status_code == 200, reply.text
    Results.model_validate_json(reply.content)
    return {name: one["result"] for name, one in reply.json().items()}


def fetch(client: TestClient, ids: list[str], *properties: str | dict[str, Any]) -> dict[str, Any]:
    wanted = [{"id": one} if isinstance(one, str) else one for one in properties]
    reply = client.post("/reconcile", data={"extend": json.dumps({"ids": ids, "properties": wanted})})
    assert reply.status_code == 200, reply.text
    Extension.model_validate_json(reply.content)
    found: dict[str, Any] = reply.json()
    return found


def test_the_manifest_says_where_everything_is_and_all_of_it_is_there(client: TestClient) -> None:
    reply = client.get("/reconcile", headers=ELSEWHERE)
    manifest = Manifest.model_validate_json(reply.content)
    assert manifest.versions == ["0.2"]
    assert manifest.batch_size == BATCH
    for service in (manifest.suggest.entity, manifest.suggest.property, manifest.suggest.type):
        assert client.get(service.service_url + service.service_path, params={"prefix": "a"}).json()["result"]
    proposal = manifest.extend.propose_properties
    assert client.get(proposal.service_url + proposal.service_path, params={"type": "Country"}).json()["properties"]
    for template in (manifest.view.url, manifest.preview.url):
        for id_ in ("actor/iom", "actor%2Fiom"):  # a client encodes the id; some do not
            shown = client.get(template.replace("{{id}}", id_), headers={"Accept": "text/html"})
            assert shown.status_code == 200
            assert "International Organization for Migration" in shown.text
    assert client.get(manifest.documentation).status_code == 200
    for url in (manifest.view.url, manifest.preview.url, proposal.service_url):
        AnyHttpUrl(url.replace("{{id}}", "x"))


def test_ids_and_types_are_iris_with_the_spaces_of_the_manifest(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    best = ask(client, q={"query": "IOM"})["q"][0]
    turtle = client.get("/id/" + best["id"], headers={"Accept": "text/turtle"}).text
    statement = f"<{manifest['identifierSpace']}{best['id']}> "
    assert statement in turtle
    assert f"<{manifest['schemaSpace']}{best['type'][0]['id']}>" in turtle


@pytest.mark.parametrize("text", ["International Organization for Migration", "IOM", "XM-DAC-47066"])
def test_iom_is_matched(client: TestClient, text: str) -> None:
    best, *others = ask(client, q={"query": text})["q"]
    assert (best["id"], best["match"], best["score"]) == ("actor/iom", True, 100)
    assert not any(other["match"] for other in others)
    assert [t["id"] for t in best["type"]] == ["InternationalOrganisation", "Organisation", "Actor"]
    features = {feature["id"]: feature["value"] for feature in best["features"]}
    assert features["identifier"] is (text == "XM-DAC-47066")
    assert features["name_exact"] is (text != "XM-DAC-47066")


def test_a_misspelling_is_first_and_left_to_a_person(client: TestClient) -> None:
    best = ask(client, q={"query": "Internatinal Organisation of Migration"})["q"][0]
    assert best["id"] == "actor/iom"
    assert best["match"] is False
    assert 80 < best["score"] < 100


def test_a_batch_as_openrefine_sends_it(client: TestClient) -> None:
    country = [{"pid": "country", "v": "Tajikistan"}]
    found = ask(
        client,
        q0={"query": "Tajikistan", "type": "Country", "type_strict": "should"},
        q1={"query": "TJ", "type": "Country", "type_strict": "should", "limit": 3},
        q2={"query": "Таджикистан", "type": "Country", "type_strict": "should"},
        q3={"query": "Drug Control Agency", "type": "Agency", "type_strict": "should", "properties": country},
        q4={"query": "nothing at all is called so"},
        q5={"query": ""},
    )
    assert list(found) == ["q0", "q1", "q2", "q3", "q4", "q5"]
    for name in ("q0", "q1", "q2"):
        assert (found[name][0]["id"], found[name][0]["match"]) == ("place/tj", True)
    assert len(found["q1"]) <= 3
    assert found["q3"][0]["id"] == "actor/drug-control-agency-tajikistan"
    assert {"id": "property_country", "value": True} in found["q3"][0]["features"]
    assert found["q4"] == found["q5"] == []
    for candidates in found.values():
        scores = [candidate["score"] for candidate in candidates]
        assert scores == sorted(scores, reverse=True)


def test_get_and_post_say_the_same(client: TestClient) -> None:
    queries = {"a": {"query": "Dushanbe"}, "b": {"query": "IOM", "limit": 1}}
    asked = client.get("/reconcile", params={"queries": json.dumps(queries), "_": "123"})
    assert {name: one["result"] for name, one in asked.json().items()} == ask(client, **queries)
    wanted = json.dumps({"ids": ["actor/iom"], "properties": [{"id": "seat"}]})
    assert client.get("/reconcile", params={"extend": wanted}).json() == fetch(client, ["actor/iom"], "seat")


def test_properties_are_fetched(client: TestClient) -> None:
    ids = ["actor/iom", "actor/odihr", "place/dushanbe", "programme/osce-economic-forum-2003", "actor/nobody"]
    asked = ("country", "class", "identifier", "iati-organisation", "part_of", "latitude", "starts", "domain")
    found = fetch(client, ids, *asked)
    assert [meta["id"] for meta in found["meta"]] == list(asked)
    assert found["meta"][0]["type"] == {"id": "Place", "name": "Place"}
    rows = found["rows"]
    assert list(rows) == ids
    assert all(list(row) == list(asked) for row in rows.values())
    assert rows["actor/iom"]["class"] == [{"str": "International organisation"}]
    assert rows["actor/iom"]["iati-organisation"] == [{"str": "XM-DAC-47066"}]
    assert rows["actor/iom"]["identifier"] == [{"str": "47066"}, {"str": "XM-DAC-47066"}]
    osce = {"id": "actor/osce", "name": "Organization for Security and Co-operation in Europe"}
    assert rows["actor/odihr"]["part_of"] == [osce]
    assert rows["place/dushanbe"]["country"] == [{"id": "place/tj", "name": "Tajikistan"}]
    assert 38 < rows["place/dushanbe"]["latitude"][0]["float"] < 39
    forum = rows["programme/osce-economic-forum-2003"]
    assert forum["starts"] == [{"date": "2003-05-20T00:00:00Z"}]
    assert {"id": "domain/drugs", "name": "Illicit drugs"} in forum["domain"]
    assert not any(rows["actor/nobody"].values())


def test_a_limit_on_the_values_of_a_property(client: TestClient) -> None:
    whole = fetch(client, ["place/tj"], {"id": "name", "settings": {"limit": "0"}})["rows"]["place/tj"]["name"]
    some = fetch(client, ["place/tj"], {"id": "name", "settings": {"limit": 2}})["rows"]["place/tj"]["name"]
    assert len(whole) > 2
    assert some == whole[:2]


def test_what_is_proposed_can_be_fetched(client: TestClient) -> None:
    for type_, id_ in (("Country", "place/tj"), ("InternationalOrganisation", "actor/iom"), ("Meeting", "programme/x")):
        proposal = client.get("/reconcile/properties", params={"type": type_}).json()
        assert proposal["type"] == type_
        names = [Named.model_validate(one).id for one in proposal["properties"]]
        assert list(fetch(client, [id_], *names)["rows"][id_]) == names
    few = client.get("/reconcile/properties?type=Country&limit=2").json()
    assert (len(few["properties"]), few["limit"]) == (2, 2)
    assert len(client.get("/reconcile/properties").json()["properties"]) > len(names)


def test_suggestions(client: TestClient) -> None:
    def suggest(what: str, **asked: Any) -> list[dict[str, Any]]:
        reply = client.get(f"/reconcile/suggest/{what}", params=asked | {"type_strict": "should", "_": "1"})
        form = {"entity": Entity, "type": BroaderType, "property": Named}[what]
        return [form.model_validate(one) and one for one in reply.json()["result"]]

    things = suggest("entity", prefix="tajik")
    assert {"place/tj", "actor/state-tj"} <= {one["id"] for one in things}
    assert suggest("entity", prefix="tajik", cursor=1) == things[1:]
    assert suggest("entity", prefix="actor/iom")[0]["id"] == "actor/iom"
    assert {one["notable"][0]["id"] for one in suggest("entity", prefix="tajik", type="Country")} == {"Country"}
    assert "Organisation" in {one["id"] for one in suggest("type", prefix="org")}
    assert {one["id"] for one in suggest("property", prefix="iso")} > {"iso3166-1-alpha2"}
    assert suggest("property", prefix="iso", type="Agency") == []


@pytest.mark.parametrize("path", ENDPOINTS)
def test_every_origin_may_read_every_endpoint_without_credentials(client: TestClient, path: str) -> None:
    reply = client.get(path, headers=ELSEWHERE)
    assert reply.status_code == 200
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in reply.headers
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    before = client.options(path, headers=ELSEWHERE | wanted)
    assert before.status_code == 200
    assert before.headers["Access-Control-Allow-Origin"] == "*"
    assert "authorization" in before.headers["Access-Control-Allow-Headers"].lower()
    assert client.options(path).status_code == 204


def test_nothing_else_is_opened_to_other_origins(client: TestClient) -> None:
    for path in ("/", "/api/search?q=IOM", "/id/actor/iom", "/sparql"):
        assert "Access-Control-Allow-Origin" not in client.get(path, headers=ELSEWHERE).headers


@pytest.mark.parametrize("path", ENDPOINTS)
def test_jsonp_is_refused_with_its_reason(client: TestClient, path: str) -> None:
    reply = client.get(path + ("&" if "?" in path else "?") + "callback=run", headers=ELSEWHERE)
    assert (reply.status_code, reply.json()["parameter"]) == (400, "callback")
    assert "CORS" in reply.json()["expected"]
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


MANY = {f"q{n}": {"query": "x"} for n in range(BATCH + 1)}
WRONG: list[tuple[str, dict[str, str], int, str]] = [
    ("not json", {"queries": "{"}, 400, "queries"),
    ("a list", {"queries": "[]"}, 400, "queries"),
    ("nested", {"queries": "[" * 50_000}, 400, "queries"),
    ("half a letter", {"queries": '{"q": {"query": "\\ud800"}}'}, 400, "queries"),
    ("nothing asked", {"queries": '{"q": {}}'}, 400, "queries"),
    ("no text", {"queries": '{"q": {"query": 7}}'}, 400, "queries"),
    ("a long text", {"queries": json.dumps({"q": {"query": "x" * 501}})}, 400, "queries"),
    ("a limit of none", {"queries": '{"q": {"query": "x", "limit": 0}}'}, 400, "queries"),
    ("another strictness", {"queries": '{"q": {"query": "x", "type_strict": "very"}}'}, 400, "queries"),
    ("another field", {"queries": '{"q": {"query": "x", "kind": "Actor"}}'}, 400, "queries"),
    ("no such type", {"queries": '{"q": {"query": "x", "type": "Person"}}'}, 400, "type"),
    (
        "no such property",
        {"queries": '{"q": {"query": "x", "properties": [{"pid": "hue", "v": 1}]}}'},
        400,
        "properties",
    ),
    ("too many", {"queries": json.dumps(MANY)}, 413, "queries"),
    ("no ids", {"extend": "{}"}, 400, "extend"),
    ("no property of that name", {"extend": '{"ids": [], "properties": [{"id": "hue"}]}'}, 400, "properties"),
    ("too many ids", {"extend": json.dumps({"ids": ["x"] * (IDS + 1), "properties": []})}, 413, "extend"),
    (
        "no such limit",
        {"extend": '{"ids": [], "properties": [{"id": "name", "settings": {"limit": "all"}}]}'},
        400,
        "extend",
    ),
    ("both", {"queries": "{}", "extend": "{}"}, 400, "queries"),
    ("neither", {"query": "x"}, 400, "queries"),
]


@pytest.mark.parametrize(("fields", "status", "parameter"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_what_is_wrong_is_told_to_every_origin(
    client: TestClient, fields: dict[str, str], status: int, parameter: str
) -> None:
    reply = client.post("/reconcile", data=fields, headers=ELSEWHERE)
    assert (reply.status_code, reply.json()["parameter"]) == (status, parameter), reply.text
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.json()["expected"]
    assert len(reply.content) < 2000


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/reconcile?query=IOM", "query"),
        ("/reconcile?queries={}&queries={}", "queries"),
        ("/reconcile?queries={}&extend={}", "queries"),
        ("/reconcile/suggest/entity?cursor=-1", "cursor"),
        ("/reconcile/suggest/entity?prefix=x&type=Person", "type"),
        ("/reconcile/suggest/property?type=Person", "type"),
        ("/reconcile/properties?type=Person", "type"),
        ("/reconcile/properties?limit=x", "limit"),
        ("/reconcile/preview", "id"),
        ("/reconcile/suggest/entity?prefix=" + "x" * 501, "prefix"),
    ],
)
def test_a_wrong_parameter_is_named(client: TestClient, path: str, parameter: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.json()["parameter"]) == (400, parameter)


def test_a_form_that_is_none_or_too_long_is_refused(client: TestClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body, headers, status in (
        ('{"queries": {}}', {"Content-Type": "application/json"}, 400),
        ("queries=%ff", form, 400),
        ("queries=\u00fc".encode("latin-1"), form, 400),
        ("queries={}&queries={}", form, 400),
        ("queries=" + "x" * 1_000_001, form, 413),
    ):
        assert client.post("/reconcile", content=body, headers=headers).status_code == status


class Elements(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_preview_is_a_page_without_script_that_any_client_may_frame(client: TestClient) -> None:
    for id_, told in (("actor/iom", "XM-DAC-47066"), ("place/tj", "Таджикистан"), ("domain/drugs", "narcotic")):
        reply = client.get("/reconcile/preview", params={"id": id_})
        page = Elements(reply.text)
        assert told.casefold() in page.text.casefold()
        assert not {"script", "img", "iframe", "object", "link", "form"} & set(page.elements)
        assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
        policy = dict(part.strip().split(" ", 1) for part in reply.headers["Content-Security-Policy"].split(";"))
        style = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
        assert policy["default-src"] == "'none'"
        assert policy["style-src"] == f"'sha256-{style}'"
        assert policy["frame-ancestors"] == "*"
        assert "allow-scripts" not in policy["sandbox"]
        assert "script-src" not in policy
        assert re.search(r"<style>(.*?)</style>", reply.text, re.DOTALL)[1] == STYLE  # type: ignore[index]


def test_a_preview_of_nothing_says_so_in_the_frame(client: TestClient) -> None:
    for id_ in ("actor/nobody", "<script>alert(1)</script>", ""):
        reply = client.get("/reconcile/preview", params={"id": id_})
        assert reply.status_code == 404
        assert reply.headers["Content-Type"].startswith("text/html")
        assert "script" not in Elements(reply.text).elements
        assert "frame-ancestors *" in reply.headers["Content-Security-Policy"]


@pytest.fixture
def two(tmp_path: Path, dataset: Callable[..., Path]) -> Iterator[TestClient]:
    """An application over two datasets, to a reader who may see one of them. What the labels say is markup."""

    def sheets(name: str) -> dict[str, list[dict[str, str]]]:
        marked = f"<b onclick=alert(1)>{name}</b> & <script>alert(1)</script>"
        return {
            "places": [{"id": "land", "name": f"Land of {name}", "class": "Country", "iso2": "XL"}],
            "actors": [
                {"id": "body", "class": "Organisation", "name": f"Body of {name}", "acronym": f"B{name}"},
                {"id": "marked", "class": "Organisation", "name": marked, "description": marked},
            ],
        }

    folders = tuple(dataset(sheets(name), name=name) for name in ("open", "hidden"))
    app = create_app(Settings(home=tmp_path / "home", shipped=folders))

    def one(request: Request) -> Any:
        return library_of(request).world(frozenset({"open"}))

    with TestClient(app, raise_server_exceptions=False) as client:
        seen = ask(client, q={"query": "Bhidden"})["q"]  # whoever sees all has made the index before
        assert [candidate["id"] for candidate in seen if candidate["match"]] == ["actor/hidden.body"]
        app.dependency_overrides[world_of] = one
        yield client


def test_a_reader_gets_nothing_of_what_it_may_not_see(two: TestClient) -> None:
    assert ask(two, q={"query": "Bopen"})["q"][0]["id"] == "actor/open.body"
    properties = [{"pid": "identifier", "v": "XL"}, {"pid": "within", "v": "Land of hidden"}]
    said = [
        ask(two, a={"query": "Body of hidden"}, b={"query": "actor/hidden.body"}, c={"query": "XL"}),
        ask(two, a={"query": "Land", "properties": properties}),
        two.get("/reconcile/suggest/entity?prefix=b").json(),
        two.get("/reconcile/suggest/entity?prefix=").json(),
        two.get("/reconcile/suggest/entity?prefix=actor/hidden.bod").json(),
    ]
    assert "open." in json.dumps(said)
    assert "hidden" not in json.dumps(said)
    for id_ in ("actor/{}.body", "place/{}.land"):
        hidden, made_up = id_.format("hidden"), id_.format("madeup")
        of_hidden, of_made_up = (
            fetch(two, [one], "label", "name", "class", "country", "dataset") for one in (hidden, made_up)
        )
        assert json.dumps(of_hidden).replace("hidden", "madeup") == json.dumps(of_made_up)
        pages = [two.get("/reconcile/preview", params={"id": one}) for one in (hidden, made_up)]
        assert [page.status_code for page in pages] == [404, 404]
        assert pages[0].text.replace("hidden", "madeup") == pages[1].text


def test_markup_in_a_label_stays_text(two: TestClient) -> None:
    best = ask(two, q={"query": "alert(1)"}, r={"query": "<b onclick=alert(1)>open</b> & <script>alert(1)</script>"})
    assert best["r"][0]["id"] == "actor/open.marked"
    page = Elements(two.get("/reconcile/preview?id=actor/open.marked").text)
    assert "<script>alert(1)</script>" in page.text
    assert not {"b", "script"} & set(page.elements)
    assert "onclick" not in page.attributes
