"""The explorer with its largest network: `python -m tests.benchmarks.explorer --nodes 100000 --edges 500000`.

Actors with ties between them are written as RDF and loaded like any dataset; a real server makes the picture, which
is timed with its steps; then a real browser, which draws WebGL in software, opens the page several times over. It
prints what the making took, what travelled, how long it was from navigation to the picture being drawn (every command
to the graphics card carried out), and how long a frame takes while one drags the picture. CPU seconds stand beside
wall time, since a machine is seldom quiet. What was made is kept under `build/bench` and used again.
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml
from playwright.sync_api import Browser, Page, sync_playwright

import graph
from graph.library import Library
from tests.benchmarks.asking import median
from tests.benchmarks.machine import ROOT, cpu_seconds, descendants, described, peak
from tests.benchmarks.ntriples import LABEL, SOURCE, TYPE, Claims, date, ref, term, text
from tests.benchmarks.serving import server, settle
from tests.benchmarks.words import name
from tests.graph.network.graphs import planted
from tests.viz.browsing import CHROMIUM, WIDE
from tests.viz.conftest import WEBGL

PAGE = "/explorer/coordination"
CLASSES = ("NonGovernmentalOrganisation", "Foundation", "Agency", "InternationalOrganisation", "Company", "Network")
KINDS = ("coordinates-with", "funds", "supports", "trains", "protects", "member-of")
LONGEST = 1800.0
WATCH = """
new MutationObserver((_, watching) => {
  const root = document.querySelector("[data-explorer][data-drawn]");
  if (!root) return;
  watching.disconnect();
  const told = performance.now();
  for (const canvas of root.querySelectorAll("canvas")) {
    const gl = canvas.getContext("webgl2");
    if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.explored = { script: told, drawn: performance.now() };
    document.documentElement.dataset.explored = "yes";
  }));
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-drawn"] });
"""
"""Says when the page says that it has drawn, and when every pixel of it is there."""
FRAMES = """() => {
  window.frames_ = [];
  let last = performance.now();
  const each = (now) => {
    window.frames_.push(now - last);
    last = now;
    window.frame_ = requestAnimationFrame(each);
  };
  window.frame_ = requestAnimationFrame(each);
}"""


MARKS = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const data = performance.getEntriesByType("resource").find((each) => each.name.includes("/api/drawings/"));
  return {
    page_kb: page.transferSize / 1024,
    page_read: page.responseEnd,
    data_kb: data.transferSize / 1024,
    data_asked: data.startTime,
    data_first: data.responseStart,
    data_read: data.responseEnd,
  };
}"""
"""How large page and data were as they travelled, and when they had come."""


def write(folder: Path, nodes: int, edges: int, seed: int) -> None:
    """A dataset of that many actors and ties between them, with communities in it."""
    network = planted(nodes, edges, seed)
    folder.mkdir(parents=True)
    with Claims(folder / "claims.nt") as claims:
        claims.state("source/x-register", [(TYPE, term("con:Source")), (LABEL, text("Register of actors"))])
        source = (SOURCE, ref("source/x-register"))
        for at, id_ in enumerate(network.ids):
            class_ = CLASSES[at % 17 % len(CLASSES)]
            claims.state(id_, [(TYPE, term(f"con:{class_}")), (LABEL, text(f"{name(at)} Society")), source])
        for at, (one, other) in enumerate(zip(network.source.tolist(), network.target.tolist(), strict=True)):
            ends = network.ids[one], network.ids[other if other != one else (one + 1) % nodes]
            stated = [(TYPE, term("con:Tie")), (term("con:actor"), ref(ends[0])), source]
            stated += [(term("con:otherActor"), ref(ends[1]))]
            stated += [(term("con:tieKind"), ref(f"tie-kind/{KINDS[at % 11 % len(KINDS)]}"))]
            if at % 3 == 0:
                stated += [(term("con:starts"), date(str(1990 + at % 30)))]
            claims.state(f"tie/x-{at}", stated)
    about = {"name": folder.name, "title": "A made-up network", "publisher": "Nobody", "licence": "CC0-1.0"}
    about |= {"issued": "2024-06-30", "prefix": ""}
    (folder / "dataset.yml").write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")


def prepare(folder: Path, nodes: int, edges: int, seed: int) -> Path:
    """A home that holds the network, made where it isn't there."""
    home = folder / "home"
    if home.exists():
        return home
    for name_ in ("crowd", "home.part"):
        shutil.rmtree(folder / name_, ignore_errors=True)
    _say("writing")
    write(folder / "crowd", nodes, edges, seed)
    _say("loading")
    shipped = Path(graph.__file__).parent.parent / "data"
    with Library(folder / "home.part", linking=False) as library:
        library.ensure([shipped / "reference"])
        library.load(folder / "crowd")
    (folder / "home.part").replace(home)
    return home


def make(url: str, process: int) -> dict[str, Any]:
    """The picture made as for a page that waits: seconds, CPU and memory, and when each step began."""
    steps: dict[str, float] = {}
    started, cpu = time.perf_counter(), cpu_seconds([process])
    with httpx.Client(base_url=url, timeout=LONGEST, trust_env=False) as client:
        while True:
            page = client.get(PAGE).raise_for_status().text
            _, making, told = page.partition("data-making")
            if not making:
                break
            step = " ".join(told.partition("<strong>")[2].partition("</strong>")[0].split())
            if step not in steps:
                steps[step] = round(time.perf_counter() - started, 1)
                _say(f"  {step}")
            time.sleep(0.25)
    wall = time.perf_counter() - started
    return {
        "making": {"seconds": round(wall, 1), "cpu": round(cpu_seconds([process]) - cpu, 1), "steps": steps},
        "server_peak_mb": peak(process) >> 20,
    }


@contextmanager
def browser(flags: Sequence[str]) -> Iterator[Browser]:
    """Chromium with these flags."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=[*flags])
        yield opened
        opened.close()


def draw(chromium: Browser, url: str, server_: int) -> dict[str, Any]:
    """One visit with an empty cache: until the picture is drawn, then a drag across it."""
    context = chromium.new_context(viewport=WIDE)
    page = context.new_page()
    page.set_default_timeout(LONGEST * 1000)
    page.add_init_script(WATCH)
    ours = descendants(os.getpid()) - descendants(server_)
    cpu, served = cpu_seconds(ours), cpu_seconds([server_])
    page.goto(url + PAGE, wait_until="commit")
    page.locator("html[data-explored]").wait_for(state="attached")
    found: dict[str, Any] = page.evaluate("window.explored")
    found |= {"cpu": (cpu_seconds(ours) - cpu) * 1000, "served": (cpu_seconds([server_]) - served) * 1000}
    found |= {f"of {name_}": value for name_, value in page.evaluate(MARKS).items()}
    found["said"] = page.locator("[data-said] strong").inner_text()
    found |= {"frames": _dragged(page, ours)}
    context.close()
    return found


def _dragged(page: Page, ours: Collection[int]) -> dict[str, float]:
    """How long frames take while one drags the picture to and fro."""
    box = page.locator(".surface").bounding_box()
    assert box, "there is no canvas to drag"
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.wait_for_timeout(500)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 5, y + 5)
    page.evaluate(FRAMES)
    cpu = cpu_seconds(ours)
    for turn in range(60):
        page.mouse.move(x + 4 * abs(30 - turn), y + 2 * abs(30 - turn))
    frames = sorted(page.evaluate("() => { cancelAnimationFrame(window.frame_); return window.frames_; }"))
    spent = (cpu_seconds(ours) - cpu) * 1000
    page.mouse.up()
    if not frames:
        return {"count": 0}
    many = len(frames)
    return {
        "count": many,
        "median": frames[many // 2],
        "p95": frames[int(many * 0.95)],
        "most": frames[-1],
        "cpu": spent / many,
    }


def _say(step: str) -> None:
    print(f"{time.strftime('%H:%M:%S', time.gmtime())} {step}", file=sys.stderr, flush=True)


def _medians(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    numbers = {name_ for each in rounds for name_, value in each.items() if isinstance(value, int | float)}
    return {
        name_: round(median([each[name_] for each in rounds if name_ in each]), 1)
        for name_ in rounds[0]
        if name_ in numbers
    }


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.explorer", description=__doc__)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=500_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5, help="visits of the page (default %(default)s)")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--again", action="store_true", help="make the picture anew, not from what was kept of it")
    asked = parser.parse_args(arguments)
    folder = asked.work.resolve() / f"explorer-{asked.nodes}-{asked.edges}-{asked.seed}"
    home = prepare(folder, asked.nodes, asked.edges, asked.seed)
    if asked.again:
        shutil.rmtree(home / "cache" / "networks", ignore_errors=True)
    _say("serving")
    with server(home) as (url, process, _), browser(WEBGL) as chromium:
        settle(process)
        found = make(url, process)
        rounds = []
        for _ in range(asked.rounds):
            rounds.append(draw(chromium, url, process))
            _say(f"  drawn after {rounds[-1]['drawn']:.0f} ms, a frame {rounds[-1]['frames'].get('median', 0):.0f} ms")
    found |= {"said": rounds[0]["said"], "drawing, ms": _medians(rounds)}
    found |= {"frames while dragging, ms": _medians([each["frames"] for each in rounds])}
    found |= {"all drawn, ms": [round(each["drawn"]) for each in rounds]}
    print(json.dumps(found | {"machine": described(), "load": os.getloadavg()}, indent=2))


if __name__ == "__main__":
    main()
