"""The questions: each command opens the plan, selects, reports and puts out, a line for each.

Typer reads these annotations when the program runs, so this module cannot postpone them. What
answers a question is imported when it is asked: --help and completion need none of it.
"""

# ruff: noqa: PLC0415  the imports inside the commands are the point of this module

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from credit_plan.cli import options as o
from credit_plan.cli.clock import today
from credit_plan.cli.stdio import put, say, screen
from credit_plan.language import _
from credit_plan.terms import ObligationKind, Role

if TYPE_CHECKING:
    from credit_plan.table import Report


def due(
    before: o.Before = None,
    after: o.After = None,
    kind: o.Kind = ObligationKind.ALL,
    unit: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapter: o.Chapters = None,
    task: o.Tasks = None,
    as_of: o.AsOf = None,
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan, day = opened(data, verbose=verbose), as_of or today()
    if before is None and after is None:
        after = day
    asked = query.ask(
        plan, units=unit, role=role, chapters=chapter, tasks=task, after=after, before=before
    )
    _answer(report.due(query.due(plan, asked, kind), day), form, output)


def unit(
    name: o.UnitName,
    role: o.RoleOption = Role.ANY,
    shared: o.Shared = False,
    before: o.Before = None,
    after: o.After = None,
    chapter: o.Chapters = None,
    task: o.Tasks = None,
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan = opened(data, verbose=verbose)
    asked = query.ask(
        plan, units=(name,), role=role, chapters=chapter, tasks=task, after=after, before=before
    )
    _answer(report.unit(query.unit(plan, asked), today(), list_shared=shared), form, output)


def units(
    as_of: o.AsOf = None,
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan, day = opened(data, verbose=verbose), as_of or today()
    _answer(report.units(query.units(plan, day), day), form, output)


def chapter(
    number: o.ChapterName,
    before: o.Before = None,
    after: o.After = None,
    unit: o.Units = None,
    role: o.RoleOption = Role.ANY,
    task: o.Tasks = None,
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan = opened(data, verbose=verbose)
    asked = query.ask(
        plan, units=unit, role=role, chapters=(number,), tasks=task, after=after, before=before
    )
    _answer(report.chapter(query.measures(plan, asked), today()), form, output)


def chapters(
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan = opened(data, verbose=verbose)
    _answer(report.chapters(query.chapters(plan), today()), form, output)


def measures(
    before: o.Before = None,
    after: o.After = None,
    unit: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapter: o.Chapters = None,
    task: o.Tasks = None,
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan = opened(data, verbose=verbose)
    asked = query.ask(
        plan, units=unit, role=role, chapters=chapter, tasks=task, after=after, before=before
    )
    _answer(report.measures(query.measures(plan, asked), today()), form, output)


def show(
    ids: o.Ids,
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan = opened(data, verbose=verbose)
    _answer(report.show(query.show(plan, ids), today()), form, output)


def search(
    words: o.Words,
    before: o.Before = None,
    after: o.After = None,
    unit: o.Units = None,
    role: o.RoleOption = Role.ANY,
    chapter: o.Chapters = None,
    task: o.Tasks = None,
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan = opened(data, verbose=verbose)
    wanted = tuple(word for text in words for word in text.split())
    if not wanted:
        raise typer.BadParameter(_("name at least one word to look for"), param_hint="WORD")
    asked = query.ask(
        plan, units=unit, role=role, chapters=chapter, tasks=task, after=after, before=before
    )
    _answer(report.search(query.search(plan, asked, wanted), today()), form, output)


def summary(
    as_of: o.AsOf = None,
    form: o.Format = o.TABLE,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import query, report
    from credit_plan.cli.plans import opened

    plan, day = opened(data, verbose=verbose), as_of or today()
    _answer(report.summary(query.summary(plan, day), day), form, output)


def _answer(answer: "Report", form: o.ReportFormat, output: Path | None) -> None:
    """Puts out a report in its format, and says what there is to say about it."""
    from credit_plan import render

    put(render.report(answer, form, screen(output)), output)
    for remark in answer.remarks:
        say(remark)
