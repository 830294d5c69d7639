"""Periods as the sheets and the formats of others write them, out of those of the tables."""

from datetime import date, timedelta

from graph.tables.engine import Row


def bounds(held: Row) -> tuple[str, str, str]:
    """Start, end, and the day or span on which a thing is known to be active, each empty where it is unknown.

    Of a bound that is known alone, the tables tell how exact it is: the period is all that it can mean.
    """
    starts, ends, first, last = held["starts"], held["ends"], held["from_date"], held["to_date"]
    if starts is None and ends is None:
        return "", "", span(first, last) if held["attested"] else ""
    if held["attested"]:
        return str(starts or ""), str(ends or ""), str(first if starts is None else last)
    if starts is None or ends is None:
        alone = span(first, last)
        return ("", alone, "") if starts is None else (alone, "", "")
    return str(starts), str(ends), ""


def span(first: date, last: date) -> str:
    """The date that means the time between two days: a day, else the month or the year of it."""
    if first == last:
        return first.isoformat()
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    return f"{first:%Y-%m}" if whole and (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"
