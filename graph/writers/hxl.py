"""A part as HXL CSV, a 5W: who does what, where, when and for whom, a row for each place and period of a programme."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from graph.readers.tables.words import code
from graph.tables.engine import Row
from graph.writers.answers import cite, inert
from graph.writers.part import Part, Told, handling
from graph.writers.periods import bounds
from ontology.vocabulary import codes

ROLES = ("funding", "accountable", "extending", "implementing", "host", "partner")
TAGS = {"implementing": "impl", "accountable": "prog"}
"""Roles that HXL has a word for of its own."""

TYPES = {
    "con:State": "Government",
    "con:Agency": "Government",
    "con:InternationalOrganisation": "International organisation",
    "con:NonGovernmentalOrganisation": "NGO",
    "con:Company": "Company",
    "con:Foundation": "Foundation",
}
OTHER = "Other"

COLUMNS: tuple[tuple[str, str], ...] = (
    ("Programme", "#project+name"),
    ("Programme id", "#project+code"),
    *(
        column
        for role in ROLES
        for column in (
            (f"{role.capitalize()} organisation", f"#org+{TAGS.get(role, role)}+name"),
            (f"{role.capitalize()} organisation id", f"#org+{TAGS.get(role, role)}+code"),
            (f"{role.capitalize()} organisation type", f"#org+{TAGS.get(role, role)}+type"),
        )
    ),
    ("Domain", "#sector+domain"),
    ("Response", "#subsector+response"),
    ("Target", "#beneficiary+type"),
    ("Country or region code", "#country+code"),
    ("Country or region", "#country+name"),
    ("Division code", "#adm1+code"),
    ("Division", "#adm1+name"),
    ("Place code", "#loc+code"),
    ("Place", "#loc+name"),
    ("Start", "#date+start"),
    ("End", "#date+end"),
    ("Known active on", "#date+reported"),
    ("Status", "#status"),
    ("Budget", "#value+budget"),
    ("Currency", "#currency+code"),
    ("About", "#description"),
    ("Sources", "#meta+source+name"),
    ("Source addresses", "#meta+source+url"),
    ("Dataset", "#meta+dataset+name"),
    ("Licence", "#meta+licence"),
    ("Handling", "#meta+handling"),
)
"""Titles and hashtags. Those of the sources are `#meta`, which HXL keeps for what is about the data."""

WHAT = (("domains", "domain"), ("responses", "response"), ("targets", "target"))


def write_hxl(part: Part, out: BinaryIO) -> Told:
    """The part as HXL CSV in UTF-8, the titles in the first row and the hashtags in the second."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        return _write(part, text)
    finally:
        text.detach()


def _write(part: Part, text: io.TextIOWrapper) -> Told:
    writer = csv.writer(text)
    writer.writerow([title for title, _ in COLUMNS])
    writer.writerow([tag for _, tag in COLUMNS])
    datasets = {dataset["name"]: dataset for dataset in part.datasets}
    label = handling(part.datasets)
    written, unsaid = (
        {"programmes": 0, "rows": 0},
        dict.fromkeys(("names in other languages and aliases", "parents"), 0),
    )
    for record in part.records():
        written["programmes"] += 1
        unsaid["names in other languages and aliases"] += len(record["names"]) - 1 if record["names"] else 0
        unsaid["parents"] += record["parent"] is not None
        for cells in _rows(record):
            shown = _evidence(record, cells.pop("claims"), datasets, label)
            writer.writerow([inert((cells | shown).get(tag, "")) for _, tag in COLUMNS])
            written["rows"] += 1
    return Told(written, {name: count for name, count in unsaid.items() if count})


def _rows(record: Row) -> Iterator[dict[str, Any]]:
    """The rows of a programme: one for each of its places and for each period in which somebody takes part."""
    said = {
        "#project+name": _one(record["label"]),
        "#project+code": record["id"],
        "#sector+domain": _words("domain", record["domains"]),
        "#subsector+response": _words("response", record["responses"]),
        "#beneficiary+type": _words("target", record["targets"]),
        "#status": _words("status", [record["status"]] if record["status"] else []),
        "#description": record["description"] or "",
    }
    # The sum stands once: whoever adds the column up must not count it again for each place.
    money = {"#value+budget": _plain(record["budget"]), "#currency+code": record["currency"] or ""}
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for party in record["parties"]:
        held = party if party["from_date"] is not None else record
        groups.setdefault(bounds(held), []).append(party)
    if not groups:
        groups[bounds(record)] = []
    for place in record["places"] or [None]:
        for (starts, ends, active), parties in groups.items():
            claims = {record["id"], *(party["id"] for party in parties)}
            when = {"#date+start": starts, "#date+end": ends, "#date+reported": active}
            yield {**said, **money, **_where(place), **when, **_who(parties), "claims": claims}
            money = {}


def _where(place: Row | None) -> dict[str, str]:
    """The cells of a place. One that lies in no country stands in the place of the country, as in many a 3W."""
    if place is None:
        return {}
    country = place["countries"][0] if place["countries"] else place
    own = {"#country+code": country["iso3"] or _slug(country["id"]), "#country+name": country["label"]}
    if country["id"] == place["id"]:
        return own
    tag = "#adm1" if place["class"] == "con:AdministrativeDivision" else "#loc"
    return own | {f"{tag}+code": _slug(place["id"]), f"{tag}+name": place["label"]}


def _who(parties: Sequence[Row]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for role in ROLES:
        held = {party["actor"]: party for party in parties if party["role"] == f"role/{role}"}
        tag = f"#org+{TAGS.get(role, role)}"
        named = [(_called(party), _slug(party["actor"]), TYPES.get(party["class"], OTHER)) for party in held.values()]
        for part, values in zip(("name", "code", "type"), zip(*named, strict=True), strict=False):
            cells[f"{tag}+{part}"] = "; ".join(values)
    return cells


def _called(party: Row) -> str:
    """The name; where another actor bears it too, the id tells them apart."""
    name = _one(party["label"])
    return f"{name} ({_slug(party['actor'])})" if party["shared"] else name


def _evidence(record: Row, claims: set[str], datasets: dict[str, Row], label: str) -> dict[str, str]:
    sources = [source for source in record["sources"] if source["claim"] in claims]
    named = sorted({source["dataset"] for source in sources})
    licences = [f"{name}: {datasets[name]['licence']}" for name in named if datasets.get(name)]
    return {
        "#meta+source+name": "; ".join(dict.fromkeys(cite(source) for source in sources)),
        "#meta+source+url": "; ".join(dict.fromkeys(source["url"] for source in sources if source["url"])),
        "#meta+dataset+name": "; ".join(named),
        "#meta+licence": "; ".join(licences),
        "#meta+handling": label,
    }


def _words(scheme: str, ids: Sequence[str]) -> str:
    return "; ".join(_word(scheme, _slug(id_)) for id_ in ids)


def _word(scheme: str, notation: str) -> str:
    """The label of a code where a reader of HXL understands it as that code and no other, else the notation."""
    label = codes(scheme)[notation].label
    meant = {(other, found) for other in ("domain", "response", "target", "status") if (found := code(other, label))}
    plain = not set(label) & set(";|")
    return label if plain and meant == {(scheme, notation)} else notation


def _slug(id_: str) -> str:
    return id_.partition("/")[2]


def _one(text: str) -> str:
    """The text as one value of a cell: what stands between values in HXL becomes a comma."""
    return text.replace(";", ",").replace("|", ",")


def _plain(number: float | None) -> str:
    return "" if number is None else format(Decimal(str(number)).normalize(), "f")
