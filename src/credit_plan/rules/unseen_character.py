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

from credit_plan import text
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules.texts import iter_texts

NAME = "unseen-character"
SEVERITY = Severity.ERROR

_CONTEXT = 6
"""Characters that the message shows before the invisible one."""

_LOST = "\ufffd"
"""What decoders put in place of bytes that mean nothing in their encoding."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each character that is invisible, lost, or in place of another."""
    for file, path, words in iter_texts(draft, text.has_unseen, without=None):
        for index, sign in enumerate(words):
            if not text.is_unseen(sign):
                continue
            ideograph = text.find_ideograph(sign)
            message, hint = _explain(sign, ideograph)
            before = words[max(index - _CONTEXT, 0) : index]
            yield Diagnostic(
                NAME,
                file,
                path,
                message.format(code=ord(sign), before=before),
                hint.format(ideograph=ideograph),
                part=(index, index + 1),
            )


def _explain(sign: str, ideograph: str) -> tuple[str, str]:
    """Return the message and the hint for a character that may look like an ideograph."""
    if sign == _LOST:
        message = _("a character was lost (U+{code:04X}) after “{before}”")
        return message, _("type the words again as they were before a wrong encoding spoilt them")
    if ideograph:
        message = _("a radical or variant (U+{code:04X}) in place of a character after “{before}”")
        return message, _("type “{ideograph}”, which looks the same, instead")
    message = _("invisible or meaningless character (U+{code:04X}) after “{before}”")
    return message, _("delete it, or type the words around it again")
