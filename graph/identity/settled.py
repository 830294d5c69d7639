"""What identifiers and judgements settle in one world: which actors are one, and how programmes stand to each other."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from graph.identity.bodies import bodies, held
from graph.identity.judgements import Judgement, standing
from graph.identity.merging import Merging, merge


@dataclass(frozen=True)
class Settled:
    """What is settled in one world at one state of the journal.

    merging  the actors that are one
    efforts  what holds for each pair of programmes that was judged, in order of the pairs
    """

    merging: Merging
    efforts: tuple[Judgement, ...]

    @cached_property
    def key(self) -> str:
        """A short hash that changes when an answer can; empty where nothing is settled.

        What is judged of things outside this world has no part in it, so that a reader can't see that it happened.
        """
        if not (self.merging.kept or self.efforts):
            return ""
        told = [
            sorted(self.merging.kept.items()),
            [(*one.pair, one.decision, one.id, one.reason) for one in self.efforts],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


NOTHING = Settled(merge((), ()), ())
"""What is settled where nobody looked."""


def settle(files: Collection[Path], judgements: Iterable[Judgement]) -> Settled:
    """What the judgements that stand and the identifiers in the tables `files` settle; others have no say."""
    stand = standing(judgements)
    actors = {id_ for pair, one in stand.items() if one.kind == "actor" for id_ in pair}
    programmes = {id_ for pair, one in stand.items() if one.kind == "programme" for id_ in pair}
    known = held(files, programmes)
    return Settled(
        merging=merge(bodies(files, actors), stand.values()),
        efforts=tuple(stand[pair] for pair in sorted(stand) if known.keys() >= set(pair)),
    )


def write_efforts(settled: Settled, folder: Path) -> list[Path]:
    """Write the judgements on programmes as a table for the views; no file where there are none.

    It stands beside the files of links, with the columns a and b as they have them.
    """
    if not settled.efforts:
        return []
    file = folder / f"judged-{settled.key}.parquet"
    if not file.exists():
        rows = [
            {"a": o.first, "b": o.second, "decision": o.decision, "judgement": o.id, "said": o.reason}
            for o in settled.efforts
        ]
        with duckdb.connect() as connection:
            connection.execute(
                "create table judged as select unnest($rows::struct("
                "a varchar, b varchar, decision varchar, judgement varchar, said varchar)[], max_depth := 2)",
                {"rows": rows},
            )
            connection.execute("copy judged to $file (format parquet)", {"file": str(file)})
    return [file]
