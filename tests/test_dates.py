"""How dates are read: a user's, a file's, and the plan's own words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan import dates

DAYS = st.dates(min_value=date(1000, 1, 1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-12-31", date(2023, 12, 31), date(2023, 12, 31)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023年", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023年底", date(2023, 12, 31), date(2023, 12, 31)),
        ("2023年底前", date(2023, 12, 31), date(2023, 12, 31)),
        ("2023年年底前", date(2023, 12, 31), date(2023, 12, 31)),
        ("2023年6月", date(2023, 6, 1), date(2023, 6, 30)),
        ("2023年6月5日", date(2023, 6, 5), date(2023, 6, 5)),
        ("２０２３", date(2023, 1, 1), date(2023, 12, 31)),
        (" 2023-1-5 ", date(2023, 1, 5), date(2023, 1, 5)),
        ("2023 年 12 月 31 日", date(2023, 12, 31), date(2023, 12, 31)),
        ("2023\u3000年\u2009底前", date(2023, 12, 31), date(2023, 12, 31)),
        ("２０２３－１２－３１", date(2023, 12, 31), date(2023, 12, 31)),
    ],
)
def test_a_written_date_is_the_days_it_covers(text: str, first: date, last: date) -> None:
    assert dates.parse_span(text) == dates.Span(first, last)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023-02-30", "2023-02 has 28 days"),
        ("2024-02-30", "2024-02 has 29 days"),
        ("2023-12-0", "2023-12 has 31 days"),
        ("2023-13", "no month 13"),
        ("2023年0月", "no month 0"),
        ("0000", "no year 0"),
        ("tomorrow", "“tomorrow” is not a date"),
        ("", "“” is not a date"),
        ("2023-", "is not a date"),
        ("20231231", "is not a date"),
        ("2023-12-31-01", "is not a date"),
        # Other figures than those that stand there (attack X10).
        ("20 23", "is not a date"),
        ("2023-12-3 1", "is not a date"),
        ("2023年1\u20092月", "is not a date"),
        ("2023-12-3¹", "is not a date"),
        ("2023年⑫月", "is not a date"),
    ],
)
def test_what_is_no_date_says_why(text: str, why: str) -> None:
    with pytest.raises(dates.NotADateError, match=why):
        dates.parse_span(text)


@given(DAYS)
def test_every_day_can_be_written_and_read(day: date) -> None:
    assert dates.parse_span(day.isoformat()) == dates.Span(day, day)
    assert dates.parse_iso(day.isoformat()) == day
    assert dates.parse_span(f"{day.year}年{day.month}月{day.day}日") == dates.Span(day, day)


@given(st.text(max_size=12))
def test_no_text_is_more_than_a_refusal(text: str) -> None:
    try:
        found = dates.parse_span(text)
    except dates.NotADateError as error:
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
        ("2025/6/3 0", None),
        ("2025/6/3⁰", None),
        ("2025/1 2/30", None),
    ],
)
def test_a_day_in_a_file_is_guessed_only_beyond_doubt(text: str, day: date | None) -> None:
    """White space between two digits and superscripts leave a doubt (attack X10)."""
    assert dates.guess_day(text) == day


@pytest.mark.parametrize("text", ["2023-12", "2023", "2023年底", "2023-1-5", "2023-12-31 ", ""])
def test_a_file_writes_dates_in_one_way(text: str) -> None:
    with pytest.raises(dates.NotADateError):
        dates.parse_iso(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2025年底前", dates.ParsedDeadline(date(2025, 12, 31), ongoing=False)),
        ("2025年底", dates.ParsedDeadline(date(2025, 12, 31), ongoing=False)),
        ("2023年底前完成并长期坚持", dates.ParsedDeadline(date(2023, 12, 31), ongoing=True)),
        ("2025年", None),
        ("0000年底前", None),
        ("２０２５年底前", None),
        ("长期坚持", None),
        ("2025年底前或更晚", None),
    ],
)
def test_a_printed_deadline_means_a_day(text: str, meant: dates.ParsedDeadline | None) -> None:
    assert dates.parse_deadline(text) == meant


@pytest.mark.parametrize(
    ("passage", "years"),
    [
        ("2023年底前完成", [2023]),
        ("2023年年底前合规率超过99％", [2023]),
        ("2022年内至少开展1次", [2022]),
        ("2024年投入使用", [2024]),
        ("2023年，完成省级试点工作", [2023]),
        ("2023年以前完善系统", [2022]),
        ("2022年起持续推动", []),
        ("2022年开始持续推选", []),
        ("2022年底前50％，2023年底前60％", [2022, 2023]),
        ("2024年以前、2023年底", [2023, 2023]),
        ("持续推动", []),
        ("0000年底前、0001年以前", []),
    ],
)
def test_a_passage_names_year_ends(passage: str, years: list[int]) -> None:
    assert dates.find_year_ends(passage) == tuple(date(year, 12, 31) for year in years)


@pytest.mark.parametrize(
    ("passage", "years"),
    [
        ("2022年起持续推动", [2022]),
        ("自2022年起全年持续推进；2023年底前实现全覆盖", [2022]),
        ("2022年开始持续推选", [2022]),
        ("2022年起试点，2024年起推广", [2022, 2024]),
        ("2022年底前完成", []),
        ("2022年持续推动", []),
        ("起于2022年", []),
        ("0000年起", []),
        ("２０２２年起", []),
        ("", []),
    ],
)
def test_a_passage_names_beginnings(passage: str, years: list[int]) -> None:
    found = dates.find_starts(passage)
    assert [start.year for start in found] == years
    for start in found:
        assert passage[slice(*start.part)] in {f"{start.year}年起", f"{start.year}年开始"}


@given(st.text(alphabet="0123456789年底前以内起开始完成并长期坚持，"))
def test_no_words_of_a_plan_are_too_much(text: str) -> None:
    assert all(day.year > 0 for day in dates.find_year_ends(text))
    assert all(str(start.year) in text for start in dates.find_starts(text))
    meant = dates.parse_deadline(text)
    assert meant is None or str(meant.by.year) in text
