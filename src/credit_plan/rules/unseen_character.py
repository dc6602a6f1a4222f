r"""There is no character in a text that cannot be seen.

Copying from web pages and other programs brings control characters, zero-width spaces, soft
hyphens and signs that turn the direction of writing. Nobody sees them, no search finds the word
they stand in, and a terminal may obey them.

    text: "推进\u200b信息共享"

Mend it by deleting the character; typing the word again is the surest way.
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
            message = _("a character that cannot be seen (U+{code:04X}) stands behind “{before}”")
            before = text[max(index - _CONTEXT, 0) : index]
            yield Diagnostic(
                NAME,
                file,
                path,
                message.format(code=ord(sign), before=before),
                _("delete it, or type the words around it again"),
                part=(index, index + 1),
            )
