r"""Text contains no invisible characters.

Text that is copied from web pages and other programs may contain control characters, zero-width
spaces, soft hyphens and marks that change the writing direction. Nobody sees them, a search does
not find the words that contain them, and a terminal may carry them out as commands.

    text: "推进\u200b信息共享"

To fix it, delete the character. The safest way is to type the word again.
"""

import unicodedata
from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules.texts import iter_texts

NAME = "unseen-character"
SEVERITY = Severity.ERROR

_CONTEXT = 6
"""Characters that the message shows before the invisible one."""

_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
"""The categories of Unicode: control, format, private use and surrogate characters."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each invisible character that is not white space."""
    for file, path, text in iter_texts(draft, lambda text: not text.isprintable()):
        for index, sign in enumerate(text):
            if unicodedata.category(sign) not in _INVISIBLE or sign.isspace():
                continue
            message = _("invisible character (U+{code:04X}) after “{before}”")
            before = text[max(index - _CONTEXT, 0) : index]
            yield Diagnostic(
                NAME,
                file,
                path,
                message.format(code=ord(sign), before=before),
                _("delete it, or type the words around it again"),
                part=(index, index + 1),
            )
