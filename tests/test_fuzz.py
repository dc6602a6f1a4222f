"""A bounded number of tries of each kind of attack; `make fuzz` makes as many as wanted."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.fuzz.attack import Case, Kind, attempt, expect, minimise
from tests.fuzz.bench import Bench, make_bench
from tests.fuzz.kinds import KINDS

SEED = 20261126


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with make_bench() as bench:
        yield bench


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_case_of_a_kind_breaks_a_promise(kind: Kind, bench: Bench) -> None:
    number = 40 if kind.name == "commands" else 150
    tried = (attempt(kind, bench, SEED, at) for at in range(number))
    failures = [failure for failure in tried if failure]
    assert not failures, str(minimise(kind, bench, failures[0]))


def test_what_breaks_a_promise_is_found_and_cut_down(bench: Bench) -> None:
    def judge(_bench: Bench, case: Case) -> None:
        assert case.content != b"", "an exception is a broken promise as well"
        expect(b"%" not in case.content, "no per cent", case.content)

    def draw(_bench: Bench, chance: Random) -> Case:
        return Case("甲乙\n丙%丁\n".encode() if chance.random() < 0.5 else b"")

    kind = Kind("example", draw, judge)
    found = [failure for at in range(8) if (failure := attempt(kind, bench, 1, at))]
    assert {failure.promise for failure in found} == {
        "no per cent",
        "nothing raises AssertionError in test_fuzz.py, judge",
    }
    (content,) = {minimise(kind, bench, it).case.content for it in found} - {b""}
    assert content == b"%"
    assert found == [it for at in range(8) if (it := attempt(kind, bench, 1, at))], "repeatable"
