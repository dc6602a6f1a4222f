"""The command `doctor`: what works here, what does not, and how to mend it.

No part of it stops the others: what fails is a finding. Typer reads these annotations when the
program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what is looked at

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer._click.core import ParameterSource

from credit_plan.cli import environment
from credit_plan.cli import options as o
from credit_plan.cli.console import print_answer, today
from credit_plan.cli.environment import Finding, Findings, State
from credit_plan.errors import CreditPlanError, ExitCode, describe_error
from credit_plan.formatters import ANSWER_FORMATS
from credit_plan.i18n import _, pgettext, plural
from credit_plan.loader.locate import Source, find_data

if TYPE_CHECKING:
    from credit_plan.table import Answer

_STATES = {
    State.OK: (pgettext("doctor", "ok"), "green"),
    State.NOTICE: (pgettext("doctor", "notice"), "yellow"),
    State.PROBLEM: (pgettext("doctor", "problem"), "red"),
}
"""The word for a state, and its colour."""

Part = tuple[str, str, Callable[[], Findings]]
"""The key and the name of a finding, for where the function itself fails."""


def doctor(
    ctx: typer.Context, form: o.Format = None, output: o.Output = None, data: o.Data = None
) -> None:
    written_as = o.format_of(form, output, ANSWER_FORMATS)
    parts: list[Part] = [
        ("program", _("Program"), environment.look_at_program),
        ("data", _("Data"), partial(_look_at_data, ctx, data)),
        ("check", _("Check"), partial(_look_at_plan, data)),
        ("workspace", _("Workspace"), partial(_look_at_workspace, data)),
        ("language", _("Language"), environment.look_at_language),
        ("streams", _("Standard streams"), environment.look_at_streams),
        ("terminal", _("Terminal"), environment.look_at_terminal),
        ("completion", _("Completion"), environment.look_at_completion),
        ("cache", _("Cache"), partial(_look_at_cache, data)),
    ]
    findings = [finding for part in parts for finding in _guard(*part)]
    print_answer(_answer(findings), written_as, output)
    raise typer.Exit(_find_code(findings))


def _guard(key: str, item: str, look: Callable[[], Findings]) -> Findings:
    """Yield what a part finds; where it fails itself, that is a finding."""
    try:
        yield from look()
    except (CreditPlanError, OSError) as error:
        yield Finding(key, item, describe_error(error), state=State.PROBLEM)
    except Exception as error:  # noqa: BLE001  whatever is broken here is what was asked for
        yield Finding(key, item, f"{type(error).__name__}: {error}", state=State.PROBLEM)


def _find_code(findings: Iterable[Finding]) -> ExitCode:
    """Return what the data is good for: answers, `check` alone, or nothing."""
    problems = {it.key for it in findings if it.state is State.PROBLEM}
    if "data" in problems:
        return ExitCode.CANNOT_RUN
    return ExitCode.UNSOUND if "check" in problems else ExitCode.FINE


def _answer(findings: list[Finding]) -> "Answer":
    from credit_plan.cells import Label
    from credit_plan.questions.columns import Field, field, make_table
    from credit_plan.table import Answer, Show

    fields: tuple[Field[Finding], ...] = (
        field("key", _("Key"), lambda it: it.key, show=Show.DATA),
        field("item", pgettext("doctor", "What"), lambda it: it.item, show=Show.PEOPLE),
        field("state", pgettext("doctor", "State"), lambda it: Label(it.state, *_STATES[it.state])),
        field("value", pgettext("doctor", "Found"), lambda it: it.value, wrap=True),
        field("hint", _("What to do"), lambda it: it.hint or None, wrap=True),
    )
    problems = sum(it.state is State.PROBLEM for it in findings)
    caption = _("Everything that is needed works.")
    if problems:
        caption = plural("{count} problem", "{count} problems", problems)
    return Answer("doctor", today(), (make_table("doctor", fields, findings, caption=caption),))


def _look_at_data(ctx: typer.Context, data: Path | None) -> Findings:
    """Yield where the data is, and by what it was found."""
    try:
        source = find_data(data)
    except (CreditPlanError, OSError) as error:
        hint = _("Name a folder with a plan: --data DIR. Or create one: “credit-plan init DIR”.")
        yield Finding("data", _("Data"), describe_error(error), hint, State.PROBLEM)
    else:
        yield Finding("data", _("Data"), str(source.folder))
    contexts = filter(None, (ctx, ctx.parent))
    sources = {it.get_parameter_source("data") for it in contexts}
    if ParameterSource.COMMANDLINE in sources:
        how = "--data"
    elif data is not None:
        how = _("the variable CREDIT_PLAN_DATA")
    else:
        how = _("a folder “data” here or in a folder above, else the installed copy")
    yield Finding("found_by", _("Found by"), how)


def _look_at_plan(data: Path | None) -> Findings:
    """Yield what the plan has, and what `check` finds in it."""
    from credit_plan.cli.data import check_plan, count_diagnostics, describe_counts, find_plan
    from credit_plan.diagnostics import Severity

    if (source := _find(data)) is None:
        return
    checked = check_plan(source, verbose=False, has_cache=True)
    yield Finding("content", _("Content"), describe_counts(checked.held))
    severities = {it.severity for it in checked.found if not it.accepted}
    state, hint = State.OK, ""
    if severities & {Severity.ERROR, Severity.WARNING}:
        state = State.PROBLEM if Severity.ERROR in severities else State.NOTICE
        hint = _("“credit-plan check” lists them, each with its line and a hint.")
    yield Finding("check", _("Check"), count_diagnostics(checked.found), hint, state)
    plan, _errors = (None, ()) if Severity.ERROR in severities else find_plan(source)
    if plan is None:
        return
    yield Finding("plan", _("Plan"), plan.title)
    if plan.reports:
        last = max(it.recorded_on for it in plan.reports)
        text = plural(
            "{count} report, recorded on {last}",
            "{count} reports, the last one recorded on {last}",
            len(plan.reports),
            last=last,
        )
        yield Finding("reports", _("Reports"), text)
    else:
        hint = _("“credit-plan record” adds one.")
        yield Finding("reports", _("Reports"), pgettext("reports", "none"), hint, State.NOTICE)


def _look_at_workspace(data: Path | None) -> Findings:
    """Yield whether reports can be kept there, and whether git keeps what was there."""
    if (source := _find(data)) is None:
        return
    item = _("Workspace")
    if source.bundled:
        hint = _("To report progress: “credit-plan init DIR” creates a folder of your own.")
        yield Finding("workspace", item, _("none: the installed copy"), hint, State.NOTICE)
        return
    folder = source.folder.parent
    if os.access(source.folder, os.W_OK):
        yield Finding("workspace", item, str(folder))
    else:
        text = _("{folder}: no permission to write").format(folder=folder)
        hint = _("Reports cannot be recorded; the owner of the folder can change that.")
        yield Finding("workspace", item, text, hint, State.NOTICE)
    yield _look_at_git(folder)


def _look_at_git(folder: Path) -> Finding:
    from credit_plan.compare.git import find_git, run_git

    if find_git() is None:
        hint = _("“credit-plan diff” needs it.")
        return Finding("git", "git", _("not installed"), hint, State.NOTICE)
    answer = run_git(folder, "rev-parse", "--show-toplevel")
    if answer.returncode:
        hint = _("Nothing keeps earlier versions; “git init” in the folder begins to.")
        return Finding("git", "git", _("no repository"), hint, State.NOTICE)
    top = os.fsdecode(answer.stdout.rstrip(b"\r\n"))
    if run_git(folder, "config", "merge.credit-plan.driver").returncode:
        text = _("{folder}; git does not know how to merge reports").format(folder=top)
        hint = _("Of two branches, “credit-plan fmt” keeps the reports of both sides.")
        return Finding("git", "git", text, hint)
    return Finding("git", "git", top)


def _look_at_cache(data: Path | None) -> Findings:
    """Yield where copies of plans are kept, and whether they can be."""
    from credit_plan.snapshot import cache, store

    item = _("Cache")
    try:
        folder = store.find_cache()
    except OSError:
        hint = _("Answers take longer without it; HOME or XDG_CACHE_HOME can name a folder.")
        yield Finding("cache", item, _("none: there is no home folder"), hint, State.NOTICE)
        return
    try:
        if source := _find(data):
            cache.Cache(source.folder, today())
        size = sum(it.stat().st_size for it in folder.glob("*")) // 1024
    except OSError:
        hint = _(
            "Answers take longer without it: nobody but you may write there, and you must be able "
            "to. On Linux, XDG_CACHE_HOME can name another folder."
        )
        text = _("{folder}: not usable").format(folder=folder)
        yield Finding("cache", item, text, hint, State.NOTICE)
    else:
        text = _("{folder} ({size:,} KiB)").format(folder=folder, size=size)
        yield Finding("cache", item, text)


def _find(data: Path | None) -> Source | None:
    """Return the data; None where there is none, which `_look_at_data` says."""
    try:
        return find_data(data)
    except (CreditPlanError, OSError):
        return None
