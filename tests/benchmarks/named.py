"""Records that name each other by identifiers, as IATI publishers do: of one effort, or of a whole and its parts.

Each names the other under an id of its own dataset and states its identifier, as the reader of IATI writes it.
"""

from collections.abc import Callable, Iterator
from copy import copy

from tests.benchmarks.efforts import PROGRAMME, Effort, Ledger
from tests.benchmarks.ntriples import SOURCE, TYPE, date, number, ref, term, text

NOTATION, ACTIVITY = term("skos:notation"), term("con:iati-activity")
KIND, OTHER = term("con:relationKind"), term("con:otherProgramme")
PROVIDER_PROGRAMME, RECEIVER_PROGRAMME = term("con:providerProgramme"), term("con:receiverProgramme")
TRANSACTION_KIND, AMOUNT, CURRENCY = term("con:transactionKind"), term("con:amount"), term("con:currency")

Row = dict[str, object]
Tell = Callable[[Effort], tuple[Effort, list[str]]]
Plant = Callable[[Effort, Tell], Iterator[Row]]


def plant_named(ledger: Ledger, times: int) -> Iterator[Plant]:
    """What to plant: each kind `times` times. Called with the first telling and what tells it again."""
    write = Naming(ledger)
    for _ in range(times):
        yield from (write.equal, write.same_effort, write.chain, write.part, write.several, write.one_sided)


class Naming:
    """Writes records with identifiers, and what they say of each other."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._stated = 0

    def equal(self, first: Effort, tell: Tell) -> Iterator[Row]:
        """Two records under one identifier."""
        a, b, changed = self._twice(first, tell)
        for by, record in enumerate((a, b)):
            self._identify(by, record, f"XM-TEST-{a[10:]}")
        yield _row(a, b, True, ["one identifier", *changed])

    def same_effort(self, first: Effort, tell: Tell) -> Iterator[Row]:
        """One says that the other reports the same effort."""
        a, b, changed = self._twice(first, tell)
        self._identify(1, b, f"XM-TEST-{b[10:]}")
        self._relate(0, a, "same-effort", f"XM-TEST-{b[10:]}")
        yield _row(a, b, True, ["same effort", *changed])

    def chain(self, first: Effort, tell: Tell) -> Iterator[Row]:
        """The donor's grant for one project and the project, each naming the other with its money."""
        a, b, changed = self._twice(first, tell)
        self._identify_both(a, b)
        self._pay(1, b, PROVIDER_PROGRAMME, f"XM-TEST-{a[10:]}")
        self._pay(0, a, RECEIVER_PROGRAMME, f"XM-TEST-{b[10:]}")
        yield _row(a, b, True, ["chain of one", *changed])

    def part(self, first: Effort, tell: Tell) -> Iterator[Row]:
        """A whole and a part of it with nearly the same words: two efforts, one within the other."""
        a = self._ledger.add(first)
        second, changed = tell(first)
        second.parent = a
        yield _row(a, self._ledger.add(second), False, ["part of", *changed])

    def several(self, first: Effort, tell: Tell) -> Iterator[Row]:
        """A donor's programme that pays for two projects, all naming each other: a chain, not one effort."""
        a = self._ledger.add(first)
        self._identify(0, a, f"XM-TEST-{a[10:]}")
        for _ in range(2):
            second, changed = tell(first)
            b = self._ledger.add(second)
            self._identify(1, b, f"XM-TEST-{b[10:]}")
            self._pay(1, b, PROVIDER_PROGRAMME, f"XM-TEST-{a[10:]}")
            self._pay(0, a, RECEIVER_PROGRAMME, f"XM-TEST-{b[10:]}")
            yield _row(a, b, False, ["chain of several", *changed])

    def one_sided(self, first: Effort, tell: Tell) -> Iterator[Row]:
        """Only the receiver names the payer: it is left to the score, which here should find them."""
        a, b, changed = self._twice(first, tell)
        self._identify_both(a, b)
        self._pay(1, b, PROVIDER_PROGRAMME, f"XM-TEST-{a[10:]}")
        yield _row(a, b, True, ["chain told by one", *changed])

    def _twice(self, first: Effort, tell: Tell) -> tuple[str, str, list[str]]:
        a = self._ledger.add(first)
        mine = self._ledger.programmes
        second, changed = tell(copy(first))
        return a, self._ledger.add(second, same_as=mine), changed

    def _identify_both(self, a: str, b: str) -> None:
        self._identify(0, a, f"XM-TEST-{a[10:]}")
        self._identify(1, b, f"XM-TEST-{b[10:]}")

    def _identify(self, by: int, id: str, identifier: str) -> None:
        self._ledger.datasets[by].state(id, [(NOTATION, f'"{identifier}"^^{ACTIVITY}')])

    def _mentioned(self, by: int, identifier: str) -> str:
        """The id under which a dataset speaks of a record of another one."""
        mentioned = f"programme/w{'ab'[by]}.{identifier}"
        self._identify(by, mentioned, identifier)
        return ref(mentioned)

    def _relate(self, by: int, id: str, kind: str, identifier: str) -> None:
        stated = [(TYPE, term("con:Relation")), self._source(by), (PROGRAMME, ref(id))]
        stated += [(KIND, ref(f"relation-kind/{kind}")), (OTHER, self._mentioned(by, identifier))]
        self._ledger.datasets[by].state(f"relation/w{'ab'[by]}-{self._number()}", stated)

    def _pay(self, by: int, id: str, side: str, identifier: str) -> None:
        stated = [(TYPE, term("con:Transaction")), self._source(by), (PROGRAMME, ref(id))]
        stated += [(side, self._mentioned(by, identifier)), (AMOUNT, number(10_000)), (CURRENCY, text("USD", ""))]
        moved = "incoming-funds" if side == PROVIDER_PROGRAMME else "disbursement"
        stated += [(TRANSACTION_KIND, ref(f"transaction-kind/{moved}")), (term("con:transactedOn"), date("2012-03-01"))]
        self._ledger.datasets[by].state(f"transaction/w{'ab'[by]}-{self._number()}", stated)

    def _source(self, by: int) -> tuple[str, str]:
        return SOURCE, ref(f"source/w{'ab'[by]}-0")

    def _number(self) -> int:
        self._stated += 1
        return self._stated


def _row(a: str, b: str, double: bool, changed: list[str]) -> Row:
    return {"a": a, "b": b, "double": double, "named": True, "changed": changed}
