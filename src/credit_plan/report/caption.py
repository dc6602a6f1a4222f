"""The sentence under a table: how many of how many, and what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from credit_plan.i18n import _
from credit_plan.models.records import Chapter
from credit_plan.report.standings import STATES
from credit_plan.selection.asked import Asked, Selection
from credit_plan.terms import Role

SEPARATOR = " · "

ANY_DATE: Final = (_("from {date} on"), _("by {date}, that day included"))
DEADLINE: Final = (_("deadline from {date} on"), _("deadline by {date}, that day included"))
"""How a caption speaks of --after and --before: of any date of a measure, or of its deadline."""

NOTHING_FITS: Final = (_("No measure of the plan fits all that was asked: leave a filter out."),)


def nothing_known(recorded: int, day: date) -> tuple[str, ...]:
    """What is said where no report is known on a day; nothing where one is.

    It says the same for ever, whatever is recorded later.
    """
    said = _(
        "By {day} nothing was recorded; what is recorded later is not known on that day. "
        "“credit-plan record” adds a report, in a workspace, which “credit-plan init DIR” lays out."
    )
    return () if recorded else (said.format(day=day),)


def nothing_fits(selection: Selection[Any], day: date) -> tuple[str, ...]:
    """Why no measure was found."""
    asked = selection.asked
    unknown = nothing_known(selection.recorded, day) if asked.states or asked.only_open else ()
    return unknown or NOTHING_FITS


def caption(
    selection: Selection[Any],
    noun: str,
    when: tuple[str, str] = DEADLINE,
    *,
    said: tuple[str, ...] = (),
    day: date | None = None,
) -> str:
    """`27 of 228 measures · 市住建局 · by 2023-12-31, that day included`.

    What else is `said` follows, and the day where one is given or something was reported.
    """
    counted = _("{count} of {total} {noun}").format(
        count=len(selection.found), total=selection.total, noun=noun
    )
    more = (
        [_("{count} more for groups that may include it").format(count=selection.shared)]
        if selection.shared
        else []
    )
    day = day or (selection.asked.day if selection.recorded else None)
    on = [said_as_of(day)] if day else []
    return SEPARATOR.join((counted, *_described(selection.asked, *when), *said, *more, *on))


def said_as_of(day: date) -> str:
    """`as of 2023-12-31`."""
    return _("as of {date}").format(date=day)


def chapter_title(chapter: Chapter) -> str:
    """`Chapter 4: 筑牢社会信用体系建设基础`."""
    return _("Chapter {number}: {title}").format(number=chapter.number, title=chapter.title)


def names(selection: Selection[Any]) -> tuple[str, ...]:
    """The names in a caption that must stay whole."""
    return tuple(unit.name for unit in selection.asked.units)


def _described(asked: Asked, after: str, before: str) -> Iterator[str]:
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
    yield from _stood(asked)
    if asked.after:
        yield after.format(date=asked.after)
    if asked.before:
        yield before.format(date=asked.before)


def _stood(asked: Asked) -> Iterator[str]:
    """How what was asked for is to stand."""
    if asked.states:
        yield _(" or ").join(STATES[state] for state in asked.states)
    if asked.only_open:
        yield _("open")


def command(name: str, asked: Asked, *more: str) -> str:
    """The command line that asks for the same units, chapters and tasks, whatever their dates."""
    words = ["credit-plan", name]
    words += [word for unit in asked.units for word in ("--unit", unit.name)]
    words += ["--role", asked.role] if asked.role is not Role.ANY else []
    words += [word for chapter in asked.chapters for word in ("--chapter", str(chapter.number))]
    words += [word for task in asked.tasks for word in ("--task", str(task.id))]
    words += [word for state in asked.states for word in ("--state", state)]
    words += ["--open"] if asked.only_open else []
    return " ".join((*words, *more))
