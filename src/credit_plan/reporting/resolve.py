"""Resolve what a person reports, in their own words, to an entry of a measure of the plan."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ParamSpec, TypeVar

from credit_plan import spans
from credit_plan.dates import NotADateError, Span
from credit_plan.errors import CreditPlanError, MisstatedError, NameLookupError, UnknownNameError
from credit_plan.filters import find_measure
from credit_plan.i18n import _, quote
from credit_plan.loader.locate import Source
from credit_plan.models.progress import Entry, Evidence
from credit_plan.models.quick import read_record
from credit_plan.models.values import MAX_REMARK
from credit_plan.plan import Measure, Obligation, Plan, Unit
from credit_plan.reporting.evidence import find_evidence
from credit_plan.reporting.figures import find_figure
from credit_plan.reporting.reported import InputError, Reported
from credit_plan.reporting.statuses import parse_status
from credit_plan.reporting.wording import check_words
from credit_plan.rules import unseen_character
from credit_plan.text import find_unseen, shorten, to_half_width
from credit_plan.unit_names import find_unit

P = ParamSpec("P")
T = TypeVar("T")

_MAX_MISTAKES = 1000
"""Nobody reads more of them at once, and an input of 1 MiB can have 700,000."""

_MAX_LISTED = 8
"""What falls due of one measure, where a date means nothing: a quarterly duty has 16."""

_MIDNIGHT = re.compile(r"[ T]+0?0:00(:00)?\Z")
"""What a spreadsheet appends to a day: `2025/6/30 0:00`."""

_SHORT_YEAR = re.compile(r"\A(?=[0-9]{2}年)")
"""Before what LibreOffice makes of 2024/6/30: `24年6月30日`."""

_EXCEL_DAY = re.compile(r"[45][0-9]{4}|60000")
"""Excel's numbers of the days from 2009 to 2064."""

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_NUMBER = re.compile(r"[0-9]+\.[0-9]+")


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry to be written, and the report that it is of."""

    entry: Entry
    report: Reported

    @property
    def is_undated(self) -> bool:
        """Return whether a file gives no day for it, so that it is about the present one."""
        return bool(self.report.file) and not self.report.on


def resolve_all(
    plan: Plan, source: Source, reports: Iterable[Reported | InputError], at: datetime
) -> tuple[tuple[PendingEntry, ...], tuple[InputError, ...]]:
    """Return the entries of the reports, recorded `at` a time, and everything wrong with these.

    After too many mistakes the other reports are not looked at.
    """
    pending: list[PendingEntry] = []
    errors: list[InputError] = []
    for report in reports:
        if isinstance(report, InputError):
            errors.append(report)
        elif isinstance(outcome := resolve(plan, source, report, at), Entry):
            pending.append(PendingEntry(outcome, report))
        else:
            errors += map(report.locate, outcome)
        if len(errors) >= _MAX_MISTAKES:
            message = _("too many mistakes; what follows was not looked at")
            errors.append(InputError(report.line, "", message, file=report.file))
            break
    return tuple(pending), tuple(errors)


def resolve(
    plan: Plan, source: Source, report: Reported, at: datetime
) -> Entry | tuple[InputError, ...]:
    """Return the entry of a report, recorded `at` a time of the plan's zone; or all its errors."""
    attempts = _Attempts(report.line)
    # A sheet is read again on other days, on which 今天 would be another one.
    in_sheet = report.line > 0
    today = at.date()
    measure = attempts.run("measure", _find_measure, plan, report.measure)
    due = None
    if measure:
        due = attempts.run("due", find_due, plan, measure, report.due, None if in_sheet else today)
        attempts.run("measure", check_words, plan, measure, report.words)
    on = attempts.run("on", parse_day, report.on, today, in_sheet=in_sheet)
    # Words show which measure it is, whatever Excel has made of its id.
    in_table = in_sheet and not report.words
    unit = attempts.run("unit", find_reporter, plan, measure, report.unit, in_table=in_table)
    status = attempts.run("status", lambda: parse_status(_require(report.status)))
    values: dict[str, str] = {}
    for name, text in report.values:
        attempts.run("values", _add_figure, values, plan, measure, name, text)
    note = attempts.run("note", parse_note, report.note)
    evidence = [attempts.run("evidence", _find_evidence, source, word) for word in report.evidence]
    if attempts.errors or measure is None or unit is None:
        return tuple(attempts.errors)
    data = {
        "measure": measure.id,
        "due": due,
        "on": str(on),
        "unit": unit.name,
        "status": status,
        "values": values,
        "note": note,
        "evidence": tuple(evidence),
        "recorded": at.isoformat(),
    }
    # A field without a value is left out.
    return read_record(Entry, {name: value for name, value in data.items() if value})


def find_mistakes(
    plan: Plan, source: Source, report: Reported, at: datetime
) -> tuple[InputError, ...]:
    """Return what is wrong with the fields that a report has; others may be missing."""
    outcome = resolve(plan, source, report, at)
    mistakes = outcome if isinstance(outcome, tuple) else ()
    return tuple(it for it in mistakes if getattr(report, it.field))


def parse_day(text: str, today: date, *, in_sheet: bool = False) -> date:
    """Return the day of a report, `today` if empty.

    Raise MisstatedError if it is not a date or is in the future, or if it depends on today and
    stands in a sheet.
    """
    if not text.strip():
        return today
    span = _parse_span(text, None if in_sheet else today)
    if span.first != span.last:
        message = _("{text} is more than one day; name one, such as {last}")
        raise MisstatedError(message.format(text=quote(text), last=span.last))
    day = span.last
    if day > today:
        message = _("{day} is in the future; today is {today}")
        raise MisstatedError(message.format(day=day, today=today))
    return day


def find_due(plan: Plan, measure: Measure, text: str, today: date | None = None) -> str | None:
    """Return what of a measure a date means, as `due` has it: `2022-12-31`, or `2023Q1`.

    A period means what recurs in it, else the only thing that falls due within it: 2023年第1季度,
    2022年底, 2022. None means the measure: for no text, or for the deadline. Words such as 年底
    need `today`. Raise UnknownNameError, with what falls due nearest to it, for a date on which
    nothing of the measure falls due, or several things.
    """
    if not text.strip():
        return None
    own = [it for it in plan.obligations if it.measure.id == measure.id]
    span = _parse_span(text, today, _("{why}; write a period as 2023Q1, or a day as 2023-03-15"))
    if span.name in {it.due for it in own}:
        return span.name
    if measure.deadline == span.first == span.last:
        return None
    found = [it for it in own if span.first <= it.date <= span.last]
    dues = {it.due for it in found}
    if len(dues) == 1:
        return dues.pop()
    message = _("nothing of measure {id} falls due on {text}")
    if found:
        message = _("several things of measure {id} fall due on {text}")
    raise UnknownNameError(
        message.format(id=measure.id, text=quote(text)), _list_nearest(found or own, span)
    )


def parse_note(text: str) -> str:
    """Return a note with line feeds for the line breaks of Windows and of old Macs.

    Raise MisstatedError if it is too long, or has a character that no file may have.
    """
    note = _check_text(text).strip().replace("\r\n", "\n").replace("\r", "\n")
    for index in find_unseen(note):
        raise MisstatedError("\n  ".join(unseen_character.explain(note, index)))
    return note


def find_reporter(
    plan: Plan, measure: Measure | None, name: str, *, in_table: bool = False
) -> Unit | None:
    """Return the unit of this name; without one, the unit that alone leads the measure.

    Excel turns 7.10 into 7.1. If both are measures, a report `in_table` must name its unit; raise
    MisstatedError if that unit is involved in 7.10 only. Raise NameLookupError if the unit is
    unknown or must be named.
    """
    if measure is None:
        return find_unit(plan, name) if name.strip() else None
    longer = _find_cut_by_excel(plan, measure) if in_table else None
    if not name.strip():
        return _find_lead(measure, longer)
    unit = find_unit(plan, name)
    if longer and _is_only_in(longer, unit, measure):
        message = _(
            "{unit} is not involved in {id} but in {other}; in Excel, format the column as text"
        )
        raise MisstatedError(message.format(unit=unit.name, id=measure.id, other=longer.id))
    return unit


def involved_units(measure: Measure) -> tuple[Unit, ...]:
    """Return the units that a measure names, without groups, each once."""
    return tuple(dict.fromkeys(unit for unit in measure.units() if not unit.is_group))


@dataclass(slots=True)
class _Attempts:
    """Run one function after the other, and collect what is wrong with each field."""

    line: int
    errors: list[InputError] = field(default_factory=list)

    def run(
        self, name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Return the result; None where the function raises an error, which is collected.

        After too many errors nothing is run any more.
        """
        if len(self.errors) >= _MAX_MISTAKES:
            return None
        try:
            return function(*args, **kwargs)
        except CreditPlanError as error:
            candidates = error.candidates if isinstance(error, NameLookupError) else ()
            self.errors.append(InputError(self.line, name, str(error), candidates))
            return None


def _find_measure(plan: Plan, text: str) -> Measure:
    return find_measure(plan, _require(text))


def _find_evidence(source: Source, word: str) -> Evidence:
    return find_evidence(source, _check_text(word))


def _require(text: str) -> str:
    if not text.strip():
        raise MisstatedError(_("is missing"))
    return text


def _add_figure(
    values: dict[str, str], plan: Plan, measure: Measure | None, name: str, text: str
) -> None:
    """Add a figure, as a file has it, to those that are known by the ids of their indicators.

    One that stands alone is not looked at without its measure, which is wrong already.
    """
    if not measure and not text.strip():
        return
    indicator, value = find_figure(plan, measure, name, text)
    if measure and indicator.measure != measure.id:
        message = _("{indicator} belongs to measure {owner}; report it there")
        raise MisstatedError(message.format(indicator=indicator.id, owner=indicator.measure))
    if indicator.id in values:
        raise MisstatedError(_("{indicator} is given twice").format(indicator=indicator.id))
    values[indicator.id] = f"{value:f}"


def _check_text(text: str) -> str:
    """Return the text; refuse one that is too long, or that no file can hold."""
    if len(text) > MAX_REMARK:
        message = _(
            "has {count:,} characters, but at most {most:,} are allowed; use a file as evidence"
        )
        raise MisstatedError(message.format(count=len(text), most=MAX_REMARK))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise MisstatedError(_("is not valid UTF-8")) from None
    return text


def _list_nearest(obligations: Iterable[Obligation], span: Span) -> tuple[str, ...]:
    """Return what is to be typed for each of the obligations that are nearest to some days."""

    def distance(it: Obligation) -> tuple[int, date]:
        first = it.span.first if it.span else it.date
        return max((first - span.last).days, (span.first - it.date).days, 0), it.date

    nearest = sorted(obligations, key=distance)[:_MAX_LISTED]
    return tuple(f"{it.due or it.date} {shorten(it.what)}" for it in nearest)


def _parse_span(text: str, today: date | None, hint: str = "") -> Span:
    """Return the days that a date means, also as a spreadsheet writes it.

    Without `today` it is from a sheet. Raise MisstatedError with the reason and a hint.
    """
    written = to_half_width(text).strip()
    if _EXCEL_DAY.fullmatch(written):
        message = _("{text} is an Excel serial number; format the cells as dates, or write {day}")
        day = _EXCEL_DAY_ZERO + timedelta(int(written))
        raise MisstatedError(message.format(text=quote(text), day=day))
    written = _MIDNIGHT.sub("", written)
    if today is None:
        written = _SHORT_YEAR.sub("20", written)
    try:
        return spans.parse_span(written, today)
    except NotADateError as error:
        if today:
            hint = hint or _("{why}; write a day as 2023-12-31, 今天 or -1d")
        hint = hint or _("{why}; write a day as 2023-12-31")
        raise MisstatedError(hint.format(why=error)) from None


def _find_cut_by_excel(plan: Plan, measure: Measure) -> Measure | None:
    """Return 7.10 for 7.1, if it is a measure: Excel takes both for the same number."""
    if not _EXCEL_NUMBER.fullmatch(measure.id):
        return None
    return next((other for other in plan.measures if other.id == f"{measure.id}0"), None)


def _is_only_in(other: Measure, unit: Unit, measure: Measure) -> bool:
    """Return whether `other` names a unit that `measure` cannot involve, not even in a group."""
    return not measure.groups() and unit not in measure.units() and unit in other.units()


def _find_lead(measure: Measure, longer: Measure | None) -> Unit:
    """Return the only lead unit of a measure; refuse if Excel may have cut its id from `longer`."""
    units = involved_units(measure)
    leads = [unit for unit in measure.lead if unit in units]
    if longer:
        message = _(
            "name the unit that reports: Excel turns {other} into {id}, and both are measures"
        ).format(id=measure.id, other=longer.id)
        units += involved_units(longer)
    elif len(measure.lead) == len(leads) == 1:
        return leads[0]
    else:
        message = _("name the unit that reports: {measure} is led by {lead}").format(
            measure=measure.id, lead="、".join(unit.name for unit in measure.lead)
        )
    raise NameLookupError(message, tuple(dict.fromkeys(unit.name for unit in units)))
