"""A network as node-link JSON, GraphML or GEXF, with the evidence and the stamp of what was drawn in each.

The XML formats hold plain values only: lists become texts, and every source is cited in words. Characters that
XML cannot hold are taken out. Equal networks give equal bytes.
"""

import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from graph.writers.answers import cite

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Position = tuple[float, float]
Plain = str | int | float | bool


def to_json(graph: "nx.MultiDiGraph[str]", positions: dict[str, Position] | None = None) -> bytes:
    """Node-link JSON as networkx reads it (`node_link_graph(data, edges="edges")`); sources stay structured."""
    return json.dumps(node_link(graph, positions), ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def node_link(graph: "nx.MultiDiGraph[str]", positions: dict[str, Position] | None = None) -> dict[str, Any]:
    """The node-link form as a value; nodes get `x` and `y` where `positions` are given."""
    data: dict[str, Any] = nx.node_link_data(graph, edges="edges")
    for node in data["nodes"] if positions else ():
        node["x"], node["y"] = (positions or {})[node["id"]]
    return data


def to_graphml(graph: "nx.MultiDiGraph[str]", positions: dict[str, Position] | None = None) -> bytes:
    """GraphML. An edge's id is its number; `claim` is the id of the claim that it draws."""
    plain = _plain(graph)
    plain.graph = _attributes(graph.graph)
    for node, (x, y) in (positions or {}).items():
        plain.nodes[_text(node)].update(x=x, y=y)
    out = io.BytesIO()
    nx.write_graphml_xml(plain, out, encoding="utf-8")
    return out.getvalue()


def to_gexf(graph: "nx.MultiDiGraph[str]", positions: dict[str, Position] | None = None) -> bytes:
    """GEXF 1.2, as Gephi opens it. An edge's id is its number; `claim` is the id of the claim that it draws."""
    plain = _plain(graph)
    for _, _, number, data in plain.edges(keys=True, data=True):
        data["id"] = str(number)
    for node, (x, y) in (positions or {}).items():
        plain.nodes[_text(node)]["viz"] = {"position": {"x": x, "y": -y, "z": 0.0}}
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain)
    meta = writer.xml.find("meta")
    meta.attrib.pop("lastmodifieddate")
    meta.find("creator").text = "Concert"
    ElementTree.SubElement(meta, "description").text = _text(described(graph))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{writer}\n'.encode()


def described(graph: "nx.MultiDiGraph[str]") -> str:
    """The stamp in words: title, filters, totals, datasets and caveat."""
    stamp = graph.graph
    datasets = [
        f"{d.get('title', d['name'])} ({', '.join(str(d[k]) for k in ('publisher', 'issued', 'version') if k in d)})"
        for d in stamp.get("datasets", ())
    ]
    parts = [
        stamp.get("title", ""),
        *stamp.get("filters", ()),
        stamp.get("cut") or "",
        f"Datasets: {'; '.join(datasets)}" if datasets else "",
        stamp.get("caveat", ""),
    ]
    return "\n".join(part for part in parts if part)


def _plain(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        plain.add_node(_text(node), **_attributes(data))
    for number, (source, target, key, data) in enumerate(graph.edges(keys=True, data=True)):
        plain.add_edge(_text(source), _text(target), key=number, claim=_text(str(key)), **_attributes(data))
    return plain


def _attributes(data: dict[str, Any]) -> dict[str, Plain]:
    return {name: _scalar(name, value) for name, value in data.items() if value is not None}


def _scalar(name: str, value: Any) -> Plain:
    if name == "sources":
        return _text("; ".join(cite(source) for source in value))
    if isinstance(value, dict):
        return _text(json.dumps(value, ensure_ascii=False, sort_keys=True))
    if isinstance(value, (list, tuple)):
        if any(isinstance(part, dict) for part in value):
            return _text(json.dumps(value, ensure_ascii=False, sort_keys=True))
        return _text("; ".join(map(str, value)))
    return value if isinstance(value, (bool, int, float)) else _text(str(value))


def _text(text: str) -> str:
    return ILLEGAL.sub("", text)
