"""The dataset `journal`: the judgements that stand, kept as any other dataset is, made again when they change."""

import hashlib
from datetime import UTC, datetime

import pyoxigraph as ox

from graph.datasets.description import Description, describe
from graph.datasets.home import Current, Home
from graph.datasets.snapshot import CLAIMS, FORMAT, Manifest, write_claims, write_manifest
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


def keep(journal: Journal, home: Home, handling: str = "amber") -> bool:
    """Bring the dataset `journal` up to what the file says; True where that changed it. Raises Locked as `Home` does.

    handling  its TLP label. A judgement names ids of the datasets that it is about, so it is not clear by itself.
    Without a judgement that stands there is no such dataset: what was taken back leaves every answer as it was.
    """
    judgements = journal.judgements()
    triples = [triple for one in judgements for triple in claims(one)]
    description = Description.model_validate({**DESCRIPTION, "handling": handling})
    stated = [*triples, *describe(description, {})]
    digest = hashlib.sha256("".join(f"{triple}\n" for triple in stated).encode()).hexdigest()
    if not _is_behind(home, bool(triples), digest):
        return False
    with home.changing():
        if not _is_behind(home, bool(triples), digest):  # another process was first
            return False
        versions = {name: version for name, version in home.current().versions.items() if name != JOURNAL}
        if triples:
            versions[JOURNAL] = _write(home, stated, len(judgements), digest)
        home.publish(Current(versions, home.current().removed))
        home.sweep()
    return True


def _is_behind(home: Home, wanted: bool, digest: str) -> bool:
    kept = home.manifests().get(JOURNAL)
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
