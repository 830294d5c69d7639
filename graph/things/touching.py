"""What is known to touch one thing, as the sections of its dossier: the first rows of each, never all of a large world.

Most sections are questions that have the thing as a parameter; the others are queries of this folder.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.at_once import at_once
from graph.errors import ConcertError
from graph.questions.answer import find, named, question
from graph.questions.catalogue import Column
from graph.tables.engine import Row
from graph.tables.world import World
from graph.things.alike import alike
from graph.things.section import HERE, Section, listed, narrowed

Given = Mapping[str, Sequence[str]]

FEW, SOME, MANY = 5, 8, 12
SEARCHED = 400
"""Programmes of a thing up to which a dossier looks for pairs among them; more would take longer than a page may."""
OPEN = ("none-recorded", "no-source", "ended", "planned", "thin")
"""Statuses of a gap that is not covered."""
ABOUT = "list_has_any(claims, (select list(id) from observation where list_contains(about, $thing_)))"
RESTING = "contested and list_has_any(claims, (select list(id) from claim where source = $thing_))"
PASSED = "list_contains(flows, $thing_)"


@dataclass(frozen=True)
class Wanted:
    """A section to be made: its anchor and title, the question or the query file, columns of a question, most rows."""

    name: str
    title: str
    asks: str
    columns: tuple[str, ...] = ()
    most: int = SOME


PROGRAMME = ("programme", "leads", "domains", "responses", "places", "status", "starts", "ends", "from_date", "to_date")
PAIR = ("programme", "other", "verdict", "because", "places", "score", "known")
FIGURE = ("measure", "place", "domain", "from_date", "to_date", "shown", "unit", "contested", "attributed_to")
GAP = ("response", "place", "place_role", "domain", "status", "score", "reason")
REPORT = ("shown", "attributed_to", "description")
TASK = ("actor", "level", "domain", "place", "responses", "description")

PRESENCES = Wanted("presences", "Programmes over time", "programmes", PROGRAMME, MANY)
ON_ITS_WAY = Wanted("presences", "Programmes on its way, over time", "programmes", PROGRAMME, MANY)
GAPS = Wanted("gaps", "Gaps", "gaps", GAP)
GAPS_AROUND = Wanted("gaps", "Gaps where it works", "gaps", GAP, FEW)
GAPS_ON_WAY = Wanted("gaps", "Gaps on its way", "gaps", GAP)
PAIRS = Wanted("pairs", "May be doing the same", "possible-duplication", PAIR, FEW)
OVERLAPS = Wanted("pairs", "Overlaps", "overlaps", PAIR, FEW)
FLOWS = Wanted("flows", "Flows", "flows", ("flow", "domains", "role", "next", "actors"))
FIGURES = Wanted("figures", "Figures", "figures", FIGURE)
FIGURES_ABOUT = Wanted("figures", "Figures about it", "figures", FIGURE)
DISPUTED = Wanted("figures", "Contested figures to which it gives a report", "figures", FIGURE)
CONTESTED = Wanted("contested", "Where sources give different figures", "contested-figures", REPORT)
MANDATES = Wanted("mandates", "Who has the task", "mandates", TASK)
HELD = Wanted("mandates", "Mandates", "mandates", (*TASK[1:], "also"))
ENDING = Wanted(
    "ending", "Ending soon", "ending-soon", ("response", "domain", "last_end", "planned", "programmes", "actors"), FEW
)
COMMITMENTS = Wanted(
    "commitments", "Commitments", "commitments", ("instrument", "status", "signed_on", "action", "bound_on")
)
TWICE = Wanted("twice", "Told of twice", "double-reporting", ("programme", "other", "because", "score", "known"))
TIES = Wanted("ties", "Ties", "ties", most=MANY)
PARTS = Wanted("presences", "Who takes part, over time", "taking_part", most=MANY)
LEGS = Wanted("legs", "Its way", "legs", most=MANY)
SAID = Wanted("said", "What sources say and deny", "said")


def _column(title: str, kind: str, many: bool = False) -> Column:
    return Column(title=title, type=kind, many=many)


OF_TIES = {
    "actor": _column("Actor", "actor"),
    "kind": _column("Tie", "tie-kind"),
    "other": _column("Other actor", "actor"),
    "domains": _column("Domains", "domain", many=True),
    "description": _column("Description", "text"),
}
OF_PARTS = {
    "actor": _column("Actor", "actor"),
    "role": _column("Role", "role"),
    "starts": _column("Starts", "date"),
    "ends": _column("Ends", "date"),
    "from_date": _column("From", "date"),
    "to_date": _column("To", "date"),
}
OF_LEGS = {
    "place": _column("Place", "place"),
    "role": _column("Role of the place", "place-role"),
    "next": _column("Next place", "place"),
    "description": _column("Description", "text"),
}
OF_SAID = {
    "class": _column("Kind", "text"),
    "speakers": _column("Said by", "actor", many=True),
    "rating": _column("Rating", "rating"),
    "about": _column("About", "thing", many=True),
    "denies": _column("Denies", "thing", many=True),
    "description": _column("What is said", "text"),
}
OF_STATED = {"kind": _column("Kind", "text"), "number": _column("Claims", "integer")}


def touching(world: World, kind: str, id_: str) -> list[Section]:
    """The sections for a thing of this kind, those without rows left out; none for kinds that have no dossier."""
    sections = {"actor": _actor, "place": _place, "programme": _programme, "flow": _flow, "source": _source}.get(kind)
    found = [each for each in sections(world, id_) if each.rows or each.refused] if sections else []
    rows = named(world, [(each.whole or each.columns, each.rows) for each in found])
    return [replace(each, rows=told) for each, told in zip(found, rows, strict=True)]


def years(world: World, kind: str, id_: str) -> dict[int, int]:
    """Year -> in how many programmes of an actor or in a place work is known to have been done in it."""
    counts = _worked_on(world, kind, id_, (HERE / "years.sql").read_text(encoding="utf-8"))
    return {row["year"]: row["programmes"] for row in counts}


def _worked_on(world: World, kind: str, id_: str, sql: str) -> list[Row]:
    """What a query says of the efforts of an actor or in a place, which it reads as `worked_on`."""
    efforts = (HERE / "worked_on.sql").read_text(encoding="utf-8")
    return world.rows(f"with worked_on as (\n{efforts})\n{sql}", {"kind": kind, "thing": id_})


def _place(world: World, id_: str) -> Iterable[Section]:
    given = {"place": [id_]}
    pairs, (gaps, *moved), (programmes, said, *held) = at_once(
        lambda: _pairs(world, "place", id_),
        lambda: [
            _asked(world, GAPS, given | {"status": OPEN}),
            _asked(world, FLOWS, given),
            *_figures(world, given),
        ],
        lambda: [
            _asked(world, PRESENCES, given),
            _said(world, id_),
            *(_asked(world, wanted, given) for wanted in (MANDATES, ENDING)),
        ],
    )
    return programmes, gaps, pairs, *moved, said, *held


def _figures(world: World, given: Given) -> Iterator[Section]:
    """The figures, and what sources say of the contested ones where there may be any."""
    figures = _asked(world, FIGURES, given)
    yield figures
    if figures.total > len(figures.rows) or any(row["contested"] for row in figures.rows):
        yield _asked(world, CONTESTED, given)


def _actor(world: World, id_: str) -> Iterable[Section]:
    given = {"actor": [id_]}
    pairs, (programmes, ties, held), told = at_once(
        lambda: _pairs(world, "actor", id_),
        lambda: (
            _asked(world, PRESENCES, given),
            _own(world, TIES, OF_TIES, id_),
            _asked(world, HELD, given),
        ),
        lambda: (
            _narrow(world, FIGURES_ABOUT, ABOUT, id_),
            _said(world, id_),
            _asked(world, COMMITMENTS, given),
        ),
    )
    return programmes, ties, held, pairs, *told


def _programme(world: World, id_: str) -> Iterable[Section]:
    records = world.rows("select places, domains from programme where id = $id", {"id": id_})
    given: dict[str, Sequence[str]] = {
        name: sorted({each for row in records for each in row[f"{name}s"]}) for name in ("place", "domain")
    }
    comparable = all(given.values())
    pairs, (parts, *told) = at_once(
        lambda: [_overlaps(world, id_, given)] if comparable else [],
        lambda: [
            _own(world, PARTS, OF_PARTS, id_),
            *([_asked(world, GAPS_AROUND, given | {"status": OPEN})] if comparable else []),
            _asked(world, TWICE, {"programme": [id_]}),
            _narrow(world, FIGURES_ABOUT, ABOUT, id_),
            _said(world, id_),
        ],
    )
    return parts, *pairs, *told


def _overlaps(world: World, id_: str, given: Given) -> Section:
    rows, total, at_least = alike(world, id_, given, FEW)
    whole = question(OVERLAPS.asks).header.columns
    columns = {name: whole[name] for name in OVERLAPS.columns}
    return Section(
        OVERLAPS.name, OVERLAPS.title, columns, rows, total, at_least, OVERLAPS.asks, given, exact=False, whole=whole
    )


def _flow(world: World, id_: str) -> Iterator[Section]:
    yield _own(world, LEGS, OF_LEGS, id_)
    given: dict[str, Sequence[str]] = {
        "place": _ids(world, "select distinct place as id from leg where flow = $id and place is not null", id_),
        "domain": _ids(world, "select distinct unnest(domains) as id from flow where id = $id", id_),
    }
    if given["place"] and given["domain"]:
        yield _asked(world, ON_ITS_WAY, given)
        yield _narrow(world, GAPS_ON_WAY, PASSED, id_, given | {"status": OPEN})
    yield _narrow(world, FIGURES_ABOUT, ABOUT, id_)
    yield _said(world, id_)


def _source(world: World, id_: str) -> Iterator[Section]:
    rows = world.rows((HERE / "stated.sql").read_text(encoding="utf-8"), {"thing": id_})
    yield Section("stated", "What rests on it", OF_STATED, rows, len(rows))
    yield _narrow(world, DISPUTED, RESTING, id_)


def _asked(world: World, wanted: Wanted, given: Given) -> Section:
    try:
        answer = find(world, wanted.asks, given, wanted.most)
    except ConcertError as error:
        return Section(wanted.name, wanted.title, {}, [], 0, question=wanted.asks, given=given, refused=error.message)
    shown = {each: answer.columns[each] for each in wanted.columns}
    return Section(
        wanted.name,
        wanted.title,
        shown,
        answer.rows,
        answer.total,
        answer.at_least,
        wanted.asks,
        given,
        whole=answer.columns,
    )


def _pairs(world: World, kind: str, id_: str) -> Section:
    """Begun before the programmes are listed, as it takes longest: so they are counted for it.

    An actor's programmes are set beside those of others, so one may be enough.
    """
    given = {kind: [id_]}
    programmes = int(_worked_on(world, kind, id_, "select count(*) as programmes from worked_on")[0]["programmes"])
    if programmes < (2 if kind == "place" else 1):
        return Section(PAIRS.name, PAIRS.title, {}, [], 0)
    if programmes <= SEARCHED:
        return _asked(world, PAIRS, given)
    why = f"There are {programmes:,} programmes, too many to lay every two side by side for this page."
    return Section(PAIRS.name, PAIRS.title, {}, [], 0, question=PAIRS.asks, given=given, refused=why)


def _narrow(world: World, wanted: Wanted, where: str, id_: str, given: Given | None = None) -> Section:
    """The rows of a question of which `where` holds, for questions that have no parameter for what is wanted."""
    asked = given or {}
    rows, total = narrowed(world, wanted.asks, asked, where, (id_, wanted.most))
    header = question(wanted.asks).header
    shown = {each: header.columns[each] for each in wanted.columns}
    return Section(
        wanted.name,
        wanted.title,
        shown,
        rows,
        total,
        question=wanted.asks,
        given=asked,
        exact=False,
        whole=header.columns,
    )


def _own(world: World, wanted: Wanted, columns: Mapping[str, Column], id_: str) -> Section:
    rows, total = listed(world, wanted.asks, id_, wanted.most)
    return Section(wanted.name, wanted.title, columns, rows, total)


def _said(world: World, id_: str) -> Section:
    told = _own(world, SAID, OF_SAID, id_)
    rows = [row | {"about": [each for each in row["about"] or () if each != id_]} for row in told.rows]
    return replace(told, rows=rows)


def _ids(world: World, sql: str, id_: str) -> list[str]:
    return sorted(row["id"] for row in world.rows(sql, {"id": id_}) if row["id"])
