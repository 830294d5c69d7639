"""A matrix of what is recorded: rows by columns, with true margins, and empty cells told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Literal

from graph.questions.answer import labels_of, question
from graph.questions.parameters import Parameter, resolve
from graph.questions.query import Query
from graph.tables.world import World
from ontology.vocabulary import codes, kinds

HERE = Path(__file__).parent
QUERIES = {name: (HERE / f"{name}.sql").read_text(encoding="utf-8") for name in ("cells", "coverage", "regions")}
CELLS = 200_000
"""At most so many cells are read; more than any reader looks at, and few enough to lay out."""
ROWS, COLUMNS = 150, 40
"""At most so many are drawn: the fullest ones, and the page says of how many."""

PARAMETERS: dict[str, Parameter] = {
    "sort": Parameter(
        title="Order",
        type="choice",
        of=("name", "most first", "fewest first"),
        default="name",
        about="rows and columns by name or by their number of programmes",
    ),
    "group": Parameter(
        title="Group rows",
        type="choice",
        of=("no", "by region or theme"),
        default="no",
        about="places under the narrowest region that holds them, codes under their broadest theme",
    ),
    "empty": Parameter(
        title="Empty rows",
        type="choice",
        of=("shown", "left out"),
        default="shown",
        about="also the places that a dataset sets out to cover and the broadest domains, though nothing is recorded",
    ),
}

State = Literal["counted", "ended", "planned", "none-recorded", "no-source"]


@dataclass(frozen=True)
class Side:
    """A row or a column: what it stands for (None: not told by any source), and how many programmes it has in all."""

    id: str | None
    label: str
    programmes: int = 0
    proposed: int = 0
    group: str = ""


@dataclass(frozen=True)
class Cell:
    """`programmes` run or ran, `running` of them still run, `proposed` are only proposed; `heat` is 0 to 4 (a root)."""

    state: State
    programmes: int = 0
    running: int = 0
    proposed: int = 0
    heat: int = 0


@dataclass(frozen=True)
class Matrix:
    """Rows by columns; of more than are drawn, `all_rows` and `all_columns` tell how many there are."""

    down: str
    across: str
    rows: tuple[Side, ...]
    columns: tuple[Side, ...]
    cells: Mapping[tuple[str | None, str | None], Cell]
    programmes: int
    proposed: int
    all_rows: int
    all_columns: int

    def cell(self, row: Side, column: Side) -> Cell:
        """What stands where a row and a column meet."""
        return self.cells[row.id, column.id]

    @property
    def groups(self) -> list[tuple[str, list[Side]]]:
        """The rows under the name of their group, in order."""
        found: dict[str, list[Side]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append(row)
        return list(found.items())


@dataclass(frozen=True)
class Covered:
    """What datasets set out to record: pairs of place and domain, with None for any; and the places that they name."""

    pairs: frozenset[tuple[str | None, str | None]]
    named: tuple[str, ...]

    def holds(self, place: str | None, domain: str | None) -> bool:
        """Whether some dataset set out to record this; None stands for any place or any domain."""
        return (place, domain) in self.pairs


def parameters() -> dict[str, Parameter]:
    """Everything that a matrix can be asked for: what the question takes, and how it is laid out."""
    return question("presence-matrix").parameters | PARAMETERS


def matrix(world: World, given: Mapping[str, Sequence[str]]) -> Matrix:
    """The matrix for the texts `given`. Raises InvalidParameter for anything wrong in a parameter."""
    values = resolve(world, parameters(), given)
    down, across = str(values["rows"]), str(values["columns"])
    counted = _counted(world, {name: texts for name, texts in given.items() if name not in PARAMETERS})
    covered = _covered(world, values, [row[side] for side in _places(down, across) for row in counted])
    rows = {row["down"]: row for row in counted if row["all_across"] and not row["all_down"]}
    columns = {row["across"]: row for row in counted if row["all_down"] and not row["all_across"]}
    if values["empty"] == "shown":
        for kind, sides in ((down, rows), (across, columns)):
            for id_ in _expected(kind, values, covered):
                sides.setdefault(id_, {})
    labels = labels_of(world, {id_ for id_ in (*rows, *columns) if id_})
    groups = _groups(world, down, list(rows)) if values["group"] != "no" else {}
    drawn_rows = _sides(rows, labels, groups, str(values["sort"]), ROWS)
    drawn_columns = _sides(columns, labels, {}, str(values["sort"]), COLUMNS)
    inner = {(r["down"], r["across"]): r for r in counted if not r["all_down"] and not r["all_across"]}
    most = max((r["programmes"] for r in inner.values()), default=0)
    whole: Mapping[str, Any] = next((r for r in counted if r["all_down"] and r["all_across"]), {})
    return Matrix(
        down=down,
        across=across,
        rows=drawn_rows,
        columns=drawn_columns,
        cells={
            (r.id, c.id): _cell(inner.get((r.id, c.id)), most, _holds(covered, {down: r.id, across: c.id}))
            for r in drawn_rows
            for c in drawn_columns
        },
        programmes=whole.get("programmes", 0),
        proposed=whole.get("proposed", 0),
        all_rows=len(rows),
        all_columns=len(columns),
    )


def _places(down: str, across: str) -> list[str]:
    return [side for side, kind in (("down", down), ("across", across)) if kind == "place"]


def _holds(covered: Covered, sides: Mapping[str, str | None]) -> bool:
    return covered.holds(sides.get("place"), sides.get("domain"))


def _counted(world: World, given: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    asked = question("presence-matrix")
    header = asked.header.model_copy(update={"order": ("all_down", "all_across", "down", "across")})
    own = asked.model_copy(update={"found": QUERIES["cells"], "page": "", "total": "", "step": "", "header": header})
    return Query(own, resolve(world, asked.parameters, given)).page(world, CELLS, 0, {})


def _covered(world: World, values: Mapping[str, Any], places: Sequence[str | None]) -> Covered:
    """What the datasets cover of the places that matter here."""
    rows = world.rows(
        QUERIES["coverage"],
        {
            **{name: values[name] for name in ("on", "from", "to", "dataset")},
            "places": [*(place for place in places if place), *(values["place"] or ())],
            "complete": not values["place"],
        },
    )
    found = [(row["place"], row["domain"]) for row in rows]
    widened = {pair for p, d in found for pair in ((p, d), (p, None), (None, d), (None, None))}
    return Covered(frozenset(widened), tuple(sorted({row["place"] for row in rows if row["named"]})))


def _expected(kind: str, values: Mapping[str, Any], covered: Covered) -> Sequence[str]:
    """What deserves a row or column though nothing is recorded: what was asked for, or else places that a dataset
    names and the broadest domains that one covers."""
    asked: list[str] | None = values.get(kind)
    if asked is not None:
        return asked
    if kind == "place":
        return covered.named
    if kind == "domain":
        return [code.id for code in codes(kind).values() if not code.broader and covered.holds(None, code.id)]
    return ()


def _groups(world: World, kind: str, ids: Sequence[str | None]) -> dict[str | None, str]:
    """The name of the group of each id: the narrowest region of a place, the broadest theme of a code."""
    if kind == "place":
        found = world.rows(QUERIES["regions"], {"places": [id_ for id_ in ids if id_]})
        labels = labels_of(world, {row["region"] for row in found})
        return {row["place"]: labels[row["region"]] for row in found}
    if kind not in kinds():
        return {}
    listed = {code.id: code for code in codes(kind).values()}
    groups: dict[str | None, str] = {}
    for id_ in ids:
        code = listed.get(id_ or "")
        while code and code.broader:
            code = listed[code.broader[0]]
        if code:
            groups[id_] = code.label
    return groups


def _sides(
    found: Mapping[str | None, Mapping[str, Any]],
    labels: Mapping[str, str],
    groups: Mapping[str | None, str],
    sort: str,
    most: int,
) -> tuple[Side, ...]:
    """The sides in order, the fullest `most` of them."""
    sides = [
        Side(
            id_,
            labels.get(id_, id_) if id_ else "not told",
            row.get("programmes", 0),
            row.get("proposed", 0),
            groups.get(id_, "No group" if groups else ""),
        )
        for id_, row in found.items()
    ]
    kept = sorted(sides, key=lambda side: (-side.programmes, side.label))[:most]
    sign = {"name": 0, "most first": -1, "fewest first": 1}[sort]
    # What no source tells comes last, whatever the order.
    return tuple(
        sorted(
            kept,
            key=lambda side: (
                side.group == "No group",
                side.group,
                side.id is None,
                sign * side.programmes,
                side.label,
            ),
        )
    )


def _cell(row: Mapping[str, Any] | None, most: int, covered: bool) -> Cell:
    if row is None:
        return Cell("none-recorded" if covered else "no-source")
    programmes, running, proposed = row["programmes"], row["running"], row["proposed"]
    state: State = "counted" if running else "ended" if programmes else "planned"
    heat = min(4, 1 + int(3.999 * sqrt(programmes / most))) if most and running else 0
    return Cell(state, programmes, running, proposed, heat)
