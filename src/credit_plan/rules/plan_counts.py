"""The plan holds as many tasks and measures as `plan.yaml` says the published table has.

So nothing can vanish: a file that is lost, or a measure that is deleted, is an error. The table
goes through its chapters in order, so that the figures also say which chapter a task is in.

    chapters:
      - {number: 4, title: 筑牢社会信用体系建设基础, tasks: 6, measures: 21}    (and 20 are here)

Mend it by bringing back what is missing. The figures change only if the published table does:
then `tasks` and `measures`, those of the chapter, and perhaps `pages`.
While a file has faults that keep it from being a record, or a task has a gap in its printed
numbers, measures are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, ngettext
from credit_plan.models.draft import UNREAD, Draft, Filed, task_number_of_file
from credit_plan.models.records import PlanMetadata, Task
from credit_plan.plan import RecordKind
from credit_plan.rules import order

NAME: Final = "plan-counts"
SEVERITY: Final = Severity.ERROR

_NAMED: Final = 10
"""So many missing tasks are named; of more, the first."""


def find(draft: Draft) -> Iterator[Diagnostic]:
    """A finding for missing rows, for each task in another chapter, for missing measures."""
    if draft.facts is None:
        return
    file, facts = draft.facts.file, draft.facts.record
    rows = _rows(draft, facts)
    if unequal := _unequal(facts, rows):
        yield Diagnostic(NAME, file, ("tasks",), *unequal)
        return
    if any(order.find_chapter_breaks(facts)):
        return
    if sum(chapter.tasks for chapter in facts.chapters) != facts.tasks:
        yield _not_adding_up(file, facts, draft)
        return
    yield from _displaced(draft, facts)
    if all(rows.values()):
        yield from _measures(file, facts, rows)


def _rows(draft: Draft, facts: PlanMetadata) -> dict[int, int]:
    """How many measures each row has that is here, by its number; 0 where nobody can say.

    A file whose name and id differ counts as the row that it is named for, if that is free.
    """
    rows: dict[int, int] = {}
    for filed in sorted(draft.tasks, key=_is_misnamed):
        named, stated = task_number_of_file(filed.file), filed.record.id
        row = named if 0 < named <= facts.tasks and named not in rows else stated
        rows.setdefault(row, _counted(filed, draft))
    for file in draft.unread_of(RecordKind.MEASURES):
        if task_number_of_file(file) <= facts.tasks:
            rows.setdefault(task_number_of_file(file), 0)
    rows.pop(UNREAD, None)
    return rows


def _counted(filed: Filed[Task], draft: Draft) -> int:
    """How many measures a file has; 0 where that is in doubt, and said in the file itself."""
    measures = filed.record.measures
    is_in_doubt = filed.file in draft.unread or any(order.find_gaps(measures))
    return 0 if is_in_doubt else len(measures)


def _is_misnamed(filed: Filed[Task]) -> bool:
    return task_number_of_file(filed.file) != filed.record.id


def _unequal(facts: PlanMetadata, rows: dict[int, int]) -> tuple[str, str] | None:
    """Message and hint where the rows that are here are not those of the table."""
    here = sum(row <= facts.tasks for row in rows)
    if here < facts.tasks:
        message = ngettext(
            "the published table has {stated} task, of which {here} is here",
            "the published table has {stated} tasks, of which {here} are here",
            facts.tasks,
        ).format(stated=facts.tasks, here=here)
        missing = (row for row in range(1, facts.tasks + 1) if row not in rows)
        return message, _("bring back task {numbers}").format(numbers=_listed(missing))
    if len(rows) > here:
        message = _("here are tasks that are beyond the {stated} of the published table")
        extra = (row for row in sorted(rows) if row > facts.tasks)
        hint = _(
            "take out task {numbers}; or, if the published table has grown, raise the figures: "
            "tasks, measures, and those of the chapter"
        )
        return message.format(stated=facts.tasks), hint.format(numbers=_listed(extra))
    return None


def _listed(numbers: Iterator[int]) -> str:
    first = list(islice(numbers, _NAMED + 1))
    return ", ".join([*map(str, first[:_NAMED]), *(["…"] if len(first) > _NAMED else [])])


def _not_adding_up(file: str, facts: PlanMetadata, draft: Draft) -> Diagnostic:
    """The finding for figures of the chapters that have not the sum they should have.

    It stands at the one chapter that says other than its tasks, if there is one such.
    """
    here = Counter(filed.record.chapter for filed in draft.tasks)
    odd = [at for at, it in enumerate(facts.chapters) if it.tasks != here[it.number]]
    place: KeyPath = ("chapters", odd[0], "tasks") if len(odd) == 1 else ("tasks",)
    message = _("the figures of the chapters do not add up to {tasks} tasks")
    hint = _("correct the figure that is not the published table's")
    return Diagnostic(NAME, file, place, message.format(tasks=facts.tasks), hint)


def _displaced(draft: Draft, facts: PlanMetadata) -> Iterator[Diagnostic]:
    """A finding for each task that stands in another chapter than the figures say.

    Where some tasks do not fit into the order of the chapters, it is they that are displaced, and
    not those whose place they have shifted.
    """
    known = {chapter.number for chapter in facts.chapters}
    # A task with the wrong id is in the wrong place for that reason alone.
    rows = [filed for filed in order.ordered_tasks(draft) if filed.record.chapter in known]
    displaced = [
        filed
        for filed in rows
        if _chapter_of(filed.record.id, facts) not in (None, filed.record.chapter)
    ]
    run = {rows[at].file for at in order.longest_run([it.record.chapter for it in rows])}
    odd = [filed for filed in displaced if filed.file not in run]
    for filed in odd or displaced:
        stated = _chapter_of(filed.record.id, facts)
        message = _("by the figures of the published table, task {id} is in chapter {stated}")
        hint = _("write chapter: {stated}, or correct the figures in plan.yaml")
        yield Diagnostic(
            NAME,
            filed.file,
            ("chapter",),
            message.format(id=filed.record.id, stated=stated),
            hint.format(stated=stated),
        )


def _chapter_of(task: int, facts: PlanMetadata) -> int | None:
    """The chapter in which the table, going through its chapters in order, has a task."""
    last = 0
    for chapter in facts.chapters:
        last += chapter.tasks
        if UNREAD < task <= last:
            return chapter.number
    return None


def _measures(file: str, facts: PlanMetadata, rows: dict[int, int]) -> Iterator[Diagnostic]:
    """A finding for each chapter, or else for the whole plan, that has not all its measures."""
    sound = True
    for index, chapter in enumerate(facts.chapters):
        found = sum(
            measures
            for task, measures in rows.items()
            if _chapter_of(task, facts) == chapter.number
        )
        if found != chapter.measures:
            sound = False
            where = _("chapter {number}").format(number=chapter.number)
            yield _too_few(file, ("chapters", index, "measures"), where, chapter.measures, found)
    found = sum(rows.values())
    if sound and found != facts.measures:
        yield _too_few(file, ("measures",), _("the plan"), facts.measures, found)


def _too_few(file: str, place: KeyPath, where: str, stated: int, found: int) -> Diagnostic:
    message = ngettext(
        "in the published table {where} has {stated} measure, and here it has {found}",
        "in the published table {where} has {stated} measures, and here it has {found}",
        stated,
    ).format(where=where, stated=stated, found=found)
    hint = _("bring back what is missing, or take out what is not in the table")
    return Diagnostic(NAME, file, place, message, hint)
