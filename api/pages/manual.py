"""`/help`: what each verdict means and when not to trust it; `/design`: what the pages are made of."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import Response

from api.pages.filters import filter_bar
from api.pages.kept import kept
from api.pages.rendering import options, render
from api.visibility import ReaderWorld
from graph.errors import ConcertError
from graph.questions.answer import Answer, ask, question
from graph.tables.world import World
from ontology.vocabulary import codes

PAPER = "paper-2003"
"""The shipped dataset that the examples are taken from."""
EXAMPLES: dict[str, tuple[str, dict[str, str]]] = {
    "gap": ("gaps", {"place": "place/tm", "domain": "domain/drugs"}),
    "corridor": ("corridor-gaps", {"domain": "domain/drugs"}),
    "evidence": ("evidence-gaps", {"place": "place/central-asia", "domain": "domain/arms"}),
    "overlap": ("overlaps", {"place": "place/central-asia", "domain": "domain/drugs"}),
    "duplication": ("possible-duplication", {"place": "place/tj"}),
    "found": ("possible-duplication", {"verdict": "possibly-duplicating"}),
    "twice": ("double-reporting", {}),
    "fragmentation": ("fragmentation", {"place": "place/central-asia", "domain": "domain/drugs"}),
    "balance": ("supply-demand-balance", {"domain": "domain/persons"}),
    "meet": ("should-meet", {"place": "place/tj"}),
    "placed": ("best-placed", {"place": "place/tm", "domain": "domain/drugs"}),
    "ending": ("ending-soon", {"place": "place/kg"}),
    "figures": ("contested-figures", {"place": "place/tm"}),
}
"""Example on the page of help -> the question that gives it, with its parameters."""
AT_ONCE = 2
"""Examples that are asked for at once: as many as the tables answer beside one another."""
VERDICTS = ("possibly-duplicating", "undetermined", "coordinated", "complementary")

router = APIRouter(include_in_schema=False)
STATUSES = ("covered", "thin", "planned", "ended", "none-recorded", "no-source")


@router.get("/help")
@kept
def help_page(request: Request, world: ReaderWorld) -> Response:
    """What the words mean, with examples from the shipped paper as the questions answer them now."""
    return render(
        "help.html",
        world,
        request=request,
        statuses=STATUSES,
        verdicts=[codes("verdict")[name] for name in VERDICTS],
        paper=PAPER,
        examples=_examples(world, request.app.state),
        address=_address,
    )


def _examples(world: World, state: State) -> dict[str, Answer]:
    """The answers by the names of the examples, kept until the data change; none where the paper is not loaded."""
    if PAPER not in world.datasets:
        return {}
    kept: tuple[str, dict[str, Answer]] | None = getattr(state, "examples", None)
    if kept is None or kept[0] != world.key:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            told = zip(EXAMPLES, threads.map(partial(_asked, world), EXAMPLES), strict=True)
            found = {name: answer for name, answer in told if answer}
        kept = state.examples = (world.key, found)
    return kept[1]


def _asked(world: World, name: str) -> Answer | None:
    asks, given = EXAMPLES[name]
    try:
        return ask(world, asks, {each: [value] for each, value in (given | {"dataset": PAPER}).items()}, 5)
    except ConcertError:  # what it names is not in this world
        return None


def _address(name: str) -> str:
    """The page with the answer of an example."""
    asks, given = EXAMPLES[name]
    return f"/questions/{asks}?{urlencode(given | {'dataset': PAPER})}"


@router.get("/design")
def design_page(request: Request, world: ReaderWorld) -> Response:
    """Every token and component, live: the filter bar filters, the table sorts."""
    bar = filter_bar(request, world, question("gaps").parameters)
    return render("design.html", world, bar=bar, options=options(world), statuses=STATUSES)
