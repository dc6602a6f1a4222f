"""A milestone lies on the way to the deadline of its measure, and never behind it.

Of two dates in the wrong order one was mistyped. A duty that goes on after its deadline (长期坚持)
may have a milestone behind it.

    milestones:
      - {by: 2025-12-31, text: 2025年底前完成自然人覆盖}
    deadline: {text: 2023年底前, by: 2023-12-31}

Mend the one that is not as the published table has it: the milestone or the deadline, each with
its text.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, ngettext
from credit_plan.models.draft import Draft
from credit_plan.rules.measures import is_reliable, iter_measures

NAME = "milestone-late"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic at the first milestone of each measure that is after its deadline.

    A date that another rule reports is not compared.
    """
    for measure in iter_measures(draft.tasks):
        deadline, file = measure.record.deadline, measure.file
        late = [
            (index, milestone)
            for index, milestone in enumerate(measure.record.milestones)
            if milestone.by > deadline.by and is_reliable(milestone, file, draft)
        ]
        if not late or deadline.ongoing or not is_reliable(deadline, file, draft):
            continue
        message = ngettext(
            "the measure is to be finished by {deadline}, and has a milestone on {by}",
            "the measure is to be finished by {deadline}, and has milestones on {by}",
            len(late),
        )
        first, _milestone = late[0]
        dates = ", ".join(str(milestone.by) for _index, milestone in late)
        yield Diagnostic(
            NAME,
            *measure.at("milestones", first, "by"),
            message.format(deadline=deadline.by, by=dates),
            _("look up both in the published table, and correct the one that is wrong"),
            related=measure.at("deadline", "by"),
        )
