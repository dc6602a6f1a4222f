"""The sentence under a table: how many of how many, and what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credit_plan.language import _
from credit_plan.selection import Asked, Selection
from credit_plan.terms import Role

SEPARATOR = " · "


def caption(selection: Selection[Any], noun: str) -> str:
    """`27 of 228 measures · 市住建局 · by 2023-12-31, that day included`."""
    counted = _("{count} of {total} {noun}").format(
        count=len(selection.found), total=selection.total, noun=noun
    )
    return SEPARATOR.join((counted, *_described(selection.asked)))


def names(selection: Selection[Any]) -> tuple[str, ...]:
    """The names in a caption that must stay whole."""
    return tuple(unit.name for unit in selection.asked.units)


def _described(asked: Asked) -> Iterator[str]:
    """What was asked, a phrase per filter."""
    if asked.units:
        named = _(" or ").join(unit.name for unit in asked.units)
        match asked.role:
            case Role.ANY:
                yield named
            case Role.LEAD:
                yield _("{units} as lead").format(units=named)
            case Role.RESPONSIBLE:
                yield _("{units} as responsible unit").format(units=named)
    if asked.chapters:
        numbers = _(" or ").join(str(chapter.number) for chapter in asked.chapters)
        yield _("chapter {numbers}").format(numbers=numbers)
    if asked.tasks:
        numbers = _(" or ").join(str(task.id) for task in asked.tasks)
        yield _("task {numbers}").format(numbers=numbers)
    if asked.after:
        yield _("from {date} on").format(date=asked.after)
    if asked.before:
        yield _("by {date}, that day included").format(date=asked.before)
