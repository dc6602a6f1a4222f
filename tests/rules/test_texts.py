"""Which values are searched for stray spaces, half-width marks and invisible characters."""

from dataclasses import dataclass, replace

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
from credit_plan.rules.texts import iter_texts
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
    texts = iter_texts(draft, lambda _text: True)
    fields = {tuple(key for key in path if isinstance(key, str)) for _file, path, _text in texts}
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
    later = replace(draft, tasks=(Located("82.yaml", task),))
    assert [(it.file, it.path) for it in stray_space.find(later)] == [
        ("82.yaml", ("measures", 0, "summary")),
        ("82.yaml", ("measures", 0, "keywords", 1)),
    ]


def test_the_texts_of_a_record_are_tried_as_one_first(draft: Draft) -> None:
    tried: list[str] = []
    assert list(iter_texts(draft, lambda text: tried.append(text) is not None)) == []
    records = (draft.metadata, draft.registry, *draft.tasks, *draft.indicators, *draft.entries)
    assert len(tried) == len(records)
