"""What stops the program, each with its exit code; all else that is wrong is a diagnostic."""

from __future__ import annotations

import sys
from enum import IntEnum, unique
from errno import errorcode
from typing import ClassVar

from credit_plan.i18n import _, mark

_MAX_LINES = 10
"""Up to this number of candidates, each is on its own line."""

_MAX_CANDIDATES = 50

_CAUSES = {
    "EACCES": mark("Permission denied"),
    "EBUSY": mark("Device or resource busy"),
    "EEXIST": mark("File exists"),
    "EIO": mark("Input/output error"),
    "EISDIR": mark("Is a directory"),
    "ELOOP": mark("Too many levels of symbolic links"),
    "EMFILE": mark("Too many open files"),
    "ENAMETOOLONG": mark("File name too long"),
    "ENOENT": mark("No such file or directory"),
    "ENOSPC": mark("No space left on device"),
    "ENOTDIR": mark("Not a directory"),
    "EPERM": mark("Operation not permitted"),
    "EROFS": mark("Read-only file system"),
    "ETXTBSY": mark("Text file busy"),
}
"""What Linux says of the errors that happen, by their names in the C library."""


@unique
class ExitCode(IntEnum):
    """What the program tells the shell."""

    FINE = 0
    UNSOUND = 1
    USAGE = 2
    CANNOT_RUN = 3
    INTERRUPTED = 130


class CreditPlanError(Exception):
    """The base of all of these; the message is for the user."""

    exit_code: ClassVar = ExitCode.USAGE


class NoDataError(CreditPlanError):
    """There is no data where it was looked for."""

    exit_code: ClassVar = ExitCode.CANNOT_RUN


class NoRepositoryError(NoDataError):
    """There is no git repository, one without a commit, or no git that could read it."""


class MissingLibraryError(CreditPlanError):
    """A library is not installed that only some commands need."""

    exit_code: ClassVar = ExitCode.CANNOT_RUN


class UnsoundPlanError(CreditPlanError):
    """The data has errors, so that no answer from it could be trusted."""

    exit_code: ClassVar = ExitCode.UNSOUND


class ContradictionError(CreditPlanError):
    """Filters that no record could ever fit."""


class LockedError(CreditPlanError):
    """Another process holds the lock for too long."""

    exit_code: ClassVar = ExitCode.CANNOT_RUN


class ChangedError(CreditPlanError):
    """A file that is to be replaced has changed since it was read."""

    exit_code: ClassVar = ExitCode.CANNOT_RUN


class UnfitFolderError(CreditPlanError):
    """A folder in which no workspace can be created."""


class UndoError(CreditPlanError):
    """Reports that cannot be taken back."""


class MisstatedError(CreditPlanError):
    """A value in a report that cannot be parsed or is impossible."""


class NameLookupError(CreditPlanError):
    """A name that means nothing or several things; `candidates` are names that may be meant.

    Only the first ones are kept; more would help nobody.
    """

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates[:_MAX_CANDIDATES]


class UnknownNameError(NameLookupError):
    """No unit, chapter, measure or file has this name."""


class AmbiguousNameError(NameLookupError):
    """Several have this name."""


def describe_error(error: CreditPlanError | OSError) -> str:
    """Return what an error says to the user, with the names that may be meant."""
    if isinstance(error, NameLookupError):
        return with_candidates(str(error), error.candidates)
    if isinstance(error, OSError):
        why = describe_cause(error)
        if not error.filename:
            return why
        message = _("{file}: {why}")
        if sys.platform == "win32" and isinstance(error, PermissionError):
            message = _("{file}: {why}; if it is open in Excel or another program, close it there")
        return message.format(file=error.filename, why=why)
    return str(error)


def describe_cause(error: OSError) -> str:
    """Return why the system refused something, without the name of the file.

    The C library says it in English, whatever the language is. Windows says it in its own
    language, and often more precisely.
    """
    name = errorcode.get(error.errno or 0, "")
    if name in _CAUSES and getattr(error, "winerror", None) is None:
        return _(_CAUSES[name])
    return error.strerror or str(error)


def with_candidates(message: str, candidates: tuple[str, ...]) -> str:
    """Return a message, and below it what may be meant."""
    if not candidates:
        return message
    listed = "、".join(candidates) if len(candidates) > _MAX_LINES else "\n  ".join(candidates)
    return _("{message}\nDid you mean one of these?\n  {candidates}").format(
        message=message, candidates=listed
    )
