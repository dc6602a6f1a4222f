"""What keeps a file from being read: a diagnostic at its line and column."""

from __future__ import annotations

import yaml

from credit_plan.diagnostic import Diagnostic, Location


class UnreadableError(Exception):
    """A file is no record at all; `diagnostic` says where and why.

    Behind one that is `final` nothing else of the file is read; of those that are `once` the
    first stands for all.
    """

    def __init__(self, diagnostic: Diagnostic, *, final: bool = False, once: bool = False) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.final = final
        self.once = once


def error_at(  # noqa: PLR0913  all that an error of reading is
    rule: str,
    line: int,
    column: int,
    message: str,
    hint: str,
    *,
    length: int = 1,
    fixable: bool = False,
    related_at: str = "",
) -> Diagnostic:
    """Return an error of reading at a place in a text, which does not know its file yet."""
    location = Location(line, column, column + length)
    return Diagnostic(
        rule, "", (), message, hint, location=location, related_at=related_at, fixable=fixable
    )


def position_in(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def position_of(mark: yaml.Mark) -> tuple[int, int]:
    """Line and column, from 1, of a mark of YAML, which counts from 0."""
    return mark.line + 1, mark.column + 1
