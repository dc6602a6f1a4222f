"""Finds what git leaves in a file where a merge was not finished."""

from __future__ import annotations

import re
from typing import Final

from credit_plan.diagnostic import Diagnostic
from credit_plan.language import _
from credit_plan.syntax.fault import error_at

_MARKS: Final = ("<<<<<<<", "=======", ">>>>>>>")
_MARK: Final = r"(?m)^(<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$"


def unmerged(text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text with empty lines in the place of marks and of their version, and the faults.

    So the rest can be judged, and our version with it. A conflict is one fault, at its first
    mark; what follows until its last mark is a part of it.
    """
    if not any(mark in text for mark in _MARKS) or not re.search(_MARK, text):
        return text, ()
    lines, faults, mark = text.split("\n"), [], ""
    for index, line in enumerate(lines):
        if found := re.match(_MARK, line):
            if not mark or found[1][0] == "<":
                faults.append(_fault(index + 1))
            mark = "" if found[1][0] == ">" else found[1][0]
        if found or mark in {"=", "|"}:
            lines[index] = ""
    return "\n".join(lines), tuple(faults)


def _fault(line: int) -> Diagnostic:
    return error_at(
        "merge-conflict",
        line,
        1,
        _("a merge was left unfinished here"),
        _("keep one of the two versions, and delete the lines that mark them"),
        length=7,
    )
