"""What `credit-plan` alone shows: the data there is, five things to try, the commands.

It never fails: what is wrong with the data is said in place of what there is to ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from typer._click.core import ParameterSource

from credit_plan.cli.app import GROUPS
from credit_plan.cli.console import today, write_output
from credit_plan.cli.data import describe_counts, find_plan
from credit_plan.cli.examples import Example
from credit_plan.errors import CreditPlanError, describe_error
from credit_plan.i18n import _, plural
from credit_plan.loader.files import count_task_files
from credit_plan.loader.locate import MEASURES, Source, find_data
from credit_plan.plan import Obligation, Plan
from credit_plan.snapshot.cache import Held
from credit_plan.text import escape_lines, join_words, shorten

_MOST_FILES = 1000
"""A plan with more files of tasks is not read for a start screen."""

_HANDFUL = 5
"""Measures of the unit in the examples: its duties fit the screen."""

_WITHOUT_DATA = (
    Example("doctor", _("What does not work, and how to mend it.")),
    Example("--data FOLDER", _("Use the plan in a folder.")),
    Example("init workspace", _("Create a folder with the plan that the program brings.")),
    Example("help init", _("What a command does, its options, examples.")),
    Example("--help", _("All commands.")),
)
_WITH_ERRORS = (
    Example("check", _("The errors: which line is wrong, and why.")),
    Example("explain unknown-unit", _("What a rule finds, and how to fix it.")),
    Example("fmt", _("Fix obvious mistakes.")),
    Example("diff", _("What has changed since the last commit.")),
    Example("doctor", _("What else does not work, and how to mend it.")),
)
_UNREAD = (
    Example("status", _("The whole plan on one screen.")),
    Example("units", _("All units, and what is next to fall due for each.")),
    Example("chapters", _("All chapters.")),
    Example("overdue", _("What is late today.")),
    Example("indicators", _("What the plan promises in figures.")),
)


class _Known(NamedTuple):
    """What there is to say of the data, and what to try with it."""

    lines: tuple[str, ...]
    to_try: tuple[Example, ...]
    is_usable: bool = True


def show_start(ctx: Any, data: Path | None) -> None:  # noqa: ANN401  typer's context has no type
    """Print what the program is, its data, what to try, and the commands."""
    known = _describe_data(data)
    is_named = ctx.get_parameter_source("data") is ParameterSource.COMMANDLINE
    before = f"--data {join_words(str(data))} " if is_named and known.is_usable else ""
    formatter = ctx.make_formatter()
    formatter.write_text(_("credit-plan: who has to do what by when, asked of a city's plan."))
    with formatter.section(_("Data")):
        for line in known.lines:
            formatter.write_text(line)
    with formatter.section(_("Try")):
        commands = [(f"credit-plan {before}{it.words}", it.purpose) for it in known.to_try]
        if not before:
            formatter.write_dl(commands, col_max=38)
        # With a folder in each line, there is no room for more on a small screen.
        for command, _purpose in commands if before else ():
            formatter.write_text(command)
    with formatter.section(_("Commands")):
        rows = [(title, " ".join(it[0] for it in commands)) for title, commands in GROUPS]
        formatter.write_dl(rows)
    formatter.write_paragraph()
    formatter.write_text(
        _(
            "“credit-plan help due” explains a command, “credit-plan --help” lists all of them, "
            "“credit-plan doctor” says what works here."
        )
    )
    write_output(escape_lines(formatter.getvalue()))


def _describe_data(data: Path | None) -> _Known:
    """Return what there is to say of the data; whatever is wrong with it is said, too."""
    try:
        source = find_data(data)
        return _describe_source(source)
    except (CreditPlanError, OSError) as error:
        return _Known((describe_error(error),), _WITHOUT_DATA, is_usable=False)


def _describe_source(source: Source) -> _Known:
    place = str(source.folder)
    if source.bundled:
        place = _("The installed copy; “credit-plan init DIR” creates a folder of your own.")
    if (files := count_task_files(source.folder, (MEASURES,))) > _MOST_FILES:
        message = _("{files:,} files, which the first question reads.").format(files=files)
        return _Known((place, message), _UNREAD)
    plan, errors = find_plan(source)
    if plan is None:
        message = plural(
            "{count} error in it: no question is answered until that is fixed.",
            "{count} errors in it: no question is answered until they are fixed.",
            len(errors),
        )
        return _Known((place, message), _WITH_ERRORS)
    return _Known(
        (shorten(plan.title), describe_counts(_count(plan)), place), _choose(plan, today())
    )


def _count(plan: Plan) -> Held:
    return Held(
        tasks=len({it.task for it in plan.measures}),
        measures=len(plan.measures),
        milestones=sum(len(it.milestones) for it in plan.measures),
        units=len(plan.units),
        indicators=len(plan.indicators),
        reports=len(plan.reports),
    )


def _choose(plan: Plan, day: date) -> tuple[Example, ...]:
    """Return what to try with a plan: of its own units, years and measures."""
    unit = _find_unit(plan)
    if unit is None:
        return _UNREAD
    own = [it for it in plan.obligations if unit in {it.name for it in it.measure.accountable}]
    return tuple(_of_unit(unit, own, day))


def _of_unit(unit: str, own: list[Obligation], day: date) -> Iterator[Example]:
    yield Example(f"unit {unit}", _("What the unit has to do, and by when."))
    if own:
        year = min({it.date.year for it in own}, key=lambda it: abs(it - day.year))
        yield Example(f"due {unit} --year {year}", _("What falls due for it in one year."))
        yield Example(f"show {own[0].measure.id}", _("One measure with all its details."))
    yield Example("overdue", _("What is late today, and who leads it."))
    yield Example("status", _("The whole plan on one screen."))


def _find_unit(plan: Plan) -> str | None:
    """Return a unit with some measures whose name any shell takes as text; None without one."""
    counts = Counter(
        unit.name
        for measure in plan.measures
        for unit in measure.accountable
        if not unit.is_group and unit.name.isalnum()
    )
    return min(counts, key=lambda name: abs(counts[name] - _HANDFUL), default=None)
