"""The questions: each command is a small function that returns the answer to print.

Typer reads these annotations when the program runs, so this module cannot postpone them. What
answers a question is imported when it is asked: --help and completion need none of it.
"""

# ruff: noqa: PLC0415  the imports inside the commands are the point of this module

import inspect
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec

import typer

from credit_plan.cli import arguments as a
from credit_plan.cli import options as o
from credit_plan.i18n import _, join_list, plural
from credit_plan.plan import Dimension, ObligationKind

if TYPE_CHECKING:
    from credit_plan.filters import Filters
    from credit_plan.plan import Plan
    from credit_plan.table import Answer
    from credit_plan.view import View

P = ParamSpec("P")

_MOST_DIMENSIONS = 2
"""A table on a screen has rows and columns."""


class Question(NamedTuple):
    """A sound plan, the day as of which an answer is wanted, and the filters that were given.

    Reports entered after `known_by` do not count. The `view` is applied to the answer.
    """

    plan: "Plan"
    day: date
    known_by: date | None
    given: dict[str, Any]
    view: "View"

    def filters(
        self,
        units: Iterable[str] | None = None,
        **fixed: Any,  # noqa: ANN401  as `parse_filters` takes them
    ) -> "Filters":
        """Return what the filters mean in this plan; the command itself sets those in `fixed`.

        `units` are names given as arguments; those given with --unit join them.
        """
        from credit_plan.errors import UnknownNameError
        from credit_plan.filters import parse_filters
        from credit_plan.unit_names import find_unit

        for name in units or ():
            try:
                find_unit(self.plan, name)
            except UnknownNameError as error:
                if meant := self._suggest_instead(name):
                    raise UnknownNameError(str(error), meant) from None
                raise
        given = self.given | fixed
        given["units"] = (*(units or ()), *(given.get("units") or ()))
        return parse_filters(self.plan, day=self.day, known_by=self.known_by, **given)

    def _suggest_instead(self, name: str) -> tuple[str, ...]:
        """Return how to ask for a task, a measure or a date that is in the place of a unit."""
        from credit_plan.errors import NameLookupError
        from credit_plan.filters import find_measures, is_id, normalize_id

        if is_id(name):
            with suppress(NameLookupError):
                first, *_others = find_measures(self.plan, name)
                return f"--task {first.task}", f"credit-plan show {normalize_id(name)}"
        if "after" in self.given:
            with suppress(typer.BadParameter):
                o.first_day(name)
                return (f"--after {name} --before {name}",)
        return ()


def question(
    *filters: o.Option,
    is_about_units: bool = False,
) -> Callable[[Callable[Concatenate[Question, P], "Answer"]], Callable[..., None]]:
    """Make a command of a function that answers a question.

    The command has the function's own parameters, the filters listed, and what all share. One that
    `is_about_units` needs no measure that is of no interest to the units that are named.
    """

    def decorate(answer: Callable[Concatenate[Question, P], "Answer"]) -> Callable[..., None]:
        def run(**values: Any) -> None:  # noqa: ANN401  typer fills in what the signature says
            shared = {option.name: values.pop(option.name) for option in _SHARED}
            given = {option.name: values.pop(option.name) for option in filters}
            units = _list_units(given, values) if is_about_units else ()
            _print_answer(answer, given, values, units, **shared)

        own = [*inspect.signature(answer).parameters.values()][1:]
        options = (option.as_parameter() for option in (*filters, *_SHARED))
        return o.make_command(run, (*own, *options))

    return decorate


_SHARED = (
    o.Option("as_of", o.AsOf),
    o.Option("known_by", o.KnownBy),
    o.Option("form", o.Format),
    o.Option("output", o.Output),
    o.Option("keys", o.Keys, default=False),
    o.Option("is_long", o.Long, default=False),
    o.Option("columns", o.Columns),
    o.Option("sort", o.Sort),
    o.Option("limit", o.Limit),
    o.Option("no_pager", o.NoPager, default=False),
    o.Option("data", o.Data),
    o.Option("no_cache", o.NoCache, default=False),
    o.Option("verbose", o.Verbose, default=False),
)


def _print_answer(
    answer: Callable[..., "Answer"],
    given: dict[str, Any],
    own: dict[str, Any],
    units: tuple[str, ...],
    as_of: date | None,
    known_by: date | None,
    form: o.AnswerFormat | None,
    output: Path | None,
    keys: bool,
    is_long: bool,
    no_pager: bool,
    data: Path | None,
    no_cache: bool,
    verbose: bool,
    limit: int | None,
    columns: list[str] | None,
    sort: list[str] | None,
) -> None:
    """Open the plan, have the question answered, and print the answer where it is wanted."""
    from credit_plan import formatters
    from credit_plan.as_of import count_late
    from credit_plan.cli.console import print_answer, today
    from credit_plan.cli.data import load_plan
    from credit_plan.view import View, apply_view

    view = View(columns or (), sort or (), limit)
    written_as = o.format_of(form, output, formatters.ANSWER_FORMATS)
    if keys:
        o.refuse_keys(written_as)
    day = as_of or today()
    o.set_period(given, day)
    plan = load_plan(data, verbose=verbose, has_cache=not no_cache, units=units)
    question = Question(plan, day, known_by, given, view)
    found = answer(question, **own)
    late = 0 if known_by else count_late(question.plan, question.day)
    if late:
        before = answer(question._replace(known_by=question.day), **own)
        if found.tables != before.tables:
            found = found._replace(remarks=(*found.remarks, _describe_late(late, question.day)))
    found = found._replace(known_by=known_by, has_keys=keys)
    found = apply_view(found, question.view)
    if not formatters.ANSWER_FORMATS[written_as].for_people and (others := found.other_tables()):
        remark = _("Only the first table; for another: --table {names}")
        remark = remark.format(names=join_list(others))
        found = found._replace(remarks=(*found.remarks, remark))
    print_answer(found, written_as, output, is_long=is_long, has_pager=not no_pager)


def _list_units(given: dict[str, Any], own: dict[str, Any]) -> tuple[str, ...]:
    """Return the units that are named, if the answer is about nothing else.

    What is wrong with the number of a task, and totals of one kind, only the whole plan tells.
    """
    if given.get("tasks") or own.get("kind", ObligationKind.ALL) is not ObligationKind.ALL:
        return ()
    return (*(own.get("names") or own.get("only") or ()), *(given.get("units") or ()))


def _describe_late(count: int, day: date) -> str:
    return plural(
        "{count} report was entered after {day}; to leave it out: --known-by {day}",
        "{count} reports were entered after {day}; to leave them out: --known-by {day}",
        count,
        day=day,
    )


@question(*o.DATES, o.UNITS, o.ROLE, o.CHAPTERS, o.TASKS, *o.PROGRESS, is_about_units=True)
def due(ask: Question, only: a.OnlyUnits = None, kind: a.Kind = ObligationKind.ALL) -> "Answer":
    from credit_plan.questions import due as question

    return question.answer(ask.plan, ask.filters(only), ask.day, kind)


@question(o.ROLE, *o.DATES, o.CHAPTERS, o.TASKS, *o.PROGRESS, is_about_units=True)
def unit(ask: Question, names: a.UnitNames, shared: a.Shared = False) -> "Answer":
    from credit_plan.questions import unit as question

    return question.answer(ask.plan, ask.filters(names), ask.day, list_shared=shared)


@question(*o.DATES, o.CHAPTERS, o.TASKS)
def units(ask: Question) -> "Answer":
    from credit_plan.questions import units as question

    return question.answer(ask.plan, ask.filters(), ask.day)


@question(*o.DATES, o.UNITS, o.ROLE, o.TASKS, *o.PROGRESS)
def chapter(ask: Question, number: a.ChapterName) -> "Answer":
    from credit_plan.questions import measures as question

    return question.answer_by_task(ask.plan, ask.filters(chapters=(number,)), ask.day)


@question(*o.DATES, o.UNITS, o.ROLE, o.TASKS)
def chapters(ask: Question, only: a.OnlyUnits = None) -> "Answer":
    from credit_plan.questions import chapters as question

    return question.answer(ask.plan, ask.filters(only), ask.day)


@question(*o.DATES, o.UNITS, o.ROLE, o.CHAPTERS, o.TASKS, *o.PROGRESS, is_about_units=True)
def measures(ask: Question, only: a.OnlyUnits = None, shared: a.Shared = False) -> "Answer":
    from credit_plan.questions import measures as question

    return question.answer(ask.plan, ask.filters(only), ask.day, list_shared=shared)


@question()
def show(ask: Question, ids: a.Ids) -> "Answer":
    from credit_plan.questions import show as question

    return question.answer(ask.plan, ask.filters(), ask.day, ids)


@question(*o.DATES, o.UNITS, o.ROLE, o.CHAPTERS, o.TASKS, *o.PROGRESS)
def search(ask: Question, words: a.Words) -> "Answer":
    from credit_plan.questions import search as question

    wanted = tuple(word for text in words for word in text.split())
    if not wanted:
        raise typer.BadParameter(_("give at least one word"), param_hint=_("WORD"))
    return question.answer(ask.plan, ask.filters(), ask.day, wanted)


@question()
def summary(ask: Question, table: a.TableName = None) -> "Answer":
    from credit_plan.questions import summary as question

    return question.answer(ask.plan, ask.day).only(table)


@question(*o.DATES, o.UNITS, o.ROLE, o.CHAPTERS, o.TASKS, o.STATUSES, is_about_units=True)
def overdue(ask: Question, only: a.OnlyUnits = None) -> "Answer":
    from credit_plan.questions import overdue as question

    return question.answer(ask.plan, ask.filters(only), ask.day)


@question(o.UNITS, o.ROLE, o.CHAPTERS, o.TASKS)
def stale(ask: Question, only: a.OnlyUnits = None, days: a.Days = 90) -> "Answer":
    from credit_plan.questions import stale as question

    return question.answer(ask.plan, ask.filters(only), ask.day, days)


@question(o.CHAPTERS, o.TASKS)
def missing(ask: Question, since: a.Since = None) -> "Answer":
    from credit_plan.questions import missing as question

    o.refuse_future(since, ask.day, "--since")
    return question.answer(ask.plan, ask.filters(), ask.day, since)


@question(*o.DATES, o.UNITS, o.ROLE, o.CHAPTERS, o.TASKS, o.WITHIN)
def status(
    ask: Question, only: a.OnlyUnits = None, by: a.By = None, table: a.TableName = None
) -> "Answer":
    from credit_plan.questions import status as question

    dimensions = tuple(map(Dimension, by or ()))
    if len(dimensions) > _MOST_DIMENSIONS:
        raise typer.BadParameter(_("give one or two of them"), param_hint="--by")
    return question.answer(ask.plan, ask.filters(only), ask.day, dimensions).only(table)


@question(*o.DATES, o.UNITS, o.ROLE, o.CHAPTERS, o.TASKS, *o.PROGRESS)
def indicators(
    ask: Question, names: a.IndicatorNames = None, table: a.TableName = None
) -> "Answer":
    from credit_plan.questions import indicators as question

    return question.answer(ask.plan, ask.filters(), ask.day, names).only(table)


@question(a.REPORTERS)
def history(ask: Question, words: a.IdsOrUnits = None, since: a.RecordedSince = None) -> "Answer":
    from credit_plan.filters import is_id
    from credit_plan.questions import history as question

    o.refuse_future(since, ask.day, "--since")
    ids = [word for word in words or () if is_id(word)]
    units = [word for word in words or () if not is_id(word)]
    # Another order needs all of them before the first ones are taken.
    most = ask.view.limit if not ask.view.sort else len(ask.plan.reports)
    return question.answer(ask.plan, ask.filters(units), ask.day, ids, since=since, limit=most)
