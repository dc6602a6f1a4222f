"""Which values are searched for stray spaces, half-width marks and invisible characters."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.draft import Draft, Located
from credit_plan.models.fields import fields_by_key
from credit_plan.models.progress import Entry
from credit_plan.models.records import Measure, Task
from credit_plan.models.validation import validate_record
from credit_plan.models.values import Names, Remark, Text
from credit_plan.rules import stray_space
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask
from credit_plan.rules.texts import iter_texts, join_suspect
from tests.conftest import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterMeasure(Measure):
    """A measure as a later version may have it."""

    summary: Text
    keywords: Names = ()
    opinion: Remark | None = None


@pytest.fixture(scope="module")
def draft() -> Draft:
    """Return the real plan with a report."""
    report = validate_record(
        Entry,
        {
            "measure": "14",
            "on": "2023-12-31",
            "unit": "市营商局",
            "status": "done",
            "values": {"credit-granted": "3.2"},
            "note": "已 完成",
            "evidence": [{"url": "https://example.org/甲 乙"}],
            "recorded": "2024-01-05T09:30:00+08:00",
        },
    )
    plan = load(Source(ROOT / "data", bundled=False)).draft
    return replace(plan, entries=(Located("14.yaml", report, ("entries", 0)),))


def test_words_are_searched_and_ids_numbers_and_dates_are_not(draft: Draft) -> None:
    texts = (it for record in records_of(draft) for it in iter_texts(record))
    fields = {tuple(key for key in path if isinstance(key, str)) for path, _text in texts}
    assert fields == {
        ("task",),
        ("measures", "text"),
        ("measures", "target"),
        ("measures", "milestones", "text"),
        ("measures", "recurrences", "text"),
        ("measures", "lead"),
        ("measures", "responsible"),
        ("measures", "deadline", "text"),
        ("measures", "note"),
        ("units", "name"),
        ("units", "aliases"),
        ("title",),
        ("city",),
        ("period", "name"),
        ("chapters", "title"),
        ("indicators", "name"),
        ("indicators", "unit"),
        ("indicators", "goals", "text"),
        ("indicators", "note"),
        ("entries", "unit"),
    }


def test_a_new_text_field_is_searched_unless_it_is_in_the_words_of_its_author(draft: Draft) -> None:
    fields = {
        "summary": "推进 信息共享",
        "keywords": ("信用", "信息 共享"),
        "opinion": "尚 可",
    }
    known = draft.tasks[0].record.measures[0]
    values = {name: getattr(known, name) for name in fields_by_key(Measure)}
    measure = LaterMeasure(**values, **fields)
    task = Task(id=82, chapter=4, task="推进", measures=(measure,))
    located = LocatedTask.of(Located("82.yaml", task))
    found = stray_space.find_in_task(located, Context(draft))
    assert [(it.file, it.path) for it in found] == [
        ("82.yaml", ("measures", 0, "summary")),
        ("82.yaml", ("measures", 0, "keywords", 1)),
    ]


@pytest.mark.parametrize("sign", ["\n", " ", "\u3000", "\u200b", "\u2f08", ",", '”"', "\ufffd"])
def test_the_texts_of_a_record_are_searched_if_one_of_them_is_unusual(
    draft: Draft, sign: str
) -> None:
    task = draft.tasks[0].record
    measure, *others = task.measures
    noted = replace(measure, note=f"备注{sign}说明")
    assert join_suspect(task) == ""
    changed = replace(task, measures=(noted, *others))
    assert noted.note in join_suspect(changed)


def records_of(draft: Draft) -> Iterator[Located[Any]]:
    """Yield every record of a draft."""
    yield from draft.tasks
    yield from draft.indicators
    yield from draft.entries
    yield from (it for it in (draft.metadata, draft.registry) if it)
