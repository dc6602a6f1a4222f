"""The days that people mean by a date: `2023-12`, `2024Q3`, `2023年底`, `本季度`, `+30d`.

Nothing else reads the dates of options, sheets, the interview and files. A word such as 本季度 is
first turned into what it means today, 2026年第4季度: one grammar reads both.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from credit_plan.dates import (
    CalendarPeriod,
    NotADateError,
    Span,
    make_date,
    make_months,
    parse_name,
)
from credit_plan.i18n import _, quote
from credit_plan.text import parse_numeral, remove_harmless_spaces, to_hyphens, to_simplified

_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_MONTH = (
    rf"(?P<month>{_NUMBER})月"
    rf"(?:份|(?P<day>{_NUMBER})(?:[日号]|(?=前|\Z))|(?P<third>[上中下]{{1,2}})旬)?"
)
_QUARTER = rf"(?:第|(?P<through>前))?(?P<quarter>{_NUMBER})季度?"
_HALF = r"(?P<half>[上下])半年"
PARTS_OF_YEAR = rf"(?:{_MONTH}|{_QUARTER}|{_HALF})"
"""The parts of a year as Chinese names them: 6月, 6月15日, 6月中旬, 第三季度, 前三季度, 上半年."""

FIVE_YEARS = rf"[“\"]?(?P<plan>{_NUMBER})五[”\"]?(?:规划)?(?:时期|期间?)?"
"""A five-year plan, “十四五”, and its years: “十四五”期, “十四五”时期."""

_FORMS = (
    rf"年{_MONTH}",
    r"(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<day>[0-9]{1,2}))?",
    r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    rf"(?:年|(?=[第前一二三四])){_QUARTER}",
    r"(?:年|[-/. ])?q(?P<quarter>[0-9])",
    r"(?:年|[-/. ])?h(?P<half>[12])",
    rf"年?{_HALF}",
    r"(?:年度?)?",
)
_NAMED = r"(?<=[年月份季度五”期])"
_END = rf"(?:(?P<end>(?:{_NAMED}|(?<=[0-9]年)年)[底末]前?)|{_NAMED}以?内)?"
"""年底 and 年底前 are the last day of the year; 年内 is all of it."""

_DATES = (*(rf"(?P<year>[0-9]{{4}}){form}{_END}" for form in _FORMS), rf"{FIVE_YEARS}{_END}")
"""Not compiled here, so that only a date that is read takes the time for it."""

_QUARTERS = range(1, 5)
_FIRST_REGULAR_PLAN = 3
"""1963 to 1965 belong to no plan."""

_THIS_OR = r"(上|本|当|这|下)个?"
_ENGLISH = r"(last|this|next)[ -]"
_BARE = r"(?=[底末]|以?内)"
_WORDS = {
    "d": r"(前|昨|今|明|后)天|(昨|今|本|明)日|(yesterday|today|tomorrow)",
    "w": rf"{_THIS_OR}(?:周|星期|礼拜)|{_ENGLISH}week",
    "m": rf"{_THIS_OR}月|{_ENGLISH}month|月{_BARE}",
    "q": rf"{_THIS_OR}季度?|{_ENGLISH}quarter|季度?{_BARE}",
    "y": rf"(去|上|今|本|当|明)年度?|{_ENGLISH}year|年{_BARE}",
}
"""Words for a day, week, month, quarter or year by its distance from today."""

_STEPS = dict.fromkeys(("昨", "去", "上", "last", "yesterday"), -1)
_STEPS |= dict.fromkeys(("明", "下", "next", "tomorrow"), 1) | {"前": -2, "后": 2}
_WEEKDAYS = "一二三四五六日"
_SIGNED = r"(?P<sign>[+-])(?P<number>[0-9]{1,4})个?(?P<unit>[dwmy天日周月年]|星期|礼拜)"
_SIDED = (
    rf"(?P<number>{_NUMBER}|[0-9]{{3,4}})"
    # 25年内 may be 2025年内, 3月内 is March, and 30日前 may be the 30th.
    r"(?P<unit>天|日(?=[以之]?内)|个?周|个?星期|个?礼拜|个月|(?<![0-9]{2})年)"
    r"[以之]?(?P<side>[前内后])"
)
_UNITS = {"天": "d", "日": "d", "周": "w", "星": "w", "礼": "w", "月": "m", "年": "y"}
_LENGTHS = {it[0]: it.months for it in CalendarPeriod}


def parse_span(text: str, today: date | None) -> Span:
    """Return the days of a date that a person wrote: `2023-12-31`, `2024Q3`, `2023年底`, `本月`.

    Raise NotADateError with the reason if it is none; without `today`, also if it depends on it.
    """
    written = _normalize(text)
    with suppress(NotADateError):
        # What the program itself writes needs none of the patterns, which take a while to compile.
        return parse_name(written.upper())
    if span := _read(written, text, today):
        return span
    written = to_simplified(written)
    if span := _read(written, text, today):
        return span
    message = _find_reason(written)
    if not today and _is_relative(written):
        message = _("what {text} means depends on the day on which it is read")
    raise NotADateError(message.format(text=quote(text)))


def _read(written: str, text: str, today: date | None) -> Span | None:
    return _read_date(written, text) or (today and _read_relative(written, text, today)) or None


def parse_period(text: str, period: CalendarPeriod, today: date, year: int) -> Span:
    """Return the same for an option that asks for a period: there, 6 and Q3 are of the `year`."""
    number, written = None, _normalize(text)
    if period is CalendarPeriod.MONTH:
        number = re.fullmatch(rf"({_NUMBER})(?:月份?)?", written)
        completed = "{year:04}年{number}月"
    elif period is CalendarPeriod.QUARTER:
        number = re.fullmatch(rf"(?:q|第)?({_NUMBER})(?:季度?)?", written)
        completed = "{year:04}年第{number}季度"
    if number:
        text = completed.format(year=year, number=number[1])
    return parse_span(text, today)


def guess_day(text: str) -> date | None:
    """Return the day that a date in a file means beyond doubt although it is not ISO.

    It has a year, a month and a day: `2025/12/31`, `2025.1.5`, `2025年12月31日`. None for all else,
    such as 2025年底前, or where there is no such day.
    """
    match = _match_date(_normalize(text))
    if not match or not match.groupdict().get("day"):
        return None
    try:
        return parse_span(text, None).first
    except NotADateError:
        return None


def _normalize(text: str) -> str:
    return remove_harmless_spaces(to_hyphens(text)).lower()


def _match_date(written: str) -> re.Match[str] | None:
    """Return the parts of a date that has a year, whether or not there is such a day."""
    return next(filter(None, (re.fullmatch(form, written) for form in _DATES)), None)


def _read_date(written: str, text: str) -> Span | None:
    """Return the days of a date that has a year; raise NotADateError if there are none."""
    if not (match := _match_date(written)):
        return None
    parts = match.groupdict()
    if plan := parts.get("plan"):
        span = make_five_years(text, _parse_number(plan))
    else:
        span = make_span(text, int(parts["year"]), parts)
    return Span(span.last, span.last) if parts["end"] else span


def make_span(text: str, year: int, parts: Mapping[str, str | None]) -> Span:
    """Return the days of a part of a year by the groups of `PARTS_OF_YEAR`; of none, the year.

    Raise NotADateError if there are none.
    """
    if (month := parts.get("month")) and (day := parts.get("day")):
        named = make_date(text, year, _parse_number(month), _parse_number(day))
        return Span(named, named)
    number, months = _find_months(parts, text)
    make_date(text, year, number, 1)
    span = make_months(year, number, months)
    if third := parts.get("third"):
        first, last = ("上中下".index(it) for it in (third[0], third[-1]))
        end = span.last if third[-1] == "下" else span.first.replace(day=10 * last + 10)
        return Span(span.first.replace(day=10 * first + 1), end)
    return span


def make_five_years(text: str, number: int) -> Span:
    """Return the years of a five-year plan: 14 (“十四五”) is 2021 to 2025.

    The plans follow each other without a gap from the third on; raise NotADateError before it.
    """
    if number < _FIRST_REGULAR_PLAN:
        raise NotADateError(_("{text} is not a date").format(text=quote(text)))
    last = 5 * number + 1955
    return Span(date(last - 4, 1, 1), date(last, 12, 31))


def _find_months(parts: Mapping[str, str | None], text: str) -> tuple[int, int]:
    """Return the first month of a date, and how many there are."""
    if month := parts.get("month"):
        return _parse_number(month), 1
    if half := parts.get("half"):
        return (1 if half in "上1" else 7), 6
    if not (written := parts.get("quarter")):
        return 1, 12
    if (quarter := _parse_number(written)) in _QUARTERS:
        return (1, 3 * quarter) if parts.get("through") else (3 * quarter - 2, 3)
    message = _("{text} is not a date: there is no quarter {quarter}")
    raise NotADateError(message.format(text=quote(text), quarter=quarter))


def _is_relative(written: str) -> bool:
    return any(re.match(form, written) for form in (*_WORDS.values(), _SIGNED, _SIDED))


def _read_relative(written: str, text: str, today: date) -> Span | None:
    """Return the days that words mean today; None if they mean none."""
    try:
        return _read_distance(written, today) or _read_word(written, text, today)
    except NotADateError:
        raise
    except (OverflowError, ValueError):
        return None  # before the year 1, or after 9999


def _read_distance(written: str, today: date) -> Span | None:
    """Return the days of `+30d`, 3个月后 or 30天内; the last begins today."""
    if not (match := re.fullmatch(_SIGNED, written) or re.fullmatch(_SIDED, written)):
        return None
    parts = match.groupdict()
    unit = parts["unit"].removeprefix("个")[0]
    is_past = parts.get("sign") == "-" or parts.get("side") == "前"
    number = _parse_number(parts["number"]) * (-1 if is_past else 1)
    day = _shift(today, _UNITS.get(unit, unit), number)
    return Span(today if parts.get("side") == "内" else day, day)


def _read_word(written: str, text: str, today: date) -> Span | None:
    """Return the days of 今天, 下周五, 本季度, 去年12月 or 年底."""
    for unit, words in _WORDS.items():
        if match := re.match(words, written):
            step = _STEPS.get(match[match.lastindex or 0], 0)
            rest = written[match.end() :]
            day = _shift(today, unit, step)
            if unit == "w":
                return _read_week(day, rest)
            meant = {
                "d": f"{day.year:04}年{day.month}月{day.day}日",
                "m": f"{day.year:04}年{day.month}月",
                "q": f"{day.year:04}年第{(day.month + 2) // 3}季度",
                "y": f"{day.year:04}年",
            }
            return _read_date(meant[unit] + rest, text)
    return None


def _read_week(day: date, rest: str) -> Span | None:
    """Return the week of a day, from Monday to Sunday, or the day of it that is named."""
    monday = day - timedelta(day.weekday())
    if rest in {"", "内"}:
        return Span(monday, monday + timedelta(6))
    if not re.fullmatch(f"[{_WEEKDAYS}天]", rest):
        return None
    named = monday + timedelta(_WEEKDAYS.find(rest.replace("天", "日")))
    return Span(named, named)


def _find_reason(written: str) -> str:
    """Return what is said of a text that is no date."""
    undecided = written.removesuffix("前").removesuffix("以")
    if _lacks_year(undecided):
        return _("{text} has no year")
    if re.match("[0-9]{2}(?![0-9])", written) and _match_date(f"20{undecided}"):
        return _("{text} has a year of two digits")
    if re.fullmatch("(?:[0-9]{1,2}[-/.]){1,2}[0-9]{4}", written):
        return _("{text} has its year at the end, where days and months are easily confused")
    if re.fullmatch(_SIGNED, f"+{written}"):
        return _("{text} has no sign: + is after today, - before")
    if undecided != written and (_match_date(undecided) or _is_relative(undecided)):
        return _("{text} leaves open whether the day itself is included; leave out 前")
    return _("{text} is not a date")


def _lacks_year(written: str) -> bool:
    """Return whether a text would be a date if a year were before it."""
    signs = ("年", *(sign for sign in "-/." if sign in written))
    return bool(written) and any(_match_date(f"2000{sign}{written}") for sign in signs)


def _shift(day: date, unit: str, number: int) -> date:
    """Return the day so many units later; in a shorter month, its last day."""
    if unit not in _LENGTHS:
        return day + timedelta(7 * number if unit == "w" else number)
    year, month = divmod(12 * day.year + day.month - 1 + number * _LENGTHS[unit], 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _parse_number(written: str) -> int:
    return int(written) if written.isdecimal() else parse_numeral(written)
