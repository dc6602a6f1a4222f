"""The words of a date as published plans write them: 2026年6月底前, 每季度末, 长期坚持.

Three tables say what is read: `DEADLINES` for a whole cell 完成时限, `RHYTHMS` for words that
promise something again and again, and `NO_RHYTHMS` for those that only look like it. The grammar
of `spans` says what a month, a quarter or a five-year plan is called. Patterns are matched with
digits and marks in half width, and without spaces.

A phrase stands for the last day that it includes: 6月底前 and 6月30日前 both mean 30 June, that day
included. Only 前 after a bare year means before it begins: 2023年以前 is 31 December 2022.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from credit_plan import spans
from credit_plan.dates import (
    COMMON_YEAR,
    CalendarPeriod,
    NotADateError,
    Span,
    last_of_month,
    make_date,
)
from credit_plan.i18n import mark
from credit_plan.plan import DeadlineKind
from credit_plan.text import HARMLESS_SPACE, has_white_space, parse_numeral, to_half_width


@dataclass(frozen=True, slots=True)
class Wording:
    """What a cell 完成时限 means.

    `by` is None if the words name a day without its year, and nothing else says the year. Of what
    recurs, `first` and `until` are the beginning and the end that the words name.
    """

    kind: DeadlineKind
    by: date | None = None
    ongoing: bool = False
    every: CalendarPeriod | None = None
    on: tuple[str, ...] = ()
    first: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date in a passage, and where, as (start, end).

    `letter` is what it is in the patterns of DEADLINES: D, R, S or A, and V if it is vague.
    `is_marked` tells whether a word says that it is an end: 2023年底前, but not 2023年. `on` is the
    date as a day or a month of each year, "" for the whole year. If the year is unknown, `span`
    and `by` are of any year.
    """

    letter: str
    part: tuple[int, int]
    span: Span
    by: date
    has_year: bool
    is_marked: bool
    on: str


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Words that promise something again and again, and where, as (start, end).

    They name a period or days of each year, or leave the days open (有关时间节点).
    """

    every: CalendarPeriod | None
    on: tuple[str, ...]
    part: tuple[int, int]

    @property
    def is_open(self) -> bool:
        """Return whether the words do not say which days they mean."""
        return not (self.every or self.on)


class DeadlineForm(NamedTuple):
    """A row of the table of deadlines: cells of one form, what they mean, and examples.

    In a pattern, D is a date (2026年6月底前), R one with its beginning (2023年3月－12月), S a
    beginning (2022年起), and A a date of each year (每年6月底前). Y, H, Q and M are the words of
    RHYTHMS for each year, half-year, quarter and month.
    """

    kind: DeadlineKind
    meaning: str
    pattern: str
    examples: tuple[str, ...]
    ongoing: bool = False


class RhythmForm(NamedTuple):
    """A row of the table of rhythms: the period that words of one form name, and examples."""

    every: CalendarPeriod | None
    meaning: str
    pattern: str
    examples: tuple[str, ...]


class NoRhythm(NamedTuple):
    """Words that only look like a rhythm, and why they promise nothing again and again."""

    example: str
    reason: str


_BY = "(?:自|从|于|到|在|截至|力争|争取|确保|即日起至)*"
_DONE = (
    "(?:,?(?:全面|全部|基本|初步|取得|明显|阶段性)*(?:完成|落实|整改|成效|到位|达标|销号|建成|动工"
    "|开工|启动|建设|实施|开展|推进|公布|汇总|报送|投入使用))*"
)
_GOING_ON = (
    "(?:长期|持续|常态化?|不断)(?:坚持|推进|推动|开展|实施|落实|整改|巩固|加强|优化|完善|执行)*"
)
_AT_ONCE = "(?:即时|随时|及时|立即|立行立改|即知即改)(?:办理|整改|推进|完成|落实)?"
_FROM = "(?:[自从]?[SR],?)?"
_NUMERALS = "0-9一二三四五六七八九十"
_NUMBER = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_DAY_OF_MONTH = f"(?:{_NUMBER}日?[至到-])?(?P<day>{_NUMBER})[日号](?:[以之]?前)?"

DEADLINES = (
    DeadlineForm(
        DeadlineKind.DAY,
        mark("the last day that the words include; of several, the last"),
        f"{_BY}(?:[DRS][、,;和及])*[DR](?:全年)?(?:{_DONE}|{_GOING_ON})",
        ("2025年底前", "2026年6月底前完成", "第三季度末前", "2023年3月－12月", "“十四五”期末"),
    ),
    DeadlineForm(
        DeadlineKind.DAY,
        mark("the same day, and the duty continues after it"),
        f"{_BY}[DR]{_DONE}[,、;并且]+{_GOING_ON}",
        ("2023年底前完成并长期坚持", "6月底前取得成效，持续推进"),
        ongoing=True,
    ),
    DeadlineForm(
        DeadlineKind.STANDING,
        mark("no day: a standing duty"),
        f"{_FROM}{_GOING_ON}|{_AT_ONCE}(?:[,、;并且]*{_GOING_ON})?",
        ("长期", "长期坚持", "常态化推进", "立行立改，长期坚持", "2022年起持续推进", "即时"),
    ),
    DeadlineForm(
        DeadlineKind.RECURRING,
        mark("the same days of each year"),
        f"{_FROM}A(?:[、,和及]A)*{_DONE}",
        ("每年12月底前", "每年6月15日前", "每年1月和7月", "2022年起每年3月底前"),
    ),
    DeadlineForm(
        DeadlineKind.RECURRING,
        mark("the same day of each month, or of a month of each quarter"),
        f"{_FROM}(?:M|Q的?(?P<month>首|末|第[一二三1-3]个|最后[一1]个)月份?)的?{_DAY_OF_MONTH}{_DONE}",
        ("每月10日前", "每季度末月20日前", "每季度第一个月的25日前"),
    ),
    DeadlineForm(
        DeadlineKind.RECURRING,
        mark("the last day of each period"),
        f"{_FROM}(?:至少)?[YHQM](?:[底末](?:[以之]?前)?)?(?:至少)?(?:{_DONE}|{_GOING_ON})"
        "(?:[一二两1-9]次)?",
        ("每季度末", "每年", "每年底前", "按季度推进", "每半年一次", "2023－2025年每年"),
    ),
)
"""What a cell may be; the first row that fits counts."""

_OF_A_PLAN = "(?!计划|目标|任务|工作|预算|方案|安排|要求)"
_TREND = "(?!.{0,4}?(?:下降|降低|减少|递减|上升|提高|提升|增加|增长|递增|扩大|加大|改善))"
_REPORTING = "(?=通报|调度|报告|报送|评估|会商|例会|总结)"
_QUOTED_DAY = r"[“\"](?P<{month}>1[0-2]|0?[1-9])[.·](?P<{day}>[0-9]{{1,2}})[”\"]"

RHYTHMS = (
    RhythmForm(
        CalendarPeriod.YEAR,
        mark("each year"),
        f"每一?年度?|按年度?+{_OF_A_PLAN}|逐年{_TREND}|周期为(?:[一1]年|年)"
        "|[0-9]{4}年?[-至到—]{1,2}[0-9]{4}年[^。;]{0,40}?年度[^。,;考]{0,4}(?:评价|评估|总结)",
        ("每年开展评价", "按年度报送", "逐年完成", "2022－2025年，开展年度信用评价工作"),
    ),
    RhythmForm(
        CalendarPeriod.HALF_YEAR,
        mark("each half-year"),
        f"每个?半年度?|每[6六]个月|按半年|(?<!上)(?<!下)半年度?{_REPORTING}|半年一次"
        "|周期为(?:半年|[6六]个月)",
        ("每半年", "周期为半年", "半年通报"),
    ),
    RhythmForm(
        CalendarPeriod.QUARTER,
        mark("each quarter"),
        f"每一?个?季度?|每[3三]个月|按季度?+{_OF_A_PLAN}|(?<![{_NUMERALS}])季度?{_REPORTING}"
        "|周期为(?:[一1]个)?季度?",
        ("每季度公开", "按季度通报", "季度调度"),
    ),
    RhythmForm(
        CalendarPeriod.MONTH,
        mark("each month"),
        f"每一?个?月|按月度?+{_OF_A_PLAN}|逐月{_TREND}|(?<![个{_NUMERALS}])月度?{_REPORTING}"
        "|周期为(?:[一1]个)?月",
        ("每月报送", "按月调度", "月通报"),
    ),
    RhythmForm(
        None,
        mark("the same day of each year, unless a year is named before it"),
        "(?<![0-9]年)(?<![0-9]年在)"
        + _QUOTED_DAY.format(month="month", day="day")
        + "(?=[、和及与]?“[0-9]|[^,。;“”]{0,14}?(?:[日节周]|宣传|活动|期间))",
        ("“3.15”消费者权益保护日", "“12.4”国家宪法日"),
    ),
    RhythmForm(
        None,
        mark("days or a month of each year; the words leave open which"),
        '时间节点|重要节点|[^,。;“”、]{2,8}(?:宣传|活动|主题|质量|生产)月(?=[”"活])',
        ("在有关时间节点", "“诚信兴商宣传月”"),
    ),
)

_MAY_RECUR = (
    r"[每季月按逐半“\"＂周年节](?:(?<=[每季月])|(?<=[按逐半])\s*[年半]|(?<=[“\"＂])\s*[0-9０-９]"
    r"|(?<=周)\s*期|(?<=年)\s*度|(?<=节)\s*点)"
)
"""Nearly no text has any of this, and all that RHYTHMS reads has, normalized or not.

It is quicker to look for the first characters than for the words one after the other.
"""

NO_RHYTHMS = (
    NoRhythm("案件逐年下降", mark("a trend; no act is promised each year")),
    NoRhythm("纳入年度考核", mark("the name of what exists each year anyway")),
    NoRhythm("免予年度资质核查", mark("the name of what exists each year anyway")),
    NoRhythm("围绕年度宣传主题", mark("a theme that somebody else sets")),
    NoRhythm("本年度《政府工作报告》", mark("the year of a document")),
    NoRhythm("2022年全年持续推进", mark("throughout one year")),
    NoRhythm("按季度计划推进", mark("a plan, which says when")),
    NoRhythm("定期通报，常态化推进", mark("nothing says how often")),
)
"""What no row of RHYTHMS reads, and why."""

_PART_AHEAD = rf"{_NUMBER}月|[第前]?[一二三四1-4]季度|[上下]半年"
_IN_MONTH = rf"{_NUMBER}月?(?:{_NUMBER}日?|[上中下]旬|底)?"
_WHOLE_PERIOD = "规划期"
_DATE = (
    r"(?P<yearly>每年度?[的在于,]?)?(?P<since>[自从])?"
    rf"(?:(?P<first>[1-9][0-9]{{3}}年?(?:{_IN_MONTH})?|{_IN_MONTH})起?"
    r"(?:至|到|[-—–~]{1,2})(?P<next>次年|第二年)?)?"
    r"(?:(?:(?<![0-9])(?P<year>[1-9][0-9]{3})年度?"
    rf"|^全年|[今本当]年度?(?={_PART_AHEAD}|年?[底末内])"
    rf"|(?<![{_NUMERALS}两每半几近])(?={_PART_AHEAD}|年[底末内])(?!.季度一))"
    rf"(?:{spans.PARTS_OF_YEAR}|在?{_QUOTED_DAY.format(month='month_', day='day_')})?"
    rf"|{spans.FIVE_YEARS}(?:(?<=期)|(?<=期间)|(?=[底末内前]))"
    rf"|(?P<whole>{_WHOLE_PERIOD}(?=[底末内]))"
    rf"|(?<=[至到—–~-])(?P<till>{_NUMBER})[日号])"
    rf"(?P<side>年?[底末](?:[以之]?前)?|年?[以之]?内|[以之]?前(?![{_NUMERALS}两列期]))?(?:期间)?"
    r"(?P<vague>年?初(?![步次级始审评选])|年中|中期|中(?=前|$)|[以之]?后|[春夏秋冬][季天节]|元旦|国庆)?"
    r"(?P<start>起|开始|以来|启动(?=并?持续))?"
)
"""A date in a passage, with or without its year; `till` is a second day of the same month."""

_MAY_BE_DATED = "[年月季]|规划|五[期”末]"
_MAY_BEGIN = "[起始来启自从]"
_BARE_BEFORE = ("前", "以前", "之前")
_LISTING = ("、", ",", "和", "及")
_ANY_YEAR = 2000
"""The year in which a date without one is looked up; a leap year."""

_LETTERS = {
    CalendarPeriod.YEAR: "Y",
    CalendarPeriod.HALF_YEAR: "H",
    CalendarPeriod.QUARTER: "Q",
    CalendarPeriod.MONTH: "M",
}
_MONTHS_OF_QUARTER = (
    dict.fromkeys("首一1", 1) | dict.fromkeys("二2", 2) | dict.fromkeys("三3末最", 3)
)
_IN_FIGURES = r"([0-9]{4})[./-]([0-9]{1,2})(?:[./-]([0-9]{1,2}))?(?![0-9])"
_YEARS_ALONE = r"(?<=[0-9]{4}[-—–~][0-9]{4})$"
_REMARK = r"\((?:含|(?:星期|周)[一二三四五六日天])\)"
_AROUND = " ,;:。、()"
_RECENT = 4096
"""Texts that are kept with what was found in them: many measures have the same."""


def read_deadline(text: str, by: date | None = None, years: range | None = None) -> Wording | None:
    """Return what a cell 完成时限 means; None if its words are unknown.

    A date without a year is one of the year of `by`, or of the only one of the plan's `years`.
    """
    return _read_deadline(text, _choose_year(by, years), years)


def find_days(
    passage: str, by: date | None = None, years: range | None = None
) -> tuple[NamedDate, ...]:
    """Return the days that a passage names as ends, in order.

    A date without a year is one of the year named before it in the passage; else as in a cell.
    """
    return _find_named(passage, "DR", _choose_year(by, years), years)


@lru_cache(_RECENT)
def find_starts(passage: str) -> tuple[NamedDate, ...]:
    """Return the beginnings that a passage names, in order: `2022年起`, `2022年6月开始`."""
    if not _compile(_MAY_BEGIN).search(passage):
        return ()
    return _find_named(passage, "S")


def find_rhythms(passage: str) -> tuple[Rhythm, ...]:
    """Return the words of a passage that promise something again and again, in order."""
    if not _compile(_MAY_RECUR).search(passage):
        return ()
    written, places = _normalize(passage)
    found = _find_rhythms(written)
    return tuple(Rhythm(it.every, it.on, _place(it.part, places)) for it in found)


@lru_cache(_RECENT)
def _read_deadline(text: str, year: int | None, years: range | None) -> Wording | None:
    cell = _normalize(text)[0].strip(_AROUND)
    cell = re.sub(_REMARK, "", re.sub(_IN_FIGURES, _spell_out, re.sub(_YEARS_ALONE, "年", cell)))
    if re.search("[A-Z]", cell):
        return None  # its letters are none of those in the patterns
    dates = _find_dates(cell, year, years)
    rhythms = [it for it in _match_rhythms(cell) if it.every]
    sketch = _sketch(cell, dates, rhythms)
    for form in DEADLINES:
        if match := _compile(form.pattern).fullmatch(sketch):
            if form.kind is DeadlineKind.RECURRING:
                return _make_recurring(match, dates, rhythms)
            last = dates[-1] if form.kind is DeadlineKind.DAY else None
            return Wording(form.kind, last.by if last and last.has_year else None, form.ongoing)
    return None


def _spell_out(figures: re.Match[str]) -> str:
    """Return 2023年6月 for 2023.6, and 2023年6月30日 for 2023/6/30."""
    year, month, day = figures.groups()
    return f"{year}年{month}月{day}日" if day else f"{year}年{month}月"


def _sketch(cell: str, dates: Sequence[NamedDate], rhythms: Sequence[Rhythm]) -> str:
    """Return a cell as the patterns of DEADLINES have it, with letters for dates and rhythms."""
    letters = [(it.part, it.letter) for it in dates]
    letters += [(it.part, _LETTERS[it.every]) for it in rhythms if it.every]
    sketch, at = "", 0
    for (start, end), letter in sorted(letters, key=lambda it: (it[0][0], -it[0][1])):
        if start >= at:
            sketch += cell[at:start] + letter
            at = end
    return sketch + cell[at:]


def _make_recurring(
    match: re.Match[str], dates: Sequence[NamedDate], rhythms: Sequence[Rhythm]
) -> Wording:
    """Return what a cell means that names a period, or days of each year."""
    every = rhythms[0].every if rhythms else None
    on = _list_days(match) or tuple(it.on for it in dates if it.letter == "A")
    if on:
        every, on = (None, on) if all(on) else (CalendarPeriod.YEAR, ())
    first, until = _find_bounds(dates)
    return Wording(DeadlineKind.RECURRING, every=every, on=on, first=first, until=until)


def _list_days(match: re.Match[str]) -> tuple[str, ...]:
    """Return the days of each year that a day of each month, or of one in each quarter, is."""
    groups = match.groupdict()
    if not groups.get("day"):
        return ()
    months = range(1, 13)
    if month := groups["month"]:
        at = next(_MONTHS_OF_QUARTER[it] for it in month if it in _MONTHS_OF_QUARTER)
        months = range(at, 13, 3)
    day = _parse_number(groups["day"])
    # The 30th of each month is the last day of February.
    return tuple(f"{it:02}-{min(day, last_of_month(COMMON_YEAR, it).day):02}" for it in months)


def _find_bounds(dates: Sequence[NamedDate]) -> tuple[date | None, date | None]:
    """Return the beginning and the end that the dates of a cell name for what recurs."""
    for it in dates:
        if it.has_year and it.letter in {"S", "R"}:
            return it.span.first, it.by if it.letter == "R" else None
    return None, None


@lru_cache(_RECENT)
def _find_named(
    passage: str, letters: str, year: int | None = None, years: range | None = None
) -> tuple[NamedDate, ...]:
    """Return the dates of a passage that are one of these letters, and whose year is known."""
    written, places = _normalize(passage)
    # Without these words, the years do not matter; so other callers find what is kept.
    dates = _find_dates(written, year, years if _WHOLE_PERIOD in written else None)
    found = tuple(it for it in dates if it.letter in letters and it.has_year)
    if len(written) == len(passage):
        return found
    return tuple(replace(it, part=_place(it.part, places)) for it in found)


def _choose_year(by: date | None, years: range | None) -> int | None:
    if by:
        return by.year
    return years[0] if years and len(years) == 1 else None


@lru_cache(_RECENT)
def _normalize(passage: str) -> tuple[str, Sequence[int]]:
    """Return a passage in half width and without harmless spaces, and where each character was."""
    written = to_half_width(passage)
    if not has_white_space(written):
        return written, range(len(written))
    spaces = {at for it in re.finditer(HARMLESS_SPACE, written) for at in range(*it.span())}
    places = [at for at in range(len(written)) if at not in spaces]
    return "".join(written[at] for at in places), places


def _place(part: tuple[int, int], places: Sequence[int]) -> tuple[int, int]:
    start, end = part
    return places[start], places[end - 1] + 1


@lru_cache(_RECENT)
def _find_dates(written: str, year: int | None, years: range | None) -> tuple[NamedDate, ...]:
    """Return the dates of a passage in order; of those without a year, the last named counts."""
    dates: list[NamedDate] = []
    for match in _match_dates(written):
        year = _read_year(match, year)
        before = dates[-1] if dates and dates[-1].letter == "A" else None
        is_listed = before and written[before.part[1] : match.start()] in _LISTING
        with suppress(NotADateError):
            dates.append(
                _make_date(match, year, years, is_yearly=bool(match["yearly"] or is_listed))
            )
    return tuple(dates)


@lru_cache(_RECENT)
def _match_dates(written: str) -> Sequence[re.Match[str]]:
    """Return where a passage may have dates, whatever their year."""
    if not _compile(_MAY_BE_DATED).search(written):
        return ()
    found = _compile(_DATE).finditer(written)
    # In the others, the number before 月 is none: 0五月.
    return [it for it in found if re.search("[年月日号季度五期]|”$", it[0])]


def _read_year(match: re.Match[str], before: int | None) -> int | None:
    """Return the year that a match of _DATE names; else the one before it."""
    if match["year"]:
        return int(match["year"])
    first = re.match("[1-9][0-9]{3}", match["first"] or "")
    return int(first[0]) if first else before


def _make_date(
    match: re.Match[str], year: int | None, years: range | None, *, is_yearly: bool
) -> NamedDate:
    """Return the date of a match of _DATE; raise NotADateError if there is no such day."""
    text, parts = match[0], match.groupdict()
    at = None if is_yearly else year
    span, has_year = _read_last(text, parts, at, years)
    is_whole = not any(parts[it] for it in ("month", "quarter", "half", "day_", "till"))
    is_before = is_whole and parts["side"] in _BARE_BEFORE
    by = span.first - timedelta(1) if is_before else span.last
    if parts["first"]:
        span = Span(_read_first(text, parts["first"], at), span.last)
    return NamedDate(
        _choose_letter(parts, is_yearly=is_yearly),
        (max(match.start(), match.end("since")), match.end()),
        span,
        by,
        has_year,
        is_marked=parts["side"] is not None,
        on="" if is_whole else _drop_year(by, parts),
    )


def _read_last(
    text: str, parts: Mapping[str, str | None], year: int | None, years: range | None
) -> tuple[Span, bool]:
    """Return the days of a date, or of the end of a range, and whether their year is known."""
    at = _ANY_YEAR if year is None else year
    if parts["plan"]:
        return spans.make_five_years(text, _parse_number(parts["plan"])), True
    if parts["whole"]:
        first, last = (years[0], years[-1]) if years else (at, at)
        return Span(date(first, 1, 1), date(last, 12, 31)), years is not None
    return spans.make_span(text, at + bool(parts["next"]), _list_parts(parts)), year is not None


def _list_parts(parts: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the groups of a part of a year; a second day of a month has it from the first."""
    if parts["till"]:
        month = re.search(f"({_NUMBER})月", parts["first"] or "")
        return {"month": month[1] if month else "0", "day": parts["till"]}
    quoted = {"month": parts["month_"], "day": parts["day_"]}
    return quoted if parts["day_"] else dict(parts)


def _drop_year(by: date, parts: Mapping[str, str | None]) -> str:
    """Return a date as a day of each year, or as a month if the words name no day of it."""
    ends_early = parts["third"] and not parts["third"].endswith("下")
    is_day = parts["day"] or parts["day_"] or parts["till"] or ends_early
    return f"{by:%m-%d}" if is_day else f"{by:%m}"


def _choose_letter(parts: Mapping[str, str | None], *, is_yearly: bool) -> str:
    if parts["vague"]:
        return "V"
    if parts["start"] or (parts["since"] and not parts["first"] and not parts["side"]):
        return "S"
    if is_yearly:
        return "A"
    return "R" if parts["first"] else "D"


def _read_first(text: str, first: str, year: int | None) -> date:
    """Return the first day of a range, of which `first` is what is before 至: 2022, 3, 6月1."""
    match = re.match(rf"(?:([0-9]{{4}})年?)?(?:({_NUMBER})月?)?(?:({_NUMBER}))?", first)
    stated, month, day = match.groups() if match else (None, None, None)
    numbers = (_parse_number(it) if it else 1 for it in (month, day))
    return make_date(text, int(stated or year or _ANY_YEAR), *numbers)


def _find_rhythms(written: str) -> Sequence[Rhythm]:
    """Return the rhythms of a passage, with dates of each year; days that are listed are one."""
    found: list[Rhythm] = []
    for it in _match_with_dates(written):
        if found and _is_listed(found[-1], it, written):
            before = found[-1]
            found[-1] = Rhythm(None, (*before.on, *it.on), (before.part[0], it.part[1]))
        else:
            found.append(it)
    return found


def _match_with_dates(written: str) -> Sequence[Rhythm]:
    """Return what RHYTHMS find in a passage, and its dates of each year, in order."""
    found = _match_rhythms(written)
    if "每年" not in written:
        return found
    dates = [it for it in _find_dates(written, None, None) if it.letter == "A"]
    taken = {at for it in dates for at in range(*it.part)}
    others = (it for it in found if it.part[0] not in taken)
    return sorted((*others, *map(_repeat, dates)), key=attrgetter("part"))


def _repeat(dated: NamedDate) -> Rhythm:
    """Return the rhythm of a date of each year."""
    if dated.on:
        return Rhythm(None, (dated.on,), dated.part)
    return Rhythm(CalendarPeriod.YEAR, (), dated.part)


def _is_listed(before: Rhythm, after: Rhythm, written: str) -> bool:
    """Return whether both name days, and nothing between them ends a list."""
    between = written[before.part[1] : after.part[0]]
    return bool(before.on and after.on and not re.search("[,。;]", between))


@lru_cache(_RECENT)
def _match_rhythms(written: str) -> tuple[Rhythm, ...]:
    """Return what the rows of RHYTHMS find in a passage."""
    if not _compile(_MAY_RECUR).search(written):
        return ()
    rows = "|".join(f"(?P<row{at}>{form.pattern})" for at, form in enumerate(RHYTHMS))
    found = []
    for match in _compile(rows).finditer(written):
        on: tuple[str, ...] = ()
        if match["day"]:
            on = (f"{int(match['month']):02}-{int(match['day']):02}",)
        every = RHYTHMS[int((match.lastgroup or "")[3:])].every
        found.append(Rhythm(every, on, match.span()))
    return tuple(found)


def _parse_number(written: str) -> int:
    return int(written) if written.isdecimal() else parse_numeral(written)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Return a pattern compiled, which takes milliseconds: only where it is needed."""
    return re.compile(pattern)
