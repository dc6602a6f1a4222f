"""The command `credit-plan`: its commands in order, its own options, and how a run ends."""

import gc
import sys
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from credit_plan import __version__
from credit_plan.cli import (
    check,
    diff,
    fmt,
    init,
    options,
    questions,
    record,
    reference,
)
from credit_plan.cli.console import decode_arguments, echo_err, force_utf8, silence_stdout
from credit_plan.errors import CreditPlanError, ExitCode, describe
from credit_plan.i18n import _

COMMANDS: Final[tuple[tuple[str, Callable[..., None], str], ...]] = (
    ("due", questions.due, _("What falls due, by date: deadlines and milestones.")),
    ("unit", questions.unit, _("One unit's duties: what it leads, what it is responsible for.")),
    ("units", questions.units, _("Every unit, with its counts and what is next to fall due.")),
    ("chapter", questions.chapter, _("One chapter: its tasks and their measures.")),
    ("chapters", questions.chapters, _("Every chapter, with its counts.")),
    ("list", questions.measures, _("Measures, narrowed by any mix of filters.")),
    ("show", questions.show, _("Measures or whole tasks with every field.")),
    ("search", questions.search, _("Measures in which all words occur.")),
    ("summary", questions.summary, _("The plan at a glance.")),
    ("indicators", questions.indicators, _("What the plan promises in figures, and what came.")),
    ("status", questions.status, _("How the plan stands: states, missed figures, what is next.")),
    ("overdue", questions.overdue, _("What is late, and by how many days; who leads it.")),
    ("stale", questions.stale, _("Open measures without a recent report.")),
    ("missing", questions.missing, _("Units that lead open measures and have reported nothing.")),
    ("history", questions.history, _("What was reported of a measure, with evidence.")),
    ("record", record.record, _("Adds a report of a measure; asks where nothing is said.")),
    ("init", init.init, _("A folder of one's own for the plan and the reports on it.")),
    ("diff", diff.diff, _("What differs between two plans, or two states of one in git.")),
    ("check", check.check, _("Whether the data is sound; if not, which line and why.")),
    ("fmt", fmt.fmt, _("Brings files to their canonical form; mends what is surely meant.")),
    ("explain", reference.explain, _("One rule of check: what it finds, why, how to mend it.")),
    ("rules", reference.rules, _("Every rule of check.")),
    ("schema", reference.schema, _("The JSON Schema of the data's files, for editors.")),
)


class _Commands(TyperGroup):
    """Makes a command when it is asked for: making all is a fifth of a start."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  typer's own
        super().__init__(**settings)
        self._known = {name: (run, said) for name, run, said in COMMANDS}
        # Their names are enough for a list of them, and for what a misspelt one was to be.
        self.commands = dict.fromkeys(self._known)  # type: ignore[assignment]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  Click's are vendored
        if self.commands.get(cmd_name) is None and cmd_name in self._known:
            run, said = self._known[cmd_name]
            single = typer.Typer(rich_markup_mode=None, add_completion=False)
            single.command(name=cmd_name, help=said)(run)
            self.commands[cmd_name] = get_command(single)
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    cls=_Commands,
    # Plain help needs no rich, whose import would be most of the time of --help.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Who owes what by when: a city's published plan, asked at the terminal."),
    epilog=_(
        "Exit codes: 0 fine, 1 the data has errors, 2 wrong usage or an unknown name, 3 cannot run."
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
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help=_("Show the version.")
        ),
    ] = False,
) -> None:
    # Before the command these two options are the default of the same options after it.
    ctx.default_map = {name: {"data": data, "verbose": verbose} for name, _run, _help in COMMANDS}


def main() -> None:
    """Runs the command line; whatever it raises leaves here, with an exit code."""
    # A run is over before garbage matters, and looking for it is a twentieth of a question.
    gc.disable()
    force_utf8()
    try:
        app(decode_arguments(), prog_name="credit-plan")
    except SystemExit as end:
        # Typer ends with 1 where the reader of its help has gone; that is no error here.
        if isinstance(end.__context__, BrokenPipeError):
            silence_stdout()
            sys.exit(ExitCode.FINE)
        raise
    except (CreditPlanError, OSError) as error:
        echo_err(_("Error: {message}").format(message=describe(error)))
        sys.exit(error.exit_code if isinstance(error, CreditPlanError) else ExitCode.CANNOT_RUN)
