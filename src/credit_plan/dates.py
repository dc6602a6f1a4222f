"""Days and the parts of the calendar, as a YAML file writes them.

`spans` reads the dates of people, and `wordings` those of published plans.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta, timezone
from enum import StrEnum, unique
from functools import lru_cache
from typing import NamedTuple

from credit_plan.i18n import _, quote

ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Fixed since 1991; needs no time zone data, which Windows does not have."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_PERIOD_NAME = re.compile(
    r"(\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>\d{2}))?", re.ASCII
)
_YEAR_DAY = re.compile(r"(\d{2})(?:-(\d{2}))?", re.ASCII)
_MONTHS = range(1, 13)
COMMON_YEAR = 2023
"""A year in which to look up a day of every year: 02-29 is none."""

_CACHE_SIZE = 1024
"""A plan has thousands of dates, and few that differ."""


class NotADateError(ValueError):
    """A text that should be a date and is not; the message says why."""


@unique
class CalendarPeriod(StrEnum):
    """A part of the calendar that has a name."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Return how many months it has."""
        return _MONTHS_IN[self]


_MONTHS_IN = {
    CalendarPeriod.MONTH: 1,
    CalendarPeriod.QUARTER: 3,
    CalendarPeriod.HALF_YEAR: 6,
    CalendarPeriod.YEAR: 12,
}


_NAMES = {
    CalendarPeriod.MONTH: "{year:04}-{number:02}",
    CalendarPeriod.QUARTER: "{year:04}Q{number}",
    CalendarPeriod.HALF_YEAR: "{year:04}H{number}",
    CalendarPeriod.YEAR: "{year:04}",
}


class Span(NamedTuple):
    """Successive days: `2023-12` is 2023-12-01 to 2023-12-31."""

    first: date
    last: date

    @property
    def period(self) -> CalendarPeriod | None:
        """Return which part of the calendar it is; None for a day, a week or anything else."""
        if self.first.day > 1 or self.last != last_of_month(self.last.year, self.last.month):
            return None
        months = 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1
        if (self.first.month - 1) % months:
            return None
        return next((it for it in CalendarPeriod if it.months == months), None)

    @property
    def name(self) -> str:
        """Return `2023`, `2023H1`, `2023Q1`, `2023-03`, or the day for what has no name."""
        return self.write(_NAMES)

    def write(self, forms: Mapping[CalendarPeriod, str]) -> str:
        """Return the form of its period, with `year` and `number`; the day if it has no period.

        The second quarter of a year has the number 2.
        """
        if not (period := self.period):
            return str(self.last)
        number = (self.first.month - 1) // period.months + 1
        return forms[period].format(year=self.first.year, number=number)


@lru_cache(_CACHE_SIZE)
def parse_iso(text: str) -> date:
    """Return the date of a YAML file, which is written `2023-12-31` and in no other way."""
    if not (match := _ISO.fullmatch(text)):
        raise NotADateError(_("{text} is not a date").format(text=quote(text)))
    return make_date(text, *map(int, match.groups()))


def make_date(text: str, year: int, month: int, day: int) -> date:
    """Return the date; raise NotADateError with the part of it that cannot be."""
    days = 0
    if month not in _MONTHS:
        message = _("{text} is not a date: there is no month {month}")
    elif year < date.min.year:
        message = _("{text} is not a date: there is no year {year}")
    elif not 1 <= day <= last_of_month(year, month).day:
        message = _("{text} is not a date: {year:04}-{month:02} has {days} days")
        days = last_of_month(year, month).day
    else:
        return date(year, month, day)
    raise NotADateError(message.format(text=quote(text), year=year, month=month, days=days))


def parse_name(name: str) -> Span:
    """Return the days of a name as `Span.name` gives it; raise NotADateError for any other text."""
    if match := _PERIOD_NAME.fullmatch(name):
        year, part = int(match[1]), match.lastgroup
        months = {"half": 6, "quarter": 3, "month": 1}.get(part or "", 12)
        month = months * (int(match[part]) - 1) + 1 if part else 1
        make_date(name, year, month, 1)
        return make_months(year, month, months)
    if not _ISO.fullmatch(name):
        raise NotADateError(_("{text} is neither a day nor a period").format(text=quote(name)))
    day = parse_iso(name)
    return Span(day, day)


def make_year_day(text: str, year: int) -> Span:
    """Return the days of `03-15` or of the month `09` in a year.

    Raise NotADateError for any other text.
    """
    if not (match := _YEAR_DAY.fullmatch(text)):
        raise NotADateError(_("{text} is not a day of the year").format(text=quote(text)))
    month, day = int(match[1]), match[2]
    first = make_date(text, year, month, int(day or 1))
    return Span(first, first if day else last_of_month(year, month))


def iter_periods(every: CalendarPeriod, first: date, last: date) -> Iterator[Span]:
    """Yield each period whose last day lies between two days, both included."""
    for year in range(first.year, last.year + 1):
        for month in range(1, 13, every.months):
            span = make_months(year, month, every.months)
            if first <= span.last <= last:
                yield span


def iter_year_days(texts: Iterable[str], first: date, last: date) -> Iterator[Span]:
    """Yield what `03-15` or the month `09` are in each year, if they end between two days."""
    texts = sorted(texts)
    for year in range(first.year, last.year + 1):
        for span in (make_year_day(text, year) for text in texts):
            if first <= span.last <= last:
                yield span


def make_months(year: int, month: int, count: int) -> Span:
    """Return successive months of a year."""
    return Span(date(year, month, 1), last_of_month(year, month + count - 1))


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    if month == _MONTHS[-1]:
        return date(year, month, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
