"""Every way in which people write a date, and what is refused with its reason."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.dates import CalendarPeriod, NotADateError, Span
from credit_plan.spans import guess_day, parse_period, parse_span

TODAY = date(2024, 1, 31)
"""A Wednesday, after which the next month is shorter, and before which the last year ends."""

WITH_A_YEAR = """
2023-12-31, 2023/12/31, 2023.12.31, 20231231, 2023-12-31 ,２０２３－１２－３１ = 2023-12-31
2023年12月31日, 2023年12月31号, 2023年12月31, 2023 年 12 月 31 日 = 2023-12-31
２０２３年１２月３１日, 2023年十二月三十一日 = 2023-12-31
2023-1-5, 2023/1/5, 2023.1.5, 2023年1月5日, 2023-01-05, 20230105, 2023年一月五日 = 2023-01-05
2023-12, 2023/12, 2023.12, 2023年12月, 2023年12月份, 2023年十二月 = 2023-12-01 2023-12-31
2023年12月内, 2023年12月以内 = 2023-12-01 2023-12-31
2024-02, 2024-2, 2024/2, 2024年2月, 2024年02月, ２０２４年２月 = 2024-02-01 2024-02-29
2023, 2023年, 2023年度, ２０２３, 2023年内, 2023年以内 = 2023-01-01 2023-12-31
2023Q4, 2023q4, 2023-Q4, 2023/Q4, 2023 Q4, 2023年Q4, ２０２３Ｑ４ = 2023-10-01 2023-12-31
2023年第四季度, 2023年四季度, 2023年4季度, 2023年第4季度 = 2023-10-01 2023-12-31
2023四季度, 2023第四季度, 2023第4季度, 2023年四季, 2023年第四季度内 = 2023-10-01 2023-12-31
2024Q1, 2024年一季度, 2024年第一季度, 2024年1季度 = 2024-01-01 2024-03-31
2023年上半年, 2023上半年, 2023 上半年 = 2023-01-01 2023-06-30
2023年下半年, 2023下半年 = 2023-07-01 2023-12-31
2023年底, 2023年末, 2023年底前, 2023年末前, 2023年年底, 2023年年底前 = 2023-12-31
2023年年末, 2023　年 底前, ２０２３年底 = 2023-12-31
2023年6月底, 2023年6月末, 2023年6月底前, 2023年6月份底, 2023年六月底 = 2023-06-30
2024年2月底 = 2024-02-29
2023年第三季度末, 2023年三季度末, 2023年3季度末, 2023年三季度底前 = 2023-09-30
2023年上半年末, 2023上半年底前 = 2023-06-30
2023年前三季度 = 2023-01-01 2023-09-30
2023年6月上旬 = 2023-06-01 2023-06-10
2023年6月中旬 = 2023-06-11 2023-06-20
2024年2月下旬 = 2024-02-21 2024-02-29
2023年6月中下旬 = 2023-06-11 2023-06-30
“十四五”, “十四五”时期, 十四五规划期, 十四五期间 = 2021-01-01 2025-12-31
“十五五”末, “十五五”期末, 十五五末 = 2030-12-31
“三五” = 1966-01-01 1970-12-31
"""
RELATIVE = """
今天, 今日, 本日, today, Today, ＴＯＤＡＹ, 今 天 = 2024-01-31
昨天, 昨日, yesterday = 2024-01-30
明天, 明日, tomorrow = 2024-02-01
前天 = 2024-01-29
后天, 後天 = 2024-02-02
本周, 本週, 这周, 這周, 本星期, 这个星期, 本周内, this week, this-week = 2024-01-29 2024-02-04
上周, 上星期, 上个星期, 上个礼拜, last week = 2024-01-22 2024-01-28
下周, 下星期, 下个星期, next week = 2024-02-05 2024-02-11
本周一, 这周一 = 2024-01-29
下周五, 下星期五, 下个礼拜五 = 2024-02-09
上周日, 上周天, 上星期天 = 2024-01-28
本月, 当月, 这个月, 这月, 本月内, 月内, this month = 2024-01-01 2024-01-31
上月, 上个月, 上個月, last month = 2023-12-01 2023-12-31
下月, 下个月, next month = 2024-02-01 2024-02-29
月底, 月末, 月底前, 本月底, 本月末, 本月底前, 当月底 = 2024-01-31
上月底, 上个月底, 上月末 = 2023-12-31
下月底, 下个月底前 = 2024-02-29
下月5日, 下个月5号 = 2024-02-05
本季度, 本季, 当季, 这个季度, 本季度内, 季度内, this quarter = 2024-01-01 2024-03-31
上季度, 上个季度, last quarter = 2023-10-01 2023-12-31
下季度, 下个季度, next quarter = 2024-04-01 2024-06-30
季末, 季度末, 季度底, 本季度末, 季末前 = 2024-03-31
今年, 本年, 当年, 本年度, 今年内, 年内, this year = 2024-01-01 2024-12-31
去年, 上年, 上年度, last year = 2023-01-01 2023-12-31
明年, 明年度, next year = 2025-01-01 2025-12-31
年底, 年末, 年底前, 年末前, 今年底, 今年年底, 今年年底前, 本年末 = 2024-12-31
去年底, 去年年底, 上年末 = 2023-12-31
今年上半年 = 2024-01-01 2024-06-30
去年下半年 = 2023-07-01 2023-12-31
今年三季度, 今年第三季度, 今年Q3 = 2024-07-01 2024-09-30
去年12月, 去年十二月 = 2023-12-01 2023-12-31
去年12月31日 = 2023-12-31
明年6月底前 = 2025-06-30
+30d, +30天, +30日, 30天后, 30天以后, 30天之后, ＋３０ｄ = 2024-03-01
-30d, -30天, 30天前, 30天以前 = 2024-01-01
+2w, +2周, +2个星期, 2周后, 两周后, 两个星期后 = 2024-02-14
-1w, 一周前 = 2024-01-24
+1m, +1个月, +1月, 1个月后, 一个月后 = 2024-02-29
+3m, 三个月后 = 2024-04-30
-2m, 两个月前, 兩個月前 = 2023-11-30
+1y, +1年, 1年后, 一年后 = 2025-01-31
-1y, 一年前 = 2023-01-31
+0d = 2024-01-31
30天内, 30日内, 30天以内, 30天之内, 三十天内 = 2024-01-31 2024-03-01
100天内, 100天內 = 2024-01-31 2024-05-10
一周内, 1周内, 1个星期内 = 2024-01-31 2024-02-07
三个月内, 3个月内, 3个月之内 = 2024-01-31 2024-04-30
一年内, 1年内 = 2024-01-31 2025-01-31
"""
NO_YEAR = (
    "6/30, 6-30, 12-31, 6.30, 6月30日, 6月, 6月份, 6月底, 6月底前, 6月30日前, 三季度, 第三季度, Q3"
)
NO_YEAR += ", 3月内, 上半年, 下半年"
SHORT_YEAR = "23-12-31, 23/12/31, 23.12.31, 23年12月31日, 23年12月, 23年, 23, 23年底, 23Q4, 25年内"
YEAR_LAST = "31/12/2023, 12/31/2023, 5-6-2023, 6/2023, 31.12.2023"
UNSIGNED = "30天, 30d, 2周, 3个月, 3m"
UNDECIDED = "2023年6月30日前, 2023年6月前, 2023年以前, 今天前, 本月前"


def split_table(table: str) -> Iterator[tuple[str, date, date]]:
    """Yield each written form with its first and its last day; one day is both."""
    for line in filter(None, table.splitlines()):
        forms, _sign, days = line.partition(" = ")
        first, *last = map(date.fromisoformat, days.split())
        for form in forms.split(","):
            yield form.removeprefix(" "), first, *(last or [first])


FORMS = [*split_table(WITH_A_YEAR), *split_table(RELATIVE)]


def refuse(text: str, today: date | None = TODAY) -> str:
    with pytest.raises(NotADateError) as refused:
        parse_span(text, today)
    return str(refused.value)


@pytest.mark.parametrize(("text", "first", "last"), FORMS)
def test_a_written_date_is_the_days_it_covers(text: str, first: date, last: date) -> None:
    assert parse_span(text, TODAY) == Span(first, last)


@pytest.mark.parametrize(("text", "first", "last"), [*split_table(WITH_A_YEAR)])
def test_what_has_a_year_does_not_depend_on_today(text: str, first: date, last: date) -> None:
    assert parse_span(text, None) == Span(first, last)


@pytest.mark.parametrize("text", [form for form, *_days in split_table(RELATIVE)])
def test_a_word_needs_today(text: str) -> None:
    assert refuse(text, None) == (f"what “{text}” means depends on the day on which it is read")


@pytest.mark.parametrize(
    ("forms", "why"),
    [
        (NO_YEAR, "has no year"),
        (SHORT_YEAR, "has a year of two digits"),
        (YEAR_LAST, "has its year at the end, where days and months are easily confused"),
        (UNSIGNED, "has no sign: + is after today, - before"),
        (UNDECIDED, "leaves open whether the day itself is included; leave out 前"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_reason(forms: str, why: str) -> None:
    for text in forms.split(", "):
        assert refuse(text) == f"“{text}” {why}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023-02-30", "2023-02 has 28 days"),
        ("2024年2月30日", "2024-02 has 29 days"),
        ("下月30日", "2024-02 has 29 days"),
        ("20230631", "2023-06 has 30 days"),
        ("2023-12-0", "2023-12 has 31 days"),
        ("2023-13", "there is no month 13"),
        ("2023年0月", "there is no month 0"),
        ("去年13月", "there is no month 13"),
        ("2023Q5", "there is no quarter 5"),
        ("2023年第五季度", "there is no quarter 5"),
        ("2023年0季度", "there is no quarter 0"),
        ("0000", "there is no year 0"),
    ],
)
def test_what_the_calendar_does_not_have_says_what_it_has(text: str, why: str) -> None:
    assert refuse(text) == f"“{text}” is not a date: {why}"


NO_DATE = (
    "soon, 前, 6, 2023-, 2023-12-31-01, 2023-12/31, 202312, 20236月, 周五, 下周八, 下周一二, 上上周"
)
NO_DATE += (
    ", 明月, 去月, 昨月, 本周末, 今天内, 30日前, 2023年12月年底, 2023年12月31日底, 2023-12底, month"
)
NO_DATE += (
    ", this, next friday, +30, +30天内, +9999y, -9999y, 30天内外, 月, 季度, q, 2023年十三十月"
)
# Other figures than those that stand there (attack X10).
NO_DATE += ", 20 23, 2023-12-3 1, 2023年1\u20092月, 2023-12-3¹, 2023年⑫月, +3 0d"


@pytest.mark.parametrize("text", ["", " ", *NO_DATE.split(", ")])
def test_what_is_no_date_is_refused(text: str) -> None:
    assert refuse(text) == f"“{text}” is not a date"


DAYS = [date(2023, 1, 1) + timedelta(days) for days in range(3 * 366)]


def test_every_form_of_every_day_of_some_years_is_read_back() -> None:
    """Two of these years have 365 days, and one has 366."""
    for day in DAYS:
        y, m, d = day.timetuple()[:3]
        end = date(y, m, monthrange(y, m)[1])
        days = (f"{day}", f"{y}/{m}/{d}", f"{y}.{m:02}.{d:02}", f"{day:%Y%m%d}", f"{y}年{m}月{d}日")
        for text in days:
            assert parse_span(text, None) == Span(day, day), text
            assert guess_day(text) == day, text
        for text in (f"{y}-{m:02}", f"{y}/{m}", f"{y}年{m}月"):
            assert parse_span(text, None) == Span(day.replace(day=1), end), text
        assert parse_span(f"{y}年{m}月底前", None) == Span(end, end)
        quarter = (m + 2) // 3
        for text in (f"{y}Q{quarter}", f"{y}年第{'一二三四'[quarter - 1]}季度"):
            span = parse_span(text, None)
            assert span.first <= day <= span.last, text
            assert span.period is CalendarPeriod.QUARTER
        half = parse_span(f"{y}年{'上' if quarter < 3 else '下'}半年", None)
        assert half.first <= day <= half.last
        assert half.period is CalendarPeriod.HALF_YEAR
        assert parse_span(half.name, None) == half


def test_words_mean_what_the_calendar_says_on_every_day_of_some_years() -> None:
    for day in DAYS:
        one = timedelta(1)
        for word in ("今天", "本周", "本月", "本季度", "今年", "+0d"):
            span = parse_span(word, day)
            assert span.first <= day <= span.last, (word, day)
        for names in ("上周 本周 下周", "上月 本月 下月", "上季度 本季度 下季度", "去年 今年 明年"):
            last, this, following = (parse_span(word, day) for word in names.split())
            assert last.last + one == this.first, (names, day)
            assert this.last + one == following.first, (names, day)
        assert parse_span("月底", day).last == parse_span("本月", day).last
        assert parse_span("30天内", day) == Span(day, parse_span("+30d", day).last)
        assert parse_span("-7d", parse_span("+1w", day).last).last == day


MIXED = "0123456789+-/.年月日天周季度半上下本今去明底末前内后个第一三十qdwmy "


@given(
    st.one_of(st.text(max_size=12), st.text(alphabet=MIXED, max_size=9)),
    st.sampled_from([TODAY, None, date.min, date.max]),
)
def test_no_text_is_more_than_a_refusal(text: str, today: date | None) -> None:
    try:
        found = parse_span(text, today)
    except NotADateError as error:
        assert text in str(error)
    else:
        assert found.first <= found.last


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025/6/30", date(2025, 6, 30)),
        ("2025 . 6 . 30", date(2025, 6, 30)),
        ("2025 年 6 月 30 日", date(2025, 6, 30)),
        ("２０２５／６／３０", date(2025, 6, 30)),
        ("20250630", date(2025, 6, 30)),
        ("2025/6/3 0", None),
        ("2025/6/3⁰", None),
        ("2025/1 2/30", None),
        ("2025/6/31", None),
        # One day, but named by a phrase of the plan or by a word.
        ("2025年底前", None),
        ("今天", None),
    ],
)
def test_a_day_in_a_file_is_guessed_only_beyond_doubt(text: str, day: date | None) -> None:
    """White space between two digits and superscripts leave a doubt (attack X10)."""
    assert guess_day(text) == day


@pytest.mark.parametrize(
    ("period", "forms", "first", "found"),
    [
        ("month", "6, 06, 6月, 6月份, 六月, ６月, 2022-06, 2022年6月", "2022-06-01", "month"),
        ("month", "本月", "2024-01-01", "month"),
        ("month", "2022", "2022-01-01", "year"),
        ("month", "2022Q3", "2022-07-01", "quarter"),
        ("month", "2022-06-30, 2022年6月底", "2022-06-30", None),
        ("quarter", "3, Q3, q3, 三季度, 第三季度, 3季度, 第3季度, 2022Q3", "2022-07-01", "quarter"),
        ("quarter", "上季度", "2023-10-01", "quarter"),
        ("quarter", "2022-06", "2022-06-01", "month"),
        ("quarter", "2022上半年, 2022H1", "2022-01-01", "half-year"),
        ("year", "2022, 2022年, 2022年度", "2022-01-01", "year"),
        ("year", "今年, this year", "2024-01-01", "year"),
    ],
)
def test_a_period_without_a_year_is_of_the_year_given(
    period: CalendarPeriod, forms: str, first: str, found: str | None
) -> None:
    for text in forms.split(", "):
        span = parse_period(text, CalendarPeriod(period), TODAY, 2022)
        assert (str(span.first), span.period) == (first, found), text
