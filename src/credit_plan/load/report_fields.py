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
TITLES: Final = {name: str(Entry.model_fields[name].title) for name in FIELDS}

_BY_NAME: Final = {
    **{title: name for name, title in TITLES.items()},
    "id": "measure",
    "编号": "measure",
    "措施编号": "measure",
    "日期": "on",
    "单位": "unit",
    "状态": "status",
    "指标": "values",
    "备注": "note",
    "佐证": "evidence",
    "依据": "evidence",
}
"""What clerks call the fields."""

_BEFORE_A_NAME: Final = re.compile(r"，(?=[^，;；、\n=＝]*[=＝])")
_BETWEEN: Final = re.compile(r"[;；、\n]")


def field(key: str) -> str:
    """The field that a key or a heading means; the key itself where it means none."""
    plain = key.strip().strip('"').strip()
    small = plain.lower()
    return _BY_NAME.get(small) or (small if small in FIELDS else plain)


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
    """Names and their figures in `a=1; b=2`; a figure is empty where none is given.

    ， divides, too, where a name follows; in 4，200 it does not.
    """
    parts = listed(_BEFORE_A_NAME.sub("；", cell))
    divided = (part.replace("＝", "=").partition("=") for part in parts)
    return tuple((name.strip(), figure.strip()) for name, _sign, figure in divided)


def listed(cell: str) -> tuple[str, ...]:
    """What semicolons, 、 or line breaks divide."""
    return tuple(part.strip() for part in _BETWEEN.split(cell) if part.strip())
