"""The `due` of a report is the day of a milestone of its measure.

A measure may have milestones before its deadline. `due` says which of them a report is about; on
any other day nothing falls due, and the report would count for nothing. A milestone on the day of
the deadline is reached together with the measure, so a report on it has no `due`.

    milestones:
      - {by: 2023-12-31, text: 2023年底前完成法人组织全覆盖}

    - measure: "1.1"
      due: 2022-12-31

To fix it, write the day of the milestone as it is in the file of the measure. Delete `due` if the
report is about the measure as a whole.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.models.records import Deadline, Milestone
from credit_plan.rules.measures import LocatedMeasure, index_measures, is_reliable

NAME = "unknown-milestone"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each report on a day on which its measure has no milestone.

    Nothing is found if the measure is unknown, or another rule reports one of its dates.
    """
    by_id = index_measures(draft)
    for report in draft.entries:
        due, measure = report.record.due, by_id.get(report.record.measure)
        if due is None or measure is None or not _are_all_reliable(measure, draft):
            continue
        deadline = measure.deadline
        days = sorted(str(it.by) for it in measure.record.milestones if it.by != deadline)
        if due in days:
            continue
        if due == str(deadline):
            message = _("{due} is the deadline of measure {id}")
            hint = _("delete “due”: without it, a report is about the measure")
        else:
            message = _("measure {id} has no milestone on {due}")
            hint = _("its milestones are on {days}") if days else _("delete “due”: it has none")
        yield Diagnostic(
            NAME,
            *report.at("due"),
            message.format(id=report.record.measure, due=due),
            hint.format(days=", ".join(dict.fromkeys(days))),
            related=measure.at("deadline", "by") if due == str(deadline) else None,
        )


def _are_all_reliable(measure: LocatedMeasure, draft: Draft) -> bool:
    dated: list[Deadline | Milestone] = [*measure.record.milestones]
    if measure.record.deadline and measure.deadline:
        dated.append(measure.record.deadline)
    return measure.file not in draft.unread and all(
        is_reliable(it, measure.file, draft) for it in dated
    )
