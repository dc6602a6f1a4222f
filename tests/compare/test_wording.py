"""Every field has a heading, and whatever happens to a record has a sentence."""

from __future__ import annotations

from typing import get_args

from credit_plan.compare.changes import Event, list_fields
from credit_plan.compare.matching import Kind
from credit_plan.compare.wording import INDICATOR_HEADINGS, KINDS, RECORD_HEADINGS, TOTALS
from credit_plan.models.draft import Draft


def test_every_field_has_a_heading(draft: Draft) -> None:
    metadata, registry, tasks = draft.whole()
    records = (metadata, metadata.chapters[0], registry.units[0], tasks[0], tasks[0].measures[0])
    fields = {key for record in records for key in list_fields(record)}
    assert fields <= RECORD_HEADINGS.keys()
    indicator = draft.indicators[0].record
    fields = {key for record in (indicator, indicator.goals[0]) for key in list_fields(record)}
    assert fields <= INDICATOR_HEADINGS.keys()


def test_whatever_happens_to_a_record_is_counted() -> None:
    kinds = set(get_args(Kind)) - {"target"}
    assert kinds == KINDS.keys()
    assert {("changed", kind) for kind in kinds} <= TOTALS.keys()
    whole = {(event, kind) for event in ("added", "removed") for kind in kinds - {"plan"}}
    assert whole <= TOTALS.keys()
    assert {event for event, _kind in TOTALS} == set(get_args(Event))
