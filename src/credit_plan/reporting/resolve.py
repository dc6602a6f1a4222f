"""What shows that a report is true: an address, or a file kept for it, with its SHA-256."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from credit_plan import dates
from credit_plan.errors import CreditPlanError, MisstatedError, NameLookupError
from credit_plan.filters import find_indicator, find_measure, find_unit
from credit_plan.i18n import _, quote
from credit_plan.loader.files import compute_digests
from credit_plan.loader.locate import EVIDENCE, Source
from credit_plan.models.progress import Entry, Evidence
from credit_plan.plan import STATUSES_IN_CHINESE, Indicator, Measure, Plan, Status, Unit
from credit_plan.reporting.parse import InputError, Reported

_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)

_WITHOUT_SCHEME: Final = "www."


def find_evidence(source: Source, word: str) -> Evidence:
    """The evidence that is meant by an address or a path, from here, the data or its evidence on.

    Raises MisstatedError for a file that is not there or not where evidence is kept.
    """
    meant = word.strip()
    if _ADDRESS.fullmatch(meant):
        return Evidence(url=meant)
    folder = source.folder.resolve()
    try:
        meant.encode()
        places = (Path(meant), folder / meant, folder / EVIDENCE / meant)
        file = next((place.resolve() for place in places if place.is_file()), None)
    except (OSError, RuntimeError, ValueError):  # a name that no file can have, a link to itself
        file = None
    if file is None:
        raise MisstatedError(_no_such_file(meant))
    if not file.is_relative_to(folder / EVIDENCE):
        # A file of the plan is edited again, and would not stay what was reported.
        raise MisstatedError(_outside(source, meant, file))
    name = file.relative_to(folder).as_posix()
    digest = compute_digests(folder, (name,))[name]
    if digest is None:
        raise MisstatedError(_("{path} cannot be read").format(path=quote(meant)))
    return Evidence(file=name, sha256=digest)


def _no_such_file(meant: str) -> str:
    if meant.lower().startswith(_WITHOUT_SCHEME):
        message = _("there is no file {path}; as an address it is written https://{address}")
        return message.format(path=quote(meant), address=meant)
    message = _("there is no file {path}; an address begins with http:// or https://")
    return message.format(path=quote(meant))


def _outside(source: Source, meant: str, file: Path) -> str:
    """What is so, and the two commands that mend it."""
    kept = source.display(source.folder / EVIDENCE / file.name)
    message = _(
        "{path} is not in {place}, where evidence is kept with the plan: copy it there\n"
        "  mkdir -p {folder} && cp {file} {kept}\n"
        "and name the copy: --evidence {kept}"
    )
    return message.format(
        path=quote(meant),
        place=source.display(source.folder / EVIDENCE),
        folder=shlex.quote(kept.rpartition("/")[0]),
        file=shlex.quote(meant),
        kept=shlex.quote(kept),
    )


_AT_MIDNIGHT: Final = re.compile(r"[ T]+0?0:00(:00)?\Z")
"""What a spreadsheet puts behind a day: `2025/6/30 0:00`."""

_UNDIVIDED: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_OF_EXCEL: Final = re.compile(r"[45][0-9]{4}|60000")
"""The numbers that Excel has for the days from 2009 to 2064."""

_NOUGHT_OF_EXCEL: Final = date(1899, 12, 30)


def parse_day(text: str, today: date) -> date:
    """The day meant, `today` where nothing is; MisstatedError for what is no day or to come."""
    written = unicodedata.normalize("NFKC", text).strip()
    if not written:
        return today
    if _OF_EXCEL.fullmatch(written):
        message = _("{text} is Excel's number of a day: format the cells as dates, or write {day}")
        counted = _NOUGHT_OF_EXCEL + timedelta(int(written))
        raise MisstatedError(message.format(text=quote(text), day=counted))
    if at_midnight := _AT_MIDNIGHT.search(written):
        written = written[: at_midnight.start()]
    if undivided := _UNDIVIDED.fullmatch(written):
        written = "-".join(undivided.groups())
    found = dates.guess_day(written) or _single(written)
    if found > today:
        message = _("{day} is still to come: a report says how it stood by today, {today}")
        raise MisstatedError(message.format(day=found, today=today))
    return found


def _single(text: str) -> date:
    try:
        span = dates.parse_span(text)
    except dates.NotADateError as error:
        message = _("{why}; a day is written 2023-12-31")
        raise MisstatedError(message.format(why=error)) from None
    if span.first != span.last:
        message = _("{text} is more than one day: name the day, such as {last}")
        raise MisstatedError(message.format(text=quote(text), last=span.last))
    return span.last


_WRITTEN_FIGURE: Final = re.compile(
    r"(-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[1-9][0-9]{0,10})(?:\.[0-9]{1,6})?)(万?)", re.ASCII
)
_LARGE_UNITS: Final = ("万", "亿")
_PARTS: Final = ("%", "‰")
_TEN_THOUSAND: Final = 10_000
_MINUS: Final = str.maketrans("−－", "--")


def parse_figure(indicator: Indicator, text: str) -> Decimal:
    """The figure of an indicator that is written with or without its unit, as it is kept.

    That is without an exponent and without zeros at its end. Raises MisstatedError for all else:
    another unit, a comma where no thousand ends.
    """
    unit = _narrow(indicator.unit)
    written = _narrow(text).removesuffix(unit)
    found = _WRITTEN_FIGURE.fullmatch(written)
    if found is None or (found[2] and unit.startswith((*_LARGE_UNITS, *_PARTS))):
        message = _("{text} is not a figure in {unit}: write it as 98, 4200 or 0.02")
        raise MisstatedError(message.format(text=quote(text), unit=indicator.unit))
    plain = Decimal(found[1].replace(",", "")) * (_TEN_THOUSAND if found[2] else 1)
    return Decimal(f"{plain.normalize() + 0:f}")  # + 0: of -0 nothing but 0 is kept


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(_MINUS)).split())


_A_NUMBER_TO_EXCEL: Final = re.compile(r"[0-9]+\.[0-9]+")


def find_reporter(
    plan: Plan, measure: Measure | None, name: str, *, in_table: bool = False
) -> Unit | None:
    """The unit meant; where none is named the one that leads the measure, if just one does.

    A measure that was named `in_table` may be another, which Excel made this one of: then the
    unit decides. Raises NameLookupError where no unit is meant, MisstatedError where it is one of
    the other measure.
    """
    cut = _cut_by_excel(plan, measure) if measure and in_table else None
    if name.strip():
        unit = find_unit(plan, name)
        if measure and cut and _is_of_the_other(unit, measure, cut):
            message = _("{unit} has no part in {id} but in {other}: in Excel, make the column text")
            raise MisstatedError(message.format(unit=unit.name, id=measure.id, other=cut.id))
        return unit
    if measure is None:
        return None
    if cut:
        message = _(
            "name the unit that reports: Excel makes {id} of {other}, and both are measures"
        )
        either = dict.fromkeys((*involved_units(measure), *involved_units(cut)))
        raise NameLookupError(
            message.format(id=measure.id, other=cut.id), tuple(unit.name for unit in either)
        )
    return _leading(measure)


def involved_units(measure: Measure) -> tuple[Unit, ...]:
    """The units that a measure names, without groups, each once."""
    groups = measure.groups()
    return tuple(unit for unit in dict.fromkeys(measure.units()) if unit not in groups)


def _cut_by_excel(plan: Plan, measure: Measure) -> Measure | None:
    """The measure 7.10 where this one is 7.1: to Excel both are the same number."""
    if not _A_NUMBER_TO_EXCEL.fullmatch(measure.id):
        return None
    return next((it for it in plan.measures if it.id == f"{measure.id}0"), None)


def _is_of_the_other(unit: Unit, measure: Measure, other: Measure) -> bool:
    """Whether only the other measure names a unit; it may be one of a group, which names none."""
    return not measure.groups() and unit not in measure.units() and unit in other.units()


def _leading(measure: Measure) -> Unit:
    units = involved_units(measure)
    leads = [unit for unit in measure.lead if unit in units]
    if len(measure.lead) == len(leads) == 1:
        return leads[0]
    message = _("name the unit that reports: {measure} is led by {lead}")
    raise NameLookupError(
        message.format(measure=measure.id, lead="、".join(unit.name for unit in measure.lead)),
        tuple(unit.name for unit in units),
    )


T = TypeVar("T")

_IS_FIGURE: Final = re.compile(r"[-−－]?\d")


def resolve(
    plan: Plan, reported: Reported, evidence: tuple[Evidence, ...], at: datetime
) -> Entry | tuple[InputError, ...]:
    """The entry that is meant, recorded `at` a time of the plan's zone; or all its mistakes."""
    reading = _Reading(reported.line)
    measure = reading.of("measure", lambda: find_measure(plan, _given(reported.measure)))
    on = reading.of("on", lambda: parse_day(reported.on, at.date()))
    unit = reading.of(
        "unit",
        lambda: find_reporter(plan, measure, reported.unit, in_table=reported.line > 0),
    )
    status = reading.of("status", lambda: _status(reported.status))
    values = _values(plan, reported, measure, reading)
    note = reading.of("note", lambda: _note(reported.note))
    if reading.mistakes or measure is None or unit is None:
        return tuple(reading.mistakes)
    data = {
        "measure": measure.id,
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
    mistakes: list[InputError] = field(default_factory=list)

    def of(self, name: str, understand: Callable[[], T]) -> T | None:
        """What a field means; None where that is a mistake."""
        try:
            return understand()
        except CreditPlanError as error:
            near = error.candidates if isinstance(error, NameLookupError) else ()
            self.mistakes.append(InputError(self.line, name, str(error), near))
            return None


def _given(text: str) -> str:
    if not text.strip():
        raise MisstatedError(_("is missing"))
    return text


def _status(text: str) -> Status:
    written = _given(text).strip().lower().replace("_", "-")
    meant = STATUSES_IN_CHINESE.get(written) or next((it for it in Status if it == written), None)
    if meant is None:
        message = _("{text} is no status: write one of {words}, or {chinese}")
        words, chinese = ", ".join(Status), "、".join(STATUSES_IN_CHINESE)
        raise MisstatedError(message.format(text=quote(text), words=words, chinese=chinese))
    return meant


def _values(
    plan: Plan, reported: Reported, measure: Measure | None, reading: _Reading
) -> dict[str, Decimal]:
    """The figures by the ids of their indicators."""
    values: dict[str, Decimal] = {}
    measure_id = measure.id if measure else ""
    for name, text in _name_values(plan, reported, measure_id):
        found = reading.of("values", partial(_resolve_value, plan, measure_id, name, text))
        if found is None:
            continue
        indicator, value = found
        if indicator in values:
            message = _("{indicator} is given twice").format(indicator=indicator)
            reading.mistakes.append(InputError(reported.line, "values", message))
        values[indicator] = value
    return values


def _name_values(plan: Plan, reported: Reported, measure: str) -> tuple[tuple[str, str], ...]:
    """The figures with their names; one alone in a table may do without where none is but one."""
    own = [it.id for it in plan.indicators if it.measure == measure]
    match reported.values:
        case ((alone, ""),) if reported.line and len(own) == 1 and _IS_FIGURE.match(alone):
            return ((own[0], alone),)
        case _:
            return reported.values


def _resolve_value(plan: Plan, measure: str, name: str, text: str) -> tuple[str, Decimal]:
    if not text.strip():
        message = _("{name} has no figure: write NAME=NUMBER")
        raise MisstatedError(message.format(name=quote(name)))
    indicator = find_indicator(plan, name, measure)
    if measure and indicator.measure != measure:
        message = _("{indicator} is a figure of measure {owner}: give it in a report of that")
        raise MisstatedError(message.format(indicator=indicator.id, owner=indicator.measure))
    return indicator.id, parse_figure(indicator, text)


def _note(text: str) -> str:
    """The note, whose lines are ended by a line feed, whatever ended them before."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise MisstatedError(_("is not text in UTF-8")) from None
    return "\n".join(text.strip().splitlines())
