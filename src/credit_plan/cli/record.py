"""The command `record`: add reports of measures to the plan's files, all of them or none.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what this needs

import re
import sys
from functools import wraps
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, ParamSpec

import typer

from credit_plan.cli import completion
from credit_plan.cli import options as o
from credit_plan.cli.console import (
    detect_screen,
    echo_err,
    ignore_ctrl_c,
    now,
    read_stdin,
    write_output,
)
from credit_plan.errors import ChangedError, ExitCode, NoDataError, with_candidates
from credit_plan.i18n import _, plural, quote
from credit_plan.loader import locate
from credit_plan.plan import STATUSES_IN_CHINESE, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from credit_plan.loader.reader import Loaded
    from credit_plan.reporting.batch import Batch
    from credit_plan.reporting.reported import InputError, Intake, Reported, Unfilled

    Reports = Sequence[Reported | InputError]

P = ParamSpec("P")

_MAX_TRIES = 3
"""How often to try if another program changes a file in the meantime."""

_MAX_LISTED = 8
"""Rows and columns that were passed over are named up to this number."""

_STDIN = "-"
_FILE_NAME = re.compile(r".*[/\\].*|.+\.[A-Za-z]+")
"""A name with a folder or an extension: no id has any."""

Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID | FILE...]",
        autocompletion=completion.complete_id,
        help=_(
            "The measure: 7.5, 79.1-4 or 14. Or files with reports: CSV, TSV or JSON lines; “-” "
            "is standard input."
        ),
    ),
]
StatusName = Annotated[
    str,
    typer.Option(
        "--status",
        metavar=f"<{'|'.join(Status)}>",
        autocompletion=completion.complete_status,
        help=_("The status of the measure; or {words}.").format(
            words="、".join(STATUSES_IN_CHINESE)
        ),
    ),
]
DueDay = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="DAY",
        help=_(
            "The milestone that the report is about, by its day: 2022-12-31 or 2022. Default: "
            "the measure itself."
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
        help=_("Read reports from standard input, as the FILE “-” does."),
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


def _say_if_interrupted(command: "Callable[P, None]") -> "Callable[P, None]":
    """Return the command, which says after Ctrl-C, or Ctrl-D at a question, what became of it."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (KeyboardInterrupt, typer.Abort):
            echo_err("\n" + _("nothing was written"))
            raise typer.Exit(ExitCode.INTERRUPTED) from None

    return run


@_say_if_interrupted
def record(
    targets: Targets = None,
    status: StatusName = "",
    on: Day = "",
    due: DueDay = "",
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
    from credit_plan.reporting.reported import Intake, Reported
    from credit_plan.reporting.sheet import split_figures

    measure, files = _tell_apart([*(targets or ()), *([_STDIN] if stdin else ())])
    figures = tuple(pair for value in values or () for pair in split_figures(value))
    typed = Reported(measure, status, on, unit, figures, note, tuple(evidence or ()), due=due)
    if undo:
        alone = typed == Reported() and not files
        _undo(data, alone=alone, dry_run=dry_run, verbose=verbose)
        return
    asks = not (measure and status) and not files and _is_at_terminal()
    if not asks:
        _refuse_contradictions(measure, status, files, typed=typed != Reported())
    intake = _read_files(files)
    source = _find_workspace(data, writes=not dry_run)
    loaded = load_sound(source, verbose=verbose)
    if asks:
        _ask(source, loaded, typed, dry_run=dry_run)
        return
    if not files:
        intake = Intake((typed,))
    _record(source, loaded, intake, dry_run=dry_run)


def _undo(data: Path | None, *, alone: bool, dry_run: bool, verbose: bool) -> None:
    """Take back the last command; raise BadParameter where a report is described as well."""
    from credit_plan.cli.undo import undo_last

    if not alone:
        message = _("takes back the last command: leave out what describes a report")
        raise typer.BadParameter(message, param_hint="--undo")
    # What was interrupted is removed under the lock.
    undo_last(_find_workspace(data, writes=False), dry_run=dry_run, verbose=verbose)


def _tell_apart(targets: list[str]) -> tuple[str, list[str]]:
    """Return the id of a measure, or the files; raise BadParameter for both, or for several ids."""
    files = [it for it in targets if _is_file(it)]
    ids = [it for it in targets if it not in files]
    if files and ids:
        message = _("{name} is no file; name only files, or only a measure")
        raise typer.BadParameter(message.format(name=quote(ids[0])), param_hint="FILE")
    if len(ids) > 1:
        message = _("one measure at a time; write several reports to a file, and name that")
        raise typer.BadParameter(message, param_hint="ID")
    return "".join(ids), [name for it in files for name in _expand(it)]


def _is_file(target: str) -> bool:
    """Return whether a word means a file: it looks like one, or is one and looks like no id."""
    return (
        target == _STDIN
        or _FILE_NAME.fullmatch(target) is not None
        or (not target[:1].isdigit() and Path(target).exists())
    )


def _expand(pattern: str) -> list[str]:
    """Return the files that a name with * stands for, which no shell of Windows does."""
    if pattern == _STDIN or Path(pattern).exists() or not any(sign in pattern for sign in "*?["):
        return [pattern]
    return sorted(glob(pattern)) or [pattern]  # noqa: PTH207  a pattern may be absolute


def _refuse_contradictions(measure: str, status: str, files: list[str], *, typed: bool) -> None:
    """Raise BadParameter where it is not clear what is to be recorded."""
    if files and typed:
        message = _("files have complete reports: leave out the options that describe a report")
        raise typer.BadParameter(message, param_hint="FILE")
    if typed and not measure:
        raise typer.BadParameter(_("name the measure that the report is about"), param_hint="ID")
    if typed and not status:
        raise typer.BadParameter(_("name the status of the measure"), param_hint="--status")
    if not typed and not files:
        message = _("not at a terminal, so nothing is asked: give ID and --status, or a FILE")
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
        _warn_of_checkout(source.folder.parent)
        undo_batch(source)
    return source


def _warn_of_checkout(home: Path) -> None:
    """Say so if reports would be written into the published plan of a checkout of this project."""
    if (home / "pyproject.toml").is_file() and (home / "src" / "credit_plan").is_dir():
        message = _(
            "{folder} is a checkout of credit-plan, and the report is written beside its published "
            "plan; keep reports in a workspace instead: “credit-plan init DIR” creates one"
        )
        echo_err(message.format(folder=home))


def _ask(source: locate.Source, loaded: "Loaded", typed: "Reported", *, dry_run: bool) -> None:
    """Ask for what a report lacks, and whether to write it."""
    from credit_plan.cli.data import load_sound
    from credit_plan.cli.interview import interview
    from credit_plan.loader.build import build_plan
    from credit_plan.reporting.reported import Intake

    answered = interview(build_plan(loaded.draft), source, typed)
    if isinstance(answered, tuple):
        _refuse(answered)
    # A person takes minutes to answer, in which others write.
    _record(source, load_sound(source), Intake((answered,)), dry_run=dry_run, asks=True)


def _read_files(files: list[str]) -> "Intake":
    """Return what is in the files; raise BadParameter for one without reports."""
    from credit_plan.reporting.parse import parse_reports
    from credit_plan.reporting.reported import Intake

    reports: Reports = ()
    unfilled: Sequence[Unfilled] = ()
    left_out: dict[str, None] = {}
    for name in dict.fromkeys(files):
        label = _("standard input") if name == _STDIN else name
        parsed = parse_reports(_read_file(name, label), label)
        if not parsed.reports and not parsed.unfilled:
            message = _("{file} contains no report").format(file=label)
            raise typer.BadParameter(message, param_hint="FILE")
        reports = (*reports, *parsed.reports)
        unfilled = (*unfilled, *parsed.unfilled)
        left_out |= dict.fromkeys(parsed.left_out)
    return Intake(tuple(reports), tuple(unfilled), tuple(left_out))


def _read_file(name: str, label: str) -> bytes:
    """Return the content of a file; raise BadParameter if it is too large."""
    from credit_plan.loader.files import MAX_BYTES

    if name == _STDIN:
        content = read_stdin(MAX_BYTES + 1, "FILE")
    else:
        if Path(name).is_dir():
            message = _("{file} is a folder; name its files: {pattern}")
            shown = Path(name, "*.csv")
            raise typer.BadParameter(message.format(file=label, pattern=shown), param_hint="FILE")
        with Path(name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        message = _(
            "{file} is larger than {size} MiB; split it, and record the parts one after the other "
            "(each part of a table needs the line that names the columns)"
        ).format(file=label, size=MAX_BYTES // 2**20)
        raise typer.BadParameter(message, param_hint="FILE")
    return content


def _record(
    source: locate.Source,
    loaded: "Loaded",
    intake: "Intake",
    *,
    dry_run: bool,
    asks: bool = False,
) -> None:
    """Write the new reports, and say what became of all; exit if anything is wrong with one.

    What was typed is shown as it is written, and so is everything in a `dry_run`, which writes
    nothing. Where it `asks`, a person decides.
    """
    from credit_plan.cli.data import load_sound
    from credit_plan.cli.prompt import confirm

    is_typed = not any(it.file for it in (*intake.reports, *intake.unfilled))
    if intake.left_out:
        message = _("columns left out, as no report has them: {names}")
        echo_err(message.format(names=_list_first(intake.left_out)))
    batch = _prepare(source, loaded, intake.reports)
    _show(batch, with_lines=is_typed or dry_run)
    if dry_run:
        if not is_typed or not batch.additions:
            echo_err(_describe_outcome(batch, intake.unfilled, is_written=False))
        echo_err(_("nothing was written (--dry-run)"))
    elif not asks or not batch.additions:
        _write(source, batch, intake, is_typed=is_typed)
    elif confirm(_("Write this?")):
        batch = _prepare(source, load_sound(source), intake.reports)
        _write(source, batch, intake, is_typed=is_typed)
    else:
        echo_err(_("nothing was written"))


def _prepare(source: locate.Source, loaded: "Loaded", reports: "Reports") -> "Batch":
    """Return the reports as they are to be written; exit if anything is wrong with one."""
    from credit_plan.reporting.batch import make_batch

    batch = make_batch(loaded, source, reports, now())
    if batch.errors:
        _refuse(batch.errors)
    return batch


def _write(source: locate.Source, batch: "Batch", intake: "Intake", *, is_typed: bool) -> None:
    """Write the files, unless they were changed since they were read: then start again."""
    from credit_plan.cli.data import load_sound, lock_reports
    from credit_plan.storage import writer
    from credit_plan.storage.last_command import write_last_command

    # Who presses Ctrl-C from here on is told what was written; waiting for the lock can be stopped.
    with lock_reports(source), ignore_ctrl_c():
        for tries_left in reversed(range(_MAX_TRIES)):
            if not batch.additions:
                break
            try:
                writer.replace_files(
                    {it.path: it.content for it in batch.additions},
                    {it.path: it.saved for it in batch.additions},
                )
                break
            except ChangedError as error:
                if not tries_left:
                    raise
                echo_err(_("{message}; trying again").format(message=error))
            batch = _prepare(source, load_sound(source), intake.reports)
            _show(batch, with_lines=is_typed)
        can_undo = bool(batch.additions) and write_last_command(
            batch.entries[0].recorded,
            {it.path: it.content for it in batch.additions},
            {it.path: it.saved for it in batch.additions},
        )
        _close(batch, intake, is_typed=is_typed)
        if can_undo:
            echo_err(_("to take it back: credit-plan record --undo"))


def _show(batch: "Batch", *, with_lines: bool) -> None:
    """Print what the rules say of the new reports and, `with_lines`, what changes in the files."""
    from credit_plan.cli.data import print_diagnostics

    if with_lines:
        _print_diffs(batch)
    print_diagnostics(batch.remarks)


def _print_diffs(batch: "Batch") -> None:
    """Print what changes in each file, but for the kind of its line ends."""
    from credit_plan.formatters.unified_diff import format_diff

    for addition in batch.additions:
        texts = (addition.before, addition.after)
        before, after = (text.replace("\r\n", "\n") for text in texts)
        write_output(format_diff(addition.file, before, after, detect_screen(None)))


def _close(batch: "Batch", intake: "Intake", *, is_typed: bool) -> None:
    """Say what became of all reports: of typed ones where they are, of others how many."""
    for it in batch.repeated:
        if it.is_outdated:
            message = _(
                "{id}: this report of {day} is there already, but a later one of the same day "
                "counts; to report it anew, add a note"
            )
            echo_err(message.format(id=it.entry.measure, day=it.entry.on))
    if is_typed and batch.additions:
        for addition in batch.additions:
            file = f"{addition.file}:{addition.line}"
            echo_err(_("Written to {file}").format(file=file))
    else:
        echo_err(_describe_outcome(batch, intake.unfilled))


def _describe_outcome(
    batch: "Batch", unfilled: "Sequence[Unfilled]", *, is_written: bool = True
) -> str:
    """Return `27 reports recorded (15 measures, 8 units); 6 rows without a report passed over`."""
    entries = batch.entries
    measures = len({it.measure for it in entries})
    units = len({it.unit for it in entries})
    ids = [it.measure for it in unfilled if it.measure]
    lines = [f"{it.file}:{it.line}" for it in unfilled if not it.measure]
    of = {
        "measures": plural("{count} measure", "{count} measures", measures),
        "units": plural("{count} unit", "{count} units", units),
    }
    if not entries:
        phrases = [_("no new report")]
    elif is_written:
        one = _("{count} report recorded ({measures}, {units})")
        many = _("{count} reports recorded ({measures}, {units})")
        phrases = [plural(one, many, len(entries), **of)]
    else:
        one = _("{count} report to record ({measures}, {units})")
        many = _("{count} reports to record ({measures}, {units})")
        phrases = [plural(one, many, len(entries), **of)]
    if batch.repeated:
        phrases.append(
            plural("{count} already recorded", "{count} already recorded", len(batch.repeated))
        )
    if ids:
        phrases.append(
            plural(
                "{count} row without a report passed over: {listed}",
                "{count} rows without a report passed over: {listed}",
                len(ids),
                listed=_list_first(ids),
            )
        )
    if lines:
        phrases.append(
            plural(
                "{count} row without a measure passed over: {listed}",
                "{count} rows without a measure passed over: {listed}",
                len(lines),
                listed=_list_first(lines),
            )
        )
    return "; ".join(phrases)


def _list_first(names: "Sequence[str]") -> str:
    more = ["…"] if len(names) > _MAX_LISTED else []
    return ", ".join([*names[:_MAX_LISTED], *more])


def _refuse(mistakes: "Iterable[InputError]") -> NoReturn:
    """Print what is wrong with the input, option by option or line by line, and exit."""
    for mistake in sorted(mistakes, key=lambda it: (it.file, it.line)):
        message = f"{_describe_place(mistake)}: {mistake.message}"
        echo_err(with_candidates(message, mistake.candidates))
    echo_err(_("nothing was written"))
    raise typer.Exit(ExitCode.USAGE)


def _describe_place(mistake: "InputError") -> str:
    """Return `Error: --unit` or `reports.csv:3: 填报单位`."""
    if mistake.file:
        place = f"{mistake.file}:{mistake.line}"
        return f"{place}: {mistake.field}" if mistake.field else place
    if not mistake.field:
        return _("Error")
    other_names = {"measure": "ID", "values": "--value", "due": "--for"}
    option = other_names.get(mistake.field, f"--{mistake.field}")
    return _("Error: {message}").format(message=option)
