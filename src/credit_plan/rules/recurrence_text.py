"""The text of a recurrence is quoted from the task, the text or the target of its measure.

A recurrence quotes the published table, word for word, and does not rephrase it.

    text: 打击不正当竞争行为。按季度通报案件查办情况。
    recurrences:
      - {text: 每季度通报案件查办情况, every: quarter}

To fix it, copy the passage: `text: 按季度通报案件查办情况`.
"""

from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules.measures import iter_measures
from credit_plan.rules.targets import occurs_in

NAME = "recurrence-text"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each recurrence whose text does not occur in its measure."""
    for measure in iter_measures(draft.tasks):
        for index, recurrence in enumerate(measure.record.recurrences):
            if measure.file not in draft.unread and not occurs_in(recurrence.text, measure):
                yield Diagnostic(
                    NAME,
                    *measure.at("recurrences", index, "text"),
                    _("this text does not occur in the task, the text or the target"),
                    _("copy it word for word from one of the three"),
                    related=measure.at("text"),
                )
