"""The pages over a large world, as somebody meets them: `python -m tests.benchmarks.pages --size 100000`.

A server opens the world of the benchmark and makes the first pages ahead; then a real browser opens each page, and
changes its filters for the country with the most efforts, for one in the middle and for the one with the fewest. Every
view is opened for the first time. A filter is a domain that is chosen and sent: at once, so that all the work is done
while one waits, and half a second after it was chosen, as a hand needs to reach the button. A time runs from the click
to the page being painted with all its scripts in place, in milliseconds. Each begins when the server is quiet.
"""

import argparse
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graph.library import Library
from tests.benchmarks.asking import median
from tests.benchmarks.bench import Run, say
from tests.benchmarks.machine import ROOT, described
from tests.benchmarks.serving import QUIET, server, settle
from tests.viz.bare import Tab, browser
from tests.viz.conftest import FLAGS

FIRST = {
    "start": "/",
    "who works where": "/matrix",
    "gaps": "/gaps",
    "overlaps": "/overlaps",
    "possible duplication": "/overlaps?view=duplication",
    "flows": "/flows",
    "network": "/explorer",
    "questions": "/questions",
    "datasets": "/datasets",
    "help": "/help",
    "ontology": "/ns",
    "sparql": "/sparql",
}
FILTERED = {
    "who works where": "/matrix?",
    "gaps": "/gaps?",
    "overlaps": "/overlaps?",
    "possible duplication": "/overlaps?view=duplication&",
    "flows": "/flows?",
    "fragmentation": "/questions/fragmentation?",
    "programmes": "/questions/programmes?",
}
PAUSE = 500
"""Milliseconds from the choice of a filter to the click that sends it."""
COUNTRIES = """
select place_set.place, count(distinct engagement.effort_no) as efforts
from engagement
join place_set using (place_set)
where place_set.place in (select id from place where class = 'con:Country')
group by place_set.place
order by efforts desc, place_set.place
"""
BUSIEST = "select {by} as id from participation group by {by} order by count(distinct id) desc, {by} limit 1"
WATCH = """
const told = () => requestAnimationFrame(() => requestAnimationFrame(() => {
  document.documentElement.dataset.painted = String(performance.timeOrigin + performance.now());
}));
new MutationObserver((_, watching) => {
  if (document.documentElement.dataset.ready === undefined) return;
  watching.disconnect();
  told();
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
addEventListener("load", () => document.documentElement.dataset.ready === undefined && told());
addEventListener("click", (event) => {
  localStorage.clicked = String(performance.timeOrigin + event.timeStamp);
}, true);
"""
"""Says when the page stood with its scripts in place, if without ours once it was read; and when one last clicked."""
STOOD = "document.documentElement.dataset.painted"


@dataclass(frozen=True)
class Subjects:
    """What the pages are asked about: countries with many, middling and few efforts, and whom most is told of."""

    countries: dict[str, str]
    things: dict[str, str]

    @classmethod
    def of(cls, home: Path) -> "Subjects":
        """Those of the datasets in a home."""
        with Library(home) as library:
            world = library.world(library.names())
            found = [row["place"] for row in world.rows(COUNTRIES)]
            busiest = {name: world.rows(BUSIEST.format(by=name))[0]["id"] for name in ("actor", "programme")}
        countries = {"most": found[0], "middle": found[len(found) // 2], "fewest": found[-1]}
        things = {f"place, {name}": id_ for name, id_ in countries.items()}
        return cls(countries, things | busiest)


def open_(tab: Tab, address: str) -> float:
    """Milliseconds until a page is there, from the navigation to it."""
    before = tab.evaluate("performance.timeOrigin")
    tab.open(address)
    found: float = tab.wait(f"performance.timeOrigin !== {before} && {STOOD} - performance.timeOrigin")
    return found


def change(tab: Tab, domain: str, pause: int) -> float:
    """Milliseconds from the click that sends the form with another domain until the page is there."""
    tab.choose("domain", domain)
    tab.pause(pause / 1000)
    tab.click("form[data-filters] .send button")
    found: float = tab.wait(f"location.search.includes('domain={domain}') && {STOOD} - localStorage.clicked")
    return found


def visit(tab: Tab, url: str, process: int, subjects: Subjects) -> dict[str, dict[str, float]]:
    """Every page in turn, each for the first time and once more; the names tell what was opened."""
    open_(tab, url + "/design")  # the browser has the style and the scripts by then
    found: dict[str, dict[str, float]] = {"made ahead": {}, "again": {}, "dossier": {}}
    for name, path in FIRST.items():
        settle(process)
        found["made ahead"][name] = open_(tab, url + path)
        settle(process)
        found["again"][name] = open_(tab, url + path)
    for name, id_ in subjects.things.items():
        settle(process)
        found["dossier"][name] = open_(tab, f"{url}/id/{quote(id_)}")
    for size, country in subjects.countries.items():
        for name, path in FILTERED.items():
            for kind, told in _filtered(tab, f"{url}{path}place={quote(country)}", process):
                found.setdefault(f"{kind}, {size}", {})[name] = told
            say(f"  {size} {name}: " + ", ".join(f"{found[each][name]:.0f}" for each in found if size in each))
    return found


def _filtered(tab: Tab, address: str, process: int) -> Iterator[tuple[str, float]]:
    settle(process)
    yield "place", open_(tab, address)
    settle(process)
    yield "domain at once", change(tab, "drugs", 0)
    settle(process)
    open_(tab, address)
    settle(process)
    yield "domain after a pause", change(tab, "persons", PAUSE)


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.pages", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="programmes of the world (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--home", type=Path, help="a home with datasets to take instead of that world")
    asked = parser.parse_args(arguments)
    home = asked.home
    if home is None:
        run = Run(asked.work.resolve(), asked.size, asked.seed)
        run.prepare()
        home = run.home
    subjects = Subjects.of(home)
    with server(home) as (url, process, _), browser(FLAGS, WATCH) as tab:
        say("making the first pages ahead")
        started = time.perf_counter()
        settle(process)
        found: dict[str, Any] = {"quiet after, s": round(time.perf_counter() - started - QUIET, 1)}
        for name, told in visit(tab, url, process, subjects).items():
            found[name] = {each: round(value) for each, value in told.items()}
            found[name] |= {"median": round(median(list(told.values()))), "most": round(max(told.values()))}
    print(json.dumps(found | {"machine": described(), "load": os.getloadavg()}, indent=1))


if __name__ == "__main__":
    main()
