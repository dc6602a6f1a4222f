"""The rules, in the order in which they are run and listed.

CONTRIBUTING.md says how to add one.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Rule, Severity
from credit_plan.errors import UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, Located
from credit_plan.models.records import Task
from credit_plan.rules import (
    chapter_order,
    deadline_date,
    done_without_figure,
    early_report,
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
    missing_recurrence,
    outside_period,
    page_order,
    plan_counts,
    printed_numbers,
    recurrence_period,
    recurrence_text,
    reopened,
    repeated_id,
    repeated_indicator,
    repeated_report,
    repeated_text,
    repeated_unit,
    report_order,
    stray_space,
    uninvolved_unit,
    unit_in_both_roles,
    unit_twice,
    unknown_chapter,
    unknown_indicator,
    unknown_measure,
    unknown_milestone,
    unknown_unit,
    unseen_character,
    unused_unit,
)
from credit_plan.rules.acceptances import ACCEPTING
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask
from credit_plan.rules.reading import READING
from credit_plan.text import suggest, to_hyphens

RULES = (
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
            recurrence_text,
            recurrence_period,
            missing_recurrence,
            outside_period,
            late_start,
            repeated_text,
            stray_space,
            half_width_mark,
            unseen_character,
            unknown_measure,
            unknown_milestone,
            misfiled_report,
            repeated_indicator,
            indicator_text,
            indicator_value,
            indicator_date,
            unknown_indicator,
            implausible_figure,
            uninvolved_unit,
            future_day,
            early_report,
            reopened,
            repeated_report,
            report_order,
            evidence_file,
            done_without_figure,
        ),
    ),
    *ACCEPTING,
)

_NO_OBSTACLES = (evidence_file.NAME,)
"""Rules whose errors do not keep a question from being answered: the answer is the same."""

_ERRORS = tuple(
    it for it in RULES if it.severity is Severity.ERROR and it.name not in _NO_OBSTACLES
)
_ALL_IN_TASK = tuple(it.find_in_task for it in RULES if it.find_in_task is not None)
_ERRORS_IN_TASK = tuple(it.find_in_task for it in _ERRORS if it.find_in_task is not None)


def find_rule(name: str) -> Rule:
    """Return the rule of this name; raise UnknownNameError with the most similar names."""
    wanted = to_hyphens(name).strip().lower().replace("_", "-")
    by_name = {rule.name: rule for rule in RULES}
    if wanted not in by_name:
        message = _("unknown rule {name}; `credit-plan rules` lists all rules")
        similar = suggest(wanted, by_name, cutoff=0.4)
        raise UnknownNameError(message.format(name=quote(name)), similar)
    return by_name[wanted]


def run_rules(draft: Draft) -> Iterator[Diagnostic]:
    """Yield the diagnostics of all rules: of the plan first, then of one task after the other."""
    return _run(draft, errors_only=False)


def find_errors(draft: Draft) -> Iterator[Diagnostic]:
    """Yield the errors that keep questions from being answered; run no other rules."""
    found = _run(draft, errors_only=True)
    return (it for it in found if it.severity is Severity.ERROR)


def find_in_plan(context: Context, *, errors_only: bool = False) -> Iterator[Diagnostic]:
    """Yield what is found in the plan as a whole; its tasks may be outlines.

    With `errors_only`, the rules are left out that `find_errors` does not run.
    """
    for rule in _ERRORS if errors_only else RULES:
        if rule.find is not None:
            yield from rule.find(context)


def find_in_task(
    task: Located[Task], context: Context, *, errors_only: bool = False
) -> Iterator[Diagnostic]:
    """Yield what is found in one task alone, in the years and with the units of its plan."""
    located = LocatedTask.of(task)
    for find in _ERRORS_IN_TASK if errors_only else _ALL_IN_TASK:
        yield from find(located, context)


def _run(draft: Draft, *, errors_only: bool) -> Iterator[Diagnostic]:
    context = Context(draft)
    yield from find_in_plan(context, errors_only=errors_only)
    for task in draft.tasks:
        yield from find_in_task(task, context, errors_only=errors_only)
