"""All that is said of one thing: its names, the facts stated of it, and every claim that names it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import DCTERMS, RDFS, SKOS, Graph, URIRef

from graph.errors import NotFound
from graph.questions.answer import labels_of, sources_of
from graph.store import GRAPH_TYPES, Reply, Term, bind
from graph.tables.world import World
from ontology.namespaces import CON, long, short
from ontology.vocabulary import kinds, load

HERE = Path(__file__).parent
MOST = 2000
"""Claims that a dossier lists; `mentions_complete` tells whether these are all."""

THINGS = """
select kind, class, description, dataset
from thing
where id_key = md5_number_lower($id) and id = $id
order by dataset
"""
EVIDENCE = frozenset({"source", "locator", "attributedTo", "confidence", "statedOn", "version", "note"})
NAMES = frozenset({"label", "altLabel", "acronym", "notation", "type", "title", "description"})


def dossier(world: World, id_: str, most: int | None = None) -> dict[str, Any]:
    """The dossier of the thing with the short id `id_`, with at the most `most` of the claims that name it.

    Raises NotFound when no dataset that the reader may see states anything of it.
    """
    things = world.rows(THINGS, {"id": id_})
    if not things:
        return _concept(world, id_)
    bound = min(most or MOST, MOST)
    facts = _renamed(world, _naming(world, "facts.rq", id_))
    claims = _claims(_mentioning(world, id_, bound))
    ids = (
        {id_} | {v for fact in facts for v in (_text(fact["value"]),)} | {m for c in claims.values() for m in c["ids"]}
    )
    labels = labels_of(world, ids)
    evidence = sources_of(world, {id_, *claims})
    return {
        "id": id_,
        "iri": long(id_),
        "kind": things[0]["kind"],
        "class": things[0]["class"],
        "label": labels.get(id_, id_),
        "description": next((row["description"] for row in things if row["description"]), None),
        "datasets": sorted({row["dataset"] for row in things}),
        "names": world.rows(
            "select distinct name, lang, use from name where id = $id order by use desc, lang, name", {"id": id_}
        ),
        "identifiers": world.rows(
            "select distinct scheme, value from identifier where id = $id order by all", {"id": id_}
        ),
        "facts": _facts(facts, labels),
        "mentions": _mentions(claims, id_, labels, evidence),
        "mentions_complete": len(claims) < bound,
        "sources": evidence.get(id_, []),
    }


def _concept(world: World, id_: str) -> dict[str, Any]:
    """The dossier of a code. Raises NotFound when there is none."""
    found = world.rows("select * from concept where id = $id", {"id": id_})
    if not found and id_.removeprefix("scheme/") in kinds():
        return _code_list(world, id_)
    if not found:
        raise NotFound(f"nothing is known of {id_}", given=id_, expected="an id that /api/search?q= finds")
    near = {
        title: world.rows(
            f"select id, label from concept where id in (select {give} from concept_within "  # noqa: S608 - both are ours
            f"where {take} = $id and depth = 1) order by label",
            {"id": id_},
        )
        for title, give, take in (("Broader", "ancestor", "concept"), ("Narrower", "concept", "ancestor"))
    }
    scheme = f"scheme/{found[0]['scheme']}"
    title = str(load().value(URIRef(long(scheme)), DCTERMS.title))
    near["Code list"] = [{"id": scheme, "label": title}]
    return {
        "id": id_,
        "iri": long(id_),
        "kind": found[0]["scheme"],
        "class": f"con:{found[0]['scheme']}",
        "label": found[0]["label"],
        "description": found[0]["definition"],
        "datasets": [],
        "names": [],
        "identifiers": [],
        "facts": [{"property": t.lower(), "title": t, "values": rows} for t, rows in near.items() if rows],
        "mentions": [],
        "mentions_complete": True,
        "sources": [],
    }


def _code_list(world: World, id_: str) -> dict[str, Any]:
    """The dossier of a code list: its codes by their labels."""
    scheme, graph = id_.removeprefix("scheme/"), load()
    listed = world.rows("select id, label from concept where scheme = $scheme order by label", {"scheme": scheme})
    return {
        "id": id_,
        "iri": long(id_),
        "kind": "scheme",
        "class": "con:CodeList",
        "label": str(graph.value(URIRef(long(id_)), DCTERMS.title)),
        "description": str(graph.value(URIRef(long(id_)), DCTERMS.description)),
        "datasets": [],
        "names": [],
        "identifiers": [],
        "facts": [{"property": "codes", "title": "Codes", "values": listed}],
        "mentions": [],
        "mentions_complete": True,
        "sources": [],
    }


def as_rdf(world: World, id_: str, accept: Sequence[str] = GRAPH_TYPES) -> Reply:
    """The thing and every claim that names it, in the first type of `accept` that fits. Raises NotFound."""
    if not world.rows(THINGS, {"id": id_}):
        return _concept_as_rdf(world, id_, accept)
    text = (HERE / "describe.rq").read_text(encoding="utf-8")
    replies = [
        world.store().query(bind(text, thing=ox.NamedNode(long(one))), world.graphs, accept)
        for one in _one_with(world, id_)
    ]
    return replies[0] if len(replies) == 1 else _together(id_, _one_with(world, id_), replies)


def _together(id_: str, ids: Sequence[str], replies: Sequence[Reply]) -> Reply:
    """What the sources state of each of the ids, as they state it, and that the ids are one."""
    media = replies[0].media_type
    form = ox.RdfFormat.from_media_type(media)
    assert form is not None
    triples = {quad.triple for reply in replies for quad in ox.parse(reply.body, format=form)}
    same = ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")
    triples |= {ox.Triple(ox.NamedNode(long(id_)), same, ox.NamedNode(long(one))) for one in ids if one != id_}
    body = ox.serialize(sorted(triples, key=str), format=form)
    assert body is not None
    return Reply(media, body)


def _concept_as_rdf(world: World, id_: str, accept: Sequence[str]) -> Reply:
    _concept(world, id_)
    graph = Graph(namespace_manager=load().namespace_manager)
    iri = URIRef(long(id_))
    for triple in (*load().triples((iri, None, None)), *load().triples((None, SKOS.inScheme, iri))):
        graph.add(triple)
    form = {"application/ld+json": "json-ld", "text/turtle": "turtle"}
    media = next((media for media in accept if media in form), "text/turtle")
    return Reply(media, graph.serialize(format=form[media], encoding="utf-8"))


def _text_of(query: str) -> str:
    return (HERE / query).read_text(encoding="utf-8")


def _mentioning(world: World, id_: str, most: int) -> list[dict[str, Term]]:
    """What the first `most` claims that name the thing state, in order of their IRIs."""
    naming = {row["claim"] for row in _naming(world, "naming.rq", id_)}
    claims = sorted((each for each in naming if isinstance(each, ox.NamedNode)), key=lambda each: each.value)[:most]
    found = world.store().rows(bind(_text_of("mentions.rq"), claims=claims), world.graphs) if claims else ()
    return _renamed(world, sorted(found, key=_place))


def _place(row: Mapping[str, Term]) -> tuple[str, str, bool, str]:
    """Where a row comes: by claim and property, things before texts."""
    value = row["value"]
    return str(row["claim"]), str(row["property"]), not isinstance(value, ox.NamedNode), str(value)


def _naming(world: World, query: str, id_: str) -> Iterator[Mapping[str, Term]]:
    """The rows of a query for the thing and for those that are one with it, as they are stated."""
    text = _text_of(query)
    for one in _one_with(world, id_):
        yield from world.store().rows(bind(text, thing=ox.NamedNode(long(one))), world.graphs)


def _renamed(world: World, rows: Iterable[Mapping[str, Term]]) -> list[dict[str, Term]]:
    """The rows with what is one with another under the id that stays."""
    return [{name: _kept(term, world) for name, term in row.items()} for row in rows]


def _one_with(world: World, id_: str) -> list[str]:
    """The id and those that were merged into it."""
    return [id_, *sorted(other for other, kept in world.merged.items() if kept == id_)]


def _kept(term: Term, world: World) -> Term:
    if not world.merged or not isinstance(term, ox.NamedNode):
        return term
    kept = world.merged.get(short(term.value))
    return ox.NamedNode(long(kept)) if kept else term


def _text(term: Term) -> str:
    return short(term.value) if isinstance(term, ox.NamedNode) else str(getattr(term, "value", term))


def _local(property_: Term) -> str:
    return _text(property_).replace("#", "/").rpartition("/")[2]


@cache
def _title(property_: Term) -> str:
    label = load().value(URIRef(str(getattr(property_, "value", ""))), RDFS.label)
    return str(label or _local(property_)).capitalize()


def _value(term: Term, labels: Mapping[str, str]) -> dict[str, str] | str:
    text = _text(term)
    if isinstance(term, ox.NamedNode):
        known = labels.get(text)
        return {"id": text, "label": known} if known else text.removeprefix(str(CON))
    return text


def _facts(facts: list[dict[str, Term]], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for fact in facts:
        name = _local(fact["property"])
        if name in EVIDENCE or name in NAMES:
            continue
        entry = found.setdefault(name, {"property": name, "title": _title(fact["property"]), "values": []})
        value = _value(fact["value"], labels)
        if value not in entry["values"]:
            entry["values"].append(value)
    return list(found.values())


def _claims(mentions: list[dict[str, Term]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in mentions:
        claim = found.setdefault(_text(row["claim"]), {"ids": set(), "stated": []})
        claim["ids"] |= {_text(row["claim"])} | (
            {_text(row["value"])} if isinstance(row["value"], ox.NamedNode) else set()
        )
        if (row["property"], row["value"]) not in claim["stated"]:
            claim["stated"].append((row["property"], row["value"]))
    return found


def _mentions(
    claims: Mapping[str, dict[str, Any]], id_: str, labels: Mapping[str, str], evidence: Mapping[str, list[Any]]
) -> list[dict[str, Any]]:
    """The claims by kind; each field but the thing itself, and the sources."""
    kinds: dict[str, dict[str, Any]] = {}
    for claim, told in claims.items():
        kind = claim.partition("/")[0]
        fields: dict[str, list[Any]] = {}
        for property_, value in told["stated"]:
            name = _local(property_)
            if name not in EVIDENCE and name not in ("type", "altLabel", "acronym", "notation"):
                fields.setdefault(name, []).append(_value(value, labels))
        group = kinds.setdefault(kind, {"kind": kind, "columns": {}, "rows": []})
        for property_, _ in told["stated"]:
            if _local(property_) in fields:
                group["columns"].setdefault(_local(property_), _title(property_))
        group["rows"].append(
            {
                "id": claim,
                "label": labels.get(claim, claim),
                "fields": fields,
                "sources": evidence.get(claim, []),
            }
        )
    for group in kinds.values():
        place = {"label": 0, "description": 2}
        group["columns"] = dict(sorted(group["columns"].items(), key=lambda column: place.get(column[0], 1)))
    return [kinds[kind] for kind in sorted(kinds)]
