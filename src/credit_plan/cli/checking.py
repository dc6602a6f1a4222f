"""The command `check`: is the data sound, and if not, which line and why.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a check needs

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from credit_plan.cli import file_options as f
from credit_plan.cli import options as o
from credit_plan.cli.console import detect_screen, echo_err, today, write_output
from credit_plan.errors import ExitCode
from credit_plan.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from credit_plan.diagnostics import CheckResult, Diagnostic, Rule

_SEPARATOR = " · "


def check(
    paths: f.Paths = None,
    only: f.Rules = None,
    warnings_as_errors: f.WarningsAsErrors = False,
    quiet: f.Quiet = False,
    unsaved_as: f.UnsavedAs = None,
    form: f.CheckFormat = None,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import formatters
    from credit_plan.cli.data import describe_counts, load_and_check
    from credit_plan.cli.scope import scope
    from credit_plan.diagnostics import CheckResult, Severity
    from credit_plan.rules.registry import RULES, find_rule

    written_as = o.format_of(form, output, formatters.DIAGNOSTIC_FORMATS)
    rules = tuple(dict.fromkeys(map(find_rule, only or ()))) or RULES
    wanted = scope(paths or (), unsaved_as, data)
    if wanted.source.bundled:
        echo_err(_("There is no plan here: this is the copy that came with the program."))
    loaded, every = load_and_check(wanted.source, verbose=verbose, unsaved=wanted.unsaved)
    all_files = loaded.files()
    files = wanted.chosen(all_files)
    names = {rule.name for rule in rules}
    found = tuple(it for it in every if it.file in files and it.rule in names)
    fatal = {Severity.ERROR, Severity.WARNING} if warnings_as_errors else {Severity.ERROR}
    decisive = tuple(it for it in found if it.severity in fatal)
    whole = files == all_files
    looked_at = describe_counts(loaded.draft) if whole else _some(len(files), len(all_files))
    closing = _closing(looked_at, found, set(every).difference(found), rules if only else ())
    result = CheckResult(decisive, "", rules) if quiet else CheckResult(found, closing, rules)
    write_output(
        formatters.format_diagnostics(result, written_as, today(), detect_screen(output)), output
    )
    _summarise(result, written_as, today())
    if decisive:
        raise typer.Exit(ExitCode.UNSOUND)


def _some(files: int, of: int) -> str:
    return _("{some} of {all} files").format(some=files, all=of)


def _closing(
    looked_at: str,
    found: "Iterable[Diagnostic]",
    aside: "Collection[Diagnostic]",
    rules: "Sequence[Rule]",
) -> str:
    """The line that sums up: how much there is, what was found, and what was left aside."""
    from credit_plan.cli.data import count_diagnostics

    said = [_("{held}: {findings}").format(held=looked_at, findings=count_diagnostics(found))]
    if rules:
        said.append(_("only {rules}").format(rules=", ".join(rule.name for rule in rules)))
    if aside:
        where = _("not shown: {findings}") if rules else _("in other files: {findings}")
        said.append(where.format(findings=count_diagnostics(aside)))
    return _SEPARATOR.join(said)


def _summarise(result: "CheckResult", form: str, day: date) -> None:
    """Adds to the page of the job, where the format has one and the environment says where.

    The check has been made and shown by then: a page that cannot be written does not undo it.
    """
    from credit_plan import formatters

    page = os.environ.get(formatters.DIAGNOSTIC_FORMATS[form].summary_variable)
    if not page:
        return
    try:
        with Path(page).open("a", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(formatters.format_job_summary(result, form, day))
    except OSError as error:
        why = _("no summary was written to {file}: {why}")
        echo_err(why.format(file=page, why=error.strerror or error))
