"""The plan has as many tasks and measures as `plan.yaml` says.

So no file and no measure can be lost unnoticed. The counts in `plan.yaml` are those of the
published table. They also show in which chapter a task is, because the table lists the tasks
chapter by chapter.

    chapters:
      - {number: 4, title: 筑牢社会信用体系建设基础, tasks: 6, measures: 21}    (but 20 are here)

Measures are not counted while a file has errors that prevent it from being read completely, or
while the printed numbers of a task have a gap.

To fix it, restore what is missing. Change the counts only if the published table itself has
changed: `tasks` and `measures` of the plan and of the chapter, and perhaps `pages`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from credit_plan.diagnostics import Diagnostic, KeyPath, Severity
from credit_plan.i18n import _, join_list, plural
from credit_plan.models.draft import (
    UNREAD,
    Draft,
    Located,
    task_number_of_file,
)
from credit_plan.models.records import PlanMetadata, Task
from credit_plan.plan import RecordKind
from credit_plan.rules import order
from credit_plan.rules.context import Context

NAME = "plan-counts"
SEVERITY = Severity.ERROR

_MAX_LISTED = 10


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield diagnostics for missing tasks, for tasks in a wrong chapter, for missing measures."""
    draft = context.draft
    if draft.metadata is None:
        return
    located, metadata = draft.metadata, draft.metadata.record
    counts = _count_measures(context, metadata)
    if unequal := _compare_tasks(metadata, counts):
        yield Diagnostic(NAME, *located.at("tasks"), *unequal)
        return
    if any(order.find_chapter_breaks(metadata)):
        return
    if sum(chapter.tasks for chapter in metadata.chapters) != metadata.tasks:
        yield _report_sum(located, draft)
        return
    numbers = (chapter.number for chapter in metadata.chapters for _task in range(chapter.tasks))
    chapters = dict(enumerate(numbers, 1))
    yield from _find_displaced(context.tasks, metadata, chapters)
    if all(counts.values()):
        yield from _compare_measures(located, counts, chapters)


def _count_measures(context: Context, metadata: PlanMetadata) -> dict[int, int]:
    """Return how many measures each task has, by its number; 0 where that is uncertain.

    A file whose name and id differ counts as the task that it is named for, if that is free.
    """
    counts: dict[int, int] = {}
    draft = context.draft
    by_file = {it.file: task_number_of_file(it.file) for it in context.misnamed}
    tasks: Sequence[Located[Task]] = draft.tasks
    if by_file:
        tasks = sorted(tasks, key=lambda it: by_file.get(it.file, it.record.id) != it.record.id)
    for task in tasks:
        named = by_file.get(task.file, task.record.id)
        is_free = 0 < named <= metadata.tasks and named not in counts
        measures = task.record.measures
        is_certain = task.file not in draft.unread and not order.has_gap(measures)
        count = len(measures) if is_certain else 0
        counts.setdefault(named if is_free else task.record.id, count)
    for file in draft.unread_of(RecordKind.MEASURES):
        if task_number_of_file(file) <= metadata.tasks:
            counts.setdefault(task_number_of_file(file), 0)
    counts.pop(UNREAD, None)
    return counts


def _compare_tasks(metadata: PlanMetadata, counts: dict[int, int]) -> tuple[str, str] | None:
    """Return message and hint if the tasks are not those of the published table."""
    here = sum(task <= metadata.tasks for task in counts)
    if here < metadata.tasks:
        message = plural(
            "the published table has {stated} task, but it is not here",
            "the published table has {stated} tasks, but only {here} are here",
            metadata.tasks,
            stated=metadata.tasks,
            here=here,
        )
        missing = (task for task in range(1, metadata.tasks + 1) if task not in counts)
        hint = _("restore what is missing: task {numbers}")
        return message, hint.format(numbers=_list_first(missing))
    if len(counts) > here:
        message = _("there are more tasks than the {stated} of the published table")
        extra = (task for task in sorted(counts) if task > metadata.tasks)
        hint = _(
            "remove task {numbers}; or, if the published table has grown, increase the counts of "
            "tasks and measures, also those of the chapter"
        )
        return message.format(stated=metadata.tasks), hint.format(numbers=_list_first(extra))
    return None


def _list_first(numbers: Iterable[int]) -> str:
    first = list(islice(numbers, _MAX_LISTED + 1))
    more = ["…"] if len(first) > _MAX_LISTED else []
    return join_list([*map(str, first[:_MAX_LISTED]), *more])


def _report_sum(metadata: Located[PlanMetadata], draft: Draft) -> Diagnostic:
    """Report that the tasks of the chapters do not add up.

    If exactly one chapter has another number of tasks than it states, it is reported there.
    """
    here = Counter(task.record.chapter for task in draft.tasks)
    chapters = enumerate(metadata.record.chapters)
    wrong = [index for index, chapter in chapters if chapter.tasks != here[chapter.number]]
    path: KeyPath = ("chapters", wrong[0], "tasks") if len(wrong) == 1 else ("tasks",)
    message = _("the tasks of the chapters do not add up to {tasks}")
    return Diagnostic(
        NAME,
        *metadata.at(*path),
        message.format(tasks=metadata.record.tasks),
        _("correct the number that differs from the published table"),
    )


def _find_displaced(
    tasks: Iterable[Located[Task]], metadata: PlanMetadata, chapters: dict[int, int]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each task whose chapter contradicts the counts of the chapters.

    If some of these tasks break the order of the chapters, they alone are reported: they have
    displaced the others.
    """
    known = {chapter.number for chapter in metadata.chapters}
    # A task with a wrong id is at a wrong position for that reason alone: `Context.tasks` omits it.
    tasks = [task for task in tasks if task.record.chapter in known]
    displaced = [
        task
        for task in tasks
        if task.record.chapter != chapters.get(task.record.id, task.record.chapter)
    ]
    run = order.find_longest_run([task.record.chapter for task in tasks])
    in_order = {tasks[index].file for index in run}
    out_of_order = [task for task in displaced if task.file not in in_order]
    message = _("by the counts in plan.yaml, task {id} is in chapter {stated}")
    hint = _("write chapter: {stated}, or correct the counts in plan.yaml")
    for task in out_of_order or displaced:
        number = task.record.id
        yield Diagnostic(
            NAME,
            *task.at("chapter"),
            message.format(id=number, stated=chapters[number]),
            hint.format(stated=chapters[number]),
        )


def _compare_measures(
    metadata: Located[PlanMetadata], counts: dict[int, int], chapters: dict[int, int]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each chapter, or else the plan, with a wrong number of measures."""
    by_chapter: Counter[int] = Counter()
    for task, count in counts.items():
        by_chapter[chapters[task]] += count
    are_chapters_equal = True
    for index, chapter in enumerate(metadata.record.chapters):
        here = by_chapter[chapter.number]
        if here != chapter.measures:
            are_chapters_equal = False
            message = plural(
                "chapter {number} has {stated} measure in the published table, but {found} here",
                "chapter {number} has {stated} measures in the published table, but {found} here",
                chapter.measures,
                number=chapter.number,
                stated=chapter.measures,
                found=here,
            )
            yield _report_measures(metadata.at("chapters", index, "measures"), message)
    here, stated = by_chapter.total(), metadata.record.measures
    if are_chapters_equal and here != stated:
        message = plural(
            "the plan has {stated} measure in the published table, but {found} here",
            "the plan has {stated} measures in the published table, but {found} here",
            stated,
            stated=stated,
            found=here,
        )
        yield _report_measures(metadata.at("measures"), message)


def _report_measures(place: tuple[str, KeyPath], message: str) -> Diagnostic:
    hint = _("restore what is missing, or remove what is not in the table")
    return Diagnostic(NAME, *place, message, hint)
