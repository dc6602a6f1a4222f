"""The one form of a file: it says the same, keeps every comment, and is its own form.

Every case in `formatting/formatting.cases` is a file before and after it is brought to form.
"""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_plan.formatting import layout
from credit_plan.formatting.canonical import format_text
from credit_plan.formatting.values import double_quote, fix_record, fix_value, write_scalar
from credit_plan.models.accepted import Accepted
from credit_plan.models.fields import FieldType
from credit_plan.models.indicators import Indicators
from credit_plan.models.progress import Progress
from credit_plan.models.records import PlanMetadata, Record, Registry, Task
from credit_plan.models.validation import validate_record
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.parse import parse, parse_bytes
from tests.cases import sections
from tests.conftest import ROOT
from tests.scrawl import scrawled

CASES = {
    section.heading.replace(" ", "-"): section.files
    for section in sections(ROOT / "tests" / "formatting" / "formatting.cases")
}
SHIPPED = sorted((ROOT / "data").rglob("*.yaml"))
DAY = FieldType(date)


def model_of(data: dict[str, object]) -> type[Record]:
    known = {
        "units": Registry,
        "title": PlanMetadata,
        "indicators": Indicators,
        "entries": Progress,
        "accepted": Accepted,
    }
    return next((model for key, model in known.items() if key in data), Task)


def in_form(content: bytes) -> str:
    parsed = parse_bytes(content)
    assert [fault for fault in parsed.diagnostics if not fault.fixable] == []
    return format_text(parsed, model_of(parsed.data))


@pytest.mark.parametrize("case", CASES)
def test_an_example_is_brought_to_form(case: str) -> None:
    after = CASES[case]["after.yaml"].decode()
    assert in_form(CASES[case]["before.yaml"]) == after
    assert in_form(after.encode()) == after
    parsed = parse(after)
    validate_record(model_of(parsed.data), parsed.data)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_all_shipped_data_is_in_form(file: Path) -> None:
    assert in_form(file.read_bytes()) == file.read_text(encoding="utf-8")


@settings(max_examples=150)
@given(st.sampled_from(SHIPPED), st.integers(0, 2**32))
def test_however_a_file_is_written_it_has_one_form(file: Path, seed: int) -> None:
    content = file.read_bytes()
    scrawl = scrawled(parse_bytes(content).data, random.Random(seed))
    assert parse_bytes(scrawl.content).data == parse_bytes(content).data
    _modeline, _end, records = content.decode().partition("\n")
    assert in_form(scrawl.content) == records


@settings(max_examples=150)
@given(st.sampled_from(SHIPPED), st.integers(0, 2**32))
def test_no_comment_is_lost_and_nothing_else_is_changed(file: Path, seed: int) -> None:
    data = parse_bytes(file.read_bytes()).data
    scrawl = scrawled(data, random.Random(seed), commented=True)
    written = in_form(scrawl.content)
    assert parse(written).data == data
    assert in_form(written.encode()) == written
    for comment in scrawl.comments:
        assert written.count(f"{comment}\n") == 1, comment
    assert written.count("#") == len(scrawl.comments)


@given(st.text(min_size=1))
def test_every_reader_takes_a_text_for_the_same_text(text: str) -> None:
    for written in (write_scalar(text, FieldType(str), in_flow=False), double_quote(text)):
        for loader in (yaml.SafeLoader, yaml.CSafeLoader):
            assert yaml.load(f"key: {written}", loader) == {"key": text}  # noqa: S506
    in_flow = write_scalar(text, FieldType(str), in_flow=True)
    assert yaml.safe_load(f"{{key: [{in_flow}, {in_flow}]}}") == {"key": [text, text]}


KEY = re.compile(r"(?m)(?:^ *(?:- )?|[{,] ?)([a-z][a-z0-9_-]*):")
REPORT = ROOT / "src" / "credit_plan" / "demo" / "progress" / "01.yaml"


@pytest.mark.parametrize("colon", ["：", "： "])
@pytest.mark.parametrize(
    "file",
    [*(ROOT / "data").glob("*.yaml"), ROOT / "data" / "measures" / "30.yaml", REPORT],
    ids=str,
)
def test_a_full_width_colon_behind_any_key_is_recognised_and_repaired(
    file: Path, colon: str
) -> None:
    """However long the key is, and with the id of an indicator too (E1)."""
    text = file.read_text(encoding="utf-8")
    for key in {it[1]: it for it in KEY.finditer(text, text.index("\n"))}.values():
        spoilt = text[: key.end() - 1] + colon + text[key.end() :].removeprefix(" ")
        found = parse_bytes(spoilt.encode()).diagnostics
        assert [(it.rule, it.message) for it in found] == [
            ("full-width-mark", "“：” is full-width; YAML needs “:”")
        ], key[1]
        assert in_form(spoilt.encode()) == text, key[1]


@pytest.mark.parametrize(
    "text", ["no", "1.10", "012", "12:30", "null", "~", "1e3", "0o7", "y", "2023-12-31", "=", "- a"]
)
def test_a_text_that_looks_like_something_else_is_quoted(text: str) -> None:
    assert write_scalar(text, FieldType(str), in_flow=False) == f'"{text}"'


@pytest.mark.parametrize("text", ["a\u200bb", "\ue000", "\u202e", "\x7f", "\ufeff", "\uffff"])
def test_what_cannot_be_seen_is_written_as_its_escape(text: str) -> None:
    written = write_scalar(text, FieldType(str), in_flow=False)
    assert written.isascii()
    assert yaml.safe_load(written) == text


@pytest.mark.parametrize(
    "written",
    ["31/12/2025", "2025-13-01", "2025.2.30", "2025年12月", "2025-12/31", "25-12-31", "2025年底前"],
)
def test_a_date_whose_day_is_not_certain_is_left(written: str) -> None:
    assert fix_value(written, DAY) == written


def test_what_is_no_record_is_left_for_validation_to_name() -> None:
    data = {"id": ["2"], "task": None, "measures": {"lead": "市 局"}, "unknown": "市 局"}
    assert fix_record(data, Task) == data, "a space in a list may stand between two names"
    assert fix_record(None, Task) is None


@pytest.mark.parametrize(
    ("text", "in_flow"),
    [
        ("甲，lead：乙", True),
        ("，by：2", True),
        ("，by:2", True),
        ("｛text：x｝", False),
        ("【甲]", False),
        ('【"a［b"]', False),
    ],
)
def test_a_text_that_would_be_repaired_is_quoted(text: str, in_flow: bool) -> None:
    """What `fmt` has written is not touched when it is read again (attack X4)."""
    assert write_scalar(text, FieldType(str), in_flow=in_flow) == double_quote(text)
    for other in (f"甲{text}", "甲，乙：丙", "（甲）【乙】"):
        assert write_scalar(other, FieldType(str), in_flow=False) == other


def test_a_key_that_is_no_id_is_quoted() -> None:
    entry = "{measure: '1', on: 2023-12-31, unit: a, status: done, recorded: r, values: "
    parsed = parse(f"entries: [{entry}{{'a，by：b': 1, c-1: 2}}}}]")
    assert '    values: {"a，by：b": 1, c-1: 2}\n' in format_text(parsed, Progress)


def test_a_form_with_another_meaning_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "write_scalar", lambda value, *_field, in_flow: value or in_flow)
    parsed = parse("id: '2'\ntask: 'a: b'\n")
    with pytest.raises(UnreadableError, match="another meaning"):
        format_text(parsed, Task)


def test_what_could_not_be_read_has_no_form() -> None:
    with pytest.raises(ValueError, match="no form"):
        format_text(parse(""), Task)
