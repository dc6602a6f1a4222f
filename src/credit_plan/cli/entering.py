"""Reports are understood, judged, shown and written: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Final, NoReturn

import typer

from credit_plan import storage
from credit_plan.cli.console import detect_screen, echo_err, now, today, write_output
from credit_plan.diagnostics import CheckResult, Diagnostic, Severity
from credit_plan.errors import ChangedError, ExitCode, MisstatedError, with_candidates
from credit_plan.formatters import Screen, format_diagnostics, unified_diff
from credit_plan.i18n import _
from credit_plan.loader.locate import PROGRESS, Source
from credit_plan.models.progress import Evidence
from credit_plan.plan import Plan
from credit_plan.reporting.append import Addition, PendingEntry, check_additions, make_additions
from credit_plan.reporting.parse import InputError, Reported
from credit_plan.reporting.resolve import find_evidence
from credit_plan.reporting.resolve import resolve as entry_of
from credit_plan.yaml.decode import decode

_OPTIONS: Final = {"measure": "ID", "values": "--value"}
"""The fields that go by another name on the command line."""

_LONGEST: Final = 2000
"""Characters of a note or of an address; the longest text of the published plan has 353."""

_TRIES: Final = 3
"""So often is begun anew where somebody edits a file by hand in the meantime."""


def resolve_reports(
    plan: Plan, source: Source, reports: Iterable[Reported | InputError]
) -> tuple[PendingEntry, ...]:
    """The entries that are meant; says every mistake and ends where there is one."""
    made: list[PendingEntry] = []
    mistakes: list[InputError] = []
    at = now()
    for report in reports:
        outcome = _understood(plan, source, report, at)
        if isinstance(outcome, PendingEntry):
            made.append(outcome)
        else:
            mistakes += outcome
    if mistakes:
        _refuse(mistakes)
    return tuple(made)


def preview(source: Source, made: tuple[PendingEntry, ...]) -> None:
    """Shows what would be written; ends where the rules find an error in it."""
    _show(*_sound(source, made))


def write(source: Source, made: tuple[PendingEntry, ...], *, shown: bool = False) -> None:
    """Adds the entries to their files, and shows them before unless they were `shown`."""
    with storage.lock(source.folder / PROGRESS):
        for tries_left in reversed(range(_TRIES)):
            try:
                added = _written(source, made, shown=shown)
                break
            except ChangedError as error:
                if not tries_left:
                    raise
                echo_err(_("{message}: once more").format(message=error))
    for it in added:
        echo_err(_("Written to {file}").format(file=f"{it.file}:{it.first}"))


def _written(
    source: Source, made: tuple[PendingEntry, ...], *, shown: bool
) -> tuple[Addition, ...]:
    """The files with the entries, of which none is written where an editor has changed one."""
    at = now()
    stamped = (replace(it, entry=it.entry.model_copy(update={"recorded": at})) for it in made)
    added, warnings = _sound(source, tuple(stamped))
    if not shown:
        _show(added, warnings)
    storage.replace_files({it.path: it.content for it in added}, {it.path: it.held for it in added})
    return added


def _understood(
    plan: Plan, source: Source, report: Reported | InputError, at: datetime
) -> PendingEntry | tuple[InputError, ...]:
    if isinstance(report, InputError):
        return (report,)
    shown: list[Evidence] = []
    mistakes = _too_long(report)
    for word in report.evidence:
        try:
            shown.append(find_evidence(source, word))
        except MisstatedError as error:
            mistakes.append(InputError(report.line, "evidence", str(error)))
    entry = entry_of(plan, report, tuple(shown), at)
    if isinstance(entry, tuple):
        return (*entry, *mistakes)
    return tuple(mistakes) or PendingEntry(entry, report.line)


def _too_long(report: Reported) -> list[InputError]:
    """What would fill the file of a task, of which no more than a limit is read."""
    message = _("has {count:,} characters, and may have {most:,}: put it into a file as evidence")
    return [
        InputError(report.line, field, message.format(count=len(text), most=_LONGEST))
        for field, text in (("note", report.note), *(("evidence", it) for it in report.evidence))
        if len(text) > _LONGEST
    ]


def _sound(
    source: Source, made: tuple[PendingEntry, ...]
) -> tuple[tuple[Addition, ...], tuple[Diagnostic, ...]]:
    """The files with the entries, and what is to be looked at in these; ends where one is wrong."""
    added = make_additions(source, made)
    found = check_additions(source, added)
    errors = tuple(it for it in found if it.severity is Severity.ERROR)
    own = {it: addition for it in found for addition in added if addition.has(it)}
    if not errors:
        return added, tuple(own)
    if all(it in own for it in errors):
        # In no file as yet: the place to name is where it was read, or nowhere.
        said = ((own[it].origin(it), f"{it.message}\n  {it.hint}") for it in errors)
        _refuse([InputError(line, "", message) for line, message in said])
    _say_all(errors)
    echo_err(_("nothing was written"))
    files = {it.file for it in added}
    raise typer.Exit(ExitCode.USAGE if files & {it.file for it in errors} else ExitCode.UNSOUND)


def _show(added: tuple[Addition, ...], warnings: tuple[Diagnostic, ...]) -> None:
    """The diff of each file; line ends are as they are, and no part of it."""
    for it in added:
        before, after = (
            decode(text or b"")[0].replace("\r\n", "\n") for text in (it.held, it.content)
        )
        write_output(unified_diff.format_diff(it.file, before, after, detect_screen(None)))
    if warnings:
        _say_all(warnings)


def _say_all(found: tuple[Diagnostic, ...]) -> None:
    echo_err(format_diagnostics(CheckResult(found), "text", today(), Screen()).rstrip())


def _refuse(mistakes: Iterable[InputError]) -> NoReturn:
    """Says what is wrong, option by option or line by line, and ends."""
    for it in sorted(mistakes, key=attrgetter("line")):
        echo_err(with_candidates(f"{_where(it)}: {it.message}", it.candidates))
    echo_err(_("nothing was written"))
    raise typer.Exit(ExitCode.USAGE)


def _where(mistake: InputError) -> str:
    """`Error: --unit`, or `standard input:3: unit`."""
    if not mistake.line and not mistake.field:
        return _("Error")
    if not mistake.line:
        option = _OPTIONS.get(mistake.field, f"--{mistake.field}")
        return _("Error: {message}").format(message=option)
    where = _("standard input:{line}").format(line=mistake.line)
    return f"{where}: {mistake.field}" if mistake.field else where
