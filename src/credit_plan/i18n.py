"""The language that the program speaks: every sentence passes through `_` or `ngettext`.

A catalogue is added as `locale/<language>/LC_MESSAGES/credit_plan.mo` in this package;
without one the sentences stay in English, as they are written in the code.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

_catalogue = gettext.translation(
    "credit_plan", localedir=str(Path(__file__).parent / "locale"), fallback=True
)

_ = _catalogue.gettext
ngettext = _catalogue.ngettext

_REPEATED: Final = 40


def quote(text: str) -> str:
    """A user's words as a message repeats them: in quotes, and not at any length."""
    return f"“{text}”" if len(text) <= _REPEATED else f"“{text[:_REPEATED]}…”"


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return a sentence about a number of things, with `{count}` and other values filled in."""
    return ngettext(one, many, count).format(count=count, **values)
