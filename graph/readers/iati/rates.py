"""Rates of exchange that a person states: without them no sum is converted."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from graph.errors import InvalidData
from graph.readers.sheets import rows

COLUMNS = ("currency", "date", "year", "rate", "source")
DOLLAR = "USD"
CENT = Decimal("0.01")


class Dollars(NamedTuple):
    """A sum in US dollars, and at which rate of whom."""

    amount: Decimal
    rate: str


class Rates:
    """The table that the option `rates` names: how many US dollars one of each currency was, by day, month or year."""

    def __init__(self, option: object, file: Path) -> None:
        """Read the table beside the data file, or where the option says.

        Its columns are `currency`, `date` (2015-03-31 or 2015-03) or `year`, `rate` and `source`. Raises InvalidData
        naming the row for a rate that is none, and for a second one of a currency and time.
        """
        self._rates: dict[tuple[str, str], tuple[Decimal, str]] = {}
        if option is None:
            return
        table = file.resolve().parent / str(option)
        table = table if table.is_file() else Path(str(option))
        if not table.is_file():
            raise InvalidData(
                f"there is no table of rates {option}", given=str(option), expected="a CSV table: " + ", ".join(COLUMNS)
            )
        for number, row in rows(table):
            self._add(table.name, number, row)

    def __bool__(self) -> bool:
        return bool(self._rates)

    def dollars(self, amount: str, currency: str, day: str) -> Dollars | None:
        """A sum of that day in US dollars, to the cent; by the rate of the day, else of its month, else of its year."""
        if currency == DOLLAR:
            return Dollars(Decimal(amount), "")
        for time in (day, day[:7], day[:4]):
            found = self._rates.get((currency, time))
            if found is not None:
                rate, source = found
                return Dollars((Decimal(amount) * rate).quantize(CENT), f"{rate} of {time}, {source}")
        return None

    def _add(self, table: str, number: int, row: dict[str, str]) -> None:
        currency, time = row.get("currency", ""), row.get("date") or row.get("year") or ""
        try:
            rate = Decimal(row.get("rate", ""))
        except InvalidOperation:
            rate = Decimal(0)
        for wrong, field, expected in (
            (len(currency) != 3 or not currency.isupper(), "currency", "an ISO 4217 code of three capitals"),
            (len(time) not in (4, 7, 10) or not time[:4].isdigit(), "date", "a year, month or day as 2015-03-31"),
            (not rate.is_finite() or rate <= 0, "rate", "how many US dollars one of the currency is"),
            (not row.get("source"), "source", "who states the rate"),
            ((currency, time) in self._rates, "date", "one rate of a currency and time"),
        ):
            if wrong:
                raise InvalidData(
                    f"{table} row {number}: {field} is not right",
                    where=f"{table} row {number}",
                    given=row.get(field) or time,
                    expected=expected,
                )
        self._rates[currency, time] = rate, row["source"]
