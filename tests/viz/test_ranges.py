"""Reports of one figure on one scale."""

import pytest

from graph.questions.answer import ask
from graph.tables.world import World
from viz.ranges import WHOLE, bounds, figures


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("55", (55, 55)),
        ("55–400", (55, 400)),
        ("60 (55–70)", (55, 70)),
        ("60 (–70)", (60, 70)),
        ("≥ 55", (55, None)),
        ("≤ 0.5", (None, 0.5)),
        ("1.5e+07", (15_000_000, 15_000_000)),
        ("<10", None),
        ("<10–40", None),
        ("<10 or more", None),
        ("", None),
        ("many", None),
    ],
)
def test_a_report_is_read_as_it_is_written(shown: str, found: tuple[float | None, float | None] | None) -> None:
    assert bounds(shown) == found


def test_the_reports_of_a_figure_share_a_scale(world: World) -> None:
    rows = ask(world, "contested-figures", {"place": ["TM"]}).rows
    (figure,) = figures(rows)
    assert [(report.left, report.right) for report in figure.reports] == [(137.5, 137.5), (137.5, WHOLE)]


def test_every_contested_report_that_is_shipped_is_read(world: World) -> None:
    rows = ask(world, "contested-figures", {}, 10_000).rows
    assert sum(len(figure.reports) for figure in figures(rows)) == len(rows) > 3
    assert all(bounds(row["shown"]) for row in rows if "<" not in row["shown"])
