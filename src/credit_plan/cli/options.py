"""The options of the questions, each declared once; commands take those that make sense for them.

Those of the commands that look at the files themselves are in `file_options`.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli.completion import (
    complete_chapter,
    complete_id,
    complete_indicator,
    complete_unit,
)
from credit_plan.formatters import REPORT_FORMATS
from credit_plan.i18n import _
from credit_plan.plan import Dimension, ObligationKind, Role
from credit_plan.status import State

if TYPE_CHECKING:
    from credit_plan import dates

    ReportFormat = StrEnum
else:
    ReportFormat = StrEnum("ReportFormat", {name: name for name in REPORT_FORMATS})


def _span(text: str) -> "dates.Span":
    from credit_plan import dates  # noqa: PLC0415  only a date that is given needs it

    try:
        return dates.parse_span(text)
    except dates.NotADateError as error:
        how = _("A date is written 2023-12-31, 2023-12, 2023 or 2023年底.")
        message = f"{error}. {how}"
        raise typer.BadParameter(message) from None


def _first_day(text: str) -> date:
    return _span(text).first


def _last_day(text: str) -> date:
    return _span(text).last


def format_of(
    asked: StrEnum | None, output: Path | None, formats: Mapping[str, tuple[str, str]]
) -> str:
    """The format asked for, or what the ending of the file means; the first where nothing says."""
    if asked is not None:
        return asked
    if output is None or not output.suffix:
        return next(iter(formats))
    by_ending = {ending: name for name, (_module, ending) in formats.items()}
    if output.suffix.lower() not in by_ending:
        known = ", ".join(by_ending)
        message = _("no format goes by {ending}; name one with --format, or write to {known}")
        raise typer.BadParameter(message.format(ending=output.suffix, known=known))
    return by_ending[output.suffix.lower()]


def _no_dash(file: Path | None) -> Path | None:
    """A dash means stdout, which is where an answer goes without a file."""
    return None if file == Path("-") else file


Before = Annotated[
    date | None,
    typer.Option(
        "--before",
        parser=_last_day,
        metavar="DATE",
        help=_("Up to DATE, that day included, as 底前 in the plan includes it."),
    ),
]
After = Annotated[
    date | None,
    typer.Option(
        "--after",
        parser=_first_day,
        metavar="DATE",
        help=_("From DATE on, that day included."),
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=_last_day,
        metavar="DATE",
        help=_("Answer as on DATE (of a month or a year: its last day), and not as on today."),
    ),
]
Units = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        metavar="NAME",
        autocompletion=complete_unit,
        help=_("Only what this unit has to do. Several: any of them."),
    ),
]
RoleOption = Annotated[Role, typer.Option("--role", help=_("The role in which a unit is meant."))]
Chapters = Annotated[
    list[str] | None,
    typer.Option(
        "--chapter",
        metavar="N",
        autocompletion=complete_chapter,
        help=_("Only this chapter: 4, 四 or 第四章. Several: any of them."),
    ),
]
Tasks = Annotated[
    list[str] | None,
    typer.Option("--task", metavar="N", help=_("Only this task (序号). Several: any of them.")),
]
Kind = Annotated[
    ObligationKind, typer.Option("--kind", help=_("Deadlines, milestones, or all of them."))
]
Shared = Annotated[
    bool,
    typer.Option("--shared", help=_("List also what is for a group such as 各相关单位.")),
]
Format = Annotated[
    ReportFormat | None,
    typer.Option(
        "--format",
        "-f",
        help=_("How the answer is written. Without it: as FILE's ending says, or as a table."),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        readable=False,
        callback=_no_dash,
        help=_("Write the answer to FILE, in UTF-8; - is stdout."),
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        envvar="CREDIT_PLAN_DATA",
        readable=False,  # a closed folder is no wrong usage: opening it says so, with exit 3
        help=_("Answer from the data in DIR."),
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", help=_("Say on stderr which data is used, if not the installed copy.")
    ),
]
UnitName = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        autocompletion=complete_unit,
        help=_("A name, an alias, or an unambiguous part: 市住建局, 住建局, 住建."),
    ),
]
ChapterName = Annotated[
    str,
    typer.Argument(metavar="N", autocompletion=complete_chapter, help=_("4, 四 or 第四章.")),
]
Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        autocompletion=complete_id,
        help=_("A task (7) or a measure (7.5, 79.1-4)."),
    ),
]
Words = Annotated[
    list[str], typer.Argument(metavar="WORD...", help=_("Words that must all occur."))
]
Since = Annotated[
    date | None,
    typer.Option(
        "--since",
        parser=_first_day,
        metavar="DATE",
        help=_("No report from DATE on; without it, none at all."),
    ),
]
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
