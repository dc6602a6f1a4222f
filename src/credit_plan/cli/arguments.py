"""What only one or two commands take: their arguments, and the options that no others have.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

from datetime import date
from typing import Annotated

import typer

from credit_plan.cli import completion
from credit_plan.cli import options as o
from credit_plan.cli.choice import Choice
from credit_plan.cli.completion_dates import complete_day
from credit_plan.i18n import _, pgettext
from credit_plan.plan import DIMENSIONS_IN_CHINESE, OBLIGATION_KINDS_IN_CHINESE, ObligationKind

Kind = Annotated[
    ObligationKind,
    Choice(OBLIGATION_KINDS_IN_CHINESE).option(
        "--kind", _("KIND"), _("Only what is of this kind: {values}.")
    ),
]
Shared = Annotated[
    bool,
    typer.Option(
        "--shared",
        help=_("Also list measures of groups that may include the unit, such as 各相关单位."),
    ),
]
UnitNames = Annotated[
    list[str],
    typer.Argument(
        metavar=_("UNIT..."),
        click_type=completion.Offering(completion.complete_unit),
        help=_("A name, an alias, or an unambiguous part: 市住建局, 住建局, 住建."),
    ),
]
OnlyUnits = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[UNIT]..."),
        click_type=completion.Offering(completion.complete_unit),
        help=_("Only measures that name one of these units, as with --unit."),
    ),
]
ChapterName = Annotated[
    str,
    typer.Argument(
        metavar=pgettext("of a chapter", "N"),
        click_type=completion.Offering(completion.complete_chapter),
        help=_("4, 四, 第四章, or its label, such as 第一部分."),
    ),
]
Ids = Annotated[
    list[str],
    typer.Argument(
        metavar=_("ID..."),
        click_type=completion.Offering(completion.complete_id),
        help=_("A task (7) or a measure (7.5, 79.1-4)."),
    ),
]
Words = Annotated[
    list[str], typer.Argument(metavar=_("WORD..."), help=_("Words; all of them must occur."))
]
Since = Annotated[
    date | None,
    typer.Option(
        "--since",
        click_type=completion.OfferingParsed(complete_day, o.first_day),
        metavar=_("DATE"),
        help=_("No report since DATE; without it, none at all."),
    ),
]
Days = Annotated[
    int,
    typer.Option(
        "--days", metavar=_("DAYS"), min=1, max=3660, help=_("How many days without a report.")
    ),
]
By = Annotated[
    list[str] | None,
    Choice(DIMENSIONS_IN_CHINESE).repeatable_option(
        "--by",
        _("WHAT"),
        _("Only the table by {values}; of two with a comma between them, a matrix."),
    ),
]
TableName = Annotated[
    str | None,
    typer.Option("--table", metavar=_("NAME"), help=_("Only this table of the answer.")),
]
IndicatorNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[NAME|ID]..."),
        click_type=completion.Offering(completion.complete_indicator_or_id),
        help=_(
            "Indicators, by code, by part of the name, or by their task (7) or measure (68.1); "
            "one alone with a chart over the years."
        ),
    ),
]
IdsOrUnits = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[ID|UNIT]..."),
        click_type=completion.Offering(completion.complete_id, completion.complete_unit),
        help=_(
            "Only reports on these tasks (7) or measures (7.5, 79.1-4), or by these units. "
            "Default: the last 20 reports."
        ),
    ),
]
REPORTERS = o.Option(
    "units",
    Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            metavar=_("NAME"),
            click_type=completion.Offering(completion.complete_unit),
            help=_("Only reports by this unit. Repeat it for several."),
        ),
    ],
)
RecordedSince = Annotated[
    date | None,
    typer.Option(
        "--since",
        click_type=completion.OfferingParsed(complete_day, o.first_day),
        metavar=_("DATE"),
        help=_("Only what was recorded on DATE or later, whatever day it is about."),
    ),
]
