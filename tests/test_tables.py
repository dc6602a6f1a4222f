"""What clerks keep in a spreadsheet is read as they mean it, or the mistake is said."""

from __future__ import annotations

from datetime import datetime

import pytest

from credit_plan.dates import ZONE
from credit_plan.load.reports import reports
from credit_plan.model import Entry, Mistake, Plan, Reported
from credit_plan.query.entry import entry

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)


def only(plan: Plan, content: str) -> Entry | tuple[Mistake, ...]:
    """What becomes of the only report of a table, or of a line of JSON."""
    (found,) = reports(content.encode())
    return entry(plan, found, (), NOW) if isinstance(found, Reported) else (found,)


CUT = "name the unit that reports: Excel makes 7.1 of 7.10, and both are measures"


@pytest.mark.parametrize(
    ("measure", "unit", "said"),
    [
        ("7.1", "", Mistake(2, "unit", CUT, ("市市场监管局", "海关"))),
        (
            "7.1",
            "绥芬河海关",
            Mistake(
                2, "unit", "海关 has no part in 7.1 but in 7.10: in Excel, make the column text"
            ),
        ),
        (
            "8.1",
            "文旅局",
            Mistake(
                2, "unit", "市文旅局 has no part in 8.1 but in 8.10: in Excel, make the column text"
            ),
        ),
        ("7.1", "市市场监管局", None),
        ("7.1", "市教育局", None),  # of neither: that is for `check` to say
        ("7.10", "", None),
    ],
)
def test_a_measure_that_excel_may_have_cut_is_told_by_its_unit(
    plan: Plan, measure: str, unit: str, said: Mistake | None
) -> None:
    outcome = only(plan, f"措施,填报单位,进展状态\n{measure},{unit},已完成\n")
    if said:
        assert outcome == (said,)
    else:
        assert isinstance(outcome, Entry)


def test_a_measure_that_was_typed_is_what_was_typed(plan: Plan) -> None:
    typed = entry(plan, Reported("7.1", "done"), (), NOW)
    assert isinstance(typed, Entry)
    assert typed.unit == "市市场监管局"
