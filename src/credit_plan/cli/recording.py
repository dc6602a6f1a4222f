"""Write reports to the plan's files, all of them or none, and say what became of each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn

import typer

from credit_plan.cli.console import echo_err, ignore_ctrl_c, now, print_diff
from credit_plan.cli.data import load_sound, lock_reports, print_diagnostics
from credit_plan.errors import ChangedError, ExitCode, with_candidates
from credit_plan.formatters.diagnostics_text import format_kind
from credit_plan.i18n import _, join_list, pgettext, plural
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import Loaded
from credit_plan.models.progress import Entry
from credit_plan.reporting.batch import Batch, make_batch
from credit_plan.reporting.reported import InputError, Intake, Unfilled
from credit_plan.storage import writer
from credit_plan.storage.last_command import write_last_command
from credit_plan.text import join_first

_MAX_TRIES = 3
"""How often to try if another program changes a file in the meantime."""

_MAX_LISTED = 8
"""Rows and columns that were passed over are named up to this number."""


def record_reports(
    source: Source, loaded: Loaded, intake: Intake, *, dry_run: bool, asks: bool = False
) -> None:
    """Write the new reports, and say what became of all; exit if anything is wrong with one.

    What was typed is shown as it is written, and so is everything in a `dry_run`, which writes
    nothing. Where it `asks`, a person decides.
    """
    batch = _prepare(source, loaded, intake)
    if intake.left_out:
        message = _("columns left out, as no report has them: {names}")
        echo_err(message.format(names=join_first(intake.left_out, _MAX_LISTED)))
    _show(batch, with_lines=intake.is_typed or dry_run)
    if dry_run:
        _explain_days(batch)
        if not intake.is_typed or not batch.additions:
            echo_err(_describe_outcome(batch, intake.unfilled, is_written=False))
        echo_err(_("nothing was written (--dry-run)"))
    elif not batch.additions:
        _close(batch, intake)
    elif not asks:
        _write(source, batch, intake)
    elif _is_wanted():
        _write(source, _prepare(source, load_sound(source), intake), intake)
    else:
        echo_err(_("nothing was written"))


def refuse(mistakes: Iterable[InputError]) -> NoReturn:
    """Print what is wrong with the input, option by option or line by line, and exit."""
    for mistake in sorted(mistakes, key=lambda it: (it.file, it.line)):
        echo_err(with_candidates(_describe(mistake), mistake.candidates))
    echo_err(_("nothing was written"))
    raise typer.Exit(ExitCode.USAGE)


def _prepare(source: Source, loaded: Loaded, intake: Intake) -> Batch:
    """Return the reports as they are to be written; exit if anything is wrong with one."""
    batch = make_batch(loaded, source, intake.reports, now())
    if batch.errors:
        refuse(batch.errors)
    return batch


def _show(batch: Batch, *, with_lines: bool) -> None:
    """Print what the rules say of the new reports and, `with_lines`, what changes in the files."""
    for addition in batch.additions if with_lines else ():
        print_diff(addition.file, addition.before, addition.after)
    print_diagnostics(tuple(it for report, it in batch.remarks if not report.file))
    for report, it in batch.remarks:
        if report.file:
            message = f"{format_kind(it)} {it.message}"
            echo_err(_describe(report.locate(InputError(0, "", message))))


def _is_wanted() -> bool:
    from credit_plan.cli.prompt import confirm  # noqa: PLC0415  a file of reports asks nothing

    return confirm(_("Write this?"))


def _write(source: Source, batch: Batch, intake: Intake) -> None:
    """Write the files, unless they were changed since they were read: then start again."""
    # Who presses Ctrl-C from here on is told what was written; waiting for the lock can be stopped.
    with lock_reports(source), ignore_ctrl_c():
        for tries_left in reversed(range(_MAX_TRIES)):
            contents = {it.path: it.content for it in batch.additions}
            saved = {it.path: it.saved for it in batch.additions}
            try:
                writer.replace_files(contents, saved)
                break
            except ChangedError as error:
                if not tries_left:
                    raise
                echo_err(_("{message}; trying again").format(message=error))
            batch = _prepare(source, load_sound(source), intake)
            _show(batch, with_lines=intake.is_typed)
        can_undo = bool(contents) and write_last_command(batch.entries[0].recorded, contents, saved)
        _close(batch, intake)
        if can_undo:
            echo_err(_("to take it back: credit-plan record --undo"))


def _close(batch: Batch, intake: Intake) -> None:
    """Say what became of all reports: of typed ones where they are, of others how many."""
    _explain_days(batch)
    if not intake.is_typed or not batch.additions:
        echo_err(_describe_outcome(batch, intake.unfilled))
        return
    for addition in batch.additions:
        file = f"{addition.file}:{addition.line}"
        echo_err(_("Written to {file}").format(file=file))


def _explain_days(batch: Batch) -> None:
    """Say which reports are about today, and which do not count for their day any more."""
    for it in batch.repeated:
        if it.is_outdated:
            message = _(
                "{id}: this report is there already, but a later one counts; to report it anew, "
                "give another day or add a note"
            )
            echo_err(message.format(id=it.entry.measure))
    if batch.superseded:
        message = plural(
            "{count} report is followed by one of the same unit about the same day, which counts "
            "instead: {listed}",
            "{count} reports are followed by one of the same unit about the same day, which counts "
            "instead: {listed}",
            len(batch.superseded),
            listed=_list_measures(batch.superseded),
        )
        echo_err(message)
    if batch.undated:
        message = plural(
            "{count} row without a day is about today: {listed}",
            "{count} rows without a day are about today: {listed}",
            len(batch.undated),
            listed=_list_measures(batch.undated),
        )
        echo_err(message)


def _list_measures(entries: Sequence[Entry]) -> str:
    """Return the first of the measures that entries are about."""
    return join_first(list(dict.fromkeys(it.measure for it in entries)), _MAX_LISTED)


def _describe_outcome(
    batch: Batch, unfilled: Sequence[Unfilled], *, is_written: bool = True
) -> str:
    """Return `27 reports recorded (15 measures, 8 units); 6 rows without a report passed over`."""
    phrases = [_count_new(batch.entries, is_written=is_written)]
    if count := len(batch.repeated):
        phrases.append(plural("{count} already recorded", "{count} already recorded", count))
    separator = pgettext("between the parts of a summary", "; ")
    return separator.join((*phrases, *_count_passed_over(unfilled)))


def _count_new(entries: Sequence[Entry], *, is_written: bool) -> str:
    if not entries:
        return _("no new report")
    measures = len({it.measure for it in entries})
    units = len({it.unit for it in entries})
    counts = {
        "measures": plural("{count} measure", "{count} measures", measures),
        "units": plural("{count} unit", "{count} units", units),
    }
    if is_written:
        return plural(
            "{count} report recorded ({measures}, {units})",
            "{count} reports recorded ({measures}, {units})",
            len(entries),
            **counts,
        )
    return plural(
        "{count} report to record ({measures}, {units})",
        "{count} reports to record ({measures}, {units})",
        len(entries),
        **counts,
    )


def _count_passed_over(unfilled: Sequence[Unfilled]) -> Iterator[str]:
    """Yield how many rows had no report, by their measures or else by their lines."""
    if ids := [it.measure for it in unfilled if it.measure]:
        yield plural(
            "{count} row without a report passed over: {listed}",
            "{count} rows without a report passed over: {listed}",
            len(ids),
            listed=join_first([*dict.fromkeys(ids)], _MAX_LISTED),
        )
    if lines := [f"{it.file}:{it.line}" for it in unfilled if not it.measure]:
        yield plural(
            "{count} row without a measure passed over: {listed}",
            "{count} rows without a measure passed over: {listed}",
            len(lines),
            listed=join_first(lines, _MAX_LISTED),
        )


def _describe(mistake: InputError) -> str:
    """Return `Error: --unit: …`, or `reports.csv:5: row 3, measure 7.5: status: …`."""
    field, message = mistake.field, mistake.message
    if mistake.file:
        return f"{mistake.file}:{mistake.line}: {_describe_in_file(mistake)}"
    if not field:
        return _("Error: {message}").format(message=message)
    other_names = {"measure": _("ID"), "values": "--value", "due": "--for"}
    option = other_names.get(field, f"--{field}")
    return _("Error: {option}: {message}").format(option=option, message=message)


def _describe_in_file(it: InputError) -> str:
    """Return `row 3, measure 7.5: status: …`, as far as it is known."""
    # A spreadsheet may have another number than the line of the file.
    row = _("row {number}").format(number=it.row) if it.row not in {0, it.line} else ""
    report = join_list(filter(None, (row, it.measure)))
    if report and it.field:
        message = _("{report}: {field}: {message}")
        return message.format(report=report, field=it.field, message=it.message)
    if place := report or it.field:
        return _("{place}: {message}").format(place=place, message=it.message)
    return it.message
