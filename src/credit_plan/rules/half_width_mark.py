"""Chinese text has full-width punctuation, ， ： ； 。 ？ ！ “ ”, and no half-width punctuation.

A search for the words as the table prints them does not find a text with a half-width mark in it.
Brackets, < > and + are not checked, because the published table itself prints them half-width in
more than forty places.

    text: 推动以下工作:有效杜绝有案不立

To fix it, type the mark again in Chinese mode. If the published table prints it half-width, as it
does in a few places, accept it in `accepted.yaml`.
"""

from collections.abc import Iterator
from typing import Any

from credit_plan import text
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Located
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask
from credit_plan.rules.texts import iter_texts

NAME = "half-width-mark"
SEVERITY = Severity.WARNING

_CONTEXT = 6
"""Characters that the message shows before and after the mark."""

_JUDGED_ELSEWHERE = frozenset(
    {"lead", "responsible", "deadline", "milestones", "goals", "entries", "accepted"}
)
"""Names and deadlines have rules of their own; milestones and goals repeat words of a measure, and
an acceptance quotes what is right as it is."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each half-width mark in the Chinese text of a record."""
    for located, suspect in context.suspects:
        yield from _find_in(located, suspect)


def find_in_task(task: LocatedTask, _context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each half-width mark in the Chinese text of a task."""
    yield from _find_in(task, task.suspect)


def _find_in(located: Located[Any], suspect: str) -> Iterator[Diagnostic]:
    if not text.has_half_width_marks(suspect):
        return
    for path, words in iter_texts(located):
        if not _JUDGED_ELSEWHERE.isdisjoint(path):
            continue
        for index, wide in text.find_half_width_marks(words):
            passage = words[max(index - _CONTEXT, 0) : index + 1 + _CONTEXT]
            yield Diagnostic(
                NAME,
                located.file,
                path,
                _("half-width “{mark}” in Chinese text: “{passage}”").format(
                    mark=words[index], passage=passage
                ),
                _("write “{mark}”; if the published table prints it half-width, accept it").format(
                    mark=wide
                ),
                SEVERITY,
                part=(index, index + 1),
                quotes=(passage,),
            )
