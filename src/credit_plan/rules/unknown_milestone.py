"""The `due` of a report is the day of a milestone of its measure, or a period of what recurs.

A measure may have milestones before its deadline, and duties that come again every quarter or
every year. `due` says which of them a report is about; if nothing of the measure falls due then,
the report would count for nothing. A milestone on the day of the deadline is reached together with
the measure, so a report on it has no `due`.

    milestones:
      - {by: 2023-12-31, text: 2023年底前完成法人组织全覆盖}
    recurrences:
      - {text: 按季度通报案件查办情况, every: quarter}

    - measure: "1.1"
      due: 2023

To fix it, write the day of the milestone as it is in the file of the measure, or the period:
`2023Q1` of what is due each quarter, `2023H1` of each half-year, `2023-03` of each month, `2023` of
each year, `2023-03-15` of a fixed day. Delete `due` if the report is about the measure as a whole.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from credit_plan.dates import parse_name
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_alternatives, join_list
from credit_plan.models.draft import Located
from credit_plan.models.progress import Entry
from credit_plan.models.records import Deadline, Milestone
from credit_plan.rules.context import Context
from credit_plan.rules.measures import (
    LocatedMeasure,
    find_recurrences,
    is_reliable,
)

NAME = "unknown-milestone"
SEVERITY = Severity.ERROR

_MAX_LISTED = 12
"""Months of a year."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report on what never falls due of its measure.

    Nothing is found if the measure is unknown, or another rule reports one of its dates.
    """
    draft, by_id = context.draft, context.measures
    for report in draft.entries:
        due, measure = report.record.due, by_id.get(report.record.measure)
        if due is None or measure is None or not _are_all_reliable(measure, context):
            continue
        recurrences = find_recurrences(measure, draft)
        if recurrences is None:
            continue
        days = [str(it.by) for it in measure.record.milestones if it.by != measure.deadline]
        periods = [[span.name for span in it.occurrences()] for it in recurrences]
        if due not in {*days, *chain.from_iterable(periods)}:
            yield _explain(report, measure, days, periods)


def _explain(
    report: Located[Entry], measure: LocatedMeasure, days: list[str], periods: list[list[str]]
) -> Diagnostic:
    """Return a diagnostic with what falls due of the measure within the `due` of a report."""
    due, deadline = str(report.record.due), measure.deadline
    message = _("measure {id} has no milestone and no period {due}")
    within = _find_within(due, (*days, *chain.from_iterable(periods)))
    if due == str(deadline):
        message = _("{due} is the deadline of measure {id}")
        hint = _("delete “due”: without it, a report is about the measure")
    elif within:
        hint = _("write {names}").format(names=join_alternatives(within))
    elif days or periods:
        hint = _("what falls due of it: {names}").format(names=join_list(_name_all(days, periods)))
    else:
        hint = _("delete “due”: it has none")
    return Diagnostic(
        NAME,
        *report.at("due"),
        message.format(id=report.record.measure, due=due),
        hint,
        related=measure.at("deadline", "by") if due == str(deadline) else None,
    )


def _find_within(due: str, names: Iterable[str]) -> list[str]:
    """Return the few names whose last day is within the days of another one; else nothing."""
    span = parse_name(due)
    within = {name for name in names if span.first <= parse_name(name).last <= span.last}
    return sorted(within) if len(within) <= _MAX_LISTED else []


def _name_all(days: Iterable[str], periods: Iterable[list[str]]) -> Iterator[str]:
    """Yield the days of milestones, and the first and the last period of each recurrence."""
    yield from sorted(set(days))
    for names in periods:
        if names:
            between = _("{first} to {last}").format(first=names[0], last=names[-1])
            yield between if len(names) > 1 else names[0]


def _are_all_reliable(measure: LocatedMeasure, context: Context) -> bool:
    dated: list[Deadline | Milestone] = [*measure.record.milestones]
    if measure.record.deadline and measure.deadline:
        dated.append(measure.record.deadline)
    is_read = measure.file not in context.draft.unread
    return is_read and all(is_reliable(it, context.years) for it in dated)
