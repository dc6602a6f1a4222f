"""The sheet to be filled in: what stands in its columns, and what its files are called."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date, datetime
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.dates import ZONE
from credit_plan.filters import Filters, find_indicator, find_measure
from credit_plan.formatters.csv_table import format_table
from credit_plan.plan import Plan, Report, Role, Status, Unit, UnitKind
from credit_plan.reporting.form import make_form, name_files
from credit_plan.reporting.reported import INDICATORS, OTHER, find_fields
from credit_plan.reporting.resolve import find_due
from credit_plan.table import Column, Table
from credit_plan.unit_names import find_unit
from tests.conftest import ROOT
from tests.story import plan_of, tell

names = st.text(min_size=1, max_size=300)
lists_of_names = st.lists(
    st.one_of(names, st.sampled_from(["CON", "com1.x", "a/b", "A:B", "..", ".", "../x", "甲 乙"])),
    max_size=6,
)


def rows(plan: Plan, filters: Filters, *, with_shared: bool = False) -> list[dict[str, str]]:
    """Return the rows of measures, without those of what recurs in them."""
    found = all_rows(plan, filters, with_shared=with_shared)
    return [row for row in found if not row.get("对应节点")]


def all_rows(plan: Plan, filters: Filters, *, with_shared: bool = False) -> list[dict[str, str]]:
    """Return the rows of a sheet by the headings of their columns, as a spreadsheet opens it."""
    text = format_table(make_form(plan, filters, with_shared=with_shared))
    assert text.startswith("\ufeff")
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


def test_every_measure_of_the_plan_is_found_again_by_what_its_row_says(plan: Plan) -> None:
    for unit in plan.units:
        own = [measure for measure in plan.measures if unit in measure.units()]
        sheet = rows(plan, Filters(units=(unit,)))
        assert [find_measure(plan, row["措施"]) for row in sheet] == own
        for row, measure in zip(sheet, own, strict=True):
            assert (row["措施内容"], row["年度目标"]) == (measure.text, measure.target)
            assert row["完成时限"] == measure.deadline_text
            named = [
                find_indicator(plan, name, measure.id).measure
                for name in filter(None, row["指标"].split("；"))
            ]
            promised = sum(indicator.measure == measure.id for indicator in plan.indicators)
            assert named == [measure.id] * promised


def test_record_reads_what_is_to_be_filled_in_and_knows_the_rest_for_the_plans(plan: Plan) -> None:
    for name, due in (("市文旅局", ["due"]), ("海关", [])):
        heading = rows(plan, Filters(units=(find_unit(plan, name),)))[0]
        assert find_fields([*heading]) == [
            *("measure", "text", "target", OTHER, OTHER, INDICATORS, *due),
            *("on", "unit", "status", "values", "note", "evidence"),
        ]


def test_what_recurs_has_a_row_for_each_of_the_latest_periods_that_is_owed(plan: Plan) -> None:
    unit = find_unit(plan, "市市场监管局")

    def periods(**dates: date) -> list[tuple[str, str]]:
        sheet = all_rows(plan, Filters(units=(unit,), tasks=(35,), **dates))
        return [(row["对应节点"], row["完成时限"]) for row in sheet if row["措施"] == "第35.1项"]

    assert periods(day=date(2024, 2, 1)) == [
        ("", "2025年底前"),
        ("2023年第2季度", "2023-06-30 按季度通报案件查办情况"),
        ("2023年第3季度", "2023-09-30 按季度通报案件查办情况"),
        ("2023年第4季度", "2023-12-31 按季度通报案件查办情况"),
        ("2024年第1季度", "2024-03-31 按季度通报案件查办情况"),
    ]
    asked = {"after": date(2022, 1, 1), "before": date(2023, 3, 31)}
    assert [it[0] for it in periods(day=date(2024, 2, 1), **asked)] == [
        *("2022年第1季度", "2022年第2季度", "2022年第3季度", "2022年第4季度", "2023年第1季度")
    ]


def test_every_period_of_a_sheet_is_found_again_by_its_name(plan: Plan) -> None:
    """Whatever the year, and whatever recurs: quarters, half-years, years, months, fixed days."""
    always = {"after": date(2000, 1, 1), "before": date(2099, 12, 31)}
    for unit in plan.units:
        sheet = all_rows(plan, Filters(units=(unit,), **always))
        found = [
            (measure.id, find_due(plan, measure, row["对应节点"]))
            for row in sheet
            if row.get("对应节点")
            for measure in [find_measure(plan, row["措施"])]
        ]
        owed = [
            (measure.id, it.due)
            for measure in plan.measures
            for it in plan.obligations
            if it.measure == measure and it.span and unit in measure.units()
        ]
        assert found == owed


def test_the_row_of_a_period_has_the_last_report_on_it_and_none_where_it_is_done(
    plan: Plan,
) -> None:
    unit, day = find_unit(plan, "市市场监管局"), date(2023, 7, 1)
    reported = Report(
        measure="35.1",
        due="2023Q1",
        on=date(2023, 3, 20),
        unit=unit.name,
        status=Status.BLOCKED,
        values=(),
        note="系统升级",
        evidence=(),
        recorded=datetime(2023, 3, 21, tzinfo=ZONE),
    )
    done = reported._replace(due="2023Q2", status=Status.DONE)
    sheet = all_rows(
        plan._replace(reports=(reported, done)), Filters(units=(unit,), tasks=(35,), day=day)
    )
    shown = {row["对应节点"]: row["上次填报"] for row in sheet if row["措施"] == "第35.1项"}
    assert shown == {
        "": "",
        "2022年第3季度": "",
        "2022年第4季度": "",
        "2023年第1季度": "2023-03-20 市市场监管局 受阻；系统升级",
        "2023年第3季度": "",
    }


def test_the_unit_is_filled_in_but_not_a_group_and_the_rest_is_left_empty(plan: Plan) -> None:
    for unit in plan.units:
        for row in rows(plan, Filters(units=(unit,))):
            assert row["填报单位"] == ("" if unit.is_group else unit.name)
            left = ("截至日期", "进展状态", "指标值", "说明", "佐证材料")
            assert not any(row[heading] for heading in left)


def test_the_last_report_is_one_readable_cell(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    tell(tmp_path)
    plan = plan_of(tmp_path)
    unit = find_unit(plan, "市营商局")

    def shown(day: date) -> dict[str, str]:
        sheet = rows(plan, Filters(units=(unit,), day=day))
        return {row["措施"]: row["上次填报"] for row in sheet}

    assert shown(date(2022, 1, 1))["第2项"] == ""
    later = shown(date(2026, 11, 1))
    assert later["第2项"] == (
        "2025-03-31 市营商局 已完成；“双公示”合规率 99.2％；“双公示”瞒报率 0％；漏报全部补正。"
    )
    assert later["第15项"].startswith("2026-04-30 法院 已完成；")
    assert later["第75.2项"] == "2022-10-31 市发改局 已完成"
    report = next(it for it in plan.reports if it.measure == "15")
    several = plan._replace(reports=(report._replace(note="一是\n二是"),))
    (row,) = rows(several, Filters(units=(unit,), tasks=(15,)))
    assert row["上次填报"].endswith("；一是；二是")


def test_measures_of_groups_follow_only_where_they_are_asked_for(plan: Plan) -> None:
    unit = find_unit(plan, "市文旅局")
    alone = rows(plan, Filters(units=(unit,)))
    shared = rows(plan, Filters(units=(unit,)), with_shared=True)
    assert (len(alone), len(shared)) == (13, 74)
    order = [measure.id for measure in plan.measures]
    places = [order.index(find_measure(plan, row["措施"]).id) for row in shared]
    assert places == sorted(places)
    assert len(rows(plan, Filters(units=(unit,), role=Role.LEAD))) == 12


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_no_cell_is_a_formula(sign: str) -> None:
    table = Table("form", (Column("a", "甲"), Column("b", "乙")), ((f"{sign}1", "x"),))
    assert format_table(table) == f"\ufeff甲,乙\r\n'{sign}1,x\r\n"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("市住建局", "市住建局.csv"),
        ("市财政局（市国资办）", "市财政局（市国资办）.csv"),
        ("../../etc/x", "_.._etc_x.csv"),
        ("..", "_.csv"),
        ("CON", "_CON.csv"),
        ("nul.a", "_nul.a.csv"),
        ("a\u202eb\x00", "a_b_.csv"),
        ("甲 乙\n丙", "甲_乙_丙.csv"),
        ("长" * 500, "长" * 60 + ".csv"),
    ],
)
def test_a_file_is_called_as_every_system_allows(name: str, file: str) -> None:
    assert [*name_files([Unit(name, UnitKind.GOVERNMENT)], ".csv")] == [file]


@given(lists_of_names)
def test_each_unit_has_a_file_of_its_own_in_the_same_folder(said: list[str]) -> None:
    units = [Unit(name, UnitKind.GOVERNMENT) for name in said]
    named = name_files(units, ".csv")
    assert [*named.values()] == units
    assert len({file.casefold() for file in named}) == len(units)
    for file in named:
        assert PureWindowsPath(file).name == file
        assert len(file.encode()) <= 255
        assert file[0] not in ". "
