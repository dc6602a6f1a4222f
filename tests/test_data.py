"""What the shipped data says, beyond what the rules and the transcription prove."""

from __future__ import annotations

import re
from datetime import date

from credit_plan.models.records import PlanMetadata, Task
from credit_plan.plan import Plan, UnitKind
from credit_plan.wordings import read_deadline

YEAR_NAMED_WITHOUT_A_MILESTONE = {
    "7.2": "2022年全年持续推进",
    "7.5": "2022－2025年",
    "8.7": "2022－2025年",
    "18.1": "2022年度持续推动",
    "22.1": "2022年开始",
    "23.1": "2022年开始",
    "33.7": "2022年全年持续推进",
    "43": "2022年全年持续推进",
    "66.1": "2022年持续推进",
    "68.3": "2022年启动持续推进",
    "75.4": "2023年到2025年",
}
"""Targets that name a year and no year-end to be reached: each was read and judged."""


def test_the_plan_holds_what_was_counted(plan: Plan, tasks: tuple[Task, ...]) -> None:
    assert [task.id for task in tasks] == list(range(1, 82))
    assert list(dict.fromkeys(measure.task for measure in plan.measures)) == list(range(1, 82))
    assert len(plan.measures) == 228
    assert sum(len(measure.milestones) for measure in plan.measures) == 58
    assert len(plan.units) == 43


def test_every_year_that_a_target_names_is_a_milestone_or_was_judged(
    tasks: tuple[Task, ...],
) -> None:
    for task in tasks:
        for measure in task.measures:
            rest = measure.target
            for milestone in measure.milestones:
                rest = rest.replace(milestone.text, "")
            years = re.findall(r"20\d\d年(?!起)", rest)
            name = task.measure_id(measure)
            if years:
                assert YEAR_NAMED_WITHOUT_A_MILESTONE.get(name, "?") in measure.target, name


def test_the_registry_knows_each_unit_once_and_every_unit_is_used(
    plan: Plan, tasks: tuple[Task, ...]
) -> None:
    used = {
        name
        for task in tasks
        for measure in task.measures
        for name in (*measure.lead, *measure.responsible)
    }
    for unit in plan.units:
        assert used & {unit.name, *unit.aliases}, unit.name


def test_groups_are_the_collectives_whose_members_the_source_does_not_name(plan: Plan) -> None:
    groups = [unit.name for unit in plan.units if unit.kind is UnitKind.GROUP]
    assert groups == ["各相关单位", "市信用信息共享平台信源单位"]


def test_printed_variants_mean_the_units_that_the_design_names(plan: Plan) -> None:
    owner = {name: unit.name for unit in plan.units for name in (unit.name, *unit.aliases)}
    assert owner["市财政局(市国资办)"] == "市财政局"
    assert owner["市文化体育和旅游局"] == "市文旅局"
    assert owner["各相关单位按职责分别牵头"] == "各相关单位"
    assert owner["市住房和城乡建设局"] == "市住建局"


def test_every_measure_must_have_all_that_the_table_prints(facts: PlanMetadata) -> None:
    assert facts.required == ("target", "lead", "deadline", "page")


def test_deadlines_and_milestones_lie_in_the_plans_years(
    facts: PlanMetadata, tasks: tuple[Task, ...]
) -> None:
    """All are year-ends, except what 22.3 promised for “6.5” in 2022."""
    years = range(facts.period.first, facts.period.last + 1)
    days = {
        (task.measure_id(measure), day)
        for task in tasks
        for measure in task.measures
        for day in (measure.deadline.by, *(milestone.by for milestone in measure.milestones))
    }
    assert all(day.year in years for _id, day in days)
    others = {(measure, day) for measure, day in days if (day.month, day.day) != (12, 31)}
    assert others == {("22.3", date(2022, 6, 5))}


def test_the_program_knows_the_words_of_every_deadline(tasks: tuple[Task, ...]) -> None:
    texts = {measure.deadline.text for task in tasks for measure in task.measures}
    assert all(read_deadline(text) for text in texts)


def test_only_4_2_goes_on_after_its_deadline(tasks: tuple[Task, ...]) -> None:
    ongoing = [
        task.measure_id(measure)
        for task in tasks
        for measure in task.measures
        if measure.deadline.ongoing
    ]
    assert ongoing == ["4.2"]


RECURRENCES = """
year: 4.2 7.3 7.5 7.6 7.11 8.5 8.7 8.16 15 39.4 68.3 79.5
half-year: 11.1 75.1
quarter: 35.1 41 73.3
03-15: 22.1
06-05: 22.3
03-15 06-14 12-04: 22.4
03-15 04-28 06-05 06-14 09-27 09 12-04: 22.5
09: 22.6
"""
"""What two readers found, who read the whole table and did not know of each other.

Both doubted 11.9, 22.2, 22.7 and 25, whose words name neither a period nor a day: none is here.
"""


def test_what_recurs_is_what_two_readers_found(tasks: tuple[Task, ...]) -> None:
    found: dict[str, list[str]] = {}
    for task in tasks:
        for measure in task.measures:
            for it in measure.recurrences:
                found.setdefault(it.every or " ".join(it.on), []).append(task.measure_id(measure))
    lines = (line.split(": ") for line in RECURRENCES.strip().splitlines())
    assert found == {rhythm: measures.split() for rhythm, measures in lines}
