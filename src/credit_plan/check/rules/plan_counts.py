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

from credit_plan.diagnostic import Finding, Place
from credit_plan.language import _
from credit_plan.model import Draft

NAME: Final = "plan-counts"


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each figure of plan.yaml that the records do not bear out."""
    if draft.facts is None or draft.unread:
        return
    facts = draft.facts.record
    tasks = Counter(filed.record.chapter for filed in draft.tasks)
    measures = Counter[int]()
    for filed in draft.tasks:
        measures[filed.record.chapter] += len(filed.record.measures)
    figures: list[tuple[Place, str, int, int]] = []
    for index, chapter in enumerate(facts.chapters):
        here = _("chapter {number}").format(number=chapter.number)
        found = tasks[chapter.number], measures[chapter.number]
        figures.append((("chapters", index, "tasks"), here, chapter.tasks, found[0]))
        figures.append((("chapters", index, "measures"), here, chapter.measures, found[1]))
    if not any(stated != found for _place, _here, stated, found in figures):
        whole = _("the plan")
        figures.append((("tasks",), whole, facts.tasks, tasks.total()))
        figures.append((("measures",), whole, facts.measures, measures.total()))
    for place, where, stated, found_count in figures:
        if stated != found_count:
            yield Finding(NAME, draft.facts.file, place, *_said(place, where, stated, found_count))


def _said(place: Place, where: str, stated: int, found: int) -> tuple[str, str]:
    what = _("tasks") if place[-1] == "tasks" else _("measures")
    message = _("{where} has {stated} {what} in the published table, and {found} here").format(
        where=where, stated=stated, what=what, found=found
    )
    return message, _("bring back what is missing, or take out what is not in the table")
