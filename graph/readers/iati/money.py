"""Budgets and transactions as they are reported: in their own currency, on their own day.

Where a table of rates is given, a note beside each says what it is in US dollars, at which rate of whom.
"""

import itertools
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from graph.readers.iati.actors import Actors
from graph.readers.iati.codes import TRANSACTIONS, translated
from graph.readers.iati.rates import DOLLAR, Rates
from graph.readers.iati.reading import Reading
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import (
    AMOUNT,
    BUDGET,
    BUDGET_KIND,
    BUDGET_LINE,
    CURRENCY,
    ENDS,
    NOTE,
    PROVIDER,
    PROVIDER_PROGRAMME,
    RECEIVER,
    RECEIVER_PROGRAMME,
    STARTS,
    TRANSACTED_ON,
    TRANSACTION,
    TRANSACTION_KIND,
    VALUED_ON,
    Node,
    Value,
    last,
    quoted,
    text_of,
)
from graph.readers.iati.values import Refused, dated, decimal, money
from graph.readers.iati.xml import Element, attribute
from ontology.namespaces import ID

PLANNED = f"<{ID}budget-kind/planned-disbursement>"
SPENT = f"<{ID}budget-kind/spent>"
DAY = "a day as 2011-07-01"
SIDES = {
    "provider-org": (PROVIDER, PROVIDER_PROGRAMME, "provider-activity-id"),
    "receiver-org": (RECEIVER, RECEIVER_PROGRAMME, "receiver-activity-id"),
    "recipient-org": (RECEIVER, RECEIVER_PROGRAMME, "receiver-activity-id"),
}
"""What each party of a sum is to it, and how it names the activity under which it reports the same money."""


class Sum(NamedTuple):
    """A budgeted sum with its period, whether it is revised, and the day whose rate of exchange holds for it."""

    starts: str
    ends: str
    currency: str
    revised: bool
    amount: str
    valued: str


class Money:
    """The sums of one file."""

    def __init__(self, reading: Reading, actors: Actors, rates: Rates) -> None:
        self._reading = reading
        self._actors = actors
        self.rates = rates

    def budget(self, element: Element, node: Node, currency: str, stated: Stated) -> Sum:
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
        if ends is not None and ends < starts:
            raise Refused("period-end", text_of(ends), f"a day on or after {text_of(starts)}")
        rest = f"{node} {AMOUNT} {decimal(amount)} .\n{node} {CURRENCY} {_text(named)} .\n{node} {STARTS} {starts} .\n"
        if ends is not None:
            rest += f"{node} {ENDS} {ends} .\n"
        if valued is not None and valued != starts:
            rest += f"{node} {VALUED_ON} {valued} .\n"
        kind = _kind(str(element.tag), attribute(element, "type") or "1")
        if kind is not None:
            rest += f"{node} {BUDGET_KIND} {kind} .\n"
        day = text_of(valued if valued is not None else starts)
        stated.claim(node, BUDGET_LINE, rest + self._converted(node, amount, named, day))
        for child in element:
            if child.tag in SIDES:
                self._party(child, node, str(element.tag), stated)
        revised = kind is not None and last(kind) == "revised"
        return Sum(text_of(starts), text_of(ends) if ends is not None else "", named, revised, amount, day)

    def transaction(self, element: Element, node: Node, currency: str, stated: Stated) -> list[Element]:
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
        rest = (
            f"{node} {TRANSACTION_KIND} {kind} .\n{node} {AMOUNT} {decimal(amount)} .\n"
            f"{node} {CURRENCY} {_text(named)} .\n{node} {TRANSACTED_ON} {on} .\n"
        )
        if valued is not None and valued != on:
            rest += f"{node} {VALUED_ON} {valued} .\n"
        day = text_of(valued if valued is not None else on)
        stated.claim(node, TRANSACTION, rest + self._converted(node, amount, named, day))
        for party in parties:
            programme = self._party(party, node, str(element.tag), stated)
            if programme:
                stated.add(node, SIDES[str(party.tag)][1], self._reading.programme(programme, stated))
        return others

    def _converted(self, node: Node, amount: str, currency: str, day: str) -> str:
        """The line that says what a sum is in US dollars; empty where nobody states a rate, or it is in them."""
        dollars = self.rates.dollars(amount, currency, day) if self.rates else None
        if dollars is None or not dollars.rate:
            return ""
        told = f"Converted: {dollars.amount} US dollars at {dollars.rate}."
        return f"{node} {NOTE} {quoted(told)}@en .\n"

    def _party(self, element: Element, node: Node, of: str, stated: Stated) -> str:
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


def whole(node: Node, sums: Iterable[Sum], stated: Stated, rates: Rates) -> str:
    """State the whole budget of a programme: its budgeted sums together, in US dollars where rates are stated for all.

    Else as they are reported, where they are of one currency. A revised sum takes the place of the original one of its
    period. Nothing is stated when the periods of different sums run into one another, for then nobody can tell what
    adds up. Returns what has to be noted: that it was converted, from what, by whose rates.
    """
    periods: dict[tuple[str, str], Sum] = {}
    currencies = set()
    for each in sums:
        currencies.add(each.currency)
        earlier = periods.get((each.starts, each.ends))
        if earlier is not None and earlier.revised == each.revised:
            return ""
        if earlier is None or each.revised:
            periods[each.starts, each.ends] = each
    if not all(one[1] and one[1] <= later[0] for one, later in itertools.pairwise(sorted(periods))):
        return ""
    amounts, note = [Decimal(each.amount) for each in periods.values()], ""
    if rates and currencies != {DOLLAR}:
        found = [(each, rates.dollars(each.amount, each.currency, each.valued)) for each in periods.values()]
        dollars = [converted.amount for _, converted in found if converted is not None]
        if found and len(dollars) == len(found):
            used = dict.fromkeys(f"{e.currency} at {c.rate}" for e, c in found if c is not None and c.rate)
            amounts, currencies, note = dollars, {DOLLAR}, f"The budget is converted to US dollars: {'; '.join(used)}."
    total = sum(amounts, Decimal(0))
    if len(currencies) != 1 or total < 0:
        return ""
    stated.add(node, BUDGET, decimal(format(total, "f")))
    stated.add(node, CURRENCY, _text(currencies.pop()))
    return note


@lru_cache(maxsize=1_000)
def _moves(code: str) -> Node:
    kind = translated("TransactionType").get(TRANSACTIONS.get(code, code))
    if kind is None:
        raise Refused("transaction-type/@code", code, "a code of the list TransactionType")
    return kind


@lru_cache(maxsize=1_000)
def _kind(tag: str, type_: str) -> Node | None:
    if tag == "planned-disbursement":
        return PLANNED
    if tag == "total-expenditure":
        return SPENT
    return translated("BudgetType").get({"original": "1", "revised": "2"}.get(type_.lower(), type_))


@lru_cache(maxsize=1_000)
def _text(currency: str) -> Value:
    return quoted(currency)
