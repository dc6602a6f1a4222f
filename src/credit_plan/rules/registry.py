"""The rules, in the order in which they are run and listed.

To add one: write a module with a docstring (its manual page), `NAME`, `SEVERITY` and `find`, add
it to RULES, and put good and bad cases into `tests/rules/<name>.cases`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Rule, Severity
from credit_plan.errors import UnknownNameError
from credit_plan.i18n import _, quote
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
from credit_plan.rules.reading import READING
from credit_plan.text import suggest

RULES: Final[tuple[Rule, ...]] = (
    *READING,
    *map(
        Rule.of,
        (
            file_name,
            repeated_id,
            printed_numbers,
            plan_counts,
            page_order,
            chapter_order,
            unknown_chapter,
            unknown_unit,
            joined_units,
            unit_twice,
            unit_in_both_roles,
            group_lead,
            repeated_unit,
            unused_unit,
            deadline_date,
            milestone_text,
            milestone_date,
            milestone_late,
            milestone_order,
            missing_milestone,
            outside_period,
            late_start,
            repeated_text,
            stray_space,
            half_width_mark,
            unseen_character,
            unknown_measure,
            misfiled_report,
            repeated_indicator,
            indicator_text,
            indicator_value,
            indicator_date,
            unknown_indicator,
            implausible_figure,
            uninvolved_unit,
            future_day,
            reopened,
            repeated_report,
            evidence_file,
            done_without_figure,
        ),
    ),
)

_OF_NO_ANSWER: Final = frozenset({evidence_file.NAME})
"""The rules whose errors keep nobody from an answer: it is the same with the file and without."""


def run_rules(draft: Draft) -> Iterator[Diagnostic]:
    """Everything that the rules have to say, rule by rule."""
    for rule in RULES:
        if rule.find is not None:
            yield from rule.find(draft)


def find_rule(name: str) -> Rule:
    """Return the rule of this name; raise UnknownNameError with the nearest names."""
    wanted = name.strip().lower().replace("_", "-")
    known = {it.name: it for it in RULES}
    if wanted not in known:
        message = _("there is no rule {name}; `credit-plan rules` lists them")
        raise UnknownNameError(message.format(name=quote(name)), suggest(wanted, known, cutoff=0.4))
    return known[wanted]


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
    if draft.metadata is None or draft.registry is None or draft.unread:
        message = "a draft with unread files is no plan"
        raise ValueError(message)
    tasks = sorted((filed.record for filed in draft.tasks), key=lambda task: task.id)
    return Plan(
        draft.metadata.record,
        draft.registry.record.units,
        tuple(tasks),
        tuple(it.record for it in draft.indicators),
        tuple(it.record for it in draft.entries),
    )
