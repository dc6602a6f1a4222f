"""The rules, in the order in which they are run and listed.

CONTRIBUTING.md says how to add one.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Rule, Severity
from credit_plan.errors import UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft
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
from credit_plan.rules.acceptances import ACCEPTING, apply_acceptances
from credit_plan.rules.reading import READING
from credit_plan.text import suggest

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


def find_rule(name: str) -> Rule:
    """Return the rule of this name; raise UnknownNameError with the most similar names."""
    wanted = name.strip().lower().replace("_", "-")
    by_name = {rule.name: rule for rule in RULES}
    if wanted not in by_name:
        message = _("unknown rule {name}; `credit-plan rules` lists all rules")
        similar = suggest(wanted, by_name, cutoff=0.4)
        raise UnknownNameError(message.format(name=quote(name)), similar)
    return by_name[wanted]


def run_rules(draft: Draft) -> Iterator[Diagnostic]:
    """Yield the diagnostics of all rules."""
    for rule in RULES:
        if rule.find is not None:
            yield from rule.find(draft)


def run_and_accept(draft: Draft) -> Iterator[Diagnostic]:
    """Yield the diagnostics of all rules, the accepted ones with their reasons."""
    return apply_acceptances(draft, run_rules(draft), RULES)


def find_errors(draft: Draft) -> Iterator[Diagnostic]:
    """Yield the errors that keep questions from being answered; run no other rules."""
    for rule in RULES:
        if rule.find is None or rule.severity is not Severity.ERROR or rule.name in _NO_OBSTACLES:
            continue
        for diagnostic in rule.find(draft):
            if diagnostic.severity is Severity.ERROR:
                yield diagnostic
