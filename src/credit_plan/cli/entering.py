"""Reports are understood, judged, shown and written: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Final, NoReturn

import typer

from credit_plan import ledger
from credit_plan.cli.additions import Addition, Made, additions, judged
from credit_plan.cli.clock import now, today
from credit_plan.cli.exits import ExitCode, with_candidates
from credit_plan.cli.stdio import put, say, screen
from credit_plan.diagnostic import CheckResult, Diagnostic, Severity
from credit_plan.errors import ChangedError, MisstatedError
from credit_plan.language import _
from credit_plan.load.evidence import evidence
from credit_plan.load.locate import PROGRESS, Source
from credit_plan.model import Evidence, Mistake, Plan, Reported
from credit_plan.query.entry import entry as entry_of
from credit_plan.render import diagnostics, diff
from credit_plan.render.screen import Screen
from credit_plan.syntax.text import decode

_OPTIONS: Final = {"measure": "ID", "values": "--value"}
"""The fields that go by another name on the command line."""

_LONGEST: Final = 2000
"""Characters of a note or of an address; the longest text of the published plan has 353."""

_TRIES: Final = 3
"""So often is begun anew where somebody edits a file by hand in the meantime."""


def understood(
    plan: Plan, source: Source, reports: Iterable[Reported | Mistake]
) -> tuple[Made, ...]:
    """The entries that are meant; says every mistake and ends where there is one."""
    made: list[Made] = []
    mistakes: list[Mistake] = []
    at = now()
    for report in reports:
        outcome = _understood(plan, source, report, at)
        if isinstance(outcome, Made):
            made.append(outcome)
        else:
            mistakes += outcome
    if mistakes:
        _refuse(mistakes)
    return tuple(made)


def preview(source: Source, made: tuple[Made, ...]) -> None:
    """Shows what would be written; ends where the rules find an error in it."""
    _show(*_sound(source, made))


def write(source: Source, made: tuple[Made, ...], *, shown: bool = False) -> None:
    """Adds the entries to their files, and shows them before unless they were `shown`."""
    with ledger.locked(source.folder / PROGRESS):
        for tries_left in reversed(range(_TRIES)):
            try:
                added = _written(source, made, shown=shown)
                break
            except ChangedError as error:
                if not tries_left:
                    raise
                say(_("{message}: once more").format(message=error))
    for it in added:
        say(_("Written to {file}").format(file=f"{it.file}:{it.first}"))


def _written(source: Source, made: tuple[Made, ...], *, shown: bool) -> tuple[Addition, ...]:
    """The files with the entries, of which none is written where an editor has changed one."""
    at = now()
    stamped = (replace(it, entry=it.entry.model_copy(update={"recorded": at})) for it in made)
    added, warnings = _sound(source, tuple(stamped))
    if not shown:
        _show(added, warnings)
    ledger.replace_all({it.path: it.content for it in added}, {it.path: it.held for it in added})
    return added


def _understood(
    plan: Plan, source: Source, report: Reported | Mistake, at: datetime
) -> Made | tuple[Mistake, ...]:
    if isinstance(report, Mistake):
        return (report,)
    shown: list[Evidence] = []
    mistakes = _too_long(report)
    for word in report.evidence:
        try:
            shown.append(evidence(source, word))
        except MisstatedError as error:
            mistakes.append(Mistake(report.line, "evidence", str(error)))
    entry = entry_of(plan, report, tuple(shown), at)
    if isinstance(entry, tuple):
        return (*entry, *mistakes)
    return tuple(mistakes) or Made(entry, report.line)


def _too_long(report: Reported) -> list[Mistake]:
    """What would fill the file of a task, of which no more than a limit is read."""
    message = _("has {count:,} characters, and may have {most:,}: put it into a file as evidence")
    return [
        Mistake(report.line, field, message.format(count=len(text), most=_LONGEST))
        for field, text in (("note", report.note), *(("evidence", it) for it in report.evidence))
        if len(text) > _LONGEST
    ]


def _sound(
    source: Source, made: tuple[Made, ...]
) -> tuple[tuple[Addition, ...], tuple[Diagnostic, ...]]:
    """The files with the entries, and what is to be looked at in these; ends where one is wrong."""
    added = additions(source, made)
    found = judged(source, added)
    errors = tuple(it for it in found if it.severity is Severity.ERROR)
    own = {it: addition for it in found for addition in added if addition.has(it)}
    if not errors:
        return added, tuple(own)
    if all(it in own for it in errors):
        # In no file as yet: the place to name is where it was read, or nowhere.
        said = ((own[it].origin(it), f"{it.message}\n  {it.hint}") for it in errors)
        _refuse([Mistake(line, "", message) for line, message in said])
    _say_all(errors)
    say(_("nothing was written"))
    files = {it.file for it in added}
    raise typer.Exit(ExitCode.USAGE if files & {it.file for it in errors} else ExitCode.UNSOUND)


def _show(added: tuple[Addition, ...], warnings: tuple[Diagnostic, ...]) -> None:
    """The diff of each file; line ends are as they are, and no part of it."""
    for it in added:
        before, after = (
            decode(text or b"").replace("\r\n", "\n") for text in (it.held, it.content)
        )
        put(diff.render(it.file, before, after, screen(None)))
    if warnings:
        _say_all(warnings)


def _say_all(found: tuple[Diagnostic, ...]) -> None:
    say(diagnostics(CheckResult(found), "text", today(), Screen()).rstrip())


def _refuse(mistakes: Iterable[Mistake]) -> NoReturn:
    """Says what is wrong, option by option or line by line, and ends."""
    for it in sorted(mistakes, key=attrgetter("line")):
        say(with_candidates(f"{_where(it)}: {it.message}", it.candidates))
    say(_("nothing was written"))
    raise typer.Exit(ExitCode.USAGE)


def _where(mistake: Mistake) -> str:
    """`Error: --unit`, or `standard input:3: unit`."""
    if not mistake.line and not mistake.field:
        return _("Error")
    if not mistake.line:
        option = _OPTIONS.get(mistake.field, f"--{mistake.field}")
        return _("Error: {message}").format(message=option)
    where = _("standard input:{line}").format(line=mistake.line)
    return f"{where}: {mistake.field}" if mistake.field else where
