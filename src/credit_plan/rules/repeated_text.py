"""No two measures of the plan have the same text, word for word.

A duty that stands twice is counted twice, and reported twice or by nobody. Where the two have
another lead or another deadline, it is not clear which of them holds.

    - text: 推动信息共享。
      lead: [市住建局]
    - text: 推动信息共享。
      lead: [市卫健局]

It is a warning where lead or deadline differ, and a notice where they agree.

Compare both with the published table. Where it prints the text twice, nothing is to be mended;
otherwise one of the two was copied and not yet changed, and is to be given its own text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import TEXT_STAND_IN, Draft, iter_measures
from credit_plan.models.records import Measure
from credit_plan.rules import order, targets, units
from credit_plan.rules.measures import Position

NAME: Final = "repeated-text"
SEVERITY: Final = Severity.WARNING

_MESSAGES: Final = {
    (True, True): _("this is the text of measure {id}, word for word"),
    (False, True): _("this is the text of measure {id}, word for word, with another lead"),
    (True, False): _("this is the text of measure {id}, word for word, with another deadline"),
    (False, False): _(
        "this is the text of measure {id}, word for word, with another lead and deadline"
    ),
}
"""By whether the lead and whether the deadline are the same."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each text that stands before it in the table already.

    It is a notice where the two measures do not differ otherwise. A copy under the same id is a
    fault of another name.
    """
    firsts: dict[str, Position] = {}
    known = units.names(draft)
    for second in iter_measures(tuple(order.ordered_tasks(draft))):
        text = second[2].text
        first = firsts.setdefault(text, second)
        if first is not second and text != TEXT_STAND_IN and _id(first) != _id(second):
            same_lead = _same_lead(first[2], second[2], known)
            yield _finding(first, second, (same_lead, _same_deadline(first, second, draft)))


def _same_lead(first: Measure, second: Measure, known: units.Known) -> bool:
    """Whether the same units lead both; so too where it is not certain who leads one of them."""
    lead, other = ({units.resolve(name, known) for name in it.lead} for it in (first, second))
    return lead == other or not lead or not other or None in lead | other


def _same_deadline(first: Position, second: Position, draft: Draft) -> bool:
    """Whether both end on the same day; so too where one of the days is not certain."""
    return first[2].deadline.by == second[2].deadline.by or not all(
        targets.is_sound(measure.deadline, filed.file, draft)
        for filed, _index, measure in (first, second)
    )


def _finding(first: Position, second: Position, agreeing: tuple[bool, bool]) -> Diagnostic:
    (of_first, position, _measure), (filed, index, _own) = first, second
    return Diagnostic(
        NAME,
        filed.file,
        ("measures", index, "text"),
        _MESSAGES[agreeing].format(id=_id(first)),
        _("leave it if the published table prints the text twice; otherwise give each its own"),
        Severity.NOTICE if all(agreeing) else SEVERITY,
        related=(of_first.file, ("measures", position, "text")),
    )


def _id(position: Position) -> str:
    filed, _index, measure = position
    return order.id_of(filed.record, measure)
