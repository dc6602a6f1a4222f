"""The words of a date in published plans, and what they mean."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.dates import CalendarPeriod
from credit_plan.plan import DeadlineKind
from credit_plan.wordings import (
    DEADLINES,
    NO_RHYTHMS,
    RHYTHMS,
    DeadlineForm,
    Wording,
    find_days,
    find_rhythms,
    find_starts,
    read_deadline,
)

with (Path(__file__).parent / "wordings.csv").open(encoding="utf-8", newline="") as table:
    SEEN = list(csv.DictReader(table))
"""Wordings of published plans, and what a reader took them to mean before the program did.

`by` is a day, or month and day if the words have no year. `unread` are those that mean no day, or
one that only a person finds; `note` says why.
"""

YEAR = date(2020, 1, 1)
"""The year of what has none."""


def describe(wording: Wording | None, *, has_year: bool) -> dict[str, str]:
    """Return a wording as the columns of the table have it."""
    if wording is None:
        return dict.fromkeys(("by", "ongoing", "every", "on", "from"), "") | {"kind": "unread"}
    day = str(wording.by) if wording.by else ""
    return {
        "kind": wording.kind,
        "by": day if has_year else day.removeprefix(f"{YEAR.year}-"),
        "ongoing": "true" if wording.ongoing else "",
        "every": wording.every or "",
        "on": " ".join(wording.on),
        "from": str(wording.first or ""),
    }


@pytest.mark.parametrize("row", SEEN, ids=lambda row: row["text"])
def test_a_published_wording_means_what_a_reader_takes_it_to_mean(row: dict[str, str]) -> None:
    has_year = len(row["by"]) != len("MM-DD")
    found = describe(read_deadline(row["text"], None if has_year else YEAR), has_year=has_year)
    assert found == {key: row[key] for key in found}


def test_as_many_published_wordings_are_read_as_the_table_says() -> None:
    texts = [row["text"] for row in SEEN]
    assert len(texts) == len(set(texts)) >= 200
    assert all(row["seen"] for row in SEEN)
    assert all(row["note"] for row in SEEN if row["kind"] == "unread")
    kinds = Counter(getattr(read_deadline(text, YEAR), "kind", "unread") for text in texts)
    assert kinds == Counter(row["kind"] for row in SEEN)


@pytest.mark.parametrize(
    ("form", "example"), [(form, example) for form in DEADLINES for example in form.examples]
)
def test_the_examples_of_the_deadlines_are_read_by_their_row(
    form: DeadlineForm, example: str
) -> None:
    wording = read_deadline(example, YEAR)
    assert wording is not None
    assert (wording.kind, wording.ongoing) == (form.kind, form.ongoing)


def test_the_examples_of_the_rhythms_are_found_by_their_row() -> None:
    for form in RHYTHMS:
        for example in form.examples:
            (rhythm,) = find_rhythms(example)
            assert rhythm.every == form.every, example
    for row in NO_RHYTHMS:
        assert find_rhythms(row.example) == (), row.example


@pytest.mark.parametrize(
    ("text", "by", "years", "meant"),
    [
        ("6月底前", None, None, None),
        ("6月底前", None, range(2024, 2025), date(2024, 6, 30)),
        ("6月底前", date(2023, 12, 31), range(2024, 2025), date(2023, 6, 30)),
        ("2月底前", date(2024, 2, 29), None, date(2024, 2, 29)),
        ("规划期末", None, None, None),
        ("规划期末", None, range(2026, 2031), date(2030, 12, 31)),
        ("2025 年\u3000底 前", None, None, date(2025, 12, 31)),
        ("２０２５年底前", None, None, date(2025, 12, 31)),
        ("2025年底前。", None, None, date(2025, 12, 31)),
        ("2023/6/30前", None, None, date(2023, 6, 30)),
        ("前三季度", date(2023, 1, 1), None, date(2023, 9, 30)),
        ("2023年3月－12月", None, None, date(2023, 12, 31)),
        ("全年", date(2023, 12, 31), None, date(2023, 12, 31)),
    ],
)
def test_a_date_without_a_year_takes_it_from_the_record_or_the_plan(
    text: str, by: date | None, years: range | None, meant: date | None
) -> None:
    assert read_deadline(text, by, years) == Wording(DeadlineKind.DAY, meant)


@pytest.mark.parametrize(
    ("text", "first", "until"),
    [
        ("2022年起每季度", date(2022, 1, 1), None),
        ("2023年3月起，每季度末", date(2023, 3, 1), None),
        ("2022－2025年每季度", date(2022, 1, 1), date(2025, 12, 31)),
    ],
)
def test_what_recurs_has_the_limits_that_its_words_name(
    text: str, first: date, until: date | None
) -> None:
    quarter = CalendarPeriod.QUARTER
    meant = Wording(DeadlineKind.RECURRING, every=quarter, first=first, until=until)
    assert read_deadline(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "待定",
            "2025年底前或更晚",
            "0000年底前",
            "2023年2月30日前",
            "2023年春节前",
            "2023年初",
        ),
        *(
            "2023年13月",
            "第五季度末",
            "每两年",
            "2023年起",
            "前",
            "年",
            "6月底前左右",
            "D",
            "每年A",
            "M10日前",
        ),
    ],
)
def test_other_words_are_not_read(text: str) -> None:
    assert read_deadline(text, YEAR) is None


DAYS = """
2023年底前完成 = 2023-12-31!
2023年年底前合规率超过99％ = 2023-12-31!
2022年内至少开展1次 = 2022-12-31!
2024年投入使用 = 2024-12-31
2023年，完成省级试点工作 = 2023-12-31
2023年以前完善系统 = 2022-12-31!
2022年起持续推动 =
自2022年起全年持续推进 =
2022年开始持续推选 =
2022年启动持续推进 =
2022年底前50％，2023年底前60％ = 2022-12-31! 2023-12-31!
2024年以前、2023年底 = 2023-12-31! 2023-12-31!
2026年6月底前完成 = 2026-06-30!
2026年上半年，2026年第三季度末前 = 2026-06-30 2026-09-30!
2026年6月15日前，9月中旬前 = 2026-06-15! 2026-09-20!
2022－2025年，逐年完成 = 2025-12-31
2023年到2025年，有计划地组织 = 2025-12-31
2022年在“6.5”世界环境日宣传活动期间 = 2022-06-05
2024年底前初步利用系统 = 2024-12-31!
2024年前三季度完成 = 2024-09-30
2024年前列 = 2024-12-31
2024年初启动，2024年春季完成 =
每年6月底前通报，每年“3.15”宣传 =
12023年底前，3个月内，两年内 =
6月底前完成 =
0000年底前、0001年以前 =
"""


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_a_passage_names_days_as_ends(line: str) -> None:
    """A word such as 底 marks a day as an end: `!`."""
    passage, _sign, days = line.partition(" =")
    found = find_days(passage)
    assert [f"{it.by}{'!' * it.is_marked}" for it in found] == days.split()
    assert all(passage[slice(*it.part)].strip() for it in found)


def test_a_date_in_a_passage_is_where_it_is_printed() -> None:
    passage = "1.至2023 年 6 月 底前，完成试点；９月底前推广"
    found = [passage[slice(*it.part)] for it in find_days(passage)]
    assert found == ["2023 年 6 月 底前", "９月底前"]
    assert [str(it.by) for it in find_days(passage)] == ["2023-06-30", "2023-09-30"]


@pytest.mark.parametrize(
    ("passage", "starts"),
    [
        ("2022年起持续推动", ["2022年起 2022-01-01"]),
        ("自2022年起全年持续推进；2023年底前实现全覆盖", ["2022年起 2022-01-01"]),
        (
            "2022年6月开始，2023年第二季度起",
            ["2022年6月开始 2022-06-01", "2023年第二季度起 2023-04-01"],
        ),
        ("2022年启动持续推进，每年至少一次", ["2022年启动 2022-01-01"]),
        ("2022年启动试点", []),
        ("2022年持续推动", []),
        ("起于2022年", []),
        ("0000年起", []),
        ("", []),
    ],
)
def test_a_passage_names_beginnings(passage: str, starts: list[str]) -> None:
    found = find_starts(passage)
    assert [f"{passage[slice(*it.part)]} {it.span.first}" for it in found] == starts


RHYTHM_LINES = """
每年开展一次，按季度通报 = 每年 year; 按季度 quarter
2022年起，逐年完成各年度信用评价工作 = 逐年 year
每月10日前报送 = 每月 month
每年6月底前、12月底前通报 = 每年6月底前、12月底前 06 12
每年年底前 = 每年年底前 year
在“3.15”维权日、“6.14”关爱日和“12.4”宪法日 = “3.15”维权日、“6.14”关爱日和“12.4” 03-15 06-14 12-04
2022年在“6.5”世界环境日宣传活动期间 =
在“6.5”世界环境日宣传 = “6.5” 06-05
在有关时间节点开展“诚信兴商宣传月”活动 = 时间节点; 诚信兴商宣传月
查处“12.4”专案 =
2023年到2025年，有计划地组织实施信用评价工作 =
第三季度通报，上半年报告，三个月内答复 =
每两年一次，每五年评估 =
季度调度，半年评估 = 季度 quarter; 半年 half-year
案件 每 季 度 公开 = 每 季 度 quarter
"""


@pytest.mark.parametrize("line", RHYTHM_LINES.strip().splitlines())
def test_a_passage_names_what_recurs(line: str) -> None:
    passage, _sign, rhythms = line.partition(" =")
    found = find_rhythms(passage)
    shown = (
        " ".join((passage[slice(*it.part)], *filter(None, [it.every]), *it.on)) for it in found
    )
    assert "; ".join(shown) == rhythms.strip()


WORDS = "0123456789年月日季度半上中下旬第前末底内至－每按逐起开始完成并长期坚持“”.五十，、 DRSAYM"


@given(st.text(alphabet=WORDS, max_size=20))
def test_no_words_of_a_plan_are_too_much(text: str) -> None:
    read_deadline(text, YEAR)
    for it in (*find_days(text, YEAR), *find_starts(text), *find_rhythms(text)):
        start, end = it.part
        assert 0 <= start < end <= len(text)


def test_a_day_of_each_month_is_one_that_each_month_has() -> None:
    monthly = read_deadline("每月30日前")
    assert monthly
    assert monthly.on[:3] == ("01-30", "02-28", "03-30")


@pytest.mark.parametrize("cell", ["每季度第五个月10日前", "0五月-2023.6", "从0五月-年底"])
def test_numbers_that_are_none_are_no_date(cell: str) -> None:
    assert read_deadline(cell) is None
