"""Budgets and transactions as they are reported: in their own currency, on their own day, never converted."""

import itertools
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from graph.readers.iati.actors import Actors
from graph.readers.iati.codes import TRANSACTIONS, translated
from graph.readers.iati.reading import Reading
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import (
    AMOUNT,
    BUDGET,
    BUDGET_KIND,
    BUDGET_LINE,
    CURRENCY,
    ENDS,
    PROVIDER,
    PROVIDER_PROGRAMME,
    RECEIVER,
    RECEIVER_PROGRAMME,
    STARTS,
    TRANSACTED_ON,
    TRANSACTION,
    TRANSACTION_KIND,
    VALUED_ON,
)
from graph.readers.iati.values import Refused, dated, decimal, money
from graph.readers.iati.xml import Element, attribute
from ontology.namespaces import ID

PLANNED = ox.NamedNode(f"{ID}budget-kind/planned-disbursement")
SPENT = ox.NamedNode(f"{ID}budget-kind/spent")
DAY = "a day as 2011-07-01"
SIDES = {
    "provider-org": (PROVIDER, PROVIDER_PROGRAMME, "provider-activity-id"),
    "receiver-org": (RECEIVER, RECEIVER_PROGRAMME, "receiver-activity-id"),
    "recipient-org": (RECEIVER, RECEIVER_PROGRAMME, "receiver-activity-id"),
}
"""What each party of a sum is to it, and how it names the activity under which it reports the same money."""

Sum = tuple[str, str, str, bool, str]
"""A budgeted sum: start and end of its period, currency, whether it is revised, and the amount."""


class Money:
    """The sums of one file."""

    def __init__(self, reading: Reading, actors: Actors) -> None:
        self._reading = reading
        self._actors = actors

    def budget(self, element: Element, node: ox.NamedNode, currency: str, stated: Stated) -> Sum:
        """State all of a budget line but whose it is; `node` is the line's own. Raises Refused."""
        value = starts = ends = None
        for child in element:
            if child.tag == "value":
                value = child
            elif child.tag == "period-start":
                starts = dated(child, "period-start")
            elif child.tag == "period-end":
                ends = dated(child, "period-end")
        amount, named, valued = money(value, currency)
        if starts is None:
            raise Refused("period-start", "", DAY)
        if ends is not None and ends.value < starts.value:
            raise Refused("period-end", ends.value, f"a day on or after {starts.value}")
        stated.claim(node, BUDGET_LINE)
        stated.add(node, AMOUNT, decimal(amount))
        stated.add(node, CURRENCY, _text(named))
        stated.add(node, STARTS, starts)
        if ends is not None:
            stated.add(node, ENDS, ends)
        if valued is not None and valued != starts:
            stated.add(node, VALUED_ON, valued)
        kind = _kind(str(element.tag), attribute(element, "type") or "1")
        if kind is not None:
            stated.add(node, BUDGET_KIND, kind)
        for child in element:
            if child.tag in SIDES:
                self._party(child, node, str(element.tag), stated)
        revised = kind is not None and kind.value.endswith("/revised")
        return starts.value, ends.value if ends is not None else "", named, revised, amount

    def transaction(self, element: Element, node: ox.NamedNode, currency: str, stated: Stated) -> list[Element]:
        """State all of a transaction but whose it is. Returns its places and sectors, unread. Raises Refused."""
        value = on = kind = None
        parties, others = [], []
        for child in element:
            tag = child.tag
            if tag == "value":
                value = child
            elif tag == "transaction-date":
                on = dated(child, "transaction-date")
            elif tag == "transaction-type":
                kind = _moves(attribute(child, "code"))
            elif tag in SIDES:
                parties.append(child)
            elif tag in ("sector", "recipient-country", "recipient-region"):
                others.append(child)
        amount, named, valued = money(value, currency)
        on = on if on is not None else valued
        if on is None:
            raise Refused("transaction-date", "", DAY)
        if kind is None:
            raise Refused("transaction-type", "", "a code of the list TransactionType")
        stated.claim(node, TRANSACTION)
        stated.add(node, TRANSACTION_KIND, kind)
        stated.add(node, AMOUNT, decimal(amount))
        stated.add(node, CURRENCY, _text(named))
        stated.add(node, TRANSACTED_ON, on)
        if valued is not None and valued != on:
            stated.add(node, VALUED_ON, valued)
        for party in parties:
            programme = self._party(party, node, str(element.tag), stated)
            if programme:
                stated.add(node, SIDES[str(party.tag)][1], self._reading.programme(programme, stated))
        return others

    def _party(self, element: Element, node: ox.NamedNode, of: str, stated: Stated) -> str:
        """State who gives or gets; one that can't be read is logged, the sum stays.

        Returns the identifier of the activity under which it reports the same money, empty where it names none.
        """
        actor, _, activity = SIDES[str(element.tag)]
        other = attribute(element, activity)
        try:
            stated.add(node, actor, self._actors.actor(element, self._reading.frame.language, stated))
            self._reading.take(str(element.tag))
        except Refused as refused:
            self._reading.refuse(element, refused, of)
        return other


def whole(node: ox.NamedNode, sums: Iterable[Sum], stated: Stated) -> None:
    """State the whole budget of a programme: its budgeted sums together, where they are of one currency.

    A revised sum takes the place of the original one of its period. Nothing is stated when the periods of different
    sums run into one another, for then nobody can tell what adds up.
    """
    periods: dict[tuple[str, str], tuple[bool, str]] = {}
    currencies = set()
    for starts, ends, currency, revised, amount in sums:
        currencies.add(currency)
        earlier = periods.get((starts, ends))
        if earlier is not None and earlier[0] == revised:
            return
        if earlier is None or revised:
            periods[starts, ends] = (revised, amount)
    apart = all(one[1] and one[1] <= later[0] for one, later in itertools.pairwise(sorted(periods)))
    if len(currencies) == 1 and apart:
        total = sum((Decimal(amount) for _, amount in periods.values()), Decimal(0))
        if total >= 0:
            stated.add(node, BUDGET, decimal(format(total, "f")))
            stated.add(node, CURRENCY, _text(currencies.pop()))


@lru_cache(maxsize=1_000)
def _moves(code: str) -> ox.NamedNode:
    kind = translated("TransactionType").get(TRANSACTIONS.get(code, code))
    if kind is None:
        raise Refused("transaction-type/@code", code, "a code of the list TransactionType")
    return kind


@lru_cache(maxsize=1_000)
def _kind(tag: str, type_: str) -> ox.NamedNode | None:
    if tag == "planned-disbursement":
        return PLANNED
    if tag == "total-expenditure":
        return SPENT
    return translated("BudgetType").get({"original": "1", "revised": "2"}.get(type_.lower(), type_))


@lru_cache(maxsize=1_000)
def _text(currency: str) -> ox.Literal:
    return ox.Literal(currency)
