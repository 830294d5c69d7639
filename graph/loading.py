"""Prepare one version of a dataset in a folder of its own: read, count, validate, project. Nothing is kept here."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import astuple, fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from graph.datasets.description import FILE, Description, describe
from graph.datasets.snapshot import CLAIMS, FORMAT, Manifest, hash_folder, write_claims
from graph.datasets.validation import violations
from graph.errors import InvalidData
from graph.readers import Frame, Log, Rejected
from graph.readers.formats import format_of
from graph.readers.layout import LAYOUT
from graph.readers.rdf import SYNTAXES
from graph.readers.sheets import read_sheets
from graph.tables.build import build, file_name
from graph.tables.world import World
from ontology.namespaces import ID, short
from ontology.vocabulary import digest

SHOWN = 20
"""Refused rows that an error names before it only counts the rest."""

REJECTED = "rejected.csv"
"""The log of refused rows beside the claims: which row, which field, what came, what was expected."""

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """A progress that says nothing."""


def prepare(
    folder: Path, description: Description, used: World, draft: Path, progress: Progress
) -> tuple[Manifest, tuple[Rejected, ...]]:
    """Write the claims and the tables of the dataset in `folder` into `draft`, having checked them.

    used  the datasets whose things the rows may refer to. Raises InvalidData as `Library.load` says.
    """
    log = Log()
    progress("reading")
    version, claims = write_claims(draft, description.name, _claims(folder, description, used, log))
    _check_counts(description, log)
    progress("validating")
    _check_shapes(draft / CLAIMS, log)
    progress("projecting")
    build(draft / CLAIMS, draft / file_name())
    manifest = Manifest(
        name=description.name,
        version=version,
        format=FORMAT,
        claims=claims,
        taken=log.taken,
        rejected=log.rejected_rows(),
        notes=tuple(log.notes),
        origin=str(folder.resolve()),
        origin_hash=origin_hash(folder),
        uses=description.uses,
        loaded_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    _write_rejected(draft / REJECTED, log)
    return manifest, tuple(log.rejected)


def origin_hash(folder: Path) -> str:
    """Over the dataset's files and the words that they are read with: a change of either makes other claims."""
    return hashlib.sha256(f"{hash_folder(folder)} {digest()} {LAYOUT.read_text()}".encode()).hexdigest()


def _claims(folder: Path, description: Description, used: World, log: Log) -> Iterator[ox.Triple]:
    known = _known(used)
    frame = partial(
        Frame,
        description.own_prefix,
        description.language,
        description.source_iri,
        known,
        partial(_lookup, used),
        within=partial(_within, used),
    )
    places = {slug: iri for (kind, slug), iri in known.items() if kind == "place"}
    named = {entry.file: entry for entry in description.files}
    found = [file for file in sorted(folder.iterdir()) if file.suffix in SYNTAXES and file.name not in named]
    streams = [read_sheets(folder, frame(), log, apart=frozenset(named))]
    streams += [format_of(file).read(file, frame(), log) for file in found]
    for entry in description.files:
        file = folder / entry.file
        streams.append(format_of(file, entry.format).read(file, frame(options=entry.options), log))
    for stream in streams:
        for triple in stream:
            if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(f"{ID}place/"):
                slug = triple.subject.value.removeprefix(f"{ID}place/")
                places[slug.removeprefix(description.own_prefix)] = triple.subject.value
            yield triple
    yield from describe(description, places)


def _write_rejected(target: Path, log: Log) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.name for field in fields(Rejected)])
        writer.writerows(astuple(rejected) for rejected in log.rejected)


def _known(used: World) -> dict[tuple[str, str], str]:
    """(kind, slug) -> IRI of everything that the used datasets define."""
    return {
        (row["kind"], row["id"].partition("/")[2]): f"{ID}{row['id']}"
        for row in used.rows("select id, kind from thing where starts_with(id, kind || '/')")
    }


LOOKUP = """
select distinct id
from (
    select id from identifier where lower(value) = lower($text)
    union all
    select id from name where lower(strip_accents(name)) = lower(strip_accents($text))
)
where starts_with(id, $kind || '/')
limit 2
"""


def _lookup(used: World, kind: str, text: str) -> str | None:
    """The IRI of the one thing of `kind` that `text` names by identifier, label or alias; None when none or several."""
    found = used.rows(LOOKUP, {"kind": kind, "text": text})
    return f"{ID}{found[0]['id']}" if len(found) == 1 else None


def _within(used: World, place: str, container: str) -> bool:
    """Whether one place lies within another, however far in."""
    found = used.rows(
        "select 1 from place_within where place = $place and ancestor = $container",
        {"place": short(place), "container": short(container)},
    )
    return bool(found)


def _check_counts(description: Description, log: Log) -> None:
    total = sum(log.taken.values()) + log.rejected_rows()
    if log.rejected_rows() > description.reject_share * total:
        shown = "\n".join(f"  {r}" for r in log.rejected[:SHOWN])
        more = len(log.rejected) - SHOWN
        raise InvalidData(
            f"{description.name}: {log.rejected_rows()} of {total} rows were refused; nothing was loaded\n{shown}"
            + (f"\n  and {more} more" if more > 0 else ""),
            where=str(log.rejected[0].file),
            expected=f"at most {description.reject_share:.0%} of the rows refused",
        )
    for sheet, (low, high) in description.expect.items():
        count = log.taken.get(sheet, 0)
        if not low <= count <= high:
            raise InvalidData(
                f"{description.name}: {sheet} has {count} rows, outside the bounds that {FILE} states",
                where=f"{FILE}: expect.{sheet}",
                given=str(count),
                expected=f"{low} to {high} rows",
            )


def _check_shapes(claims: Path, log: Log) -> None:
    broken = list(violations(claims))
    if broken:
        shown = []
        for violation in broken[:SHOWN]:
            file, row = log.origin.get(violation.focus, (FILE, 0))
            place = f"{file} row {row}" if row else f"{file} {violation.focus}"
            shown.append(f"  {place}, {violation.path}: {violation.message} (got {violation.value!r})")
        raise InvalidData(
            f"{len(broken)} claims break the ontology's shapes; nothing was loaded\n" + "\n".join(shown),
            where=shown[0].strip().partition(",")[0],
            expected="claims that the shapes under ontology/shapes accept",
        )
