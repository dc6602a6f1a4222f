r"""Text contains only characters that can be seen and that are text.

Text that is copied from web pages, PDF files and other programs may contain control characters,
zero-width spaces, soft hyphens, fillers, variation selectors and marks that change the writing
direction. Nobody sees them, a search does not find the words that contain them, and a terminal may
carry them out as commands. The same search fails for a radical in place of an ideograph (⼈ for
人), which looks right, and where U+FFFD (�) stands for a character that a wrong encoding has lost.

    text: "推进\u200b信息共享"

All texts are checked, notes on reports and the names of evidence too. Unassigned characters and
those for private use are found as well, because they mean nothing to other computers. A line break
or a tab in a note is allowed.

To fix it, delete the character, or type the one that the hint names. The safest way is to type the
word again.
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

NAME = "unseen-character"
SEVERITY = Severity.ERROR

_CONTEXT = 6
"""Characters that the message shows before the invisible one."""

_LOST = "\ufffd"
"""What decoders put in place of bytes that mean nothing in their encoding."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each character that is invisible, lost, or in place of another."""
    for located, suspect in context.suspects:
        yield from _find_in(located, suspect)


def find_in_task(task: LocatedTask, _context: Context) -> Iterator[Diagnostic]:
    """Yield the same for the texts of a task."""
    yield from _find_in(task, task.suspect)


def _find_in(located: Located[Any], suspect: str) -> Iterator[Diagnostic]:
    if not text.has_unseen(suspect):
        return
    for path, words in iter_texts(located, without=None):
        for index in text.find_unseen(words):
            message, hint = explain(words, index)
            yield Diagnostic(NAME, located.file, path, message, hint, part=(index, index + 1))


def explain(words: str, index: int) -> tuple[str, str]:
    """Return the message and the hint for a character of a text that `is_unseen`."""
    sign = words[index]
    ideograph = text.find_ideograph(sign)
    hint = _("delete it, or type the words around it again")
    if sign == _LOST:
        message = _("a character was lost (U+{code:04X}) after “{before}”")
        hint = _("type the words again as they were before a wrong encoding spoilt them")
    elif ideograph or text.is_radical(sign):
        message = _("a radical or variant (U+{code:04X}) in place of a character after “{before}”")
        hint = _("type the usual character, which looks the same, instead")
        if ideograph:
            hint = _("type “{ideograph}”, which looks the same, instead").format(
                ideograph=ideograph
            )
    else:
        message = _("invisible or meaningless character (U+{code:04X}) after “{before}”")
    before = words[max(index - _CONTEXT, 0) : index]
    return message.format(code=ord(sign), before=before), hint
