"""The dataset `journal`: the judgements that stand, kept as any other dataset is, made again when they change."""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pyoxigraph as ox
from filelock import FileLock, Timeout

from graph.datasets.description import Description, describe
from graph.datasets.home import Current, Home
from graph.datasets.snapshot import CLAIMS, FORMAT, Manifest, write_claims, write_manifest
from graph.errors import InvalidData
from graph.identity.journal import Journal
from graph.identity.judgements import JOURNAL, claims
from graph.tables.build import build, file_name

DESCRIPTION = {
    "name": JOURNAL,
    "title": "Judgements entered by hand",
    "publisher": "The reviewers of this installation",
    "licence": "not stated",
    "description": "What reviewers decided about records that look alike; made of the journal, which is the truth.",
    "prefix": "",
}
STRICTER = ("clear", "green", "amber", "amber-strict", "red")
"""The TLP labels, from the one that lets most people read to the one that lets fewest."""
AT_LEAST = "amber"


def handling_of(others: Collection[str]) -> str:
    """The TLP label of the journal beside datasets of the handlings `others` (handling/green …).

    It names ids of any of them, so it is handled as the strictest; and as amber at the least, for reviewers give their
    reasons to those they work with, and nobody has agreed to publish them.
    """
    labels = [AT_LEAST, *(other.removeprefix("handling/") for other in others)]
    return max(labels, key=STRICTER.index)


def keep(journal: Journal, home: Home, handling: str = AT_LEAST) -> bool:
    """Bring the dataset `journal` up to what the file says; True where it is so when this returns.

    handling  its TLP label, as `handling_of` gives it
    Without a judgement that stands there is no such dataset: what was taken back leaves every answer as it was. While
    something else is changing the home this does nothing: a load takes minutes, and readers call this.
    """
    judgements = journal.judgements()
    triples = [triple for one in judgements for triple in claims(one)]
    description = Description.model_validate({**DESCRIPTION, "handling": handling})
    stated = [*triples, *describe(description, {})]
    digest = hashlib.sha256("".join(f"{triple}\n" for triple in stated).encode()).hexdigest()
    if not _is_behind(home, bool(triples), digest):
        return True
    with _changing_now(home) as free:
        if not free:
            return False
        if not _is_behind(home, bool(triples), digest):  # another process was first
            return True
        versions = {name: version for name, version in home.current().versions.items() if name != JOURNAL}
        if triples:
            versions[JOURNAL] = _write(home, stated, len(judgements), digest)
        home.publish(Current(versions, home.current().removed))
        home.sweep()
    return True


@contextmanager
def _changing_now(home: Home) -> Iterator[bool]:
    """Hold the home for a change, as `Home.changing` does, where that can be had at once; True where it could."""
    lock = FileLock(home.path / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _is_behind(home: Home, wanted: bool, digest: str) -> bool:
    """Whether the kept dataset is not what it should be. Raises InvalidData where it is none of ours."""
    kept = home.manifests().get(JOURNAL)
    if kept is not None and kept.origin != JOURNAL:
        raise InvalidData(
            f"a dataset of the name {JOURNAL} was loaded from {kept.origin}",
            given=JOURNAL,
            expected="that name for the judgements entered here; unload that dataset, and load it under another name",
        )
    if kept is None or not wanted:
        return wanted or kept is not None
    return kept.origin_hash != digest or kept.format != FORMAT


def _write(home: Home, stated: list[ox.Triple], judged: int, digest: str) -> str:
    with home.draft(JOURNAL) as draft:
        version, count = write_claims(draft, JOURNAL, stated)
        build(draft / CLAIMS, draft / file_name())
        manifest = Manifest(
            name=JOURNAL,
            version=version,
            format=FORMAT,
            claims=count,
            taken={"judgements": judged},
            rejected=0,
            notes=(),
            origin=JOURNAL,
            origin_hash=digest,
            uses=(),
            loaded_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        write_manifest(draft, manifest)
        home.keep(draft, manifest)
    return version
