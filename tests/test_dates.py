"""How dates are read: a file's, and the plan's own words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan import dates

DAYS = st.dates(min_value=date(1000, 1, 1))


@given(DAYS)
def test_every_iso_day_is_read(day: date) -> None:
    assert dates.parse_iso(day.isoformat()) == day


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
