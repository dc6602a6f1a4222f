"""The data and the published text hold each other to account, with white space removed.

Every claim of a record is taken out of the source at its own place, in the source's order and
on the page that the record names; what then remains is listed here word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from credit_plan.models.records import Measure, PlanMetadata, Task

SOURCE = Path(__file__).parent / "source" / "plan-table.txt"
TITLE = "附件绥芬河市“十四五”社会信用体系建设规划任务分工和实施措施表"
HEADINGS = (
    "序号所在章节规划任务具体实施措施和可用来检查的工作成果各年度工作目标牵头单位责任单位完成时限"
)

LOST_NUMBERS = frozenset({10, 16, 20, 42, 54, 77, 79, 80})
"""Tasks that open a page, where the extraction lost the cell 序号."""

NUMBER_AFTER_FIRST_MEASURE = frozenset({48})
"""Its cell 序号 stands after the first measure, and opens a page as well."""

CHAPTER_NUMERALS = {3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}

AND_OTHERS = "等"
"""市市场监管局等各相关单位 is two entries; the word between them remains."""


@dataclass
class Page:
    """A page's text without white space, and what nobody has claimed of it so far."""

    text: str
    at: int = 0
    left: list[str] = field(default_factory=list)

    def take(self, claim: str, what: str) -> None:
        """Claims the next occurrence of a text; what is skipped on the way is left over."""
        found = self.text.find(claim, self.at)
        assert found >= 0, f"{what} does not follow in the source: {claim}"
        if found > self.at:
            self.left.append(self.text[self.at : found])
        self.at = found + len(claim)

    def take_here(self, claim: str) -> bool:
        """Claims a text if it is the very next one."""
        if not self.text.startswith(claim, self.at):
            return False
        self.at += len(claim)
        return True

    def close(self) -> list[str]:
        """Everything that nobody has claimed, in the page's order."""
        if self.at < len(self.text):
            self.left.append(self.text[self.at :])
        return self.left


def test_the_source_has_twenty_six_pages(facts: PlanMetadata) -> None:
    assert len(pages()) == facts.pages == 26


def test_the_records_claim_the_source_and_leave_nothing_but_its_furniture(
    facts: PlanMetadata, tasks: tuple[Task, ...]
) -> None:
    found = claimed(facts, tasks)
    assert found == expected_remainder(facts, tasks)


def test_a_forgotten_sentence_is_noticed(facts: PlanMetadata, tasks: tuple[Task, ...]) -> None:
    measure = tasks[6].measures[4]
    shorter = replace(measure, text=measure.text.partition("。")[0] + "。")
    forgetful = replaced(tasks, 6, 4, shorter)
    with pytest.raises(AssertionError, match=re.escape("target of 7.5")):
        claimed(facts, forgetful)


def test_a_swapped_unit_is_noticed(facts: PlanMetadata, tasks: tuple[Task, ...]) -> None:
    measure = tasks[6].measures[4]
    wrong = replaced(tasks, 6, 4, replace(measure, lead=("市教育局",)))
    with pytest.raises(AssertionError, match=re.escape("lead of 7.5")):
        claimed(facts, wrong)


def test_a_recurrence_in_other_words_is_noticed(
    facts: PlanMetadata, tasks: tuple[Task, ...]
) -> None:
    measure = tasks[34].measures[0]
    (printed,) = measure.recurrences
    rephrased = replace(printed, text="每季度通报案件查办情况")
    wrong = replaced(tasks, 34, 0, replace(measure, recurrences=(rephrased,)))
    with pytest.raises(AssertionError, match=re.escape("recurrence of 35.1")):
        claimed(facts, wrong)


def test_a_wrong_page_is_noticed(facts: PlanMetadata, tasks: tuple[Task, ...]) -> None:
    measure = tasks[6].measures[4]
    wrong = replaced(tasks, 6, 4, replace(measure, page=3))
    with pytest.raises(AssertionError):
        claimed(facts, wrong)


def claimed(facts: PlanMetadata, tasks: tuple[Task, ...]) -> dict[int, list[str]]:
    """Return what is left of each page when every record has taken its own."""
    source = {number: Page(text) for number, text in enumerate(pages(), 1)}
    chapter = 0
    for task in tasks:
        page = source[task.measures[0].page]
        if task.id not in LOST_NUMBERS | NUMBER_AFTER_FIRST_MEASURE:
            page.take(str(task.id), f"number of task {task.id}")
        if task.chapter != chapter:
            chapter = task.chapter
            page.take(chapter_heading(facts, chapter), f"heading of chapter {chapter}")
        page.take(task.task, f"text of task {task.id}")
        take_measures(source, task)
    return {number: page.close() for number, page in source.items()}


def take_measures(source: dict[int, Page], task: Task) -> None:
    previous: Measure | None = None
    for measure in task.measures:
        page, name = source[measure.page], task.measure_id(measure)
        number = f"{measure.number.replace('-', '－')}." if measure.number else ""
        page.take(number + measure.text, f"text of {name}")
        # From here on nothing may be skipped: the cells of a row follow one another.
        assert page.take_here(measure.target), f"target of {name}: {page.text[page.at :][:40]}"
        take_units(page, "lead", name, measure.lead, previous and previous.lead)
        take_units(
            page, "responsible", name, measure.responsible, previous and previous.responsible
        )
        assert page.take_here(measure.deadline.text), f"deadline of {name}"
        for milestone in measure.milestones:
            assert milestone.text in measure.target
        cells = (task.task, measure.text, measure.target)
        for recurrence in measure.recurrences:
            assert any(recurrence.text in cell for cell in cells), f"recurrence of {name}"
        if task.id in NUMBER_AFTER_FIRST_MEASURE and previous is None:
            page.take(str(task.id), f"number of task {task.id}")
        previous = measure


def take_units(
    page: Page, role: str, name: str, units: tuple[str, ...], before: tuple[str, ...] | None
) -> None:
    """Claims the printed names; a merged cell is printed only beside its first measure."""
    if page.take_here("".join(units)):
        return
    if len(units) > 1 and page.take_here(f"{units[0]}{AND_OTHERS}{units[1]}"):
        page.left.append(AND_OTHERS)
        return
    assert units == before, f"{role} of {name}: {page.text[page.at :][:20]} is printed, not {units}"


def expected_remainder(facts: PlanMetadata, tasks: tuple[Task, ...]) -> dict[int, list[str]]:
    """Page by page, what belongs to the page and not to the plan; found by reading."""
    text = {task.id: task.task for task in tasks}
    heading = {chapter.number: chapter_heading(facts, chapter.number) for chapter in facts.chapters}
    return {
        1: [TITLE + HEADINGS, "第1页，共26页"],
        2: [heading[4]],
        3: [heading[4] + text[7]],
        4: [heading[5] + text[8]],
        5: [heading[5] + text[8]],
        6: [heading[5]],
        7: [heading[5] + text[11]],
        8: [heading[6]],
        9: [heading[6]],
        10: [heading[6] + text[21]],
        11: [text[24]],
        12: [text[28], "30"],
        13: [text[31]],
        14: [text[33]],
        15: ["第六章深入推进信用建设服务城市品质" + text[37]],
        16: [],
        17: ["用建设服务城市品质"],
        18: ["57"],
        19: ["59" + heading[6] + text[59]],
        20: [heading[7], AND_OTHERS],
        21: [heading[7], "71", "第21页，共26页"],
        22: [heading[8]],
        23: [heading[8], AND_OTHERS, AND_OTHERS, AND_OTHERS],
        24: [heading[9]],
        25: [heading[9] + text[79]],
        26: [heading[9]],
    }


def chapter_heading(facts: PlanMetadata, number: int) -> str:
    title = next(chapter.title for chapter in facts.chapters if chapter.number == number)
    return f"第{CHAPTER_NUMERALS[number]}章{title}"


def pages() -> list[str]:
    """Return the source, cut where a page begins: a line with a leading space, or after a footer.

    A second such line right below is the rest of the same repeated heading.
    """
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    starts = [0, *starts_after(lines)]
    ends = [*starts[1:], len(lines)]
    return [
        "".join("".join(lines[start:end]).split()) for start, end in zip(starts, ends, strict=True)
    ]


def starts_after(lines: list[str]) -> Iterator[int]:
    last = 0
    for at, line in enumerate(lines):
        indented = line.startswith(" ") and line.strip() != ""
        if (indented and at > last + 3) or re.match(r"第 \d+ 页", "".join(lines[at - 1 : at])):
            last = at
            yield at


def replaced(tasks: tuple[Task, ...], task: int, measure: int, by: Measure) -> tuple[Task, ...]:
    """Return the tasks with one measure exchanged."""
    measures = list(tasks[task].measures)
    measures[measure] = by
    changed = replace(tasks[task], measures=tuple(measures))
    return (*tasks[:task], changed, *tasks[task + 1 :])
