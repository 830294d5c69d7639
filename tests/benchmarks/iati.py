"""IATI activities of any number: `python -m tests.benchmarks.iati --activities 20000 --seed 1 --out FILE`.

They are as unevenly spread as published ones: a few organisations and countries in most of them, many without
narratives in a second language, a few with dozens of transactions, one in twenty-five about trafficking. FILE is
written as a stream. The same number and seed give the same bytes on every machine.

With `--load HOME` the file is then loaded into that home, which must not exist, in a process of its own, and a line
of JSON is printed: seconds, claims, peak of memory, and how fast the reader is beside a bare parse of the file.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.dice import Dice, Zipf
from tests.benchmarks.iati_run import measure
from tests.benchmarks.iati_words import (
    ABOUT,
    ABOUT_TRAFFICKING,
    COUNTRIES,
    CURRENCIES,
    FIRST_DAY,
    KNOWN,
    REGIONS,
    SECTORS,
    SIGNIFICANCE,
    SPOKEN,
    TRAFFICKING,
    TYPES,
    WORKS,
)
from tests.benchmarks.words import DOMAINS, RESPONSES, TARGETS, name, title


class Aid:
    """Everybody who takes part, and what is drawn of the activities one by one."""

    def __init__(self, activities: int, seed: int) -> None:
        self._dice = Dice(seed, 1)
        count = max(40, activities // 60)
        self._organisations = Zipf(count, 0.9)
        self._reporters = Zipf(max(5, activities // 800), 0.8)
        self._countries, self._sectors = Zipf(len(COUNTRIES), 0.6), Zipf(len(SECTORS), 0.7)

    def activity(self, number: int) -> str:
        """One activity as XML."""
        dice = self._dice
        reporter = self._reporters.rank(dice)
        identifier = f"{_ref(reporter)}-{number:07}"
        starts = FIRST_DAY + timedelta(days=dice.below(7_000))
        ends = starts + timedelta(days=90 + dice.below(1_900))
        currency = CURRENCIES[reporter % len(CURRENCIES)]
        concerned = dice.chance(ABOUT_TRAFFICKING)
        return "".join(
            (
                f'<iati-activity default-currency="{currency}" hierarchy="{1 if dice.chance(0.8) else 2}"',
                f' last-updated-datetime="{ends}T00:00:00Z" xml:lang="en">\n',
                f" <iati-identifier>{identifier}</iati-identifier>\n",
                f' <reporting-org ref="{_ref(reporter)}" type="{_type(reporter)}"><narrative>{_called(reporter)}',
                "</narrative></reporting-org>\n",
                *self._texts(number, concerned),
                *self._participants(reporter, identifier),
                f' <activity-status code="{4 if ends.year < 2021 else 2 if starts.year < 2024 else 1}"/>\n',
                *self._dates(starts, ends),
                *self._contact(),
                *self._places(),
                *self._sectors_of(concerned),
                *self._markers(),
                *self._budgets(starts, ends, currency),
                *self._transactions(starts, currency, identifier),
                *self._related(identifier, reporter, number),
                *self._results(),
                "</iati-activity>\n",
            )
        )

    def _texts(self, number: int, concerned: bool) -> Iterator[str]:
        dice = self._dice
        work = dice.pick(WORKS)
        told = f"{work} in {name(number)}"
        if concerned:
            domain, response = dice.pick(tuple(DOMAINS)), dice.pick(tuple(RESPONSES))
            told = title(dice, name(number), domain, response, dice.pick(tuple(TARGETS)), None)
        sentences = ABOUT[: 1 + dice.below(len(ABOUT))]
        about = "".join(text.format(told.lower(), 2 + dice.below(30), 6 + dice.below(60)) for text in sentences)
        about = about.replace("&", "&amp;").replace("<", "&lt;")
        other = dice.pick(tuple(SPOKEN)) if dice.chance(0.25) else ""
        first, second = SPOKEN.get(other, ("", ""))
        yield f" <title><narrative>{told}</narrative>"
        yield f'<narrative xml:lang="{other}">{first.format(work, number)}</narrative>' if other else ""
        yield f'</title>\n <description type="1"><narrative>{about}</narrative>'
        yield f'<narrative xml:lang="{other}">{second.format(work, 9, 24)}</narrative>' if other else ""
        yield "</description>\n"

    def _participants(self, reporter: int, identifier: str) -> Iterator[str]:
        dice = self._dice
        roles = [
            1,
            *([1] if dice.chance(0.2) else []),
            *([2] if dice.chance(0.6) else []),
            *([3] if dice.chance(0.4) else []),
            *[4] * (1 + (dice.below(3) if dice.chance(0.4) else 0)),
        ]
        for role in roles:
            who = reporter if role < 4 and dice.chance(0.5) else self._organisations.rank(dice)
            ref = f' ref="{_ref(who)}"' if dice.chance(0.7) else ""
            also = f' activity-id="{_ref(who)}-{dice.below(1 << 20):07}"' if dice.chance(0.1) else ""
            yield f' <participating-org role="{role}"{ref} type="{_type(who)}"{also}><narrative>{_called(who)}'
            yield "</narrative></participating-org>\n"

    def _dates(self, starts: date, ends: date) -> Iterator[str]:
        yield f' <activity-date type="1" iso-date="{starts}"/>\n'
        if self._dice.chance(0.7):
            yield f' <activity-date type="2" iso-date="{starts + timedelta(days=self._dice.below(60))}"/>\n'
        if self._dice.chance(0.9):
            yield f' <activity-date type="3" iso-date="{ends}"/>\n'
        if self._dice.chance(0.4):
            yield f' <activity-date type="4" iso-date="{ends + timedelta(days=self._dice.below(90))}"/>\n'

    def _contact(self) -> Iterator[str]:
        if self._dice.chance(0.4):
            yield ' <contact-info type="1"><organisation><narrative>Information desk</narrative></organisation>'
            yield "<email>desk@example.org</email></contact-info>\n"

    def _places(self) -> Iterator[str]:
        dice = self._dice
        if dice.chance(0.08):
            yield f' <recipient-region code="{dice.pick(REGIONS)}" vocabulary="1" percentage="100"/>\n'
            return
        several = 1 if dice.chance(0.85) else 2 + dice.below(3)
        codes = dict.fromkeys(COUNTRIES[self._countries.rank(dice)] for _ in range(several))
        for code in codes:
            share = f' percentage="{100 // len(codes)}"' if len(codes) > 1 or dice.chance(0.5) else ""
            yield f' <recipient-country code="{code}"{share}/>\n'
        for _ in range(1 + dice.below(3) if dice.chance(0.3) else 0):
            here = dice.below(40_000)
            known = f'<location-id vocabulary="G1" code="{100_000 + here}"/>' if dice.chance(0.6) else ""
            yield f" <location>{known}<name><narrative>{name(here)}</narrative></name><point>"
            yield f"<pos>{here % 120 - 60}.{here % 97:02} {here % 340 - 170}.{here % 89:02}</pos></point>"
            yield '<feature-designation code="PPL"/></location>\n'

    def _sectors_of(self, concerned: bool) -> Iterator[str]:
        dice = self._dice
        several = 1 if dice.chance(0.6) else 2 + dice.below(4)
        codes = dict.fromkeys(SECTORS[self._sectors.rank(dice)] for _ in range(several))
        if concerned:
            codes = {dice.pick(TRAFFICKING): None} | codes
        for code in codes:
            yield f' <sector vocabulary="1" code="{code}" percentage="{100 // len(codes)}"/>\n'
        if dice.chance(0.15):
            own = dice.below(300)
            yield f' <sector vocabulary="99" code="{own}"><narrative>Line {name(own)}</narrative></sector>\n'

    def _markers(self) -> Iterator[str]:
        for code in range(1, 1 + self._dice.below(5)):
            significance = self._dice.pick(SIGNIFICANCE)
            yield f' <policy-marker vocabulary="1" code="{code}" significance="{significance}"/>\n'

    def _budgets(self, starts: date, ends: date, currency: str) -> Iterator[str]:
        if self._dice.chance(0.4):
            return
        for year in range(starts.year, min(ends.year, starts.year + 4) + 1):
            yield f' <budget type="1" status="1"><period-start iso-date="{year}-01-01"/><period-end '
            yield f'iso-date="{year}-12-31"/><value currency="{currency}" value-date="{year}-01-01">'
            yield f"{1_000 * (1 + self._dice.below(900))}</value></budget>\n"

    def _transactions(self, starts: date, currency: str, identifier: str) -> Iterator[str]:
        dice = self._dice
        many = 20 + dice.below(30) if dice.chance(0.05) else 2 + dice.below(5)
        several = dice.below(2) if dice.chance(0.65) else many
        for at in range(several):
            on = starts + timedelta(days=30 * at)
            giver, taker = self._organisations.rank(dice), self._organisations.rank(dice)
            of = f' provider-activity-id="{_ref(giver)}-{dice.below(1 << 20):07}"' if dice.chance(0.15) else ""
            yield f' <transaction ref="{at}"><transaction-type code="{dice.pick(TYPES)}"/><transaction-date '
            yield f'iso-date="{on}"/><value currency="{currency}" value-date="{on}">{dice.below(900_000)}.'
            yield f'{dice.below(100):02}</value><provider-org ref="{_ref(giver)}"{of}><narrative>{_called(giver)}'
            yield "</narrative></provider-org>"
            if dice.chance(0.7):
                yield f'<receiver-org ref="{_ref(taker)}"><narrative>{_called(taker)}</narrative></receiver-org>'
            yield "</transaction>\n"

    def _related(self, identifier: str, reporter: int, number: int) -> Iterator[str]:
        if number > 10 and self._dice.chance(0.2):
            other = number - 1 - self._dice.below(10)
            yield f' <related-activity ref="{_ref(reporter)}-{other:07}" type="{1 + self._dice.below(3)}"/>\n'

    def _results(self) -> Iterator[str]:
        for _ in range(self._dice.below(4) if self._dice.chance(0.15) else 0):
            yield ' <result type="1"><title><narrative>Sites that work</narrative></title><indicator measure="1">'
            yield '<title><narrative>How many</narrative></title><period><period-start iso-date="2015-01-01"/>'
            yield '<target value="12"/><actual value="11"/></period></indicator></result>\n'


def _ref(rank: int) -> str:
    return KNOWN[rank // 5] if rank % 5 == 2 and rank // 5 < len(KNOWN) else f"XX-ORG-{rank:06}"


def _type(rank: int) -> int:
    return (10, 40, 22, 21, 80, 70, 60, 15)[rank % 8]


def _called(rank: int) -> str:
    return f"{('Ministry of', 'Fund for', 'Friends of', 'Institute of')[rank % 4]} {name(rank)}"


def write(file: Path, activities: int, seed: int) -> int:
    """Write that many activities; returns the bytes written."""
    aid = Aid(activities, seed)
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
        for number in range(activities):
            out.write(aid.activity(number))
        out.write("</iati-activities>\n")
    return file.stat().st_size


def main(arguments: list[str] | None = None) -> None:
    """Write a file, and load it where asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.iati", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--activities", type=int, default=20_000, help="how many (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another file (default %(default)s)")
    parser.add_argument("--out", type=Path, required=True, help="the file; one that exists is taken as it is")
    parser.add_argument("--load", type=Path, metavar="HOME", help="load it into this home, and measure")
    parser.add_argument("--scope", default="all", help="as the option of the reader (default %(default)s)")
    asked = parser.parse_args(arguments)
    said: dict[str, object] = {"activities": asked.activities, "seed": asked.seed}
    if not asked.out.exists():
        started = time.perf_counter()
        write(asked.out, asked.activities, asked.seed)
        said["written_seconds"] = round(time.perf_counter() - started, 1)
    said["bytes"] = asked.out.stat().st_size
    if asked.load:
        if asked.load.exists():
            parser.error(f"--load: {asked.load} exists already")
        said |= measure(asked.out, asked.load, asked.scope)
    json.dump(said, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
