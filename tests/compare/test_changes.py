"""What `diff` finds: the same measures under other numbers, and in each field what was and is."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan import formatters
from credit_plan.compare.changes import Change, Records, compare
from credit_plan.compare.matching import Candidate, split_text
from credit_plan.compare.table import build_answer
from credit_plan.formatters import Screen
from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.draft import Draft
from credit_plan.models.records import (
    Chapter,
    Deadline,
    Measure,
    Milestone,
    Period,
    PlanMetadata,
    Record,
    Task,
    Unit,
)
from tests.cases import BASE, lay_out
from tests.conftest import read_draft

DAY = date(2026, 1, 1)
SUMMARY = (
    "1 task removed, 1 measure removed, 1 measure renumbered, 1 measure changed, "
    "plan metadata changed"
)
Edit = Callable[[Path], None]


@pytest.fixture(scope="session")
def plan(draft: Draft) -> Records:
    return without_indicators(draft)


def without_indicators(draft: Draft) -> Records:
    """Return the real plan without indicators; these name measures that are renumbered here."""
    return replace(Records.of(draft), indicators=())


LAST_MEASURE = "开展网络安全等级保护测评，每年至少开展一次。"


def told(changes: Iterable[Change]) -> list[tuple[str, str | None, str | None, str]]:
    """`(event, was, is, field)` of each change, without its values."""
    return [(it.event, it.was_id, it.id, it.field) for it in changes]


def replaced(file: str, old: str, new: str) -> Edit:
    def edit(data: Path) -> None:
        text = (data / file).read_text(encoding="utf-8")
        assert old in text
        (data / file).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def loaded(data: Path) -> Records:
    """Return the plan in a folder, whether it is sound or not."""
    return Records.of(load(Source(data, bundled=False)).draft)


def after(tmp_path: Path, *edits: Edit) -> tuple[Change, ...]:
    """Return what differs once a copy of the data has been edited."""
    for name in ("old", "data"):
        lay_out(BASE, tmp_path / name)
    for edit in edits:
        edit(tmp_path / "data")
    return compare(loaded(tmp_path / "old"), loaded(tmp_path / "data"))


def with_tasks(plan: Records, tasks: Iterable[Task]) -> Records:
    return Records(plan.metadata, plan.units, tuple(sorted(tasks, key=lambda task: task.id)))


def with_measures(plan: Records, number: int, measures: Iterable[Measure]) -> Records:
    """Return the plan with these measures in one of its tasks."""
    return with_tasks(
        plan,
        (
            replace(task, measures=tuple(measures)) if task.id == number else task
            for task in plan.tasks
        ),
    )


def task_of(plan: Records, number: int) -> Task:
    return next(task for task in plan.tasks if task.id == number)


def numbered(measures: Iterable[Measure]) -> list[Measure]:
    """Return the measures with the numbers 1, 2, 3 and so on."""
    return [replace(it, number=str(number)) for number, it in enumerate(measures, 1)]


def test_a_plan_does_not_differ_from_itself(plan: Records) -> None:
    assert compare(plan, plan) == ()


@pytest.mark.parametrize(
    ("edit", "field", "was", "now"),
    [
        (
            replaced("measures/01.yaml", "lead: [市卫健局]", "lead: [市住建局, 市卫健局]"),
            "lead",
            ("市卫健局",),
            ("市住建局", "市卫健局"),
        ),
        (
            replaced("measures/01.yaml", "持续推动工作开展", "推动工作"),
            "target",
            "2022年起持续推动工作开展",
            "2022年起推动工作",
        ),
        (replaced("measures/01.yaml", ", ongoing: true", ""), "ongoing", True, False),
        (
            replaced("measures/01.yaml", "2023年底前完成并", "2023年底前并"),
            "deadline_text",
            "2023年底前完成并长期坚持",
            "2023年底前并长期坚持",
        ),
        (
            replaced("measures/01.yaml", "by: 2023-12-31, ongoing", "by: 2024-06-30, ongoing"),
            "deadline",
            date(2023, 12, 31),
            date(2024, 6, 30),
        ),
        (
            replaced(
                "measures/01.yaml", "    text: 推动信息", "    note: 模糊\n    text: 推动信息"
            ),
            "note",
            None,
            "模糊",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_field_is_told_with_what_it_was_and_is(
    tmp_path: Path, edit: Edit, field: str, was: object, now: object
) -> None:
    (change,) = after(tmp_path, edit)
    assert told([change]) == [("changed", "1.2", "1.2", field)]
    assert (change.was, change.now) == (was, now)


def values_of(record: Record) -> dict[str, Any]:
    """Return the values of a record by the names of its fields."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def with_values(record: Record, values: dict[str, Any]) -> Record:
    """Return a copy with other values, even where together they make no valid record."""
    changed = copy(record)
    for name, value in values.items():
        object.__setattr__(changed, name, value)
    return changed


def other(value: object) -> object:
    """Return a value of the same type that differs in everything."""
    changed: object = f"9{value or ''}"
    if isinstance(value, Record):
        parts = {name: other(it) for name, it in values_of(value).items()}
        changed = with_values(value, parts)
    elif isinstance(value, tuple):
        changed = (other(value[0]), *value[1:]) if value else ("9",)
    elif isinstance(value, bool):
        changed = not value
    elif isinstance(value, int):
        changed = value + 1
    elif isinstance(value, date):
        changed = value + timedelta(1)
    elif isinstance(value, Enum):
        changed = next(member for member in type(value) if member is not value)
    return changed


def with_other(value: Any, model: type[Record], field: str) -> Any:  # noqa: ANN401  as it is
    """Return the value with another one in this field of the first record of a model in it."""
    if isinstance(value, tuple) and value:
        return (with_other(value[0], model, field), *value[1:])
    if not isinstance(value, Record):
        return value
    parts = values_of(value)
    if type(value) is model:
        return with_values(value, {field: other(parts[field])})
    return with_values(value, {it: with_other(parts[it], model, field) for it in parts})


FIELDS = [
    (model, field.name)
    for model in (PlanMetadata, Period, Chapter, Unit, Task, Measure, Deadline, Milestone)
    for field in fields(model)
]
KEYS = {
    (Task, "id"): {"id"},
    (Task, "task"): {"task_text"},
    (Task, "measures"): {"id", "text", "target", "deadline"},
    (Measure, "number"): {"id"},
    (Measure, "deadline"): {"deadline", "deadline_text", "ongoing"},
    (Deadline, "by"): {"deadline"},
    (Deadline, "text"): {"deadline_text"},
    (Deadline, "first"): {"from"},
    (Chapter, "number"): {"id"},
    (PlanMetadata, "chapters"): {"title"},
}
"""The keys of changes that are not named like the field."""


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_no_field_of_a_record_is_forgotten(plan: Records, model: type[Record], field: str) -> None:
    """Whatever field a record has, or will have, `diff` says that it differs."""
    old = replace(plan, tasks=tuple(task for task in plan.tasks if task.measures[0].milestones))
    metadata, units, tasks = (
        with_other(it, model, field) for it in (old.metadata, old.units, old.tasks)
    )
    changes = compare(old, replace(old, metadata=metadata, units=units, tasks=tasks))
    expected = {Period: {"period"}, Milestone: {"milestones"}}.get(model)
    assert {it.field for it in changes} >= (expected or KEYS.get((model, field), {field}))


def test_a_field_that_the_model_gets_is_compared_and_shown(plan: Records) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Extended(Measure):
        colour: int | None = None

    one, *rest = task_of(plan, 71).measures
    old, new = (Extended(**values_of(one), colour=it) for it in (None, 30))
    changes = compare(with_measures(plan, 71, [old, *rest]), with_measures(plan, 71, [new, *rest]))
    assert told(changes) == [("changed", "71.1", "71.1", "colour")]
    assert "71.1  changed  Colour  {+30+}\n" in rendered(changes, "table")


def test_a_date_says_how_far_it_has_moved(tmp_path: Path) -> None:
    (change,) = after(
        tmp_path,
        replaced("measures/01.yaml", "by: 2023-12-31, ongoing", "by: 2024-06-30, ongoing"),
    )
    assert change.days == 182
    shown = formatters.format_answer(build_answer((change,), "a", "b", DAY), "table", Screen())
    assert "2023-12-31 → 2024-06-30 (182 days later)" in shown


def test_form_comments_order_and_the_other_name_of_a_unit_are_no_change(tmp_path: Path) -> None:
    file = "measures/01.yaml"
    assert (
        after(
            tmp_path,
            replaced(file, "text: 推动信息共享。", "text: '推动信息共享。'  # 见第三章"),
            replaced(file, "lead: [市住建局]", "lead:\n      - 市住房和城乡建设局"),
            replaced(file, "by: 2023-12-31, text: 2023年底前完成法", "text: 2023年底前完成法"),
            replaced(file, "全覆盖}", "全覆盖, by: 2023-12-31}"),
        )
        == ()
    )


def test_the_order_of_names_and_of_milestones_is_no_change(plan: Records) -> None:
    def turned(measure: Measure) -> Measure:
        return replace(
            measure,
            **{
                key: tuple(reversed(getattr(measure, key)))
                for key in ("lead", "responsible", "milestones")
            },
        )

    tasks = [
        replace(task, measures=tuple(map(turned, reversed(task.measures)))) for task in plan.tasks
    ]
    assert with_tasks(plan, tasks) != plan
    assert compare(plan, with_tasks(plan, tasks)) == ()


def test_a_measure_in_the_middle_renumbers_those_behind_it(plan: Records) -> None:
    old = task_of(plan, 8).measures
    extra = replace(old[0], text="新增一项关于数据安全的工作。")
    changes = compare(plan, with_measures(plan, 8, numbered([*old[:3], extra, *old[3:]])))
    assert told(changes[:2]) == [
        ("added", None, "8.4", "text"),
        ("renumbered", "8.4", "8.5", "id"),
    ]
    assert len(changes) == 1 + len(old) - 3
    assert {it.event for it in changes[1:]} == {"renumbered"}


def test_a_measure_that_goes_renumbers_those_behind_it(plan: Records) -> None:
    old = task_of(plan, 8).measures
    changes = compare(plan, with_measures(plan, 8, numbered([*old[:3], *old[4:]])))
    assert told(changes[:2]) == [
        ("removed", "8.4", None, "text"),
        ("renumbered", "8.5", "8.4", "id"),
    ]
    assert len(changes) == 1 + len(old) - 4


def test_two_measures_that_swap_their_numbers(plan: Records) -> None:
    one, two, *rest = task_of(plan, 71).measures
    changed = with_measures(plan, 71, numbered([two, one, *rest]))
    assert told(compare(plan, changed)) == [
        ("renumbered", "71.2", "71.1", "id"),
        ("renumbered", "71.1", "71.2", "id"),
    ]


def test_a_task_that_goes_takes_its_measures_along_and_renumbers_what_follows(
    plan: Records,
) -> None:
    """66 and 68 have the same words; only their measures tell them apart."""
    tasks = [replace(task, id=task.id - (task.id > 66)) for task in plan.tasks if task.id != 66]
    changes = compare(plan, with_tasks(plan, tasks))
    assert told(changes) == [
        ("removed", "66", None, "task_text"),
        ("removed", "66.1", None, "text"),
        ("removed", "66.2", None, "text"),
        *(("renumbered", str(number + 1), str(number), "id") for number in range(66, 81)),
    ]
    assert {it.kind for it in changes[3:]} == {"task"}


def test_a_renamed_file_is_the_same_task(tmp_path: Path) -> None:
    def rename(data: Path) -> None:
        (data / "measures" / "02.yaml").rename(data / "measures" / "05.yaml")

    changes = after(tmp_path, rename, replaced("measures/05.yaml", "id: 2", "id: 5"))
    assert told(changes) == [("renumbered", "2", "5", "id")]


def test_a_task_with_new_words_and_number_is_known_by_its_measures(plan: Records) -> None:
    old = task_of(plan, 7)
    new = replace(old, id=90, task="完全不同的任务描述文字")
    changes = compare(plan, with_tasks(plan, [*(set(plan.tasks) - {old}), new]))
    assert told(changes) == [("renumbered", "7", "90", "id"), ("changed", "7", "90", "task_text")]


def test_a_measure_that_moves_to_another_task_is_the_same_edited_too(plan: Records) -> None:
    here, there = task_of(plan, 20), task_of(plan, 24)
    moving = here.measures[1]
    edited = replace(moving, number="9", text=f"{moving.text}并报告")
    changed = with_measures(plan, 20, [it for it in here.measures if it is not moving])
    changed = with_measures(changed, 24, [*there.measures, edited])
    assert told(compare(plan, changed)) == [
        ("moved", "20.2", "24.9", "id"),
        ("changed", "20.2", "24.9", "text"),
    ]


def test_measures_of_the_same_words_stay_in_their_own_tasks(plan: Records) -> None:
    """7.1 and 8.1 are one text: whichever goes, the other has not moved."""
    for number in (7, 8):
        rest = task_of(plan, number).measures[1:]
        changes = compare(plan, with_measures(plan, number, rest))
        assert told(changes) == [("removed", f"{number}.1", None, "text")]


def test_measures_of_the_same_words_in_one_task_are_told_apart_by_what_they_ask(
    plan: Records,
) -> None:
    first, second, *_rest = task_of(plan, 8).measures
    twin = replace(first, target="另一个目标", lead=second.lead)
    old = with_measures(plan, 8, numbered([first, twin, second]))
    new = with_measures(plan, 8, numbered([second, twin, first]))
    assert told(compare(old, new)) == [
        ("renumbered", "8.3", "8.1", "id"),
        ("renumbered", "8.1", "8.3", "id"),
    ]


def test_of_measures_that_nothing_tells_apart_one_more_is_added(plan: Records) -> None:
    one = task_of(plan, 8).measures[0]
    old = with_measures(plan, 8, numbered([one, one]))
    assert told(compare(old, with_measures(plan, 8, numbered([one, one, one])))) == [
        ("added", None, "8.3", "text"),
    ]
    last = numbered([one] * 5)[2:]
    assert told(compare(old, with_measures(plan, 8, last))) == [
        ("renumbered", "8.1", "8.3", "id"),
        ("renumbered", "8.2", "8.4", "id"),
        ("added", None, "8.5", "text"),
    ]


def test_an_edited_text_is_the_same_measure_and_another_text_is_not(plan: Records) -> None:
    one, *rest = task_of(plan, 71).measures
    edited = replace(one, text=one.text.replace("，", "，认真", 1))
    assert edited != one
    changes = compare(plan, with_measures(plan, 71, [edited, *rest]))
    assert told(changes) == [("changed", "71.1", "71.1", "text")]
    other = replace(one, text="购置办公用品若干。")
    changes = compare(plan, with_measures(plan, 71, [other, *rest]))
    assert told(changes) == [("removed", "71.1", None, "text"), ("added", None, "71.1", "text")]


def test_a_unit_that_is_renamed_changes_no_measure(tmp_path: Path) -> None:
    changes = after(
        tmp_path,
        replaced("units.yaml", "name: 市住建局", "name: 市住房局"),
        replaced("units.yaml", "[市住房和城乡建设局]", "[市住房和城乡建设局, 市住建局]"),
        replaced("units.yaml", "kind: group", "kind: party"),
    )
    assert told(changes) == [
        ("renamed", "市住建局", "市住房局", "name"),
        ("changed", "市住建局", "市住房局", "aliases"),
        ("changed", "各相关单位", "各相关单位", "kind"),
    ]


def test_a_unit_that_comes_and_one_that_goes(tmp_path: Path) -> None:
    changes = after(
        tmp_path,
        replaced("units.yaml", "name: 市卫健局", "name: 市教育局"),
    )
    units = [it for it in changes if it.kind == "unit"]
    assert told(units) == [
        ("removed", "市卫健局", None, "name"),
        ("added", None, "市教育局", "name"),
    ]


def test_the_facts_and_the_chapters(tmp_path: Path) -> None:
    changes = after(
        tmp_path,
        replaced("plan.yaml", "pages: 2", "pages: 3"),
        replaced("plan.yaml", "last: 2025", "last: 2026"),
        replaced("plan.yaml", "number: 2, title: 保障措施", "number: 3, title: 保障措施"),
        replaced("plan.yaml", "title: 总体要求, tasks: 1", "title: 总要求, tasks: 2"),
        replaced("measures/02.yaml", "chapter: 2", "chapter: 3"),
    )
    assert told(changes) == [
        ("changed", None, None, "period"),
        ("changed", None, None, "pages"),
        ("changed", "1", "1", "title"),
        ("changed", "1", "1", "tasks"),
        ("renumbered", "2", "3", "id"),
    ]


def test_a_plan_that_breaks_rules_can_be_compared(tmp_path: Path) -> None:
    """Two files of one number, two measures of one number, a unit that no registry knows."""

    def twice(data: Path) -> None:
        shutil.copy(data / "measures" / "02.yaml", data / "measures" / "03.yaml")

    changes = after(
        tmp_path,
        twice,
        replaced("measures/01.yaml", 'number: "2"', 'number: "1"'),
        replaced("measures/01.yaml", "lead: [市卫健局]", "lead: [市卫建局]"),
    )
    assert told(changes) == [
        ("renumbered", "1.2", "1.1", "id"),
        ("changed", "1.2", "1.1", "lead"),
        ("added", None, "2", "task_text"),
        ("added", None, "2", "text"),
    ]


@given(st.integers(0, 2**32))
def test_no_renumbering_adds_or_removes_anything(seed: int) -> None:
    plan = without_indicators(read_draft())
    chance = random.Random(seed)
    ids = [task.id for task in plan.tasks]
    tasks = []
    for task, number in zip(plan.tasks, chance.sample(ids, len(ids)), strict=True):
        measures = list(task.measures)
        chance.shuffle(measures)
        if len(measures) > 1:
            measures = numbered(measures)
        tasks.append(replace(task, id=number, measures=tuple(measures)))
    changes = compare(plan, with_tasks(plan, tasks))
    assert {it.event for it in changes} == {"renumbered"}
    words = {str(task.id): task.task for task in plan.tasks}
    for it in changes:
        assert it.candidate.task
        if it.kind == "task":
            assert words[str(it.was_id)] == it.candidate.task.task


@given(
    st.text(alphabet="信用信息监管，。2025", max_size=40),
    st.text(alphabet="信用体系2024，", max_size=40),
)
def test_the_pieces_are_the_two_texts_and_no_splinter(was: str, now: str) -> None:
    cut = split_text(was, now)
    assert "".join(old for old, _new in cut) == was
    assert "".join(new for _old, new in cut) == now
    stayed = [old for old, new in cut[1:-1] if old == new]
    assert all(len(text) > 1 for text in stayed)
    same = [old == new for old, new in cut]
    assert not any(a == b for a, b in pairwise(same))


def test_a_text_is_marked_within_the_sentence_and_figures_stay_whole() -> None:
    assert split_text("2023年底前完成归集", "2024年底前基本完成归集") == (
        ("2023", "2024"),
        ("年底前", "年底前"),
        ("", "基本"),
        ("完成归集", "完成归集"),
    )
    assert split_text("达到99.5％以上", "达到99.8％以上")[1] == ("99.5", "99.8")
    assert split_text("78.1-1", "79.1-1") == (("78.1-1", "79.1-1"),)
    assert split_text("甲的乙丙丁戊己庚辛壬癸", "子的丑丙丁戊己庚辛壬癸")[0] == (
        "甲的乙",
        "子的丑",
    )
    assert split_text("加强信息归集", "购置办公用品") == (("加强信息归集", "购置办公用品"),)


def sample(tmp_path: Path) -> tuple[Change, ...]:
    """Return a change of each sort."""
    file = "measures/01.yaml"
    return after(
        tmp_path,
        replaced(file, 'number: "2"', 'number: "3"'),
        replaced(file, "归集公共信用信息。", "全面归集公共信用信息，不得遗漏。"),
        replaced(file, "2023年底前完成法人组织", "2024年底前完成法人组织"),
        replaced(file, "responsible: [各相关单位]", "responsible: [市卫健局]"),
        replaced(
            file,
            "deadline: {text: 2025年底前, by: 2025-12-31}",
            "deadline: {text: 2024年底前, by: 2024-12-31}",
        ),
        lambda data: (data / "measures" / "02.yaml").unlink(),
        replaced("plan.yaml", "pages: 2", "pages: 1"),
    )


def test_what_is_replaced_as_a_whole_is_told_in_words(tmp_path: Path) -> None:
    changes = after(
        tmp_path,
        replaced("measures/02.yaml", "id: 2", "id: 3"),
        replaced("measures/02.yaml", "chapter: 2", "chapter: 1"),
        replaced("measures/01.yaml", ", ongoing: true", ""),
        replaced("units.yaml", "kind: group", "kind: party"),
    )
    shown = rendered(changes, "table")
    assert "1.2  changed  Continues after  yes → no\n" in shown
    assert "\n3 (was 2)  强化信用信息安全防护管理\n3    changed  Chapter          2 → 1\n" in shown
    assert "各相关单位  changed  Kind   group → party\n" in shown
    (kind,) = (it for it in json.loads(rendered(changes, "json"))["rows"] if it["field"] == "kind")
    assert (kind["was"], kind["is"], kind["pieces"]) == ("group", "party", None)


def rendered(changes: tuple[Change, ...], name: str, screen: Screen | None = None) -> str:
    return formatters.format_answer(
        build_answer(changes, "old", "new", DAY), name, screen or Screen()
    )


def test_a_pipe_gets_a_line_per_change_with_marks(tmp_path: Path) -> None:
    assert rendered(sample(tmp_path), "table").splitlines() == [
        "Changes from old to new",
        "ID   Change   Field        Difference",
        "1  加强信用信息归集",
        "1.1  changed  Measure      {+全面+}归集公共信用信息{+，不得遗漏+}。",
        "1.1  changed  Target       [-2023-]{+2024+}年底前完成法人组织全覆盖…",
        "1.1  changed  Milestones   2023-12-31 [-2023-]{+2024+}年底前完成法人组织全覆盖",
        "1.1  changed  Responsible  各相关单位 → 市卫健局",
        "1.1  changed  Deadline     2025-12-31 → 2024-12-31 (365 days earlier)",
        "1.1  changed  As printed   [-2025-]{+2024+}年底前",
        "2 (removed)  强化信用信息安全防护管理",
        "2    removed  Task         [-强化信用信息安全防护管理-]",
        f"2    removed  Measure      [-{LAST_MEASURE}-] (市住建局 · 2025-12-31)",
        "",
        "Renumbered",
        "ID   Old ID  Task or measure",
        "1.3  1.2     推动信息共享。",
        "",
        "Plan metadata",
        "Chapter  Change   Field  Difference",
        "         changed  Pages  2 → 1",
        "",
        SUMMARY,
    ]


def test_marks_and_not_only_colours_tell_the_old_text_from_the_new(tmp_path: Path) -> None:
    """Of 65 and 60, struck out and underlined, a terminal without these styles made 6560 (A12)."""
    changes = sample(tmp_path)
    coloured = Screen(width=90, styled=True, coloured=True, boxed=True)
    shown = rendered(changes, "table", coloured)
    assert "\x1b[31m[-2023-]\x1b[0m\x1b[32m{+2024+}\x1b[0m年底前" in shown
    assert "\x1b[31m2025-12-31\x1b[0m → \x1b[32m2024-12-31\x1b[0m (365 days earlier)" in shown
    for plain in (Screen(width=90, styled=True), Screen(width=90), Screen()):
        assert "[-2023-]{+2024+}年底前" in rendered(changes, "table", plain)
        assert "2025-12-31 → 2024-12-31 (365 days earlier)" in rendered(changes, "table", plain)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 160])
def test_no_mark_is_left_alone_at_the_end_of_a_line(tmp_path: Path, width: int) -> None:
    lines = rendered(sample(tmp_path), "table", Screen(width=width)).splitlines()
    assert not any(line.endswith(("[-", "{+", "[", "{")) for line in lines)
    assert not any(line.strip().startswith(("-]", "+}")) for line in lines)


def test_markdown_strikes_out_and_prints_bold(tmp_path: Path) -> None:
    shown = rendered(sample(tmp_path), "markdown")
    assert shown.startswith("## Changes from old to new\n\n### 1  加强信用信息归集\n\n|")
    assert "| 1.1 | changed | Measure | **全面** 归集公共信用信息 **，不得遗漏** 。 |" in shown
    assert "| ~~2025-12-31~~ → **2024-12-31** (365 days earlier) |" in shown
    assert "### 2 (removed)  强化信用信息安全防护管理\n" in shown
    assert shown.endswith(f"*{SUMMARY}*\n")


def test_markdown_of_the_data_never_acts() -> None:
    cut = split_text("甲乙丙丁戊己庚辛", "甲乙丙丁*~~|<b>戊己庚辛")
    text = "".join(old for old, _new in cut)
    change = Change("changed", Candidate("plan", None), None, None, "title", text, text, (cut,))
    assert r"甲乙丙丁 **\*\~\~\|\<b\>** 戊己庚辛" in rendered((change,), "markdown")


def test_json_has_the_values_as_they_are(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = json.loads(rendered(sample(tmp_path), "json"))["rows"]
    by_field = {(row["id"] or row["was_id"], row["field"]): row for row in rows}
    assert by_field["1.1", "deadline"] == {
        "change": "changed",
        "kind": "measure",
        "id": "1.1",
        "was_id": "1.1",
        "field": "deadline",
        "was": "2025-12-31",
        "is": "2024-12-31",
        "days": -365,
        "pieces": None,
        "task": 1,
        "text": "全面归集公共信用信息，不得遗漏。",
        "lead": ["市住建局"],
        "responsible": ["市卫健局"],
        "deadline": "2024-12-31",
        "name": None,
        "measure": None,
        "by": None,
        "comparison": None,
    }
    assert by_field["1.1", "text"]["pieces"] == [
        {"was": "", "is": "全面"},
        {"same": "归集公共信用信息"},
        {"was": "", "is": "，不得遗漏"},
        {"same": "。"},
    ]
    assert by_field["1.1", "responsible"]["was"] == ["各相关单位"]
    assert by_field["1.1", "milestones"]["is"] == [
        {"by": "2023-12-31", "text": "2024年底前完成法人组织全覆盖"}
    ]
    assert (by_field["2", "text"]["id"], by_field["2", "text"]["is"]) == (None, None)
    assert by_field["1.3", "id"]["change"] == "renumbered"
    assert by_field[None, "pages"]["was"] == 2


def test_csv_has_whole_texts_and_figures(tmp_path: Path) -> None:
    lines = rendered(sample(tmp_path), "csv").splitlines()
    assert lines[0].startswith("\ufeffchange,kind,id,was_id,field,was,is,days,pieces,")
    (target,) = (line for line in lines if ",target," in line)
    assert "[-2023-]{+2024+}年底前完成法人组织全覆盖，2025年底前完成自然人覆盖" in target
    (deadline,) = (line for line in lines if ",deadline," in line and line.startswith("changed"))
    assert ",2025-12-31,2024-12-31,-365,," in deadline


def test_the_beginning_and_the_end_of_a_long_text_are_cut_on_screens_only() -> None:
    was = f"{'甲' * 40}2023年{'乙' * 40}报告{'丙' * 40}"
    cut = split_text(was, was.replace("2023", "2024").replace("报告", "通报"))
    change = Change("changed", Candidate("plan", None), None, None, "title", was, was, (cut,))
    line = f"…{'甲' * 12}[-2023-]{{+2024+}}年{'乙' * 11}…{'乙' * 12}[-报告-]{{+通报+}}{'丙' * 12}…"
    assert line in rendered((change,), "table")
    for name in ("json", "csv"):
        assert "…" not in rendered((change,), name)
