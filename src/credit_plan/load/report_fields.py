"""What a report may say, by its key or by its Chinese heading, and how a cell holds several."""

from __future__ import annotations

import re
from typing import Final

from credit_plan.language import _, quoted
from credit_plan.load.keys import nearest
from credit_plan.model import Entry, Mistake

FIELDS: Final = ("measure", "on", "unit", "status", "values", "note", "evidence")
"""When it was recorded is nobody's to say."""

REQUIRED: Final = ("measure", "status")
BY_TITLE: Final = {str(Entry.model_fields[name].title): name for name in FIELDS}

_BETWEEN: Final = re.compile(r"[;；、\n]")


def unknown(key: str, line: int) -> Mistake:
    """The mistake of a key or a heading that no report has."""
    near = nearest(key, Entry)
    if near in FIELDS:
        message = _("is nothing that a report says; did you mean “{key}”?").format(key=near)
    elif near is not None:
        message = _("is always the present time: leave it out")
    else:
        keys = ", ".join(FIELDS)
        message = _("is nothing that a report says: it has {keys}").format(keys=keys)
    return Mistake(line, quoted(key), message)


def pairs(cell: str) -> tuple[tuple[str, str], ...]:
    """Names and their figures in `a=1; b=2`; a figure is empty where none is given."""
    divided = (part.replace("＝", "=").partition("=") for part in listed(cell))
    return tuple((name.strip(), figure.strip()) for name, _sign, figure in divided)


def listed(cell: str) -> tuple[str, ...]:
    """What semicolons, 、 or line breaks divide."""
    return tuple(part.strip() for part in _BETWEEN.split(cell) if part.strip())
