"""The indicators hold every figure that the published text promises, and no other.

Each goal takes its figure out of the text that its passage stands in. What then remains is no
promise, or is one that the text tells twice, and is listed here word for word. That the texts are
those of the published table is proven by the transcription.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from credit_plan.models.draft import Draft
from credit_plan.models.indicators import Indicator, Target
from credit_plan.models.records import Task
from credit_plan.targets import is_yearly

FIGURE = re.compile(
    r"\d+(?:\.\d+)?万?|全覆盖|[零一二两三四五六七八九十百千]+(?=[次个篇名户人项家场])"
)
NO_FIGURES = (
    r"\d{4}(?:－\d{4})?年|\d{4}年到",
    r"〔\d{4}〕\d+号",
    r"“\d+\.\d+”",
    r"(?:^|。)\d\.|\(\d\)",
    r"12309网站|17部门|一户一档案|“两个所有”",
)
"""Years, numbers of documents, days of remembrance, counting of sentences, and names."""

NO_GOAL = {
    "2 task": ["98", "0"],
    "14 task": ["100"],
    "16 task": ["5"],
    "17 task": ["1万"],
    "59.3 target": ["全覆盖"],
}
"""A task that tells what the target of its measure says; and 基本实现全覆盖, which is no figure."""


@dataclass
class Printed:
    """A text of the plan, and the figures in it that no goal has taken."""

    text: str
    left: list[re.Match[str]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Printed:
        """With every figure in it; one that is printed with 双 stands for two."""
        blanked = text
        for pattern in NO_FIGURES:
            blanked = re.sub(pattern, lambda it: "＃" * len(it[0]), blanked)
        every = [
            [it] * (1 + blanked.endswith("双", 0, it.start())) for it in FIGURE.finditer(blanked)
        ]
        return cls(text, [it for figure in every for it in figure])

    def take(self, goal: Target) -> bool:
        """Whether the figure of a goal is in its passage, and was not taken yet."""
        start = self.text.find(goal.text)
        for it in self.left if start >= 0 else ():
            is_inside = start <= it.start() and it.end() <= start + len(goal.text)
            if is_inside and meaning(it[0]) == goal.value:
                self.left.remove(it)
                return True
        return False


def meaning(printed: str) -> Decimal:
    """Return the number that a printed figure stands for."""
    words = {"全覆盖": Decimal(100), "一": Decimal(1), "1万": Decimal(10_000)}
    return words[printed] if printed in words else Decimal(printed)


def left(tasks: Sequence[Task], indicators: Sequence[Indicator]) -> dict[str, list[str]]:
    """Return the figures that no goal has taken, by position; AssertionError for one too many."""
    printed = {where: Printed.of(text) for task in tasks for where, text in texts(task)}
    for indicator in indicators:
        name = indicator.measure
        places = (f"{name} target", f"{name} text", f"{name.partition('.')[0]} task")
        goals = indicator.goals[:1] if is_yearly(indicator.goals[0]) else indicator.goals
        for goal in goals:
            taken = any(printed[it].take(goal) for it in places)
            assert taken, f"{indicator.id}: {goal.value} is not left in {goal.text}"
    return {where: [it[0] for it in text.left] for where, text in printed.items() if text.left}


def texts(task: Task) -> Iterator[tuple[str, str]]:
    """Where each text of a task stands, and the text."""
    yield f"{task.id} task", task.task
    for measure in task.measures:
        yield f"{task.measure_id(measure)} text", measure.text
        yield f"{task.measure_id(measure)} target", measure.target


@pytest.fixture(scope="session")
def indicators(draft: Draft) -> tuple[Indicator, ...]:
    return tuple(located.record for located in draft.indicators)


def test_every_figure_that_is_promised_is_a_goal(
    tasks: tuple[Task, ...], indicators: tuple[Indicator, ...]
) -> None:
    assert left(tasks, indicators) == NO_GOAL
    assert len(indicators) == 32


def test_a_forgotten_goal_is_noticed(
    tasks: tuple[Task, ...], indicators: tuple[Indicator, ...]
) -> None:
    for at, indicator in enumerate(indicators):
        others = (*indicators[:at], *indicators[at + 1 :])
        assert left(tasks, others) != NO_GOAL, indicator.id
        for position, goal in enumerate(indicator.goals):
            fewer = (*indicator.goals[:position], *indicator.goals[position + 1 :])
            if fewer and not is_yearly(goal):
                shorter = replace(indicator, goals=fewer)
                assert left(tasks, (*others, shorter)) != NO_GOAL, goal.text


def test_an_invented_goal_is_noticed(
    tasks: tuple[Task, ...], indicators: tuple[Indicator, ...]
) -> None:
    copy = replace(indicators[0], id="copy")
    with pytest.raises(AssertionError, match="copy: 150 is not left"):
        left(tasks, (*indicators, copy))


def test_what_is_promised_for_every_year_is_so_from_its_beginning_to_the_deadline(
    indicators: tuple[Indicator, ...],
) -> None:
    yearly = [it for it in indicators if is_yearly(it.goals[0])]
    assert [it.id for it in yearly] == ["piracy-campaigns"]
    for indicator in yearly:
        assert [goal.by.year for goal in indicator.goals] == [2022, 2023, 2024, 2025]


def test_what_no_year_is_printed_for_says_so_in_a_note(indicators: tuple[Indicator, ...]) -> None:
    for indicator in indicators:
        for goal in indicator.goals:
            if not re.search(r"20\d\d年|每年", goal.text):
                assert indicator.note, indicator.id
                assert "没有年度" in indicator.note
