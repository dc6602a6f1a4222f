"""Asks at the terminal for a report, answer by answer, each understood before the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import Final, TypeVar

import typer

from credit_plan.cli.console import echo_err, today
from credit_plan.errors import (
    CreditPlanError,
    MisstatedError,
    NameLookupError,
    UnknownNameError,
    with_candidates,
)
from credit_plan.filters import Filters, find_measures, find_unit
from credit_plan.i18n import _
from credit_plan.loader.locate import Source
from credit_plan.plan import STATUSES_IN_CHINESE, Indicator, Measure, Plan, Role, Unit
from credit_plan.questions.search import find_by_words
from credit_plan.reporting.evidence import find_evidence
from credit_plan.reporting.parse import Reported
from credit_plan.reporting.resolve import find_reporter, involved_units, parse_day, parse_figure
from credit_plan.text import shorten

T = TypeVar("T")

_MOST: Final = 20
"""So many measures are listed to choose from; where there are more, more words are wanted."""


def interview(plan: Plan, source: Source, measure: str = "") -> Reported:
    """What somebody answers, of a `measure` that is named already or of one that is asked for.

    Raises typer.Abort where they have had enough, NameLookupError where that name is of none.
    """
    with suppress(ImportError):
        # Makes a line of Chinese editable; Windows does without.
        import_module("readline")
    chosen = _measure(plan, measure)
    statuses = tuple((it, f"{it} {chinese}") for chinese, it in STATUSES_IN_CHINESE.items())
    status = _choice(_("Status"), statuses)
    on = _answer(_("On which day"), lambda it: str(parse_day(it, today())), default=str(today()))
    unit = _unit(plan, chosen)
    own = (it for it in plan.indicators if it.measure == chosen.id)
    values = tuple((it.id, value) for it in own if (value := _value(it)))
    note = _answer(_("Note, if there is one"), str, default="")
    return Reported(chosen.id, status, on, unit, values, note, tuple(_evidence(source)))


def _measure(plan: Plan, named: str) -> Measure:
    """The measure with an id, or one chosen of a unit's or of those that have some words."""
    if named:
        found = find_measures(plan, named)
    else:
        question = _("Measure (its id, a unit, or words to search for)")
        found = _answer(question, lambda words: _found(plan, words))
    if len(found) > 1:
        return _choice(_("Which"), tuple((it, f"{it.id:8}{shorten(it.text)}") for it in found))
    echo_err(f"  {found[0].id}  {found[0].text}")
    return found[0]


def _found(plan: Plan, words: str) -> tuple[Measure, ...]:
    """Those with the id, or that the unit leads, or with the words if they are not too many."""
    try:
        return find_measures(plan, words)
    except UnknownNameError:
        if words.strip()[:1].isdecimal():
            raise
    hits, units = find_by_words(plan, tuple(words.split()))
    if units and not (hits and len(words.split()) > 1):
        return _led(plan, units[0])
    if not hits:
        raise MisstatedError(_("no measure has these words"))
    if len(hits) > _MOST:
        message = _("{count} measures have these words: type more of them, or an id")
        raise MisstatedError(message.format(count=len(hits)))
    return hits


def _led(plan: Plan, unit: Unit) -> tuple[Measure, ...]:
    """The measures that a unit leads: the open ones, or all where none is open."""
    led = Filters(units=(unit,), role=Role.LEAD, day=today())
    tracked = tuple(map(led.as_of(plan).track, plan.measures))
    found = replace(led, only_open=True).select(tracked) or led.select(tracked)
    if not found:
        raise MisstatedError(_("{unit} leads no measure").format(unit=unit.name))
    return tuple(row.measure for row in found)


def _unit(plan: Plan, measure: Measure) -> str:
    """One of the units of the measure by its number, or any by its name."""
    name = None
    try:
        leading = find_reporter(plan, measure, "")
        name = leading.name if leading else None
    except NameLookupError as error:
        echo_err(str(error))
    units = tuple((it.name, it.name) for it in involved_units(measure))
    return _choice(_("Reported by"), units, name, lambda it: find_unit(plan, it).name)


def _value(indicator: Indicator) -> str:
    question = _("{name} in {unit}, if it is known")
    return _answer(
        question.format(name=indicator.name, unit=indicator.unit),
        lambda it: f"{parse_figure(indicator, it):f}" if it.strip() else "",
        default="",
    )


def _evidence(source: Source) -> Iterator[str]:
    """Addresses and files, until there are no more."""

    def known(word: str) -> str:
        if word.strip():
            find_evidence(source, word)
        return word.strip()

    while word := _answer(_("Evidence (address or file), if there is more"), known, default=""):
        yield word


def _choice(
    question: str,
    items: tuple[tuple[T, str], ...],
    default: str | None = None,
    otherwise: Callable[[str], T] | None = None,
) -> T:
    """The thing whose number is typed, or a word of what is listed for it, or what it is else."""
    for number, (_item, label) in enumerate(items, 1):
        echo_err(f"{number:4}  {label}")
    by_name = {word: item for item, label in reversed(items) for word in label.split()}
    by_name |= {str(number): item for number, (item, _label) in enumerate(items, 1)}

    def chosen(text: str) -> T:
        if text.strip() in by_name:
            return by_name[text.strip()]
        if otherwise is not None and not (items and text.strip().isdecimal()):
            return otherwise(text)
        raise MisstatedError(_("type a number from 1 to {last}").format(last=len(items)))

    return _answer(question, chosen, default)


def _answer(question: str, understand: Callable[[str], T], default: str | None = None) -> T:
    """An answer that is understood; what is not is asked again."""

    def understood(text: str) -> T:
        try:
            return understand(text)
        except CreditPlanError as error:
            near = error.candidates if isinstance(error, NameLookupError) else ()
            raise typer.BadParameter(with_candidates(str(error), near)) from None

    answer: T = typer.prompt(
        question, default=default, show_default=bool(default), value_proc=understood
    )
    return answer
