"""The printed words of a deadline and its date say the same.

底前 includes the last day of the year, and 长期坚持 means that the duty goes on after it.

    deadline: {text: 2025年底前, by: 2024-12-31}
    deadline: {text: 2023年底前完成并长期坚持, by: 2023-12-31}

Mend the one that is not as the published table has it; the words are the source. Here it would be
`by: 2025-12-31`, and `ongoing: true` behind the second date.
"""

from collections.abc import Iterator

from credit_plan import dates, text
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft
from credit_plan.rules.measures import LocatedMeasure, iter_measures

NAME = "deadline-date"
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each deadline whose text has no date, or another one."""
    for measure in iter_measures(draft.tasks):
        deadline = measure.record.deadline
        # A stray space does not keep the date from being read: another rule reports it.
        printed = dates.parse_deadline(text.remove_stray_spaces(deadline.text))
        if printed is None:
            message = _("{text} names no deadline").format(text=quote(deadline.text))
            hint = _("the table prints deadlines as 2025年底前")
            yield _diagnostic(measure, "text", message, hint)
        elif printed.by != deadline.by:
            message = _("“{text}” ends on {meant}, not on {by}")
            message = message.format(text=deadline.text, meant=printed.by, by=deadline.by)
            hint = _("write by: {meant}, or correct the text").format(meant=printed.by)
            yield _diagnostic(measure, "by", message, hint)
        elif printed.ongoing != deadline.ongoing:
            message = _("“{text}” and ongoing: {ongoing} do not agree")
            message = message.format(text=deadline.text, ongoing=str(deadline.ongoing).lower())
            hint = _("长期坚持 in the text goes with ongoing: true, and only then")
            yield _diagnostic(measure, "ongoing" if deadline.ongoing else "text", message, hint)


def _diagnostic(measure: LocatedMeasure, key: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(NAME, *measure.at("deadline", key), message, hint)
