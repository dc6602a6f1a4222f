"""The text of a recurrence is quoted from the task, the text or the target of its measure.

A recurrence quotes the published table, word for word, and does not rephrase it. Nor does it repeat
what another recurrence of the measure says.

    text: 打击不正当竞争行为。按季度通报案件查办情况。
    recurrences:
      - {text: 每季度通报案件查办情况, every: quarter}

To fix it, copy the passage: `text: 按季度通报案件查办情况`. Delete one that is there twice.
"""

from collections.abc import Iterator
from itertools import combinations

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, LocatedTask
from credit_plan.rules.targets import occurs_in

NAME = "recurrence-text"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each recurrence that is not in its measure, or there twice."""
    for measure in task.recurring:
        yield from _find_copies(measure)
        for index, recurrence in enumerate(measure.record.recurrences):
            if task.file not in context.draft.unread and not occurs_in(recurrence.text, measure):
                yield Diagnostic(
                    NAME,
                    *measure.at("recurrences", index, "text"),
                    _("this text does not occur in the task, the text or the target"),
                    _("copy it word for word from one of the three"),
                    related=measure.at("text"),
                )


def _find_copies(measure: LocatedMeasure) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each recurrence whose words and period an earlier one has too."""
    numbered = enumerate(measure.record.recurrences)
    for (first, one), (second, other) in combinations(numbered, 2):
        is_within = one.text in other.text or other.text in one.text
        if is_within and (one.every, set(one.on)) == (other.every, set(other.on)):
            yield Diagnostic(
                NAME,
                *measure.at("recurrences", second, "text"),
                _("another recurrence of the measure quotes these words for the same period"),
                _("delete one of the two, or quote other words"),
                related=measure.at("recurrences", first, "text"),
            )
