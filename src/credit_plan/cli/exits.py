"""Exit codes, and the one place where an exception becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final

from credit_plan.errors import (
    ChangedError,
    ContradictionError,
    LockedError,
    MisstatedError,
    NameLookupError,
    NoDataError,
    UnfitFolderError,
    UnsoundPlanError,
)
from credit_plan.i18n import _

_LISTED: Final = 10
"""Candidates up to this number stand on lines of their own."""


@unique
class ExitCode(IntEnum):
    """What the program tells the shell."""

    FINE = 0
    UNSOUND = 1
    USAGE = 2
    CANNOT_RUN = 3


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ends: its code, and what is said on stderr before."""

    code: ExitCode
    message: str


def ending(error: Exception) -> Ending | None:
    """The ending that an exception means; None for one that is not the program's own."""
    match error:
        case NameLookupError():
            return Ending(ExitCode.USAGE, with_candidates(str(error), error.candidates))
        case ContradictionError() | MisstatedError() | UnfitFolderError():
            return Ending(ExitCode.USAGE, str(error))
        case UnsoundPlanError():
            return Ending(ExitCode.UNSOUND, str(error))
        case NoDataError() | LockedError() | ChangedError():
            return Ending(ExitCode.CANNOT_RUN, str(error))
        case OSError():
            return Ending(ExitCode.CANNOT_RUN, reason(error))
        case _:
            return None


def reason(error: OSError) -> str:
    """What the system says of a file, with its name where there is one."""
    why = error.strerror or str(error)
    return f"{error.filename}: {why}" if error.filename else why


def with_candidates(message: str, candidates: tuple[str, ...]) -> str:
    """A message, and below it what may be meant."""
    if not candidates:
        return message
    listed = "、".join(candidates) if len(candidates) > _LISTED else "\n  ".join(candidates)
    return _("{message}\nDid you mean one of these?\n  {candidates}").format(
        message=message, candidates=listed
    )
