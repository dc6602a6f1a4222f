"""Every date of the plan is in the years of the plan.

A plan for 2021 to 2025 sets no deadline in 2035. Such a date is mistyped, and the measure would
fall due when nobody looks for it. Nor does a target start anything after the last year (2052年起),
or a recurrence begin or end outside the period.

    period: {name: “十四五”, first: 2021, last: 2025}
    deadline: {text: 2035年底前, by: 2035-12-31}

A report on a day before the first year (`on: 0203-12-31`) causes a warning: it would always be the
oldest report on its measure. Reports on days after the last year are allowed.

To fix it, write the date and its text as in the published table; in a report, correct `on`. The
years of the plan are the `period` in `plan.yaml`, where `last` must not be before `first`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Located
from credit_plan.models.progress import Entry
from credit_plan.models.records import Deadline, Measure, Milestone, PlanMetadata, Recurrence, Task
from credit_plan.rules.context import Context
from credit_plan.rules.measures import (
    LocatedMeasure,
    agrees_with_text,
    iter_measures,
    name_limits,
)
from credit_plan.wordings import find_starts

NAME = "outside-period"
SEVERITY = Severity.ERROR
MILDEST = Severity.WARNING

_MAX_SINGLE_DATES = 3
_MEASURES_PER_DATE = 10
"""If there are more dates outside the period, both in number and per measure, it is wrong."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each date outside the plan's years, or one for the years themselves.

    A date that contradicts its own text is reported by another rule only.
    """
    metadata, years = context.draft.metadata, context.years
    if metadata is None:
        return
    if years is None:
        yield _report_reversed_years(metadata)
        return
    period = metadata.at("period")
    yield from _check_beginning(metadata, years, period)
    concerned = _list_concerned(context.draft.tasks, years)
    outside = chain(_check_starts(concerned, years, period), _check_dates(concerned, years, period))
    count = sum(len(task.record.measures) for task in context.draft.tasks)
    most = max(_MAX_SINGLE_DATES, count // _MEASURES_PER_DATE)
    single = list(islice(outside, most))
    if (more := sum(1 for _date in outside)) > 0:
        yield _report_narrow_period(metadata, single[0], len(single) + more)
        return
    yield from single
    yield from _check_reports(context.draft.entries, years, period)


def is_outside(measure: Measure, years: range) -> bool:
    """Tell whether any date of a measure, or a beginning in its target, is outside these years."""
    days = [measure.deadline.by] if measure.deadline else []
    days += [it.by for it in measure.milestones]
    days += [day for it in measure.recurrences for day in (it.first, it.until)]
    days += [it.span.first for it in find_starts(measure.target) if it.span.first.year > years[-1]]
    return any(day and day.year not in years for day in days)


def _check_beginning(
    metadata: Located[PlanMetadata], years: range, period: tuple[str, KeyPath]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic if recurring promises begin outside the years, which moves all of them."""
    beginning = metadata.record.recurrences
    if beginning and beginning.first.year not in years:
        yield Diagnostic(
            NAME,
            *metadata.at("recurrences", "from"),
            _("{by} is outside the years of the plan, {first} to {last}").format(
                by=beginning.first, first=years[0], last=years[-1]
            ),
            _("write a day within these years"),
            related=period,
        )


def _list_concerned(tasks: Iterable[Located[Task]], years: range) -> list[LocatedMeasure]:
    """Return the measures that may have a date outside the years, which are few."""
    concerned = (it for it in tasks if any(is_outside(one, years) for one in it.record.measures))
    return [it for it in iter_measures(concerned) if is_outside(it.record, years)]


def _check_starts(
    concerned: Iterable[LocatedMeasure], years: range, period: tuple[str, KeyPath]
) -> Iterator[Diagnostic]:
    for measure in concerned:
        for start in find_starts(measure.record.target):
            if start.span.first.year > years[-1]:
                yield Diagnostic(
                    NAME,
                    *measure.at("target"),
                    _("{year} is after the last year of the plan, {last}").format(
                        year=start.span.first.year, last=years[-1]
                    ),
                    _("write the year that the published table has"),
                    part=start.part,
                    related=period,
                )


def _check_dates(
    concerned: Iterable[LocatedMeasure], years: range, period: tuple[str, KeyPath]
) -> Iterator[Diagnostic]:
    message = _("{by} is outside the years of the plan, {first} to {last}")
    for measure in concerned:
        dates = chain(_list_dates(measure.record), _list_limits(measure.record))
        for path, day, dated in dates:
            if day and day.year not in years and _is_named(day, dated, measure, years):
                yield Diagnostic(
                    NAME,
                    *measure.at(*path),
                    message.format(by=day, first=years[0], last=years[-1]),
                    _("write the date and the text that the published table has"),
                    related=period,
                )


_Dated = Deadline | Milestone | Recurrence


def _list_dates(measure: Measure) -> Iterator[tuple[KeyPath, date | None, _Dated]]:
    if measure.deadline:
        yield ("deadline", "by"), measure.deadline.by, measure.deadline
    for index, it in enumerate(measure.milestones):
        yield ("milestones", index, "by"), it.by, it


def _list_limits(measure: Measure) -> Iterator[tuple[KeyPath, date | None, _Dated]]:
    for index, it in enumerate(measure.recurrences):
        yield ("recurrences", index, "from"), it.first, it
        yield ("recurrences", index, "until"), it.until, it


def _is_named(day: date, dated: _Dated, measure: LocatedMeasure, years: range) -> bool:
    if isinstance(dated, Recurrence):
        firsts, lasts = name_limits(measure)
        return day in firsts | lasts
    return agrees_with_text(dated, years)


def _check_reports(
    entries: Iterable[Located[Entry]], years: range, period: tuple[str, KeyPath]
) -> Iterator[Diagnostic]:
    for report in entries:
        if report.record.on.year < years[0]:
            yield Diagnostic(
                NAME,
                *report.at("on"),
                _("{on} is before the first year of the plan, {first}").format(
                    on=report.record.on, first=years[0]
                ),
                _("correct the day: the year may be mistyped"),
                Severity.WARNING,
                related=period,
                quotes=(str(report.record.on), report.record.unit),
            )


def _report_narrow_period(
    metadata: Located[PlanMetadata], first: Diagnostic, count: int
) -> Diagnostic:
    period = metadata.record.period
    message = _("{count} dates are outside the years of the plan, {first} to {last}")
    return Diagnostic(
        NAME,
        *metadata.at("period"),
        message.format(count=count, first=period.first, last=period.last),
        _("write the first and the last year of the published table"),
        related=(first.file, first.path),
    )


def _report_reversed_years(metadata: Located[PlanMetadata]) -> Diagnostic:
    period = metadata.record.period
    message = _("the last year of the plan, {last}, is before the first, {first}")
    return Diagnostic(
        NAME,
        *metadata.at("period", "last"),
        message.format(last=period.last, first=period.first),
        _("correct the year that is wrong"),
        related=metadata.at("period", "first"),
    )
