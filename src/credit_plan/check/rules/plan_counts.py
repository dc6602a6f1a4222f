"""The plan holds as many tasks and measures as `plan.yaml` says the published table has.

So nothing can vanish: a file that is lost, or a measure that is deleted, is an error. The table
goes through its chapters in order, so that the figures also say which chapter a task is in.

    chapters:
      - {number: 4, title: …, tasks: 6, measures: 21}

Mend it by bringing back what is missing. The figures change only if the published table does.
While a file has faults that keep it from being a record, measures are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from credit_plan.diagnostic import Finding, Place
from credit_plan.language import _, ngettext
from credit_plan.model import Draft, Facts

NAME: Final = "plan-counts"

_NAMED: Final = 10
"""So many missing tasks are named; of more, the first."""


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for missing rows, for each task in another chapter, for missing measures."""
    if draft.facts is None:
        return
    file, facts = draft.facts.file, draft.facts.record
    rows = _rows(draft, facts)
    if len(rows) != facts.tasks:
        message = ngettext(
            "the published table has {stated} task, and here are {found}",
            "the published table has {stated} tasks, and here are {found}",
            facts.tasks,
        ).format(stated=facts.tasks, found=len(rows))
        yield Finding(NAME, file, ("tasks",), message, _missing(facts, rows))
        return
    if sum(chapter.tasks for chapter in facts.chapters) != facts.tasks:
        message = _("the figures of the chapters do not add up to {tasks} tasks")
        hint = _("correct the figure that is not the published table's")
        yield Finding(NAME, file, ("tasks",), message.format(tasks=facts.tasks), hint)
        return
    yield from _displaced(draft, facts)
    if all(rows.values()):
        yield from _measures(file, facts, rows)


def _rows(draft: Draft, facts: Facts) -> dict[int, int]:
    """How many measures each row has that is here, by its number; 0 where its file is unread.

    A task whose id another has already counts by the number of its file.
    """
    rows: dict[int, int] = {}
    for filed in draft.tasks:
        named = _number(filed.file)
        measures = 0 if filed.file in draft.unread else len(filed.record.measures)
        if filed.record.id not in rows:
            rows[filed.record.id] = measures
        elif named not in rows and named <= facts.tasks:
            rows[named] = measures
    for file in draft.unread:
        if 0 < _number(file) <= facts.tasks:
            rows.setdefault(_number(file), 0)
    return rows


def _number(file: str) -> int:
    """The number that names a file; 0 where it has none."""
    stem = PurePosixPath(file).stem
    return int(stem) if stem.isascii() and stem.isdecimal() else 0


def _missing(facts: Facts, rows: dict[int, int]) -> str:
    missing = list(islice((it for it in range(1, facts.tasks + 1) if it not in rows), _NAMED + 1))
    if not missing:
        return _("take out what is not in the published table")
    named = ", ".join(map(str, missing[:_NAMED]))
    return _("missing: task {numbers}").format(
        numbers=named if len(missing) <= _NAMED else f"{named}, …"
    )


def _displaced(draft: Draft, facts: Facts) -> Iterator[Finding]:
    """A finding for each task that stands in another chapter than the figures say."""
    known = {chapter.number for chapter in facts.chapters}
    for filed in draft.tasks:
        stated = _chapter_of(filed.record.id, facts)
        # A task with the wrong id is in the wrong place for that reason alone.
        if _number(filed.file) != filed.record.id or filed.record.chapter not in known:
            continue
        if stated not in (None, filed.record.chapter):
            yield Finding(
                NAME,
                filed.file,
                ("chapter",),
                _("by the figures of the published table, task {id} is in chapter {stated}").format(
                    id=filed.record.id, stated=stated
                ),
                _("write chapter: {stated}, or correct the figures in plan.yaml").format(
                    stated=stated
                ),
            )


def _chapter_of(task: int, facts: Facts) -> int | None:
    """The chapter in which the table, going through its chapters in order, has a task."""
    last = 0
    for chapter in facts.chapters:
        last += chapter.tasks
        if task <= last:
            return chapter.number
    return None


def _measures(file: str, facts: Facts, rows: dict[int, int]) -> Iterator[Finding]:
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


def _too_few(file: str, place: Place, where: str, stated: int, found: int) -> Finding:
    message = ngettext(
        "in the published table {where} has {stated} measure, and here it has {found}",
        "in the published table {where} has {stated} measures, and here it has {found}",
        stated,
    ).format(where=where, stated=stated, found=found)
    hint = _("bring back what is missing, or take out what is not in the table")
    return Finding(NAME, file, place, message, hint)
