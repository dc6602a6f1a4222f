"""`history`: which reports are listed, in which order, and what the line below them says."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from credit_plan import formatters
from credit_plan.dates import ZONE
from credit_plan.filters import parse_filters
from credit_plan.formatters import Screen
from credit_plan.plan import Plan, Report, Status
from credit_plan.questions import history
from credit_plan.table import Answer
from tests.story import rows

DAY = date(2024, 6, 30)


def report(
    measure: str,
    on: str,
    recorded: str,
    unit: str = "市营商局",
    **more: Any,  # noqa: ANN401  as Report takes them
) -> Report:
    """Return a report on a day, entered at nine on another day."""
    entered = datetime.fromisoformat(f"{recorded}T09:00").replace(tzinfo=ZONE)
    told = {"due": None, "values": (), "note": None, "evidence": ()} | more
    return Report(
        measure=measure,
        on=date.fromisoformat(on),
        unit=unit,
        status=Status.IN_PROGRESS,
        recorded=entered,
        **told,
    )


REPORTS = (
    report("7.7", "2024-01-31", "2024-06-20", unit="阜宁镇", note="一月的事，六月才报。"),
    report("14", "2024-03-31", "2024-04-02"),
    report("7.1", "2024-03-31", "2024-04-02", unit="市市场监管局"),
    report("7.5", "2024-05-31", "2024-06-03", unit="市住建局"),
    report("7.5", "2024-08-31", "2024-09-02", unit="市住建局"),
)


@pytest.fixture(scope="module")
def told(plan: Plan) -> Plan:
    return plan._replace(reports=REPORTS)


def ask(
    plan: Plan,
    *ids: str,
    units: tuple[str, ...] = (),
    **more: Any,  # noqa: ANN401  as `answer` takes them
) -> Answer:
    filters = parse_filters(plan, units=units, day=DAY)
    return history.answer(plan, filters, DAY, ids, **more)


def ids(answer: Answer) -> list[str]:
    return [row["id"] for row in rows(answer)]


def caption(answer: Answer) -> str:
    (table,) = answer.tables
    return table.caption.removesuffix(" · as of 2024-06-30")


def test_what_was_entered_last_comes_first_and_of_one_moment_in_the_plans_order(told: Plan) -> None:
    answer = ask(told)
    assert ids(answer) == ["7.7", "7.5", "7.1", "14"]
    assert caption(answer) == "4 reports"


@pytest.mark.parametrize(
    ("given", "units", "found", "said"),
    [
        (("7",), (), ["7.7", "7.5", "7.1"], "3 reports · 3 measures · task 7"),
        (("7.5",), (), ["7.5"], "1 report · measure 7.5"),
        (("第7.5项", "14"), (), ["7.5", "14"], "2 reports · 2 measures · tasks 7, 14"),
        (("3",), (), [], "0 reports · task 3"),
        ((), ("住建",), ["7.5"], "1 report · reported by 市住建局"),
        ((), ("阜宁镇", "市住建局"), ["7.7", "7.5"], "2 reports · reported by 阜宁镇 or 市住建局"),
        (("14",), ("住建",), [], "0 reports · measure 14 · reported by 市住建局"),
    ],
)
def test_reports_on_measures_and_by_units(
    told: Plan, given: tuple[str, ...], units: tuple[str, ...], found: list[str], said: str
) -> None:
    answer = ask(told, *given, units=units)
    assert ids(answer) == found
    assert caption(answer) == said
    assert bool(answer.remarks) == (not found)


def test_since_is_about_the_day_on_which_a_report_was_entered(told: Plan) -> None:
    answer = ask(told, since=date(2024, 6, 3))
    assert ids(answer) == ["7.7", "7.5"]
    assert caption(answer) == "2 reports · recorded from 2024-06-03 on"


def test_of_all_reports_the_last_twenty_are_listed_and_more_if_asked_for(plan: Plan) -> None:
    entered = [f"2024-01-{day:02}" for day in range(1, 26)]
    told = plan._replace(reports=tuple(report("14", day, day) for day in entered))
    newest = [row["recorded_on"] for row in rows(ask(told))]
    assert newest == entered[:4:-1]
    assert caption(ask(told)) == "last 20 of 25 reports"
    assert len(rows(ask(told, limit=22))) == 22
    assert caption(ask(told, limit=30)) == "25 reports"
    assert caption(ask(told, "14")) == "25 reports · measure 14"
    assert caption(ask(told, "14", limit=3)) == "last 3 of 25 reports · measure 14"


def test_a_row_says_its_figures_its_note_and_its_milestone(plan: Plan) -> None:
    due = "2023-12-31"
    note = "第一行\n第二行"
    indicator = next(it for it in plan.indicators if it.measure == "14")
    values = ((indicator.id, Decimal(66)),)
    told = plan._replace(
        reports=(report("14", "2024-01-05", "2024-01-08", due=due, values=values, note=note),),
    )
    text = formatters.format_answer(ask(told), "table", Screen())
    assert f"for 2023-12-31 | {indicator.name} 66％ | 第一行 | 第二行" in text
    (row,) = rows(ask(told))
    assert (row["due"], row["values"], row["note"]) == ("2023-12-31", {indicator.id: 66}, note)
    assert "said" not in row
