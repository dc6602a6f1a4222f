"""Opens the plan that a command is to answer from, and refuses one that is unsound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from credit_plan.cli.console import echo_err, today
from credit_plan.diagnostics import CheckResult, Diagnostic, Severity
from credit_plan.errors import UnsoundPlanError
from credit_plan.formatters import Screen
from credit_plan.formatters import diagnostics as rendered
from credit_plan.i18n import _, ngettext
from credit_plan.loader.build import build_plan
from credit_plan.loader.locate import Source, find_data
from credit_plan.loader.reader import Loaded, load
from credit_plan.models.draft import Draft
from credit_plan.plan import Plan
from credit_plan.rules import registry


def load_and_check(
    source: Source,
    *,
    verbose: bool,
    unsaved: Mapping[Path, bytes] | None = None,
    with_evidence: bool = True,
) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Everything in the data, and everything that is wrong with it, in order of place."""
    loaded = _loaded(source, verbose=verbose, unsaved=unsaved, with_evidence=with_evidence)
    found = (*loaded.diagnostics, *loaded.locate(registry.run_rules(loaded.draft)))
    return loaded, tuple(sorted(found))


def load_plan(data: Path | None, *, verbose: bool) -> Plan:
    """The plan; raises UnsoundPlanError, after showing why, where the data has errors."""
    loaded = _loaded(find_data(data), verbose=verbose)
    errors = find_errors_in(loaded)
    if errors:
        raise refuse_unsound(errors)
    return build_plan(loaded.draft)


def find_errors_in(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What makes the data unsound, in order of place."""
    # What is only to be looked at keeps nobody from an answer, and takes time to be found.
    return tuple(sorted((*loaded.diagnostics, *loaded.locate(registry.find_errors(loaded.draft)))))


def refuse_unsound(errors: tuple[Diagnostic, ...]) -> UnsoundPlanError:
    """The error that ends a question, after the errors in the data have been shown."""
    echo_err(rendered(CheckResult(errors), "text", today(), Screen()).rstrip())
    message = _("no answer is given from data that is not sound: {counts}")
    return UnsoundPlanError(message.format(counts=count_diagnostics(errors)))


def unit_names(data: Path | None, *, verbose: bool) -> tuple[str, ...]:
    """Every name of every unit, also of a plan that is unsound in other things."""
    loaded = _loaded(find_data(data), verbose=verbose)
    units = (
        loaded.draft.registry.record.units
        if loaded.draft.registry
        else load_plan(data, verbose=False).units
    )
    return tuple(name for unit in units for name in unit.names)


def announce(source: Source) -> None:
    """Says which data is used, if it is not the installed copy."""
    if not source.bundled:
        echo_err(_("Data: {folder}").format(folder=source.label or source.folder))


def _loaded(
    source: Source,
    *,
    verbose: bool,
    unsaved: Mapping[Path, bytes] | None = None,
    with_evidence: bool = False,
) -> Loaded:
    if verbose:
        announce(source)
    return load(source, unsaved, today(), with_evidence=with_evidence)


def describe_counts(draft: Draft) -> str:
    """`81 tasks, 228 measures, 58 milestones, 43 units, 32 indicators, 12 reports`."""
    counts = draft.counts()
    phrases = (
        ngettext("{count} task", "{count} tasks", counts.tasks).format(count=counts.tasks),
        ngettext("{count} measure", "{count} measures", counts.measures).format(
            count=counts.measures
        ),
        ngettext("{count} milestone", "{count} milestones", counts.milestones).format(
            count=counts.milestones
        ),
        ngettext("{count} unit", "{count} units", counts.units).format(count=counts.units),
    )
    more = (
        ngettext("{count} indicator", "{count} indicators", counts.indicators).format(
            count=counts.indicators
        )
        if counts.indicators
        else "",
        ngettext("{count} report", "{count} reports", counts.entries).format(count=counts.entries)
        if counts.entries
        else "",
    )
    return ", ".join((*phrases, *filter(None, more)))


def count_diagnostics(found: Iterable[Diagnostic]) -> str:
    """`3 errors, 1 warning`; `no errors, 2 notices`."""
    counts = Counter(it.severity for it in found)
    said = {
        Severity.ERROR: ngettext("{count} error", "{count} errors", counts[Severity.ERROR]),
        Severity.WARNING: ngettext("{count} warning", "{count} warnings", counts[Severity.WARNING]),
        Severity.NOTICE: ngettext("{count} notice", "{count} notices", counts[Severity.NOTICE]),
    }
    phrases = [said[it].format(count=counts[it]) for it in Severity if counts[it]]
    if not counts[Severity.ERROR]:
        phrases.insert(0, _("no errors"))
    return ", ".join(phrases)
