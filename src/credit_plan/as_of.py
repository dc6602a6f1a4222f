"""What counts as of a day: the reports on it and earlier days, and what follows from them.

Two clocks are kept apart. As of a day, every report on that day or an earlier one counts, whenever
it was entered; `known_by` leaves out what was entered later than that. Of two reports about the
same day, the one entered later counts. The status in a report on a milestone is not that of the
measure; its figures are.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from credit_plan import targets
from credit_plan.dates import Span
from credit_plan.plan import (
    Indicator,
    Measure,
    Obligation,
    ObligationKind,
    Plan,
    Report,
    Status,
    Target,
)
from credit_plan.status import DEFAULT_WITHIN, Assessment, Case, LastStatus, assess


class TrackedMeasure(NamedTuple):
    """A measure as of a day; without a day only the measure.

    Its `assessment` has the status of the measure, and the timing of its first obligation that is
    not done; if all are, or if nothing of it has a date, that of the measure as a whole.
    `last_recorded` is the day on which its latest report was entered, also one on a milestone or
    a period; or the day that the report is about, if it was entered after the day asked.
    """

    measure: Measure
    assessment: Assessment | None = None
    last_report: Report | None = None
    last_recorded: date | None = None

    @property
    def is_open(self) -> bool:
        """Return whether something of it is still to be done."""
        return self.assessment is not None and self.assessment.is_open

    @property
    def is_overdue(self) -> bool:
        """Return whether something of it is not done, although its date has passed."""
        return self.assessment is not None and self.assessment.is_overdue


class AsOf(NamedTuple):
    """The reports that count on a day by measure, oldest first, and what is promised by measure."""

    day: date
    within: int
    reports: dict[str, tuple[Report, ...]]
    targets_by_measure: dict[str, tuple[tuple[Indicator, Target], ...]]
    obligations: dict[str, tuple[Obligation, ...]]

    @classmethod
    def of(
        cls,
        plan: Plan,
        day: date,
        within: int = DEFAULT_WITHIN,
        known_by: date | None = None,
    ) -> "AsOf":
        """Return what counts on a day; of that, with `known_by`, what was entered by then.

        Something is due soon `within` so many days.
        """
        reports: dict[str, list[Report]] = {}
        for report in plan.reports:
            if report.on <= day and (known_by is None or report.recorded_on <= known_by):
                reports.setdefault(report.measure, []).append(report)
        of_measure: dict[str, list[tuple[Indicator, Target]]] = {}
        for indicator in plan.indicators:
            pairs = of_measure.setdefault(indicator.measure, [])
            pairs += ((indicator, target) for target in indicator.targets)
        obligations: dict[str, list[Obligation]] = {it.id: [] for it in plan.measures}
        for obligation in plan.obligations:
            obligations.setdefault(obligation.measure.id, []).append(obligation)
        return cls(
            day,
            within,
            {measure: tuple(entries) for measure, entries in reports.items()},
            {measure: tuple(pairs) for measure, pairs in of_measure.items()},
            {measure: tuple(dated) for measure, dated in obligations.items()},
        )

    @property
    def report_count(self) -> int:
        """Return how many reports count."""
        return sum(map(len, self.reports.values()))

    def track(self, measure: Measure) -> TrackedMeasure:
        """Return a measure with its status, its timing and its last report."""
        own = self.find_reports(measure.id)
        last = own[-1] if own else None
        decisive = self._reported_case(measure.deadline, own)
        for obligation in self.obligations[measure.id]:
            case = self._obligation_case(obligation)
            if case.done is None or obligation.kind is ObligationKind.DEADLINE:
                decisive = case
            if case.done is None:
                break
        status = LastStatus(last.status) if last else LastStatus.NOT_REPORTED
        assessment = assess(decisive._replace(status=status))
        received = map(self.received_on, self.reports.get(measure.id, ()))
        return TrackedMeasure(measure, assessment, last, max(received, default=None))

    def find_reports(self, measure: str, due: str | None = None) -> tuple[Report, ...]:
        """Return the reports on a measure, or on what is `due` of it; oldest first."""
        return tuple(it for it in self.reports.get(measure, ()) if it.due == due)

    def received_on(self, report: Report) -> date:
        """Return when a report was entered; if later than the day asked, the day it is about."""
        return report.recorded_on if report.recorded_on <= self.day else report.on

    def points(self, indicator: Indicator) -> tuple[targets.Point, ...]:
        """Return every reported value of an indicator; of a day, the one recorded last."""
        return find_points(indicator.id, self.reports.get(indicator.measure, ()))

    def assess_target(
        self, indicator: Indicator, target: Target
    ) -> tuple[Assessment, targets.Point | None]:
        """Return how a target stands, and the reported value that decides."""
        case, point = self._target_case(indicator, target)
        return assess(case), point

    def assess_obligation(self, obligation: Obligation) -> Assessment:
        """Return how an obligation stands.

        A deadline is done when its measure was reported as done and every target of that day is
        met; another day of a measure when the targets that its passages quote are met and, if one
        quotes none, when the reports on it or those on its measure say so. What recurs is done
        too when its measure was reported as in progress within its period, and it is not when its
        measure was reported as done after it.
        """
        return assess(self._obligation_case(obligation))

    def _obligation_case(self, obligation: Obligation) -> Case:
        measure, due = obligation.measure, obligation.date
        reports = self.find_reports(measure.id)
        promised = [it for it in self.targets_by_measure.get(measure.id, ()) if it[1].by == due]
        if obligation.kind is ObligationKind.DEADLINE:
            reported = self._reported_case(due, reports)
            cases = [reported, *(self._target_case(*it)[0] for it in promised)]
            return _join(cases)._replace(status=reported.status)
        of_it = self.find_reports(measure.id, obligation.due)
        passages = measure.find_passages(due)
        if obligation.span:
            passages = (obligation.what,)
            reports = _select_within(obligation.span, reports, is_decided=bool(of_it))
        if obligation.span or due == measure.deadline:
            # What no milestone quotes belongs to the deadline alone.
            promised = _select_quoted(passages, promised)
        cases = [self._target_case(*it)[0] for it in promised]
        if not all(_quote_any([it], promised) for it in passages):
            cases.append(self._reported_case(due, of_it, reports))
        return _join(cases)

    def _reported_case(self, due: date | None, *sources: Sequence[Report]) -> Case:
        """Return what one or several series of reports say of something due on a date.

        It is done as soon as the reports of any series say so. If none does, the last report of
        the first series that has any decides. Of several about one day, only the last counts.
        """
        days = ({it.on: it.status is Status.DONE for it in reports} for reports in sources)
        runs = (targets.start_of_last_run([*by_day.items()]) for by_day in days)
        done = min(filter(None, runs), default=None)
        last = next((reports[-1].status for reports in sources if reports), None)
        status = LastStatus.NOT_REPORTED if last is None else LastStatus(last)
        return Case(due, self.day, self.within, LastStatus.DONE if done else status, done)

    def _target_case(
        self, indicator: Indicator, target: Target
    ) -> tuple[Case, targets.Point | None]:
        done, point = targets.judge(indicator.targets, target, self.points(indicator))
        status = LastStatus.IN_PROGRESS if point else LastStatus.NOT_REPORTED
        status = LastStatus.DONE if done else status
        return Case(target.by, self.day, self.within, status, done), point


def count_late(plan: Plan, day: date) -> int:
    """Return how many reports on a day and earlier ones were entered after it."""
    return sum(report.on <= day < report.recorded_on for report in plan.reports)


def find_points(indicator: str, reports: tuple[Report, ...]) -> tuple[targets.Point, ...]:
    """Return the values of an indicator in reports that are in order; one a day, the last."""
    return targets.latest_by_day(
        (report.on, value)
        for report in reports
        for code, value in report.values
        if code == indicator
    )


def _select_within(
    span: Span, reports: Sequence[Report], *, is_decided: bool
) -> tuple[Report, ...]:
    """Return those of the reports on a measure that say something of what recurs in a period.

    They are those within it, and those before it if the measure was done by then. That a measure
    is in progress means that it did what is due in the period, unless that `is_decided` by
    reports on the period itself.
    """
    before = tuple(it for it in reports if it.on < span.first)
    within = tuple(it for it in reports if span.first <= it.on <= span.last)
    if not is_decided:
        kept = {Status.IN_PROGRESS: Status.DONE}
        within = tuple(it._replace(status=kept.get(it.status, it.status)) for it in within)
    return (*before, *within) if before and before[-1].status is Status.DONE else within


def _select_quoted(
    passages: Iterable[str], promised: Iterable[tuple[Indicator, Target]]
) -> list[tuple[Indicator, Target]]:
    """Return the targets that any of the passages promises."""
    return [it for it in promised if _quote_any(passages, [it])]


def _quote_any(passages: Iterable[str], promised: Iterable[tuple[Indicator, Target]]) -> bool:
    """Return whether any of the passages promises any of the targets."""
    return any(targets.is_quoted(it, passage) for passage in passages for _, it in promised)


def _join(cases: Sequence[Case]) -> Case:
    """Return several cases of one date as one: done when all are, blocked when any is.

    Where their statuses differ otherwise, it is in progress.
    """
    if all(case.done for case in cases):
        return max(cases, key=lambda case: case.done or date.min)
    statuses = {case.status for case in cases}
    if LastStatus.BLOCKED in statuses:
        status = LastStatus.BLOCKED
    else:
        status = statuses.pop() if len(statuses) == 1 else LastStatus.IN_PROGRESS
    return cases[0]._replace(status=status, done=None)
