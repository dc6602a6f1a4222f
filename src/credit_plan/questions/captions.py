"""What was found, and the sentences about it: how many of how many, what was asked, why nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from credit_plan.as_of import AsOf
from credit_plan.filters import Filters
from credit_plan.i18n import (
    CHINESE,
    _,
    get_language,
    join_alternatives,
    join_sentences,
    pgettext,
)
from credit_plan.plan import Chapter, Role
from credit_plan.status import STATUS_NAMES, TIMING_NAMES, Assessment, Timing
from credit_plan.text import format_numeral

RowT = TypeVar("RowT")

SEPARATOR = " · "

ANY_DATE = (_("from {after} on"), _("by {before} inclusive"), _("from {after} to {before}"))
DEADLINE = (
    _("deadline from {after} on"),
    _("deadline by {before} inclusive"),
    _("deadline from {after} to {before}"),
)
"""How a caption speaks of --after, of --before and of both: of any date of a measure, or of its
deadline."""

MEASURES = _("{count} of {total} measures")
LEADING_UNITS = _("{count} of {total} units that lead a measure")
"""How a caption begins that counts measures, or units."""

_ROLE_PHRASES = {
    Role.ANY: "{units}",
    Role.LEAD: _("{units} as lead"),
    Role.RESPONSIBLE: _("{units} as responsible"),
}

WITHOUT_LEAD = _("a measure without a lead counts for those responsible for it")

NOTHING_FITS = (_("No measure matches; try fewer filters."),)


class Result(NamedTuple, Generic[RowT]):
    """What was found, of how many there are, and what was asked.

    `via_groups` counts the matches that do not name the unit, but a group that may include it;
    `lists_shared` if they are among the rows. `report_count` is how many reports of the plan
    count on the day, whatever was asked.
    """

    rows: tuple[RowT, ...]
    total: int
    filters: Filters = Filters()
    via_groups: int = 0
    report_count: int = 0
    lists_shared: bool = False

    @property
    def unit_names(self) -> tuple[str, ...]:
        """Return the names in a caption that must stay whole."""
        return tuple(unit.name for unit in self.filters.units)


def caption(
    result: Result[Any],
    counts: str,
    when: tuple[str, str, str] = DEADLINE,
    *,
    more: tuple[str, ...] = (),
    day: date | None = None,
) -> str:
    """Return `27 of 228 measures · 市住建局 · deadline by 2023-12-31 inclusive`.

    `counts` is its beginning, with `{count}` and `{total}`. `more` phrases follow, and the day
    where one is given or something was reported.
    """
    found = counts.format(count=len(result.rows), total=result.total)
    phrases = [found, *_describe_filters(result.filters, *when), *more]
    if result.via_groups:
        phrases.append(_count_via_groups(result, are_measures=counts == MEASURES))
    day = day or (result.filters.day if result.report_count else None)
    if day:
        phrases.append(as_of_phrase(day))
    return SEPARATOR.join(phrases)


def _count_via_groups(result: Result[Any], *, are_measures: bool) -> str:
    """Return how many matches there are through groups; Chinese counts measures by another word."""
    if result.lists_shared and are_measures:
        phrase = pgettext("measures", "{count} of them for groups that may include the unit")
    elif result.lists_shared:
        phrase = _("{count} of them for groups that may include the unit")
    elif are_measures:
        phrase = pgettext("measures", "{count} more for groups that may include the unit")
    else:
        phrase = _("{count} more for groups that may include the unit")
    return phrase.format(count=result.via_groups)


def as_of_phrase(day: date) -> str:
    """Return `as of 2023-12-31`."""
    return _("as of {date}").format(date=day)


def count_dates(assessments: Iterable[Assessment], as_of: AsOf) -> tuple[str, ...]:
    """Return how many dates have passed, are near, or are ahead, where nothing was reported."""
    if as_of.report_count:
        return ()
    counts = Counter(assessment.timing for assessment in assessments)
    return (
        _("dates passed: {passed}, within {within} days: {soon}, later: {later}").format(
            passed=counts[Timing.OVERDUE],
            soon=counts[Timing.DUE_SOON],
            within=as_of.within,
            later=counts[Timing.OPEN],
        ),
    )


def chapter_title(chapter: Chapter) -> str:
    """Return `Chapter 4: 筑牢社会信用体系建设基础`, or `第一部分 总体要求`."""
    if chapter.label:
        return f"{chapter.label} {chapter.title}"
    return _("Chapter {number}: {title}").format(number=_number(chapter), title=chapter.title)


def name_chapter(chapter: Chapter) -> str:
    """Return `chapter 4`, or its label."""
    return chapter.label or _("chapter {number}").format(number=_number(chapter))


def _number(chapter: Chapter) -> str:
    """Return the number of a chapter as the published table has it in Chinese, or as digits."""
    is_chinese = get_language() == CHINESE
    return format_numeral(chapter.number) if is_chinese else str(chapter.number)


def explain_no_reports(report_count: int, filters: Filters) -> tuple[str, ...]:
    """Return what is said where no report counts, and how to begin; nothing where one does."""
    if report_count:
        return ()
    if filters.known_by:
        message = _("No report as of this day was entered by {day}.")
        return (message.format(day=filters.known_by),)
    return (
        _(
            "No reports as of this day. To begin: “credit-plan record” in a workspace, which "
            "“credit-plan init DIR” creates."
        ),
    )


def explain_no_measures(result: Result[Any]) -> tuple[str, ...]:
    """Return why no measure was found."""
    if not result.filters.asks_for_progress:
        return NOTHING_FITS
    return explain_no_reports(result.report_count, result.filters) + NOTHING_FITS


def explain_nothing_reported(result: Result[Any], nothing: str) -> tuple[str, ...]:
    """Return what is said where nothing was reported, or where `nothing` was found."""
    hint = _("Try fewer filters.") if result.filters.narrows else ""
    not_found = (join_sentences(filter(None, (nothing, hint))),)
    silent = explain_no_reports(result.report_count, result.filters)
    return silent + (() if result.rows else not_found)


def command_line(name: str, filters: Filters, *more: str) -> str:
    """Return the command that asks for the same units, chapters and tasks, whatever the dates."""
    words = ["credit-plan", name]
    for unit in filters.units:
        words += ("--unit", unit.name)
    if filters.role is not Role.ANY:
        words += ("--role", filters.role)
    for chapter in filters.chapters:
        words += ("--chapter", str(chapter.number))
    for task in filters.tasks:
        words += ("--task", str(task))
    return " ".join((*words, *more))


def _describe_filters(filters: Filters, after: str, before: str, between: str) -> Iterator[str]:
    """Yield what was asked, a phrase per filter."""
    either = join_alternatives
    if filters.units:
        units = either(unit.name for unit in filters.units)
        yield _ROLE_PHRASES[filters.role].format(units=units)
    if filters.chapters:
        yield either(map(name_chapter, filters.chapters))
    if filters.tasks:
        yield _("task {numbers}").format(numbers=either(map(str, filters.tasks)))
    if filters.statuses:
        yield either(map(STATUS_NAMES.__getitem__, filters.statuses))
    if filters.timings:
        yield either(map(TIMING_NAMES.__getitem__, filters.timings))
    if filters.only_open:
        yield _("not done")
    yield from _describe_dates(filters, after, before, between)


def _describe_dates(filters: Filters, after: str, before: str, between: str) -> Iterator[str]:
    if filters.after and filters.before:
        yield between.format(after=filters.after, before=filters.before)
    elif filters.after:
        yield after.format(after=filters.after)
    elif filters.before:
        yield before.format(before=filters.before)
