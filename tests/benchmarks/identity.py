"""How well the spelling of a name finds its organisation: `python -m tests.benchmarks.identity FILE`.

FILE maps spellings of organisations met in real data to {name, shortname, synonyms, iati: {name}}. Two registers are
searched: one holds every organisation with its name, and its short name as acronym where it looks like one; the other
holds the names only. Every spelling that the register doesn't hold is asked for twice: once as it is, and once with
its organisation left out of the register, when every answer is wrong. Organisations are split in two by a hash of
their names: what is chosen, such as the thresholds of the baselines, is chosen on the tuning half; what is reported is
the held-out half.
"""

import argparse
import csv
import hashlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from api.settings import SHIPPED
from graph.identity.actors import Index, make_profile, match
from graph.identity.comparison import weights
from graph.identity.names import LONGEST

Answer = list[tuple[str, float]]
"""Organisations, best first, each with its score."""


@dataclass(frozen=True)
class Case:
    """One spelling of one organisation."""

    spelling: str
    organisation: str


@dataclass(frozen=True)
class Measured:
    """What came of a number of cases at one threshold: each asked with its organisation there, and without it."""

    threshold: float
    right: int
    wrong: int
    invented: int
    cases: int

    @property
    def recall(self) -> float:
        """Of the spellings whose organisation is there, the share that the top candidate names."""
        return self.right / self.cases

    @property
    def precision(self) -> float:
        """Of the top candidates given while the organisation is there, the share that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def strict(self) -> float:
        """Of all top candidates given, those to spellings whose organisation is missing among them, the share right."""
        given = self.right + self.wrong + self.invented
        return self.right / given if given else 1.0

    @property
    def balance(self) -> float:
        """The harmonic mean of recall and strict precision."""
        both = self.recall + self.strict
        return 2 * self.recall * self.strict / both if both else 0.0


def is_tuning(organisation: str) -> bool:
    """Whether an organisation belongs to the half on which things may be chosen."""
    return hashlib.sha256(f"concert {organisation}".encode()).digest()[0] % 2 == 0


def read_register(file: Path, acronyms: bool = True) -> tuple[dict[str, str], list[Case]]:
    """Name -> acronym or "" of every organisation, and the other spellings as cases.

    acronyms  whether the register knows them; else they are asked for like any other spelling
    """
    register, cases = {}, []
    for key, organisation in json.loads(file.read_text(encoding="utf-8")).items():
        name, short = organisation["name"], organisation["shortname"]
        acronym = short if short != name and " " not in short and sum(map(str.isupper, short)) > 1 else ""
        acronym = acronym if acronyms else ""
        register[name] = acronym
        spellings = {key, short, *organisation["synonyms"], organisation.get("iati", {}).get("name", name)}
        cases += [Case(spelling, name) for spelling in sorted(spellings - {name, acronym})]
    return register, cases


def countries() -> list[tuple[str, str]]:
    """(id, name) of every country in the shipped reference data."""
    with (SHIPPED / "reference" / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["class"] == "Country"]
    return [
        (f"place/{row['id']}", name)
        for row in rows
        for name in (row["name"], row["name_ru"], row["name_fr"], *row["aliases"].split(";"))
        if name
    ]


def make_register(register: dict[str, str]) -> Index:
    """The register as Concert's index."""
    named = ([(name, "label"), *([(acronym, "acronym")] if acronym else [])] for name, acronym in register.items())
    return Index(
        [make_profile(name, names) for name, names in zip(register, named, strict=True)],
        countries(),
    )


def ours(index: Index, spelling: str) -> Answer:
    """What Concert answers."""
    return [(found.actor, found.score) for found in match(index, spelling, limit=3, threshold=0)]


def exact(register: dict[str, str], spelling: str) -> Answer:
    """Names and acronyms that are equal but for case."""
    text = spelling.casefold()
    return [(name, 1.0) for name, acronym in register.items() if text in (name.casefold(), acronym.casefold())]


def fuzzy(register: dict[str, str], scorer: Callable[..., float], spelling: str) -> Answer:
    """RapidFuzz over names and acronyms as it comes."""
    asked = [*register, *(acronym for acronym in register.values() if acronym)]
    owners = [*register, *(name for name, acronym in register.items() if acronym)]
    found = process.extract(spelling[:LONGEST], asked, scorer=scorer, processor=utils.default_process, limit=4)
    return [(owners[place], score / 100) for _, score, place in found]


def measure(cases: Sequence[Case], answers: Sequence[Answer], threshold: float) -> Measured:
    """Count what the top candidates are at one threshold."""
    right = wrong = invented = 0
    for case, answer in zip(cases, answers, strict=True):
        given = [one for one in answer if one[1] >= threshold]
        if given:
            right, wrong = right + (given[0][0] == case.organisation), wrong + (given[0][0] != case.organisation)
        invented += any(name != case.organisation for name, _ in given)
    return Measured(threshold, right, wrong, invented, len(cases))


def choose(cases: Sequence[Case], answers: Sequence[Answer]) -> float:
    """The threshold with the best balance on these cases."""
    return max((step / 100 for step in range(30, 101)), key=lambda each: measure(cases, answers, each).balance)


def report(file: Path, acronyms: bool = True) -> dict[str, Measured]:
    """Measure every method on the held-out half, the baselines at the threshold that suits them best on the other."""
    register, cases = read_register(file, acronyms)
    tuning = [case for case in cases if is_tuning(case.organisation)]
    held_out = [case for case in cases if not is_tuning(case.organisation)]
    index = make_register(register)
    methods: dict[str, Callable[[str], Answer]] = {
        "exact match": lambda text: exact(register, text),
        "RapidFuzz ratio": lambda text: fuzzy(register, fuzz.ratio, text),
        "RapidFuzz WRatio": lambda text: fuzzy(register, fuzz.WRatio, text),
        "RapidFuzz token_set_ratio": lambda text: fuzzy(register, fuzz.token_set_ratio, text),
        "Concert": lambda text: ours(index, text),
    }
    found = {}
    for name, method in methods.items():
        threshold = weights()["threshold"]
        if name != "Concert":
            threshold = choose(tuning, [method(case.spelling) for case in tuning])
        found[name] = measure(held_out, [method(case.spelling) for case in held_out], threshold)
    return found


def main(arguments: list[str] | None = None) -> None:
    """Print the report, or with `--tuning` what goes wrong on the tuning half."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.identity", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("file", type=Path, help="spelling -> organisation, as JSON")
    parser.add_argument("--tuning", action="store_true", help="list the mistakes on the tuning half instead")
    asked = parser.parse_args(arguments)
    if asked.tuning:
        _mistakes(asked.file)
        return
    started = time.perf_counter()
    for acronyms, title in ((True, "names and acronyms"), (False, "names only")):
        print(f"A register of {title}, held-out half")
        print(f"{'method':28}{'threshold':>10}{'recall':>9}{'precision':>11}{'strict':>9}{'balance':>9}{'cases':>7}")
        for name, one in report(asked.file, acronyms).items():
            shares = f"{one.recall:9.3f}{one.precision:11.3f}{one.strict:9.3f}{one.balance:9.3f}"
            print(f"{name:28}{one.threshold:10.2f}{shares}{one.cases:7}")
    print(f"{time.perf_counter() - started:.1f} s", file=sys.stderr)


def _mistakes(file: Path) -> None:
    register, cases = read_register(file)
    index = make_register(register)
    tuning = [case for case in cases if is_tuning(case.organisation)]
    answers = [ours(index, case.spelling) for case in tuning]
    for case, answer in zip(tuning, answers, strict=True):
        given = [one for one in answer if one[1] >= weights()["threshold"]]
        others = [one for one in given if one[0] != case.organisation]
        if not given or others:
            mark = "missed" if not given else "wrong" if given[0][0] != case.organisation else "without it"
            print(f"{mark:10} {case.spelling[:70]!r} of {case.organisation!r}: {answer[:2]}")
    for step in range(50, 100, 5):
        print(step, measure(tuning, answers, step / 100), measure(tuning, answers, step / 100).balance)


if __name__ == "__main__":
    main()
