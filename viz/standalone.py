"""A network as one HTML file that can be handed around: interactive, self-contained, asking nothing of any network.

pyvis holds the model and ships vis-network; the template is our own, because pyvis's escapes nothing and asks a CDN.
Nothing that was loaded ever becomes markup or script: the template escapes, the data stands in a JSON block, the
script writes text only, and the policy in the head lets run what this module put there and nothing else.
"""

import base64
import hashlib
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import networkx as nx
from markupsafe import Markup

from graph.network.bounds import strongest
from graph.network.cache import Cache
from graph.network.layout import positions
from graph.writers.answers import cite
from viz import palette

MOST_NODES = 2_000
MOST_EDGES = 6_000
TEMPLATES = Path(__file__).parent / "templates"
LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FACTS = ("class", "roles", "distance", "degree", "betweenness", "constraint", "community", "component", "pagerank")

Row = dict[str, Any]


def page(graph: "nx.MultiDiGraph[str]", cache: Cache | None = None) -> str:
    """The file as text. Of a network above `MOST_NODES` and `MOST_EDGES` the strongest part is drawn, and said."""
    shown = strongest(graph, MOST_NODES, MOST_EDGES)
    network = _model(shown, cache)
    style = _template("standalone.css.jinja").render(looks=_looks(shown), strokes=_strokes(shown))
    library, script = _library(), (TEMPLATES / "standalone.js").read_text(encoding="utf-8")
    data = {
        "nodes": network.nodes,
        "edges": network.edges,
        "turns": shown.graph.get("kind") != "flows",
        "options": json.loads(network.options.to_json()),
        "looks": {key: {"colour": look.colour, "shape": look.shape} for key, look, _ in _looks(shown)},
        "strokes": {kind: {"colour": stroke.colour, "dash": stroke.dash} for kind, stroke, _ in _strokes(shown)},
    }
    html = _template("standalone.html.jinja").render(
        stamp=_stamp(shown),
        parameters=[f"{name} = {value}" for name, value in _clean(shown.graph.get("parameters", {})).items()],
        nodes=network.nodes,
        edges=network.edges,
        looks=_looks(shown),
        strokes=_strokes(shown),
        outline=palette.outline,
        documents=_documents(shown),
        period=_period(shown),
        # Ours or the library's own, but for the data, in which no character is left that markup could begin with.
        style=Markup(style),  # noqa: S704
        library=Markup(library),  # noqa: S704
        script=Markup(script),  # noqa: S704
        data=Markup(_inert(data)),  # noqa: S704
        policy=_policy([library, script], [style]),
    )
    return str(html)


def _model(graph: "nx.MultiDiGraph[str]", cache: Cache | None) -> Any:
    """The network in pyvis, filled in bulk: its `add_node` and `add_edge` are quadratic."""
    from pyvis.network import Network  # it imports IPython: 0.7 s

    kind = graph.graph.get("kind", "")
    network = Network(directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    network.options.edges.smooth.enabled = False
    where = positions(graph, cache=cache)
    number = {node: index for index, node in enumerate(graph)}
    network.node_ids.extend(number.values())
    network.nodes.extend(
        {
            "id": number[node],
            "name": _one_line(data.get("label", node)),
            "thing": _clean(str(node)),
            "look": _one_line(palette.look_of(kind, data)),
            "size": round(7 + min(19, 2.6 * data.get("links", 0) ** 0.5), 1),
            "x": where[node][0],
            "y": where[node][1],
            "links": data.get("links", graph.degree(node)),
            "start": data.get("distance") == 0,
            "facts": _facts(data),
        }
        for node, data in graph.nodes(data=True)
    )
    twins: Counter[tuple[int, int]] = Counter()
    for index, (source, target, data) in enumerate(graph.edges(data=True)):
        ends = number[source], number[target]
        pair = (min(ends), max(ends))
        network.edges.append(
            {
                "id": index,
                "from": ends[0],
                "to": ends[1],
                "nth": twins[pair],
                "name": _one_line(data.get("label", "")),
                "kind": _one_line(data.get("kind", "")),
                "directed": bool(data.get("directed", True)),
                "weight": data.get("weight", 1),
                "when": _when(data.get("from_date"), data.get("to_date")),
                "facts": _edge_facts(data),
                "sources": list(dict.fromkeys(_one_line(cite(source)) for source in data.get("sources", ()))),
            }
        )
        twins[pair] += 1
    return network


def _facts(data: Row) -> list[str]:
    facts = []
    for name in FACTS:
        value = data.get(name)
        if value is None:
            continue
        text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        if isinstance(value, float):
            text = f"{value:.3f}"
        facts.append(_one_line(text if name == "class" else f"{name.capitalize()}: {text}"))
    return facts


def _edge_facts(data: Row) -> list[str]:
    facts = []
    if data.get("role"):
        facts.append(f"Role of the place it leaves: {data['role']}")
    if data.get("domains"):
        facts.append("Domains: " + ", ".join(str(d).partition("/")[2] or str(d) for d in data["domains"]))
    if data.get("weight", 1) > 1:
        facts.append(f"Weight: {data['weight']}")
    if data.get("claims_total", 0) > len(data.get("claims", ())):
        facts.append(f"The first {len(data['claims'])} of {data['claims_total']} claims are given")
    return [_one_line(fact) for fact in facts]


def _when(start: str | None, end: str | None) -> str:
    if start and end:
        return _one_line(start if start == end else f"{start} to {end}")
    return _one_line(f"from {start}" if start else f"until {end}" if end else "")


def _period(graph: "nx.MultiDiGraph[str]") -> str:
    starts = [d["from_date"] for *_, d in graph.edges(data=True) if d.get("from_date")]
    ends = [d["to_date"] for *_, d in graph.edges(data=True) if d.get("to_date")]
    return _when(min(starts, default=None), max(ends, default=None))


def _stamp(graph: "nx.MultiDiGraph[str]") -> Row:
    """The graph's attributes with every one that the template reads."""
    unsaid: Row = {"title": "Network", "filters": [], "datasets": [], "measured": {}}
    unsaid |= dict.fromkeys(("kind", "asks", "read", "cut", "caveat"), "")
    stamp: Row = unsaid | _clean(graph.graph)
    fields = dict.fromkeys(("title", "name", "version", "publisher", "issued", "licence", "handling"), "")
    return stamp | {"datasets": [fields | dataset for dataset in stamp["datasets"]]}


def _looks(graph: "nx.MultiDiGraph[str]") -> list[tuple[str, palette.Look, int]]:
    """The looks in this drawing with how many nodes have each, commonest first."""
    kind = graph.graph.get("kind", "")
    count = Counter(_one_line(palette.look_of(kind, data)) for _, data in graph.nodes(data=True))
    return [(key, palette.look(kind, key), n) for key, n in sorted(count.items(), key=lambda c: (-c[1], c[0]))]


def _strokes(graph: "nx.MultiDiGraph[str]") -> list[tuple[str, palette.Stroke, int]]:
    count = Counter(_one_line(data.get("kind", "")) for *_, data in graph.edges(data=True))
    label = {_one_line(data.get("kind", "")): _one_line(data.get("label", "")) for *_, data in graph.edges(data=True)}
    return [(key, palette.stroke(key, label[key]), n) for key, n in sorted(count.items(), key=lambda c: (-c[1], c[0]))]


def _documents(graph: "nx.MultiDiGraph[str]") -> list[str]:
    sources = (source for *_, data in graph.edges(data=True) for source in data.get("sources", ()))
    return sorted({_one_line(s.get("document") or s.get("source") or "") for s in sources} - {""})


def _clean(value: Any) -> Any:
    """Texts without control characters, wherever they stand in `value`."""
    if isinstance(value, str):
        return CONTROLS.sub("", value)
    if isinstance(value, dict):
        return {_clean(k): _clean(v) for k, v in value.items()}
    return [_clean(v) for v in value] if isinstance(value, (list, tuple)) else value


def _one_line(value: Any) -> str:
    return " ".join(CONTROLS.sub("", str(value)).split())


def _inert(data: Row) -> str:
    """JSON in which no character can end the block that it stands in."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Nothing may be loaded or sent anywhere, and only these texts run."""
    script, style = (" ".join(f"'sha256-{_hash(text)}'" for text in texts) for texts in (scripts, styles))
    return f"default-src 'none'; script-src {script}; style-src {style}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _library() -> str:
    """vis-network as pyvis ships it, with its licence; without the pointer to a source map, which is not here."""
    import pyvis

    text = (Path(pyvis.__file__).parent / LIBRARY).read_text(encoding="utf-8")
    text = re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", text)
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError(f"{LIBRARY} cannot stand inside a page")
    return text


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _template(name: str) -> jinja2.Template:
    return _templates().get_template(name)
