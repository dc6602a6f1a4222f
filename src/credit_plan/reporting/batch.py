"""The reports of one command: what of them is new, and what the plan's files will be with it."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
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
from credit_plan.rules.repeated_report import ReportKey, make_key
from credit_plan.rules.units import index_names


@dataclass(frozen=True, slots=True)
class Repeated:
    """An entry that is there already word for word; another one counts where it `is_outdated`."""

    entry: Entry
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """The files with the new entries, and what the rules find in these; or else the errors.

    `repeated` entries are not written again. `superseded` ones are new, but another new one of the
    same unit is about the same day and counts.
    """

    additions: tuple[Addition, ...] = ()
    remarks: tuple[tuple[Reported, Diagnostic], ...] = ()
    repeated: tuple[Repeated, ...] = ()
    superseded: tuple[Entry, ...] = ()
    errors: tuple[InputError, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the new entries."""
        return tuple(it.entry for it in self._iter_pending())

    @property
    def undated(self) -> tuple[Entry, ...]:
        """Return the new entries of which the file gives no day, so that it is the present one."""
        return tuple(it.entry for it in self._iter_pending() if it.is_undated)

    def _iter_pending(self) -> Iterator[PendingEntry]:
        return (it for addition in self.additions for it in addition.pending)


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
    if errors:
        return Batch(errors=errors)
    return Batch(additions, remarks, repeated, _find_superseded(it.entry for it in pending))


def _find_repeated(
    draft: Draft, pending: Iterable[PendingEntry]
) -> tuple[tuple[PendingEntry, ...], tuple[Repeated, ...]]:
    """Return the entries that say anything new, and those that are there already.

    A row of a file without a day is there if its unit has reported the same of any day: the same
    file would otherwise be another report every day.
    """
    by_name = index_names(draft)
    known = _Known()
    for entry in sorted((it.record for it in draft.entries), key=attrgetter("recorded")):
        known.add(make_key(entry, by_name))
    new: list[PendingEntry] = []
    repeated: list[Repeated] = []
    for it in pending:
        key = make_key(it.entry, by_name)
        if key in known.keys:
            repeated.append(Repeated(it.entry, is_outdated=key != known.of_days[key.day]))
        elif it.is_undated and key.without_day in known.undated:
            last = known.of_units[key.series].without_day
            repeated.append(Repeated(it.entry, is_outdated=key.without_day != last))
        else:
            known.add(key)
            new.append(it)
    return tuple(new), tuple(repeated)


def _find_superseded(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries after which one of the same unit is about the same day."""
    superseded: list[Entry] = []
    latest: dict[Hashable, Entry] = {}
    for entry in entries:
        about = entry.subject, entry.on, entry.unit
        if about in latest:
            superseded.append(latest[about])
        latest[about] = entry
    return tuple(superseded)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is reported, by `keys`; which of them counts for a day, and which is a unit's last."""

    keys: set[ReportKey] = field(default_factory=set)
    undated: set[ReportKey] = field(default_factory=set)
    of_days: dict[Hashable, ReportKey] = field(default_factory=dict)
    of_units: dict[Hashable, ReportKey] = field(default_factory=dict)

    def add(self, key: ReportKey) -> None:
        """Add a report; of two that are about the same day, the one that is added later counts."""
        self.keys.add(key)
        self.undated.add(key.without_day)
        self.of_days[key.day] = key
        last = self.of_units.get(key.series)
        if last is None or last.on <= key.on:
            self.of_units[key.series] = key
