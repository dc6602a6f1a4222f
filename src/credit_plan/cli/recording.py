"""The command `record`: what is reported of measures is written down, one entry behind the other.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what this needs

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from credit_plan.cli import options as o
from credit_plan.cli import record_options as r
from credit_plan.cli.console import echo_err
from credit_plan.errors import NoDataError
from credit_plan.i18n import _

if TYPE_CHECKING:
    from credit_plan.loader.locate import Source
    from credit_plan.plan import Plan
    from credit_plan.reporting.parse import InputError, Reported


def record(
    measure: r.Measure = None,
    status: r.StatusOption = None,
    on: r.On = None,
    unit: r.ReportingUnit = None,
    values: r.Values = None,
    note: r.Note = None,
    evidence: r.Proofs = None,
    stdin: r.Stdin = False,
    dry_run: r.DryRun = False,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan.cli.data import load_plan

    said = any((status, on, unit, values, note, evidence))
    typed = said or bool(measure)
    asks = not said and not stdin and _at_terminal()
    if not asks:
        _refuse_contradictions(measure, status, typed=typed, stdin=stdin)
    source = _workspace(data)
    plan = load_plan(data, verbose=verbose)
    if asks:
        _ask(plan, source, measure, dry_run=dry_run)
    elif stdin:
        _enter(plan, source, _piped(), dry_run=dry_run)
    else:
        one = _reported(measure, status, on, unit, values, note, evidence)
        _enter(plan, source, (one,), dry_run=dry_run)


def _reported(
    measure: str | None,
    status: str | None,
    on: str | None,
    unit: str | None,
    values: list[str] | None,
    note: str | None,
    evidence: list[str] | None,
) -> "Reported":
    from credit_plan.reporting.parse import Reported, split_figures

    figures = tuple(pair for value in values or () for pair in split_figures(value))
    return Reported(
        measure or "",
        status or "",
        on or "",
        unit or "",
        figures,
        note or "",
        tuple(evidence or ()),
    )


def _enter(
    plan: "Plan", source: "Source", reports: "tuple[Reported | InputError, ...]", *, dry_run: bool
) -> None:
    from credit_plan.cli.entering import preview, resolve_reports, write

    made = resolve_reports(plan, source, reports)
    _say_what_is_left_out(reports)
    if dry_run:
        preview(source, made)
        _say_dry_run()
    else:
        write(source, made)


def _ask(plan: "Plan", source: "Source", measure: str | None, *, dry_run: bool) -> None:
    """Asks for a report and whether it is to be written; to stop answering is no error."""
    from credit_plan.cli.entering import preview, resolve_reports, write
    from credit_plan.cli.interview import interview

    try:
        made = resolve_reports(plan, source, (interview(plan, source, measure or ""),))
        preview(source, made)
        if dry_run:
            _say_dry_run()
            return
        if typer.confirm(_("Write this?"), default=None):
            write(source, made, shown=True)
            return
    except typer.Abort:
        echo_err("")
    echo_err(_("nothing was written"))


def _say_dry_run() -> None:
    echo_err(_("nothing was written (--dry-run)"))


def _refuse_contradictions(
    measure: str | None, status: str | None, *, typed: bool, stdin: bool
) -> None:
    """Raises BadParameter where it is not clear what is to be recorded."""
    if stdin and typed:
        message = _("each report says everything itself: leave the other options out")
        raise typer.BadParameter(message, param_hint="--stdin")
    if typed and measure is None:
        raise typer.BadParameter(_("name the measure that is reported on"), param_hint="ID")
    if typed and status is None:
        raise typer.BadParameter(_("say how the measure stands"), param_hint="--status")
    if not typed and not stdin:
        message = _(
            "here nobody can be asked: name a measure and its --status, or give reports to --stdin"
        )
        raise typer.BadParameter(message, param_hint="ID")


def _at_terminal() -> bool:
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams)


def _workspace(data: Path | None) -> "Source":
    """The data to write to; raises NoDataError where there is only the copy of the program."""
    from credit_plan.loader.locate import find_data

    source = find_data(data)
    if source.bundled:
        message = _(
            "there is no plan here to record in, and the copy that came with the program is not "
            "written to: lay one out with “credit-plan init DIR”"
        )
        raise NoDataError(message)
    return source


def _piped() -> "tuple[Reported | InputError, ...]":
    """The reports in standard input, of which there must be one."""
    from credit_plan.loader.files import MAX_BYTES
    from credit_plan.questions.columns import MEASURE_FIELDS
    from credit_plan.reporting.parse import parse_reports

    if sys.stdin is None:
        raise typer.BadParameter(_("standard input is closed"), param_hint="--stdin")
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        message = _("standard input is larger than {size} MiB").format(size=MAX_BYTES // 2**20)
        raise typer.BadParameter(message, param_hint="--stdin")
    found = parse_reports(content, {it.column.key for it in MEASURE_FIELDS})
    if not found:
        raise typer.BadParameter(_("standard input holds no report"), param_hint="--stdin")
    return found


def _say_what_is_left_out(reports: "tuple[Reported | InputError, ...]") -> None:
    from credit_plan.reporting.parse import Reported

    read = (it for it in reports if isinstance(it, Reported))
    if left_out := dict.fromkeys(name for it in read for name in it.left_out):
        message = _("left out, since no report says them: {names}")
        echo_err(message.format(names=", ".join(left_out)))
