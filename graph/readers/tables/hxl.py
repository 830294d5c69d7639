"""Read a 3W, 4W or 5W with HXL hashtags: each row is a programme, who takes part in it, where and for whom."""

from collections.abc import Iterator
from pathlib import Path

from graph.errors import InvalidData
from graph.readers import Frame, Log, Triples
from graph.readers.tables.admin import Admin
from graph.readers.tables.columns import Columns
from graph.readers.tables.dates import iso
from graph.readers.tables.ledger import Entry, Ledger
from graph.readers.tables.opening import Opening, lines
from graph.readers.tables.organisations import organisations
from graph.readers.tables.tags import tagged
from graph.readers.tables.words import code
from ontology.vocabulary import codes

WHAT = ("subsector", "sector", "activity", "modality", "targeted", "beneficiary", "population")
"""Tags whose words may be a response, a domain or a target."""

COUNTED = {"f": "women", "women": "women", "children": "children", "youth": "young-people", "migrants": "migrants"}
"""Attributes of a count that say whom it counts."""

READ = frozenset(
    ("org", "country", *(f"adm{level}" for level in range(1, 6)), "loc", *WHAT, "project", "programme", "reached")
) | {"date", "status", "value", "currency", "description"}


def read_hxl(file: Path, frame: Frame, log: Log) -> Triples:
    """The claims of a table with hashtags, refused rows going to `log`.

    Options: `country`, where no column names it; `domains`, which all rows are about; `encoding`, `delimiter`,
    `sheet`. Raises InvalidData for a file that is no table or has no hashtags in its first 25 rows.
    """
    ledger = Ledger(file.name, frame, log)
    options = frame.options
    opened = lines(
        file,
        Opening(options.get("encoding"), options.get("delimiter"), options.get("sheet")),
        log.notes.append,
    )
    found, _ = tagged(opened)
    if not found:
        raise InvalidData(
            f"{file.name} has no hashtags in its first 25 rows", where=file.name, expected="a row such as #org, #adm1"
        )
    unread = sorted({str(tag) for tag in found if tag.name not in READ})
    if unread:
        log.notes.append(f"{file.name}: columns not read: {', '.join(unread)}")
    admin = Admin(ledger, str(options.get("country", "")))
    domains = [str(domain) for domain in options.get("domains", ())]
    unknown: dict[str, int] = {}
    for number, cells in opened:
        entry = Entry(ledger, number, f"{file.name} row {number}")
        _enter(entry, Columns(found, cells), admin, domains, unknown)
        yield from entry.commit()
    for words, count in sorted(unknown.items()):
        log.notes.append(f"{file.name}: {words} ({count} rows) has no code of ours; it stays in the description")


def _enter(entry: Entry, row: Columns, admin: Admin, domains: list[str], unknown: dict[str, int]) -> None:
    place, where = admin.place(entry, row)
    parties = organisations(entry, row)
    said = [(tag, text) for tag in WHAT for text in row.texts(tag)]
    title = next(
        (text for tag in ("activity", "project", "programme", "subsector", "sector") for text in row.texts(tag)), ""
    )
    if not title:
        entry.refuse("#activity", "", "a sector, subsector, activity or project")
        return
    found: dict[str, list[str]] = {"response": [], "domain": list(domains), "target": []}
    told: list[str] = []
    for tag, text in said:
        read = [(scheme, notation) for scheme in found if (notation := code(scheme, text))]
        for scheme, notation in read:
            found[scheme].append(notation)
        if not read and not text.replace(",", "").replace(".", "").isdigit():
            unknown[f"#{tag} {text!r}"] = unknown.get(f"#{tag} {text!r}", 0) + 1
        told.append(f"{tag.capitalize()}: {text}.")
    cells = {
        "name": ", ".join(dict.fromkeys([title, *(name for _, _, name in parties[:2]), *([where] if where else [])])),
        "places": place or "",
        "responses": ";".join(dict.fromkeys(found["response"])),
        "domains": ";".join(dict.fromkeys(found["domain"])),
        "targets": ";".join(dict.fromkeys(found["target"])),
        "description": " ".join([*row.texts("description"), *told]),
    }
    for name, attribute in (("starts", "start"), ("ends", "end"), ("active_on", "reported")):
        cells[name] = iso(row.text("date", attribute))
    status = row.text("status")
    cells["status"] = (code("status", status) or status) if status else ""
    cells |= _money(row)
    own = entry.ledger.content_slug(row.cells)
    programme = entry.add("programmes", cells, own)
    for iri, role, _ in parties:
        taking = {"actor": iri, "programme": programme, "role": role}
        entry.add("participations", taking, f"{own}--{role}--{iri.rpartition('/')[2]}", once=True)
    for target, value, what in _counts(row):
        counted = {"about": f"programme:{programme}", "measure": "participants", "unit": "person", "value": value}
        counted |= {"place": place or "", "target": target, "description": what}
        entry.add("observations", counted, f"{own}--reached{'--' + target if target else ''}")


def _money(row: Columns) -> dict[str, str]:
    for tag, text in row.of("value"):
        number = text.replace(" ", "")
        marked = next((attribute.upper() for attribute in sorted(tag.attributes) if len(attribute) == 3), "")
        if number.replace(".", "", 1).isdigit():
            return {"budget": number, "currency": row.text("currency") or marked}
    return {}


def _counts(row: Columns) -> Iterator[tuple[str, str, str]]:
    """Target, number and description of the people that were reached, one for each target that a column counts."""
    seen: set[str] = set()
    reached = [*row.of("reached"), *(pair for pair in row.of("beneficiary") if "reached" in pair[0].attributes)]
    for tag, text in sorted(reached, key=lambda pair: len(pair[0].attributes)):
        target = next((COUNTED[name] for name in sorted(tag.attributes) if name in COUNTED), "")
        if text.isdigit() and target not in seen:
            seen.add(target)
            who = codes("target")[target].label.lower() if target else "people"
            yield target, text, f"How many {who} were reached ({tag})."
