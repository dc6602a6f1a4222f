"""A report gives figures of indicators that the plan has, and of its own measure.

A figure under a misspelt name would be in no answer, and one under that of another measure would
be credited to it.

    - measure: "3.2"
      values: {credit-grant: 3.2}

Mend it by writing the id as `indicators.yaml` has it. A figure of another measure goes into a
report of that measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Draft, Listed
from credit_plan.models.progress import Entry
from credit_plan.plan import RecordKind
from credit_plan.rules import measures

NAME: Final = "unknown-indicator"
SEVERITY: Final = Severity.ERROR


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each figure of no indicator, and for each of another measure's.

    Which indicators there are is not known while one cannot be read.
    """
    if not draft.entries:
        return
    known = measures.measures_by_id(draft)
    are_all_read = not draft.unread_of(RecordKind.INDICATORS)
    owners: dict[str, list[str]] = {}
    for indicator in draft.indicators:
        owners.setdefault(indicator.record.id, []).append(indicator.record.measure)
    for entry in draft.entries:
        for name in entry.record.values:
            if name in owners:
                # An id of a measure that is wrong itself is a fault of another name.
                is_known = {entry.record.measure, *owners[name]} <= known.keys()
                if is_known and entry.record.measure not in owners[name]:
                    yield _of_another(entry, name, owners[name][0])
            elif are_all_read:
                yield _unknown(entry, name, owners)


def _unknown(entry: Listed[Entry], name: str, owners: dict[str, list[str]]) -> Diagnostic:
    own = [it for it, measures in owners.items() if entry.record.measure in measures]
    near = get_close_matches(name, own, n=1) or get_close_matches(name, owners, n=1)
    message = _("the plan has no indicator {name}").format(name=quote(name))
    if near:
        hint = _("did you mean “{key}”?").format(key=near[0])
    elif own:
        hint = _("measure {id} has: {indicators}")
        hint = hint.format(id=entry.record.measure, indicators=", ".join(own))
    else:
        hint = _("measure {id} has no indicators").format(id=entry.record.measure)
    place = (*entry.place, "values", name)
    return Diagnostic(NAME, entry.file, place, message, hint, on_key=True)


def _of_another(entry: Listed[Entry], name: str, measure: str) -> Diagnostic:
    message = _("{name} is an indicator of measure {owner}, and this is a report of {id}").format(
        name=quote(name), owner=measure, id=entry.record.measure
    )
    hint = _("give the figure in a report of measure {owner}").format(owner=measure)
    place = (*entry.place, "values", name)
    return Diagnostic(NAME, entry.file, place, message, hint, on_key=True)
