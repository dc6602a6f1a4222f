"""A report is recorded once.

Whoever sends the same sheet twice reports nothing new: the history of a measure says everything
twice, and looks as if somebody had looked again.

    - {measure: "13", on: 2023-12-31, unit: 市住建局, status: done, …}
    - {measure: "13", on: 2023-12-31, unit: 市住建局, status: done, …}

Mend it by taking out the one that was recorded later. Two are the same that say the same of a
measure in all but the time of their recording, whichever of its names the unit goes by.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.models.progress import Entry
from credit_plan.rules import units
from credit_plan.rules.measures import LocatedReport

NAME: Final = "repeated-report"
SEVERITY: Final = Severity.WARNING


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each report that says what one said that was recorded before it."""
    known = units.names(draft)
    firsts: dict[Hashable, LocatedReport] = {}
    for listed in sorted(draft.entries, key=lambda it: it.record.recorded):
        entry = listed.record
        first = firsts.setdefault(_said(entry, known), listed)
        if first is not listed:
            yield Diagnostic(
                NAME,
                listed.file,
                (*listed.path, "measure"),
                _("this says of measure {id} what was recorded at {recorded} already").format(
                    id=entry.measure, recorded=first.record.recorded.isoformat()
                ),
                _("take it out, or say what is new"),
                SEVERITY,
                related=(first.file, (*first.path, "measure")),
            )


def _said(entry: Entry, known: units.Known) -> Hashable:
    """All that a report says; when it was recorded is no part of that."""
    unit = units.resolve(entry.unit, known) or entry.unit
    values = frozenset(entry.values.items())
    return entry.measure, entry.on, unit, entry.status, values, entry.note, entry.evidence
