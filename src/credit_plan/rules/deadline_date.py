"""The text of a deadline and its date agree.

底前 includes the last day of the year. 长期坚持 means that the measure continues after the
deadline, which is written as `ongoing: true`.

    deadline: {text: 2025年底前, by: 2024-12-31}
    deadline: {text: 2023年底前完成并长期坚持, by: 2023-12-31}

To fix it, correct whichever part differs from the published table. Here, the first line needs
`by: 2025-12-31`, and the second needs `ongoing: true` as well.
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
        if not (deadline := measure.record.deadline):
            continue
        # A stray space does not keep the date from being read: another rule reports it.
        printed = dates.parse_deadline(text.remove_stray_spaces(deadline.text))
        if printed is None:
            message = _("{text} is not a deadline").format(text=quote(deadline.text))
            hint = _("write it as the table prints it, for example 2025年底前")
            yield _diagnostic(measure, "text", message, hint)
        elif printed.by != deadline.by:
            message = _("“{text}” means {meant}, not {by}")
            message = message.format(text=deadline.text, meant=printed.by, by=deadline.by)
            hint = _("write by: {meant}, or correct the text").format(meant=printed.by)
            yield _diagnostic(measure, "by" if deadline.by else "text", message, hint)
        elif printed.ongoing != deadline.ongoing:
            message = _("“{text}” contradicts “ongoing: {ongoing}”")
            message = message.format(text=deadline.text, ongoing=str(deadline.ongoing).lower())
            hint = _("write ongoing: true if the text contains 长期坚持, and only then")
            yield _diagnostic(measure, "ongoing" if deadline.ongoing else "text", message, hint)


def _diagnostic(measure: LocatedMeasure, key: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(NAME, *measure.at("deadline", key), message, hint)
