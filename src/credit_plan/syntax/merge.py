"""Finds what git leaves in a file where a merge was not finished."""

from __future__ import annotations

import re
from typing import Final

from credit_plan.language import _
from credit_plan.syntax.fault import Fault, position_in
from credit_plan.syntax.rules import merge_conflict

_CONFLICT: Final = re.compile(
    r"^<{7}(?: .*)?\n(?P<ours>(?:(?![<=>|]{7}).*\n)*)(?:\|{7}.*\n(?:(?!={7}).*\n)*)?"
    r"={7}\n(?P<theirs>(?:(?!>{7}).*\n)*)>{7}.*$",
    re.MULTILINE,
)
_MARK: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)


def unmerged(text: str) -> tuple[str, tuple[Fault, ...]]:
    """The text with empty lines in the place of marks and of their versions, and the faults.

    So the rest can be judged, and our version with it.
    """
    if "<<<<<<<" not in text and "=======" not in text and ">>>>>>>" not in text:
        return text, ()
    faults = [_fault(text, conflict.start()) for conflict in _CONFLICT.finditer(text)]
    resolved = _CONFLICT.sub(_ours, text)
    faults += [_fault(resolved, mark.start()) for mark in _MARK.finditer(resolved)]
    return _MARK.sub("", resolved), tuple(faults)


def _ours(conflict: re.Match[str]) -> str:
    behind = conflict[0].count("\n") - conflict["ours"].count("\n") - 1
    return "\n" + conflict["ours"] + "\n" * behind


def _fault(text: str, at: int) -> Fault:
    return Fault(
        merge_conflict.NAME,
        *position_in(text, at),
        _("a merge was left unfinished here"),
        _("keep one of the two versions, and delete the lines that mark them"),
        length=7,
    )
