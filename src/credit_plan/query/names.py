"""Finds what a user means by a name: a unit, a chapter, a task, a measure or an indicator.

Full-width letters and figures are the same as half-width ones. What cannot be found, or could
be several things, is an error that carries the candidates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from credit_plan import text
from credit_plan.errors import AmbiguousNameError, UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.models.draft import Plan
from credit_plan.models.indicators import Indicator
from credit_plan.models.records import Chapter, Task, Unit
from credit_plan.query.duties import duties
from credit_plan.selection.duties import Duty

_CHAPTER: Final = re.compile(
    r"第?([0-9]{1,3}|(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?)章?"
)
_QUOTES: Final = str.maketrans("", "", "“”‘’\"'")
_SHOWN: Final = 8
_NEAR: Final = 3


def find_unit(plan: Plan, name: str) -> Unit:
    """The unit with this name or alias, without 市 or the city, or with this part in a name."""
    wanted = _folded(name).removeprefix(_folded(plan.facts.city))
    named = [(_folded(known), unit) for unit in plan.units for known in unit.names]
    for exact in (_folded(name), wanted, f"市{wanted}", wanted.removeprefix("市")):
        for known, unit in named:
            if known == exact:
                return unit
    holding = dict.fromkeys(unit for known, unit in named if wanted and wanted in known)
    if len(holding) == 1:
        return next(iter(holding))
    candidates = tuple(unit.name for unit in holding)
    if candidates:
        raise AmbiguousNameError(
            _("{name} could be any of {count} units").format(
                name=quote(name), count=len(candidates)
            ),
            candidates,
        )
    raise UnknownNameError(
        _("the plan knows no unit {name}").format(name=quote(name)), _nearest_units(wanted, named)
    )


def find_chapter(plan: Plan, name: str) -> Chapter:
    """The chapter meant by `4`, `四`, `第四章` or a part of its title."""
    wanted = _folded(name)
    number = _chapter_number(wanted)
    for chapter in plan.facts.chapters:
        if chapter.number == number:
            return chapter
    holding = [chapter for chapter in plan.facts.chapters if wanted and wanted in chapter.title]
    if number is None and len(holding) == 1:
        return holding[0]
    if number is None and holding:
        raise AmbiguousNameError(
            _("{name} could be any of {count} chapters").format(
                name=quote(name), count=len(holding)
            ),
            tuple(f"{chapter.number} {chapter.title}" for chapter in holding),
        )
    raise UnknownNameError(
        _("the plan has no chapter {name}").format(name=quote(name)),
        tuple(f"{chapter.number} {chapter.title}" for chapter in plan.facts.chapters),
    )


def find_task(plan: Plan, name: str) -> Task:
    """The task with this number."""
    wanted = _folded(name)
    for task in plan.tasks:
        if str(task.id) == wanted:
            return task
    numbers = [task.id for task in plan.tasks] or [0]
    raise UnknownNameError(
        _("the plan has no task {name}; its tasks are {first} to {last}").format(
            name=quote(name), first=numbers[0], last=numbers[-1]
        ),
        (),
    )


def find_duties(plan: Plan, name: str) -> tuple[Duty, ...]:
    """The measure with this id, or all measures of the task with this number."""
    wanted = _folded(name)
    number = wanted.partition(".")[0]
    task = find_task(plan, number if number.isdecimal() else name)
    of_task = duties(plan, only=task)
    if wanted == number:
        return of_task
    # The table prints 1－1 to 1－4: `79.1` means all four of them.
    chosen = tuple(
        duty for duty in of_task if duty.id == wanted or duty.id.startswith(f"{wanted}-")
    )
    if not chosen:
        raise UnknownNameError(
            _("task {number} has no measure {name}").format(number=number, name=quote(name)),
            tuple(duty.id for duty in of_task),
        )
    return chosen


def find_duty(plan: Plan, name: str) -> Duty:
    """The one measure that an id means."""
    chosen = find_duties(plan, name)
    if len(chosen) > 1:
        raise AmbiguousNameError(
            _("{name} has {count} measures: name one of them").format(
                name=quote(name), count=len(chosen)
            ),
            tuple(duty.id for duty in chosen),
        )
    return chosen[0]


def find_indicator(plan: Plan, name: str, measure: str = "") -> Indicator:
    """The indicator with this id or name, or with this part in one of them.

    Those of `measure`, by its id, come first. The quotes of a name need not be typed.
    """
    wanted = _unquoted(name)
    own = tuple(it for it in plan.indicators if it.measure == measure)
    named, named_own = (
        [(_unquoted(known), it) for it in some for known in (it.id, it.name)]
        for some in (plan.indicators, own)
    )
    for known, indicator in (*named_own, *named):
        if known == wanted:
            return indicator
    for some in (named_own, named):
        holding = dict.fromkeys(it for known, it in some if wanted and wanted in known)
        if len(holding) == 1:
            return next(iter(holding))
        if holding:
            message = _("{name} could be any of {count} indicators")
            raise AmbiguousNameError(
                message.format(name=quote(name), count=len(holding)), _listed(holding)
            )
    near = dict(named)
    closest = get_close_matches(wanted, near, n=_NEAR, cutoff=0.4) or _sharing(wanted, near)
    raise UnknownNameError(
        _("the plan has no indicator {name}").format(name=quote(name)),
        _listed(dict.fromkeys((*own, *(near[known] for known in closest)))),
    )


def _sharing(wanted: str, names: Iterable[str]) -> list[str]:
    """The names that have most of the characters wanted: of a long name somebody types a part."""
    signs = set(wanted)
    shared = sorted(((len(signs & set(name)), name) for name in names), reverse=True)
    return [name for count, name in shared if 3 * count >= 2 * len(signs)][:_NEAR]


def _listed(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    return tuple(f"{it.id} {it.name}" for it in indicators)


def _unquoted(name: str) -> str:
    """The name of an indicator as it is compared; “ and ” are on no shell's keyboard."""
    return _folded(name).casefold().translate(_QUOTES)


def _folded(name: str) -> str:
    """A name as it is compared: a Chinese keyboard's figures and full stop are the others'."""
    return "".join(unicodedata.normalize("NFKC", name).replace("。", ".").split())


def _chapter_number(wanted: str) -> int | None:
    """4 for `4`, `四` and `第四章`; None where the text is no number."""
    matched = _CHAPTER.fullmatch(wanted)
    if not matched or not matched[1]:
        return None
    written = matched[1]
    return int(written) if written.isdecimal() else text.parse_numeral(written)


def _nearest_units(wanted: str, named: list[tuple[str, Unit]]) -> tuple[str, ...]:
    by_name = dict(named)
    near = get_close_matches(wanted, by_name, n=_SHOWN, cutoff=0.3)
    return tuple(dict.fromkeys(by_name[known].name for known in near))[:_NEAR]
