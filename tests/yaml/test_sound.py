"""A file without anything to report is parsed in one pass, with the same result."""

from __future__ import annotations

import random
from typing import Any

import pytest

from credit_plan.yaml.nodes import iter_scalars
from credit_plan.yaml.parse import parse_bytes, parse_sound
from tests.cases import CONTENTS
from tests.conftest import ROOT
from tests.damages import OPERATIONS

FILES = sorted((ROOT / "data").rglob("*.yaml"))


def check_agreement(content: bytes) -> bool:
    """Return whether nothing is reported; then nothing is to be reported, and all is the same."""
    sound, parsed = parse_sound(content), parse_bytes(content, repairing=False)
    assert (sound is None) == bool(parsed.diagnostics or parsed.root is None)
    if sound is None or parsed.root is None or sound.root is None:
        return False
    same = (parsed.text, parsed.data, parsed.broken, parsed.lost, parsed.repaired)
    assert (sound.text, sound.data, sound.broken, sound.lost, sound.repaired) == same
    places = [(it.value, it.start_mark.index, it.end_mark.index) for it in iter_scalars(sound.root)]
    assert places == [
        (it.value, it.start_mark.index, it.end_mark.index) for it in iter_scalars(parsed.root)
    ]
    return True


def test_the_files_of_the_plan_are_sound() -> None:
    assert all(check_agreement(path.read_bytes()) for path in FILES)


def test_the_files_of_the_cases_are_parsed_alike() -> None:
    assert {check_agreement(content) for content in CONTENTS} == {True, False}


def test_a_conflict_inside_a_text_is_reported() -> None:
    assert not check_agreement('task: "甲\n=======\n乙"\n'.encode())


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda it: it.__name__)
def test_damaged_files_are_parsed_alike(operation: Any) -> None:  # noqa: ANN401  as the damages are
    chance = random.Random(operation.__name__)
    for path in chance.sample(FILES, 30):
        damage = operation(path.read_text("utf-8").split("\n"), chance)
        if damage and damage.content is not None:
            check_agreement(damage.content)
