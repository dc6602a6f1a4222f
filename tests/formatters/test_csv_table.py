"""CSV: for people in Chinese, and for programs; what it holds is the same."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.conftest import QUESTIONS, Run

MORE = (
    ("overdue", "--as-of", "2025-12-31", "--limit", "9"),
    ("missing",),
    ("stale", "--limit", "9"),
    ("history",),
    ("status",),
    ("status", "--table", "units"),
    ("status", "--by", "chapter,year"),
    ("indicators",),
    ("summary", "--table", "years"),
)
CODE = re.compile("[a-z]+(-[a-z]+)*")


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("question", [*QUESTIONS, *MORE], ids=" ".join)
def test_in_chinese_every_column_has_a_heading_of_its_own_and_no_cell_is_a_code(
    question: tuple[str, ...], run_chinese: Run
) -> None:
    headings, *cells = rows(run_chinese(*question, "--format", "csv").out)
    assert len(set(headings)) == len(headings)
    assert not re.search("[A-Za-z_]", "".join(headings))
    coded = {
        (heading, cell)
        for row in cells
        for heading, cell in zip(headings, row, strict=True)
        if CODE.fullmatch(cell) and heading != "代号"
    }
    assert coded == set()


@pytest.mark.parametrize("question", [*QUESTIONS, *MORE], ids=" ".join)
def test_both_kinds_have_the_same_rows_and_columns(
    question: tuple[str, ...], run_chinese: Run
) -> None:
    words = rows(run_chinese(*question, "--format", "csv").out)
    codes = rows(run_chinese(*question, "--format", "csv", "--keys").out)
    assert [len(row) for row in words] == [len(row) for row in codes]
    assert all(key.isascii() for key in codes[0])


def test_ids_stay_text_in_a_spreadsheet_and_days_and_codes_are_words(run_chinese: Run) -> None:
    asked = ("list", "--task", "7", "--as-of", "2026-01-31", "--format", "csv", "--columns")
    headings, *cells = rows(run_chinese(*asked, "编号,完成时限,时限状态,days,light,ongoing").out)
    assert headings == ["编号", "完成时限", "时限状态", "逾期天数", "红黄绿", "长期坚持"]
    assert cells[9] == ["第7.10项", "2025-12-31", "逾期", "31", "红", "否"]


def test_headings_choose_and_sort_as_keys_do(run_chinese: Run) -> None:
    by_heading = ("--columns", "编号，牵头单位", "--sort", "-完成时限、编号", "--unit", "市住建局")
    by_key = ("--columns", "id,lead", "--sort", "-deadline,id", "--unit", "市住建局")
    assert run_chinese("list", *by_heading) == run_chinese("list", *by_key)


def test_an_unknown_column_is_told_headings_and_keys(run: Run, run_chinese: Run) -> None:
    refused = run_chinese("list", "--columns", "编号,牵头部门").err
    assert "编号（id）" in refused
    assert "\n  牵头单位" in refused
    assert "this answer has id, deadline, " in run("list", "--columns", "leads").err


@pytest.mark.parametrize("words", [("units",), ("diff",), ("rules",)])
def test_keys_are_for_csv(words: tuple[str, ...], run: Run) -> None:
    ended = run(*words, "--keys")
    assert (ended.code, ended.out) == (2, "")
    assert "add --format csv" in ended.err
