"""Ask a question of a world: resolve its parameters, run its query, and give every row its sources."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph.at_once import at_once
from graph.errors import InvalidParameter, NotFound
from graph.questions.catalogue import Column, Question, catalogue
from graph.questions.parameters import DEFAULT_LIMIT, MAX_LIMIT, WHOLE, resolve
from graph.questions.query import Query
from graph.tables.engine import MOST_REMEMBERED, Row
from graph.tables.world import World
from ontology.namespaces import short

if TYPE_CHECKING:
    from graph.questions.pairs import Joined

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

    rows      each column of the question by name (things as {id, label}), and `sources`
    at_least  the total is only known to be no less: counting more than it would mean listing all
    joined    what brings the two of each row together, where rows are pairs of programmes that overlap
    """

    question: Question
    columns: Mapping[str, Column]
    parameters: Mapping[str, Any]
    rows: list[dict[str, Any]]
    total: int
    next: str | None
    at_least: bool = False
    joined: "Joined | None" = None

    def as_dict(self) -> dict[str, Any]:
        """The answer as the API gives it."""
        return {
            "question": self.question.name,
            "title": self.question.header.title,
            "parameters": dict(self.parameters),
            "rows": self.rows,
            "total": self.total,
            "at_least": self.at_least,
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
    answer = find(world, name, given or {}, limit, cursor)
    (rows,) = named(world, [(answer.columns, answer.rows)])
    return replace(answer, rows=rows)


def find(
    world: World, name: str, given: Mapping[str, Sequence[str]], limit: str | int | None, cursor: str | None = None
) -> Answer:
    """What `ask` gives with its rows as they are found: ids without labels, and claims instead of sources."""
    asked = question(name)
    values = resolve(world, asked.parameters, given)
    size = _limit(limit)
    parameters = _shown(values)
    key = _key(world, name, parameters)
    offset = _offset(cursor, key)
    columns = dict(asked.header.columns)
    if asked.header.filters.get("place") and values.get("place"):
        columns["reach"] = REACH
    rdf = {}
    if asked.language == "rq":
        rdf = {"found_": _from_rdf(world, asked)}
        found_ = f"select unnest($found_::struct({_struct(asked)})[], max_depth := 2)"
        asked = asked.model_copy(update={"found": found_})
    query = Query(asked, values)
    at_least, joined = False, None
    if asked.step:
        found, total, at_least, joined = import_module(asked.step).answer(world, query, size, offset)
    else:
        found = query.page(world, size, offset, rdf)
        if query.counts_apart:
            total = query.total(world)
        else:
            first = found or (query.page(world, 1, 0, rdf) if offset else [])
            total = int(first[0]["total_"]) if first else 0
    after = offset + len(found)
    return Answer(
        question=asked,
        columns=columns,
        parameters=parameters | {"limit": size},
        rows=found,
        total=total,
        at_least=at_least,
        next=_cursor(after, key) if after < total else None,
        joined=joined,
    )


def _struct(asked: Question) -> str:
    kinds = {name: DUCK.get(c.type, "varchar") + ("[]" if c.many else "") for name, c in asked.header.columns.items()}
    return ", ".join(f'"{name}" {kind}' for name, kind in (kinds | {"claims": "varchar[]"}).items())


def _from_rdf(world: World, asked: Question) -> list[dict[str, Any]]:
    """The solutions as rows: a column that is `many` gathers its values over equal rows, as do the claims."""
    many = [name for name, column in asked.header.columns.items() if column.many] + ["claims"]
    gathered: dict[tuple[Any, ...], dict[str, Any]] = {}
    for solution in world.store().rows(asked.found, world.graphs):
        values = {name: _plain(term, world.merged) for name, term in solution.items()}
        single = {name: values.get(name) for name in asked.header.columns if name not in many}
        row = gathered.setdefault(tuple(single.values()), single | {name: set() for name in many})
        for name in many:
            row[name] |= {values[name]} if values.get(name) is not None else set()
    return [{name: sorted(v) if name in many else v for name, v in row.items()} for row in gathered.values()]


def _plain(term: Any, merged: Mapping[str, str]) -> str | None:
    """A term as a value of a column; an actor that is one with another under the id that stays, as in the tables."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        id_ = short(term.value)
        return merged.get(id_, id_)
    return str(term.value)


def named(world: World, tables: Sequence[tuple[Mapping[str, Column], Sequence[Row]]]) -> list[list[Row]]:
    """The rows of tables with these columns, things named and sources beside each row: looked up for all at once.

    Of a row without `claims` its `need_claims` are told.
    """
    claimed = [[_claims(row) for row in found] for _, found in tables]
    things = [[name for name, column in columns.items() if not column.is_plain] for columns, _ in tables]
    resting = {claim for table in claimed for claims in table for claim in claims}
    ids = {
        id_
        for names, (_, found) in zip(things, tables, strict=True)
        for row in found
        for name in names
        for id_ in _ids(row.get(name))
    }
    stated, labels = at_once(lambda: _stated(world, resting), lambda: labels_of(world, ids))
    sources = _by_claim(stated, labels | labels_of(world, _named(stated) - labels.keys()))
    return [
        [
            _told(row, columns, labels) | {"sources": [source for each in claims for source in sources.get(each, ())]}
            for row, claims in zip(found, table, strict=True)
        ]
        for (columns, found), table in zip(tables, claimed, strict=True)
    ]


def _claims(row: Row) -> list[str]:
    return sorted(row.get("claims") or row.get("need_claims") or ())


def _told(row: Row, columns: Mapping[str, Column], labels: Mapping[str, str]) -> Row:
    """The columns of a row, things as {id, label} and days as text."""
    out: Row = {}
    for name, column in columns.items():
        value = row.get(name)
        if column.many:
            value = (value or []) if column.is_plain else [_thing(id_, labels) for id_ in value or ()]
        elif not column.is_plain:
            value = _thing(value, labels)
        out[name] = value.isoformat() if isinstance(value, date) else value
    return out


def _ids(value: Any) -> list[str]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _thing(id_: str | None, labels: Mapping[str, str]) -> dict[str, str] | None:
    return None if id_ is None else {"id": id_, "label": labels.get(id_, id_)}


LABELS = """
with keyed as materialized (
    select id, label, dataset from thing where id_key in (select md5_number_lower(unnest($ids::varchar[])))
)
select id, min_by(label, dataset) as label
from (
    select id, label, dataset from keyed where label is not null and id in (select unnest($ids::varchar[]))
    union all
    select id, label, '' as dataset from concept where id in (select unnest($ids::varchar[]))
)
group by id
"""


def labels_of(world: World, ids: set[str]) -> dict[str, str]:
    """The best label of each id that has one."""
    remembered = world.schema.labels
    told = {id_: remembered[id_] for id_ in ids if id_ in remembered}
    unseen = sorted(ids - told.keys())
    if unseen:
        found = {row["id"]: row["label"] for row in world.rows(LABELS, {"ids": unseen})}
        told |= dict.fromkeys(unseen) | found
        if len(remembered) < MOST_REMEMBERED:
            remembered.update(told)
    return {id_: label for id_, label in told.items() if label is not None}


SOURCES = """
with keyed as materialized (
    select * from claim where id_key in (select md5_number_lower(unnest($claims::varchar[])))
),
claim as materialized (
    select * from keyed where id in (select unnest($claims::varchar[]))
)
select
    claim.id as claim, claim.dataset, claim.source, document.title as document,
    claim.locators, claim.attributed_to, claim.confidence, claim.note,
    coalesce(cast(claim.stated_on as varchar), document.issued) as stated_on
from claim
left join (
    select id, min(title) as title, min(issued) as issued
    from source
    where id in (select source from claim)
    group by id
) as document on document.id = claim.source
order by claim.id, claim.dataset
"""


def sources_of(world: World, claims: set[str]) -> dict[str, list[dict[str, Any]]]:
    """What each claim rests on: dataset, document, locators, date and confidence."""
    stated = _stated(world, claims)
    return _by_claim(stated, labels_of(world, _named(stated)))


def _stated(world: World, claims: set[str]) -> list[dict[str, Any]]:
    return world.rows(SOURCES, {"claims": sorted(claims)}) if claims else []


def _named(stated: Sequence[Mapping[str, Any]]) -> set[str]:
    """Whom the sources of claims name as their origin."""
    return {id_ for row in stated for id_ in row["attributed_to"]}


def _by_claim(stated: list[dict[str, Any]], labels: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    sources: dict[str, list[dict[str, Any]]] = {}
    for row in stated:
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
