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

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credit_plan import dates
from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Draft, Located, iter_measures
from credit_plan.models.records import Deadline, Measure, Milestone, PlanMetadata
from credit_plan.rules import targets

NAME: Final = "outside-period"
SEVERITY: Final = Severity.ERROR

_FEW: Final = 3
_PART: Final = 10
"""More than so many dates, and more than this part of the measures, are not mistyped one by one."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for each date outside the plan's years, or one for years that cannot be.

    A date that its own words contradict is a fault of another name. Where many dates are outside,
    it is the plan's years that are wrong, which is one fault.
    """
    if draft.metadata is None:
        return
    years = targets.plan_years(draft)
    if years is None:
        yield _backwards(draft.metadata)
        return
    found = [*_starts(draft, draft.metadata, years), *_dates(draft, draft.metadata, years)]
    measured = sum(len(filed.record.measures) for filed in draft.tasks)
    if len(found) > max(_FEW, measured // _PART):
        yield _too_narrow(draft.metadata, found)
        return
    yield from found
    yield from _reports(draft, draft.metadata, years)


def _starts(draft: Draft, facts: Located[PlanMetadata], years: range) -> Iterator[Diagnostic]:
    for filed, index, measure in iter_measures(draft.tasks):
        for start in dates.find_starts(measure.target):
            if start.year > years[-1]:
                yield Diagnostic(
                    NAME,
                    filed.file,
                    ("measures", index, "target"),
                    _("{year} is behind the last year of the plan, {last}").format(
                        year=start.year, last=years[-1]
                    ),
                    _("write the year as the published table has it"),
                    part=start.part,
                    related=(facts.file, ("period",)),
                )


def _dates(draft: Draft, facts: Located[PlanMetadata], years: range) -> Iterator[Diagnostic]:
    for filed, index, measure in iter_measures(draft.tasks):
        for place, dated in _dated(measure):
            if dated.by.year not in years and targets.is_as_printed(dated, filed.file, draft):
                yield Diagnostic(
                    NAME,
                    filed.file,
                    ("measures", index, *place, "by"),
                    _("{by} is not in the years of the plan, {first} to {last}").format(
                        by=dated.by, first=years[0], last=years[-1]
                    ),
                    _("write the date and its text as the published table has them"),
                    related=(facts.file, ("period",)),
                )


def _dated(measure: Measure) -> Iterator[tuple[KeyPath, Deadline | Milestone]]:
    yield ("deadline",), measure.deadline
    for position, milestone in enumerate(measure.milestones):
        yield ("milestones", position), milestone


def _reports(draft: Draft, facts: Located[PlanMetadata], years: range) -> Iterator[Diagnostic]:
    """A warning for each report of a day before the plan began."""
    for listed in draft.entries:
        if listed.record.on.year < years[0]:
            yield Diagnostic(
                NAME,
                listed.file,
                (*listed.path, "on"),
                _("{on} is before the first year of the plan, {first}").format(
                    on=listed.record.on, first=years[0]
                ),
                _("write the day on which it stood so: a year may be mistyped"),
                Severity.WARNING,
                related=(facts.file, ("period",)),
            )


def _too_narrow(facts: Located[PlanMetadata], outside: list[Diagnostic]) -> Diagnostic:
    period = facts.record.period
    message = _("{count} dates of the plan are not in its years, {first} to {last}")
    said = message.format(count=len(outside), first=period.first, last=period.last)
    hint = _("write the first and the last year that the published table is for")
    related = (outside[0].file, outside[0].path)
    return Diagnostic(NAME, facts.file, ("period",), said, hint, related=related)


def _backwards(facts: Located[PlanMetadata]) -> Diagnostic:
    period = facts.record.period
    message = _("the last year of the plan, {last}, is before the first, {first}")
    said = message.format(last=period.last, first=period.first)
    hint = _("the years run from the first to the last: correct the one that is wrong")
    related: tuple[str, KeyPath] = (facts.file, ("period", "first"))
    return Diagnostic(NAME, facts.file, ("period", "last"), said, hint, related=related)
