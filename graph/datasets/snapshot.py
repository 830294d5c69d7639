"""A snapshot: the claims of one dataset version as compressed N-Quads, with a manifest. Never changed once kept."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import zstandard

from graph.errors import InvalidData
from graph.readers.layout import iri
from ontology.namespaces import ID

CLAIMS = "claims.nq.zst"
MANIFEST = "manifest.json"
VERSION = iri("con:version")
LEVEL = 3
DRAFT_LEVEL = -3
"""How hard zstd packs what is kept, and what is read once again at once."""

FORMAT = 3
"""Raised when what is kept beside the claims changes its form; an older version is then rebuilt."""


@dataclass(frozen=True)
class Manifest:
    """What is known of a kept version without opening it.

    version  first 16 hex digits of the SHA-256 over the claims; it is part of the graph's IRI
    notes    what a person should know though nothing was refused: an encoding guessed, columns not read
    origin   where the claims were read from; origin_hash is the hash over those files, to see a change
    """

    name: str
    version: str
    format: int
    claims: int
    taken: dict[str, int]
    rejected: int
    notes: tuple[str, ...]
    origin: str
    origin_hash: str
    uses: tuple[str, ...]
    loaded_at: str

    @property
    def graph(self) -> str:
        """IRI of the graph that holds this version."""
        return graph_iri(self.name, self.version)


def graph_iri(name: str, version: str) -> str:
    """IRI of the named graph of one dataset version."""
    return f"{ID}dataset/{name}/{version}"


def write_claims(folder: Path, name: str, claims: Iterable[ox.Triple | bytes]) -> tuple[str, int]:
    """Stream the claims to `folder`, name the version after their hash, and fsync.

    claims  triples, or blocks of whole lines of canonical N-Triples, which pass as they are

    Returns (version, number of claims). Equal claims in equal order give the equal version. They are written twice, as
    the graph that each line names is known when the last one is; the first time, packing them fast matters most.
    """
    draft = folder / "claims.nt.zst"
    digest, count = hashlib.sha256(), 0
    with draft.open("wb") as raw, zstandard.ZstdCompressor(level=DRAFT_LEVEL).stream_writer(raw) as out:
        for block in _blocks(claims):
            digest.update(block)
            count += block.count(b"\n")
            out.write(block)
    version = digest.hexdigest()[:16]
    end = f" <{graph_iri(name, version)}> .\n".encode()
    with (
        draft.open("rb") as compressed,
        zstandard.ZstdDecompressor().stream_reader(compressed) as lines,
        (folder / CLAIMS).open("wb") as target,
    ):
        with zstandard.ZstdCompressor(level=LEVEL).stream_writer(target, closefd=False) as out:
            rest = f'<{ID}dataset/{name}> <{VERSION}> "{version}" .\n'.encode()
            while chunk := lines.read(1 << 20):
                whole, newline, rest = (rest + chunk).rpartition(b"\n")
                out.write((whole + newline).replace(b" .\n", end))
            out.write(rest.replace(b" .\n", end))
        target.flush()
        os.fsync(target.fileno())
    draft.unlink()
    return version, count


def _blocks(claims: Iterable[ox.Triple | bytes], size: int = 10_000) -> Iterator[bytes]:
    """The claims as lines, in their order."""
    for is_block, group in groupby(claims, key=lambda claim: isinstance(claim, bytes)):
        if is_block:
            yield from cast(Iterator[bytes], group)
        else:
            while block := ox.serialize(islice(cast(Iterator[ox.Triple], group), size), format=ox.RdfFormat.N_TRIPLES):
                yield block


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest last: a folder without one is a load that never finished."""
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=2, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """Read a kept version's manifest. Raises InvalidData when it is missing or damaged."""
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(**{**raw, "uses": tuple(raw["uses"]), "notes": tuple(raw["notes"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InvalidData(
            f"the kept version in {folder} cannot be read: {error}",
            where=str(folder),
            expected="a manifest; `concert restore` brings back a backup",
        ) from error


def hash_folder(folder: Path) -> str:
    """SHA-256 over the names and bytes of a dataset folder's files, to see whether it changed."""
    digest = hashlib.sha256()
    for path in sorted(f for f in folder.iterdir() if f.is_file()):
        with path.open("rb") as file:
            digest.update(path.name.encode() + b"\0" + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
