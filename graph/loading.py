"""Prepare one version of a dataset in a folder of its own: read, count, validate, project. Nothing is kept here."""

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, fields
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Protocol, runtime_checkable

import pyoxigraph as ox

from graph.datasets.description import FILE, Description, describe
from graph.datasets.snapshot import CLAIMS, FORMAT, Manifest, hash_folder, write_claims
from graph.datasets.validation import violations
from graph.errors import InvalidData
from graph.readers import Frame, Log, Rejected
from graph.readers.formats import Format, format_of
from graph.readers.layout import LAYOUT
from graph.readers.rdf import SYNTAXES
from graph.readers.sheets import read_sheets
from graph.tables.build import build, file_name
from graph.tables.engine import Row
from graph.tables.small_counts import SmallCounts, small_counts, withheld
from graph.tables.world import World
from ontology.namespaces import ID, short
from ontology.vocabulary import digest

SHOWN = 20
"""Refused rows that an error names before it only counts the rest."""

PLACE = f"{ID}place/"
ABOUT_PLACE = re.compile(rb"^<" + re.escape(PLACE.encode()) + rb"([^>]*)>", re.MULTILINE)

HELD = 100_000
"""Answers on what lies within what that are kept while a dataset is read."""

REJECTED = "rejected.csv"
"""The log of refused rows beside the claims: which row, which field, what came, what was expected."""

Progress = Callable[[str], None]
"""Is called with the name of each step as it begins. One that is a `Watcher` besides is told the share that is done."""


@runtime_checkable
class Watcher(Protocol):
    """A progress that can show a bar."""

    def __call__(self, step: str) -> None:
        """A step begins, of which no share is known yet."""

    def advance(self, share: float) -> None:
        """Of the step that was named last, this share is done, from 0 to 1; not every step tells it."""


def silent(step: str) -> None:
    """A progress that says nothing."""


def _unseen(share: float) -> None:
    """Nobody watches."""


def _advance(progress: Progress) -> Callable[[float], None]:
    return progress.advance if isinstance(progress, Watcher) else _unseen


def prepare(
    folder: Path, description: Description, used: World | None, draft: Path, progress: Progress
) -> tuple[Manifest, tuple[Rejected, ...]]:
    """Write the claims and the tables of the dataset in `folder` into `draft`, having checked them.

    used  the datasets whose things the rows may refer to, if there are any. Raises InvalidData as `Library.load` says.
    """
    log, advance = Log(), _advance(progress)
    progress("reading")
    version, claims = write_claims(draft, description.name, _claims(folder, description, used, log, advance))
    _check_counts(description, log)
    progress("validating")
    _check_shapes(draft / CLAIMS, log, advance)
    progress("projecting")
    build(draft / CLAIMS, draft / file_name())
    if small := small_counts(draft / file_name()):
        progress("withholding small counts")
        version, claims = write_claims(draft, description.name, withheld(draft / CLAIMS, small))
        build(draft / CLAIMS, draft / file_name())
        log.notes.append(_withheld(small, log))
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


def _withheld(small: SmallCounts, log: Log) -> str:
    """What a person should know of the counts that were not kept: of which observations, never how many persons."""
    named = []
    for iri in islice(small, SHOWN):
        file, row = log.origin.get(iri, ("", 0))
        named.append(f"{file} row {row}" if row else short(iri))
    more = f" and {len(small) - SHOWN} more" if len(small) > SHOWN else ""
    return f"counts of fewer than ten persons withheld, with the words about them: {', '.join(named)}{more}"


def origin_hash(folder: Path) -> str:
    """Over the dataset's files and the words that they are read with: a change of either makes other claims."""
    return hashlib.sha256(f"{hash_folder(folder)} {digest()} {LAYOUT.read_text()}".encode()).hexdigest()


def _claims(
    folder: Path, description: Description, used: World | None, log: Log, advance: Callable[[float], None]
) -> Iterator[ox.Triple | bytes]:
    """Every claim of the dataset: a triple each, or many at once as lines of N-Triples where a file needs no change."""
    known = Known(used)
    frame = partial(
        Frame,
        description.own_prefix,
        description.language,
        description.source_iri,
        known,
        Names(used).find,
        within=lru_cache(maxsize=HELD)(partial(_within, used)),
    )
    places = known.of("place")
    named = {entry.file: entry for entry in description.files}
    found = [file for file in sorted(folder.iterdir()) if file.suffix in SYNTAXES and file.name not in named]
    read: list[tuple[Path, Format, Frame]] = [(file, format_of(file), frame()) for file in found]
    for entry in description.files:
        file = folder / entry.file
        read.append((file, format_of(file, entry.format), frame(options=entry.options)))
    sizes = [file.stat().st_size for file, _, _ in read]
    streams: list[Iterator[ox.Triple | bytes]] = [read_sheets(folder, frame(), log, apart=frozenset(named))]
    for number, (file, format_, asked) in enumerate(read):
        share = _part(advance, sum(sizes[:number]), sizes[number], sum(sizes))
        streams.append(format_.blocks(file, asked, log, share) if format_.blocks else format_.read(file, asked, log))
    for stream in streams:
        for claim in stream:
            for slug in _places(claim):
                places[slug.removeprefix(description.own_prefix)] = f"{PLACE}{slug}"
            yield claim
    yield from describe(description, places)


def _part(advance: Callable[[float], None], before: int, size: int, total: int) -> Callable[[float], None]:
    """Tell the share of one file as a share of all of them, in bytes."""
    return lambda share: advance((before + share * size) / max(total, 1))


def _places(claim: ox.Triple | bytes) -> Iterable[str]:
    """The slugs of the places that a claim, or a block of lines, is about."""
    if isinstance(claim, bytes):
        return [slug.decode() for slug in dict.fromkeys(ABOUT_PLACE.findall(claim))]
    subject = claim.subject.value if isinstance(claim.subject, ox.NamedNode) else ""
    return [subject.removeprefix(PLACE)] if subject.startswith(PLACE) else []


def _write_rejected(target: Path, log: Log) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.name for field in fields(Rejected)])
        writer.writerows(astuple(rejected) for rejected in log.rejected)


class Known(Mapping[tuple[str, str], str]):
    """(kind, slug) -> IRI of what the used datasets define. A kind is read when it is first asked for."""

    def __init__(self, used: World | None) -> None:
        self._used = used
        self._slugs: dict[str, frozenset[str]] = {}

    def __getitem__(self, key: tuple[str, str]) -> str:
        kind, slug = key
        if slug not in self._of(kind):
            raise KeyError(key)
        return f"{ID}{kind}/{slug}"

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for row in _rows(self._used, "select distinct kind from thing order by kind"):
            for slug in sorted(self._of(row["kind"])):
                yield row["kind"], slug

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def of(self, kind: str) -> dict[str, str]:
        """Slug -> IRI of the things of one kind."""
        return {slug: f"{ID}{kind}/{slug}" for slug in self._of(kind)}

    def _of(self, kind: str) -> frozenset[str]:
        if kind not in self._slugs:
            sql = "select id from thing where kind = $kind and starts_with(id, $kind || '/')"
            found = _rows(self._used, sql, kind=kind)
            self._slugs[kind] = frozenset(row["id"].partition("/")[2] for row in found)
        return self._slugs[kind]


INDEX = """
select key, case when min(id) = max(id) then min(id) end as id
from (
    select 'identifier ' || lower(value) as key, id from identifier where starts_with(id, $kind || '/')
    union all
    select 'name ' || lower(strip_accents(name)) as key, id from name where starts_with(id, $kind || '/')
)
where key is not null
group by key
"""

FOLD = "select lower($text) as identifier, lower(strip_accents($text)) as name"


class Names:
    """What the used datasets call their things, by kind; a kind is indexed when it is first asked for."""

    def __init__(self, used: World | None) -> None:
        self._used = used
        self._index: dict[str, dict[str, str | None]] = {}

    def find(self, kind: str, text: str) -> str | None:
        """The IRI of the one thing of `kind` that `text` names by identifier or name; None when none or several."""
        if kind not in self._index:
            self._index[kind] = {row["key"]: row["id"] for row in _rows(self._used, INDEX, kind=kind)}
        index = self._index[kind]
        identifier, name = self._folded(text)
        found = {index[key] for key in (f"identifier {identifier}", f"name {name}") if key in index}
        named = found.pop() if len(found) == 1 else None  # None in the index: several are called so
        return f"{ID}{named}" if named else None

    def _folded(self, text: str) -> tuple[str, str]:
        if text.isascii() or not self._used:
            return text.lower(), text.lower()
        [row] = self._used.rows(FOLD, {"text": text})  # other alphabets fold as in the index, by the same functions
        return row["identifier"], row["name"]


def _within(used: World | None, place: str, container: str) -> bool:
    """Whether one place lies within another, however far in."""
    sql = "select 1 from place_within where place = $place and ancestor = $container"
    return bool(_rows(used, sql, place=short(place), container=short(container)))


def _rows(used: World | None, sql: str, **given: str) -> list[Row]:
    """What `sql` finds in the used datasets, nothing where none is used."""
    return used.rows(sql, given) if used else []


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


def _check_shapes(claims: Path, log: Log, advance: Callable[[float], None]) -> None:
    broken, shown = 0, list[str]()
    for violation in violations(claims, advance):
        broken += 1
        if len(shown) < SHOWN:
            file, row = log.origin.get(violation.focus, (FILE, 0))
            place = f"{file} row {row}" if row else f"{file} {violation.focus}"
            shown.append(f"  {place}, {violation.path}: {violation.message} (got {violation.value!r})")
    if broken:
        raise InvalidData(
            f"{broken} claims break the ontology's shapes; nothing was loaded\n" + "\n".join(shown),
            where=shown[0].strip().partition(",")[0],
            expected="claims that the shapes under ontology/shapes accept",
        )
