"""Merge conflicts, as git writes them into a text: find them, and take them apart.

In the styles `diff3` and `zdiff3`, what both sides began from is between them.
"""

import re
from collections.abc import Iterator

from credit_plan.diagnostics import Diagnostic
from credit_plan.i18n import _
from credit_plan.yaml.errors import error_at

_MARK = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$")
_NEXT_MARKS = {"": "<", "<": "|=", "|": "=", "=": ">"}
"""By the mark before: which marks may follow in a conflict that is whole."""


def resolve_conflicts(text: str) -> tuple[str, list[Diagnostic]]:
    """Return the text with the first version of each conflict, and a diagnostic for each conflict.

    The markers and the other versions become empty lines. Each diagnostic is at a first marker.
    """
    if not any(sign * 7 in text for sign in "<=>"):
        return text, []
    lines, diagnostics, before = text.split("\n"), [], ""
    for index, (line, sign, side) in enumerate(_iter_lines(lines)):
        if sign and (not before or sign == "<"):
            message = _("unresolved merge conflict")
            hint = _("keep one of the two versions, and delete the marker lines")
            diagnostics.append(error_at("merge-conflict", index + 1, 1, message, hint, length=7))
        before = side
        lines[index] = "" if sign or side in {"=", "|"} else line
    return "\n".join(lines), diagnostics


def split_sides(text: str) -> tuple[str, str] | None:
    """Return the two whole texts of which git made one with conflicts.

    All lines keep their numbers: those of the other side become empty ones. Return None where a
    marker is missing.
    """
    ours, theirs, before = list[str](), list[str](), ""
    for line, sign, side in _iter_lines(text.split("\n")):
        if sign and sign not in _NEXT_MARKS[before]:
            return None
        ours.append("" if sign or side in {"=", "|"} else line)
        theirs.append("" if sign or side in {"<", "|"} else line)
        before = side
    return None if before else ("\n".join(ours), "\n".join(theirs))


def _iter_lines(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each line, the sign of its marker if it is one, and the sign of the side it is on."""
    side = ""
    for line in lines:
        mark = _MARK.match(line)
        if mark:
            side = mark[1][0].strip(">")
        yield line, mark[1][0] if mark else "", side
