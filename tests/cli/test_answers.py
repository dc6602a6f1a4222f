"""What the real command answers from the real plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Outcome, Run


def rows(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.code == 0, outcome.err
    document = json.loads(outcome.out)
    found: list[dict[str, Any]] = document["rows"]
    return found


@pytest.mark.english
def test_due_includes_the_day_and_counts_what_it_shows(run: Run) -> None:
    answer = run("due", "--before", "2023-12-31", "--as-of", "2024")
    *body, caption = answer.out.splitlines()
    assert caption == (
        "132 of 425 obligations · from 2022-03-15, the first date, to 2023-12-31"
        " · dates passed: 132, within 30 days: 0, later: 0"
    )
    assert len(body) == 1 + 132
    assert sum(line.startswith("2023-12-31") for line in body) == 29 + 12 + 2 + 3
    assert run("due", "--before", "2023-12-30").out.splitlines()[-1].startswith("86 of 425")


@pytest.mark.parametrize("said", ["2023-12-31", "2023-12", "2023", "2023年底", "2023年"])
def test_a_date_may_be_written_as_people_write_it(run: Run, said: str) -> None:
    found = rows(run("due", "--before", said, "--format", "json"))
    assert len(found) == 132
    days = [row["date"] for row in found]
    assert (days[0], days[-1]) == ("2022-03-15", "2023-12-31")


def test_an_obligation_has_the_keys_of_the_design(run: Run) -> None:
    found = rows(run("due", "--task", "2", "--after", "2022", "--format", "json"))
    (row,) = found
    assert {
        "id",
        "date",
        "kind",
        "what",
        "lead",
        "responsible",
        "chapter",
        "task_text",
        "text",
    } <= set(row)
    assert (row["id"], row["date"], row["kind"]) == ("2", "2023-12-31", "deadline")
    assert row["lead"] == ["市营商局"]


def test_a_measure_has_the_keys_of_the_design(run: Run) -> None:
    _first, row, _last = rows(run("list", "--task", "4", "--as-of", "2024-01-01", "-f", "json"))
    assert row == {
        "id": "4.2",
        "task": 4,
        "chapter": 4,
        "task_text": "规范信用信息共享机制",
        "text": "根据《黑龙江省公共信用信息目录》，按年度将市总工会掌握的工会法人相关信息报送至"
        "市信用信息共享平台。",
        "target": "2023年底前完成工会法人全覆盖",
        "milestones": [{"by": "2023-12-31", "text": "2023年底前完成工会法人全覆盖"}],
        "recurrences": [
            {
                "text": "按年度将市总工会掌握的工会法人相关信息报送至市信用信息共享平台",
                "every": "year",
                "on": [],
                "from": "2022-01-01",
                "until": "2025-12-31",
            }
        ],
        "lead": ["市总工会"],
        "responsible": ["各相关单位"],
        "deadline": "2023-12-31",
        "deadline_text": "2023年底前完成并长期坚持",
        "deadline_kind": "day",
        "ongoing": True,
        "page": 1,
        "note": "责任单位“各相关单位”在4.1至4.3旁只印一次，按合并单元格读作各项共有。"
        "“按年度”报送在完成时限2023年底后“长期坚持”，读作持续到规划期末。",
        "status": "not-reported",
        "timing": "overdue",
        "timing_date": "2022-12-31",
        "light": "red",
        "days": 366,
        "reported_on": None,
        "recorded_on": None,
    }


def test_answers_use_the_registrys_names(run: Run) -> None:
    (row,) = rows(run("show", "77.5", "--format", "json"))
    assert row["responsible"] == ["市文旅局"]
    (row,) = rows(run("show", "18.5", "--format", "json"))
    assert row["lead"] == ["市财政局"]


@pytest.mark.english
def test_when_all_is_past_due_lists_what_is_open_and_says_so(run: Run) -> None:
    answer = run("due", "--as-of", "2026-11-22")
    assert answer.code == 0
    assert "425 of 425 obligations · not done" in answer.out
    assert "the last date is 2025-12-31" in answer.err
    assert "credit-plan due --before 2025-12-31" in answer.err
    assert (
        json.loads(run("due", "--as-of", "2026", "--format", "json").out)["as_of"] == "2026-12-31"
    )


def test_due_without_dates_is_everything_from_that_day_on(run: Run) -> None:
    found = rows(run("due", "--as-of", "2025-12-31", "--format", "json"))
    assert {row["date"] for row in found} == {"2025-12-31"}
    assert len(found) == 201 + 11 + 2 + 3


@pytest.mark.english
def test_a_unit_has_its_roles_apart_and_its_share_in_one_line(run: Run) -> None:
    answer = run("unit", "市文旅局")
    lines = answer.out.splitlines()
    assert lines[0] == "市文旅局 leads 12 measures"
    assert "市文旅局 is responsible for 1 measure" in lines
    assert lines[-1].startswith(
        "61 more measures are for 各相关单位 or 市信用信息共享平台信源单位;"
    )
    assert lines[-1].endswith("use --shared to list them")
    found = rows(run("unit", "市文旅局", "--shared", "--format", "json"))
    assert [
        sum(row["role"] == role for row in found) for role in ("lead", "responsible", "shared")
    ] == [
        12,
        1,
        61,
    ]


@pytest.mark.english
def test_one_role_alone(run: Run) -> None:
    answer = run("unit", "市市场监管局", "--role", "responsible")
    assert "leads" not in answer.out
    assert answer.out.startswith("市市场监管局 is responsible for 4 measures\n")


@pytest.mark.english
def test_a_chapter_shows_its_tasks_above_their_measures(run: Run) -> None:
    lines = run("chapter", "九").out.splitlines()
    assert lines[0] == "Chapter 9: 开展违法失信行为专项治理"
    assert [
        line.split()[0] for line in lines if line.startswith(("78  针", "79  按", "80  开"))
    ] == [
        "78",
        "79",
        "80",
    ]
    assert lines[-1] == "17 of 228 measures · chapter 9 · 3 of 3 tasks"


@pytest.mark.english
def test_show_names_the_source_page(run: Run) -> None:
    answer = run("show", "79.1-4", COLUMNS="80")
    assert "Page             24" in answer.out
    assert "市公安局" in answer.out
    assert "2022年底前" in answer.out


@pytest.mark.english
def test_a_search_without_hits_says_which_word_is_at_fault(run: Run) -> None:
    answer = run("search", "银行", "火星")
    assert answer.code == 0
    assert answer.err == "No task, measure or target contains “火星”.\n"
    answer = run("search", "公证员", "LPR")
    assert "no matching measure contains all of them" in answer.err


@pytest.mark.english
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("due", "--before", "2021"), "the first date is 2022-03-15"),
        (("due", "--before", "2023", "--chapter", "十"), "the first date is 2025-12-31"),
        (("due", "--after", "2025", "--task", "2"), "due --task 2 --before 2023-12-31"),
        (("due", "--kind", "milestone", "--unit", "海关"), "try fewer filters"),
        (("unit", "海关", "--before", "2023"), "try fewer filters"),
        (("unit", "市住建局", "--role", "responsible"), "try fewer filters"),
        (("list", "--unit", "海关", "--before", "2023"), "try fewer filters"),
        (("chapter", "10", "--unit", "海关"), "try fewer filters"),
    ],
)
def test_an_empty_answer_says_why_it_is_empty(run: Run, words: tuple[str, ...], why: str) -> None:
    answer = run(*words)
    assert answer.code == 0
    assert why in answer.err
    assert rows(run(*words, "--format", "json")) == []


@pytest.mark.english
def test_a_caption_says_everything_that_was_asked(run: Run) -> None:
    words = ("--chapter", "5", "--task", "11", "--unit", "住建", "--unit", "商务", "--role", "lead")
    words += ("--after", "2024", "--before", "2025", "--kind", "deadline", "--as-of", "2026")
    answer = run("due", *words)
    assert answer.out.splitlines()[-1] == (
        "2 of 228 deadlines · 市住建局 or 市商务局 as lead · chapter 5 · task 11"
        " · from 2024-01-01 to 2025-12-31 · dates passed: 2, within 30 days: 0, later: 0"
    )
    assert "of 58 milestones" in run("due", "--kind", "milestone", "--before", "2023").out


@pytest.mark.english
def test_units_say_what_is_next(run: Run) -> None:
    found = rows(run("units", "--as-of", "2024-06-01", "--format", "json"))
    by_name = {row["unit"]: row for row in found}
    assert by_name["市住建局"]["next_due"] == "2024-12-31"
    assert by_name["海关"]["next_due"] == "2025-12-31"
    assert by_name["各相关单位"]["kind"] == "group"
    assert run("units", "--as-of", "2030").out.endswith("nothing falls due from 2030-12-31 on\n")


def test_the_summary_adds_up(run: Run) -> None:
    (totals,) = rows(run("summary", "--as-of", "2024-01-01", "--format", "json"))
    assert totals["table"] == "totals"
    assert (totals["tasks"], totals["measures"], totals["milestones"]) == (81, 228, 58)
    assert (totals["units"], totals["groups"]) == (41, 2)
    assert (totals["obligations"], totals["passed"], totals["ahead"]) == (425, 132, 293)
    years = rows(run("summary", "--table", "years", "--format", "json"))
    assert {row["table"] for row in years} == {"years"}
    assert sum(row["deadlines"] for row in years) == 228
    assert sum(row["milestones"] for row in years) == 58
    assert sum(row["recurring"] for row in years) == 161
    assert sum(row["obligations"] for row in years) == 425
    chapters = rows(run("summary", "--table", "chapters", "--format", "json"))
    assert all(
        row["measures"] == sum(row[year] for year in ("2022", "2023", "2024", "2025"))
        for row in chapters
    )


@pytest.mark.english
def test_counts_can_be_narrowed_as_well(run: Run) -> None:
    found = rows(run("chapters", "--unit", "市住建局", "--role", "lead", "--format", "json"))
    assert {row["chapter"]: row["measures"] for row in found} == {4: 1, 5: 2, 8: 1}
    units = rows(run("units", "--chapter", "十", "--format", "json"))
    assert [row["unit"] for row in units] == ["市营商局"]
    last = run("units", "--chapter", "十", "--as-of", "2023").out.splitlines()[-1]
    assert last == "1 of 43 units · chapter 10"
    assert "try fewer filters" in run("chapters", "--unit", "海关", "--before", "2023").err


@pytest.mark.english
def test_a_search_for_a_unit_says_where_its_duties_are(run: Run) -> None:
    pointer = "市教育局 is a unit; to list its duties: credit-plan unit 市教育局\n"
    assert run("search", "教育局").err.endswith(pointer)
    assert run("search", "市教育局").err.endswith(pointer)
    assert run("search", "市财政局").err.startswith("市财政局 is a unit")
    assert run("search", "银行").err == ""


@pytest.mark.english
def test_what_a_unit_may_share_is_never_kept_from_it(run: Run) -> None:
    caption = run("due", "--unit", "市教育局", "--before", "2023").out.splitlines()[-1]
    assert caption.endswith("· 24 more for groups that may include the unit")
    assert "more for groups" in run("list", "--unit", "市教育局").out
    assert "more for groups" not in run("list", "--unit", "各相关单位").out


@pytest.mark.english
def test_an_empty_role_says_what_was_asked(run: Run) -> None:
    answer = run("unit", "市教育局", "--before", "2024")
    assert "0 of 228 measures · 市教育局 as lead · deadline by 2024-12-31" in answer.out
    assert "try fewer filters" in answer.err
    assert run("unit", "市教育局", "--before", "2024", "--shared").err == ""


@pytest.mark.english
@pytest.mark.parametrize(
    ("ending", "start"), [("csv", b"\xef\xbb\xbf"), ("json", b"{"), ("md", b"|"), ("txt", b"Due")]
)
def test_a_files_ending_says_how_it_is_written(
    run: Run, tmp_path: Path, ending: str, start: bytes
) -> None:
    file = tmp_path / f"到期.{ending}"
    assert run("due", "--before", "2023", "-o", str(file)).code == 0
    assert file.read_bytes().startswith(start)


@pytest.mark.english
def test_no_text_is_written_into_a_workbook(run: Run, tmp_path: Path) -> None:
    answer = run("chapters", "-o", str(tmp_path / "a.xlsx"))
    assert answer.code == 2
    assert "unknown extension .xlsx" in answer.err
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("due --before 2023-12 --unit 市文旅局", "编号"),
        (
            "due --before 2023-12 --unit 市文旅局",
            " · 市文旅局 · 2022-03-15（最早到期日）至2023-12-31",
        ),
        ("list --role lead --unit 海关 --unit 市文旅局", " · 牵头单位：海关或市文旅局"),
        (
            "list --chapter 3 --chapter 4 --chapter 10 --before 2023",
            " · 第三章、第四章或第十章 · 完成时限：2023-12-31及以前",
        ),
        ("chapter 4", "第四章 筑牢社会信用体系建设基础\n"),
        ("summary", "\n第十章  "),
        ("unit 海关", "海关作为责任单位的措施0条"),
        ("show 7.5", "周期任务        每年，2022-01-01至2025-12-31：2022－2025年"),
        ("search 信易贷 银行", " · 含“信易贷”和“银行”"),
        ("overdue --unit 海关 --before 2000", "没有逾期事项。可减少筛选条件再试。"),
        ("status --by chapter", "8章（共8章） · "),
    ],
)
def test_an_answer_in_chinese_is_in_whole_phrases(
    run_chinese: Run, question: str, said: str
) -> None:
    answer = run_chinese(*question.split(), COLUMNS="160")
    assert answer.code == 0
    assert said in answer.out + answer.err


@pytest.mark.parametrize("said", ["进行中", "推进中", "in-progress"])
def test_a_status_is_asked_for_by_any_of_its_words(run_chinese: Run, said: str) -> None:
    assert " · 推进中" in run_chinese("list", "--status", said).out
