"""The one table that a run prints, as Markdown: times with ratios, growth, loading, serving, truth, and the goals."""

from collections.abc import Iterator
from math import log
from typing import Any

from tests.benchmarks.asking import median
from tests.benchmarks.peers.systems import Total

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
PEERS = {
    "pyoxigraph": "SPARQL (pyoxigraph)",
    "rdflib": "SPARQL (rdflib)",
    "ladybug": "Cypher (ladybug)",
    "duckdb": "by hand (DuckDB)",
}
FAST = ("presence-matrix", "who-works-where")
Report = dict[str, Any]


def render(report: Report) -> str:
    """All of it."""
    parts = [_made(report), _questions(report), _loading(report), _growth(report), _serving(report), _truth(report)]
    return "\n\n".join(["\n\n".join(part) for part in parts] + ["### Goals", _goals(report)]) + "\n"


def ms(seconds: float | None) -> str:
    """Milliseconds as a person reads them."""
    if seconds is None:
        return "–"
    return f"{seconds * 1000:,.1f}" if seconds < 0.1 else f"{seconds * 1000:,.0f}"


def mb(size: float | None) -> str:
    """Megabytes."""
    return "–" if size is None else f"{size / 1e6:,.0f}"


def times(ratio: float) -> str:
    """A ratio."""
    return f"{ratio:,.0f}×" if ratio >= 20 else f"{ratio:.1f}×" if ratio >= 1 else f"{ratio:.2f}×"


def _rows(head: list[str], rows: Iterator[list[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _made(report: Report) -> list[str]:
    machine = report["machine"]
    versions = ", ".join(f"{name} {machine[name]}" for name in ("python", "duckdb", "pyoxigraph", "ladybug", "rdflib"))
    told = (
        f"**{report['size']:,} programmes**, seed {report['seed']}, measured on {report['date']} on "
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}, {machine['system']}; {versions}. "
        f"The run took {report['minutes']:.0f} minutes."
    )
    return [told]


def _questions(report: Report) -> list[str]:
    asked = report["asked"]
    shown = {name: title for name, title in PEERS.items() if any(name in found for found in asked.values())}
    head = ["question", "rows", "first, ms", "then, ms", "peak, MB"]
    head += [f"{title}, ms (ratio)" for title in shown.values()]

    def row(name: str, found: Any) -> list[str]:
        own = found["concert"]
        cells = [_peer(found, peer, report["bound"]) for peer in shown]
        return [name, _count(own), ms(own["first"]), ms(own["seconds"]), mb(own["peak"]), *cells]

    return ["### Questions", _rows(head, (row(*each) for each in asked.items()))]


def _count(timed: Any) -> str:
    return f"{'≥ ' if timed['at_least'] else ''}{timed['total'] or 0:,}"


def agree(found: Any, peer: str) -> bool:
    """Whether the peer counts the rows that Concert counts; both have to have an answer."""
    own, other = (Total(timed["total"], timed["at_least"]) for timed in (found["concert"], found[peer]))
    return own.agrees(other)


def ratio(found: Any, peer: str) -> float | None:
    """How many times Concert's time a peer took, or for the query by hand how many times its time Concert took.

    None where one of them has no time, or where they count different rows: then it is void.
    """
    own, other = found["concert"]["seconds"], found.get(peer, {}).get("seconds")
    if own is None or other is None or not agree(found, peer):
        return None
    return float(own / other if peer == "duckdb" else other / own)


def _peer(found: Any, peer: str, bound: float) -> str:
    timed = found.get(peer)
    if timed is None:
        return "–"
    if timed["over"]:
        own = found["concert"]["seconds"]
        return f"over {timed['over']:.0f} s (> {times(timed['over'] / own)})" if own else f"over {bound:.0f} s"
    if timed["error"]:
        return "did not finish"
    if found["concert"]["seconds"] is None:
        return ms(timed["seconds"])
    if not agree(found, peer):
        return f"{ms(timed['seconds'])} (void: {timed['total']:,} rows)"
    return f"{ms(timed['seconds'])} ({times(ratio(found, peer) or 0)})"


def disagreements(report: Report) -> Iterator[str]:
    """Where a peer counts other rows than Concert."""
    for name, found in report["asked"].items():
        for peer, timed in found.items():
            answered = None not in (timed["total"], found["concert"]["total"])
            if answered and not agree(found, peer):
                yield f"{name}: {peer} counts {timed['total']} rows, concert {found['concert']['total']}"


def _loading(report: Report) -> list[str]:
    load, fill = report["load"], report["fill"]
    own, linking, store = sum(load["datasets"].values()), load["linking"], load["store"]
    claims = sum(load["claims"].values())
    bulk = fill["oxigraph"]["seconds"] * claims / fill["claims"]["count"]
    rows = [
        ["Concert: read, validated, kept and projected", own, load["loading_peak"]],
        ["Concert: efforts told of twice looked for", linking, load["loading_peak"]],
        ["Concert: its SPARQL store besides", store, load["peak"]],
        ["pyoxigraph bulk load of the same claims", bulk, fill["oxigraph"]["peak"]],
        ["coded columns for the queries by hand", fill["duckdb"]["seconds"], fill["duckdb"]["peak"]],
        ["ladybug, copied from Parquet", fill["ladybug"]["seconds"], fill["ladybug"]["peak"]],
    ]
    cells = ([name, f"{took:,.1f}", f"{claims / took:,.0f}", times(took / bulk), mb(peak)] for name, took, peak in rows)
    head = [f"{claims:,} claims", "seconds", "claims a second", "of pyoxigraph's", "peak, MB"]
    return ["### Loading", _rows(head, cells)]


def _growth(report: Report) -> list[str]:
    if not report["growth"]:
        return []
    worlds = {int(size): found for size, found in report["growth"].items()} | {report["size"]: report["asked"]}
    head = ["question", *(f"{size:,}, ms" for size in worlds), "last doubling", "its rows", "exponent"]

    def row(name: str) -> list[str]:
        took = [found[name]["concert"]["seconds"] for found in worlds.values()]
        rows = [found[name]["concert"]["total"] or 0 for found in list(worlds.values())[-2:]]
        more = times(rows[1] / rows[0]) if rows[0] else "–"
        return [name, *map(ms, took), times(took[-1] / took[-2]), more, f"{exponent([*worlds], took):.2f}"]

    whole = [name for name in report["asked"] if all(found[name]["concert"]["seconds"] for found in worlds.values())]
    return ["### Growth", _rows(head, map(row, whole))]


def exponent(sizes: list[int], took: list[float]) -> float:
    """The slope of log time over log size by least squares: 1 where twice the world takes twice the time."""
    xs, ys = [log(size) for size in sizes], [log(each) for each in took]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def _serving(report: Report) -> list[str]:
    http = report["http"]
    if "error" in http:
        return ["### Serving", f"Not measured: {http['error']}"]

    def row(readers: int) -> list[str]:
        whole, bare = http[f"readers {readers}"], http[f"bare {readers}"]
        told = [ms(whole["p50"]), ms(whole["p95"]), f"{whole['rate']:,.1f}", str(whole["failed"])]
        return [f"{readers} at once", *told, ms(bare["p50"]), ms(bare["p95"]), times(whole["p50"] / bare["p50"])]

    head = [
        "readers",
        "request p50, ms",
        "p95, ms",
        "a second",
        "failed",
        "bare p50, ms",
        "bare p95, ms",
        "ratio of p50",
    ]
    read = ", ".join(f"`{name}`" for name in http["read"])
    told = (
        f"One server process, asked in turn for {read}; bare is the same asked by as many threads without HTTP. "
        f"Ready {http['start']['seconds']:.1f} s after its start with {mb(http['start']['memory'])} MB; "
        f"{mb(http['all']['memory'])} MB after each of the {http['all']['questions']} questions was asked once "
        f"(peak {mb(http['all']['peak'])} MB)."
    )
    return ["### Serving", told, _rows(head, map(row, (1, 50)))]


def _truth(report: Report) -> list[str]:
    return ["### Truth", "```\n" + "\n".join(report["truth"]) + "\n```"]


def _goals(report: Report) -> str:
    asked, http = report["asked"], report["http"]
    load, fill = report["load"], report["fill"]
    own = {name: found["concert"]["seconds"] for name, found in asked.items() if found["concert"]["seconds"]}
    store = [_least(found) for found in asked.values() if "pyoxigraph" in found]
    floor = [found for each in asked.values() if (found := ratio(each, "duckdb")) is not None]
    bulk = fill["oxigraph"]["seconds"] * sum(load["claims"].values()) / fill["claims"]["count"]
    fast = {name: took for name, took in own.items() if name.split()[0] in FAST}
    rows: list[tuple[str, str, bool | None]] = []
    if known := [each for each in store if each is not None]:
        met = sum(each >= 50 for each in known)
        told = f"{met} of {len(known)} are; median {times(median(known))}, least {times(min(known))}"
        rows.append(("a question ≥ 50× its SPARQL on the embedded store", told, met == len(known)))
    if floor:
        met = sum(each <= 2 for each in floor)
        told = f"{met} of {len(floor)} are; median {times(median(floor))}, most {times(max(floor))}"
        rows.append(("within 2× of the DuckDB query by hand", told, met == len(floor)))
    if report["growth"]:
        before = list(report["growth"].values())[-1]
        grown = {n: t / before[n]["concert"]["seconds"] for n, t in own.items() if before[n]["concert"]["seconds"]}
        worst = max(grown, key=lambda name: grown[name])
        told = f"{sum(each <= 2.2 for each in grown.values())} of {len(grown)} do; most {times(grown[worst])}, {worst}"
        rows.append(("doubling the world costs ≤ 2.2×", told, grown[worst] <= 2.2))
    loaded = (sum(load["datasets"].values()) + load["linking"]) / bulk
    rows.append(("loading ≤ 2× pyoxigraph's bulk load", times(loaded), loaded <= 2))
    rows += _served(http)
    slow = max(own, key=lambda name: own[name])
    rows.append(("every first page ≤ 300 ms", f"most {ms(own[slow])} ms, {slow}", own[slow] <= 0.3))
    if fast:
        slow = max(fast, key=lambda name: fast[name])
        rows.append(("matrix and who works where ≤ 60 ms", f"most {ms(fast[slow])} ms, {slow}", fast[slow] <= 0.06))
    verdicts = {True: "met", False: "not met", None: "not known"}
    return _rows(["goal", "measured", ""], ([goal, told, verdicts[met]] for goal, told, met in rows))


def _served(http: Any) -> Iterator[tuple[str, str, bool | None]]:
    if "error" in http:
        return
    fifty = http["readers 50"]["p50"] / http["bare 50"]["p50"]
    failed = http["readers 50"]["failed"]
    told = f"{times(fifty)}, {failed} failed" if failed else times(fifty)
    yield "whole request p50 ≤ 3× the bare query, 50 readers", told, fifty <= 3 and not failed
    yield "start ≤ 2 s", f"{http['start']['seconds']:.1f} s", http["start"]["seconds"] <= 2
    memory = http["all"]["memory"]
    met = None if memory is None else memory <= 2.5e9
    yield "server ≤ 2.5 GB after every question", f"{mb(memory)} MB", met


def _least(found: Any) -> float | None:
    """What the SPARQL peer takes at least, as a multiple of Concert's time."""
    over, own = found["pyoxigraph"]["over"], found["concert"]["seconds"]
    return over / own if over and own else ratio(found, "pyoxigraph")
