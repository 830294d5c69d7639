"""Draft a mapping from the headers of a table and a sample of what stands under them."""

import re
from dataclasses import dataclass, field
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
    "acronym": ("shortname", "short name", "abbreviation"),
    "aliases": ("synonyms", "other names", "exact label"),
    "iso2": ("iso alpha 2", "iso 3166 1 alpha 2"),
    "iso3": ("iso alpha 3", "iso 3166 1 alpha 3"),
    "geonames": ("geoname id", "geonames id"),
    "wikidata": ("wikidata id",),
    "name_ru": ("official name ru", "name russian"),
    "name_fr": ("official name fr", "name french"),
}
"""Headers that tables often use for a column of ours."""

OF_BODIES = (
    "name",
    "display name",
    "organisation",
    "organization",
    "official name en",
    "cldr display name",
    "country name",
)
"""Headers for the name of what a row is about where it is no programme."""

DRAFTED = ("programmes", "participations", "observations", "commitments", "actors", "places")
IDENTIFIED = {"actors": "acronym", "places": "iso2"}
"""Sheets that a table is drafted for where it has this column, and only there: names alone may be of anything."""

CLASSES = {"actors": "Organisation", "places": "Country"}


MEASURES = (
    (r"seiz", "seizures", "number"),
    (r"victim|exploit|trafficked", "victims", "person"),
    (r"crs|donor|fund|disburse|aid|recipient|budget", "funding", "us-dollar"),
    (r"arrest", "arrests", "arrest"),
    (r"convict", "convictions", "case"),
    (r"migrant|person|people", "migrants", "person"),
)
"""Words in the headers or the file's name, and the measure and unit that they suggest; the first that is found."""

DAY = r"\d{1,2} \w+ \d{4}"
CODED = r"\d{3,5}"
BELOW_ZERO = {"unless": ["-.*"]}
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
    if sheet.name == "observations" and "place" not in matched:
        named = [column for column in single if column.values and not _all(column.values, r"[-\d., ]*")]
        matched |= {"place": named[0]} if named else {}
    guesses = Guesses(file.stem, sheet, seen, wide)
    draft: dict[str, object] = {"title": file.stem, "rows": _rows(sheet, matched, wide, guesses)}
    draft |= {"beyond": "drop"} if any(len(cells) > len(table.names) for cells in rows) else {}
    used = {column.header for column in matched.values()} | set(wide)
    lines = ["# A draft from the headers and a sample: check every line, fill in what is empty, then load with it."]
    lines += [f"# {note}" for note in notes]
    lines += [f"# guessed, since no column says it: {name}" for name in guesses.made]
    lines += [f"# not understood: {c.header} ({', '.join(c.values[:3])[:80]})" for c in seen if c.header not in used]
    return "\n".join(" ".join(line.split()) for line in lines) + "\n" + _yaml(draft)


@dataclass
class Guesses:
    """What a sheet needs and no column says; `made` are those that were asked for, to be told."""

    stem: str
    sheet: Sheet
    seen: list[Seen]
    wide: list[str]
    made: dict[str, None] = field(default_factory=dict)

    @property
    def dated(self) -> list[Seen]:
        """The columns that begin with a day."""
        return [column for column in self.seen if column.values and _all(column.values, DAY + ".*")]

    def of(self, name: str) -> object:
        """A value for a required column."""
        said = " ".join([self.stem, *(column.header for column in self.seen)]).lower()
        told = next((found for words, *found in MEASURES if re.search(words, said)), ["flow-volume", "number"])
        values: dict[str, object] = {
            "class": CLASSES.get(self.sheet.name, ""),
            "measure": told[0],
            "unit": told[1],
            "description": f"{self.stem}: " + "{column}" if self.wide else self.stem,
            "instrument": {"from": "{file}", "mint": {"class": "Treaty"}},
            "action": "ratification",
        }
        self.made[name] = None
        return values.get(name, "TODO")

    def actor(self, matched: dict[str, Seen]) -> str:
        """The column that names who does it, empty where none seems to."""
        column, free = sheets()["participations"].columns["actor"], [c for c in self.seen if c not in matched.values()]
        best = max(free, key=lambda c: _likeness(sheets()["participations"], column, c), default=None)
        found = best is not None and _likeness(sheets()["participations"], column, best) >= ALIKE
        return "{" + best.header + "}" if best is not None and found else ""


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
            (_likeness(sheet, column, candidate), name, at)
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


def _likeness(sheet: Sheet, column: Column, seen: Seen) -> float:
    header = " ".join(re.findall(r"[a-z]+|\d+", seen.header.lower()))
    words = OF_BODIES if column.name == "name" and sheet.name in CLASSES else WORDS.get(column.name, ())
    names = (column.name.replace("_", " "), *words)
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
    if sheet.name in IDENTIFIED and IDENTIFIED[sheet.name] not in matched:
        return -1.0, 0
    share = sum(name in matched or name == "class" for name in required) / len(required)
    certain = 0.5 if sheet.name in IDENTIFIED else 0.0
    return share + certain + len(matched) / 10, -DRAFTED.index(sheet.name)


def _rows(sheet: Sheet, matched: dict[str, Seen], wide: list[str], guesses: "Guesses") -> list[dict[str, object]]:
    columns: dict[str, object] = {}
    for name, column in sheet.columns.items():
        if name in matched:
            columns[name] = _cell(column, matched[name])
        elif column.required and (name != "class" or sheet.name in CLASSES):
            columns[name] = guesses.of(name)
    record: dict[str, object] = {"sheet": sheet.name}
    if wide:
        coded = all(re.fullmatch(CODED, name) for name in wide)
        each: dict[str, object] = {"columns": CODED if coded else list(wide)}
        record["each"] = each | (BELOW_ZERO if "value" in sheet.columns else NOT_TICKED)
        if "value" in sheet.columns:
            columns["value"] = "{cell}"
        elif "responses" in sheet.columns:
            columns["responses"] = {"from": "{column}", "map": _pairs("response", wide)}
    if sheet.name == "commitments":
        return _commitments(columns, matched, guesses)
    if sheet.name != "programmes":
        return [record | {"columns": columns}]
    programme = record | {"name": "programme", "columns": columns}
    who = guesses.actor(matched)
    taking: dict[str, object] = {"actor": who, "programme": "@programme", "role": "implementing"}
    return [programme, {"sheet": "participations", "columns": taking}] if who else [programme]


def _commitments(columns: dict[str, object], matched: dict[str, Seen], guesses: "Guesses") -> list[dict[str, object]]:
    """A record for each column that begins with a day: what a State did then, by the column's name."""
    if "state" in matched:
        columns["state"] = {"from": "{" + matched["state"].header + "}", "mint": {"class": "State", "state": "{text}"}}
    records: list[dict[str, object]] = []
    for column in guesses.dated:
        day = {"from": "{" + column.header + "}", "match": DAY}
        done = code("action", column.header) or guesses.of("action")
        said: dict[str, object] = columns | {"on": day, "action": done}
        records.append({"sheet": "commitments", "when": "{" + column.header + "}", "columns": said})
    return records or [{"sheet": "commitments", "columns": columns}]


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
