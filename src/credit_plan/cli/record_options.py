"""The options of `record`, each declared once.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

from typing import Annotated

import typer

from credit_plan.cli.completion import complete_id, complete_unit, complete_value
from credit_plan.i18n import _
from credit_plan.plan import STATUSES_IN_CHINESE, Status

Measure = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]", autocompletion=complete_id, help=_("The measure: 7.5, 79.1-4, or 14.")
    ),
]
StatusOption = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar=f"<{'|'.join(Status)}>",
        autocompletion=lambda: list(Status),
        help=_("How the measure stands; or {words}.").format(words="、".join(STATUSES_IN_CHINESE)),
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="DAY", help=_("The day on which it stood so, by default today: 2023-12-31.")
    ),
]
ReportingUnit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="NAME",
        autocompletion=complete_unit,
        help=_("Who reports it; by default the unit that leads the measure alone."),
    ),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "--value",
        metavar="NAME=NUMBER",
        autocompletion=complete_value,
        help=_("What an indicator was, by its id, its name or a part of it. Several: all of them."),
    ),
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help=_("What there is to say of it."))
]
Proofs = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="PATH_OR_URL",
        help=_("What shows it: an address, or a file in data/evidence. Several: all of them."),
    ),
]
Stdin = Annotated[
    bool,
    typer.Option(
        "--stdin",
        help=_("Take reports from standard input, as JSON lines or CSV: all of them or none."),
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Show what would be written, only."))]
