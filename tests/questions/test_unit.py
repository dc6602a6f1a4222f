"""`unit`, and `list --shared`: several units, and what concerns them through a group."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest

from credit_plan.errors import ContradictionError
from credit_plan.filters import parse_filters
from credit_plan.plan import Plan
from credit_plan.questions import measures, unit
from tests.story import rows

DAY = date(2023, 6, 1)


def test_several_units_follow_one_another_and_each_row_says_which(plan: Plan) -> None:
    filters = parse_filters(plan, units=["市住建局", "法院", "住建"], day=DAY)
    both = unit.answer(plan, filters, DAY, list_shared=False)
    alone = [
        row
        for name in ("市住建局", "法院")
        for row in rows(
            unit.answer(plan, parse_filters(plan, units=[name], day=DAY), DAY, list_shared=False)
        )
    ]
    assert rows(both) == alone
    assert [name for name, _rows in groupby(row["unit"] for row in alone)] == ["市住建局", "法院"]
    for row in alone:
        assert row["unit"] in row[row["role"]]
        assert row["via"] == []


def test_what_is_shared_says_through_which_group_and_in_which_role(plan: Plan) -> None:
    filters = parse_filters(plan, units=["市总工会"], day=DAY)
    answer = unit.answer(plan, filters, DAY, list_shared=True)
    shared = [row for row in rows(answer) if row["role"] == "shared"]
    assert len(shared) == 61
    for row in shared:
        assert row["via"]
        for via in row["via"]:
            assert via["group"] in row[via["role"]]
    sections = answer.tables[-1].sections
    assert len(list(groupby(sections))) == len(set(sections))
    assert sections[0] == "via 各相关单位 (responsible)"


def test_a_role_leaves_the_groups_that_have_it(plan: Plan) -> None:
    filters = parse_filters(plan, units=["市总工会"], role="lead", day=DAY)
    answer = unit.answer(plan, filters, DAY, list_shared=True)
    shared = [row for row in rows(answer) if row["role"] == "shared"]
    assert {via["role"] for row in shared for via in row["via"]} == {"lead"}


def test_list_shared_has_the_measures_of_unit_shared(plan: Plan) -> None:
    filters = parse_filters(plan, units=["市总工会"], day=DAY)
    of_unit = rows(unit.answer(plan, filters, DAY, list_shared=True))
    answer = measures.answer(plan, filters, DAY, list_shared=True)
    listed = rows(answer)
    assert [(row["id"], row["via"]) for row in listed] == [
        (row["id"], row["via"]) for row in of_unit
    ]
    (table,) = answer.tables
    assert "62 of 228 measures · 市总工会 · 61 of them for groups that may include" in table.caption
    assert table.sections[0] == "市总工会"
    plain = measures.answer(plan, filters, DAY)
    assert "61 more for groups" in plain.tables[0].caption
    assert "via" not in rows(plain)[0]


def test_a_group_shares_through_no_group(plan: Plan) -> None:
    filters = parse_filters(plan, units=["各相关单位"], day=DAY)
    assert all(
        not row["via"] for row in rows(measures.answer(plan, filters, DAY, list_shared=True))
    )


def test_list_shared_needs_a_unit(plan: Plan) -> None:
    with pytest.raises(ContradictionError, match="--shared needs a unit"):
        measures.answer(plan, parse_filters(plan, day=DAY), DAY, list_shared=True)


def test_the_dates_are_those_of_all_obligations(plan: Plan) -> None:
    """68.3 promises something every year; its last year ends on the day of its deadline."""
    filters = parse_filters(plan, units=["市委宣传部"], day=DAY)
    (row,) = (
        row
        for row in rows(unit.answer(plan, filters, DAY, list_shared=False))
        if row["id"] == "68.3"
    )
    assert row["dates"] == [f"{year}-12-31" for year in range(2022, 2026)]
