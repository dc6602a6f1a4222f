"""`show`: how what was reported stands beside what the plan says."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from credit_plan import formatters
from credit_plan.dates import ZONE
from credit_plan.filters import Filters
from credit_plan.formatters import Screen
from credit_plan.plan import Plan, Report, Status
from credit_plan.questions import indicators, show
from credit_plan.table import Answer
from tests.story import rows

DAY = date(2024, 6, 30)


def report(
    on: date,
    status: Status,
    **more: Any,  # noqa: ANN401  as Report takes them
) -> Report:
    """Return a report of 市营商局 on measure 14."""
    recorded = datetime(on.year, on.month, on.day, 9, tzinfo=ZONE)
    told = {"due": None, "values": (), "note": None, "evidence": ()} | more
    return Report(measure="14", on=on, unit="市营商局", status=status, recorded=recorded, **told)


def ask(plan: Plan, *reports: Report) -> Answer:
    told = plan._replace(reports=reports)
    return show.answer(told, Filters(day=DAY), DAY, ["14"])


def fields(answer: Answer) -> dict[str, str]:
    """Return what people read, by its label."""
    text = formatters.format_answer(answer, "table", Screen())
    pairs = (line.partition("  ") for line in text.splitlines())
    return {label: value.strip() for label, _gap, value in pairs}


def test_before_anything_was_reported_only_the_plan_speaks(plan: Plan) -> None:
    answer = ask(plan)
    said = fields(answer)
    assert said["Milestones"].startswith("2022-12-31 2022年底前承诺不低于50％ | ")
    assert said["Figures"].startswith("2022-12-31 政府及部门政务诚信承诺率 不低于50％ | ")
    assert {"Timing", "Status", "Last report", "Due"}.isdisjoint(said)
    (row,) = rows(answer)
    assert row["last_report"] is None
    assert [it["timing"] for it in row["milestones"]] == ["overdue", "overdue", "open", "open"]


def test_milestones_and_figures_stand_as_they_do_alone(plan: Plan) -> None:
    (indicator,) = (it for it in plan.indicators if it.measure == "14")
    values = ((indicator.id, Decimal(55)),)
    answer = ask(plan, report(date(2022, 12, 31), Status.IN_PROGRESS, values=values))
    said = fields(answer)
    met, missed, ahead, last = said["Milestones"].split(" | ")
    assert met == "2022-12-31 green done on time: 2022年底前承诺不低于50％"
    assert missed == "2023-12-31 red overdue 182 d, not reported: 2023年底前不低于60％"
    assert ahead.startswith("2024-12-31 yellow open, not reported: ")
    assert last.startswith("2025-12-31 ")
    figures = said["Figures"].split(" | ")
    assert figures[0].endswith("不低于50％: green met, 55％ on 2022-12-31")
    assert figures[1].endswith("不低于60％: red no figure")
    assert said["Due"] == "2023-12-31"
    (row,) = rows(answer)
    told = plan._replace(reports=(report(date(2022, 12, 31), Status.IN_PROGRESS, values=values),))
    promised = rows(indicators.answer(told, Filters(day=DAY), DAY, ["14"]))
    for target in promised:
        assert target.pop("table") == "promised"
    assert row["indicators"] == promised


def test_the_last_report_may_be_about_a_milestone(plan: Plan) -> None:
    answer = ask(
        plan,
        report(date(2023, 5, 31), Status.IN_PROGRESS, note="旧的"),
        report(date(2024, 1, 5), Status.BLOCKED, due=date(2023, 12, 31), note="节点受阻"),
    )
    said = fields(answer)
    assert (said["Last report"], said["For"]) == ("2024-01-05", "2023-12-31")
    assert (said["Status"], said["Reported as"]) == ("in progress", "blocked")
    assert said["Remark"] == "节点受阻"
    (row,) = rows(answer)
    assert (row["status"], row["last_report"]["status"]) == ("in-progress", "blocked")
