"""What was reported by a day, and how measures, milestones and promised figures stand by it.

A report is known from the day on which it was recorded: what was said later changes no earlier
answer. Of two reports of the same day the one recorded later is the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from credit_plan.model import Entry, Goal, Indicator, Milestone, Plan
from credit_plan.standing import Case, Standing, standing
from credit_plan.terms import WITHIN, State, Status

Point = tuple[date, Decimal]
"""A figure that was reported, and the day on which it stood so."""

_YEAR: Final = 12, 31


@dataclass(frozen=True, slots=True)
class Known:
    """The reports known on a day, by measure, oldest first, and the goals of each measure."""

    day: date
    within: int
    reports: dict[str, tuple[Entry, ...]]
    goals: dict[str, tuple[tuple[Indicator, Goal], ...]]
    recorded: int

    @classmethod
    def of(cls, plan: Plan, day: date, within: int = WITHIN) -> Known:
        """What is known of a plan on a day; units go by the registry's names."""
        names = plan.by_name
        by_measure: dict[str, list[Entry]] = {}
        for entry in sorted(plan.entries, key=lambda entry: entry.when):
            if entry.known_from <= day:
                unit = names[entry.unit].name
                named = entry if unit == entry.unit else entry.model_copy(update={"unit": unit})
                by_measure.setdefault(entry.measure, []).append(named)
        goals: dict[str, list[tuple[Indicator, Goal]]] = {}
        for indicator in plan.indicators:
            goals.setdefault(indicator.measure, []).extend(
                (indicator, it) for it in indicator.goals
            )
        return cls(
            day,
            within,
            {measure: tuple(entries) for measure, entries in by_measure.items()},
            {measure: tuple(promised) for measure, promised in goals.items()},
            sum(map(len, by_measure.values())),
        )

    def last(self, measure: str) -> Entry | None:
        """The last report of a measure."""
        reports = self.reports.get(measure)
        return reports[-1] if reports else None

    def heard(self, measure: str) -> date | None:
        """The day on which the latest report of a measure was recorded."""
        return max((it.known_from for it in self.reports.get(measure, ())), default=None)

    def of_measure(self, measure: str, due: date) -> Standing:
        """How a measure stands to its deadline."""
        reports = self.reports.get(measure, ())
        status = reports[-1].status if reports else None
        done = _since([(it.on, it.status is Status.DONE) for it in reports])
        return standing(Case(due, self.day, self.within, status, done))

    def points(self, indicator: Indicator) -> tuple[Point, ...]:
        """Every figure of an indicator that was reported; of a day, the one recorded last."""
        reports = self.reports.get(indicator.measure, ())
        figures = {it.on: it.values[indicator.id] for it in reports if indicator.id in it.values}
        return tuple(figures.items())

    def of_goal(self, indicator: Indicator, goal: Goal) -> tuple[Standing, Point | None]:
        """How a promised figure stands, and the reported one by which it is judged."""
        case, point = self._case(indicator, goal)
        return standing(case), point

    def of_milestone(self, measure: str, milestone: Milestone) -> Standing | None:
        """How a milestone stands: by the figures in it, or by what was reported of its measure.

        None where it has no figures, its day has passed, and the measure was not done by then:
        no report speaks of a milestone alone.
        """
        by = milestone.by
        cases = [
            self._case(indicator, goal)[0]
            for indicator, goal in self.goals.get(measure, ())
            if goal.by == by and (goal.text in milestone.text or milestone.text in goal.text)
        ]
        if not cases:
            stands = self.of_measure(measure, by)
            told = stands.state in {State.NOT_REPORTED, State.DONE_ON_TIME}
            return stands if told or (self.day <= by and stands.is_open) else None
        done = [case.done for case in cases if case.done]
        if len(done) == len(cases):
            return standing(Case(by, self.day, self.within, Status.DONE, max(done)))
        silent = all(case.status is None for case in cases)
        status = None if silent else Status.IN_PROGRESS
        return standing(Case(by, self.day, self.within, status))

    def _case(self, indicator: Indicator, goal: Goal) -> tuple[Case, Point | None]:
        """The case of a promised figure.

        At its year-end it is judged by the last figure since the year-end promised before it.
        Where that was none or not enough, a later one may do, unless each year counts for itself.
        """
        points = self.points(indicator)
        start = _begins(indicator, goal)
        own = [point for point in points if start < point[0] <= goal.by]
        later = [] if goal.is_of_its_year else [point for point in points if point[0] > goal.by]
        done, at = _since([(day, goal.is_met_by(figure)) for day, figure in own]), own[-1:]
        if done is None:
            caught_up = [point for point in later if goal.is_met_by(point[1])][:1]
            done, at = (caught_up[0][0] if caught_up else None), caught_up or later[-1:] or own[-1:]
        status = Status.DONE if done else Status.IN_PROGRESS if at else None
        return Case(goal.by, self.day, self.within, status, done), at[0] if at else None


def _begins(indicator: Indicator, goal: Goal) -> date:
    """The last day that does not count for a goal: the year-end that was promised before it."""
    before = max((it.by for it in indicator.goals if it.by < goal.by), default=date.min)
    if not goal.is_of_its_year:
        return before
    return max(before, date(goal.by.year - 1, *_YEAR))


def _since(told: Sequence[tuple[date, bool]]) -> date | None:
    """The first day of the run at the end that is true; None where the last is not."""
    since = None
    for day, is_so in reversed(told):
        if not is_so:
            break
        since = day
    return since


def known_entries(known: Known, measures: Iterable[str]) -> tuple[Entry, ...]:
    """The reports of some measures, oldest first."""
    return tuple(
        sorted(
            (it for name in measures for it in known.reports.get(name, ())),
            key=lambda entry: entry.when,
        )
    )
