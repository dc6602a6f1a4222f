"""What counts as of a day: the reports recorded by then, and the states that follow from them.

A report counts from the day on which it was recorded, so later reports do not change answers about
earlier days. Of two reports about the same day, the one recorded later counts. The status in a
report on a milestone is not that of the measure; its figures are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credit_plan import targets
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
from credit_plan.status import DEFAULT_WITHIN, Assessment, Case, assess


@dataclass(frozen=True, slots=True)
class TrackedMeasure:
    """A measure as of a day; without a day only the measure.

    `last_recorded` is the day on which its latest report was recorded, also one on a milestone.
    """

    measure: Measure
    assessment: Assessment | None = None
    last_report: Report | None = None
    last_recorded: date | None = None

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be done, as far as was reported."""
        return self.assessment is not None and self.assessment.is_open

    @property
    def is_late(self) -> bool:
        """Return whether its deadline has passed and it was not reported as done."""
        return self.assessment is not None and self.assessment.is_late


@dataclass(frozen=True, slots=True)
class AsOf:
    """The reports that count on a day, by measure, oldest first, and the targets by measure."""

    day: date
    within: int
    reports: dict[str, tuple[Report, ...]]
    targets_by_measure: dict[str, tuple[tuple[Indicator, Target], ...]]

    @classmethod
    def of(cls, plan: Plan, day: date, within: int = DEFAULT_WITHIN) -> "AsOf":
        """Return what counts on a day; something is due soon `within` so many days."""
        reports: dict[str, list[Report]] = {}
        for report in plan.reports:
            if report.recorded_on <= day:
                reports.setdefault(report.measure, []).append(report)
        of_measure: dict[str, list[tuple[Indicator, Target]]] = {}
        for indicator in plan.indicators:
            pairs = of_measure.setdefault(indicator.measure, [])
            pairs += ((indicator, target) for target in indicator.targets)
        return cls(
            day,
            within,
            {measure: tuple(entries) for measure, entries in reports.items()},
            {measure: tuple(pairs) for measure, pairs in of_measure.items()},
        )

    @property
    def report_count(self) -> int:
        """Return how many reports count."""
        return sum(map(len, self.reports.values()))

    def track(self, measure: Measure) -> TrackedMeasure:
        """Return a measure with its state and its last report."""
        own = self.find_reports(measure.id)
        recorded = max((it.recorded_on for it in self.reports.get(measure.id, ())), default=None)
        last = own[-1] if own else None
        return TrackedMeasure(measure, self._assess(measure.deadline, own), last, recorded)

    def find_reports(self, measure: str, due: date | None = None) -> tuple[Report, ...]:
        """Return the reports on a measure, or on its milestone of a day; oldest first."""
        return tuple(it for it in self.reports.get(measure, ()) if it.due == due)

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
        """Return how an obligation stands: a deadline as its measure, a milestone by its day.

        A milestone is judged by the figures in it; if it has none, by the reports on it and by
        those on its measure.
        """
        measure = obligation.measure.id
        if obligation.kind is ObligationKind.DEADLINE:
            return self._assess(obligation.date, self.find_reports(measure))
        cases = [
            self._target_case(indicator, target)[0]
            for indicator, target in self.targets_by_measure.get(measure, ())
            if target.by == obligation.date and _quote_the_same(target.text, obligation.what)
        ]
        if cases:
            return self._assess_together(obligation.date, cases)
        own = self.find_reports(measure, obligation.date)
        return self._assess(obligation.date, own, self.find_reports(measure))

    def _assess(self, due: date, *sources: Sequence[Report]) -> Assessment:
        """Return how something stands to a date by one or several series of reports.

        It is done as soon as the reports of any series say so. If none does, the last report of
        the first series that has any decides.
        """
        runs = ([(it.on, it.status is Status.DONE) for it in reports] for reports in sources)
        done = min(filter(None, map(targets.start_of_last_run, runs)), default=None)
        last = next((reports[-1].status for reports in sources if reports), None)
        status = Status.DONE if done else last
        return assess(Case(due, self.day, self.within, status, done))

    def _target_case(
        self, indicator: Indicator, target: Target
    ) -> tuple[Case, targets.Point | None]:
        done, point = targets.judge(indicator.targets, target, self.points(indicator))
        status = Status.DONE if done else Status.IN_PROGRESS if point else None
        return Case(target.by, self.day, self.within, status, done), point

    def _assess_together(self, due: date, cases: list[Case]) -> Assessment:
        """Return how several targets stand as one: done when all are."""
        done = [case.done for case in cases if case.done]
        if len(done) == len(cases):
            return assess(Case(due, self.day, self.within, Status.DONE, max(done)))
        is_silent = all(case.status is None for case in cases)
        status = None if is_silent else Status.IN_PROGRESS
        return assess(Case(due, self.day, self.within, status))


def find_points(indicator: str, reports: tuple[Report, ...]) -> tuple[targets.Point, ...]:
    """Return the values of an indicator in reports that are in order; one a day, the last."""
    return targets.latest_by_day(
        (report.on, value)
        for report in reports
        for code, value in report.values
        if code == indicator
    )


def _quote_the_same(passage: str, other: str) -> bool:
    return passage in other or other in passage
