"""Columns, order and number of rows, as somebody asks for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from credit_plan.cells import Cell, Label
from credit_plan.cells.bars import Bar
from credit_plan.cells.reports import Figure, Figures
from credit_plan.errors import UnknownNameError
from credit_plan.table import Answer, Column, Layout, Show, Table
from credit_plan.view import View, apply_view

DAY = date(2023, 12, 31)
COLUMNS = (
    Column("id", "ID"),
    Column("lead", "Lead unit", show=Show.IF_ROOM),
    Column("timing_date", "First open date", show=Show.DATA),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("7.10", ("市住建局",), None),
    ("7.5", (), date(2024, 12, 31)),
    ("79.1-1", ("市公安局",), date(2022, 12, 31)),
)


def answer(*tables: Table) -> Answer:
    return Answer("list", DAY, tables or (Table("rows", COLUMNS, ROWS, caption="3 rows"),))


def ids(view: View, *tables: Table) -> list[Cell]:
    return [row[0] for row in apply_view(answer(*tables), view).tables[0].rows]


def sorted_cells(cells: list[Cell], key: str = "id") -> list[Cell]:
    table = Table("rows", (Column("id", "ID"),), tuple((cell,) for cell in cells))
    return ids(View(sort=(key,)), table)


def test_ids_are_sorted_as_people_count() -> None:
    assert ids(View(sort=("id",))) == ["7.5", "7.10", "79.1-1"]
    assert ids(View(sort=("-id",))) == ["79.1-1", "7.10", "7.5"]


@pytest.mark.parametrize("key", ["timing_date", "timing-date", "first open DATE"])
def test_what_is_empty_is_last_in_either_order(key: str) -> None:
    assert ids(View(sort=(key,))) == ["79.1-1", "7.5", "7.10"]
    assert ids(View(sort=(f"-{key}",))) == ["7.5", "79.1-1", "7.10"]
    assert ids(View(sort=("-lead",)))[-1] == "7.5"


def test_the_second_key_sorts_what_the_first_leaves_equal() -> None:
    table = Table(
        "rows", COLUMNS, (("1", ("甲",), None), ("3", ("乙",), None), ("2", ("甲",), None))
    )
    assert ids(View(sort=("lead,-id",)), table) == ["2", "1", "3"]
    assert ids(View(sort=("-lead，id",)), table) == ["3", "1", "2"]


def test_each_kind_of_cell_has_its_order() -> None:
    assert sorted_cells([Decimal("9.5"), 10, -1]) == [-1, Decimal("9.5"), 10]
    green, red = Label("done", "绿 done", "green"), Label("overdue", "红 overdue", "red")
    assert sorted_cells([green, red]) == [red, green]
    assert sorted_cells([Bar(10, 10), Bar(9, 10)]) == [Bar(9, 10), Bar(10, 10)]
    small, large = (Figures((Figure("a", "A", Decimal(it), "％"),)) for it in ("9", "10"))
    assert sorted_cells([large, Figures(()), small]) == [small, large, Figures(())]
    assert sorted_cells(["市住建局", "市公安局", "法院"]) == ["法院", "市公安局", "市住建局"]


def test_sorting_keeps_sections_together_or_makes_a_column_of_them() -> None:
    sections = ("甲", "甲", "乙")
    table = Table("rows", COLUMNS, ROWS, sections=sections)
    kept = apply_view(answer(table), View(sort=("id",))).tables[0]
    assert kept.sections == sections
    scattered = apply_view(answer(table), View(sort=("timing_date,id",))).tables[0]
    assert scattered.sections == ("乙", "甲", "甲")
    table = Table("rows", COLUMNS, ROWS, sections=("甲", "乙", "乙"))
    mixed = apply_view(answer(table), View(sort=("id",)))
    assert mixed.tables[0].sections == ()
    assert [row[-1] for row in mixed.tables[0].rows] == ["乙", "甲", "乙"]
    assert "section" not in mixed.data_columns()


def test_a_limit_says_how_many_there_are() -> None:
    limited = apply_view(answer(), View(sort=("id",), limit=2)).tables[0]
    assert [row[0] for row in limited.rows] == ["7.5", "7.10"]
    assert limited.caption == "3 rows · first 2 of 3"
    assert apply_view(answer(), View(limit=3)).tables[0].caption == "3 rows"
    note = Table("rows", COLUMNS, ROWS, caption="3 rows\na note", sections=("甲", "甲", "乙"))
    cut = apply_view(answer(note), View(limit=1)).tables[0]
    assert (cut.caption, cut.sections) == ("3 rows · first 1 of 3\na note", ("甲",))


def test_columns_have_the_order_in_which_they_were_typed() -> None:
    chosen = apply_view(answer(), View(columns=("timing_date、id, id",))).tables[0]
    assert [column.key for column in chosen.columns] == ["timing_date", "id"]
    assert chosen.visible_columns() == chosen.data_columns() == [0, 1]
    assert chosen.rows[1] == (date(2024, 12, 31), "7.5")


def test_columns_of_records_make_a_grid() -> None:
    table = Table("rows", COLUMNS, ROWS, layout=Layout.RECORDS)
    assert apply_view(answer(table), View(columns=("id",))).tables[0].layout is Layout.GRID
    assert apply_view(answer(table), View(sort=("id",))).tables[0].layout is Layout.RECORDS


def test_of_several_tables_each_takes_what_it_has() -> None:
    rows = Table("rows", COLUMNS, ROWS)
    units = Table("units", (Column("unit", "Unit"), Column("id", "ID")), (("乙", "2"), ("甲", "1")))
    years = Table("years", (Column("year", "Year"),), ((2023,), (2022,)))
    sentence = Table("shared", (), (), title="62 more")
    found = apply_view(
        answer(rows, units, years, sentence), View(columns=("unit,id",), sort=("id",))
    )
    assert [table.name for table in found.tables] == ["rows", "units", "shared"]
    assert found.tables[1].rows == (("甲", "1"), ("乙", "2"))
    assert apply_view(answer(rows, years), View(sort=("id",))).tables[1] == years


@pytest.mark.parametrize(
    "view", [View(columns=("id,leed",)), View(sort=("-leed",)), View(columns=("leed",))]
)
def test_an_unknown_column_is_an_error_with_those_there_are(view: View) -> None:
    with pytest.raises(UnknownNameError, match=r"“leed”; .* id, lead, timing_date") as caught:
        apply_view(answer(), view)
    assert caught.value.candidates == ("lead",)


def test_an_answer_without_tables_is_left_alone() -> None:
    empty = Answer("status", DAY, (), ("No measure matches.",))
    assert apply_view(empty, View(("unit",), ("unit",), 3)) == empty
