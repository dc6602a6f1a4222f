"""What clerks keep in a spreadsheet is read as they mean it, or the mistake is said."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from credit_plan.dates import ZONE
from credit_plan.loader.locate import Source
from credit_plan.models.progress import Entry
from credit_plan.plan import Plan
from credit_plan.reporting.parse import parse_reports
from credit_plan.reporting.reported import InputError, Reported, Unfilled
from credit_plan.reporting.resolve import resolve, resolve_all
from tests.conftest import ROOT, Run

SOURCE = Source(ROOT / "data", bundled=False)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)


def only(plan: Plan, content: str) -> Entry | tuple[InputError, ...]:
    """Return what becomes of the only report of a table, or of a line of JSON."""
    (found,) = parse_reports(content.encode()).reports
    return resolve(plan, SOURCE, found, NOW) if isinstance(found, Reported) else (found,)


CUT = "name the unit that reports: Excel turns 7.10 into 7.1, and both are measures"


@pytest.mark.parametrize(
    ("measure", "unit", "said"),
    [
        ("7.1", "", InputError(2, "unit", CUT, ("市市场监管局", "海关"))),
        (
            "7.1",
            "绥芬河海关",
            InputError(
                2,
                "unit",
                "海关 is not involved in 7.1 but in 7.10; in Excel, format the column as text",
            ),
        ),
        (
            "8.1",
            "文旅局",
            InputError(
                2,
                "unit",
                "市文旅局 is not involved in 8.1 but in 8.10; in Excel, format the column as text",
            ),
        ),
        ("7.1", "市市场监管局", None),
        ("7.1", "市教育局", None),  # of neither: that is for `check` to say
        ("7.10", "", None),
    ],
)
def test_a_measure_that_excel_may_have_cut_is_told_by_its_unit(
    plan: Plan, measure: str, unit: str, said: InputError | None
) -> None:
    outcome = only(plan, f"措施,填报单位,进展状态\n{measure},{unit},已完成\n")
    if said:
        assert outcome == (said,)
    else:
        assert isinstance(outcome, Entry)


def test_a_measure_that_was_typed_is_what_was_typed(plan: Plan) -> None:
    typed = resolve(plan, SOURCE, Reported("7.1", "done"), NOW)
    assert isinstance(typed, Entry)
    assert typed.unit == "市市场监管局"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("编号", "measure"),
        ("措施编号", "measure"),
        ("ID", "measure"),
        ("日期", "on"),
        ("单位", "unit"),
        ("状态", "status"),
        ("备注", "note"),
        ("指标", "values"),
        ("佐证", "evidence"),
        ("依据", "evidence"),
    ],
)
def test_what_clerks_call_a_field_is_the_field_in_a_table_and_in_json(
    heading: str, field: str
) -> None:
    required = {"measure": "x", "status": "x"} | {field: "x"}
    cells = {heading if key == field else key: it for key, it in required.items()}
    table = f"{','.join(cells)}\n{','.join(cells.values())}\n"
    (by_key,) = parse_reports(
        f"{','.join(required)}\n{','.join(required.values())}\n".encode()
    ).reports
    assert isinstance(by_key, Reported)
    assert by_key.row == 2
    assert parse_reports(table.encode()).reports == (
        replace(by_key, has_titles=not heading.isascii()),
    )
    shaped = {"values": {"x": ""}, "evidence": ["x"]}
    line = json.dumps(
        {key: shaped.get(field, it) if key == heading else it for key, it in cells.items()}
    )
    (of_json,) = parse_reports(line.encode()).reports
    assert of_json == replace(by_key, line=1, row=0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("日期,单位\n", "missing here: 措施、进展状态"),
        ("编号,日期\n", "missing here: 进展状态"),
        ("id,on\n", "missing here: status"),
        ("措施,measure,状态\n", "measure is given twice"),
        ('{"措施": "14", "measure": "14"}', "measure is given twice"),
        ('{"note": "甲", "备注": "乙"}', "说明 is given twice"),
        ('{"备注": "甲", "进展情况": "乙"}', "说明 is given twice"),
        ('{"id": "14", "编号": "14"}', "unknown key “编号”; a report has 措施、"),
    ],
)
def test_what_is_amiss_with_the_headings_is_said_in_their_language(content: str, said: str) -> None:
    (found,) = parse_reports(content.encode()).reports
    assert isinstance(found, InputError)
    assert said in found.message


def test_what_list_writes_comes_back_with_the_columns_that_were_added(
    run: Run, tmp_path: Path
) -> None:
    """The plan's own columns are known, so that its note is no 说明 (R3)."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    exported = csv.DictReader(io.StringIO(run("list", "--chapter", "4", "--format", "csv").out[1:]))
    own = {"4.2": {"进展状态": "进行中"}, "7.2": {"进展状态": "进行中", "说明": "已报送"}}
    filled = [row | {"进展状态": "", "说明": ""} | own.get(row["id"], {}) for row in exported]
    table = io.StringIO()
    writer = csv.DictWriter(table, filled[0])
    writer.writeheader()
    writer.writerows(filled)
    outcome = run("record", "-", "--dry-run", cwd=tmp_path, stdin=table.getvalue())
    assert outcome.code == 0, outcome.err
    counted = f"{len(filled) - 2} rows without a report passed"
    assert f"2 reports to record (2 measures, 2 units); {counted}" in outcome.err
    assert "各相关单位" in next(row["note"] for row in filled if row["id"] == "4.2")
    assert outcome.out.count("- measure:") == 2
    assert outcome.out.count("note:") == 1
    assert "note: 已报送" in outcome.out


LISTS = (
    ("list", "--unit", "市住建局"),
    ("due", "--before", "2024", "--unit", "市住建局"),
    ("unit", "市住建局"),
    ("overdue", "--unit", "市住建局"),
    ("missing", "--limit", "1"),
)


@pytest.mark.parametrize("added", [("进展状态", "截至日期"), ("截至日期", "说明")], ids=" ".join)
@pytest.mark.parametrize("question", LISTS, ids=" ".join)
def test_a_list_in_either_language_comes_back_whole(
    question: tuple[str, ...], added: tuple[str, ...], run: Run, run_chinese: Run
) -> None:
    """A status is written into a column of its own, or over the one that was there."""
    filled = {"进展状态": "推进中", "截至日期": "2023-06-30", "说明": "甲"}
    for ask, record, own in ((run, run_chinese, "status"), (run_chinese, run, "进展状态")):
        listed = ask(*question, "--as-of", "2025-11-01", "--format", "csv").out[1:]
        headings, *rows = csv.reader(io.StringIO(listed))
        if question[0] == "missing":
            headings, rows = (
                [*headings, "措施编号", "状态"],
                [[*it, "7.5", "推进中"] for it in rows],
            )
        changed = headings.index("状态" if question[0] == "missing" else own)
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow((*headings, *added))
        for row in rows:
            row[changed] = row[changed] if "进展状态" in added else "推进中"
            writer.writerow((*row, *(filled[title] for title in added)))
        outcome = record("record", "-", "--dry-run", stdin=table.getvalue())
        assert outcome.code == 0, outcome.err
        assert outcome.out.count("- measure:") == len(rows) > 0
        assert outcome.out.count("status: in-progress") == len(rows)


def test_what_is_reported_in_a_list_of_obligations_is_about_each(run_chinese: Run) -> None:
    headings, *rows = csv.reader(
        io.StringIO(
            run_chinese("due", "--before", "2025", "--unit", "市住建局", "-f", "csv").out[1:]
        )
    )
    kind, day, period = (headings.index(title) for title in ("类别", "到期日", "周期"))
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow((*headings, "截至日期", "状态"))
    writer.writerows((*row, "2023-06-30", "推进中") for row in rows)
    parsed = parse_reports(table.getvalue().encode()).reports
    about = [it.due for it in parsed if isinstance(it, Reported)]
    assert about == ["" if it[kind] == "完成时限" else it[period] or it[day] for it in rows]
    assert {"", "2022", "2024-12-31"}.issubset(about)


def test_a_changed_status_alone_is_told_what_to_add(run: Run) -> None:
    listed = run("list", "--unit", "市住建局", "--format", "csv").out
    (error,) = parse_reports(listed.encode()).reports
    assert isinstance(error, InputError)
    assert "add a column on or note" in error.message


X2 = """措施,截至日期,填报单位,进展状态,说明,佐证材料,指标值
14,2023-12-28,市营商局,进行中,甲
"""


@pytest.mark.parametrize(
    "row",
    [
        "13,2024-06-30,市交通运输局,,",
        "13,2024-06-30",
        "13,,,,被遗漏",
        "13,,,,,,5",
        "13,,,,,http://a.cn",
        "第13项,2024-06-30",
        ",,,,被遗漏",
        ",2024-06-30",
        ",,市住建局,进行中",
        "张三,,,,被遗漏",
    ],
)
def test_a_row_in_which_anything_was_filled_in_is_recorded_or_refused(row: str) -> None:
    """Whatever else it lacks (attack X2, R1)."""
    parsed = parse_reports(f"{X2}{row}\n".encode())
    assert [it.line for it in parsed.reports] == [2, 3]
    assert parsed.unfilled == ()


@pytest.mark.parametrize(
    ("row", "measure"),
    [
        ("13,,市交通运输局,,", "13"),
        ("13", "13"),
        ("第7.10项", "7.10"),
        (",,市交通运输局", ""),
        ("填报人：张三", ""),
        ("合计,,,,,,256", ""),
        (",,总 计：,,共两项", ""),
    ],
)
def test_a_row_in_which_nothing_was_filled_in_is_passed_over_and_named(
    row: str, measure: str
) -> None:
    parsed = parse_reports(f"{X2}{row}\n".encode(), "a.csv")
    assert [it.line for it in parsed.reports] == [2]
    assert parsed.unfilled == (Unfilled(measure, 3, "a.csv", 3),)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("措施,措施内容,指标,指标值,说明,进展状态\n1,,甲（％）=5,,x,完成\n", (("甲（％）", "5"),)),
        ("措施,措施内容,指标,进展状态\n1,,甲（％）＝ 5,\n", (("甲（％）", "5"),)),
        ("措施,措施内容,指标,指标值,进展状态\n1,,甲（％）=5,甲=6,完成\n", (("甲", "6"),)),
        ("措施,措施内容,指标,指标值,进展状态\n1,,甲（％）,,完成\n", ()),
        ("措施,措施内容,指标,进展状态\n1,,66％,完成\n", (("66％", ""),)),
        ("措施,措施内容,指标,进展状态\n1,,甲（％） 66,\n", (("甲（％） 66", ""),)),
        ("措施,措施内容,指标,进展状态\n1,,5A景区（个）；PM2.5（克）,完成\n", ()),
        ("措施,指标,进展状态\n1,66,完成\n", (("66", ""),)),
    ],
)
def test_figures_behind_the_names_of_the_indicators_are_figures(
    table: str, values: tuple[tuple[str, str], ...]
) -> None:
    (report,) = parse_reports(table.encode()).reports
    assert isinstance(report, Reported)
    assert report.values == values


@pytest.mark.parametrize(
    ("headings", "row", "note"),
    [
        ("措施,进展状态,说明,备注", "14,完成,甲,乙", "甲\n乙"),
        ("措施,进展状态,备注,进展情况,说明", "14,完成,丙,甲,", "丙\n甲"),
        ("措施,进展状态,说明,备注", "14,完成,,乙", "乙"),
        ("措施,进展状态,说明,备注", "14,完成,无,/", ""),
        ("措施,进展状态,进展情况", "14,完成,甲", "甲"),
    ],
)
def test_every_column_of_remarks_is_kept(headings: str, row: str, note: str) -> None:
    (report,) = parse_reports(f"{headings}\n{row}\n".encode()).reports
    assert isinstance(report, Reported)
    assert report.note == note


@pytest.mark.parametrize(
    ("row", "is_report"),
    [
        ("合计,27,,,", False),
        ("合计,27,,12,", False),
        ("1,2,3,4,5", False),
        ("合计,14,进行中,,", True),
        ("1,14,进行中,合计,", True),
    ],
)
def test_a_total_is_a_row_without_a_status(row: str, is_report: bool) -> None:
    parsed = parse_reports(f"序号,措施,进展状态,指标值,说明\n{row}\n".encode())
    assert bool(parsed.reports) == is_report
    assert bool(parsed.unfilled) == (not is_report)


@pytest.mark.parametrize("cell", ['"=""66"""', "'66", "=66", "+66"])
def test_a_figure_that_a_spreadsheet_keeps_as_text_is_a_figure(plan: Plan, cell: str) -> None:
    outcome = only(plan, f"措施,进展状态,指标值\n14,进行中,{cell}\n")
    assert isinstance(outcome, Entry), outcome
    assert str(outcome.values["public-commitment"]) == "66"


def test_keys_of_the_plan_are_no_keys_of_a_report() -> None:
    line = '{"measure": "14", "status": "done", "lead": ["a"], "light": "b", "page": 7}'
    (report,) = parse_reports(line.encode()).reports
    assert report == Reported("14", "done", line=1)


def test_a_damaged_row_is_refused() -> None:
    """A row of one NUL (attack X2)."""
    _report, error = parse_reports(f"{X2}\0\n".encode()).reports
    assert isinstance(error, InputError)
    assert (error.line, "NUL" in error.message) == (3, True)


SHEET = """2024年第二季度填报表,,,,
填报单位：市住建局,,,,填报时间：2024年7月
序号,措施,* 进展状态（必填）,说 明,联系人
1,7.5,进行中,甲,张三
,,,,
措施,说明,进展状态,联系电话
8.3,乙,已完成,123
合计,,2
"""


def test_what_offices_add_to_a_sheet_is_recognised() -> None:
    """Title rows, other columns, a second heading with another order, a total (R2, R7)."""
    parsed = parse_reports(SHEET.encode())
    assert [
        (it.line, it.measure, it.status, it.note)
        for it in parsed.reports
        if isinstance(it, Reported)
    ] == [(4, "7.5", "进行中", "甲"), (7, "8.3", "已完成", "乙")]
    assert len(parsed.reports) == 2
    assert [it.line for it in parsed.unfilled] == [1, 2, 8]
    assert parsed.left_out == ("序号", "联系人", "联系电话")


def test_a_sheet_sorted_with_its_headings_loses_no_row() -> None:
    lines = SHEET.splitlines()[2:4]
    parsed = parse_reports("\n".join(["8.3,8.3,,乙", *reversed(lines)]).encode())
    assert [(it.line, getattr(it, "measure", "")) for it in parsed.reports] == [
        (1, "8.3"),
        (2, "7.5"),
    ]


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("措施,进展状态,说名", "unknown column “说名”; did you mean “说明”?"),
        ("措施,进展状态,说明书", "unknown column “说明书”; did you mean “说明”?"),
        ("measure,status,notes", "unknown column “notes”; did you mean “note”?"),
        ("措施,进展状况", "unknown column “进展状况”; did you mean “进展状态”?"),
        ("措施,进展状态,填报人,填报时间,指标名称,措施类别,登记时间", ""),
    ],
)
def test_a_misspelt_heading_is_refused_and_another_left_out(headings: str, said: str) -> None:
    parsed = parse_reports(f"{headings}\n14,done\n".encode())
    assert [it.message for it in parsed.reports if isinstance(it, InputError)][-1:] == (
        [said] if said else []
    )


@pytest.mark.parametrize(
    ("heading", "id_of_words", "measure", "said"),
    [
        ("text", "7.10", "7.1", "those of 7.10, which Excel turns into 7.1"),
        ("text", "8.3", "7.5", "those of 8.3; was only one column sorted?"),
        ("target", "3.2", "7.5", "those of 3.1, 3.2, 3.3, …; was only one column sorted?"),
        ("task_text", "8.3", "7.5", "those of 8.1, 8.2, "),
        ("text", "7.1", "7.1", ""),
        ("target", "7.5", "7.5", ""),
        ("措施内容", "7.10", "第7.10项", ""),
        ("具体实施措施", "8.3", "7.5", "those of 8.3"),
        ("text", "9.3", "39.4", "those of 9.3"),
    ],
)
def test_the_words_beside_an_id_must_be_those_of_its_measure(
    plan: Plan, heading: str, id_of_words: str, measure: str, said: str
) -> None:
    """A sheet in which one column was sorted files reports under wrong ids (R4)."""
    field = {"措施内容": "text", "具体实施措施": "text"}.get(heading, heading)
    words = getattr(next(it for it in plan.measures if it.id == id_of_words), field)
    for told in (words, f"'{words[:40]}\n{words[40:]}", words.replace("，", ",")):
        table = io.StringIO()
        csv.writer(table).writerows([[heading, "id", "status"], [told, measure, "done"]])
        outcome = only(plan, table.getvalue())
        if said:
            assert isinstance(outcome, tuple)
            assert said in outcome[0].message
        else:
            assert isinstance(outcome, Entry)


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        (lambda words: words[:12] + "……", False),
        (lambda words: f"（1）{words}（见附件）", False),
        (lambda words: words.replace("信用", "诚信"), False),
        (lambda _words: "完全无关的一句话，与措施没有任何关系。", True),
        (lambda words: words * 100, True),
    ],
)
def test_words_that_were_changed_a_little_are_still_those_of_the_measure(
    plan: Plan, change: Callable[[str], str], is_refused: bool
) -> None:
    words = next(it for it in plan.measures if it.id == "7.5").text
    outcome = only(plan, f"id,text,status\n7.5,{change(words)},进行中\n")
    assert isinstance(outcome, tuple) == is_refused


def test_words_that_were_changed_belong_to_the_measure_that_they_are_nearest_to(
    plan: Plan,
) -> None:
    """The texts of 7.3 and 8.5 are so alike that one passed for the other with a letter less."""
    for own, other in (("7.3", "8.5"), ("8.5", "7.3")):
        words = next(it for it in plan.measures if it.id == other).text
        (error,) = only(
            plan, f"id,text,status,unit\n{own},{words[:5]}{words[6:]},进行中,市营商局\n"
        )
        assert f"those of {other}" in error.message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        *(
            (f'{{"measure": "14", "status": "done", {rest}}}', r"half of a character (\ud8")
            for rest in (
                r'"note": "\ud800"',
                r'"unit": "a\ud8ffb"',
                r'"on": "\ud800\ud800"',
                r'"\ud800": ""',
                r'"values": {"\ud800": 1}',
                r'"values": {"承诺": "\ud800"}',
                r'"evidence": ["http://a/\ud800"]',
                r'"lead": [{"a": "\ud800"}]',
            )
        ),
        (r'{"measure": "14\ud800", "status": "done"}', "half of a character"),
        ('{"values": {"a": 1, "a": 2}}', "“a” is given twice"),
        ('{"lead": [{"a": {"b": 1, "b": 2}}]}', "“b” is given twice"),
        ('{"note": ' + "[" * 50_000, "nested too deeply"),
    ],
)
def test_json_that_no_file_could_hold_is_refused_by_its_line(line: str, said: str) -> None:
    """Whatever part of the report it is in, even one that is left out (attack X17)."""
    first = '{"measure": "14", "status": "done", "note": "\\ud83d\\ude00"}\n'
    report, error = parse_reports((first + line).encode()).reports
    assert isinstance(report, Reported)
    assert report.note == "😀"
    assert isinstance(error, InputError)
    assert error.line == 2
    assert said in error.message


def test_a_figure_of_json_may_be_longer_than_python_reads(plan: Plan) -> None:
    """Python refuses to read an int of more than 4,300 digits (attack X17)."""
    line = '{"measure": "14", "status": "done", "values": {"承诺": 1%s}}' % ("0" * 5000)
    (error,) = only(plan, line)
    assert isinstance(error, InputError)
    assert (error.line, error.field) == (1, "values")
    assert "is not a figure in ％" in error.message


@pytest.mark.parametrize("field", ["note", "evidence"])
def test_a_cell_that_is_too_long_is_said_to_be_too_long(plan: Plan, field: str) -> None:
    """Beyond 131,072 characters it was called a quotation mark that is not closed (attack X17)."""
    table = f"measure,status,{field}\n13,done,\n14,done,{'长' * 140_000}\n"
    reports = parse_reports(table.encode()).reports
    _pending, errors = resolve_all(plan, SOURCE, reports, NOW)
    said = "has 140,000 characters, but at most 2,000 are allowed; use a file as evidence"
    assert [(it.line, it.field, it.message) for it in errors] == [(3, field, said)]


@pytest.mark.parametrize(
    "content",
    [
        "measure,status\n" + "1 4,x\n" * 5000,
        "measure,status" + ",说名" * 20_000,
        'measure,status,values\n14,done,"' + "a=1；" * 20_000 + '"\n',
        'measure,status,evidence\n14,done,"' + "a；" * 20_000 + '"\n',
        json.dumps({"measure": "14", "status": "done"} | {str(it): "" for it in range(20_000)}),
    ],
    ids=["rows", "columns", "values", "evidence", "keys"],
)
def test_so_many_mistakes_are_listed_and_not_all(plan: Plan, content: str) -> None:
    _pending, errors = resolve_all(plan, SOURCE, parse_reports(content.encode()).reports, NOW)
    assert 1000 <= len(errors) <= 1002
    assert errors[-1].message == "too many mistakes; what follows was not looked at"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025/6/30 0:00", "2025-06-30"),
        ("2025-06-30 00:00:00", "2025-06-30"),
        ("2025-06-30T00:00:00", "2025-06-30"),
        ("20250630", "2025-06-30"),
        ("２０２５０６３０", "2025-06-30"),
        ("2025年6月30日", "2025-06-30"),
        ("25年6月30日", "2025-06-30"),  # LibreOffice, for a day
        ("25/6/30", "“25/6/30” has a year of two digits"),
        (
            "45838",
            "“45838” is an Excel serial number; format the cells as dates, or write 2025-06-30",
        ),
        ("40000", "or write 2009-07-06"),
        ("60000", "or write 2064-04-08"),
        ("39999", "“39999” is not a date"),
        ("60001", "“60001” is not a date"),
        ("2025/6/30 9:15", "“2025/6/30 9:15” is not a date"),
        ("20250631", "2025-06 has 30 days"),
        ("20990630", "2099-06-30 is in the future"),
    ],
)
def test_days_are_understood_as_excel_writes_them(plan: Plan, written: str, day: str) -> None:
    outcome = only(plan, f"编号,状态,日期\n14,已完成,{written}\n")
    if isinstance(outcome, Entry):
        assert str(outcome.on) == day
    else:
        assert day in outcome[0].message


@pytest.mark.parametrize(
    ("measure", "cell", "values"),
    [
        ("14", "66%", {"public-commitment": "66"}),
        ("14", " ６６．５０ ％", {"public-commitment": "66.5"}),
        ("14", "6户", "“6户” is not a figure in ％"),
        ("14", "承诺率", "“承诺率” has no figure; write NAME=NUMBER"),
        ("14", "66%；67%", "public-commitment is given twice"),
        ("2", "98.5", "“98.5” may be one of 2 indicators of measure 2; name the one"),
        (
            "2",
            "合规率=98.5，瞒报率＝0",
            {"publicity-compliance": "98.5", "publicity-concealment": "0"},
        ),
        ("3.1", "市场主体数量=4，200", {"credit-platform-entities": "4200"}),
        ("3.1", "市场主体数量=4，200，信易贷=3", "credit-platform-entities is given twice"),
    ],
)
def test_the_figures_of_a_cell(
    plan: Plan, measure: str, cell: str, values: dict[str, str] | str
) -> None:
    outcome = only(plan, f'编号,状态,单位,指标值\n{measure},进行中,市营商局,"{cell}"\n')
    if isinstance(values, dict):
        assert isinstance(outcome, Entry)
        assert {name: str(it) for name, it in outcome.values.items()} == values
    else:
        assert isinstance(outcome, tuple)
        assert values in outcome[0].message


def test_a_figure_alone_is_not_refused_beside_a_measure_that_is(plan: Plan) -> None:
    outcome = only(plan, "编号,状态,单位,指标值\n99,进行中,市营商局,66%\n")
    assert isinstance(outcome, tuple)
    assert [it.field for it in outcome] == ["measure"]


def test_what_is_not_utf8_is_told_to_be_saved_so() -> None:
    (error,) = parse_reports(b"\xe9,a\n").reports
    assert isinstance(error, InputError)
    assert error.message.startswith("the file is not valid UTF-8\n")
    assert error.message.endswith("save the file as UTF-8")


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_told_to_be_saved_otherwise(content: bytes) -> None:
    said = "this is an Excel workbook; save it as CSV (UTF-8) first"
    assert parse_reports(content).reports == (InputError(1, "", said),)


def test_files_put_together_may_each_begin_with_a_byte_order_mark() -> None:
    """What `form` writes begins with one, and `cat a.csv b.csv` leaves the second where it is."""
    sheet = "\ufeff措施,进展状态,说明\n{},进行中,甲\n"
    parsed = parse_reports((sheet.format("7.5") + sheet.format("14")).encode())
    assert [getattr(it, "measure", "") for it in parsed.reports] == ["7.5", "14"]


@pytest.mark.parametrize("row", ["7.5;进行中;甲", "第7.5项\t进行中\t甲", "7.5，进行中，甲"])
def test_a_row_separated_by_another_sign_is_refused(row: str) -> None:
    (error,) = parse_reports(f"措施,进展状态,说明\n{row}\n".encode()).reports
    assert isinstance(error, InputError)
    assert "is one cell" in error.message


@pytest.mark.parametrize(
    ("table", "note"),
    [
        ("measure,text,status,note\n14,,done,mine\n", "mine"),
        ("id,text,page,note,status,note\n14,,9,,done,mine\n", "mine"),
        ("id,text,page,note,status,说明\n14,,9,,done,mine\n", "mine"),
        ("id,text,page,note,status\n14,,9,,done\n", None),
        ("id,text,page,note,status\n14,,9,mine,done\n", "the plan's own"),
        ('{"measure": "14", "text": "", "status": "done", "note": "mine"}', "mine"),
    ],
)
def test_only_the_note_of_a_list_is_the_plans(plan: Plan, table: str, note: str | None) -> None:
    """A note in another place is the report's, or refused: it is never lost (R3)."""
    outcome = only(plan, table)
    if isinstance(outcome, Entry):
        assert outcome.note == note
    else:
        assert note
        assert note in outcome[0].message


def test_the_meaning_of_a_thousand_headings_is_looked_for_and_not_of_more() -> None:
    """A line of 250,000 unknown headings took 11 seconds."""
    others = ",".join(map(str, range(1000)))
    for headings, count in ((f"说名,{others}", 1), (f"{others},说名", 0)):
        parsed = parse_reports(f"措施,进展状态,{headings}\n14,进行中\n".encode())
        assert sum(isinstance(it, InputError) for it in parsed.reports) == count
        assert len(parsed.left_out) == 1001
