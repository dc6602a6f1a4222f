"""The rules, in the order in which they are run and listed.

To add one: write a module with a docstring (its manual page), `NAME`, `SEVERITY` and `find`, add
it to RULES, and put examples of its name under `tests/examples/good/` and `bad/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Rule, Severity
from credit_plan.models.draft import Draft, Plan
from credit_plan.rules import (
    chapter_order,
    deadline_date,
    done_without_figure,
    evidence_file,
    file_name,
    future_day,
    group_lead,
    half_width_mark,
    implausible_figure,
    indicator_date,
    indicator_text,
    indicator_value,
    joined_units,
    late_start,
    milestone_date,
    milestone_late,
    milestone_order,
    milestone_text,
    misfiled_report,
    missing_milestone,
    outside_period,
    page_order,
    plan_counts,
    printed_numbers,
    reopened,
    repeated_id,
    repeated_indicator,
    repeated_report,
    repeated_text,
    repeated_unit,
    stray_space,
    uninvolved_unit,
    unit_in_both_roles,
    unit_twice,
    unknown_chapter,
    unknown_indicator,
    unknown_measure,
    unknown_unit,
    unseen_character,
    unused_unit,
)

RULES: Final[tuple[Rule, ...]] = (
    Rule.of(file_name),
    Rule.of(repeated_id),
    Rule.of(printed_numbers),
    Rule.of(plan_counts),
    Rule.of(page_order),
    Rule.of(chapter_order),
    Rule.of(unknown_chapter),
    Rule.of(unknown_unit),
    Rule.of(joined_units),
    Rule.of(unit_twice),
    Rule.of(unit_in_both_roles),
    Rule.of(group_lead),
    Rule.of(repeated_unit),
    Rule.of(unused_unit),
    Rule.of(deadline_date),
    Rule.of(milestone_text),
    Rule.of(milestone_date),
    Rule.of(milestone_late),
    Rule.of(milestone_order),
    Rule.of(missing_milestone),
    Rule.of(outside_period),
    Rule.of(late_start),
    Rule.of(repeated_text),
    Rule.of(stray_space),
    Rule.of(half_width_mark),
    Rule.of(unseen_character),
    Rule.of(unknown_measure),
    Rule.of(misfiled_report),
    Rule.of(repeated_indicator),
    Rule.of(indicator_text),
    Rule.of(indicator_value),
    Rule.of(indicator_date),
    Rule.of(unknown_indicator),
    Rule.of(implausible_figure),
    Rule.of(uninvolved_unit),
    Rule.of(future_day),
    Rule.of(reopened),
    Rule.of(repeated_report),
    Rule.of(evidence_file),
    Rule.of(done_without_figure),
)

_OF_NO_ANSWER: Final = frozenset({evidence_file.NAME})
"""The rules whose errors keep nobody from an answer: it is the same with the file and without."""


def run_rules(draft: Draft) -> Iterator[Diagnostic]:
    """Everything that the rules have to say, rule by rule."""
    for rule in RULES:
        if rule.find is not None:
            yield from rule.find(draft)


def find_errors(draft: Draft) -> Iterator[Diagnostic]:
    """What keeps a draft from being answered from, and nothing of what is only to be looked at."""
    for rule in RULES:
        if (
            rule.find is not None
            and rule.severity is Severity.ERROR
            and rule.name not in _OF_NO_ANSWER
        ):
            yield from (it for it in rule.find(draft) if it.severity is Severity.ERROR)


def build_plan(draft: Draft) -> Plan:
    """The plan of a draft in which nothing is wrong; ValueError for one that is not whole."""
    if draft.facts is None or draft.registry is None or draft.unread:
        message = "a draft with unread files is no plan"
        raise ValueError(message)
    tasks = sorted((filed.record for filed in draft.tasks), key=lambda task: task.id)
    return Plan(
        draft.facts.record,
        draft.registry.record.units,
        tuple(tasks),
        tuple(it.record for it in draft.indicators),
        tuple(it.record for it in draft.entries),
    )
