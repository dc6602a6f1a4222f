"""Whatever is wrong with a file is said in Chinese: nothing of pydantic, libyaml or our English.

A process has one language, so all of it is said in a process of its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from credit_plan.diagnostics import Diagnostic
from credit_plan.i18n import CHINESE
from credit_plan.loader.validate import validate
from credit_plan.models.fields import FieldType, field_types
from credit_plan.models.progress import Progress
from credit_plan.models.records import PlanMetadata, Record, RequiredKey, Task
from credit_plan.models.schema import MODELS, json_schema
from credit_plan.yaml.parse import parse_bytes
from tests.cases import BAD
from tests.conftest import ROOT, Run
from tests.yaml.test_errors import CASES

ODD: tuple[Any, ...] = (
    *(None, "", " ", [], {}, [[]], [None], ["甲"], {"memo": "甲"}, {"牵头单位": "甲"}),
    *("甲", "２", "“1”", "-1", "0", "1e3", "1.10", "yes", "donne", "grupp", "甲" * 3000),
    *("2023-02-30", "2023/2/1", "２０２３/2/1", "2023年底前", "0000-01-01", "20231231"),
    *("2023Q5", "2023年一季度", "２０２３年一季度", "13-01", "02-30", "2024-01-05 09:30"),
    *("\u200b", "\u200b2023-12-31", "2023-12-31\u3000", "2023年一季度\u3000", "\x07甲"),
)
WRONG_TOGETHER = {
    "milestones": [{"by": "2023-12-31"}],
    "recurrences": [{"text": "甲"}, {"text": "甲", "every": "quarter", "on": ["03-15"]}],
    "deadline": {"text": "甲", "by": "2023-12-31", "every": "quarter"},
}
"""What is wrong with values only together."""

ENTRY = {"measure": "2", "on": "2024-01-05", "unit": "甲", "recorded": "2024-02-05T09:30:00+08:00"}

KNOWN = frozenset(
    {
        *(
            "credit-plan",
            "fmt",
            "git",
            "restore",
            "YAML",
            "UTF-8",
            "UTF-16",
            "UTF-32",
            "GBK",
            "Unix",
            "Windows",
        ),
        *("credit-granted", "true", "false", "yaml", "plan", "page", "measures"),
    }
)
"""Commands, names and examples."""

_CODE = re.compile(r"“[^“”]*”|U\+[0-9A-F]+|: [a-z-]+[,，}]")
"""What is quoted, a character's number, and a value of an example."""

_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9-]+")


def say_everything() -> None:
    """Print what is said of data that is wrong in every way, and of texts that are no YAML."""
    said = {(it.message, it.hint) for it in _find_faults()}
    json.dump(sorted(said), sys.stdout)


def _find_faults() -> Iterator[Diagnostic]:
    for model in MODELS.values():
        for odd in ODD:
            for depth in range(1, 5):
                yield from _judge(model, _spoil(model, odd, depth))
    yield from _judge(Task, {"measures": [WRONG_TOGETHER, {}]})
    for content in CASES.values():
        yield from parse_bytes(content).diagnostics
    for case in BAD:
        for content in case.files.values():
            yield from parse_bytes(content).diagnostics


def _judge(model: type[Record], data: object) -> Iterator[Diagnostic]:
    outcome = validate(model, data, "", tuple(RequiredKey) if model is Task else ())
    yield from outcome if isinstance(outcome, tuple) else ()


def _spoil(model: type[Record], odd: object, depth: int) -> object:
    """Return data in which all values at a depth are odd."""
    if not depth:
        return odd
    return {key: _spoil_field(it, odd, depth - 1) for key, it in field_types(model).items()}


def _spoil_field(field: FieldType, odd: object, depth: int) -> object:
    if not depth:
        return odd
    one = _spoil(field.record, odd, depth) if field.record else odd
    return [one] if field.listed else {"share": one} if field.keyed else one


@pytest.fixture(scope="module")
def said() -> list[tuple[str, str]]:
    script = f"""
from credit_plan.i18n import use_language
use_language({CHINESE!r})
from tests.loader.test_explain import say_everything
say_everything()
"""
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [(message, hint) for message, hint in json.loads(ended.stdout)]


def test_what_is_wrong_with_a_file_is_said_in_chinese(said: list[tuple[str, str]]) -> None:
    assert len(said) > 500
    known = KNOWN | _list_codes()
    for texts in said:
        for text in texts:
            assert re.search("[\u4e00-\u9fff]", text), text
            assert {*_WORD.findall(_CODE.sub(" ", text))} <= known, text


@pytest.mark.parametrize("value", [None, [], ["donne"]])
def test_what_is_no_text_is_no_misspelt_word(value: object) -> None:
    """“None” is like “done”."""
    (hint,) = {it.hint for it in _judge(Progress, {"entries": [ENTRY | {"status": value}]})}
    assert hint == "write one of: not-started, in-progress, done, blocked"


def test_a_status_in_chinese_is_told_its_code() -> None:
    (hint,) = {it.hint for it in _judge(Progress, {"entries": [ENTRY | {"status": "已完成"}]})}
    assert hint == "did you mean “done”?"


def test_the_same_key_of_two_records_is_explained_for_each() -> None:
    of_plan = {it.hint for it in _judge(PlanMetadata, {"recurrences": "2022年起"})}
    of_measure = {it.hint for it in _judge(Task, {"measures": [{"recurrences": "每季度"}]})}
    assert "write {from: YYYY-MM-DD, reason: …}" in of_plan - of_measure
    assert (
        'write - {text: …, every: quarter}, or - {text: …, on: ["03-15"]}' in of_measure - of_plan
    )


@pytest.mark.parametrize("kind", MODELS)
def test_what_editors_show_of_a_key_is_in_chinese(kind: str, run_chinese: Run) -> None:
    schema = json.loads(run_chinese("schema", kind).out)
    shown = [*_find_descriptions(schema)]
    assert len(shown) > len(field_types(MODELS[kind]))
    for text in shown:
        assert re.search("[\u4e00-\u9fff]", text), text
        assert " is " not in text
        assert "the" not in text.split()


def _find_descriptions(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "description" and isinstance(value, str):
                yield value
            else:
                yield from _find_descriptions(value)


def _list_codes() -> set[str]:
    """Return every key of a record and every word of a closed list."""
    codes = set()
    for kind in MODELS:
        schema = json_schema(kind)
        for it in (schema, *schema["$defs"].values()):
            codes |= {*it.get("properties", {}), *it.get("enum", ())}
    return codes
