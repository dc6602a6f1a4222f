"""What somebody reports in their own words becomes an entry, or the mistakes that are in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Final, TypeVar

from credit_plan.errors import CreditPlanError, MisstatedError, NameLookupError
from credit_plan.language import _, quoted
from credit_plan.model import Entry, Evidence, Mistake, Plan, Reported
from credit_plan.query.days import day
from credit_plan.query.figures import figure
from credit_plan.query.names import find_duty, find_indicator
from credit_plan.query.reporter import reporting_unit
from credit_plan.selection import Duty
from credit_plan.terms import STATUSES, Status

T = TypeVar("T")

_IS_FIGURE: Final = re.compile(r"[-−－]?\d")


def entry(
    plan: Plan, reported: Reported, evidence: tuple[Evidence, ...], at: datetime
) -> Entry | tuple[Mistake, ...]:
    """The entry that is meant, recorded `at` a time of the plan's zone; or all its mistakes."""
    reading = _Reading(reported.line)
    duty = reading.of("measure", lambda: find_duty(plan, _given(reported.measure)))
    on = reading.of("on", lambda: day(reported.on, at.date()))
    unit = reading.of(
        "unit",
        lambda: reporting_unit(plan, duty, reported.unit, in_table=reported.line > 0),
    )
    status = reading.of("status", lambda: _status(reported.status))
    values = _values(plan, reported, duty, reading)
    note = reading.of("note", lambda: _note(reported.note))
    if reading.mistakes or duty is None or unit is None:
        return tuple(reading.mistakes)
    data = {
        "measure": duty.id,
        "on": str(on),
        "unit": unit.name,
        "status": status,
        "values": {name: f"{value:f}" for name, value in values.items()},
        "note": note,
        "evidence": evidence,
        "recorded": at.isoformat(),
    }
    # A field that has nothing to say is left out.
    return Entry.model_validate({name: value for name, value in data.items() if value})


@dataclass(slots=True)
class _Reading:
    """Understands one field after the other, and gathers what is wrong with them."""

    line: int
    mistakes: list[Mistake] = field(default_factory=list)

    def of(self, name: str, understand: Callable[[], T]) -> T | None:
        """What a field means; None where that is a mistake."""
        try:
            return understand()
        except CreditPlanError as error:
            near = error.candidates if isinstance(error, NameLookupError) else ()
            self.mistakes.append(Mistake(self.line, name, str(error), near))
            return None


def _given(text: str) -> str:
    if not text.strip():
        raise MisstatedError(_("is missing"))
    return text


def _status(text: str) -> Status:
    written = _given(text).strip().lower().replace("_", "-")
    meant = STATUSES.get(written) or next((it for it in Status if it == written), None)
    if meant is None:
        message = _("{text} is no status: write one of {words}, or {chinese}")
        words, chinese = ", ".join(Status), "、".join(STATUSES)
        raise MisstatedError(message.format(text=quoted(text), words=words, chinese=chinese))
    return meant


def _values(
    plan: Plan, reported: Reported, duty: Duty | None, reading: _Reading
) -> dict[str, Decimal]:
    """The figures by the ids of their indicators."""
    values: dict[str, Decimal] = {}
    measure = duty.id if duty else ""
    for name, text in _named(plan, reported, measure):
        found = reading.of("values", partial(_value, plan, measure, name, text))
        if found is None:
            continue
        indicator, value = found
        if indicator in values:
            message = _("{indicator} is given twice").format(indicator=indicator)
            reading.mistakes.append(Mistake(reported.line, "values", message))
        values[indicator] = value
    return values


def _named(plan: Plan, reported: Reported, measure: str) -> tuple[tuple[str, str], ...]:
    """The figures with their names; one alone in a table may do without where none is but one."""
    own = [it.id for it in plan.indicators if it.measure == measure]
    match reported.values:
        case ((alone, ""),) if reported.line and len(own) == 1 and _IS_FIGURE.match(alone):
            return ((own[0], alone),)
        case _:
            return reported.values


def _value(plan: Plan, measure: str, name: str, text: str) -> tuple[str, Decimal]:
    if not text.strip():
        message = _("{name} has no figure: write NAME=NUMBER")
        raise MisstatedError(message.format(name=quoted(name)))
    indicator = find_indicator(plan, name, measure)
    if measure and indicator.measure != measure:
        message = _("{indicator} is a figure of measure {owner}: give it in a report of that")
        raise MisstatedError(message.format(indicator=indicator.id, owner=indicator.measure))
    return indicator.id, figure(indicator, text)


def _note(text: str) -> str:
    """The note, whose lines are ended by a line feed, whatever ended them before."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise MisstatedError(_("is not text in UTF-8")) from None
    return "\n".join(text.strip().splitlines())
