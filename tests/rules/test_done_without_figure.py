"""`check` warns of what is done without its figure exactly where `indicators` says that it is not.

Both ask `targets` which figure counts.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from credit_plan.as_of import AsOf
from credit_plan.loader.build import build_plan
from credit_plan.models.draft import Located
from credit_plan.models.progress import Entry
from credit_plan.models.validation import validate_record
from credit_plan.plan import Plan
from credit_plan.rules import done_without_figure
from credit_plan.rules.context import Context
from credit_plan.status import DONE
from tests.conftest import read_draft

DAY = date(2027, 6, 30)
FIGURES = st.tuples(st.dates(date(2021, 1, 1), DAY), st.one_of(st.none(), st.integers(0, 200)))
"""The day of a report, and the figure in it; None where it has none."""


@given(st.lists(FIGURES, max_size=6), st.data())
def test_a_warning_is_given_exactly_where_a_figure_is_not_reached(
    figures: Sequence[tuple[date, int | None]], data: st.DataObject
) -> None:
    draft = read_draft()
    indicator = data.draw(st.sampled_from(draft.indicators)).record
    entries = [
        entry(indicator.measure, on, figure, indicator.id, status="in-progress")
        for on, figure in figures
    ]
    entries.append(entry(indicator.measure, DAY, None, indicator.id, status="done"))
    reported = replace(
        draft,
        today=DAY,
        entries=tuple(
            Located("14.yaml", it, ("entries", index)) for index, it in enumerate(entries)
        ),
    )
    found = list(done_without_figure.find(Context(reported)))
    assert len(found) == count_missed(build_plan(reported), indicator.measure)


def count_missed(plan: Plan, measure: str) -> int:
    """Count the targets for the deadline of a measure that were not met."""
    as_of = AsOf.of(plan, DAY + timedelta(1))
    (deadline,) = (it.deadline for it in plan.measures if it.id == measure)
    return sum(
        as_of.assess_target(indicator, target)[0].timing not in DONE
        for indicator, target in as_of.targets_by_measure[measure]
        if target.by == deadline
    )


def entry(measure: str, on: date, figure: int | None, indicator: str, *, status: str) -> Entry:
    """Return a report of a measure, recorded at the end of its day."""
    told = {"measure": measure, "on": str(on), "unit": "市营商局", "status": status}
    values = {} if figure is None else {"values": {indicator: str(figure)}}
    return validate_record(Entry, told | values | {"recorded": f"{on}T23:00:00+08:00"})
