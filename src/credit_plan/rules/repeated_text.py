"""No two measures have the same text, word for word.

A measure that is listed twice is counted twice, and reported twice or not at all. If the two have
different leads or deadlines, it is unclear which of them applies.

    - text: 推动信息共享。
      lead: [市住建局]
    - text: 推动信息共享。
      lead: [市卫健局]

This is a warning if the leads or the deadlines differ, and a notice if they agree.

To fix it, compare both with the published table. If it prints the text twice, accept the finding in
`accepted.yaml`. Otherwise one of them was copied and not yet changed: give it its own text.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import TEXT_STAND_IN, Located
from credit_plan.models.records import Measure, Task
from credit_plan.rules import units
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, is_reliable
from credit_plan.text import shorten

NAME = "repeated-text"
SEVERITY = Severity.WARNING
MILDEST = Severity.NOTICE

_BEGINNING = 30
"""Characters of an abbreviated text that are kept, as many as `shorten` shows."""

_DIGEST_SIZE = 6
"""Bytes of a digest; it tells apart only texts with the same beginning."""

_MAX_LENGTH = _BEGINNING + 2 * _DIGEST_SIZE


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each text that is already that of an earlier measure.

    It is a notice where lead and deadline agree too. A copy with the same id is reported by
    another rule only.
    """
    for first, measure in _list_repeated(context):
        text = measure.record.text
        if text == TEXT_STAND_IN or first.id == measure.id:
            continue
        same_lead = _have_same_lead(first, measure, context.units)
        same_deadline = _have_same_deadline(first, measure, context)
        both = (first.record, measure.record)
        leads = () if same_lead else chain.from_iterable(it.lead for it in both)
        deadlines = () if same_deadline else map(_print_deadline, both)
        yield Diagnostic(
            NAME,
            *measure.at("text"),
            _choose_message(same_lead=same_lead, same_deadline=same_deadline).format(id=first.id),
            _("give each its own text; if the published table prints it twice, accept it"),
            Severity.NOTICE if same_lead and same_deadline else SEVERITY,
            related=first.at("text"),
            quotes=(shorten(text), first.id, *leads, *deadlines),
        )


def abbreviate(text: str) -> str:
    """Return the beginning of a text and a digest of it, by which it is compared in outlines."""
    if len(text) <= _MAX_LENGTH:
        return text
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=_DIGEST_SIZE)
    return text[:_BEGINNING] + digest.hexdigest()


def _list_repeated(context: Context) -> Iterator[tuple[LocatedMeasure, LocatedMeasure]]:
    """Yield each measure with the text of an earlier one, after the first of those."""
    firsts: dict[str, tuple[Located[Task], int]] = {}
    for task in context.tasks:
        for index, measure in enumerate(task.record.measures):
            place = (task, index)
            text = abbreviate(measure.text) if context.has_outlines else measure.text
            first = firsts.setdefault(text, place)
            if first is not place:
                original, at = first
                yield (
                    LocatedMeasure(original, at, original.record.measures[at]),
                    LocatedMeasure(task, index, measure),
                )


def _print_deadline(measure: Measure) -> str:
    return measure.deadline.text if measure.deadline else ""


def _choose_message(*, same_lead: bool, same_deadline: bool) -> str:
    if same_lead and same_deadline:
        return _("measure {id} has the same text")
    if same_deadline:
        return _("measure {id} has the same text, but another lead")
    if same_lead:
        return _("measure {id} has the same text, but another deadline")
    return _("measure {id} has the same text, but another lead and deadline")


def _have_same_lead(first: LocatedMeasure, second: LocatedMeasure, by_name: units.Units) -> bool:
    """Tell whether the same units lead both; True where the lead of one is uncertain."""
    lead = {units.resolve(name, by_name) for name in first.record.lead}
    other = {units.resolve(name, by_name) for name in second.record.lead}
    return lead == other or not lead or not other or None in lead | other


def _have_same_deadline(first: LocatedMeasure, second: LocatedMeasure, context: Context) -> bool:
    """Tell whether both end on the same day; True where one of the days is uncertain."""
    if first.record.deadline == second.record.deadline:
        return True
    return not all(
        is_reliable(it.record.deadline, context.years)
        or (it.record.deadline is None and it.file not in context.draft.unread)
        for it in (first, second)
    )
