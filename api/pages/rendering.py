"""How a page is made: the templates, what they may call, and what the selects of their forms offer."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

import viz
from graph.questions.catalogue import Column
from graph.questions.parameters import COMMON, Parameter
from graph.readers.layout import sheets
from graph.tables.world import World
from ontology.vocabulary import Concept, codes, kinds
from viz.built import built, script, style

TEMPLATES = Path(viz.__file__).parent / "pages"
NAVIGATION = (
    ("Who works where", "/matrix"),
    ("Gaps", "/gaps"),
    ("Overlaps", "/overlaps"),
    ("Flows", "/flows"),
    ("Network", "/explorer"),
    ("All questions", "/questions"),
    ("Datasets", "/datasets"),
)
FURTHER = (
    ("Help", "/help"),
    ("Review", "/review"),
    ("SPARQL", "/sparql"),
    ("Ontology", "/ns"),
    ("API", "/docs"),
    ("Design", "/design"),
)
LEFT_OUT = ("limit", "cursor", "format")
"""Of an address not part of a view: where one is in the answer, and in what form."""


@cache
def _environment() -> Environment:
    """The templates, compiled once."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"plain": _plain, "local": _local, "kind_title": kind_title, "thing_url": _thing_url}
    environment.filters["marked"] = _marked
    environment.globals |= {"script": script, "style": style, "built": built}
    environment.globals |= {"navigation": NAVIGATION, "further": FURTHER}
    return environment


def _marked(text: str) -> Markup:
    """A text of a question's header, with the names of columns that it has between backticks set apart."""
    return Markup(re.sub(r"`([^`]+)`", r"<em>\1</em>", str(escape(text))))  # noqa: S704 - escaped


def _plain(value: Any, column: Column) -> str:
    match column.type:
        case "share":
            return f"{value:.0%}"
        case "number":
            return f"{value:,.3f}".rstrip("0").rstrip(".")
        case "integer":
            return f"{value:,}"
        case "boolean":
            return "yes" if value else "no"
    return str(value)


def _local(name: str) -> str:
    """The last part of a name, as words: `con:DrugsFlow` -> `Drugs flow`."""
    last = name.replace("/", ":").rpartition(":")[2]
    words = "".join(f" {c.lower()}" if c.isupper() and not last.isupper() else c for c in last).strip()
    return words[:1].upper() + words[1:].replace("-", " ")


def kind_title(kind: str) -> str:
    """The plural by which a kind goes on a page: `flow` -> `Flows`."""
    return next((name for name, sheet in sheets().items() if sheet.kind == kind), f"{kind}s").capitalize()


def _thing_url(row: Mapping[str, Any]) -> str:
    kind = row["kind"]
    return (
        f"/questions/who-works-where?{kind}={row['id']}" if kind in kinds() and kind in COMMON else f"/id/{row['id']}"
    )


def render(
    template: str, world: World | None, status: int = 200, request: Request | None = None, **values: Any
) -> HTMLResponse:
    """A page; everything in it is escaped. The links of its navigation carry the common filters of the `request`."""
    carry = carried(request) if request else ""
    text = _environment().get_template(template).render(world=world, carried=carry, **values)
    return HTMLResponse(text, status_code=status, headers={"Vary": "Accept"})


def pairs(request: Request) -> list[tuple[str, str]]:
    """What the address of a view holds, in its order, without what was left empty."""
    return [(n, v) for n, v in request.query_params.multi_items() if v.strip() and n not in LEFT_OUT]


def carried(request: Request) -> str:
    """The common filters in the address of a request, as a query string."""
    return urlencode([(name, value) for name, value in pairs(request) if name in COMMON])


def options(world: World) -> dict[str, list[dict[str, Any]]]:
    """What the selects of the forms offer: every code list in its order of breadth, and the datasets."""
    found = {kind: list(_tree(codes(kind))) for kind in kinds()}
    found["dataset"] = [{"value": name, "id": name, "label": name, "depth": 0} for name in world.datasets]
    return found


def _tree(listed: Mapping[str, Concept], parent: str | None = None, depth: int = 0) -> list[dict[str, Any]]:
    children = [c for c in listed.values() if (parent in c.broader if parent else not c.broader)]
    return [
        line
        for c in sorted(children, key=lambda c: c.label)
        for line in (
            {"value": c.notation, "id": c.id, "label": c.label, "depth": depth},
            *_tree(listed, c.id, depth + 1),
        )
    ]


def given(request: Request, parameters: Mapping[str, Parameter]) -> dict[str, list[str]]:
    """What the address of a view holds for a page that takes these parameters.

    A common filter that the page does not take is left out, for it was meant for another page; any other unknown
    name stays, so that the page refuses it by name.
    """
    sent = [(name, value) for name, value in pairs(request) if name in parameters or name not in COMMON]
    return {name: [value for other, value in sent if other == name] for name, _ in sent}
