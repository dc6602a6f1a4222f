"""The options of the commands that look at the files of a plan, each declared once.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli.completion import complete_rule
from credit_plan.formatters import DIAGNOSTIC_FORMATS
from credit_plan.i18n import _
from credit_plan.plan import RecordKind

if TYPE_CHECKING:
    DiagnosticFormat = StrEnum
else:
    DiagnosticFormat = StrEnum("DiagnosticFormat", {name: name for name in DIAGNOSTIC_FORMATS})

CheckFormat = Annotated[
    DiagnosticFormat | None,
    typer.Option(
        "--format",
        "-f",
        help=_("How the findings are written. Without it: as FILE's ending says, or as text."),
    ),
]
RuleName = Annotated[
    str,
    typer.Argument(
        metavar="RULE",
        autocompletion=complete_rule,
        help=_("A rule's name, as `check` shows it in brackets: unknown-unit."),
    ),
]
SchemaKind = Annotated[
    RecordKind,
    typer.Argument(help=_("Which files: those under measures/ or progress/, or one beside them.")),
]
Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        help=_("Report on these files or folders of the plan only; - is standard input."),
    ),
]
Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="RULE",
        autocompletion=complete_rule,
        help=_("Report only what this rule finds. Several: any of them."),
    ),
]
UnsavedAs = Annotated[
    Path | None,
    typer.Option(
        "--as",
        metavar="FILE",
        help=_("With -: the file of the plan in whose place standard input is read."),
    ),
]
WarningsAsErrors = Annotated[
    bool, typer.Option("--warnings-as-errors", help=_("End with 1 for a warning as well."))
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help=_("Show only what makes it end with 1; else nothing.")),
]
Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        readable=False,  # what cannot be opened says so itself
        help=_("Files of a plan, or folders of them. Without any: all of the data."),
    ),
]
OnlyCheck = Annotated[
    bool,
    typer.Option("--check", help=_("Write nothing; exit 1 if a file is not in its form.")),
]
NewFolder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        readable=False,  # a closed folder is no wrong usage: opening it says so, with exit 3
        help=_("A new folder, or one that is empty."),
    ),
]
