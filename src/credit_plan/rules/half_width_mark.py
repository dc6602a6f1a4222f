"""Between Chinese characters stand full-width marks, ， ： ； 。 ？ ！ “ ”, and no half-width ones.

A mark typed with an English keyboard is half as wide, and a search for the words as the table
prints them does not find it. Brackets, < > and + are not judged: the published table itself
prints them half-width in more than forty places.

    text: 推动以下工作:有效杜绝有案不立

Mend it by typing the mark again in Chinese mode. Leave it where the published table prints it so,
as it does a few times: the words are the source's, and this is no error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules.texts import iter_texts
from credit_plan.text import find_half_width_marks, has_half_width_marks

NAME: Final = "half-width-mark"
SEVERITY: Final = Severity.WARNING

_AROUND: Final = 6

_JUDGED_ELSEWHERE: Final = frozenset(
    {"lead", "responsible", "deadline", "milestones", "goals", "entries"}
)
"""Names and deadlines have rules of their own; milestones and goals repeat words of a measure."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each such mark."""
    for file, place, text in iter_texts(draft, has_half_width_marks):
        if _JUDGED_ELSEWHERE.isdisjoint(place):
            for at, wide in find_half_width_marks(text):
                yield _finding(file, place, text, at, wide)


def _finding(file: str, place: KeyPath, text: str, at: int, wide: str) -> Diagnostic:
    return Diagnostic(
        NAME,
        file,
        place,
        _("a half-width “{mark}” stands in Chinese text: “{passage}”").format(
            mark=text[at], passage=text[max(at - _AROUND, 0) : at + 1 + _AROUND]
        ),
        _("write “{mark}”; leave it if the published table prints it half-width").format(mark=wide),
        SEVERITY,
        part=(at, at + 1),
    )
