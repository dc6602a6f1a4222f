"""The plan of an invented county, unlike the shipped one in all that a plan may leave out.

It is of another period, has neither targets nor pages, and not always a lead; its deadlines are
months, quarters, days that come again, and none.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from credit_plan.dates import last_of_month
from credit_plan.errors import UnknownNameError
from credit_plan.filters import find_chapter
from credit_plan.formatters import ANSWER_FORMATS
from credit_plan.loader.build import build_plan
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.plan import Plan, UnitKind
from tests.conftest import ROOT, Run
from tests.questions.test_agreement import judge

COUNTY = ROOT / "examples" / "county"
MONTH_ENDS = [last_of_month(year, month) for year in range(2025, 2032) for month in range(1, 13)]
QUESTIONS = (
    ("show", "1", "2.4", "4.3", "5.2", "6.2"),
    ("list",),
    ("list", "--timing", "长期"),
    ("chapter", "第一部分"),
    ("chapters",),
    ("unit", "县发改局", "开发区管委会", "--shared"),
    ("unit", "县委组织部"),
    ("units",),
    ("due",),
    ("due", "--before", "2030-12-31"),
    ("due", "--kind", "recurring"),
    ("overdue",),
    ("status",),
    ("status", "--by", "unit"),
    ("status", "--by", "year"),
    ("status", "--by", "chapter,year"),
    ("summary",),
    ("missing",),
    ("stale",),
    ("search", "信用", "平台"),
    ("indicators",),
    ("indicators", "enterprise-files"),
    ("history",),
)


@pytest.fixture(scope="module")
def county() -> Plan:
    loaded = load(Source(COUNTY / "data", bundled=False))
    assert loaded.diagnostics == ()
    return build_plan(loaded.draft)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the county that may be edited."""
    return Path(shutil.copytree(COUNTY, tmp_path / "county"))


def ask(run: Run, *words: str, cwd: Path = COUNTY) -> list[dict[str, Any]]:
    """Return the rows of an answer."""
    answer = run(*words, "--format", "json", cwd=cwd)
    assert answer.code == 0, answer.err
    found: list[dict[str, Any]] = json.loads(answer.out)["rows"]
    return found


def test_it_is_sound_in_its_canonical_form_and_says_that_it_is_invented(run: Run) -> None:
    checked = run("check", "--warnings-as-errors", cwd=COUNTY)
    assert (checked.code, checked.err) == (0, "")
    assert run("fmt", "--check", cwd=COUNTY).code == 0
    assert "虚构" in (COUNTY / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert "虚构" in run("summary", cwd=COUNTY).out


def test_it_has_all_that_the_shipped_plan_has_not(county: Plan) -> None:
    assert {it.kind for it in county.units} == set(UnitKind)
    assert {it.deadline_kind for it in county.measures} == {"day", "recurring", "standing"}
    assert not any(it.target or it.page for it in county.measures)
    assert not all(it.lead for it in county.measures)
    recurrences = [it for measure in county.measures for it in measure.recurrences]
    assert {it.every for it in recurrences} == {None, "half-year", "quarter", "month"}
    ends = {(it.deadline.month, it.deadline.day) for it in county.measures if it.deadline}
    assert {(3, 31), (6, 30), (9, 20), (9, 30), (5, 20)} < ends


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_question_answers_in_every_format(run: Run, question: tuple[str, ...]) -> None:
    for day in ("2025-12-31", "2026-11-20", "2031-01-01"):
        for form in ANSWER_FORMATS:
            answer = run(*question, "--as-of", day, "--format", form, cwd=COUNTY)
            assert answer.code == 0, answer.err
            assert answer.out
            assert not re.search(r"\bNone\b", answer.out + answer.err)


@pytest.mark.parametrize("day", MONTH_ENDS, ids=str)
def test_all_answers_agree(county: Plan, day: date) -> None:
    judge(county, day, None)


def test_what_falls_due_in_a_quarter(run: Run) -> None:
    found = ask(run, "due", "--quarter", "2026Q2", "--as-of", "2026-11-20")
    assert [(it["date"], it["id"], it["period"], it["timing"]) for it in found] == [
        ("2026-04-30", "6.3", "2026-04", "overdue"),
        ("2026-05-20", "7.3", None, "done-on-time"),
        ("2026-06-30", "1.2", "2026H1", "done-on-time"),
        ("2026-06-30", "2.1", None, "done-late"),
        ("2026-06-30", "3.2", "2026Q2", "done-on-time"),
        ("2026-06-30", "6.2", "2026Q2", "overdue"),
    ]
    assert found[2]["what"] == "每半年召开一次专班会议"


def test_a_standing_duty_is_listed_as_one_and_never_late(run: Run) -> None:
    for day in ("2026-01-01", "2031-01-01"):
        found = {it["id"]: it for it in ask(run, "list", "--as-of", day)}
        assert [found[it]["timing"] for it in ("3.3", "4.3", "7.2")] == ["standing"] * 3
        assert (found["3.3"]["deadline"], found["3.3"]["deadline_text"]) == (None, "长期")
        assert (found["3.3"]["ongoing"], found["3.3"]["days"]) == (None, None)
    assert " 长期 " in run("list", "--task", "3", cwd=COUNTY).out


def test_without_a_lead_those_responsible_answer(run: Run) -> None:
    by_unit = {it["unit"]: it["measures"] for it in ask(run, "status", "--by", "unit")}
    assert (by_unit["县教育局"], by_unit["县发展和改革局"], None in by_unit) == (1, 9, False)
    silent = run("missing", "--as-of", "2026-11-20", cwd=COUNTY).out
    assert "县委组织部" in silent
    assert "a measure without a lead counts for those responsible for it" in silent
    assert "2 more open measures name no unit" in silent


def test_people_see_no_column_of_targets(run: Run) -> None:
    assert "Target" not in run("list", cwd=COUNTY).out
    assert "Target" in run("list", "--task", "2").out


def test_years_have_a_row_for_what_has_no_day(run: Run) -> None:
    found = {it["year"]: it["measures"] for it in ask(run, "status", "--by", "year")}
    assert found == {2026: 7, 2027: 4, 2028: 2, 2029: 1, 2030: 2, None: 10}
    assert "no fixed day" in run("status", "--by", "year", cwd=COUNTY).out
    assert "without a fixed day: 10" in run("summary", cwd=COUNTY).out


@pytest.mark.parametrize("name", ["第一部分", "第1部分", "第 一 部分", "一", "1", "组织领导"])
def test_a_chapter_is_found_by_its_label(county: Plan, name: str) -> None:
    assert find_chapter(county, name).number == 1


@pytest.mark.parametrize("name", ["（一）", "(一)", "（1）", "一", "1"])
def test_a_chapter_is_found_by_a_number_in_brackets(copy: Path, name: str) -> None:
    file = copy / "data" / "plan.yaml"
    file.write_text(file.read_text("utf-8").replace("第一部分", "（一）"), encoding="utf-8")
    relabelled = build_plan(load(Source(copy / "data", bundled=False)).draft)
    assert find_chapter(relabelled, name).number == 1


def test_a_number_finds_its_chapter_whatever_kind_of_heading_is_typed(
    county: Plan, plan: Plan
) -> None:
    for name, of, number in (
        ("第一章", county, 1),
        ("（一）", county, 1),
        ("第四部分", plan, 4),
        ("（四）", plan, 4),
    ):
        assert find_chapter(of, name).number == number
    with pytest.raises(UnknownNameError):
        find_chapter(county, "第九章")


def test_labels_are_shown_and_numbers_are_data(run: Run) -> None:
    for question in ("chapters", "status", "summary"):
        assert "第一部分" in run(question, cwd=COUNTY).out
    first = ask(run, "chapters")[0]
    assert (first["chapter"], first["label"]) == (1, "第一部分")
    assert run("chapter", "1", cwd=COUNTY).out.startswith("第一部分 加强组织领导\n")
    assert "· 第一部分" in run("list", "--chapter", "1", cwd=COUNTY).out
    assert ask(run, "status", "--by", "chapter")[0]["chapter"] == 1


def test_the_schema_requires_what_the_plan_does(run: Run) -> None:
    schema = json.loads(run("schema", "measures", cwd=COUNTY).out)
    assert schema["$defs"]["Measure"]["required"] == ["text", "deadline"]
    shipped = json.loads(run("schema", "measures").out)
    keys = ["text", "target", "lead", "deadline", "page"]
    assert shipped["$defs"]["Measure"]["required"] == keys


def test_a_form_is_filled_in_and_a_period_is_reported(run: Run, copy: Path) -> None:
    form = run("form", "--unit", "县发改局", cwd=copy)
    assert (form.code, "None" in form.out) == (0, False)
    assert "第3.3项" in form.out
    report = ("record", "6.2", "--for", "2026Q1", "--on", "2026-04-01", "--status", "done")
    recorded = run(*report, "--unit", "示例农商银行", cwd=copy)
    assert recorded.code == 0, recorded.err
    found = ask(run, "due", "--quarter", "2026Q1", "--as-of", "2026-11-20", cwd=copy)
    assert {it["id"]: it["timing"] for it in found}["6.2"] == "done-late"


def test_a_workspace_is_made_of_it(run: Run, tmp_path: Path) -> None:
    made = run("init", str(tmp_path / "new"), "--no-git", "--data", str(COUNTY))
    assert made.code == 0, made.err
    schema = json.loads((tmp_path / "new" / "data" / "schema" / "measures.json").read_text("utf-8"))
    assert schema["$defs"]["Measure"]["required"] == ["text", "deadline"]
    assert "None" not in (tmp_path / "new" / "README.md").read_text("utf-8")
    assert run("check", "--warnings-as-errors", cwd=tmp_path / "new").code == 0


def test_what_an_edit_adds_and_removes_is_told(run: Run, copy: Path) -> None:
    """A lead, deadlines, what recurs, a page, a label and what is required come and go."""
    old = copy / "old"
    shutil.copytree(copy / "data", old)
    edit(copy / "data" / "plan.yaml", "label: 第四部分, ", "", "required: [deadline]\n", "")
    edit(
        copy / "data" / "measures" / "01.yaml",
        *("    lead: [县发改局]\n", "    page: 1\n"),
        *("    deadline: {text: 2026年3月底前, by: 2026-03-31}\n", ""),
        *("every: half-year}", "every: half-year, from: 2027-01-01}"),
        *('{text: 每年12月底前, on: ["12"]}', "{text: 每季度末, every: quarter}"),
    )
    edit(copy / "data" / "measures" / "03.yaml", "    deadline: {text: 长期}\n", "")
    forth, back = (run("diff", *map(str, of)).out for of in ((old, copy), (copy, old)))
    for line in (
        *("Lead        [-县发展和改革局-]", "Deadline    [-2026-03-31-]", "As printed  [-长期-]"),
        *("Page        {+1+}", "Every       {+quarter+}", "On          [-12-]"),
        *("(half-year) → ", "(half-year, from 2027-01-01)", "[-第四部分-]", "[-deadline-]"),
    ):
        assert line in forth, line
    assert back.count("{+") == forth.count("[-")
    assert "None" not in forth + back


def test_a_new_measure_without_lead_and_deadline_is_told(run: Run, copy: Path) -> None:
    old = copy / "old"
    shutil.copytree(copy / "data", old)
    edit(copy / "data" / "plan.yaml", "required: [deadline]\n", "", "measures: 26", "measures: 27")
    tail = "    deadline: {text: “十五五”期末, by: 2030-12-31}\n"
    edit(
        copy / "data" / "measures" / "08.yaml",
        tail,
        f'{tail}  - number: "5"\n    text: 建立督导机制。\n',
    )
    told = run("diff", str(old), str(copy)).out
    assert re.search(r"(?m)^8\.5 +added +Measure +\{\+建立督导机制。\+\}$", told)


def edit(file: Path, *replaced: str) -> None:
    """Replace each text in a file by the one after it, once."""
    text = file.read_text("utf-8")
    for old, new in zip(replaced[::2], replaced[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
