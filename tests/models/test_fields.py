"""What follows from the fields of the models: a new field is forgotten nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from credit_plan.formatting.canonical import format_text
from credit_plan.formatting.layout import is_on_one_line
from credit_plan.loader.recover import stand_ins
from credit_plan.loader.validate import find_truncated_text
from credit_plan.models import indicators, progress, records
from credit_plan.models import values as v
from credit_plan.models.draft import TEXT_STAND_IN
from credit_plan.models.fields import FieldType, field_types, fields_by_key, sentence_keys
from credit_plan.models.schema import MODELS
from credit_plan.models.validation import validate_record
from credit_plan.yaml.parse import parse


def _list_models(model: type[records.Record]) -> Iterator[type[records.Record]]:
    # A class from before it had its slots may be there still.
    for it in model.__subclasses__():
        if "__slots__" in it.__dict__:
            yield it
        yield from _list_models(it)


ALL = tuple(_list_models(records.Record))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks(records.Record):
    """A record that nobody has written yet."""

    by: v.Day
    remark: v.Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(records.Measure):
    """A measure with a new field of each sort."""

    reason: v.Sentence
    budget: v.Count
    since: v.Day
    partners: v.Names
    review: records.Deadline
    remarks: v.Filled[tuple[Remarks, ...]]
    hint: v.Filled[v.Sentence | None] = None


def test_the_fields_are_those_of_the_records() -> None:
    words = frozenset({v.Mark.WORDS})
    sentence = frozenset({v.Mark.WORDS, v.Mark.SENTENCE})
    assert field_types(records.Measure)["number"] == FieldType(
        str, marks=frozenset({v.Mark.PRINTED})
    )
    assert field_types(records.Measure)["lead"] == FieldType(str, listed=True, marks=words)
    assert field_types(records.Measure)["note"] == FieldType(str, marks=sentence)
    assert field_types(records.Task)["measures"] == FieldType(records.Measure, listed=True)
    assert list(field_types(Extended)) == list(fields_by_key(Extended))


def test_a_measure_that_cannot_be_read_has_a_harmless_value_for_each_field_it_needs() -> None:
    assert stand_ins(records.Measure) == {"text": TEXT_STAND_IN}
    new = validate_record(Extended, stand_ins(Extended))
    assert (new.reason, new.partners) == (TEXT_STAND_IN, (TEXT_STAND_IN,))
    assert new.review.text == TEXT_STAND_IN
    assert new.remarks[0].remark == TEXT_STAND_IN


def test_the_sentences_of_a_file_are_those_of_its_models() -> None:
    keys = {kind: set(sentence_keys(model)) for kind, model in MODELS.items()}
    assert keys == {
        "measures": {"task", "text", "target", "note"},
        "units": set(),
        "plan": {"title", "reason"},
        "indicators": {"text", "note"},
        "progress": {"note"},
        "accepted": {"reason"},
    }
    assert sentence_keys(Extended) == {"text", "target", "note", "reason", "remark", "hint"}


@pytest.mark.parametrize("key", ["reason", "hint", "remark"])
def test_a_comment_in_a_new_sentence_is_found(key: str) -> None:
    parsed = parse(f"lead: [a] # b\nremarks:\n  - {key}: 甲 # 乙\n")
    (found,) = find_truncated_text(parsed, Extended, "01.yaml")
    assert (found.rule, found.line, found.column) == ("comment-in-text", 3, len(key) + 9)


def test_a_record_of_single_values_stands_on_one_line() -> None:
    assert {model for model in (*ALL, Remarks) if is_on_one_line(model)} == {
        records.Chapter,
        records.Deadline,
        records.Milestone,
        records.Recurrence,
        records.RecurrencePeriod,
        records.Recurring,
        records.Period,
        progress.Evidence,
        indicators.Target,
        Remarks,
    }


def test_new_fields_are_formatted_in_the_order_of_the_model() -> None:
    text = "remarks:\n- remark: 甲\n  by: 2023-1-2\nreason: '乙'\nnumber: 3\n"
    assert format_text(parse(text), Extended) == (
        'number: "3"\nreason: 乙\nremarks:\n  - {by: 2023-01-02, remark: 甲}\n'
    )


def test_every_field_has_a_title_and_a_description() -> None:
    own = (it for it in ALL if it.__module__.startswith("credit_plan."))
    for model in own:
        for name, field in fields_by_key(model).items():
            assert field.title, f"{model.__name__}.{name}"
            assert field.description, f"{model.__name__}.{name}"
