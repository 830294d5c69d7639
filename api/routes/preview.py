"""A thing or code in a small frame of somebody else's page: a few lines, no script, nothing from anywhere."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from api.policy import inline_style
from graph.tables.world import World
from graph.things.introduction import introduce
from graph.things.properties import Value, properties_of, values

HERE = Path(__file__).parent
STYLE = (HERE / "preview.css").read_text(encoding="utf-8")
POLICY = (
    f"default-src 'none'; {inline_style(STYLE)}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""Any client may show it in a frame; in there it can do nothing but open a link in a window of its own."""
FACTS = (
    "acronym", "name", "part_of", "country", "seat", "identifier", "status", "starts", "ends", "domain", "response",
    "target", "actor",
)  # fmt: skip
"""The properties that are shown, in this order."""
SHOWN = 6
"""Values of one property that are listed."""


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def preview_page(world: World, id_: str) -> Response:
    """The page; with status 404 where the world holds no such thing, since a frame shows no problem document."""
    found = introduce(world, [id_]).get(id_)
    code = world.rows("select label, definition from concept where id = $id", {"id": id_})
    shown: dict[str, Any] = {"known": True, "facts": []}
    if found is not None:
        shown |= {"name": found.name, "line": found.line, "facts": _facts(world, id_, found.name)}
    elif code:
        shown |= {"name": code[0]["label"], "line": code[0]["definition"]}
    else:
        shown |= {"known": False, "name": "Nothing is known of this", "line": id_}
    text = _environment().get_template("preview.html").render(**shown, address=f"/id/{quote(id_)}", style=STYLE)
    return HTMLResponse(text, 200 if shown["known"] else 404, headers={"Content-Security-Policy": POLICY})


def _facts(world: World, id_: str, name: str) -> list[tuple[str, str]]:
    offered = {property_.id: property_ for property_ in properties_of(id_.partition("/")[0])}
    facts = []
    for property_ in (offered[wanted] for wanted in FACTS if wanted in offered):
        texts = dict.fromkeys(_text(value) for value in values(world, property_, [id_])[id_])
        found = [text for text in texts if text != name]
        if found:
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            facts.append((property_.title, ", ".join(found[:SHOWN]) + more))
    return facts


def _text(value: Value) -> str:
    return value["name"] if isinstance(value, dict) else str(value)
