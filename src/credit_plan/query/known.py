"""What was reported by a day, and how measures, milestones and promised figures stand by it.

A report is known from the day on which it was recorded: what was said later changes no earlier
answer. Of two reports of the same day the one recorded later is the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from credit_plan.models.draft import Plan
from credit_plan.models.indicators import Indicator, Target
from credit_plan.models.progress import Entry
from credit_plan.models.records import Milestone
from credit_plan.promised import Point, decisive, points, since
from credit_plan.selection.asked import Asked
from credit_plan.standing import Case, Standing, standing
from credit_plan.terms import WITHIN, State, Status


@dataclass(frozen=True, slots=True)
class Known:
    """The reports known on a day, by measure, oldest first, and the goals of each measure."""

    day: date
    within: int
    reports: dict[str, tuple[Entry, ...]]
    goals: dict[str, tuple[tuple[Indicator, Target], ...]]

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
        goals: dict[str, list[tuple[Indicator, Target]]] = {}
        for indicator in plan.indicators:
            goals.setdefault(indicator.measure, []).extend(
                (indicator, it) for it in indicator.goals
            )
        return cls(
            day,
            within,
            {measure: tuple(entries) for measure, entries in by_measure.items()},
            {measure: tuple(promised) for measure, promised in goals.items()},
        )

    @classmethod
    def asked(cls, plan: Plan, asked: Asked) -> Known:
        """What is known on the day asked for; everything where none was."""
        return cls.of(plan, asked.day or date.max, asked.within)

    @property
    def recorded(self) -> int:
        """How many reports are known."""
        return sum(map(len, self.reports.values()))

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
        done = since([(it.on, it.status is Status.DONE) for it in reports])
        return standing(Case(due, self.day, self.within, status, done))

    def points(self, indicator: Indicator) -> tuple[Point, ...]:
        """Every figure of an indicator that was reported; of a day, the one recorded last."""
        reports = self.reports.get(indicator.measure, ())
        return points(indicator, reports)

    def of_goal(self, indicator: Indicator, goal: Target) -> tuple[Standing, Point | None]:
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

    def _case(self, indicator: Indicator, goal: Target) -> tuple[Case, Point | None]:
        """The case of a promised figure."""
        done, point = decisive(indicator, goal, self.points(indicator))
        status = Status.DONE if done else Status.IN_PROGRESS if point else None
        return Case(goal.by, self.day, self.within, status, done), point


def known_entries(known: Known, measures: Iterable[str]) -> tuple[Entry, ...]:
    """The reports of some measures, oldest first."""
    return tuple(
        sorted(
            (it for name in measures for it in known.reports.get(name, ())),
            key=lambda entry: entry.when,
        )
    )
