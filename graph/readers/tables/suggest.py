"""Draft a mapping from the headers of a table and a sample of what stands under them."""

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from graph.readers.layout import Column, Sheet, sheets
from graph.readers.tables.dates import iso
from graph.readers.tables.header import open_table
from graph.readers.tables.opening import Opening
from graph.readers.tables.words import code

SAMPLE = 500
ALIKE = 80
"""Least likeness, out of 100, of a header to the name of a column."""

DISTINCT = 40
"""Most different values for which a value map is drafted."""

WORDS = {
    "name": ("title", "project", "project title", "activity", "programme"),
    "places": ("country", "province", "district", "oblast", "location", "where", "governorate", "region"),
    "place": ("country", "recipient", "country of exploitation", "location"),
    "responses": ("activity type", "sector", "intervention", "type of effort", "what"),
    "domains": ("drug name", "type of trafficking", "theme"),
    "domain": ("drug name", "drug", "substance", "type of trafficking", "exploitation"),
    "targets": ("beneficiaries", "target group", "for whom"),
    "actor": ("organisation", "organization", "agency", "implementing partner", "implementer", "who", "partner"),
    "starts": ("start", "start date", "from", "date", "year", "seizure date"),
    "ends": ("end", "end date", "to", "until"),
    "value": ("amount", "quantity", "count", "number", "total"),
    "unit": ("drug unit", "measure unit"),
    "state": ("participant", "state party"),
    "on": ("signature", "ratification", "accession"),
    "budget": ("budget usd", "amount usd", "cost"),
}
"""Headers that tables often use for a column of ours."""

DRAFTED = ("programmes", "participations", "observations", "commitments")


CODED = r"\d{3,5}"
NOT_TICKED = {"unless": ["(?i)n|no|0|false"]}
TICKED = r"(?i)x|y|n|yes|no|1|0|true|false|✓"


@dataclass(frozen=True)
class Seen:
    """A header and the different values of the sample under it, those met first before others."""

    header: str
    values: list[str]
    filled: int


def suggest(file: Path) -> str:
    """The text of a mapping for a table, with value maps to fill in; what was not understood stands in comments.

    It is a draft for a person to finish; `parse_mapping` reads it. Raises what opening the table raises.
    """
    notes: list[str] = []
    table = open_table(file, Opening(), None, notes.append)
    rows = [cells for _, cells in islice(table.rows, SAMPLE)]
    seen = [_seen(name, at, rows) for at, name in enumerate(table.names)]
    wide, drafted = _wide(seen)
    single = [column for column in seen if column.header not in wide]
    sheet, matched = max(
        ((sheets()[name], _matched(sheets()[name], single, bool(wide))) for name in drafted),
        key=lambda pair: _fit(*pair),
    )
    draft: dict[str, object] = {"title": file.stem, "rows": _rows(sheet, matched, wide)}
    used = {column.header for column in matched.values()} | set(wide)
    lines = ["# A draft from the headers and a sample: check every line, fill in what is empty, then load with it."]
    lines += [f"# {note}" for note in notes]
    lines += [f"# not understood: {c.header} ({', '.join(c.values[:3])[:80]})" for c in seen if c.header not in used]
    return "\n".join(" ".join(line.split()) for line in lines) + "\n" + _yaml(draft)


def _seen(name: str, at: int, rows: list[list[str]]) -> Seen:
    filled = [cells[at] for cells in rows if at < len(cells) and cells[at]]
    return Seen(name, list(dict.fromkeys(filled)), len(filled))


def _wide(seen: list[Seen]) -> tuple[list[str], tuple[str, ...]]:
    """Columns that stand side by side for one thing (numeric codes, ticks, many figures), and the sheets they suit."""
    coded = [column.header for column in seen if re.fullmatch(CODED, column.header)]
    if len(coded) > 2:
        return coded, ("observations",)
    numbers = [column.header for column in seen if column.values and _all(column.values, r"-?[\d.,]+")]
    ticked = [column.header for column in seen if column.values and _all(column.values, TICKED)]
    if len(numbers) > max(10, len(ticked)):
        return numbers, ("observations",)
    return (ticked, ("programmes",)) if len(ticked) > 2 else ([], DRAFTED)


def _all(values: list[str], pattern: str) -> bool:
    return all(re.fullmatch(pattern, value) for value in values)


def _matched(sheet: Sheet, seen: list[Seen], wide: bool) -> dict[str, Seen]:
    """The best header for each column of a sheet; no header serves two."""
    scored = sorted(
        (
            (_likeness(column, candidate), name, at)
            for name, column in sheet.columns.items()
            for at, candidate in enumerate(seen)
            if not (wide and name == "value")
        ),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    matched: dict[str, Seen] = {}
    for score, name, at in scored:
        if score >= ALIKE and name not in matched and seen[at] not in matched.values():
            matched[name] = seen[at]
    return matched


def _likeness(column: Column, seen: Seen) -> float:
    header = " ".join(re.findall(r"[a-z]+|\d+", seen.header.lower()))
    names = (column.name.replace("_", " "), *WORDS.get(column.name, ()))
    score = max(fuzz.ratio(header, name) for name in names)
    score = max(
        score, *(85.0 if re.search(rf"\b{re.escape(name)}\b", header) and len(name) > 4 else 0 for name in names)
    )
    sample = seen.values[:50]
    if not sample:
        return 0
    share = sum(_fits(column, value) for value in sample) / len(sample)
    if column.type in {"date", "number"}:
        return score if share > 0.8 else 0
    if column.type == "ref" and _all(sample, r"[\d.]+"):
        return 0  # a number names nothing to a reader
    if column.type == "code":
        return max(score, 90 * share) if share > 0 or score >= ALIKE else 0
    return score


def _fits(column: Column, value: str) -> bool:
    if column.type == "date":
        return bool(re.fullmatch(r"\d{4}(-\d{2}){0,2}", iso(value)))
    if column.type == "number":
        return bool(re.fullmatch(r"-?\d[\d., ]*", value))
    if column.type == "code":
        return code(column.of[0], value) is not None
    return True


def _fit(sheet: Sheet, matched: dict[str, Seen]) -> tuple[float, int]:
    required = [name for name, column in sheet.columns.items() if column.required]
    return sum(name in matched for name in required) / len(required) + len(matched) / 10, -list(DRAFTED).index(
        sheet.name
    )


def _rows(sheet: Sheet, matched: dict[str, Seen], wide: list[str]) -> list[dict[str, object]]:
    columns: dict[str, object] = {}
    for name, column in sheet.columns.items():
        if name in matched:
            columns[name] = _cell(column, matched[name])
        elif column.required and column.type != "class":
            columns[name] = "TODO"
    record: dict[str, object] = {"sheet": sheet.name}
    if wide:
        coded = all(re.fullmatch(CODED, name) for name in wide)
        each: dict[str, object] = {"columns": CODED if coded else list(wide)}
        record["each"] = each | ({} if "value" in sheet.columns else NOT_TICKED)
        if "value" in sheet.columns:
            columns["value"] = "{cell}"
        elif "responses" in sheet.columns:
            columns["responses"] = {"from": "{column}", "map": _pairs("response", wide)}
    if sheet.name != "programmes":
        return [record | {"columns": columns}]
    taking: dict[str, object] = {"actor": "TODO", "programme": "@programme", "role": "implementing"}
    return [record | {"name": "programme", "columns": columns}, {"sheet": "participations", "columns": taking}]


def _cell(column: Column, seen: Seen) -> object:
    source = "{" + seen.header + "}"
    several = next((sign for sign in (";", "|") if sum(sign in v for v in seen.values) * 5 > len(seen.values)), None)
    cell: dict[str, object] = {"from": source}
    if several and column.many:
        cell["split"] = several
    if column.type == "code":
        words = [part.strip() for value in seen.values for part in (value.split(several) if several else [value])]
        if 0 < len(set(words)) <= DISTINCT:
            cell |= {"map": _pairs(column.of[0], list(dict.fromkeys(words))), "otherwise": "refuse"}
    return cell if len(cell) > 1 else source


def _pairs(scheme: str, words: list[str]) -> dict[str, str]:
    return {word: code(scheme, word) or "" for word in words}


def _yaml(draft: dict[str, object]) -> str:
    return yaml.safe_dump(draft, allow_unicode=True, sort_keys=False, width=110)
