"""The table of traditional characters, compared with opencc and with the plan."""

from __future__ import annotations

import pytest

from credit_plan.plan import Plan
from credit_plan.text import to_simplified
from credit_plan.traditional import TO_SIMPLIFIED


def is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def test_the_table_is_that_of_opencc() -> None:
    """It has the characters for which opencc has another one that is in GB 2312."""
    opencc = pytest.importorskip("opencc", reason="in the dev group")
    convert = opencc.OpenCC("t2s").convert
    converted = {chr(code): convert(chr(code)) for code in range(0x4E00, 0xA000)}
    expected = {
        it: to for it, to in converted.items() if to != it and len(to) == 1 and is_simplified(to)
    }
    assert {chr(it): chr(to) for it, to in TO_SIMPLIFIED.items()} == expected


def test_the_plan_in_traditional_characters_is_the_plan(plan: Plan) -> None:
    """Each character of its texts and names comes back, whatever opencc makes of it."""
    opencc = pytest.importorskip("opencc", reason="in the dev group")
    convert = opencc.OpenCC("s2t").convert
    texts = [text for it in plan.measures for text in (it.text, it.task_text, it.target or "")]
    names = [name for unit in plan.units for name in unit.names]
    for character in sorted({*"".join([*texts, *names])}):
        assert to_simplified(convert(character)) == character


def test_simplified_texts_stay_as_they_are(plan: Plan) -> None:
    for measure in plan.measures:
        assert to_simplified(measure.text) == measure.text
