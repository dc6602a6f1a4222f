"""What a person reports, in their own words, and the names under which they write it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from credit_plan.i18n import _, join_list
from credit_plan.models.fields import fields_by_key, suggest_key
from credit_plan.models.progress import Entry
from credit_plan.questions.columns import HEADINGS
from credit_plan.text import mark_id, to_half_width, to_simplified


@dataclass(frozen=True, slots=True)
class Reported:
    """What is reported of a measure, by the fields of an entry.

    `values` are pairs of an indicator's name and its figure, `evidence` addresses and paths.
    `words` are what the line says the measure, its task or its target is, by their fields.
    `line` is the line of `file`, 0 if it was typed, and `row` the row that a spreadsheet shows; a
    table `has_titles` if they are Chinese.
    """

    measure: str = ""
    status: str = ""
    on: str = ""
    unit: str = ""
    values: tuple[tuple[str, str], ...] = ()
    note: str = ""
    evidence: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    line: int = 0
    file: str = ""
    has_titles: bool = False
    due: str = ""
    row: int = 0

    def locate(self, error: "InputError") -> "InputError":
        """Return an error of this report with its place, and with the names that are used there."""
        field = TITLES.get(error.field, error.field) if self.has_titles else error.field
        measure = self.measure.strip()
        if not _PLAIN_ID.fullmatch(measure):
            measure = measure if len(measure) <= _MAX_ID else ""
        elif self.has_titles:
            measure = mark_id(measure)
        else:
            measure = _("measure {id}").format(id=measure)
        return replace(
            error, field=field, file=self.file, line=self.line, row=self.row, measure=measure
        )


@dataclass(frozen=True, slots=True)
class InputError:
    """What is wrong with a report: in which line and field ("" for none), and what may be meant.

    `measure` is what names its measure to the reader, "" if nothing does.
    """

    line: int
    field: str
    message: str
    candidates: tuple[str, ...] = ()
    file: str = ""
    row: int = 0
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A row in which no report was filled in; `measure` is its id, "" where it has none."""

    measure: str
    line: int
    file: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Intake:
    """What was given: reports and what is wrong with others, in the order of their lines.

    `unfilled` are the rows that were passed over, `left_out` the columns or keys that were.
    """

    reports: tuple[Reported | InputError, ...]
    unfilled: tuple[Unfilled, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_typed(self) -> bool:
        """Return whether it is one report that was typed, and from no file."""
        return not any(it.file for it in (*self.reports, *self.unfilled))


FIELDS = ("measure", "due", "on", "unit", "status", "values", "note", "evidence")
"""The fields of an entry, but for `recorded`, which is always the present time."""

REQUIRED = ("measure", "status")

TITLES = {name: fields_by_key(Entry)[name].title for name in FIELDS}
"""The Chinese names of the fields."""

FORM_TITLES = {
    "text": "措施内容",
    "target": "年度目标",
    "deadline_text": "完成时限",
    "last_report": "上次填报",
    "indicators": "指标",
}
"""What the sheet to be filled in says of a measure, beside the fields of a report."""

_PUBLISHED_TITLES = {
    "task_text": "规划任务",
    "text": "具体实施措施",
    "target": "各年度工作目标",
    "chapter": "所在章节",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "deadline_text": "完成时限",
}
"""What the published table calls the fields of a measure."""

_LISTED = {
    "unit": "单位",
    "table": "表",
    "task": "序号",
    "chapter": "章",
    "milestones": "节点",
    "recurrences": "周期任务",
    "deadline": "完成时限",
    "deadline_text": "完成时限原文",
    "deadline_kind": "时限类别",
    "ongoing": "长期坚持",
    "page": "页码",
    "note": "备注",
    "timing": "时限状态",
    "status": "进展状态",
    "light": "红黄绿",
    "days": "逾期天数",
    "timing_date": "到期日",
    "dates": "各到期日",
    "reported_on": "状态日期",
    "recorded_on": "最近报送",
    "date": "到期日",
    "kind": "类别",
    "what": "到期内容",
    "period": "周期",
    "role": "角色",
    "via": "统称",
    "open": "未完成",
    "late": "逾期",
    "next_due": "下一到期日",
    "last": "最近报送",
}
"""What the columns of a list that this program wrote are called, in English and in Chinese."""

OTHER = "other"
"""Stands for a column of the plan whose cells are of no use here."""

INDICATORS = "indicators"
"""The names of a measure's indicators, after which somebody may write the figures."""

WORDS = ("text", "task_text", "target")
"""The fields of a measure whose words show which one it is."""

_ALIASES = {
    "id": "measure",
    "编号": "measure",
    "措施编号": "measure",
    "for": "due",
    "节点": "due",
    "日期": "on",
    "截止日期": "on",
    "单位": "unit",
    "报送单位": "unit",
    "上报单位": "unit",
    "填报部门": "unit",
    "状态": "status",
    "指标": "values",
    "备注": "note",
    "情况说明": "note",
    "进展情况": "note",
    "工作进展": "note",
    "完成情况": "note",
    "落实情况": "note",
    "佐证": "evidence",
    "依据": "evidence",
}
"""Other names of the fields, which hold where a table has no column of the field's own name."""

REPEATED = _("{field} is given twice")

OWN_STATUS = "own_status"
"""The status in a list that this program wrote: of a report, where somebody wrote a day or a note
beside it, and there is no other column for the status.
"""

OBLIGATION = ("kind", "date", "period")
"""The columns of a list of obligations that say what a row is about."""

OWN_NOTE = "own_note"
"""The note of the plan on a measure, in a list that this program wrote."""

FURTHER_NOTE = "further_note"
"""A column of remarks beside another one: nothing in it is lost."""

_NOTE = "note"
_OWN_FIELDS = {_NOTE: OWN_NOTE, "status": OWN_STATUS}
_OWN_IN_LISTS = {
    _NOTE: "page",
    "status": "timing",
    "备注": "页码",
    "进展状态": "时限状态",
    "节点": "时限状态",
}
"""What in a list that this program wrote is no part of a report: the note of the plan, its
milestones, and what was reported already. Each is known by another heading, which only such a list
has.
"""

_LIST_MARKS = frozenset({"timing", "时限状态", "next_due", "下一到期日"})
"""Headings that only lists have which this program wrote."""

_FIELD_NAMES = {name: field for field, title in TITLES.items() for name in (title, field)}
_PLAN_FIELDS = {
    name: _OWN_FIELDS.get(key, key if key in (*WORDS, INDICATORS) else OTHER)
    for titles in (FORM_TITLES, _PUBLISHED_TITLES, dict(zip(HEADINGS, HEADINGS, strict=True)))
    for key, name in titles.items()
}
_LISTED_FIELDS = {
    name: _OWN_FIELDS.get(key, key if key in OBLIGATION else OTHER)
    for key, title in _LISTED.items()
    for name in (key, title)
}
_ADDITIONS = re.compile(r"^[*＊※]+|[(（][^()（）]*[)）]$|[*＊※:：]+$|\s+")
"""What people add to a heading: `*进展状态（必填）`."""

_PLAIN_ID = re.compile(r"[0-9][0-9.-]*")
_MAX_ID = 12
"""Letters of an id in a message; a longer cell is none."""

_MIN_LETTERS = 2
_MAX_LETTERS = 60
"""Of a heading; a longer cell is none."""

_CACHE_SIZE = 4096
"""Each cell of a table is compared with the headings: they may come again."""


def make_report(given: Mapping[str, Any], **place: Any) -> Reported:  # noqa: ANN401  as it takes them
    """Return the report of the values by field; `place` is where it is, as Reported takes it."""
    parts = {name: given[name] for name in FIELDS if name in given}
    words = tuple((name, str(given[name])) for name in (*WORDS, OWN_NOTE) if given.get(name))
    return Reported(**parts, words=words, **place)


def find_fields(headings: Sequence[str]) -> list[str]:
    """Return the field that each column means, of a report or of the plan; "" for none.

    Beside the words of a measure, 指标 is the plan's own, and so are the first note and status of
    a list.
    """
    plain = [_strip(heading) for heading in headings]
    known = _PLAN_FIELDS if _LIST_MARKS.isdisjoint(plain) else _PLAN_FIELDS | _LISTED_FIELDS
    of_plan = [known.get(name, "") for name in plain]
    has_words = not set(WORDS).isdisjoint(of_plan)
    of_report = ["" if has_words and name == FORM_TITLES[INDICATORS] else name for name in plain]
    for name, other in _OWN_IN_LISTS.items():
        if name in plain and other in plain:
            of_report[plain.index(name)] = ""
    own = _find_own_fields(of_report)
    return [field or plan_field for field, plan_field in zip(own, of_plan, strict=True)]


def suggest_field(name: str) -> str:
    """Return the field of which a heading or a key is a misspelt name; "" if it is of none."""
    plain = _strip(name)
    if key := suggest_key(plain, Entry):
        return key
    for title, field in _FIELD_NAMES.items():
        # Of two letters, one is half; but 填报人 is another word than 填报单位.
        differing = sum(one != other for one, other in zip(title, plain, strict=False))
        if len(title) == len(plain) >= _MIN_LETTERS and differing == 1:
            return field
    return ""


def join_fields(fields: Sequence[str], example: str) -> str:
    """Return the fields in the language of what was written."""
    if example.isascii():
        return join_list(fields)
    return "、".join(TITLES[field] for field in fields)


def _find_own_fields(names: Sequence[str]) -> list[str]:
    """Return the field of a report that each heading means; "" for none."""
    fields = [_FIELD_NAMES.get(name, "") for name in names]
    for index, name in enumerate(names):
        alias = _ALIASES.get(name, "")
        if alias and alias in fields:
            alias = FURTHER_NOTE if alias == _NOTE else ""
        fields[index] = fields[index] or alias
    return fields


@lru_cache(_CACHE_SIZE)
def _strip(heading: str) -> str:
    """Return a heading, or a key, in half width, in lower case and in simplified characters.

    What people add to it is left out.
    """
    if len(heading) > _MAX_LETTERS:
        return ""
    plain, previous = to_simplified(to_half_width(heading)).strip().strip('"'), ""
    while plain != previous:
        previous, plain = plain, _ADDITIONS.sub("", plain)
    return plain.lower()
