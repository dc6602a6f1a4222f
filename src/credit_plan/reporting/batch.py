"""The reports of one command: what of them is new, and what the plan's files will be with it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from credit_plan.diagnostics import Diagnostic
from credit_plan.loader.build import build_plan
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import Loaded
from credit_plan.models.draft import Draft
from credit_plan.models.progress import Entry
from credit_plan.reporting.append import Addition, make_additions, validate_additions
from credit_plan.reporting.reported import InputError, Reported
from credit_plan.reporting.resolve import PendingEntry, resolve_all
from credit_plan.rules.repeated_report import make_key
from credit_plan.rules.units import index_names


@dataclass(frozen=True, slots=True)
class Repeated:
    """An entry that is there already word for word; another one counts where it `is_outdated`."""

    entry: Entry
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """The files with the new entries, and what the rules find in these; or else the errors.

    `repeated` entries are not written again.
    """

    additions: tuple[Addition, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    errors: tuple[InputError, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the new entries."""
        return tuple(it.entry for addition in self.additions for it in addition.pending)


def make_batch(
    loaded: Loaded, source: Source, reports: Iterable[Reported | InputError], at: datetime
) -> Batch:
    """Return what reports, recorded `at` a time, add to the plan that was loaded.

    Raise UnsoundPlanError where a file can take no entry.
    """
    pending, errors = resolve_all(build_plan(loaded.draft), source, reports, at)
    if errors:
        return Batch(errors=errors)
    pending, repeated = _find_repeated(loaded.draft, pending)
    additions, errors = make_additions(loaded, source, pending)
    if errors:
        return Batch(errors=errors)
    errors, remarks = validate_additions(loaded, additions)
    return Batch(errors=errors) if errors else Batch(additions, remarks, repeated)


def _find_repeated(
    draft: Draft, pending: Iterable[PendingEntry]
) -> tuple[tuple[PendingEntry, ...], tuple[Repeated, ...]]:
    """Return the entries that say anything new, and those that are there already."""
    by_name = index_names(draft)
    firsts: dict[Hashable, Entry] = {}
    latest: dict[Hashable, Entry] = {}
    for entry in sorted((it.record for it in draft.entries), key=attrgetter("recorded")):
        firsts.setdefault(make_key(entry, by_name), entry)
        latest[entry.subject, entry.on] = entry
    new: list[PendingEntry] = []
    repeated: list[Repeated] = []
    for it in pending:
        key, entry = make_key(it.entry, by_name), it.entry
        if firsts.setdefault(key, entry) is entry:
            new.append(it)
            latest[entry.subject, entry.on] = entry
        else:
            is_outdated = make_key(latest[entry.subject, entry.on], by_name) != key
            repeated.append(Repeated(entry, is_outdated))
    return tuple(new), tuple(repeated)
