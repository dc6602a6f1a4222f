"""The command `check`: whether the data is sound, and if not, which line and why.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a check needs

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli import completion
from credit_plan.cli import options as o
from credit_plan.cli.console import detect_screen, echo_err, read_stdin, today, write_output
from credit_plan.errors import ExitCode, describe_cause
from credit_plan.formatters import DIAGNOSTIC_FORMATS
from credit_plan.i18n import _, join_list

if TYPE_CHECKING:
    from credit_plan.diagnostics import CheckResult, Diagnostic, Rule
    from credit_plan.loader.locate import Source
    from credit_plan.snapshot.cache import Checked

    DiagnosticFormat = StrEnum
else:
    DiagnosticFormat = StrEnum("DiagnosticFormat", {name: name for name in DIAGNOSTIC_FORMATS})

_STDIN = Path("-")

CheckFormat = Annotated[
    DiagnosticFormat | None,
    typer.Option(
        "--format", "-f", help=_("Output format. Default: by the extension of FILE, else text.")
    ),
]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=_("[PATH]..."),
        readable=False,  # what cannot be opened says so itself
        help=_("Report only on these files or folders of the plan; - means stdin."),
    ),
]
Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar=_("RULE"),
        click_type=completion.Offering(completion.complete_rule),
        help=_("Report only what this rule finds. Repeat it for several."),
    ),
]
UnsavedAs = Annotated[
    Path | None,
    typer.Option(
        "--as",
        metavar=_("FILE"),
        help=_("With -: the file of the plan whose content is read from stdin."),
    ),
]
WarningsAsErrors = Annotated[
    bool, typer.Option("--warnings-as-errors", help=_("Exit with 1 for warnings too."))
]
Accepted = Annotated[
    bool,
    typer.Option(
        "--accepted", help=_("List the findings that accepted.yaml accepts too, with the reasons.")
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help=_("Print only what causes exit code 1."))
]


def check(
    paths: Paths = None,
    only: Rules = None,
    warnings_as_errors: WarningsAsErrors = False,
    accepted: Accepted = False,
    quiet: Quiet = False,
    unsaved_as: UnsavedAs = None,
    form: CheckFormat = None,
    output: o.Output = None,
    data: o.Data = None,
    no_cache: o.NoCache = False,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import formatters
    from credit_plan.cli.data import announce_bundled, check_plan
    from credit_plan.diagnostics import CheckResult

    written_as = o.format_of(form, output, formatters.DIAGNOSTIC_FORMATS)
    rules = _find_rules(only or (), written_as)
    scope = _find_scope(paths or (), unsaved_as, data)
    announce_bundled(scope.source)
    checked = check_plan(
        scope.source, verbose=verbose, has_cache=not no_cache, unsaved=scope.unsaved
    )
    files = scope.select(checked.files)
    found = _select_from(checked.found, files, rules if only else ())
    decisive = _select_decisive(found, warnings_as_errors=warnings_as_errors)
    if quiet:
        result = CheckResult(decisive, "", rules)
    else:
        subject, aside = _describe_subject(checked, files), set(checked.found).difference(found)
        closing = _describe_result(subject, found, aside, rules if only else ())
        shown = found if accepted else tuple(it for it in found if not it.accepted)
        result = CheckResult(shown, closing, rules)
    text = formatters.format_diagnostics(result, written_as, today(), detect_screen(output))
    write_output(text, output, for_people=DIAGNOSTIC_FORMATS[written_as].for_people)
    _write_job_summary(result, written_as, today())
    if decisive:
        raise typer.Exit(ExitCode.UNSOUND)


def _find_rules(names: Iterable[str], form: str) -> "tuple[Rule, ...]":
    """Return the rules with these names or, for a format that names the rules, all of them."""
    if not (names or DIAGNOSTIC_FORMATS[form].names_rules):
        return ()
    from credit_plan.rules.registry import RULES, find_rule

    return tuple(dict.fromkeys(map(find_rule, names))) or RULES


def _select_from(
    found: "Iterable[Diagnostic]", files: frozenset[str], rules: "Iterable[Rule]"
) -> "tuple[Diagnostic, ...]":
    """Return the diagnostics of these files and rules, or of all rules where none is given."""
    names = {rule.name for rule in rules}
    return tuple(it for it in found if it.file in files and (not names or it.rule in names))


def _select_decisive(
    found: "tuple[Diagnostic, ...]", *, warnings_as_errors: bool
) -> "tuple[Diagnostic, ...]":
    """Return the diagnostics for which the command exits with 1."""
    from credit_plan.diagnostics import Severity

    decisive = {Severity.ERROR, Severity.WARNING} if warnings_as_errors else {Severity.ERROR}
    return tuple(it for it in found if it.severity in decisive and not it.accepted)


def _describe_subject(checked: "Checked", files: frozenset[str]) -> str:
    """Return what was checked: `81 tasks, …` of a whole plan, or how many of its files."""
    from credit_plan.cli.data import describe_counts

    if files == checked.files:
        return describe_counts(checked.held)
    return _("{some} of {all} files").format(some=len(files), all=len(checked.files))


def _describe_result(
    subject: str,
    found: "Iterable[Diagnostic]",
    aside: "Collection[Diagnostic]",
    rules: "Sequence[Rule]",
) -> str:
    """Return the closing line: how much there is, what was found, and what was left aside."""
    from credit_plan.cli.data import count_diagnostics

    phrases = [_("{held}: {findings}").format(held=subject, findings=count_diagnostics(found))]
    if rules:
        phrases.append(_("only {rules}").format(rules=join_list(rule.name for rule in rules)))
    if aside:
        where = _("not shown: {findings}") if rules else _("in other files: {findings}")
        phrases.append(where.format(findings=count_diagnostics(aside)))
    return " · ".join(phrases)


def _write_job_summary(result: "CheckResult", form: str, day: date) -> None:
    """Add to the page of the job, where the format has one and the environment says where.

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
        why = _("cannot write the summary to {file}: {why}")
        echo_err(why.format(file=page, why=describe_cause(error)))


@dataclass(frozen=True, slots=True)
class _Scope:
    """A plan, the files and folders of it that were named, and unsaved content by its file.

    Without `named` the whole plan is meant.
    """

    source: "Source"
    named: tuple[Path, ...] = ()
    unsaved: dict[Path, bytes] = field(default_factory=dict)

    def select(self, files: Iterable[str]) -> frozenset[str]:
        """Return those of a plan's files that were named, or are in a folder that was.

        Raise UnknownNameError for a name that no file of the plan has.
        """
        from credit_plan.loader.locate import normalize, unknown_file

        if not self.named:
            return frozenset(files)
        places = {file: normalize(Path(file)) for file in files}
        selected: set[str] = set()
        for path in self.named:
            wanted = normalize(path)
            inside = {file for file, place in places.items() if place.is_relative_to(wanted)}
            if not inside:
                raise unknown_file(self.source, path)
            selected |= inside
        return frozenset(selected)


def _find_scope(named: Sequence[Path], unsaved_as: Path | None, data: Path | None) -> _Scope:
    """Return what the words of the command line mean; read standard input for a dash."""
    from credit_plan.loader.files import MAX_BYTES

    if (_STDIN in named) != (unsaved_as is not None) or (_STDIN in named and len(named) > 1):
        message = _("say which file of the plan stdin is: check - --as FILE")
        raise typer.BadParameter(message, param_hint=_("PATH"))
    if unsaved_as is None:
        return _Scope(_find_source(named, data), tuple(named))
    content = read_stdin(MAX_BYTES + 1, _("PATH"))
    source = _find_source((unsaved_as,), data)
    file = source.folder / _name_inside(source, unsaved_as)
    return _Scope(source, (unsaved_as,), {file: content})


def _find_source(named: Sequence[Path], data: Path | None) -> "Source":
    from credit_plan.loader.locate import find_containing, find_data

    return find_containing(named[0]) if named and data is None else find_data(data)


def _name_inside(source: "Source", path: Path) -> Path:
    """Return the name of a file within the data; raise UnknownNameError for a foreign one."""
    from credit_plan.loader.locate import FILES, FOLDERS, normalize, unknown_file

    place, folder = normalize(path), source.folder.resolve()
    if place.is_relative_to(folder):
        name = place.relative_to(folder)
        if name.as_posix() in FILES or (
            name.parent.as_posix() in FOLDERS and name.suffix == ".yaml"
        ):
            return name
    raise unknown_file(source, path)
