"""What `diff` finds in the indicators: the same figures under other ids, and what was promised."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan.compare.changes import Change, Records, compare
from credit_plan.formatters import Screen
from credit_plan.models.draft import Draft
from credit_plan.models.fields import fields_by_key
from credit_plan.models.indicators import Indicator, Target
from credit_plan.plan import Comparison, Direction
from tests.cases import BASE, lay_out
from tests.compare.test_changes import Edit, loaded, rendered, replaced
from tests.conftest import read_draft

INDICATORS = """\
indicators:
  - id: assessed
    name: 测评率
    unit: ％
    better: higher
    measure: "2"
    goals:
      - {by: 2023-12-31, comparison: 不低于, value: 60, text: 2023年底前测评率不低于60％}
      - {by: 2025-12-31, comparison: 达到, value: 100, text: 2025年底前实现100％}
  - id: covered
    name: 法人组织覆盖率
    unit: ％
    better: higher
    measure: "1.1"
    goals:
      - {by: 2023-12-31, comparison: 达到, value: 100, text: 2023年底前完成法人组织全覆盖}
    note: 全覆盖作100％。
"""
FILE = "indicators.yaml"
OTHER = {
    "id": "another",
    "name": "另一个指标",
    "unit": "户",
    "better": Direction.HIGHER,
    "measure": "13",
    "goals": (
        Target(
            by=date(2025, 12, 31), comparison=Comparison.IS, value=Decimal(1), text="另一个目标"
        ),
    ),
    "note": "另一条备注",
}
OTHER_GOAL = {
    "by": date(2024, 12, 31),
    "comparison": Comparison.BELOW,
    "value": Decimal("0.5"),
    "text": "另一个目标",
}


def told(changes: Iterable[Change]) -> list[tuple[str, str | None, str | None, str, str, str]]:
    """`(event, was id, id, field, was, is)` of each change of an indicator."""
    return [
        (it.event, it.was_id, it.id, it.field, str(it.was), str(it.now))
        for it in changes
        if it.kind == "indicator"
    ]


def after(tmp_path: Path, *edits: Edit) -> tuple[Change, ...]:
    """Return what differs once the small plan with its indicators has been edited."""
    folder = small(tmp_path)
    old = loaded(folder)
    for edit in edits:
        edit(folder)
    return compare(old, loaded(folder))


def small(tmp_path: Path) -> Path:
    """Return the small plan with two indicators."""
    folder = tmp_path / "data"
    lay_out(BASE, folder)
    (folder / FILE).write_text(INDICATORS, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def plan(draft: Draft) -> Records:
    """Return the real plan as it is compared."""
    return Records.of(draft)


def with_first(plan: Records, **changed: object) -> Records:
    """Return the plan with other values in its first indicator."""
    first, *rest = plan.indicators
    return replace(plan, indicators=(replace(first, **changed), *rest))


@pytest.mark.parametrize("field", fields_by_key(Indicator))
def test_no_field_of_an_indicator_is_forgotten(plan: Records, field: str) -> None:
    (change, *_more) = compare(plan, with_first(plan, **{field: OTHER[field]}))
    assert (change.was_id, change.kind) == ("ranking", "indicator")
    assert change.event == ("renamed" if field == "id" else "changed")


@pytest.mark.parametrize("field", fields_by_key(Target))
def test_no_field_of_a_goal_is_forgotten(plan: Records, field: str) -> None:
    one, *rest = plan.indicators[0].goals
    other = replace(one, **{field: OTHER_GOAL[field]})
    (change,) = compare(plan, with_first(plan, goals=(other, *rest)))
    assert (change.field, change.was) == (field, getattr(one, field))
    assert change.now == OTHER_GOAL[field]
    assert change.target == other


def test_what_is_promised_by_a_year_end_is_told_field_by_field(tmp_path: Path) -> None:
    changes = after(
        tmp_path,
        replaced(FILE, "不低于, value: 60", "超过, value: 70"),
        replaced(FILE, "测评率不低于60％", "测评率超过70％"),
    )
    assert told(changes) == [
        ("changed", "assessed", "assessed", "value", "60", "70"),
        ("changed", "assessed", "assessed", "comparison", "不低于", "超过"),
        (
            "changed",
            "assessed",
            "assessed",
            "text",
            "2023年底前测评率不低于60％",
            "2023年底前测评率超过70％",
        ),
    ]


def test_a_goal_that_comes_one_that_goes_and_one_of_another_year(tmp_path: Path) -> None:
    goal = "      - {by: 2024-12-31, comparison: 达到, value: 80, text: 2025年底前实现100％}\n"
    first = next(line for line in INDICATORS.splitlines(keepends=True) if "不低于" in line)
    changes = after(
        tmp_path,
        replaced(FILE, first, goal),
        replaced(FILE, "2023-12-31, comparison: 达到", "2024-12-31, comparison: 达到"),
    )
    assert told(changes) == [
        ("changed", "assessed", "assessed", "value", "60", "None"),
        ("changed", "assessed", "assessed", "value", "None", "80"),
        ("changed", "covered", "covered", "by", "2023-12-31", "2024-12-31"),
    ]
    assert changes[-1].days == 366
    lines = rendered(changes, "table").splitlines()
    assert "assessed  changed  Value  [-不低于60％-] (by 2023-12-31)" in lines
    assert "assessed  changed  Value  {+达到80％+} (by 2024-12-31)" in lines


def test_the_order_and_the_form_of_figures_are_no_change(plan: Records, tmp_path: Path) -> None:
    turned = tuple(replace(it, goals=tuple(reversed(it.goals))) for it in reversed(plan.indicators))
    assert compare(plan, replace(plan, indicators=turned)) == ()
    assert after(tmp_path, replaced(FILE, "value: 60,", "value: '60.0',  # 六成\n       ")) == ()


def test_a_renamed_id_is_known_by_the_name_or_by_what_is_promised(tmp_path: Path) -> None:
    by_name = replaced(FILE, "id: assessed", "id: checked"), replaced(FILE, "value: 60", "value: 7")
    by_promise = (
        replaced(FILE, "id: covered", "id: reach"),
        replaced(FILE, "name: 法", "name: 各法"),
    )
    assert told(after(tmp_path, *by_name, *by_promise)) == [
        ("renamed", "assessed", "checked", "id", "assessed", "checked"),
        ("changed", "assessed", "checked", "value", "60", "7"),
        ("renamed", "covered", "reach", "id", "covered", "reach"),
        ("changed", "covered", "reach", "name", "法人组织覆盖率", "各法人组织覆盖率"),
    ]


def test_two_indicators_that_swap_their_ids(plan: Records) -> None:
    one, two, *rest = plan.indicators
    swapped = (replace(one, id=two.id), replace(two, id=one.id), *rest)
    changes = compare(plan, replace(plan, indicators=swapped))
    assert [(it.event, it.was_id, it.id) for it in changes] == [
        ("renamed", one.id, two.id),
        ("renamed", two.id, one.id),
    ]


def test_an_indicator_that_comes_and_one_that_goes(tmp_path: Path) -> None:
    changes = after(
        tmp_path,
        replaced(FILE, "id: covered", "id: trained"),
        replaced(FILE, "name: 法人组织覆盖率\n    unit: ％", "name: 培训人数\n    unit: 人"),
    )
    assert told(changes) == [
        ("removed", "covered", None, "name", "法人组织覆盖率", "None"),
        ("added", None, "trained", "name", "None", "培训人数"),
    ]


@given(st.integers(0, 2**32))
def test_no_other_ids_add_or_remove_an_indicator(seed: int) -> None:
    plan = Records.of(read_draft())
    chance = random.Random(seed)
    ids = [it.id for it in plan.indicators]
    renamed = [
        replace(it, id=name)
        for it, name in zip(plan.indicators, chance.sample(ids, len(ids)), strict=True)
    ]
    chance.shuffle(renamed)
    changes = compare(plan, replace(plan, indicators=tuple(renamed)))
    assert {it.event for it in changes} == {"renamed"}


def first_measure_comes(folder: Path) -> None:
    """Renumber the measures 1.1 and 1.2 to 1.2 and 1.3."""
    replaced("measures/01.yaml", 'number: "2"', 'number: "3"')(folder)
    replaced("measures/01.yaml", 'number: "1"', 'number: "2"')(folder)
    new = """\
measures:
  - number: "1"
    text: 购置办公用品若干。
    target: 2022年起
    lead: [市卫健局]
    deadline: {text: 2025年底前, by: 2025-12-31}
    page: 1
"""
    replaced("measures/01.yaml", "measures:\n", new)(folder)


def test_a_measure_that_is_renumbered_changes_no_indicator(tmp_path: Path) -> None:
    follows = replaced(FILE, 'measure: "1.1"', 'measure: "1.2"')
    changes = after(tmp_path, first_measure_comes, follows)
    assert [it.event for it in changes] == ["added", "renumbered", "renumbered"]


def test_an_indicator_that_does_not_follow_its_measure_belongs_to_another(tmp_path: Path) -> None:
    changes = after(tmp_path, first_measure_comes)
    assert told(changes) == [("changed", "covered", "covered", "measure", "1.1", "1.1")]
    assert "covered  changed  Measure  1.2 → 1.1 (1.2 was 1.1)\n" in rendered(changes, "table")


def sample(tmp_path: Path) -> tuple[Change, ...]:
    """Return a change of each sort."""
    return after(
        tmp_path,
        replaced(FILE, "id: covered", "id: trained"),
        replaced(FILE, "name: 法人组织覆盖率\n    unit: ％", "name: 培训人数\n    unit: 人"),
        replaced(FILE, "id: assessed", "id: checked"),
        replaced(FILE, "better: higher", "better: lower"),
        replaced(FILE, "不低于, value: 60", "不低于, value: 70.50"),
        replaced(FILE, "不低于60％", "不低于70.50％"),
        replaced(FILE, 'measure: "2"', 'measure: "1.2"'),
    )


def test_a_pipe_gets_a_section_of_its_own(tmp_path: Path) -> None:
    assert rendered(sample(tmp_path), "table").splitlines() == [
        "Changes from old to new",
        "",
        "Indicators",
        "ID       Change   Field       Difference",
        "covered  removed  Name        [-法人组织覆盖率-] (measure 1.1 · 1 target)",
        "trained  added    Name        {+培训人数+} (measure 1.1 · 1 target)",
        "checked  测评率 · ％",
        "checked  renamed  Code        assessed → checked",
        "checked  changed  Better      higher → lower",
        "checked  changed  Measure     2 → 1.2",
        "checked  changed  Value       60 → 70.5 (by 2023-12-31)",
        "checked  changed  As printed  2023年底前测评率不低于[-60-]{+70.50+}％ (by 2023-12-31)",
        "",
        "1 indicator added, 1 indicator removed, 1 indicator renamed, 1 indicator changed",
    ]


@pytest.mark.parametrize("width", [30, 40, 60, 80, 160])
def test_every_line_fits_the_screen(tmp_path: Path, width: int) -> None:
    lines = rendered(sample(tmp_path), "table", Screen(width=width)).splitlines()
    assert "Indicators" in lines
    assert not any(line.strip().startswith(("-]", "+}")) for line in lines)


def test_markdown_has_a_heading_for_each_indicator_that_changed(tmp_path: Path) -> None:
    shown = rendered(sample(tmp_path), "markdown")
    assert "## Indicators\n\n| ID | Change | Field |" in shown
    assert "\n### checked  测评率 · ％\n\n|" in shown
    assert "| checked | changed | Value | ~~60~~ → **70.5** (by 2023-12-31) |" in shown


def test_json_and_csv_have_figures_as_figures(tmp_path: Path) -> None:
    changes = sample(tmp_path)
    rows = {row["field"]: row for row in json.loads(rendered(changes, "json"))["rows"]}
    assert rows["value"] == {
        "change": "changed",
        "kind": "indicator",
        "id": "checked",
        "was_id": "assessed",
        "field": "value",
        "was": 60,
        "is": 70.5,
        "days": None,
        "pieces": None,
        "task": None,
        "text": "2023年底前测评率不低于70.50％",
        "lead": None,
        "responsible": None,
        "deadline": None,
        "name": "测评率",
        "measure": "1.2",
        "by": "2023-12-31",
        "comparison": "不低于",
    }
    assert (rows["better"]["was"], rows["better"]["pieces"]) == ("higher", None)
    (value,) = (it for it in rendered(changes, "csv").splitlines() if ",value," in it)
    assert value.startswith("changed,indicator,checked,assessed,value,60,70.5,,,")
    assert value.endswith(",测评率,1.2,2023-12-31,不低于")


def test_a_plan_of_old_without_indicators_gets_a_line_for_each(plan: Records) -> None:
    changes = compare(replace(plan, indicators=()), plan)
    assert [it.id for it in changes] == [it.id for it in plan.indicators]
    title, _empty, section, _heads, *lines, _gap, summary = rendered(changes, "table").splitlines()
    assert (title, section) == ("Changes from old to new", "Indicators")
    assert len(lines) == len(plan.indicators)
    assert summary == f"{len(plan.indicators)} indicators added"
