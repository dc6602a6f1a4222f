"""What stops the program; everything else that is wrong is a finding and is gathered."""

from __future__ import annotations


class CreditPlanError(Exception):
    """The base of all of these; the message is for the user."""


class NoDataError(CreditPlanError):
    """There is no data where it was looked for."""


class UnsoundPlanError(CreditPlanError):
    """The data has errors, so that no answer from it could be trusted."""


class ContradictionError(CreditPlanError):
    """Filters that no record could ever fit."""


class LockedError(CreditPlanError):
    """Another process is writing where this one is to write, and does not come to an end."""


class ChangedError(CreditPlanError):
    """A file that is to be replaced holds something else than what was read of it."""


class UnfitFolderError(CreditPlanError):
    """A place where nothing new can be laid out, because something is there."""


class MisstatedError(CreditPlanError):
    """What somebody reports cannot be understood, or cannot be so."""


class NameLookupError(CreditPlanError):
    """A name that leads to nothing or to too much; `candidates` are names that would do."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class UnknownNameError(NameLookupError):
    """Nothing goes by this name."""


class AmbiguousNameError(NameLookupError):
    """Several things go by this name."""
