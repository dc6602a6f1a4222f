"""The command `record`: add reports of measures to the plan's files, all of them or none.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what this needs

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli import completion
from credit_plan.cli import options as o
from credit_plan.cli.completion_dates import complete_day
from credit_plan.cli.console import echo_err, exit_if_interrupted, is_at_terminal, today
from credit_plan.errors import NoDataError
from credit_plan.i18n import CHINESE, _, get_language
from credit_plan.loader import locate
from credit_plan.plan import STATUSES_IN_CHINESE, Status

if TYPE_CHECKING:
    from credit_plan.loader.reader import Loaded
    from credit_plan.reporting.reported import Reported

_SHOWN: tuple[str, ...] = tuple(Status)
_OTHERS: tuple[str, ...] = tuple(STATUSES_IN_CHINESE.values())
if get_language() == CHINESE:
    _SHOWN, _OTHERS = _OTHERS, _SHOWN

Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[ID | FILE...]"),
        click_type=completion.Offering(completion.complete_id),
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
        metavar=f"<{'|'.join(_SHOWN)}>",
        click_type=completion.Offering(completion.complete_status),
        help=_("The status of the measure; or {words}.").format(words="、".join(_OTHERS)),
    ),
]


def _refuse_blank(due: str | None) -> str | None:
    """Raise BadParameter for `--for ""`, which would report on the whole measure."""
    if due is not None and not due.strip():
        raise typer.BadParameter(_("is empty; without --for, the report is about the measure"))
    return due


DueDay = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar=_("DATE"),
        callback=_refuse_blank,
        help=_(
            "The milestone that the report is about, by its day (2022-12-31), or the period of "
            "what recurs (2023Q1, 2023年上半年, 2023). Default: the measure itself."
        ),
    ),
]
Day = Annotated[
    str,
    typer.Option(
        "--on",
        metavar=_("DAY"),
        click_type=completion.Offering(complete_day),
        help=_(
            "The day that the report is about: 2023-12-31, 昨天; of files, that of all rows "
            "without a day. Default: today."
        ),
    ),
]
UnitName = Annotated[
    str,
    typer.Option(
        "--unit",
        metavar=_("NAME"),
        click_type=completion.Offering(completion.complete_unit),
        help=_("The unit that reports. Default: the only lead unit of the measure."),
    ),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "--value",
        metavar=_("NAME=NUMBER"),
        click_type=completion.Offering(completion.complete_value),
        help=_("The figure of an indicator, by code or part of its name. Repeat it for several."),
    ),
]
Note = Annotated[
    str, typer.Option("--note", metavar=_("TEXT"), help=_("A remark in the unit's own words."))
]
Evidence = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar=_("PATH_OR_URL"),
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


@exit_if_interrupted()
def record(
    targets: Targets = None,
    status: StatusName = "",
    on: Day = "",
    due: DueDay = None,
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
    from credit_plan.cli.recording import record_reports
    from credit_plan.cli.report_files import STDIN, read_reports, tell_apart
    from credit_plan.reporting.reported import Intake, Reported
    from credit_plan.reporting.sheet import split_figures

    measure, files = tell_apart([*(targets or ()), *([STDIN] if stdin else ())])
    figures = tuple(pair for value in values or () for pair in split_figures(value))
    typed = Reported(measure, status, on, unit, figures, note, tuple(evidence or ()), due=due or "")
    if undo:
        _undo(data, alone=typed == Reported() and not files, dry_run=dry_run, verbose=verbose)
        return
    asks = _is_asked_for(typed, files)
    intake = read_reports(files, _read_day(on)) if files else Intake((typed,))
    source = _find_workspace(data, writes=not dry_run)
    loaded = load_sound(source, verbose=verbose)
    if asks:
        intake = Intake((_ask(source, loaded, typed),))
        # A person takes minutes to answer, in which others write.
        loaded = load_sound(source)
    record_reports(source, loaded, intake, dry_run=dry_run, asks=asks)


def _read_day(on: str) -> str:
    """Return the day of the rows without one, which is typed: 今天 is no other day tomorrow."""
    from credit_plan.errors import MisstatedError
    from credit_plan.reporting.resolve import parse_day

    try:
        return on and str(parse_day(on, today()))
    except MisstatedError as error:
        raise typer.BadParameter(str(error), param_hint="--on") from None


def _undo(data: Path | None, *, alone: bool, dry_run: bool, verbose: bool) -> None:
    """Take back the last command; raise BadParameter where a report is described as well."""
    from credit_plan.cli.undo import undo_last

    if not alone:
        message = _("takes back the last command: leave out what describes a report")
        raise typer.BadParameter(message, param_hint="--undo")
    # What was interrupted is removed under the lock.
    undo_last(_find_workspace(data, writes=False), dry_run=dry_run, verbose=verbose)


def _is_asked_for(typed: "Reported", files: list[str]) -> bool:
    """Return whether a person is asked for what a report lacks.

    Raise BadParameter where it is not clear what is to be recorded, and nobody can be asked.
    """
    from credit_plan.reporting.reported import Reported

    if files and typed not in {Reported(), Reported(on=typed.on)}:
        message = _("files have complete reports: leave out all that describes one, except --on")
        raise typer.BadParameter(message, param_hint=_("FILE"))
    if files or (typed.measure and typed.status):
        return False
    if is_at_terminal():
        return True
    if typed.measure:
        raise typer.BadParameter(_("name the status of the measure"), param_hint="--status")
    message = _("name the measure that the report is about")
    if typed == Reported():
        message = _("not at a terminal, so nothing is asked: give ID and --status, or a FILE")
    raise typer.BadParameter(message, param_hint=_("ID"))


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


def _ask(source: locate.Source, loaded: "Loaded", typed: "Reported") -> "Reported":
    """Return a report with the answers to what it lacks; exit if anything in it is wrong."""
    from credit_plan.cli.interview import interview
    from credit_plan.cli.recording import refuse
    from credit_plan.loader.build import build_plan

    answered = interview(build_plan(loaded.draft), source, typed)
    if isinstance(answered, tuple):
        refuse(answered)
    return answered
