"""What is found wrong with a file, as values that can be gathered, sorted and shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

Place = tuple[str | int, ...]
"""The way to a value inside a file: `("measures", 1, "deadline", "by")`."""


@unique
class Severity(StrEnum):
    """How much a finding matters: only an error makes a plan unsound."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and the value it sits at, before anyone has looked up its line.

    `on_key` means that the key itself is at fault and not what stands behind it.
    """

    rule: str
    file: str
    place: Place
    message: str
    hint: str
    severity: Severity = Severity.ERROR
    on_key: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A finding with its position; `line` and `column` count characters from 1.

    The order of the fields is the order in which diagnostics are sorted.
    """

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    hint: str
