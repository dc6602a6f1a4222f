"""`check` warns of what is done without its figure exactly where `indicators` says that it is not.

Both ask `promised` which figure counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.draft import Draft, Located, Plan
from credit_plan.models.progress import Entry
from credit_plan.query.known import Known
from credit_plan.rules import done_without_figure
from credit_plan.terms import State
from tests.conftest import ROOT

DAY: Final = date(2027, 6, 30)
FIGURES: Final = st.tuples(
    st.dates(date(2021, 1, 1), DAY), st.one_of(st.none(), st.integers(0, 200))
)
"""The day of a report, and the figure in it; None where it has none."""


@pytest.fixture(scope="session")
def draft() -> Draft:
    return load(Source(ROOT / "data", bundled=False), today=DAY).draft


@given(st.lists(FIGURES, max_size=6), st.data())
def test_a_warning_is_given_exactly_where_a_figure_is_not_reached(
    draft: Draft, plan: Plan, told: Sequence[tuple[date, int | None]], data: st.DataObject
) -> None:
    indicator = data.draw(st.sampled_from(plan.indicators))
    entries = [
        entry(indicator.measure, on, figure, indicator.id, status="in-progress")
        for on, figure in told
    ]
    entries.append(entry(indicator.measure, DAY, None, indicator.id, status="done"))
    listed = tuple(Located("14.yaml", it, ("entries", at)) for at, it in enumerate(entries))
    found = list(done_without_figure.find(replace(draft, entries=listed)))
    known = Known.of(replace(plan, entries=tuple(entries)), DAY + timedelta(1))
    assert len(found) == len(missed(plan, known, indicator.measure))


def missed(plan: Plan, known: Known, measure: str) -> list[str]:
    """The indicators that are to be reached by the deadline of a measure, and were not."""
    every = ((task.measure_id(it), it) for task in plan.tasks for it in task.measures)
    deadline = next(it.deadline.by for name, it in every if name == measure)
    return [
        indicator.id
        for indicator, goal in known.goals[measure]
        if goal.by == deadline
        and known.of_goal(indicator, goal)[0].state not in {State.DONE_ON_TIME, State.DONE_LATE}
    ]


def entry(measure: str, on: date, figure: int | None, indicator: str, *, status: str) -> Entry:
    """A report of a measure, recorded at the end of its day."""
    told = {"measure": measure, "on": str(on), "unit": "市营商局", "status": status}
    values = {} if figure is None else {"values": {indicator: str(figure)}}
    return Entry.model_validate(told | values | {"recorded": f"{on}T23:00:00+08:00"})
