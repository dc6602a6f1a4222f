"""The language of messages: every message passes through `_` or `plural`.

A catalogue is added as `locale/<language>/LC_MESSAGES/credit_plan.mo` in this package; without
one, sentences stay in English, as they are written in the code.
"""

import gettext
from pathlib import Path

_catalogue = gettext.translation(
    "credit_plan", localedir=str(Path(__file__).parent / "locale"), fallback=True
)

_ = _catalogue.gettext

_MAX_QUOTED = 40


def quote(text: str) -> str:
    """Return a user's words for a message: in quotes, and cut where they are long."""
    return f"“{text}”" if len(text) <= _MAX_QUOTED else f"“{text[:_MAX_QUOTED]}…”"


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return a sentence about a number of things, with `{count}` and other values filled in."""
    return _catalogue.ngettext(one, many, count).format(count=count, **values)
