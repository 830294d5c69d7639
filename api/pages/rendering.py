"""How a page is made: the templates, what they may call, and what the selects of their forms offer."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

import viz
from api.pages.filters import filter_bar
from graph.questions.catalogue import Column
from graph.questions.parameters import COMMON
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


TO_THING = re.compile(r'<a (?!class="(?:remove|clear)")[^>]*?href="/id/[^"?#]*(?=["#])')
"""A link to a thing, without a query of its own; but not one that takes filters away."""


@cache
def _environment() -> Environment:
    """The templates, compiled once."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"plain": _plain, "local": _local, "kind_title": kind_title, "thing_url": _thing_url}
    environment.filters |= {"marked": _marked, "told_once": told_once}
    environment.globals |= {"script": script, "style": style, "built": built}
    environment.globals |= {"navigation": NAVIGATION, "further": FURTHER}
    return environment


def told_once(sources: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], int]]:
    """The sources of claims in their order, those that read alike once, and for how many claims each is."""
    found: dict[tuple[object, ...], tuple[Mapping[str, Any], int]] = {}
    for each in sources:
        who = tuple(speaker["id"] for speaker in each["attributed_to"])
        where = each["dataset"], each["source"], tuple(each["locators"])
        key = (*where, who, each["confidence"], each["stated_on"])
        first, claims = found.get(key, (each, 0))
        found[key] = first, claims + 1
    return list(found.values())


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
    """A page; everything in it is escaped.

    With the `request` of a page that has no filter bar of its own, all common filters are on it for the other pages.
    Links to things, and those of the navigation, carry the filters in force.
    """
    if request and world and "bar" not in values:
        values |= {"others": filter_bar(request, world, {}), "options": options(world)}
    bar = values.get("bar") or values.get("others")
    carry = bar.query if bar else ""
    text = _environment().get_template(template).render(world=world, carry=f"?{carry}" if carry else "", **values)
    if carry:
        text = TO_THING.sub(lambda link: f"{link[0]}?{escape(carry)}", text)
    return page(text, status)


def page(text: str | bytes, status: int = 200) -> HTMLResponse:
    """What a browser is sent for a page, with the rules by which it may open the next one ahead."""
    rules = style("ahead.speculationrules")
    return HTMLResponse(text, status, headers={"Vary": "Accept", "Speculation-Rules": f'"{rules}"'})


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
