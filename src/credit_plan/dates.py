"""Dates as a YAML file and the plan itself write them; `spans` reads those of people.

The plan says 2025年底前 (by the end of 2025): a phrase stands for the last day it includes.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from functools import lru_cache

from credit_plan.i18n import _, quote

ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Fixed since 1991; needs no time zone data, which Windows does not have."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_PRINTED_YEAR = r"([1-9]\d{3})"
_PRINTED_YEAR_END = re.compile(rf"{_PRINTED_YEAR}年年?底前?", re.ASCII)
_DEADLINE = re.compile(rf"{_PRINTED_YEAR}年年?底前?(完成并长期坚持)?", re.ASCII)
_NAMED_YEAR = re.compile(rf"{_PRINTED_YEAR}年(起|开始|以前)?", re.ASCII)
_STARTS = ("起", "开始")
_BEFORE = "以前"
_MONTHS = range(1, 13)
_CACHE_SIZE = 1024
"""A plan has thousands of dates, and few that differ."""


class NotADateError(ValueError):
    """A text that should be a date and is not; the message says why."""


@dataclass(frozen=True, slots=True)
class ParsedDeadline:
    """The last day of a printed deadline, and whether the duty goes on after it."""

    by: date
    ongoing: bool


@dataclass(frozen=True, slots=True)
class NamedYearEnd:
    """A year-end that a passage names as one, and where it does, as (start, end)."""

    by: date
    part: tuple[int, int]


@dataclass(frozen=True, slots=True)
class NamedStart:
    """A year in which something begins, and where a passage names it, as (start, end)."""

    year: int
    part: tuple[int, int]


@lru_cache(_CACHE_SIZE)
def parse_iso(text: str) -> date:
    """Return the date of a YAML file, which is written `2023-12-31` and in no other way."""
    if not (match := _ISO.fullmatch(text)):
        raise NotADateError(_("{text} is not a date").format(text=quote(text)))
    return make_date(text, *map(int, match.groups()))


def make_date(text: str, year: int, month: int, day: int) -> date:
    """Return the date; raise NotADateError with the part of it that cannot be."""
    if month not in _MONTHS:
        why = _("there is no month {month}").format(month=month)
    elif year < date.min.year:
        why = _("there is no year {year}").format(year=year)
    elif not 1 <= day <= monthrange(year, month)[1]:
        days = monthrange(year, month)[1]
        why = _("{month} has {days} days").format(month=f"{year:04}-{month:02}", days=days)
    else:
        return date(year, month, day)
    raise NotADateError(_("{text} is not a date: {why}").format(text=quote(text), why=why))


@lru_cache(_CACHE_SIZE)
def parse_deadline(text: str) -> ParsedDeadline | None:
    """Return what a cell 完成时限 means, such as 2023年底前完成并长期坚持; None if unknown."""
    if not (match := _DEADLINE.fullmatch(text)):
        return None
    return ParsedDeadline(date(int(match[1]), 12, 31), ongoing=match[2] is not None)


def find_year_ends(passage: str) -> tuple[date, ...]:
    """Return the year-ends that a passage of a target names, in order.

    `2023年底前`, `2023年内` and `2023年` mean the end of 2023, `2023年以前` the end of 2022;
    `2022年起` names a beginning, not an end.
    """
    return tuple(
        date(int(match[1]) - (match[2] == _BEFORE), 12, 31)
        for match in _NAMED_YEAR.finditer(passage)
        if match[2] not in _STARTS
    )


def find_named_year_ends(passage: str) -> tuple[NamedYearEnd, ...]:
    """Return the year-ends that a passage names with 底: `2023年底前`, but not `2023年`."""
    return tuple(
        NamedYearEnd(date(int(match[1]), 12, 31), match.span())
        for match in _PRINTED_YEAR_END.finditer(passage)
    )


def find_starts(passage: str) -> tuple[NamedStart, ...]:
    """Return the beginnings that a passage names, in order: `2022年起`, `2022年开始`."""
    return tuple(
        NamedStart(int(match[1]), match.span())
        for match in _NAMED_YEAR.finditer(passage)
        if match[2] in _STARTS
    )
