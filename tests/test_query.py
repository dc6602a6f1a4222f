"""Filtering, and the obligations that follow, on the real plan."""

from __future__ import annotations

from datetime import date

from credit_plan import query
from credit_plan.models.draft import Plan
from credit_plan.selection.asked import Asked
from credit_plan.terms import ObligationKind, Role


def test_before_includes_the_day_itself(plan: Plan) -> None:
    on_the_day = query.due(plan, Asked(before=date(2023, 12, 31)))
    a_day_less = query.due(plan, Asked(before=date(2023, 12, 30)))
    assert len(on_the_day.obligations.found) == 51
    assert len(a_day_less.obligations.found) == 22
    assert on_the_day.obligations.total == 264


def test_after_and_before_meet_on_a_day(plan: Plan) -> None:
    asked = Asked(after=date(2024, 12, 31), before=date(2024, 12, 31))
    found = query.due(plan, asked).obligations.found
    assert {it.date for it in found} == {date(2024, 12, 31)}
    assert len(found) == 12


def test_a_milestone_on_the_day_of_its_deadline_is_one_obligation_with_it(plan: Plan) -> None:
    asked = query.ask(plan, tasks=["2"])
    (both,) = query.due(plan, asked).obligations.found
    assert both.kind is ObligationKind.DEADLINE
    assert both.what == "2023年底前“双公示”合规率超过98％；瞒报率为0"
    (milestone,) = query.due(plan, asked, ObligationKind.MILESTONE).obligations.found
    (deadline,) = query.due(plan, asked, ObligationKind.DEADLINE).obligations.found
    assert milestone.what == both.what
    assert deadline.what == "组织进行“双公示”工作情况评估，进行情况通报。"


def test_every_deadline_and_every_milestone_is_an_obligation(plan: Plan) -> None:
    counts = {
        kind: len(query.due(plan, Asked(), kind).obligations.found) for kind in ObligationKind
    }
    assert counts[ObligationKind.DEADLINE] == 228
    assert counts[ObligationKind.MILESTONE] == 58
    together = sum(
        milestone.by == measure.deadline.by
        for task in plan.tasks
        for measure in task.measures
        for milestone in measure.milestones
    )
    assert counts[ObligationKind.ALL] == 228 + 58 - together


def test_obligations_come_earliest_first_and_then_in_the_order_of_the_table(plan: Plan) -> None:
    found = query.due(plan, Asked()).obligations.found
    assert [it.date for it in found] == sorted(it.date for it in found)
    in_2022 = [it.duty.task.id for it in found if it.date.year == 2022]
    assert in_2022 == sorted(in_2022)


def test_a_unit_leads_answers_and_shares_apart(plan: Plan) -> None:
    found = query.unit(plan, query.ask(plan, units=["市住建局"]))
    assert [duty.id for duty in found.lead.found] == ["7.5", "8.7", "11.4", "75.4"]
    assert found.responsible.found == ()
    assert len(found.shared.found) == 62
    assert not {duty.id for duty in found.lead.found} & {duty.id for duty in found.shared.found}


def test_what_a_unit_leads_by_name_is_not_shared_as_well(plan: Plan) -> None:
    found = query.unit(plan, query.ask(plan, units=["市营商局"]))
    led = {duty.id for duty in found.lead.found}
    assert "1" in led
    assert "1" not in {duty.id for duty in found.shared.found}


def test_a_group_shares_nothing_with_itself(plan: Plan) -> None:
    found = query.unit(plan, query.ask(plan, units=["各相关单位"]))
    assert len(found.lead.found) == 8
    assert len(found.responsible.found) == 53
    assert found.shared.found == ()


def test_roles_are_apart(plan: Plan) -> None:
    asked = query.ask(plan, units=["市市场监管局"], role=Role.RESPONSIBLE)
    assert [duty.id for duty in query.measures(plan, asked).found] == [
        "69.1",
        "69.2",
        "77.2",
        "77.3",
    ]


def test_filters_combine(plan: Plan) -> None:
    asked = query.ask(
        plan,
        units=["市文旅局", "市住建局"],
        chapters=["五"],
        before=date(2024, 12, 31),
        role=Role.LEAD,
    )
    assert [duty.id for duty in query.measures(plan, asked).found] == ["11.4"]


def test_the_tallies_agree_with_the_filters(plan: Plan) -> None:
    for tally in query.units(plan, Asked(), date(2023, 1, 1)).found:
        own = query.unit(plan, query.ask(plan, units=[tally.unit.name]))
        assert tally.lead == len(own.lead.found)
        assert tally.responsible == len(own.responsible.found)
        coming = query.due(plan, Asked(units=(tally.unit,), after=date(2023, 1, 1))).obligations
        assert tally.next_due == coming.found[0].date


def test_chapters_add_up_to_the_plan(plan: Plan) -> None:
    tallies = query.chapters(plan, Asked()).found
    assert sum(tally.tasks for tally in tallies) == 81
    assert sum(tally.measures for tally in tallies) == 228
    assert all(tally.measures == tally.chapter.measures for tally in tallies)
    assert all(tally.by_year.total() == tally.measures for tally in tallies)


def test_search_wants_every_word_somewhere(plan: Plan) -> None:
    found = query.search(plan, Asked(), ("信易贷", "银行")).hits.found
    assert [hit.duty.id for hit in found] == ["3.2", "3.3", "48.2", "49.1", "49.4"]
    for hit in found:
        marked = {passage.text[a:b] for passage in hit.passages for a, b in passage.hits}
        assert marked == {"信易贷", "银行"}


def test_search_folds_case_and_width(plan: Plan) -> None:
    ids = [hit.duty.id for hit in query.search(plan, Asked(), ("lpr",)).hits.found]
    assert ids == ["47.3", "48.3"]
    wide = query.search(plan, Asked(), ("ＬＰＲ",)).hits.found
    assert [hit.duty.id for hit in wide] == ids
    assert {p.text[a:b] for hit in wide for p in hit.passages for a, b in p.hits} == {"LPR"}


def test_search_says_which_word_is_nowhere(plan: Plan) -> None:
    assert query.search(plan, Asked(), ("银行", "火星")).nowhere == ("火星",)


def test_show_gathers_by_task_and_shows_nothing_twice(plan: Plan) -> None:
    shown = query.show(plan, ["7.5", "13", "7", "7.5"])
    assert [one.task.id for one in shown] == [7, 13]
    assert [duty.id for duty in shown[0].duties][:2] == ["7.5", "7.1"]
    assert len(shown[0].duties) == 12
