"""Filtering, and the obligations that follow, on the real plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from credit_plan.filters import Filters, parse_filters
from credit_plan.plan import ObligationKind, Plan, Role
from credit_plan.questions import chapters, due, measures, search, show, unit, units
from credit_plan.questions.chapters import count_chapters
from credit_plan.table import Answer
from tests.story import rows

DAY = date(2023, 1, 1)


def obligations(
    plan: Plan, filters: Filters, kind: ObligationKind = ObligationKind.ALL
) -> list[dict[str, Any]]:
    """Return what falls due, whatever the day; between the dates of the filters."""
    return rows(due.answer(plan, filters, date.min, kind))


def duties_of_unit(plan: Plan, name: str) -> dict[str, list[str]]:
    """Return the ids of the measures in each table of `unit --shared`."""
    filters = parse_filters(plan, units=[name])
    answer = rows(unit.answer(plan, filters, DAY, list_shared=True))
    tables: dict[str, list[str]] = {"lead": [], "responsible": [], "shared": []}
    for row in answer:
        tables[row["table"]].append(row["id"])
    return tables


def ids(answer: Iterable[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in answer]


def caption(answer: Answer) -> str:
    return answer.tables[0].caption


def test_before_includes_the_day_itself(plan: Plan) -> None:
    on_the_day = Filters(before=date(2023, 12, 31))
    a_day_less = Filters(before=date(2023, 12, 30))
    assert len(obligations(plan, on_the_day)) == 132
    assert len(obligations(plan, a_day_less)) == 86
    answer = due.answer(plan, on_the_day, DAY, ObligationKind.ALL)
    assert caption(answer).startswith("132 of 425 obligations · ")


def test_after_and_before_meet_on_a_day(plan: Plan) -> None:
    found = obligations(plan, Filters(after=date(2024, 12, 31), before=date(2024, 12, 31)))
    assert {row["date"] for row in found} == {"2024-12-31"}
    assert Counter(row["kind"] for row in found) == {
        "deadline": 5,
        "milestone": 7,
        "recurring": 11 + 2 + 3,
    }


def test_a_milestone_on_the_day_of_its_deadline_is_one_obligation_with_it(plan: Plan) -> None:
    filters = parse_filters(plan, tasks=["2"])
    (both,) = obligations(plan, filters)
    assert both["kind"] == "deadline"
    assert both["what"] == "2023年底前“双公示”合规率超过98％；瞒报率为0"
    (milestone,) = obligations(plan, filters, ObligationKind.MILESTONE)
    (deadline,) = obligations(plan, filters, ObligationKind.DEADLINE)
    assert milestone["what"] == both["what"]
    assert deadline["what"] == "组织进行“双公示”工作情况评估，进行情况通报。"


def test_every_deadline_milestone_and_recurring_promise_is_an_obligation(plan: Plan) -> None:
    """The figure of 68.3 for each year is what recurs, and not counted twice."""
    counts = {kind: len(obligations(plan, Filters(), kind)) for kind in ObligationKind}
    assert counts[ObligationKind.DEADLINE] == 228
    assert counts[ObligationKind.MILESTONE] == 58
    yearly, half_yearly, quarterly = 11 * 4 + 2, 2 * 8, 3 * 16
    named_days = 4 * (1 + 3 + 7 + 1) + 3
    recurring = yearly + half_yearly + quarterly + named_days
    assert counts[ObligationKind.RECURRING] == recurring
    promised = obligations(plan, parse_filters(plan, tasks=["68"]))
    own = [(row["date"][:4], row["kind"]) for row in promised if row["id"] == "68.3"]
    assert own == [(str(year), "recurring") for year in range(2022, 2026)] + [("2025", "deadline")]
    together = sum(
        milestone.by == measure.deadline
        for measure in plan.measures
        for milestone in measure.milestones
    )
    assert counts[ObligationKind.ALL] == 228 + 58 + recurring - together


def test_obligations_come_earliest_first_and_then_in_the_order_of_the_table(plan: Plan) -> None:
    found = obligations(plan, Filters())
    days = [row["date"] for row in found]
    assert days == sorted(days)
    at_end = [row["task"] for row in found if row["date"] == "2022-12-31"]
    assert at_end == sorted(at_end)
    assert [(str(it.date), it.measure.id) for it in plan.obligations] == [
        (row["date"], row["id"]) for row in found
    ]


def test_a_unit_leads_answers_and_shares_apart(plan: Plan) -> None:
    found = duties_of_unit(plan, "市住建局")
    assert found["lead"] == ["7.5", "8.7", "11.4", "75.4"]
    assert found["responsible"] == []
    assert len(found["shared"]) == 62
    assert not set(found["lead"]) & set(found["shared"])


def test_what_a_unit_leads_by_name_is_not_shared_as_well(plan: Plan) -> None:
    found = duties_of_unit(plan, "市营商局")
    assert "1" in found["lead"]
    assert "1" not in found["shared"]


def test_a_group_shares_nothing_with_itself(plan: Plan) -> None:
    found = duties_of_unit(plan, "各相关单位")
    assert len(found["lead"]) == 8
    assert len(found["responsible"]) == 53
    assert found["shared"] == []


def test_roles_are_apart(plan: Plan) -> None:
    filters = parse_filters(plan, units=["市市场监管局"], role=Role.RESPONSIBLE)
    assert ids(rows(measures.answer(plan, filters, DAY))) == ["69.1", "69.2", "77.2", "77.3"]


def test_filters_combine(plan: Plan) -> None:
    filters = parse_filters(
        plan,
        units=["市文旅局", "市住建局"],
        chapters=["五"],
        before=date(2024, 12, 31),
        role=Role.LEAD,
    )
    assert ids(rows(measures.answer(plan, filters, DAY))) == ["11.4"]


def test_the_tallies_agree_with_the_filters(plan: Plan) -> None:
    counted = rows(units.answer(plan, Filters(), DAY))
    assert len(counted) == len(plan.units)
    for row in counted:
        own = duties_of_unit(plan, row["unit"])
        assert row["lead"] == len(own["lead"])
        assert row["responsible"] == len(own["responsible"])
        coming = obligations(plan, parse_filters(plan, units=[row["unit"]], after=DAY))
        assert row["next_due"] == coming[0]["date"]


def test_chapters_add_up_to_the_plan(plan: Plan) -> None:
    counted = rows(chapters.answer(plan, Filters(), DAY))
    assert sum(row["tasks"] for row in counted) == 81
    assert sum(row["measures"] for row in counted) == 228
    printed = {chapter.number: chapter.measures for chapter in plan.chapters}
    assert {row["chapter"]: row["measures"] for row in counted} == printed
    for counts in count_chapters(plan, plan.measures):
        assert counts.by_year.total() == counts.measures


def hits(plan: Plan, *words: str) -> Answer:
    return search.answer(plan, Filters(), DAY, words)


def marked(answer: Answer) -> list[set[str]]:
    """Of each hit the passages that are marked."""
    (table,) = answer.tables
    at = [column.key for column in table.columns].index("found")
    return [
        {passage.text[start:end] for passage in row[at] for start, end in passage.hits}
        for row in table.rows
    ]


def test_search_wants_every_word_somewhere(plan: Plan) -> None:
    answer = hits(plan, "信易贷", "银行")
    assert ids(rows(answer)) == ["3.2", "3.3", "48.2", "49.1", "49.4"]
    assert marked(answer) == [{"信易贷", "银行"}] * 5


def test_search_folds_case_and_width(plan: Plan) -> None:
    found = ids(rows(hits(plan, "lpr")))
    assert found == ["47.3", "48.3"]
    wide = hits(plan, "ＬＰＲ")
    assert ids(rows(wide)) == found
    assert marked(wide) == [{"LPR"}] * len(found)


def test_search_says_which_word_is_nowhere(plan: Plan) -> None:
    (remark, *_more) = hits(plan, "银行", "火星").remarks
    assert remark == "No task, measure or target contains “火星”."


def test_show_gathers_by_task_and_shows_nothing_twice(plan: Plan) -> None:
    shown = show.answer(plan, Filters(), DAY, ["7.5", "13", "7", "7.5"])
    assert [table.name for table in shown.tables] == ["task-7", "task-13"]
    of_seven = shown.tables[0]
    assert [row[0] for row in of_seven.rows][:2] == ["7.5", "7.1"]
    assert len(of_seven.rows) == 12


def test_what_is_due_on_the_day_is_due_today(told: Plan) -> None:
    day = date(2024, 6, 30)
    filters = parse_filters(told, after=day, before=day, day=day, only_open=True)
    answer = due.answer(told, filters, day, ObligationKind.ALL)
    at = [it.key for it in answer.tables[0].columns].index("timing")
    shown = {str(row[at].lines()[0][0][0]) for row in answer.tables[0].rows}  # type: ignore[union-attr]
    assert shown == {"yellow due today"}
