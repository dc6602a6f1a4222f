"""Dates on the command line, as people type them: bounds, periods, and what `due` begins with."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from credit_plan.cli.app import COMMANDS
from credit_plan.cli.console import today
from tests.conftest import ROOT, Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the real plan in a folder of its own, in which nothing has been reported."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def dates_of(run: Run, *words: str) -> list[str]:
    """Return the days on which what is asked for falls due, each once."""
    ended = run(*words, "--format", "json")
    assert ended.code == 0, ended.err
    return sorted({row["date"] for row in json.loads(ended.out)["rows"]})


def in_year(year: int) -> list[str]:
    """Return the days of a year on which the shipped plan has something due."""
    days = "03-15 03-31 04-28 06-05 06-14 06-30 09-27 09-30 12-04 12-31"
    return [f"{year}-{day}" for day in days.split()]


def caption(run: Run, *words: str) -> str:
    return run(*words).out.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (("--before", "2023/12/31"), [*in_year(2022), *in_year(2023)]),
        (("--before", "２０２３年第四季度"), [*in_year(2022), *in_year(2023)]),
        (("--before", "2023年下半年", "--after", "2023Q4"), ["2023-12-04", "2023-12-31"]),
        (("--after", "2024年12月底前"), ["2024-12-31", *in_year(2025)]),
        (("--month", "2024-12"), ["2024-12-04", "2024-12-31"]),
        (("--month", "2024年12月"), ["2024-12-04", "2024-12-31"]),
        (("--month", "12", "--as-of", "2023-05-01"), ["2023-12-04", "2023-12-31"]),
        (("--month", "12月", "--as-of", "2022"), ["2022-12-04", "2022-12-31"]),
        (("--month", "6", "--as-of", "2023"), ["2023-06-05", "2023-06-14", "2023-06-30"]),
        (("--month", "5", "--as-of", "2023"), []),
        (("--quarter", "2024Q4"), ["2024-12-04", "2024-12-31"]),
        (("--quarter", "2024年四季度"), ["2024-12-04", "2024-12-31"]),
        (("--quarter", "一季度", "--as-of", "2023"), ["2023-03-15", "2023-03-31"]),
        (("--quarter", "Q3", "--as-of", "2023"), ["2023-09-27", "2023-09-30"]),
        (("--year", "2025"), in_year(2025)),
        (("--year", "2024年", "--as-of", "2022"), in_year(2024)),
    ],
)
def test_a_bound_or_a_period_is_understood(
    run: Run, words: tuple[str, ...], days: list[str]
) -> None:
    assert dates_of(run, "due", *words) == days


@pytest.mark.parametrize(
    "word", ["今天", "today", "+0d", "-30d", "+30天", "本月", "下季度", "年底"]
)
def test_a_word_is_of_the_real_today_whatever_day_is_asked_for(run: Run, word: str) -> None:
    """All dates of the published plan are past."""
    assert dates_of(run, "due", "--after", word, "--as-of", "2023-01-01") == []
    assert dates_of(run, "due", "--before", word, "--as-of", "2023-01-01")[-1] == "2025-12-31"


@pytest.mark.english
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--before", "6/30"), "“6/30” has no year. Write a date as 2023-12-31, 2023-12, 2023Q4, "),
        (("--after", "31/12/2023"), "“31/12/2023” has its year at the end, where days and months "),
        (("--as-of", "23-12-31"), "“23-12-31” has a year of two digits. Write a date as "),
        (("--before", "三季度"), "“三季度” has no year. Write a date as 2023-12-31, "),
        (("--before", "30d"), "“30d” has no sign: + is after today, - before. Write a date as"),
        (("--month", "2024"), "Invalid value for --month: “2024” is no month: use --year 2024\n"),
        (("--month", "2024Q3"), "“2024Q3” is no month: use --quarter 2024Q3\n"),
        (("--quarter", "2024-06"), "“2024-06” is no quarter: use --month 2024-06\n"),
        (("--year", "本月"), "“本月” is no year: use --month 本月\n"),
        (("--year", "this month"), '“this month” is no year: use --month "this month"\n'),
        (
            ("--year", "2024上半年"),
            "“2024上半年” is no year: use --after 2024-01-01 --before 2024-06-30\n",
        ),
        (
            ("--month", "2024-06-30"),
            "“2024-06-30” is no month: use --after 2024-06-30 --before 2024-06-30\n",
        ),
        (
            ("--month", "13", "--as-of", "2024"),
            "“2024年13月” is not a date: there is no month 13. Write a month as 2024-06, ",
        ),
        (("--quarter", "soon"), "“soon” is not a date. Write a quarter as 2024Q3, 2024年三季度, "),
        (("--year", "24"), "“24” has a year of two digits. Write a year as 2024 or 今年.\n"),
        (("--month", ""), "“” is not a date. Write a month as"),
        (
            ("--month", "6", "--quarter", "2"),
            "Invalid value for --month: sets the first and the last day: leave out --quarter\n",
        ),
        (
            ("--year", "2024", "--before", "2024", "--after", "2023"),
            "for --year: sets the first and the last day: leave out --before, --after",
        ),
    ],
)
def test_what_is_no_date_or_another_period_is_refused(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    ended = run("due", *words)
    assert ended.code == 2
    assert ended.out == ""
    assert said in ended.err


@pytest.mark.parametrize(
    "command",
    [
        *("due", "unit 市营商局", "units", "chapter 4", "chapters", "list", "search 信用"),
        *("overdue", "status", "indicators", "form --unit 市营商局"),
    ],
)
def test_a_period_is_taken_wherever_a_bound_is(run: Run, command: str) -> None:
    """It is the same as both of its bounds."""
    by_year = run(*command.split(), "--year", "2024")
    by_bounds = run(*command.split(), "--after", "2024", "--before", "2024")
    assert by_year.code == 0, by_year.err
    assert (by_year.out, by_year.err) == (by_bounds.out, by_bounds.err)


def test_every_command_with_bounds_is_in_the_test_above(run: Run) -> None:
    (mark,) = test_a_period_is_taken_wherever_a_bound_is.pytestmark  # type: ignore[attr-defined]
    tested = {command.split()[0] for command in mark.args[1]}
    helps = {name: run(name, "--help").out for name, _run, _help in COMMANDS}
    assert {name for name, text in helps.items() if "--before" in text} == tested
    assert {name for name, text in helps.items() if "--quarter" in text} == tested


@pytest.mark.english
def test_the_caption_says_from_which_day_to_which(run: Run) -> None:
    both = "30 of 425 obligations · from 2024-10-01 to 2024-12-31"
    assert caption(run, "due", "--quarter", "2024Q4").startswith(both)
    assert "· deadline from 2024-01-01 to 2024-12-31" in caption(run, "list", "--year", "2024")
    begun = "of 425 obligations · from 2022-03-15, the first date, to 2023-12-31"
    assert begun in caption(run, "due", "--before", "2023")
    of_unit = "市总工会 · from 2022-12-31, the first date, to 2024-12-31"
    assert of_unit in caption(run, "due", "--before", "2024", "--unit", "市总工会")
    assert "· from 2024-01-01 on" in caption(run, "due", "--after", "2024")


@pytest.mark.english
def test_a_period_in_which_nothing_falls_due_names_the_dates_around_it(run: Run) -> None:
    said = run("due", "--month", "2024-05").err
    assert said == (
        "Nothing falls due from 2024-05-01 to 2024-05-31; the dates before and after are "
        "2024-04-28 and 2024-06-05.\n"
    )


@pytest.mark.english
def test_when_all_dates_are_past_due_lists_what_is_not_done(run: Run) -> None:
    ended = run("due", "--task", "2", "--as-of", "2025")
    assert ended.out.splitlines()[-1].startswith("1 of 425 obligations · task 2 · not done")
    assert ended.err.startswith(
        "Nothing falls due from 2025-12-31 on; the last date is 2023-12-31. Listed is what is not "
        "done.\n"
        "To list everything that fell due: credit-plan due --task 2 --before 2023-12-31\n"
    )
    on_the_day = run("due", "--task", "2", "--as-of", "2023")
    assert "· from 2023-12-31 on" in on_the_day.out
    assert "Nothing falls due" not in on_the_day.err


@pytest.mark.english
def test_when_all_is_done_due_says_so(run: Run, data: Path) -> None:
    for words in (("--value", "合规率=99", "--value", "瞒报率=0"), ()):
        recorded = run(
            *("record", "2", "--status", "done", "--on", "2023-12-01", "--unit", "市营商局"),
            *words,
            cwd=data.parent,
        )
        assert recorded.code == 0, recorded.err
    ended = run("due", "--task", "2", "--as-of", "2025", cwd=data.parent)
    assert ended.out.startswith("0 of 425 obligations · task 2 · not done")
    said = "Nothing falls due from 2025-12-31 on; the last date is 2023-12-31. Everything is done."
    assert ended.err.splitlines()[0] == said


@pytest.mark.english
def test_a_typed_report_takes_words_for_its_day(run: Run, data: Path) -> None:
    recorded = run(
        *("record", "14", "--status", "in-progress", "--on", "昨天", "--dry-run"),
        cwd=data.parent,
    )
    assert f"on: {today() - timedelta(1)}" in recorded.out, recorded.err
    refused = run("record", "14", "--status", "done", "--on", "上周", cwd=data.parent)
    assert refused.code == 2
    assert "“上周” is more than one day; name one, such as" in refused.err


@pytest.mark.english
@pytest.mark.parametrize(
    ("field", "how"),
    [
        ("截至日期", "write a day as 2023-12-31"),
        ("对应节点", "write a period as 2023Q1, or a day as 2023-03-15"),
    ],
)
def test_a_sheet_is_read_again_on_other_days_so_that_words_are_refused(
    run: Run, data: Path, field: str, how: str
) -> None:
    table = f"措施,{field},填报单位,进展状态\n14,年底,市营商局,推进中\n".encode()
    refused = run("record", "-", cwd=data.parent, stdin=table)
    assert refused.code == 2
    assert f"what “年底” means depends on the day on which it is read; {how}" in " ".join(
        refused.err.split()
    )


@pytest.mark.english
def test_the_day_of_the_rows_without_one_is_typed(run: Run, data: Path) -> None:
    table = "措施,填报单位,进展状态\n14,市营商局,推进中\n".encode()
    written = run("record", "-", "--on", "昨天", "--dry-run", cwd=data.parent, stdin=table)
    assert f"on: {today() - timedelta(1)}" in written.out, written.err
    refused = run("record", "-", "--on", "6/30", cwd=data.parent, stdin=table)
    assert refused.code == 2
    assert "--on: “6/30” has no year; write a day as 2023-12-31, 今天 or -1d" in refused.err
