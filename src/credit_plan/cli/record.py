"""The command `record`: add reports of measures to the plan's files, all of them or none.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what this needs

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from credit_plan.cli import completion
from credit_plan.cli import options as o
from credit_plan.cli.console import detect_screen, echo_err, now, read_stdin, write_output
from credit_plan.errors import ChangedError, ExitCode, NoDataError, with_candidates
from credit_plan.i18n import _
from credit_plan.loader import locate
from credit_plan.plan import STATUSES_IN_CHINESE, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from credit_plan.loader.reader import Loaded
    from credit_plan.reporting.append import Addition
    from credit_plan.reporting.parse import InputError, Reported

    Reports = Sequence[Reported | InputError]

_MAX_TRIES = 3
"""How often to try if another program changes a file in the meantime."""

MeasureId = Annotated[
    str,
    typer.Argument(
        metavar="[ID]",
        autocompletion=completion.complete_id,
        help=_("The measure: 7.5, 79.1-4 or 14."),
    ),
]
StatusName = Annotated[
    str,
    typer.Option(
        "--status",
        metavar=f"<{'|'.join(Status)}>",
        autocompletion=lambda: list(Status),
        help=_("The status of the measure; or {words}.").format(
            words="、".join(STATUSES_IN_CHINESE)
        ),
    ),
]
Day = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="DAY",
        help=_("The day that the report is about: 2023-12-31. Default: today."),
    ),
]
UnitName = Annotated[
    str,
    typer.Option(
        "--unit",
        metavar="NAME",
        autocompletion=completion.complete_unit,
        help=_("The unit that reports. Default: the only lead unit of the measure."),
    ),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "--value",
        metavar="NAME=NUMBER",
        autocompletion=completion.complete_value,
        help=_("The figure of an indicator, by code or part of its name. Repeat it for several."),
    ),
]
Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help=_("A remark in the unit's own words."))
]
Evidence = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="PATH_OR_URL",
        help=_("Evidence: a web address, or a file in data/evidence. Repeat it for several."),
    ),
]
Stdin = Annotated[
    bool,
    typer.Option(
        "--stdin",
        help=_("Read reports from stdin, as JSON lines or CSV, and write all of them or none."),
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Show what would be written, but write nothing."))
]
Undo = Annotated[
    bool,
    typer.Option(
        "--undo",
        help=_(
            "Take back your last command, unless something was recorded after it, or it is in a "
            "git commit."
        ),
    ),
]


def record(
    measure: MeasureId = "",
    status: StatusName = "",
    on: Day = "",
    unit: UnitName = "",
    values: Values = None,
    note: Note = "",
    evidence: Evidence = None,
    stdin: Stdin = False,
    dry_run: DryRun = False,
    undo: Undo = False,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan.cli.data import load_sound
    from credit_plan.reporting.parse import Reported, split_figures

    is_described = any((status, on, unit, values, note, evidence))
    if undo:
        _undo(data, alone=not (is_described or measure or stdin), dry_run=dry_run, verbose=verbose)
        return
    asks = not is_described and not stdin and _is_at_terminal()
    if not asks:
        _refuse_contradictions(measure, status, typed=is_described or bool(measure), stdin=stdin)
    source = _find_workspace(data, writes=not dry_run)
    loaded = load_sound(source, verbose=verbose)
    if asks:
        _ask(source, loaded, measure, dry_run=dry_run)
        return
    reports: Reports
    if stdin:
        reports = _read_stdin()
    else:
        figures = tuple(pair for value in values or () for pair in split_figures(value))
        reports = [Reported(measure, status, on, unit, figures, note, tuple(evidence or ()))]
    additions = _prepare(source, loaded, reports)
    if dry_run:
        echo_err(_("nothing was written (--dry-run)"))
    else:
        _write(source, reports, additions)


def _undo(data: Path | None, *, alone: bool, dry_run: bool, verbose: bool) -> None:
    """Take back the last command; raise BadParameter where a report is described as well."""
    from credit_plan.cli.undo import undo_last

    if not alone:
        message = _("takes back the last command: leave out what describes a report")
        raise typer.BadParameter(message, param_hint="--undo")
    # What was interrupted is removed under the lock.
    undo_last(_find_workspace(data, writes=False), dry_run=dry_run, verbose=verbose)


def _refuse_contradictions(measure: str, status: str, *, typed: bool, stdin: bool) -> None:
    """Raise BadParameter where it is not clear what is to be recorded."""
    if stdin and typed:
        message = _(
            "the input has complete reports: leave out ID and the options that describe a report"
        )
        raise typer.BadParameter(message, param_hint="--stdin")
    if typed and not measure:
        raise typer.BadParameter(_("name the measure that the report is about"), param_hint="ID")
    if typed and not status:
        raise typer.BadParameter(_("name the status of the measure"), param_hint="--status")
    if not typed and not stdin:
        message = _("not at a terminal, so nothing is asked: give ID and --status, or use --stdin")
        raise typer.BadParameter(message, param_hint="ID")


def _is_at_terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())


def _find_workspace(data: Path | None, *, writes: bool) -> locate.Source:
    """Return the data to write to; raise NoDataError for the copy of the program."""
    from credit_plan.cli.data import undo_batch

    source = locate.find_data(data)
    if source.bundled:
        message = _(
            "no workspace here, and the installed copy of the plan is read-only; create one with "
            "“credit-plan init DIR”"
        )
        raise NoDataError(message)
    if writes:
        undo_batch(source)
    return source


def _ask(source: locate.Source, loaded: "Loaded", measure: str, *, dry_run: bool) -> None:
    """Ask for a report and whether to write it; to stop answering is no error."""
    from credit_plan.cli.data import load_sound
    from credit_plan.cli.interview import interview
    from credit_plan.loader.build import build_plan

    try:
        reports = [interview(build_plan(loaded.draft), source, measure)]
        # A person takes minutes to answer, in which others write.
        _prepare(source, load_sound(source), reports)
        if dry_run:
            echo_err(_("nothing was written (--dry-run)"))
            return
        if typer.confirm(_("Write this?"), default=None):
            _write(source, reports, _prepare(source, load_sound(source), reports, show=False))
            return
    except typer.Abort:
        echo_err("")
    echo_err(_("nothing was written"))


def _read_stdin() -> "Reports":
    """Return the reports in standard input; raise BadParameter if there are none."""
    from credit_plan.loader.files import MAX_BYTES
    from credit_plan.questions.columns import MEASURE_FIELDS
    from credit_plan.reporting.parse import parse_reports

    content = read_stdin(MAX_BYTES + 1, "--stdin")
    if len(content) > MAX_BYTES:
        message = _(
            "standard input is larger than {size} MiB; split it, and record the parts one after "
            "the other (each part of a table needs the line that names the columns)"
        ).format(size=MAX_BYTES // 2**20)
        raise typer.BadParameter(message, param_hint="--stdin")
    reports = parse_reports(content, {field.column.key for field in MEASURE_FIELDS})
    if not reports:
        raise typer.BadParameter(_("standard input contains no report"), param_hint="--stdin")
    return reports


def _prepare(
    source: locate.Source, loaded: "Loaded", reports: "Reports", *, show: bool = True
) -> "tuple[Addition, ...]":
    """Return the files with the reports added, and show what changes; exit if anything is wrong."""
    from credit_plan.cli.data import print_diagnostics
    from credit_plan.loader.build import build_plan
    from credit_plan.reporting.append import make_additions, validate_additions
    from credit_plan.reporting.resolve import resolve_all

    pending, mistakes = resolve_all(build_plan(loaded.draft), source, reports, now())
    if mistakes:
        _refuse(mistakes)
    if show:
        _print_ignored(reports)
    additions, mistakes = make_additions(loaded, source, pending)
    if mistakes:
        _refuse(mistakes)
    mistakes, remarks = validate_additions(loaded, additions)
    if mistakes:
        _refuse(mistakes)
    if show:
        _print_diffs(additions)
        print_diagnostics(remarks)
    return additions


def _write(source: locate.Source, reports: "Reports", additions: "tuple[Addition, ...]") -> None:
    """Write the files, unless they were changed since they were read: then start again."""
    from credit_plan.cli.data import load_sound, lock_reports
    from credit_plan.storage import writer
    from credit_plan.storage.last_command import write_last_command

    with lock_reports(source):
        for tries_left in reversed(range(_MAX_TRIES)):
            try:
                writer.replace_files(
                    {it.path: it.content for it in additions},
                    {it.path: it.saved for it in additions},
                )
                break
            except ChangedError as error:
                if not tries_left:
                    raise
                echo_err(_("{message}; trying again").format(message=error))
            additions = _prepare(source, load_sound(source), reports)
        is_noted = write_last_command(
            additions[0].pending[0].entry.recorded,
            {it.path: it.content for it in additions},
            {it.path: it.saved for it in additions},
        )
    for addition in additions:
        file = f"{addition.file}:{addition.line}"
        echo_err(_("Written to {file}").format(file=file))
    if is_noted:
        echo_err(_("to take it back: credit-plan record --undo"))


def _print_diffs(additions: "Iterable[Addition]") -> None:
    """Print what changes in each file, but for the kind of its line ends."""
    from credit_plan.formatters.unified_diff import format_diff

    for addition in additions:
        texts = (addition.before, addition.after)
        before, after = (text.replace("\r\n", "\n") for text in texts)
        write_output(format_diff(addition.file, before, after, detect_screen(None)))


def _print_ignored(reports: "Reports") -> None:
    """Name the columns and keys that are no part of a report."""
    names = dict.fromkeys(name for it in reports for name in getattr(it, "left_out", ()))
    if names:
        message = _("ignored, not part of a report: {names}")
        echo_err(message.format(names=", ".join(names)))


def _refuse(mistakes: "Iterable[InputError]") -> NoReturn:
    """Print what is wrong with the input, option by option or line by line, and exit."""
    for mistake in sorted(mistakes, key=lambda it: it.line):
        message = f"{_describe_place(mistake)}: {mistake.message}"
        echo_err(with_candidates(message, mistake.candidates))
    echo_err(_("nothing was written"))
    raise typer.Exit(ExitCode.USAGE)


def _describe_place(mistake: "InputError") -> str:
    """Return `Error: --unit` or `standard input:3: unit`."""
    if mistake.line:
        place = _("standard input:{line}").format(line=mistake.line)
        return f"{place}: {mistake.field}" if mistake.field else place
    if not mistake.field:
        return _("Error")
    other_names = {"measure": "ID", "values": "--value"}
    option = other_names.get(mistake.field, f"--{mistake.field}")
    return _("Error: {message}").format(message=option)
