"""What keeps a file from being read: a fault with its line and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from credit_plan.language import _

WIDE_COLON_HINT: Final = _("type the colon in the keyboard's English mode, and a space behind it")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that keeps it from being a record; line and column count from 1."""

    rule: str
    line: int
    column: int
    message: str
    hint: str


def position_in(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


class UnreadableError(Exception):
    """A file is no record at all; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault
