"""The questions: each command is a small function from a question to a report.

Typer reads these annotations when the program runs, so this module cannot postpone them. What
answers a question is imported when it is asked: --help and completion need none of it.
"""

# ruff: noqa: PLC0415  the imports inside the commands are the point of this module

from typing import TYPE_CHECKING

import typer

from credit_plan.cli import options as o
from credit_plan.cli import standing_options as s
from credit_plan.cli.asking import Question, question
from credit_plan.i18n import _
from credit_plan.terms import ObligationKind

if TYPE_CHECKING:
    from credit_plan.table import Report


_STANDING = ("states", "only_open", "within")


@question("before", "after", "units", "role", "chapters", "tasks", *_STANDING)
def due(asking: Question, kind: o.Kind = ObligationKind.ALL) -> "Report":
    from credit_plan import query, report

    asked = asking.asked()
    if asked.before is None and asked.after is None and not (asked.states or asked.only_open):
        asked = asking.asked(after=asking.day)
    return report.due(query.due(asking.plan, asked, kind), asking.day)


@question("role", "before", "after", "chapters", "tasks", *_STANDING)
def unit(asking: Question, name: o.UnitName, shared: o.Shared = False) -> "Report":
    from credit_plan import query, report

    found = query.unit(asking.plan, asking.asked(units=(name,)))
    return report.unit(found, asking.day, list_shared=shared)


@question("before", "after", "chapters", "tasks")
def units(asking: Question) -> "Report":
    from credit_plan import query, report

    return report.units(query.units(asking.plan, asking.asked(), asking.day), asking.day)


@question("before", "after", "units", "role", "tasks", *_STANDING)
def chapter(asking: Question, number: o.ChapterName) -> "Report":
    from credit_plan import query, report

    asked = asking.asked(chapters=(number,))
    return report.chapter(query.measures(asking.plan, asked), asking.day)


@question("before", "after", "units", "role", "tasks")
def chapters(asking: Question) -> "Report":
    from credit_plan import query, report

    return report.chapters(query.chapters(asking.plan, asking.asked()), asking.day)


@question("before", "after", "units", "role", "chapters", "tasks", *_STANDING)
def measures(asking: Question) -> "Report":
    from credit_plan import query, report

    return report.measures(query.measures(asking.plan, asking.asked()), asking.day)


@question()
def show(asking: Question, ids: o.Ids) -> "Report":
    from credit_plan import query, report

    return report.show(query.show(asking.plan, ids, asking.day), asking.day)


@question("before", "after", "units", "role", "chapters", "tasks", *_STANDING)
def search(asking: Question, words: o.Words) -> "Report":
    from credit_plan import query, report

    wanted = tuple(word for text in words for word in text.split())
    if not wanted:
        raise typer.BadParameter(_("name at least one word to look for"), param_hint="WORD")
    return report.search(query.search(asking.plan, asking.asked(), wanted), asking.day)


@question()
def summary(asking: Question) -> "Report":
    from credit_plan import query, report

    return report.summary(query.summary(asking.plan, asking.day), asking.day)


@question("before", "after", "units", "role", "chapters", "tasks")
def overdue(asking: Question) -> "Report":
    from credit_plan import query, report

    return report.overdue(query.overdue(asking.plan, asking.asked()), asking.day)


@question("units", "role", "chapters", "tasks")
def stale(asking: Question, days: s.Days = 90) -> "Report":
    from credit_plan import query, report

    found = query.stale(asking.plan, asking.asked(), days)
    return report.stale(found, asking.day, days)


@question("chapters", "tasks")
def missing(asking: Question, since: o.Since = None) -> "Report":
    from credit_plan import query, report

    found = query.missing(asking.plan, asking.asked(), since)
    return report.missing(found, asking.day)


@question("before", "after", "units", "role", "chapters", "tasks", "within")
def status(asking: Question, by: s.By = None) -> "Report":
    from credit_plan import query, report

    found = query.status(asking.plan, asking.asked())
    return report.status(found, asking.day, by)


@question("before", "after", "units", "role", "chapters", "tasks", *_STANDING)
def indicators(asking: Question, name: s.IndicatorName = None) -> "Report":
    from credit_plan import query, report

    found = query.indicators(asking.plan, asking.asked(), name)
    return report.indicators(found, asking.day)


@question()
def history(asking: Question, ids: o.Ids) -> "Report":
    from credit_plan import query, report

    return report.history(query.history(asking.plan, ids, asking.day), asking.day)
