"""The line of one figure over the years, as characters."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from credit_plan import formatters
from credit_plan.filters import Filters
from credit_plan.formatters import Screen
from credit_plan.formatters.chart import chart_lines
from credit_plan.plan import Plan, Report, Status
from credit_plan.questions import indicators
from credit_plan.table import Chart

Reported = tuple[tuple[date, Decimal], ...]

STEPS = (
    (date(2022, 1, 1), date(2022, 12, 31), Decimal(50)),
    (date(2023, 1, 1), date(2023, 12, 31), Decimal(60)),
    (date(2024, 1, 1), date(2024, 12, 31), Decimal(80)),
    (date(2025, 1, 1), date(2025, 12, 31), Decimal(100)),
)


def point(day: str, value: str | int) -> tuple[date, Decimal]:
    return date.fromisoformat(day), Decimal(value)


def test_the_steps_that_are_promised_and_the_points_that_are_reported() -> None:
    reported = (
        point("2022-12-31", 50),
        point("2023-07-01", 70),
        point("2024-06-30", 75),
    )
    assert "\n".join(chart_lines(Chart(STEPS, reported, "％"), 54)) == (
        "100 │                                    ────────────○\n"
        "    │\n"
        "    │\n"
        " 80 │                        ────────────○\n"
        " 75 │                       ·······●\n"
        " 70 │                 ·●····\n"
        " 60 │            ───··───────○\n"
        "    │             ··\n"
        " 50 │────────────●\n"
        "    └─────────────────────────────────────────────────\n"
        "     2022        2023        2024        2025\n"
        "──○ promised   ● reported   (％)"
    )


def test_the_chart_of_an_indicator_with_nothing_reported(plan: Plan) -> None:
    day = date(2024, 6, 30)
    answer = indicators.answer(plan, Filters(day=day), day, ["credit-granted"])
    shown = formatters.format_answer(answer, "table", Screen(width=60))
    assert "\n3 │───" in shown
    assert shown.count("○") == 2  # the promise, and the legend
    assert shown.count("●") == 1  # the legend alone
    in_markdown = formatters.format_answer(answer, "markdown", Screen())
    assert "```text\n" in in_markdown
    assert "○" in in_markdown
    for form in ("json", "csv"):
        assert "○" not in formatters.format_answer(answer, form, Screen())


@pytest.mark.parametrize(
    "reported",
    [
        (),
        (point("2024-06-30", 80),),
        (point("2024-06-30", 80), point("2024-06-30", 70)),
        (point("2024-06-30", 0), point("2024-07-01", "99999999999999999999")),
        (point("2024-06-30", "0.0000001"), point("2024-07-01", "0.0000002")),
        (point("2001-01-01", 10), point("2031-12-31", 20)),
        (point("0001-01-01", 10), point("9999-12-31", 20)),
        tuple(point(f"2024-06-{day:02}", day) for day in range(1, 31)),
    ],
    ids=["none", "one", "one day", "far", "near", "outside", "for ever", "daily"],
)
@pytest.mark.parametrize("promised", [STEPS, STEPS[:1], STEPS[-1:]], ids=["all", "first", "last"])
@pytest.mark.parametrize("width", [None, 160, 80, 40])
def test_every_line_fits(
    promised: tuple[tuple[date, date, Decimal], ...], reported: Reported, width: int | None
) -> None:
    lines = chart_lines(Chart(promised, reported, "亿元"), width)
    # All but the labels: a figure of twenty digits is as long as it is.
    widest = max(len(f"{value:f}") for *_days, value in (*promised, *reported))
    allowed = 72 if width is None else max(min(width, 72), widest + 2 + 24)
    assert max(map(cell_len, lines)) <= allowed
    body = "\n".join(lines[:-1])
    assert ("●" in body) == bool(reported)
    assert len(lines) == 12


@pytest.mark.parametrize("value", ["0", "-3", "0.02", "10000"])
def test_a_single_value_stands_in_the_middle(value: str) -> None:
    step = ((date(2025, 1, 1), date(2025, 12, 31), Decimal(value)),)
    lines = chart_lines(Chart(step, ((date(2025, 6, 30), Decimal(value)),), "户"), 60)
    drawn = [at for at, line in enumerate(lines[:9]) if "─" in line]
    assert drawn == [4]
    assert lines[4].startswith(f"{value} │─")
    assert "●" in lines[4]
    assert lines[4].endswith("○")


def test_a_figure_that_was_corrected_is_no_point(plan: Plan) -> None:
    """Of a day only the figure counts that was recorded last."""
    told = tuple(
        Report(
            measure="1",
            due=None,
            on=date(2023, 12, 31),
            unit="市营商局",
            status=Status.IN_PROGRESS,
            values=(("ranking", Decimal(value)),),
            note=None,
            evidence=(),
            recorded=datetime.fromisoformat(recorded),
        )
        for value, recorded in (
            ("190", "2024-01-08T09:00:00+08:00"),
            ("129", "2024-08-02T09:00:00+08:00"),
        )
    )
    day = date(2024, 12, 31)
    answer = indicators.answer(plan._replace(reports=told), Filters(day=day), day, ["ranking"])
    chart = answer.tables[0].chart
    assert chart is not None
    assert chart.reported == (point("2023-12-31", 129),)
    assert [row[1] for row in answer.tables[1].rows] == [Decimal(190), Decimal(129)]


@given(
    st.lists(
        st.tuples(
            st.dates(date(2015, 1, 1), date(2035, 12, 31)),
            st.decimals(-1000, 100000, places=2),
        ),
        max_size=20,
    ),
    st.integers(30, 200),
)
def test_whatever_is_reported_can_be_drawn(told: list[tuple[date, Decimal]], width: int) -> None:
    reported = tuple(sorted(told))
    lines = chart_lines(Chart(STEPS, reported, "名"), width)
    assert max(map(cell_len, lines)) <= max(min(width, 72), 9 + 2 + 24)
    assert sum(line.count("●") for line in lines[:-1]) <= len(reported)
    assert len(lines) == 12
