r"""There is no character in a text that cannot be seen.

Copying from web pages and other programs brings control characters, zero-width spaces, soft
hyphens and signs that turn the direction of writing. Nobody sees them, no search finds the word
they stand in, and a terminal may obey them.

    text: "推进\u200b信息共享"

Mend it by deleting the character; typing the word again is the surest way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft
from credit_plan.rules.texts import iter_texts

NAME: Final = "unseen-character"
SEVERITY: Final = Severity.ERROR

_BEFORE: Final = 6
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs"})


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each such character, white space apart."""
    for file, place, text in iter_texts(draft, _may_hold_one):
        for at, sign in enumerate(text):
            if _is_unseen(sign):
                yield Diagnostic(
                    NAME,
                    file,
                    place,
                    _(
                        "a character that cannot be seen (U+{code:04X}) stands behind “{before}”"
                    ).format(code=ord(sign), before=text[max(at - _BEFORE, 0) : at]),
                    _("delete it, or type the words around it again"),
                    part=(at, at + 1),
                )


def _may_hold_one(text: str) -> bool:
    return not text.isprintable()


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN and not sign.isspace()
