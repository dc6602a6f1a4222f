"""Every date of the plan lies in the years that the plan is for.

A plan for 2021 to 2025 sets nothing for 2035: a figure was mistyped, and in the answers the
measure would be due when nobody looks. Nor does a target begin (2052年起) after its last year.

    period: {name: “十四五”, first: 2021, last: 2025}
    deadline: {text: 2035年底前, by: 2035-12-31}

A report of a day before the plan's first year (`on: 0203-12-31`) is a warning: it would be the
oldest of its measure for ever. Reports go on after the last year.

Mend the date and its text as the published table has them, and in a report the day on which it
stood so. The years stand in `plan.yaml`, as `period`; there the last is not before the first.
"""

from collections.abc import Iterator

from credit_plan import dates
from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, Located
from credit_plan.models.records import Deadline, Measure, Milestone, PlanMetadata
from credit_plan.rules import measures

NAME = "outside-period"
SEVERITY = Severity.ERROR

_MAX_SINGLE_DATES = 3
_MEASURES_PER_DATE = 10
"""If there are more dates outside the period, both in number and per measure, it is wrong."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each date outside the plan's years, or one for the years themselves.

    A date that contradicts its own text is reported by another rule only.
    """
    metadata, years = draft.metadata, measures.find_plan_years(draft)
    if metadata is None:
        return
    if years is None:
        yield _report_reversed_years(metadata)
        return
    period = metadata.at("period")
    outside = [*_check_starts(draft, years, period), *_check_dates(draft, years, period)]
    count = sum(len(task.record.measures) for task in draft.tasks)
    if len(outside) > max(_MAX_SINGLE_DATES, count // _MEASURES_PER_DATE):
        yield _report_narrow_period(metadata, outside)
        return
    yield from outside
    yield from _check_reports(draft, years, period)


def _check_starts(draft: Draft, years: range, period: tuple[str, KeyPath]) -> Iterator[Diagnostic]:
    for measure in measures.iter_measures(draft.tasks):
        for start in dates.find_starts(measure.record.target):
            if start.year > years[-1]:
                yield Diagnostic(
                    NAME,
                    *measure.at("target"),
                    _("{year} is behind the last year of the plan, {last}").format(
                        year=start.year, last=years[-1]
                    ),
                    _("write the year as the published table has it"),
                    part=start.part,
                    related=period,
                )


def _check_dates(draft: Draft, years: range, period: tuple[str, KeyPath]) -> Iterator[Diagnostic]:
    message = _("{by} is not in the years of the plan, {first} to {last}")
    for measure in measures.iter_measures(draft.tasks):
        for path, dated in _list_dates(measure.record):
            if dated.by.year not in years and measures.agrees_with_text(dated, measure.file, draft):
                yield Diagnostic(
                    NAME,
                    *measure.at(*path, "by"),
                    message.format(by=dated.by, first=years[0], last=years[-1]),
                    _("write the date and its text as the published table has them"),
                    related=period,
                )


def _list_dates(measure: Measure) -> Iterator[tuple[KeyPath, Deadline | Milestone]]:
    yield ("deadline",), measure.deadline
    for index, milestone in enumerate(measure.milestones):
        yield ("milestones", index), milestone


def _check_reports(draft: Draft, years: range, period: tuple[str, KeyPath]) -> Iterator[Diagnostic]:
    for report in draft.entries:
        if report.record.on.year < years[0]:
            yield Diagnostic(
                NAME,
                *report.at("on"),
                _("{on} is before the first year of the plan, {first}").format(
                    on=report.record.on, first=years[0]
                ),
                _("write the day on which it stood so: a year may be mistyped"),
                Severity.WARNING,
                related=period,
            )


def _report_narrow_period(metadata: Located[PlanMetadata], outside: list[Diagnostic]) -> Diagnostic:
    period = metadata.record.period
    message = _("{count} dates of the plan are not in its years, {first} to {last}")
    return Diagnostic(
        NAME,
        *metadata.at("period"),
        message.format(count=len(outside), first=period.first, last=period.last),
        _("write the first and the last year that the published table is for"),
        related=(outside[0].file, outside[0].path),
    )


def _report_reversed_years(metadata: Located[PlanMetadata]) -> Diagnostic:
    period = metadata.record.period
    message = _("the last year of the plan, {last}, is before the first, {first}")
    return Diagnostic(
        NAME,
        *metadata.at("period", "last"),
        message.format(last=period.last, first=period.first),
        _("the years run from the first to the last: correct the one that is wrong"),
        related=metadata.at("period", "first"),
    )
