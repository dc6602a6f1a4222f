"""The options that several commands share, each declared once.

A filter is an `Option`, named as `parse_filters` names it; a question takes the filters that its
decorator lists. All others are annotations in the signatures of the commands.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer._click.core import ParameterSource

from credit_plan.cli import language
from credit_plan.cli.choice import Choice
from credit_plan.cli.completion import (
    Offering,
    OfferingParsed,
    complete_chapter,
    complete_task,
    complete_unit,
)
from credit_plan.cli.completion_dates import (
    complete_day,
    complete_month,
    complete_quarter,
    complete_year,
)
from credit_plan.formatters import ANSWER_FORMATS, OutputFormat
from credit_plan.i18n import _, join_list, pgettext, quote
from credit_plan.plan import ROLES_IN_CHINESE, Role
from credit_plan.status import DEFAULT_WITHIN, STATUS_WORDS, TIMING_WORDS

if TYPE_CHECKING:
    from credit_plan.dates import Span

    AnswerFormat = StrEnum
else:
    AnswerFormat = StrEnum("AnswerFormat", {name: name for name in ANSWER_FORMATS})


def _parse_span(text: str) -> "Span":
    from credit_plan.cli.console import today  # noqa: PLC0415  only a date that is given needs it
    from credit_plan.dates import NotADateError  # noqa: PLC0415
    from credit_plan.spans import parse_span  # noqa: PLC0415

    try:
        return parse_span(text, today())
    except NotADateError as error:
        message = _(
            "{fault}. Write a date as 2023-12-31, 2023-12, 2023Q4, 2023, 2023年底, 本月 or +30d."
        )
        raise typer.BadParameter(message.format(fault=error)) from None


_NO_DATE = {
    "month": _("{fault}. Write a month as 2024-06, 2024年6月, 6月, 6 or 本月."),
    "quarter": _("{fault}. Write a quarter as 2024Q3, 2024年三季度, Q3, 3 or 本季度."),
    "year": _("{fault}. Write a year as 2024 or 今年."),
}
_OTHER_PERIOD = {
    "month": _("{text} is no month: use --{found} {given}"),
    "quarter": _("{text} is no quarter: use --{found} {given}"),
    "year": _("{text} is no year: use --{found} {given}"),
}
_OTHER_SPAN = {
    "month": _("{text} is no month: use --after {first} --before {last}"),
    "quarter": _("{text} is no quarter: use --after {first} --before {last}"),
    "year": _("{text} is no year: use --after {first} --before {last}"),
}


def first_day(text: str) -> date:
    return _parse_span(text).first


def _last_day(text: str) -> date:
    return _parse_span(text).last


def set_period(given: dict[str, Any], as_of: date) -> None:
    """Replace --month, --quarter or --year in what is given by the filters `after` and `before`.

    A month or a quarter without a year is of the year of `as_of`. Raise BadParameter where more
    than one option sets the dates, or for a period of another length.
    """
    texts = {name: given.pop(name, None) for name in _NO_DATE}
    bounds = {option.name: given.get(option.name) for option in (BEFORE, AFTER)}
    options = [name for name, value in (texts | bounds).items() if value is not None]
    if not (options and options[0] in texts):
        return
    name, *others = options
    if others:
        message = _("sets the first and the last day: leave out {options}")
        message = message.format(options=join_list(f"--{other}" for other in others))
        raise typer.BadParameter(message, param_hint=f"--{name}")
    span = _parse_period(texts[name], name, as_of)
    given["after"], given["before"] = span.first, span.last


def _parse_period(text: str, name: str, as_of: date) -> "Span":
    from credit_plan.cli.console import today  # noqa: PLC0415  only a period that is given needs it
    from credit_plan.dates import CalendarPeriod, NotADateError  # noqa: PLC0415
    from credit_plan.spans import parse_period  # noqa: PLC0415

    wanted = CalendarPeriod(name)
    try:
        span = parse_period(text, wanted, today(), as_of.year)
    except NotADateError as error:
        message = _NO_DATE[name].format(fault=error)
    else:
        if span.period is wanted:
            return span
        messages = _OTHER_PERIOD if span.period in _NO_DATE else _OTHER_SPAN
        message = messages[name].format(
            text=quote(text),
            found=span.period,
            given=f'"{text}"' if " " in text else text,
            first=span.first,
            last=span.last,
        )
    raise typer.BadParameter(message, param_hint=f"--{name}") from None


def refuse_future(since: date | None, day: date, parameter: str) -> None:
    """Raise BadParameter for a day from which on nothing can have been entered yet."""
    if since and since > day:
        message = _("{since} is after {day}, the day asked").format(since=since, day=day)
        raise typer.BadParameter(message, param_hint=parameter)


def format_of(
    asked: StrEnum | None, output: Path | None, formats: Mapping[str, OutputFormat]
) -> str:
    """Return the format asked for, else the one of the file's extension, else the first."""
    if asked is not None:
        return asked
    if output is None or not output.suffix:
        return next(iter(formats))
    by_ending = {it.ending: name for name, it in formats.items()}
    if output.suffix.lower() not in by_ending:
        known = join_list(by_ending)
        message = _(
            "unknown extension {ending}: choose a format with --format, or use one of {known}"
        )
        raise typer.BadParameter(message.format(ending=output.suffix, known=known))
    return by_ending[output.suffix.lower()]


def refuse_keys(form: str) -> None:
    """Raise BadParameter for --keys where the format has headings in any case."""
    if ANSWER_FORMATS[form].for_people:
        message = _("only CSV can have keys as headings: add --format csv")
        raise typer.BadParameter(message, param_hint="--keys")


def find_output(file: Path | None) -> Path | None:
    """Return where to write; None for stdout. Refuse a file of a plan."""
    # A file that stdout is redirected to would be replaced.
    if file is None or str(file) in {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}:
        return None
    from credit_plan.loader.locate import is_plan_file  # noqa: PLC0415  only --output needs it

    if is_plan_file(file):
        message = _(
            "{file} is in the folder of a plan, where only its own files belong; name another file"
        )
        raise typer.BadParameter(message.format(file=file))
    return file


def _refuse_language(name: str | None) -> str | None:
    """Raise BadParameter for an unknown language. A known one has been in use from the start."""
    if name and not language.parse_language(name):
        message = _("{name} is neither zh nor en").format(name=quote(name))
        raise typer.BadParameter(message)
    return name


DATA_TWICE = _("--data was given twice; give it once, or compare two plans: “credit-plan diff A B”")


def _choose_data(ctx: typer.Context, folder: Path | None) -> Path | None:
    """Return the folder given before or after the command, else in the environment.

    Raise UsageError for two.
    """
    before: Path | None = ctx.parent.params.get("data") if ctx.parent else None
    if before in {None, folder} or ctx.parent is None:
        return folder
    if ctx.get_parameter_source("data") is not ParameterSource.COMMANDLINE:
        return before
    if ctx.parent.get_parameter_source("data") is ParameterSource.COMMANDLINE:
        ctx.fail(DATA_TWICE)
    return folder


class Option(NamedTuple):
    """An option of a command: the parameter's name, its annotation and its default."""

    name: str
    annotation: Any
    default: Any = None

    def as_parameter(self) -> Parameter:
        """Return the option as a parameter of a function."""
        return Parameter(
            self.name, Parameter.KEYWORD_ONLY, default=self.default, annotation=self.annotation
        )


def make_command(run: Callable[..., None], parameters: Iterable[Parameter]) -> Callable[..., None]:
    """Make a command of a function that takes any values by name; typer asks for these."""
    signature = inspect.Signature([*parameters])
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {name: it.annotation for name, it in signature.parameters.items()}
    return run


BEFORE = Option(
    "before",
    Annotated[
        date | None,
        typer.Option(
            "--before",
            click_type=OfferingParsed(complete_day, _last_day),
            metavar=_("DATE"),
            help=_("Up to DATE, including that day: 2023-12-31, 2023Q4, 2023年底, 本月, +30d."),
        ),
    ],
)
AFTER = Option(
    "after",
    Annotated[
        date | None,
        typer.Option(
            "--after",
            click_type=OfferingParsed(complete_day, first_day),
            metavar=_("DATE"),
            help=_("From DATE on, including that day."),
        ),
    ],
)
MONTH = Option(
    "month",
    Annotated[
        str | None,
        typer.Option(
            "--month",
            metavar=_("MONTH"),
            click_type=Offering(complete_month),
            help=_("Only this month: 2024-06, 本月, or 6 (of the year of --as-of)."),
        ),
    ],
)
QUARTER = Option(
    "quarter",
    Annotated[
        str | None,
        typer.Option(
            "--quarter",
            metavar=_("QUARTER"),
            click_type=Offering(complete_quarter),
            help=_("Only this quarter: 2024Q3, 本季度, or Q3 likewise."),
        ),
    ],
)
YEAR = Option(
    "year",
    Annotated[
        str | None,
        typer.Option(
            "--year",
            metavar=_("YEAR"),
            click_type=Offering(complete_year),
            help=_("Only this year: 2024 or 今年."),
        ),
    ],
)
UNITS = Option(
    "units",
    Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            metavar=_("NAME"),
            click_type=Offering(complete_unit),
            help=_("Only measures that name this unit. Repeat it for several."),
        ),
    ],
)
ROLE = Option(
    "role",
    Annotated[
        Role,
        Choice(ROLES_IN_CHINESE).option(
            "--role", _("ROLE"), _("The unit's role in the measure: {values}.")
        ),
    ],
    Role.ANY,
)
CHAPTERS = Option(
    "chapters",
    Annotated[
        list[str] | None,
        typer.Option(
            "--chapter",
            metavar=pgettext("of a chapter", "N"),
            click_type=Offering(complete_chapter),
            help=_("Only this chapter: 4, 四, 第四章, or its label. Repeat it for several."),
        ),
    ],
)
TASKS = Option(
    "tasks",
    Annotated[
        list[str] | None,
        typer.Option(
            "--task",
            metavar=pgettext("of a task", "N"),
            click_type=Offering(complete_task),
            help=_("Only this task (序号). Repeat it for several."),
        ),
    ],
)
STATUSES = Option(
    "statuses",
    Annotated[
        list[str] | None,
        Choice(STATUS_WORDS).repeatable_option(
            "--status", _("STATUS"), _("Only what was last reported as one of: {values}.")
        ),
    ],
)
TIMINGS = Option(
    "timings",
    Annotated[
        list[str] | None,
        Choice(TIMING_WORDS).repeatable_option(
            "--timing", _("TIMING"), _("Only what the calendar makes one of: {values}.")
        ),
    ],
)
ONLY_OPEN = Option(
    "only_open",
    Annotated[bool, typer.Option("--open", help=_("Only what is not done."))],
    False,
)
WITHIN = Option(
    "within",
    Annotated[
        int,
        typer.Option(
            "--within",
            metavar=_("DAYS"),
            min=0,
            max=3660,
            help=_("Count as due soon what is due within this many days."),
        ),
    ],
    DEFAULT_WITHIN,
)
DATES = (BEFORE, AFTER, MONTH, QUARTER, YEAR)
PROGRESS = (STATUSES, TIMINGS, ONLY_OPEN, WITHIN)
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        click_type=OfferingParsed(complete_day, _last_day),
        metavar=_("DATE"),
        help=_(
            "Answer as of DATE instead of today (for a month or a year: its last day). Words "
            "such as 本月 are of the real today all the same."
        ),
    ),
]
KnownBy = Annotated[
    date | None,
    typer.Option(
        "--known-by",
        click_type=OfferingParsed(complete_day, _last_day),
        metavar=_("DATE"),
        help=_("Leave out reports that were entered after DATE."),
    ),
]
Format = Annotated[
    AnswerFormat | None,
    typer.Option(
        "--format",
        "-f",
        case_sensitive=False,
        help=_("Output format. Default: by the extension of FILE, else a table."),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=_("FILE"),
        readable=False,
        callback=find_output,
        help=_("Write the answer to FILE, in UTF-8; - means stdout."),
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar=_("DIR"),
        envvar="CREDIT_PLAN_DATA",
        callback=_choose_data,
        readable=False,  # a closed folder is no wrong usage: opening it says so, with exit 3
        help=_("Use the data in DIR."),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        language.OPTION,
        metavar="zh|en",
        envvar=language.VARIABLE,
        expose_value=False,
        callback=_refuse_language,
        autocompletion=lambda: ["zh", "en"],
        help=_("Language: Chinese or English. Default: that of the system."),
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help=_("Print to stderr which data is used, unless it is the installed copy."),
    ),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache", help=_("Read the files themselves, and neither use nor write a copy.")
    ),
]
Long = Annotated[
    bool,
    typer.Option("--long", help=_("Show everything whole, even if it does not fit the screen.")),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar=_("KEYS"),
        help=_(
            "Only these columns, in this order: keys as in JSON, such as id,deadline,lead, or "
            "headings."
        ),
    ),
]
Sort = Annotated[
    list[str] | None,
    typer.Option(
        "--sort",
        metavar=_("KEYS"),
        help=_("Sort by these columns, such as lead,-deadline; - is descending."),
    ),
]
Keys = Annotated[
    bool,
    typer.Option("--keys", help=_("CSV with the keys and codes of the JSON, in any language.")),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", metavar=pgettext("of rows", "N"), min=1, help=_("Only the first N rows.")
    ),
]
NoPager = Annotated[
    bool,
    typer.Option("--no-pager", help=_("Never show the answer in a pager.")),
]
