"""The command `credit-plan`: its commands in order, its own options, and how a run ends."""

import os
import sys
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer._click.exceptions import ClickException, UsageError
from typer._click.types import StringParamType
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from credit_plan import __version__
from credit_plan.cli import options
from credit_plan.cli.console import (
    echo_err,
    exit_on_sigterm,
    explain_undecoded,
    prepare_streams,
    read_arguments,
    restart_in_utf8,
    silence,
)
from credit_plan.cli.help import HelpContext
from credit_plan.errors import CreditPlanError, ExitCode, describe_error
from credit_plan.i18n import _, pgettext
from credit_plan.text import suggest, to_half_width

_ASK: Final = (
    ("due", "questions.due", _("What falls due, by date: deadlines, milestones, what recurs.")),
    ("unit", "questions.unit", _("A unit's duties: what it leads, what it is responsible for.")),
    ("units", "questions.units", _("Every unit, with its counts and its next due date.")),
    ("chapter", "questions.chapter", _("One chapter: its tasks and their measures.")),
    ("chapters", "questions.chapters", _("Every chapter, with its counts.")),
    ("list", "questions.measures", _("Measures, narrowed by any mix of filters.")),
    ("show", "questions.show", _("Measures or whole tasks with every field and the last report.")),
    ("search", "questions.search", _("Measures in which all words occur.")),
    ("summary", "questions.summary", _("The plan at a glance.")),
    (
        "indicators",
        "questions.indicators",
        _("What the plan promises in figures, and what was reported."),
    ),
    (
        "status",
        "questions.status",
        _("The plan on one screen: red, yellow and green, missed targets, next dates."),
    ),
    ("overdue", "questions.overdue", _("What is late, by how many days, and who leads it.")),
    ("stale", "questions.stale", _("Open measures without a recent report.")),
    ("missing", "questions.missing", _("Units that lead open measures and have reported nothing.")),
    (
        "history",
        "questions.history",
        _("What was reported, with evidence: lately, on a measure, or by a unit."),
    ),
    (
        "export",
        "export.export",
        _("The whole plan as Parquet files, for DuckDB, Spark and others."),
    ),
)
_REPORT: Final = (
    ("init", "init.init", _("Create a workspace: a folder with the plan and your reports.")),
    (
        "form",
        "form.form",
        _("The sheet to be filled in: a unit's measures, with columns for its reports."),
    ),
    ("record", "record.record", _("Add reports: from files, or by asking for what is missing.")),
)
_EDIT: Final = (
    ("check", "check.check", _("Find errors in the data: which line is wrong, and why.")),
    ("fmt", "fmt.fmt", _("Write files in their canonical form; fix obvious mistakes.")),
    ("diff", "diff.diff", _("What differs between two plans, or two git revisions of one.")),
    (
        "merge",
        "merge.merge",
        _("For git: merge the reports of two branches (a merge driver)."),
    ),
    (
        "explain",
        "reference.explain",
        _("One rule of check: what it finds, why, and how to fix it."),
    ),
    ("rules", "reference.rules", _("All rules of check.")),
    ("schema", "reference.schema", _("The JSON Schema of the data files, for editors.")),
    ("doctor", "doctor.doctor", _("Whether everything works here, and if not, how to mend it.")),
    ("help", "reference.show_help", _("What a command does, its options, examples.")),
)
GROUPS: Final = (
    (pgettext("group of commands", "Ask"), _ASK),
    (pgettext("group of commands", "Report"), _REPORT),
    (pgettext("group of commands", "Edit, check, help"), _EDIT),
)
COMMANDS: Final = (*_ASK, *_REPORT, *_EDIT)
"""Name, function, and what it does. Its module is imported when the command is used."""

_OTHER_WORDS: Final = {
    "task": "show",
    "measure": "show",
    "tasks": "list",
    "measures": "list",
    "late": "overdue",
    "find": "search",
    "report": "record",
    "reports": "history",
    "log": "history",
    "compare": "diff",
    "format": "fmt",
    "validate": "check",
    "lint": "check",
}
"""Commands of other programs, and words of the plan, with what they certainly mean here."""


_SHORT: Final = 3
"""Letters of the shortest commands."""


class _Text(StringParamType):
    """Text in the encoding of the locale. File names are not checked: they may have any bytes."""

    def __init__(self, replaced: StringParamType) -> None:
        super().__init__()
        self.shell_complete = replaced.shell_complete  # type: ignore[method-assign]  # typer asks it

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401  typer's own
        """Return the text; raise BadParameter if it is not valid in the encoding of the locale."""
        if fault := explain_undecoded(value, sys.getfilesystemencoding()):
            self.fail(fault, param, ctx)
        return super().convert(value, param, ctx)


class _Command(TyperCommand):
    """A command that refuses a second --data, of which typer would take the last."""

    context_class = HelpContext

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  as above
        _refuse_second_data(self, ctx, args)
        return super().parse_args(ctx, args)

    def format_epilog(self, _ctx: Any, formatter: Any) -> None:  # noqa: ANN401  as above
        """End the help with examples."""
        from credit_plan.cli.examples import EXAMPLES, write_examples  # noqa: PLC0415  only --help

        write_examples(formatter, EXAMPLES[str(self.name)])


class _Commands(TyperGroup):
    """Build a command only when it is used: building all takes a fifth of a start."""

    context_class = HelpContext

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  typer's own
        super().__init__(**settings)
        self._known = {name: (run, help_text) for name, run, help_text in COMMANDS}
        # Names are enough to list the commands and to suggest one for a misspelt name.
        self.commands = dict.fromkeys(self._known)  # type: ignore[assignment]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  Click's are vendored
        """Return the command with this name, None if there is none."""
        if self.commands.get(cmd_name) is None and cmd_name in self._known:
            place, help_text = self._known[cmd_name]
            module, _dot, function = place.partition(".")
            run = getattr(import_module(f"credit_plan.cli.{module}"), function)
            single = typer.Typer(rich_markup_mode=None, add_completion=False)
            single.command(name=cmd_name, cls=_Command, help=help_text)(run)
            command = get_command(single)
            for parameter in command.params:
                if isinstance(parameter.type, StringParamType):
                    parameter.type = _Text(parameter.type)
            command.params += [it for it in self.params if it.name == "_lang"]
            self.commands[cmd_name] = command
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  as above
        """Parse the options before the command."""
        for option in self.params:
            if option.name == "install_completion":
                option.callback = _install_completion
        _refuse_second_data(self, ctx, args)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  as above
        """Return the command meant; raise UsageError with the names that may be meant instead."""
        try:
            return super().resolve_command(ctx, args)
        except UsageError as error:
            if near := find_near_commands(args[0].lower()):
                named = ", ".join(f"'{name}'" for name in near)
                # Click's sentence ends with a full stop; see cli/click_words.py for both.
                error.message += f" Did you mean {named}?"
            raise

    def format_commands(self, _ctx: Any, formatter: Any) -> None:  # noqa: ANN401  as above
        """Write the list of the commands by groups, without building them."""
        widest = max(len(name) for name, _run, _help in COMMANDS)
        for title, commands in GROUPS:
            with formatter.section(title):
                rows = [(f"{name:{widest}}", help_text) for name, _run, help_text in commands]
                formatter.write_dl(rows)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  as above
        """End the help with examples and the exit codes."""
        from credit_plan.cli.examples import OF_ALL, write_examples  # noqa: PLC0415  only --help

        write_examples(formatter, OF_ALL)
        super().format_epilog(ctx, formatter)


def _install_completion(ctx: Any, _option: Any, asked: Any) -> None:  # noqa: ANN401  as above
    """Do what typer does, and say it in the language in use."""
    if not asked or ctx.resilient_parsing:
        return
    from typer._completion_shared import install  # noqa: PLC0415  seldom needed

    shell, path = install(shell=asked if isinstance(asked, str) else None)
    message = _("Completion for {shell} is in {path}. Open a new terminal to use it.")
    typer.echo(message.format(shell=shell, path=path))
    raise typer.Exit


def _refuse_second_data(command: Any, ctx: Any, args: list[str]) -> None:  # noqa: ANN401  as above
    if sum(word.startswith("--data") for word in args) > 1 and not ctx.resilient_parsing:
        _values, _rest, given = command.make_parser(ctx).parse_args([*args])
        if [it.name for it in given].count("data") > 1:
            ctx.fail(options.DATA_TWICE)


def find_near_commands(word: str) -> tuple[str, ...]:
    """Return the commands that a word may mean: one that it begins, or is nearly."""
    if word in _OTHER_WORDS:
        return (_OTHER_WORDS[word],)
    names = [name for name, _run, _help in COMMANDS]
    begun = tuple(name for name in names if len(word) > 1 and name.startswith(word))
    # Of three letters, one that is wrong is a third.
    short = (name for name in names if len(name) == len(word) == _SHORT)
    return begun or suggest(word, names, cutoff=0.75) or suggest(word, short, cutoff=0.66)


app = typer.Typer(
    cls=_Commands,
    # Plain help needs of rich the widths of characters alone; the rest takes longer than --help.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    suggest_commands=False,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        # Commands, options and the values of closed lists may be typed in full width.
        "token_normalize_func": to_half_width,
    },
    help=_("Who has to do what by when: ask a city's published plan at the terminal."),
    epilog=_(
        "Exit codes: 0 success, 1 the data has errors, 2 wrong usage or unknown name, 3 cannot run."
    ),
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"credit-plan {__version__}")
        raise typer.Exit


@app.callback()
def _credit_plan(
    ctx: typer.Context,
    data: options.Data = None,
    verbose: options.Verbose = False,
    no_pager: options.NoPager = False,
    _lang: options.Lang = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help=_("Show the version.")
        ),
    ] = False,
) -> None:
    # Given before the command, these options are the defaults of the same options after it.
    given = {"data": data, "verbose": verbose, "no_pager": no_pager}
    # `help` takes none of them, and has the name of the option --help, whose default it would be.
    ctx.default_map = {name: given for name, _run, _help in COMMANDS if name != "help"}
    if ctx.invoked_subcommand is None:
        from credit_plan.cli.start import show_start  # noqa: PLC0415  no command needs it

        show_start(ctx, data)
        raise typer.Exit(ExitCode.USAGE)


def main() -> None:
    """Run the command line; turn every exception of the program into a message and exit code."""
    restart_in_utf8()
    prepare_streams()
    exit_on_sigterm()
    if "_CREDIT_PLAN_COMPLETE" in os.environ:
        # Typer lets rich fold long descriptions to the width of the terminal, and a shell takes
        # each further line for a candidate.
        os.environ["TERMINAL_WIDTH"] = "10000"
        from credit_plan.cli.shells import adapt_shells  # noqa: PLC0415  only completion needs it

        adapt_shells()
    try:
        sys.exit(app(read_arguments(), prog_name="credit-plan", standalone_mode=False))
    except SystemExit as end:
        # Typer ends with 1 where the reader of its help has gone; that is no error here.
        if isinstance(end.__context__, BrokenPipeError):
            silence(sys.stdout)
            sys.exit(ExitCode.FINE)
        raise
    except ClickException as error:
        from credit_plan.cli.click_words import format_error  # noqa: PLC0415  only errors need it

        echo_err(format_error(error))
        sys.exit(error.exit_code)
    except (CreditPlanError, OSError) as error:
        echo_err(_("Error: {message}").format(message=describe_error(error)))
        sys.exit(error.exit_code if isinstance(error, CreditPlanError) else ExitCode.CANNOT_RUN)
