"""Ask a question of a world: resolve its parameters, run its query, and give every row its sources."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyoxigraph as ox

from graph.errors import InvalidParameter, NotFound
from graph.questions.catalogue import Column, Question, catalogue
from graph.questions.parameters import DEFAULT_LIMIT, MAX_LIMIT, WHOLE, resolve
from graph.tables.world import World
from ontology.namespaces import short

LONGEST_CURSOR = 200
DUCK = {"number": "double", "share": "double", "integer": "bigint", "date": "date", "boolean": "boolean"}
REACH = Column(
    title="Reach",
    type="text",
    about="within: recorded in the place asked for; containing: recorded for a region that holds it",
)


@dataclass(frozen=True)
class Answer:
    """Rows with their sources, how many there are in all, and the cursor of the next page.

    rows  each column of the question by name (things as {id, label}), and `sources`
    """

    question: Question
    columns: Mapping[str, Column]
    parameters: Mapping[str, Any]
    rows: list[dict[str, Any]]
    total: int
    next: str | None

    def as_dict(self) -> dict[str, Any]:
        """The answer as the API gives it."""
        return {
            "question": self.question.name,
            "title": self.question.header.title,
            "parameters": dict(self.parameters),
            "rows": self.rows,
            "total": self.total,
            "next": self.next,
            "caveat": self.question.header.caveat,
        }


def question(name: str) -> Question:
    """The question of that name. Raises NotFound naming those that exist."""
    found = catalogue().get(name)
    if found is None:
        raise NotFound(f"there is no question {name!r}", given=name, expected="one of " + ", ".join(catalogue()))
    return found


def ask(
    world: World,
    name: str,
    given: Mapping[str, Sequence[str]] | None = None,
    limit: str | int | None = None,
    cursor: str | None = None,
) -> Answer:
    """Answer the question `name` with the texts `given` for its parameters.

    limit   rows of one page, 1 to 10,000 (default 100); cursor  `next` of the page before.
    Raises NotFound for an unknown question and InvalidParameter for anything wrong in a parameter.
    """
    asked = question(name)
    values = resolve(world, asked.parameters, given or {})
    size = _limit(limit)
    parameters = _shown(values)
    key = _key(world, name, parameters)
    offset = _offset(cursor, key)
    columns = dict(asked.header.columns)
    if asked.header.filters.get("place") and values.get("place"):
        columns["reach"] = REACH
    found = _run(world, asked, values, size, offset)
    total = found[0].pop("total_") if found else _total_past_end(world, asked, values, offset)
    for row in found[1:]:
        row.pop("total_")
    after = offset + len(found)
    return Answer(
        question=asked,
        columns=columns,
        parameters=parameters | {"limit": size},
        rows=_finish(world, columns, found),
        total=total,
        next=_cursor(after, key) if after < total else None,
    )


def _run(world: World, asked: Question, values: Mapping[str, Any], limit: int, offset: int) -> list[dict[str, Any]]:
    params: dict[str, Any] = {"limit_": limit, "offset_": offset}
    body, uses = asked.body, set(asked.placeholders)
    if asked.language == "rq":
        params["found_"] = _from_rdf(world, asked)
        body = f"select unnest($found_::struct({_struct(asked)})[], max_depth := 2)"
    parts = [f"{name} as (\n{text}\n)" for name, text in (asked.parts | {"found": body}).items()]
    conditions = list(_conditions(asked, values, uses))
    reach = _reach(asked, values)
    if reach:
        uses.add("place")
    params |= {name: values.get(name) for name in uses}
    sql = f"with {', '.join(parts)}\nselect found.*{reach}, count(*) over () as total_\nfrom found"
    if conditions:
        sql += "\nwhere " + "\n    and ".join(conditions)
    sql += f"\norder by {', '.join(_order(asked, bool(reach)))}\nlimit $limit_ offset $offset_"
    return world.rows(sql, params)


def _order(asked: Question, by_reach: bool) -> list[str]:
    """What is within the place asked for before what holds it, then the order of the header.

    What is equal in it is put in order by its claims, so that pages never overlap.
    """
    return [*(["reach desc"] if by_reach else []), *asked.header.order, "claims"]


WITHIN = "(select list(place) from place_within where list_contains($place::varchar[], ancestor))"
CONTAINING = "(select list(ancestor) from place_within where list_contains($place::varchar[], place) and depth > 0)"
NARROWER = "(select list(concept) from concept_within where list_contains(${0}::varchar[], ancestor))"
UNITS = "(select list(actor) from actor_within where list_contains($actor::varchar[], ancestor))"


def _conditions(asked: Question, values: Mapping[str, Any], uses: set[str]) -> list[str]:
    """Restrictions on the columns of the answer for the common parameters that were given."""
    found = []
    for name, column in asked.header.filters.items():
        if name == "period":
            assert not isinstance(column, str)
            start, end = column
            for bound, test in (
                ("on", f"$on::date between {start} and {end}"),
                ("from", f"{end} >= $from::date"),
                ("to", f"{start} <= $to::date"),
            ):
                if values.get(bound):
                    found.append(test)
                    uses.add(bound)
            continue
        if not values.get(name):
            continue
        assert isinstance(column, str)
        listed = column if asked.header.columns[column].many else f"[{column}]"
        uses.add(name)
        match name:
            case "place":
                found.append(f"(list_has_any({listed}, {WITHIN}) or list_has_any({listed}, {CONTAINING}))")
            case "actor":
                found.append(f"list_has_any({listed}, {UNITS})")
            case "domain" | "response" | "target":
                found.append(f"list_has_any({listed}, {NARROWER.format(name)})")
            case _:
                found.append(f"list_has_any({listed}, ${name}::varchar[])")
    if values.get("dataset") and "dataset" not in asked.placeholders:
        uses.add("dataset")
        found.append(
            "list_has_any(claims, (select list(id) from claim where list_contains($dataset::varchar[], dataset)))"
        )
    return found


def _reach(asked: Question, values: Mapping[str, Any]) -> str:
    column = asked.header.filters.get("place")
    if not column or not values.get("place"):
        return ""
    listed = column if asked.header.columns[str(column)].many else f"[{column}]"
    return f", case when list_has_any({listed}, {WITHIN}) then 'within' else 'containing' end as reach"


def _total_past_end(world: World, asked: Question, values: Mapping[str, Any], offset: int) -> int:
    first = _run(world, asked, values, 1, 0) if offset else []
    return int(first[0]["total_"]) if first else 0


def _struct(asked: Question) -> str:
    kinds = {name: DUCK.get(c.type, "varchar") + ("[]" if c.many else "") for name, c in asked.header.columns.items()}
    return ", ".join(f'"{name}" {kind}' for name, kind in (kinds | {"claims": "varchar[]"}).items())


def _from_rdf(world: World, asked: Question) -> list[dict[str, Any]]:
    """The solutions as rows: a column that is `many` gathers its values over equal rows, as do the claims."""
    many = [name for name, column in asked.header.columns.items() if column.many] + ["claims"]
    gathered: dict[tuple[Any, ...], dict[str, Any]] = {}
    for solution in world.store().rows(asked.body, world.graphs):
        values = {name: _plain(term) for name, term in solution.items()}
        single = {name: values.get(name) for name in asked.header.columns if name not in many}
        row = gathered.setdefault(tuple(single.values()), single | {name: set() for name in many})
        for name in many:
            row[name] |= {values[name]} if values.get(name) is not None else set()
    return [{name: sorted(v) if name in many else v for name, v in row.items()} for row in gathered.values()]


def _plain(term: Any) -> str | None:
    if term is None:
        return None
    return short(term.value) if isinstance(term, ox.NamedNode) else str(term.value)


def _finish(world: World, columns: Mapping[str, Column], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name the things and lay the sources beside each row."""
    claims = {claim for row in found for claim in row.get("claims") or ()}
    sources = sources_of(world, claims)
    things = [name for name, column in columns.items() if not column.is_plain]
    ids = {id_ for row in found for name in things for id_ in _ids(row.get(name))}
    labels = labels_of(world, ids)
    rows = []
    for row in found:
        out = {name: (row.get(name) or []) if column.many else row.get(name) for name, column in columns.items()}
        for name in things:
            value = row.get(name)
            if columns[name].many:
                out[name] = [_thing(v, labels) for v in value or ()]
            else:
                out[name] = _thing(value, labels)
        for name, value in out.items():
            out[name] = value.isoformat() if isinstance(value, date) else value
        out["sources"] = [source for claim in sorted(row.get("claims") or ()) for source in sources.get(claim, ())]
        rows.append(out)
    return rows


def _ids(value: Any) -> list[str]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _thing(id_: str | None, labels: Mapping[str, str]) -> dict[str, str] | None:
    return None if id_ is None else {"id": id_, "label": labels.get(id_, id_)}


def labels_of(world: World, ids: set[str]) -> dict[str, str]:
    """The best label of each id."""
    if not ids:
        return {}
    found = world.rows("select id, label from label where id in (select unnest($ids::varchar[]))", {"ids": sorted(ids)})
    return {row["id"]: row["label"] for row in found}


SOURCES = """
select
    claim.id as claim, claim.dataset, claim.source, document.title as document,
    claim.locators, claim.attributed_to, claim.confidence, claim.note,
    coalesce(cast(claim.stated_on as varchar), document.issued) as stated_on
from claim
left join (select id, min(title) as title, min(issued) as issued from source group by id) as document
    on document.id = claim.source
where claim.id in (select unnest($claims::varchar[]))
order by claim.id, claim.dataset
"""


def sources_of(world: World, claims: set[str]) -> dict[str, list[dict[str, Any]]]:
    """What each claim rests on: dataset, document, locators, date and confidence."""
    if not claims:
        return {}
    found = world.rows(SOURCES, {"claims": sorted(claims)})
    labels = labels_of(world, {id_ for row in found for id_ in row["attributed_to"]})
    sources: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        row["attributed_to"] = [_thing(id_, labels) for id_ in row["attributed_to"]]
        row["confidence"] = (row["confidence"] or "confidence/stated").partition("/")[2]
        sources.setdefault(row["claim"], []).append(row)
    return sources


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as they were understood, without those that were not given."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }


def _limit(given: str | int | None) -> int:
    if given is None or given == "":
        return DEFAULT_LIMIT
    if not WHOLE.fullmatch(str(given)) or not 1 <= int(given) <= MAX_LIMIT:
        raise InvalidParameter(
            f"limit cannot be {given!r}",
            parameter="limit",
            given=str(given)[:80],
            expected=f"a whole number, 1 to {MAX_LIMIT}",
        )
    return int(given)


def _key(world: World, name: str, parameters: Mapping[str, Any]) -> str:
    """What a cursor belongs to: this data, this question, these parameters."""
    told = json.dumps([world.key, name, parameters], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _cursor(offset: int, key: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([offset, key]).encode()).decode().rstrip("=")


def _offset(cursor: str | None, wanted: str) -> int:
    if not cursor:
        return 0
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError
        offset, key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if type(offset) is not int or not 0 <= offset < 2**62:
            raise ValueError
    except (ValueError, TypeError, binascii.Error):
        raise InvalidParameter(
            "cursor is not one that this service gave",
            parameter="cursor",
            given=cursor[:80],
            expected="`next` of an answer",
        ) from None
    if key != wanted:
        raise InvalidParameter(
            "that cursor is of another question or other parameters, or the data has changed since",
            parameter="cursor",
            given=cursor[:80],
            expected="the first page again",
        )
    return offset
