"""`fmt` never changes what a file says, whatever marks its values hold (attack X4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_plan.formatting.canonical import format_text
from credit_plan.formatting.files import find_targets, format_file
from credit_plan.formatting.values import fix_record
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.loader.validate import parse_and_validate
from credit_plan.models.records import Record, Task
from credit_plan.yaml.parse import Parsed, parse
from tests.cases import BASE, judged, lay_out
from tests.marked import COMMENTS, Marked, marked

TASK = """id: 2
chapter: 2
task: 强化信用信息安全防护管理
measures:
  - text: 开展网络安全等级保护测评。
    target: 2022年起持续推动工作开展
    lead: [市住建局]
    deadline: {text: 2025年底前, by: 2025-12-31}
    page: 2
"""


def sound_files(seed: int) -> Iterator[Marked]:
    """Yield what chance writes, without end."""
    chance = Random(seed)
    while True:
        if file := marked(chance):
            yield file


def read(text: str, model: type[Record]) -> Parsed:
    """Return a file that must be sound, as `fmt` reads it."""
    parsed, record = parse_and_validate(text.encode(), model, fix=fix_record)
    assert not isinstance(record, tuple), record
    return parsed


@settings(max_examples=400)
@given(st.integers(0, 2**32), st.booleans())
def test_a_sound_file_means_what_yaml_says(seed: int, windows: bool) -> None:
    """It is neither repaired nor refused, and its form says the same with all its comments."""
    file = next(sound_files(seed))
    text = file.text.replace("\n", "\r\n") if windows else file.text
    parsed = read(text, file.model)
    assert parsed.diagnostics == ()
    assert parsed.data == file.data
    written = format_text(parsed, file.model)
    assert yaml.load(written, yaml.BaseLoader) == fix_record(file.data, file.model)  # noqa: S506  texts
    again = parse(written)
    assert (again.diagnostics, again.repaired.edits) == ((), {})
    assert format_text(again, file.model) == written
    for comment in COMMENTS:
        assert written.count(comment) == text.count(comment)


@settings(max_examples=400)
@given(st.integers(0, 2**32), st.sampled_from(["：", "－"]))
def test_a_repair_elsewhere_changes_no_value_in_quotes(seed: int, mark: str) -> None:
    """A file with one mark to repair is written with its values, or not at all."""
    file = next(sound_files(seed))
    key = next(it for it in ("measures", "entries", "units") if f"{it}:\n" in file.text)
    start, end = (f"{key}:\n", f"{key}：\n") if mark == "：" else ("\n  - ", "\n  － ")
    text = file.text.replace(start, end, 1)
    parsed, record = parse_and_validate(text.encode(), file.model, fix=fix_record)
    assert parsed.diagnostics
    for it in parsed.repaired.explain():
        assert not is_in_quotes(file.text, it.line, it.column), it
    if isinstance(record, tuple) or not all(it.fixable for it in parsed.diagnostics):
        return
    written = format_text(parsed, file.model)
    expected = fix_record(file.data, file.model)
    # A key in braces after a full-width comma is taken for one, as “check” says.
    if "ongoing：true" not in file.text:
        assert yaml.load(written, yaml.BaseLoader) == expected  # noqa: S506  texts


def is_in_quotes(text: str, line: int, column: int) -> bool:
    """Return whether a place in a text is inside a value that does not stand plain."""
    for token in yaml.scan(text):
        if isinstance(token, yaml.ScalarToken) and not token.plain:
            start, end = token.start_mark, token.end_mark
            if (start.line, start.column) < (line - 1, column - 1) < (end.line, end.column):
                return True
    return False


@pytest.fixture
def task(tmp_path: Path) -> Path:
    """Return the place of TASK in a sound plan in a folder of its own."""
    lay_out(BASE, tmp_path / "data")
    return tmp_path / "data" / "measures" / "02.yaml"


def formatted(file: Path) -> str | None:
    """Return the form of a file, or None for one that is not written."""
    (target,) = find_targets([file], None)
    result = format_file(target)
    return None if result.reasons else result.after


@pytest.mark.parametrize(
    "note",
    [
        '"甲，by：2"',
        "'甲，by：2'",
        '"https://example.org/?filter=a,type:notice"',
        '"{text：x}"',
        '"甲\n      ，by：2\n\n      \tlead：乙"',
        "甲，by：2",
        "https://example.org/a：b",
        "甲｝",
    ],
)
def test_values_in_braces_are_left_alone(task: Path, note: str) -> None:
    before, _dash, entry = TASK.partition("  - ")
    pairs = [line.strip() for line in entry.strip().split("\n")]
    text = f"{before}  - {{{', '.join(pairs)}, note: {note}}}\n"
    task.write_bytes(text.encode())
    assert {it.rule for it in judged(task.parents[1])} <= {"half-width-mark", "stray-space"}
    after = formatted(task)
    assert after is not None
    meant = fix_record(yaml.load(text, yaml.BaseLoader), Task)  # noqa: S506  texts
    assert yaml.load(after, yaml.BaseLoader) == meant  # noqa: S506  texts


def test_a_rule_finds_a_value_beside_marks_that_are_left_alone(task: Path) -> None:
    """A file that is not repaired is not repaired either when positions in it are looked up."""
    deadline = "{by: 2025-12-31, text: 2025年底前，ongoing：true}"
    text = TASK.replace("{text: 2025年底前, by: 2025-12-31}", deadline)
    task.write_bytes(text.encode())
    (found,) = judged(task.parents[1])
    assert (found.rule, found.line, found.column) == ("deadline-date", 8, 38)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("chapter: 2", "chapter： [2"),
        ("lead: [市住建局]", "lead: 【［市住建局]"),
        ("page: 2", "page：2\n   x"),
        ("deadline: {", "deadline: ｛｛"),
    ],
)
def test_a_repair_that_gives_no_yaml_is_not_written(task: Path, before: str, after: str) -> None:
    assert before in TASK
    task.write_bytes(TASK.replace(before, after).encode())
    assert formatted(task) is None
    assert load(Source(task.parents[1], bundled=False)).diagnostics
