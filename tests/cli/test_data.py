"""Which plan a command answers from, and that it says so where that is not obvious."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import BASE, lay_out
from tests.conftest import ROOT, Run

BUNDLED = (
    "No plan found here; using the copy installed with the program "
    "(“credit-plan init DIR” creates a workspace).\n"
)


@pytest.fixture
def plans(tmp_path: Path) -> tuple[str, str]:
    """Return the folders of two plans."""
    for name in ("甲", "乙"):
        lay_out(BASE, tmp_path / name / "data")
    return str(tmp_path / "甲"), str(tmp_path / "乙")


@pytest.mark.english
@pytest.mark.parametrize(
    "words",
    [
        ("due", "--before", "2023"),
        ("chapters", "-f", "json"),
        ("summary", "-o", "-"),
        ("check", "--quiet"),
        ("schema",),
        ("form", "--unit", "市住建局"),
        ("status",),
    ],
    ids=" ".join,
)
def test_where_the_installed_copy_answers_stderr_says_so(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    answer = run(*words, cwd=tmp_path)
    assert answer.code == 0
    assert answer.err.startswith(BUNDLED)
    assert answer.err.count("No plan found here") == 1
    assert "No plan found here" not in run(*words, cwd=ROOT).err


@pytest.mark.parametrize("words", [("--help",), ("help", "due"), ("rules",), ("init", "W")])
def test_what_asks_no_plan_or_copies_it_says_nothing_of_it(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert "No plan found here" not in run(*words, cwd=tmp_path).err


def test_nor_does_completion(run: Run, tmp_path: Path) -> None:
    typed = {"COMP_WORDS": "credit-plan unit 市住", "COMP_CWORD": "2"}
    answer = run(_CREDIT_PLAN_COMPLETE="complete_bash", cwd=tmp_path, **typed)
    assert answer.err == ""
    assert "市住建局" in answer.out


@pytest.mark.english
@pytest.mark.parametrize("place", ["before", "after", "both"])
def test_two_plans_for_one_answer_are_refused(run: Run, plans: tuple[str, str], place: str) -> None:
    first, second = (("--data", plan) for plan in plans)
    words = {
        "before": (*first, *second, "summary"),
        "after": ("summary", *first, f"--data={plans[1]}"),
        "both": (*first, "summary", *second),
    }[place]
    answer = run(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "give it once, or compare two plans: “credit-plan diff A B”" in answer.err


def test_one_plan_before_and_after_the_command_is_no_contradiction(
    run: Run, plans: tuple[str, str]
) -> None:
    plan = plans[0]
    assert run("--data", plan, "summary", "--data", plan) == run("summary", "--data", plan)


@pytest.mark.english
@pytest.mark.parametrize(
    "words", [("--data", "{}", "-v", "summary"), ("summary", "-v", "--data", "{}")]
)
def test_the_option_counts_more_than_the_environment_wherever_it_is(
    run: Run, plans: tuple[str, str], words: tuple[str, ...]
) -> None:
    first, second = plans
    answer = run(*(word.format(first) for word in words), CREDIT_PLAN_DATA=second)
    assert answer.err == f"Data: {Path(first) / 'data'}\n"
    answer = run("-v", "summary", CREDIT_PLAN_DATA=second)
    assert answer.err == f"Data: {Path(second) / 'data'}\n"
