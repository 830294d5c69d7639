"""A part as FollowTheMoney entities, one JSON object a line: bodies, projects, who takes part in them, memberships.

The model is that of https://followthemoney.tech; its library is not needed to write entities, which are plain JSON of
`id`, `schema` and `properties` with lists of texts. `datasets`, `licence` and `handling` stand beside them, as context.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from graph.tables.engine import Row
from graph.writers.answers import cite
from graph.writers.part import Part, Told, handling
from graph.writers.periods import bounds
from ontology.namespaces import long

SCHEMATA = {"con:State": "PublicBody", "con:Agency": "PublicBody", "con:Company": "Company"}
OTHER = "Organization"
"""What every actor is that is no public body and no company."""

MEMBER = "tie-kind/member-of"
LONGEST = 200
"""Characters of an id; the model takes 255."""

Properties = Mapping[str, Iterable[str | None]]

_PLAIN = re.compile(r"[^0-9A-Za-z-]|-$")


def write_ftm(part: Part, out: BinaryIO) -> Told:
    """Documents, bodies, projects with their participants, and the links between bodies, in this order."""
    written: dict[str, int] = {}
    datasets = {dataset["name"]: dataset for dataset in part.datasets}
    for entity, named in _entities(part):
        known = [datasets[name] for name in named if name in datasets]
        context = {"datasets": list(named), "handling": handling(known)}
        context["licence"] = "; ".join(dict.fromkeys(dataset["licence"] for dataset in known if dataset["licence"]))
        out.write(json.dumps(entity | context, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace") + b"\n")
        written[entity["schema"]] = written.get(entity["schema"], 0) + 1
    return Told(written, {row["kind"]: row["things"] for row in part.rows("ftm_unsaid")})


def ftm_id(id_: str) -> str:
    """The id of a thing as the model takes it: `actor/iom` -> `actor-iom`; other signs become a dot and their code."""
    kind, _, slug = id_.partition("/")
    plain = _PLAIN.sub(lambda m: "".join(f".{byte:02X}" for byte in m[0].encode()), slug)
    if len(plain) > LONGEST:
        plain = hashlib.sha256(slug.encode()).hexdigest()
    return f"{kind}-{plain}"


def _entities(part: Part) -> Iterator[tuple[dict[str, Any], Iterable[str]]]:
    for row in part.stream("ftm_document"):
        yield _document(row), row["datasets"]
    for row in part.stream("ftm_actor"):
        yield _actor(row), row["datasets"]
    for record in part.records():
        for entity in _project(record):
            yield entity, [record["dataset"]]
    for row in part.stream("ftm_tie"):
        yield _tie(row), [row["dataset"]]


def _entity(id_: str, schema: str, properties: Properties) -> dict[str, Any]:
    kept = {name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _document(row: Row) -> dict[str, Any]:
    return _entity(
        ftm_id(row["id"]),
        "Document",
        {
            "title": [row["title"]],
            "fileName": [row["id"].partition("/")[2]],
            "publishedAt": [row["issued"]],
            "publisher": [row["publisher"]],
            "sourceUrl": [row["url"]],
        },
    )


def _actor(row: Row) -> dict[str, Any]:
    return _entity(
        ftm_id(row["id"]),
        SCHEMATA.get(row["class"], OTHER),
        {
            "name": [row["label"] or row["id"]],
            "alias": [name for name in row["names"] if name != row["label"]],
            "weakAlias": row["acronyms"],
            "classification": [row["class"].removeprefix("con:")],
            "country": [row["country"].lower()] if row["country"] else [],
            "wikidataId": row["wikidata"],
            "idNumber": row["numbers"],
            "summary": [row["description"]],
            "proof": [ftm_id(source) for source in row["sources"]],
        },
    )


def _project(record: Row) -> Iterator[dict[str, Any]]:
    """A programme, who takes part in it, and the programme that it is a part of."""
    me = ftm_id(record["id"])
    starts, ends, active = bounds(record)
    own = [source for source in record["sources"] if source["claim"] == record["id"]]
    countries = sorted(
        {country["iso2"].lower() for place in record["places"] for country in place["countries"] if country["iso2"]}
    )
    codes = [*record["domains"], *record["responses"], *record["targets"], *(place["id"] for place in record["places"])]
    yield _entity(
        me,
        "Project",
        {
            "name": [record["label"]],
            "alias": [n["name"] for n in record["names"] if n["use"] != "acronym" and n["name"] != record["label"]],
            "weakAlias": [n["name"] for n in record["names"] if n["use"] == "acronym"],
            "projectId": [record["identifier"] or record["id"]],
            "summary": [record["description"]],
            "status": [_slug(record["status"])],
            "startDate": [starts],
            "endDate": [ends],
            "date": [active],
            "amount": [] if record["budget"] is None else [f"{record['budget']:.2f}".removesuffix(".00")],
            "currency": [record["currency"]],
            "country": countries,
            "keywords": codes,
            "proof": [ftm_id(source["source"]) for source in own if source["source"]],
            "sourceUrl": [source["url"] for source in own],
            "notes": [cite(source) for source in own],
        },
    )
    for party in record["parties"]:
        if party["actor"]:
            yield _participant(me, party, [s for s in record["sources"] if s["claim"] == party["id"]])
    if record["parent"]:
        link = {"subject": [me], "object": [ftm_id(record["parent"])], "role": ["part-of"]}
        yield _entity(f"{me}-part-of", "UnknownLink", link)


def _participant(project: str, party: Row, sources: list[Row]) -> dict[str, Any]:
    starts, ends, active = bounds(party)
    return _entity(
        ftm_id(party["id"]),
        "ProjectParticipant",
        {
            "project": [project],
            "participant": [ftm_id(party["actor"])],
            "role": [_slug(party["role"])],
            "startDate": [starts],
            "endDate": [ends],
            "date": [active],
            "description": [cite(source) for source in sources],
            "publisher": [source["publisher"] for source in sources],
            "sourceUrl": [source["url"] for source in sources],
        },
    )


def _tie(row: Row) -> dict[str, Any]:
    member = row["kind"] == MEMBER
    said = [row["source"] and f"{long(row['source'])} {' '.join(f'[{at}]' for at in row['locators'] or ())}".strip()]
    return _entity(
        ftm_id(row["id"] if row["id"].startswith("tie/") else f"tie/{_slug(row['id'])}"),
        "Membership" if member else "UnknownLink",
        {
            "member" if member else "subject": [ftm_id(row["actor"])],
            "organization" if member else "object": [ftm_id(row["other"])],
            "role": [_slug(row["kind"])],
            "startDate": [str(row["from_date"] or "")],
            "endDate": [str(row["to_date"] or "")],
            "summary": [row["description"]],
            "description": said,
            "sourceUrl": [row["url"]],
        },
    )


def _slug(id_: str | None) -> str:
    return (id_ or "").partition("/")[2]
