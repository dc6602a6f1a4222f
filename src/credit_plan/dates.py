"""How dates are written: by a user, in a YAML file, and by the plan itself.

The plan says 2025年底前 (by the end of 2025): a phrase stands for the last day it includes.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from functools import lru_cache
from typing import Final

from credit_plan.i18n import _, quote

ZONE: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Fixed since 1991; needs no time zone data, which Windows does not bring."""

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEAR_END: Final = re.compile(r"(\d{4})年年?底前?", re.ASCII)
_DASHED: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_CHINESE: Final = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?", re.ASCII)
_DEADLINE: Final = re.compile(r"([1-9]\d{3})年年?底前?(完成并长期坚持)?", re.ASCII)
_BEFORE: Final = re.compile(r"([1-9]\d{3})年以前", re.ASCII)
_DAYS: Final = (
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})",
    r"([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})日",
)
_REMEMBERED: Final = 1024
"""A plan has thousands of dates, and few that differ."""

_MONTHS: Final = range(1, 13)
_YEAR: Final = re.compile(r"([1-9]\d{3})年(?!起|开始|以前)", re.ASCII)
_YEAR_END_IN: Final = re.compile(r"([1-9]\d{3})年年?底前?", re.ASCII)
_START: Final = re.compile(r"([1-9]\d{3})年(?:起|开始)", re.ASCII)


class NotADateError(ValueError):
    """A text that was to be a date and is none; the message says why."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a written date covers: `2023-12` is 2023-12-01 to 2023-12-31."""

    first: date
    last: date


def parse_span(text: str) -> Span:
    """The days meant by `2023-12-31`, `2023-12`, `2023`, `2023年底` or `2023年12月31日`."""
    written = unicodedata.normalize("NFKC", text).strip()
    if year_end := _YEAR_END.fullmatch(written):
        day = _day(text, int(year_end[1]), 12, 31)
        return Span(day, day)
    if not (parts := _DASHED.fullmatch(written) or _CHINESE.fullmatch(written)):
        raise NotADateError(_("{text} is not a date").format(text=quote(text)))
    year, month, day_of_month = parts.groups()
    if month is None:
        return Span(_day(text, int(year), 1, 1), _day(text, int(year), 12, 31))
    if day_of_month is None:
        first = _day(text, int(year), int(month), 1)
        return Span(first, _last_of_month(first))
    day = _day(text, int(year), int(month), int(day_of_month))
    return Span(day, day)


@lru_cache(_REMEMBERED)
def parse_iso(text: str) -> date:
    """The date of a YAML file, which is written `2023-12-31` and in no other way."""
    if not (parts := _ISO.fullmatch(text)):
        raise NotADateError(_("{text} is not a date").format(text=quote(text)))
    return _day(text, *(int(part) for part in parts.groups()))


def guess_day(text: str) -> date | None:
    """The day that is surely meant by a date of a file that is written otherwise.

    `2025/12/31`, `2025.1.5`, `2025年12月31日`, with figures of any width: year, month and day, in
    this order; None for all else, or where there is no such day.
    """
    narrow = "".join(unicodedata.normalize("NFKC", text).split())
    found = next(filter(None, (re.fullmatch(form, narrow) for form in _DAYS)), None)
    if found is None:
        return None
    year, _mark, month, day = found.groups()
    try:
        return _day(text, int(year), int(month), int(day))
    except NotADateError:
        return None


@dataclass(frozen=True, slots=True)
class ParsedDeadline:
    """What a printed deadline says: the last day, and whether the duty goes on after it."""

    by: date
    ongoing: bool


@lru_cache(_REMEMBERED)
def parse_deadline(text: str) -> ParsedDeadline | None:
    """The meaning of a cell 完成时限, such as 2023年底前完成并长期坚持; None if it has none."""
    if not (parts := _DEADLINE.fullmatch(text)):
        return None
    return ParsedDeadline(date(int(parts[1]), 12, 31), ongoing=parts[2] is not None)


def find_year_ends(passage: str) -> tuple[date, ...]:
    """The year-ends that a passage of a target names, in its order.

    `2023年底前`, `2023年内` and `2023年` mean the end of 2023, `2023年以前` the end of 2022;
    `2022年起` names a beginning and no end.
    """
    found = [(match.start(), int(match[1])) for match in _YEAR.finditer(passage)]
    found += [(match.start(), int(match[1]) - 1) for match in _BEFORE.finditer(passage)]
    return tuple(date(year, 12, 31) for _start, year in sorted(found))


@dataclass(frozen=True, slots=True)
class NamedYearEnd:
    """A year-end that is named as one, and where the words for it are, as (start, end)."""

    by: date
    part: tuple[int, int]


def find_named_year_ends(passage: str) -> tuple[NamedYearEnd, ...]:
    """The year-ends that a passage names with 底: `2023年底前`, and no mere `2023年`."""
    if "年底" not in passage:
        return ()
    return tuple(
        NamedYearEnd(date(int(match[1]), 12, 31), match.span())
        for match in _YEAR_END_IN.finditer(passage)
    )


@dataclass(frozen=True, slots=True)
class NamedStart:
    """A year in which something begins, and where the words for it are, as (start, end)."""

    year: int
    part: tuple[int, int]


def find_starts(passage: str) -> tuple[NamedStart, ...]:
    """The beginnings that a passage of a target names, in its order: `2022年起`, `2022年开始`."""
    if "年起" not in passage and "年开始" not in passage:
        return ()
    return tuple(NamedStart(int(match[1]), match.span()) for match in _START.finditer(passage))


def _day(text: str, year: int, month: int, day: int) -> date:
    """The day, or an error that says which part of it cannot be."""
    if month not in _MONTHS:
        raise NotADateError(
            _("{text} is not a date: there is no month {month}").format(
                text=quote(text), month=month
            )
        )
    if year < date.min.year:
        raise NotADateError(
            _("{text} is not a date: there is no year {year}").format(text=quote(text), year=year)
        )
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise NotADateError(
            _("{text} is not a date: {month} has {days} days").format(
                text=quote(text), month=f"{year:04}-{month:02}", days=days
            )
        )
    return date(year, month, day)


def _last_of_month(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
