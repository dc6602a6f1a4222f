"""The questions: each command is a small function that returns the report to print.

Typer reads these annotations when the program runs, so this module cannot postpone them. What
answers a question is imported when it is asked: --help and completion need none of it.
"""

# ruff: noqa: PLC0415  the imports inside the commands are the point of this module

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import typer

from credit_plan.cli import options as o
from credit_plan.i18n import _
from credit_plan.plan import ObligationKind, Role
from credit_plan.status import DEFAULT_WITHIN

if TYPE_CHECKING:
    from credit_plan.plan import Plan
    from credit_plan.table import Report

P = ParamSpec("P")


@dataclass(frozen=True)
class Question:
    """A sound plan, and the day as of which an answer is wanted."""

    plan: "Plan"
    day: date


def question(answer: Callable[Concatenate[Question, P], "Report"]) -> Callable[P, None]:
    """Make a command of a function: add the options that all questions share, print its report."""

    def run(*args: P.args, **own: P.kwargs) -> None:
        shared: dict[str, Any] = {name: own.pop(name) for name in _SHARED}
        _print_answer(lambda asked: answer(asked, *args, **own), **shared)

    parameters = [*inspect.signature(answer).parameters.values()][1:] + [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in _SHARED.items()
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


_SHARED: dict[str, tuple[Any, Any]] = {
    "as_of": (o.AsOf, None),
    "form": (o.Format, None),
    "output": (o.Output, None),
    "data": (o.Data, None),
    "verbose": (o.Verbose, False),
}


def _print_answer(
    answer: Callable[[Question], "Report"],
    as_of: date | None,
    form: o.ReportFormat | None,
    output: Path | None,
    data: Path | None,
    verbose: bool,
) -> None:
    """Open the plan, have the question answered, and print the answer where it is wanted."""
    from credit_plan import formatters
    from credit_plan.cli.console import echo_err, screen, today, write_output
    from credit_plan.cli.data import load_plan

    written_as = o.format_of(form, output, formatters.REPORT_FORMATS)
    plan = load_plan(data, verbose=verbose)
    report = answer(Question(plan, as_of or today()))
    write_output(formatters.report(report, written_as, screen(output)), output)
    for remark in report.remarks:
        echo_err(remark)


@question
def due(
    ask: Question,
    kind: o.Kind = ObligationKind.ALL,
    before: o.Before = None,
    after: o.After = None,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
    states: o.States = None,
    only_open: o.OnlyOpen = False,
    within: o.Within = DEFAULT_WITHIN,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import due as question

    filters = parse_filters(
        ask.plan,
        before=before,
        after=after,
        units=units,
        role=role,
        chapters=chapters,
        tasks=tasks,
        states=states,
        only_open=only_open,
        within=within,
        day=ask.day,
    )
    return question.answer(ask.plan, filters, ask.day, kind)


@question
def unit(
    ask: Question,
    name: o.UnitName,
    shared: o.Shared = False,
    role: o.RoleOption = Role.ANY,
    before: o.Before = None,
    after: o.After = None,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
    states: o.States = None,
    only_open: o.OnlyOpen = False,
    within: o.Within = DEFAULT_WITHIN,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import unit as question

    filters = parse_filters(
        ask.plan,
        units=(name,),
        role=role,
        before=before,
        after=after,
        chapters=chapters,
        tasks=tasks,
        states=states,
        only_open=only_open,
        within=within,
        day=ask.day,
    )
    return question.answer(ask.plan, filters, ask.day, list_shared=shared)


@question
def units(
    ask: Question,
    before: o.Before = None,
    after: o.After = None,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import units as question

    filters = parse_filters(
        ask.plan, before=before, after=after, chapters=chapters, tasks=tasks, day=ask.day
    )
    return question.answer(ask.plan, filters, ask.day)


@question
def chapter(
    ask: Question,
    number: o.ChapterName,
    before: o.Before = None,
    after: o.After = None,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    tasks: o.Tasks = None,
    states: o.States = None,
    only_open: o.OnlyOpen = False,
    within: o.Within = DEFAULT_WITHIN,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import measures as question

    filters = parse_filters(
        ask.plan,
        chapters=(number,),
        before=before,
        after=after,
        units=units,
        role=role,
        tasks=tasks,
        states=states,
        only_open=only_open,
        within=within,
        day=ask.day,
    )
    return question.answer_by_task(ask.plan, filters, ask.day)


@question
def chapters(
    ask: Question,
    before: o.Before = None,
    after: o.After = None,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    tasks: o.Tasks = None,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import chapters as question

    filters = parse_filters(
        ask.plan, before=before, after=after, units=units, role=role, tasks=tasks, day=ask.day
    )
    return question.answer(ask.plan, filters, ask.day)


@question
def measures(
    ask: Question,
    before: o.Before = None,
    after: o.After = None,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
    states: o.States = None,
    only_open: o.OnlyOpen = False,
    within: o.Within = DEFAULT_WITHIN,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import measures as question

    filters = parse_filters(
        ask.plan,
        before=before,
        after=after,
        units=units,
        role=role,
        chapters=chapters,
        tasks=tasks,
        states=states,
        only_open=only_open,
        within=within,
        day=ask.day,
    )
    return question.answer(ask.plan, filters, ask.day)


@question
def show(ask: Question, ids: o.Ids) -> "Report":
    from credit_plan.questions import show as question

    return question.answer(ask.plan, ids, ask.day)


@question
def search(
    ask: Question,
    words: o.Words,
    before: o.Before = None,
    after: o.After = None,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
    states: o.States = None,
    only_open: o.OnlyOpen = False,
    within: o.Within = DEFAULT_WITHIN,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import search as question

    wanted = tuple(word for text in words for word in text.split())
    if not wanted:
        raise typer.BadParameter(_("name at least one word to look for"), param_hint="WORD")
    filters = parse_filters(
        ask.plan,
        before=before,
        after=after,
        units=units,
        role=role,
        chapters=chapters,
        tasks=tasks,
        states=states,
        only_open=only_open,
        within=within,
        day=ask.day,
    )
    return question.answer(ask.plan, filters, ask.day, wanted)


@question
def summary(ask: Question) -> "Report":
    from credit_plan.questions import summary as question

    return question.answer(ask.plan, ask.day)


@question
def overdue(
    ask: Question,
    before: o.Before = None,
    after: o.After = None,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import overdue as question

    filters = parse_filters(
        ask.plan,
        before=before,
        after=after,
        units=units,
        role=role,
        chapters=chapters,
        tasks=tasks,
        day=ask.day,
    )
    return question.answer(ask.plan, filters, ask.day)


@question
def stale(
    ask: Question,
    days: o.Days = 90,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import stale as question

    filters = parse_filters(
        ask.plan, units=units, role=role, chapters=chapters, tasks=tasks, day=ask.day
    )
    return question.answer(ask.plan, filters, ask.day, days)


@question
def missing(
    ask: Question,
    since: o.Since = None,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import missing as question

    filters = parse_filters(ask.plan, chapters=chapters, tasks=tasks, day=ask.day)
    return question.answer(ask.plan, filters, ask.day, since)


@question
def status(
    ask: Question,
    by: o.By = None,
    before: o.Before = None,
    after: o.After = None,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
    within: o.Within = DEFAULT_WITHIN,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import status as question

    filters = parse_filters(
        ask.plan,
        before=before,
        after=after,
        units=units,
        role=role,
        chapters=chapters,
        tasks=tasks,
        within=within,
        day=ask.day,
    )
    return question.answer(ask.plan, filters, ask.day, by)


@question
def indicators(
    ask: Question,
    name: o.IndicatorName = None,
    before: o.Before = None,
    after: o.After = None,
    units: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapters: o.Chapters = None,
    tasks: o.Tasks = None,
    states: o.States = None,
    only_open: o.OnlyOpen = False,
    within: o.Within = DEFAULT_WITHIN,
) -> "Report":
    from credit_plan.filters import parse_filters
    from credit_plan.questions import indicators as question

    filters = parse_filters(
        ask.plan,
        before=before,
        after=after,
        units=units,
        role=role,
        chapters=chapters,
        tasks=tasks,
        states=states,
        only_open=only_open,
        within=within,
        day=ask.day,
    )
    return question.answer(ask.plan, filters, ask.day, name)


@question
def history(ask: Question, ids: o.Ids) -> "Report":
    from credit_plan.questions import history as question

    return question.answer(ask.plan, ids, ask.day)
