"""Load the plan that a command answers from; refuse one that is unsound."""

# ruff: noqa: PLC0415  what is answered from a snapshot needs none of what reads the files

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from credit_plan.cli.console import detect_width, echo_err, today
from credit_plan.i18n import _, join_list, plural
from credit_plan.loader.locate import PROGRESS, Source, find_data, leads_outside

if TYPE_CHECKING:
    from credit_plan.diagnostics import Diagnostic, Severity
    from credit_plan.errors import UnsoundPlanError
    from credit_plan.loader.reader import Loaded
    from credit_plan.models.draft import Draft
    from credit_plan.plan import Plan
    from credit_plan.snapshot.cache import Cache, Checked, Held
    from credit_plan.storage.journal import Recovered


def check_plan(
    source: Source, *, verbose: bool, has_cache: bool, unsaved: Mapping[Path, bytes] | None = None
) -> Checked:
    """Return everything in the data that is wrong, sorted by place, and what there is.

    Where nothing has changed, it comes from a snapshot, unless `has_cache` is false.
    """
    if verbose:
        announce(source)
    cache = None if unsaved else _open_cache(source, has_cache=has_cache)
    if cache and (checked := cache.read_checked(source)):
        return checked
    from credit_plan.cli.progress import show_progress
    from credit_plan.snapshot.refresh import check_incrementally

    with show_progress(source) as step:
        return check_incrementally(source, today(), cache, unsaved, step=step)


def load_plan(
    data: Path | None, *, verbose: bool, has_cache: bool, units: Sequence[str] = ()
) -> Plan:
    """Return the plan; if the data has errors, print them and raise UnsoundPlanError.

    It may come from a snapshot, unless `has_cache` is false. Where names of `units` are given, it
    may lack measures that are of no interest to them, as `Plan` says.
    """
    source = find_data(data)
    announce_bundled(source)
    if verbose:
        announce(source)
    plan, errors = find_plan(source, has_cache=has_cache, units=units)
    if plan is None:
        raise refuse_unsound(errors)
    return plan


def find_plan(
    source: Source, *, has_cache: bool = True, units: Sequence[str] = ()
) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """Return the plan as `load_plan` does; None and the errors if the data has any."""
    if cache := _open_cache(source, has_cache=has_cache):
        if plan := cache.read_plan(units):
            return plan, ()
        if errors := _refresh(source, cache):
            return None, errors
        # There is none where the snapshot could not be written.
        if plan := cache.read_plan(units):
            return plan, ()
    from credit_plan.loader.build import build_plan

    loaded = _loaded(source, verbose=False)
    errors = find_errors_in(loaded)
    return (None, errors) if errors else (build_plan(loaded.draft), ())


def _open_cache(source: Source, *, has_cache: bool) -> Cache | None:
    """Return the snapshot of a plan; None where there can be none."""
    from credit_plan.snapshot.cache import Cache

    if has_cache:
        with suppress(OSError):
            return Cache(source.folder, today())
    return None


def _refresh(source: Source, cache: Cache) -> tuple[Diagnostic, ...]:
    """Read what has changed, and write the snapshot; return the errors if there are any."""
    from credit_plan.cli.progress import show_progress
    from credit_plan.diagnostics import Severity
    from credit_plan.snapshot.refresh import check_incrementally

    with show_progress(source) as step:
        found = check_incrementally(source, today(), cache, for_check=False, step=step).found
    return tuple(it for it in found if it.severity is Severity.ERROR)


def load_sound(source: Source, *, verbose: bool = False) -> Loaded:
    """Return what is in the data; if it has errors, print them and raise UnsoundPlanError."""
    loaded = _loaded(source, verbose=verbose)
    if errors := find_errors_in(loaded):
        raise refuse_unsound(errors)
    return loaded


def find_errors_in(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Return the errors that make the data unsound, sorted by place."""
    from credit_plan.rules import registry

    # Warnings do not stop an answer, and finding them takes time.
    return tuple(sorted((*loaded.diagnostics, *loaded.locate(registry.find_errors(loaded.draft)))))


def refuse_unsound(errors: tuple[Diagnostic, ...]) -> UnsoundPlanError:
    """Print the errors in the data, and return the exception that ends the command."""
    from credit_plan.errors import UnsoundPlanError

    print_diagnostics(errors)
    message = _("cannot answer: the data has {counts} (run “credit-plan check”)")
    return UnsoundPlanError(message.format(counts=count_diagnostics(errors)))


def print_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print diagnostics to stderr, with the lines that they are about."""
    from credit_plan.diagnostics import CheckResult
    from credit_plan.formatters import Screen, format_diagnostics

    if diagnostics:
        screen = Screen(detect_width(sys.stderr))
        echo_err(format_diagnostics(CheckResult(diagnostics), "text", today(), screen).rstrip())


@contextmanager
def lock_reports(source: Source) -> Iterator[Recovered]:
    """Lock the reports of a plan for one writer; say what an interrupted one has left there."""
    from credit_plan.storage import writer

    with writer.lock(source.folder / PROGRESS) as recovered:
        if recovered.undone:
            message = _(
                "an earlier “record” was interrupted; its reports were removed again from {files}: "
                "record them again if they are right"
            )
            echo_err(message.format(files=join_list(map(source.display, recovered.undone))))
        if recovered.kept:
            message = _(
                "an earlier “record” was interrupted, and {files} were changed or copied since: "
                "check that no report in them is missing or there twice"
            )
            echo_err(message.format(files=join_list(map(source.display, recovered.kept))))
        yield recovered


def undo_batch(source: Source) -> bool:
    """Undo a batch of reports whose writer was killed; return whether there was one."""
    from credit_plan.storage.journal import JOURNAL

    folder = source.folder / PROGRESS
    is_interrupted = (folder / JOURNAL).is_file() and not leads_outside(folder, source.folder)
    if is_interrupted:
        with lock_reports(source):
            pass
    return is_interrupted


def load_with_units(data: Path | None, *, verbose: bool) -> Draft:
    """Return a plan whose units could be read, also one that is unsound in other ways."""
    source = find_data(data)
    announce_bundled(source)
    loaded = _loaded(source, verbose=verbose)
    if loaded.draft.registry is None:
        raise refuse_unsound(find_errors_in(loaded))
    return loaded.draft


def announce_bundled(source: Source) -> None:
    """Say so if the installed copy is used because there is no plan here."""
    if source.bundled:
        message = _(
            "No plan found here; using the copy installed with the program (“credit-plan init DIR” "
            "creates a workspace)."
        )
        echo_err(message)


def announce(source: Source) -> None:
    """Say which data is used, unless it is the installed copy."""
    if not source.bundled:
        echo_err(_("Data: {folder}").format(folder=source.label or source.folder))


def _loaded(source: Source, *, verbose: bool) -> Loaded:
    from credit_plan.cli.progress import show_progress
    from credit_plan.loader.reader import load

    if verbose:
        announce(source)
    with show_progress(source) as step:
        return load(source, None, today(), step=step)


def describe_counts(held: Held) -> str:
    """Return `81 tasks, 228 measures, 58 milestones, 43 units, 32 indicators, 12 reports`."""
    phrases = [
        plural("{count} task", "{count} tasks", held.tasks),
        plural("{count} measure", "{count} measures", held.measures),
        plural("{count} milestone", "{count} milestones", held.milestones),
        plural("{count} unit", "{count} units", held.units),
    ]
    if count := held.indicators:
        phrases.append(plural("{count} indicator", "{count} indicators", count))
    if count := held.reports:
        phrases.append(plural("{count} report", "{count} reports", count))
    return join_list(phrases)


def count_diagnostics(diagnostics: Iterable[Diagnostic]) -> str:
    """Return `3 errors, 1 warning` or `no errors, 2 notices, 22 accepted`."""
    from credit_plan.diagnostics import Severity

    counts: Counter[Severity] = Counter()
    accepted = 0
    for diagnostic in diagnostics:
        if diagnostic.accepted:
            accepted += diagnostic.count
        else:
            counts[diagnostic.severity] += diagnostic.count
    errors, warnings, notices = (counts[severity] for severity in Severity)
    phrases = [plural("{count:,} error", "{count:,} errors", errors) if errors else _("no errors")]
    if warnings:
        phrases.append(plural("{count:,} warning", "{count:,} warnings", warnings))
    if notices:
        phrases.append(plural("{count:,} notice", "{count:,} notices", notices))
    if accepted:
        phrases.append(_("{count:,} accepted").format(count=accepted))
    return join_list(phrases)
