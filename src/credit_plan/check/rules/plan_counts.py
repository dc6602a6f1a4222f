"""The plan holds as many tasks and measures as `plan.yaml` says the published table has.

So nothing can vanish: a file that is lost, or a measure that is deleted, is an error, in the
chapter where it is missing. While a file cannot be read, its own fault is reported and not the
counts that follow from it.

    chapters:
      - {number: 4, title: …, tasks: 6, measures: 21}

Mend it by bringing back what is missing. The figures change only if the published table does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from credit_plan.diagnostic import Finding
from credit_plan.language import _
from credit_plan.model import Draft, Facts, Task

NAME: Final = "plan-counts"


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each chapter, or else for the whole plan, whose figures are not borne out."""
    if draft.facts is None or draft.unread:
        return
    file, facts = draft.facts.file, draft.facts.record
    records = [filed.record for filed in draft.tasks]
    hint = _hint(facts, records)
    if {task.chapter for task in records} <= {chapter.number for chapter in facts.chapters}:
        in_chapters = tuple(_in_chapters(file, facts, records, hint))
        yield from in_chapters
        if in_chapters:
            return
    stated = (facts.tasks, facts.measures)
    found = (len(records), sum(len(task.measures) for task in records))
    if stated != found:
        place = ("tasks",) if stated[0] != found[0] else ("measures",)
        yield Finding(NAME, file, place, _message(_("the plan"), stated, found), hint)


def _in_chapters(file: str, facts: Facts, records: list[Task], hint: str) -> Iterator[Finding]:
    tasks = Counter(task.chapter for task in records)
    measures = Counter[int]()
    for task in records:
        measures[task.chapter] += len(task.measures)
    for index, chapter in enumerate(facts.chapters):
        stated = (chapter.tasks, chapter.measures)
        found = (tasks[chapter.number], measures[chapter.number])
        if stated != found:
            key = "tasks" if stated[0] != found[0] else "measures"
            where = _("chapter {number}").format(number=chapter.number)
            message = _message(where, stated, found)
            yield Finding(NAME, file, ("chapters", index, key), message, hint)


def _message(where: str, stated: tuple[int, int], found: tuple[int, int]) -> str:
    return _(
        "{where} has {tasks} tasks and {measures} measures in the published table,"
        " and {found_tasks} and {found_measures} here"
    ).format(
        where=where,
        tasks=stated[0],
        measures=stated[1],
        found_tasks=found[0],
        found_measures=found[1],
    )


def _hint(facts: Facts, records: list[Task]) -> str:
    """What to bring back, by number where it is a task that is gone."""
    missing = sorted(set(range(1, facts.tasks + 1)) - {task.id for task in records})
    if missing:
        return _("missing: task {numbers}").format(numbers=", ".join(map(str, missing)))
    return _("bring back what is missing, or take out what is not in the table")
