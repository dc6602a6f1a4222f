"""The options of the questions about what was reported, each declared once.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

from typing import Annotated

import typer

from credit_plan.cli.completion import complete_indicator
from credit_plan.i18n import _
from credit_plan.terms import Dimension, State

States = Annotated[
    list[State] | None,
    typer.Option("--state", help=_("Only what stands so on the day. Several: any of them.")),
]
OnlyOpen = Annotated[bool, typer.Option("--open", help=_("Only what nobody has reported as done."))]
Within = Annotated[
    int,
    typer.Option(
        "--within", metavar="DAYS", min=0, max=3660, help=_("Due soon means: within so many days.")
    ),
]
Days = Annotated[
    int,
    typer.Option("--days", metavar="DAYS", min=1, max=3660, help=_("No report for so long.")),
]
By = Annotated[
    Dimension | None,
    typer.Option("--by", help=_("Only how measures stand by chapter, lead unit, or deadline.")),
]
IndicatorName = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        autocompletion=complete_indicator,
        help=_("One indicator, with its line over the years: its code, or a part of its name."),
    ),
]
