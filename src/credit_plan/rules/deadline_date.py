"""The printed words of a deadline and its date say the same.

底前 includes the last day of the year, and 长期坚持 means that the duty goes on after it.

    deadline: {text: 2025年底前, by: 2024-12-31}
    deadline: {text: 2023年底前完成并长期坚持, by: 2023-12-31}

Mend the one that is not as the published table has it; the words are the source. Here it would be
`by: 2025-12-31`, and `ongoing: true` behind the second date.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan import dates, text
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, iter_measures

NAME: Final = "deadline-date"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each deadline whose words and date disagree or whose words have no date."""
    for filed, index, measure in iter_measures(draft.tasks):
        printed, place = measure.deadline, ("measures", index, "deadline")
        # A stray space is that rule's, and keeps nobody from reading the date.
        meant = dates.parse_deadline(text.remove_stray_spaces(printed.text))
        if meant is None:
            yield Diagnostic(
                NAME,
                filed.file,
                (*place, "text"),
                _("{text} names no deadline").format(text=quote(printed.text)),
                _("the table prints deadlines as 2025年底前"),
            )
        elif meant.by != printed.by:
            yield Diagnostic(
                NAME,
                filed.file,
                (*place, "by"),
                _("“{text}” ends on {meant}, not on {by}").format(
                    text=printed.text, meant=meant.by, by=printed.by
                ),
                _("write by: {meant}, or correct the text").format(meant=meant.by),
            )
        elif meant.ongoing != printed.ongoing:
            yield Diagnostic(
                NAME,
                filed.file,
                (*place, "ongoing" if printed.ongoing else "text"),
                _("“{text}” and ongoing: {ongoing} do not agree").format(
                    text=printed.text, ongoing=str(printed.ongoing).lower()
                ),
                _("长期坚持 in the text goes with ongoing: true, and only then"),
            )
