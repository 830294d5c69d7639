"""Bars over years: where they stand, and what of their bounds nobody told."""

from hypothesis import given
from hypothesis import strategies as st

from viz.timeline import LEAST, MOST_YEARS, WHOLE, timeline


def row(starts=None, ends=None, from_date=None, to_date=None):
    return {"starts": starts, "ends": ends, "from_date": from_date or starts, "to_date": to_date or ends}


def test_a_stated_period_stands_where_its_years_are() -> None:
    line = timeline([row("2000-01-01", "2003-12-31")])
    assert line is not None
    assert line.years == [2000, 2001, 2002, 2003]
    (bar,) = line.bars
    assert bar is not None
    assert (bar.left, round(bar.right)) == (0.0, round(WHOLE * (3 + 364 / 366) / 4))
    assert bar.open_left is None
    assert bar.open_right is None
    assert bar.said == "2000-01-01 to 2003-12-31"


def test_what_nobody_tells_is_drawn_open_and_said_so() -> None:
    line = timeline(
        [
            row(from_date="2003-05-14", to_date="2003-05-14"),
            row(starts="2001-01-01", to_date="2003-05-14"),
            row(),
        ]
    )
    assert line is not None
    seen, begun, unknown = line.bars
    assert seen is not None
    assert seen.is_day
    assert seen.said == "seen 2003-05-14"
    assert begun is not None
    assert begun.open_left is None
    assert begun.open_right is not None
    assert begun.said == "2001-01-01 to ?"
    assert unknown is None


def test_without_any_date_there_is_no_axis() -> None:
    assert timeline([row(), row()]) is None
    assert timeline([]) is None


def test_the_columns_of_a_count_stand_in_their_years() -> None:
    line = timeline([row(starts="2001-01-01", ends="2001-12-31")], {2001: 4, 2003: 2})
    assert line is not None
    assert [(each.year, each.height) for each in line.counts] == [(2001, 1000.0), (2003, 500.0)]
    assert line.counts[1].left - line.counts[0].left == 2 * line.counts[0].width


days = st.dates().map(str)


@given(st.lists(st.tuples(st.none() | days, st.none() | days, st.none() | days, st.none() | days), max_size=5))
def test_every_bar_is_on_the_axis(told) -> None:
    rows = [
        {"starts": s, "ends": e, "from_date": min(f, t) if f and t else f or t, "to_date": max(f, t) if f and t else t}
        for s, e, f, t in told
    ]
    line = timeline(rows)
    if line is None:
        return
    steps = {after - before for before, after in zip(line.years, line.years[1:], strict=False)}
    assert len(steps) <= 1
    assert 2 <= len(line.years) <= MOST_YEARS + 1
    assert len(line.years) * (steps or {1}).pop() >= LEAST
    for bar in line.bars:
        if bar is not None:
            assert 0 <= bar.left <= bar.right <= WHOLE
