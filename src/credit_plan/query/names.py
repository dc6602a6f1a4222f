"""Finds what a user means by a name: a unit, a chapter, a task or a measure.

Full-width letters and figures are the same as half-width ones. What cannot be found, or could
be several things, is an error that carries the candidates.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import Final

from credit_plan.errors import AmbiguousNameError, UnknownNameError
from credit_plan.language import _, quoted
from credit_plan.model import Chapter, Indicator, Plan, Task, Unit
from credit_plan.query.duties import duties
from credit_plan.selection import Duty

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"十": 10}
_CHAPTER: Final = re.compile(r"第?([0-9]{1,3}|[一二三四五六七八九]?十?[一二三四五六七八九]?)章?")
_SHOWN: Final = 8


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
                name=quoted(name), count=len(candidates)
            ),
            candidates,
        )
    raise UnknownNameError(
        _("the plan knows no unit {name}").format(name=quoted(name)), _nearest_units(wanted, named)
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
                name=quoted(name), count=len(holding)
            ),
            tuple(f"{chapter.number} {chapter.title}" for chapter in holding),
        )
    raise UnknownNameError(
        _("the plan has no chapter {name}").format(name=quoted(name)),
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
            name=quoted(name), first=numbers[0], last=numbers[-1]
        ),
        (),
    )


def find_duties(plan: Plan, name: str) -> tuple[Duty, ...]:
    """The measure with this id, or all measures of the task with this number."""
    wanted = _folded(name)
    number = wanted.partition(".")[0]
    task = find_task(plan, number if number.isdecimal() else name)
    of_task = tuple(duty for duty in duties(plan) if duty.task is task)
    if wanted == number:
        return of_task
    # The table prints 1－1 to 1－4: `79.1` means all four of them.
    chosen = tuple(
        duty for duty in of_task if duty.id == wanted or duty.id.startswith(f"{wanted}-")
    )
    if not chosen:
        raise UnknownNameError(
            _("task {number} has no measure {name}").format(number=number, name=quoted(name)),
            tuple(duty.id for duty in of_task),
        )
    return chosen


def find_indicator(plan: Plan, name: str) -> Indicator:
    """The indicator with this id or name, or with this part in one of them."""
    wanted = _folded(name).lower()
    named = {it.id: (it.id, _folded(it.name).lower()) for it in plan.indicators}
    exact = [it for it in plan.indicators if wanted in named[it.id]]
    holding = [it for it in plan.indicators if any(wanted in known for known in named[it.id])]
    found = exact or (holding if wanted else [])
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousNameError(
            _("{name} could be any of {count} indicators").format(
                name=quoted(name), count=len(found)
            ),
            tuple(f"{it.id} {it.name}" for it in found),
        )
    by_name = {known: it for it in plan.indicators for known in named[it.id]}
    near = dict.fromkeys(
        f"{by_name[known].id} {by_name[known].name}"
        for known in get_close_matches(wanted, by_name, n=_SHOWN, cutoff=0.3)
    )
    raise UnknownNameError(
        _("the plan promises no figure {name}").format(name=quoted(name)), tuple(near)[:3]
    )


def _folded(name: str) -> str:
    """A name as it is compared: a Chinese keyboard's figures and full stop are the others'."""
    return "".join(unicodedata.normalize("NFKC", name).replace("。", ".").split())


def _chapter_number(wanted: str) -> int | None:
    """4 for `4`, `四` and `第四章`; None where the text is no number."""
    matched = _CHAPTER.fullmatch(wanted)
    if not matched or not matched[1]:
        return None
    written = matched[1]
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _nearest_units(wanted: str, named: list[tuple[str, Unit]]) -> tuple[str, ...]:
    by_name = dict(named)
    near = get_close_matches(wanted, by_name, n=_SHOWN, cutoff=0.3)
    return tuple(dict.fromkeys(by_name[known].name for known in near))[:3]
