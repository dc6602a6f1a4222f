"""The tables of an export: their columns and their rows, as JSON has them where it has them.

A row is a dictionary by the keys of its columns. Only the types here are the export's own: what a
cell holds is what the questions say.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, unique
from typing import TypeVar

from credit_plan.as_of import AsOf
from credit_plan.cells import Cell, CellValue
from credit_plan.plan import Chapter, Plan, Role
from credit_plan.questions import chapters, due, history, indicators, units
from credit_plan.questions.columns import MEASURE_FIELDS, Field

RowT = TypeVar("RowT")
ExportRow = dict[str, object]


@unique
class ColumnType(Enum):
    """What a column holds, in the words of Spark; a CODE is one of a closed list."""

    TEXT = "string"
    CODE = "string (dictionary)"
    NUMBER = "int"
    FLAG = "boolean"
    DAY = "date"
    TIME = "timestamp"
    FIGURE = "decimal(21,6)"
    NAMES = "array<string>"
    MILESTONES = "array<struct<by:date,text:string>>"
    RECURRENCES = "array<struct<text:string,every:string,on:array<string>,from:date,until:date>>"
    FIGURES = "map<string,decimal(21,6)>"
    EVIDENCE = "array<struct<url:string,file:string,sha256:string>>"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its key, its type, its Chinese heading, and whether a row may be without it."""

    key: str
    type: ColumnType
    heading: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table of an export: `rows` gives those of a plan, or of one chapter of it, as of a day.

    A table is partitioned by plan and, unless it has a few rows a plan, by chapter.
    """

    name: str
    subject: str
    columns: tuple[ExportColumn, ...]
    rows: Callable[[Plan, AsOf], Iterator[ExportRow]]
    by_chapter: bool = True


def split_by_chapter(plan: Plan) -> Iterator[tuple[Chapter, Plan]]:
    """Yield each chapter with the plan narrowed to it: its measures, and what belongs to them."""
    chapter_of = {measure.id: measure.chapter for measure in plan.measures}
    for chapter in plan.chapters:
        number = chapter.number
        yield (
            chapter,
            plan._replace(
                measures=tuple(it for it in plan.measures if it.chapter == number),
                obligations=tuple(it for it in plan.obligations if it.measure.chapter == number),
                indicators=tuple(it for it in plan.indicators if chapter_of[it.measure] == number),
                reports=tuple(it for it in plan.reports if chapter_of[it.measure] == number),
            ),
        )


def _list_measures(plan: Plan, as_of: AsOf) -> Iterator[ExportRow]:
    for position, measure in enumerate(plan.measures, 1):
        yield {"position": position} | _make_row(MEASURE_FIELDS, as_of.track(measure))


def _list_measure_units(plan: Plan, _as_of: AsOf) -> Iterator[ExportRow]:
    for measure in plan.measures:
        for role in (Role.LEAD, Role.RESPONSIBLE):
            # As `Measure.accountable`, but of a unit with both roles only the first.
            is_accountable = role is Role.LEAD or not measure.lead
            for unit in measure.units(role):
                yield {
                    "id": measure.id,
                    "unit": unit.name,
                    "role": role,
                    "accountable": is_accountable,
                }


def _list_obligations(plan: Plan, as_of: AsOf) -> Iterator[ExportRow]:
    for tracked in due.track_obligations(plan.obligations, as_of):
        yield _make_row(due.OBLIGATION_FIELDS, tracked)


def _list_targets(plan: Plan, as_of: AsOf) -> Iterator[ExportRow]:
    for result in indicators.assess_targets(plan, as_of):
        yield _make_row(indicators.TARGET_FIELDS, result)


def _list_reports(plan: Plan, as_of: AsOf) -> Iterator[ExportRow]:
    fields = history.report_fields(plan)
    for measure in plan.measures:
        for report in as_of.reports.get(measure.id, ()):
            yield _make_row(fields, report) | {"recorded": report.recorded}


def _list_chapters(plan: Plan, _as_of: AsOf) -> Iterator[ExportRow]:
    for row in chapters.count_chapters(plan, plan.measures):
        yield {
            "chapter": row.chapter.number,
            "title": row.chapter.title,
            "tasks": row.tasks,
            "measures": row.measures,
            "milestones": row.milestones,
            "label": row.chapter.label,
        }


def _list_units(plan: Plan, as_of: AsOf) -> Iterator[ExportRow]:
    for row in units.count_units(plan, plan.measures, as_of.day):
        yield {
            "unit": row.unit.name,
            "kind": row.unit.kind,
            "lead": row.lead,
            "responsible": row.responsible,
            "next_due": row.next_due,
            "aliases": row.unit.aliases,
        }


def _list_plans(plan: Plan, as_of: AsOf) -> Iterator[ExportRow]:
    yield {
        "title": plan.title,
        "city": plan.city,
        "last_year": plan.last_year,
        "as_of": as_of.day,
        "within": as_of.within,
    }


def _make_row(fields: Iterable[Field[RowT]], subject: RowT) -> ExportRow:
    return {field.column.key: _read(field.cell(subject)) for field in fields}


def _read(cell: Cell) -> object:
    """Return what JSON carries for a cell."""
    if isinstance(cell, CellValue):
        return cell.data()
    return [_read(entry) for entry in cell] if isinstance(cell, tuple) else cell


_T = ColumnType
_ID = ExportColumn("id", _T.TEXT, "措施编号")
_ASSESSMENT = (
    ExportColumn("status", _T.CODE, "进展状态"),
    ExportColumn("timing", _T.CODE, "时限状态"),
    ExportColumn("light", _T.CODE, "红黄绿"),
)

TABLES = (
    ExportTable(
        "measures",
        "a measure, in the words of the plan, and how it is as of the day",
        (
            ExportColumn("position", _T.NUMBER, "章内序号"),
            _ID,
            ExportColumn("task", _T.NUMBER, "序号"),
            ExportColumn("task_text", _T.TEXT, "规划任务"),
            ExportColumn("text", _T.TEXT, "具体实施措施"),
            ExportColumn("target", _T.TEXT, "各年度工作目标", optional=True),
            ExportColumn("milestones", _T.MILESTONES, "目标节点"),
            ExportColumn("recurrences", _T.RECURRENCES, "周期承诺"),
            ExportColumn("lead", _T.NAMES, "牵头单位"),
            ExportColumn("responsible", _T.NAMES, "责任单位"),
            ExportColumn("deadline", _T.DAY, "最后一日", optional=True),
            ExportColumn("deadline_text", _T.TEXT, "完成时限", optional=True),
            ExportColumn("deadline_kind", _T.CODE, "时限类别", optional=True),
            ExportColumn("ongoing", _T.FLAG, "长期坚持", optional=True),
            ExportColumn("page", _T.NUMBER, "页码", optional=True),
            ExportColumn("note", _T.TEXT, "备注", optional=True),
            *_ASSESSMENT,
            ExportColumn("days", _T.NUMBER, "逾期天数", optional=True),
            ExportColumn("timing_date", _T.DAY, "到期日", optional=True),
            ExportColumn("reported_on", _T.DAY, "状态截至日期", optional=True),
            ExportColumn("recorded_on", _T.DAY, "最近登记日期", optional=True),
        ),
        _list_measures,
    ),
    ExportTable(
        "measure_units",
        "a measure, a unit and its role in it",
        (
            _ID,
            ExportColumn("unit", _T.TEXT, "单位名称"),
            ExportColumn("role", _T.CODE, "角色"),
            ExportColumn("accountable", _T.FLAG, "是否负总责"),
        ),
        _list_measure_units,
    ),
    ExportTable(
        "obligations",
        "a measure and a day on which something of it falls due, and how it is as of the day",
        (
            ExportColumn("date", _T.DAY, "到期日"),
            ExportColumn("kind", _T.CODE, "类别"),
            ExportColumn("what", _T.TEXT, "到期内容"),
            ExportColumn("period", _T.TEXT, "周期", optional=True),
            _ID,
            *_ASSESSMENT,
            ExportColumn("days", _T.NUMBER, "逾期天数"),
            ExportColumn("reported_on", _T.DAY, "状态截至日期", optional=True),
            ExportColumn("recorded_on", _T.DAY, "最近登记日期", optional=True),
        ),
        _list_obligations,
    ),
    ExportTable(
        "targets",
        "an indicator and a year-end for which the plan promises a value, and what was reported",
        (
            ExportColumn("by", _T.DAY, "节点"),
            ExportColumn("indicator", _T.TEXT, "指标代号"),
            ExportColumn("name", _T.TEXT, "指标名称"),
            ExportColumn("measure", _T.TEXT, "所属措施"),
            ExportColumn("unit", _T.TEXT, "计量单位"),
            ExportColumn("better", _T.CODE, "方向"),
            ExportColumn("comparison", _T.CODE, "比较"),
            ExportColumn("value", _T.FIGURE, "目标值"),
            ExportColumn("promised", _T.TEXT, "目标"),
            ExportColumn("text", _T.TEXT, "原文"),
            ExportColumn("figure", _T.FIGURE, "指标值", optional=True),
            ExportColumn("reported", _T.TEXT, "报送值", optional=True),
            ExportColumn("on", _T.DAY, "截至日期", optional=True),
            *_ASSESSMENT,
            ExportColumn("days", _T.NUMBER, "逾期天数"),
            ExportColumn("note", _T.TEXT, "备注", optional=True),
        ),
        _list_targets,
    ),
    ExportTable(
        "reports",
        "a report that counts as of the day",
        (
            ExportColumn("on", _T.DAY, "截至日期"),
            _ID,
            ExportColumn("due", _T.TEXT, "对应节点", optional=True),
            ExportColumn("unit", _T.TEXT, "填报单位"),
            ExportColumn("status", _T.CODE, "进展状态"),
            ExportColumn("values", _T.FIGURES, "指标值"),
            ExportColumn("note", _T.TEXT, "说明", optional=True),
            ExportColumn("evidence", _T.EVIDENCE, "佐证材料"),
            ExportColumn("recorded_on", _T.DAY, "登记日期"),
            ExportColumn("recorded", _T.TIME, "登记时间"),
        ),
        _list_reports,
    ),
    ExportTable(
        "chapters",
        "a chapter",
        (
            ExportColumn("chapter", _T.NUMBER, "章号"),
            ExportColumn("title", _T.TEXT, "章名"),
            ExportColumn("tasks", _T.NUMBER, "任务数"),
            ExportColumn("measures", _T.NUMBER, "措施数"),
            ExportColumn("milestones", _T.NUMBER, "节点数"),
            ExportColumn("label", _T.TEXT, "章节名称", optional=True),
        ),
        _list_chapters,
        by_chapter=False,
    ),
    ExportTable(
        "units",
        "a unit of the registry",
        (
            ExportColumn("unit", _T.TEXT, "单位名称"),
            ExportColumn("kind", _T.CODE, "单位类别"),
            ExportColumn("lead", _T.NUMBER, "牵头措施数"),
            ExportColumn("responsible", _T.NUMBER, "责任措施数"),
            ExportColumn("next_due", _T.DAY, "下一到期日", optional=True),
            ExportColumn("aliases", _T.NAMES, "别名"),
        ),
        _list_units,
        by_chapter=False,
    ),
    ExportTable(
        "plans",
        "a plan, and the day as of which it was exported",
        (
            ExportColumn("title", _T.TEXT, "表名"),
            ExportColumn("city", _T.TEXT, "城市"),
            ExportColumn("last_year", _T.NUMBER, "结束年"),
            ExportColumn("as_of", _T.DAY, "截至日期"),
            ExportColumn("within", _T.NUMBER, "临期天数"),
        ),
        _list_plans,
        by_chapter=False,
    ),
)
"""All tables. A plan is in `plans` last and leaves it first: what is there is whole."""
