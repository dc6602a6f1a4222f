"""Reports as a person or a program gives them to `record --stdin`: sheets and lines of JSON."""

from __future__ import annotations

import csv
import json
from io import StringIO
from random import Random
from typing import Any

from credit_plan.models.fields import fields_by_key
from credit_plan.models.progress import Entry
from credit_plan.plan import STATUSES_IN_CHINESE, Status
from credit_plan.reporting.reported import FIELDS
from tests.fuzz.attack import Case
from tests.fuzz.bench import Bench
from tests.fuzz.mutations import NASTY_TEXTS, ODD_VALUES, draw_damage, put_in

TITLES = {name: str(fields_by_key(Entry)[name].title) for name in FIELDS}
_FURTHER_COLUMNS = (
    *(
        "id",
        "编号",
        "措施编号",
        "日期",
        "单位",
        "状态",
        "指标",
        "备注",
        "佐证",
        "依据",
        "recorded",
        "",
    ),
    *(
        "text",
        "target",
        "lead",
        "state",
        "days",
        "note",
        "说明",
        "unit",
        "x",
        "STATUS",
        " on ",
        '"on"',
    ),
)
CELLS = (
    *(
        "1 4",
        "１",
        "4.1",
        "4.10",
        "4。1",
        "10²",
        "½",
        "2023-12-3¹",
        "2023Q1",
        "2023Q5",
        "2023年第一季度",
        "2023H1",
        "2023-03",
        "2023",
        "2025/6/30 0:00",
        "45000",
        "20250630",
    ),
    *(
        "2025年6月30日",
        "2999-01-01",
        "完成",
        "DONE",
        "in_progress",
        "市营商",
        "营商局",
        "各相关单位",
    ),
    *(
        "ranking=1 2",
        "ranking=10²",
        "ranking=1,200",
        "ranking = 7 名",
        "ranking=7;ranking=8",
        "=",
        "7",
    ),
    *(
        "https://例.org/a b",
        "www.a.cn",
        "https://a.cn/?{q}=1,2",
        "evidence/../plan.yaml",
        "plan.yaml",
    ),
    *(
        "https://a.cn/\ufeff",
        "=1+1",
        "@x",
        "a\x0bb",
        "a\x0cb",
        "a\x1cb",
        "a\u2028b",
        "a\rb",
        "\u200b",
    ),
)
_LINE_ENDS = ("\n", "\r\n", "\r")
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-le")


def draw_report(bench: Bench, chance: Random) -> dict[str, str]:
    """Return a report that is sound, by the fields of an entry."""
    measure = chance.choice(bench.plan.measures)
    own = [it.id for it in bench.plan.indicators if it.measure == measure.id]
    dated = [it for it in bench.plan.obligations if it.measure == measure]
    due = chance.choice(dated)
    given = {
        "measure": measure.id,
        "due": chance.choice(
            (due.due or str(due.date), f"{due.date.year}", f"{due.date.year}年底", str(due.date))
        ),
        "on": f"2026-0{chance.randrange(1, 10)}-0{chance.randrange(1, 10)}",
        "unit": chance.choice(measure.lead).name,
        "status": chance.choice((*Status, *STATUSES_IN_CHINESE.values(), "in-progress")),
        "values": "; ".join(f"{it}={chance.randrange(100)}" for it in own),
        "note": chance.choice(("按计划推进。", "更正：甲，乙", "甲\n乙", 'a "b" c', "", "，by：x")),
        "evidence": chance.choice(("", "", "https://a.cn/1", "https://a.cn/?b={c},d:e#f")),
    }
    optional = ("due", "on", "values", "note", "evidence")
    return {name: it for name, it in given.items() if name not in optional or chance.random() < 0.8}


def draw_sheet(bench: Bench, chance: Random) -> Case:
    """Return a table of reports, damaged in some of many ways."""
    columns = list(FIELDS)
    rows = [columns]
    for _row in range(chance.choice((1, 2, 3, 9))):
        report = draw_report(bench, chance)
        rows.append([report.get(column, "") for column in columns])
    rows[0] = [chance.choice((name, TITLES[name])) for name in columns]
    for _turn in range(chance.choice((0, 1, 1, 2, 4))):
        chance.choice(_SHEET_OPERATIONS)(rows, chance)
    text = _write_sheet(rows, chance)
    content = text.encode(chance.choice(_ENCODINGS), "replace")
    return Case(draw_damage(content, content, chance) if chance.random() < 0.2 else content)


def draw_json(bench: Bench, chance: Random) -> Case:
    """Return reports as lines of JSON, damaged in some of many ways."""
    lines = []
    for _line in range(chance.choice((1, 2, 3, 9))):
        report = draw_object(bench, chance)
        for _turn in range(chance.choice((0, 0, 1, 2))):
            chance.choice(_OBJECT_OPERATIONS)(report, chance)
        line = json.dumps(report, ensure_ascii=chance.random() < 0.3)
        if chance.random() < 0.1:
            line = chance.choice(_JSON_OPERATIONS)(line)
        lines += [line] + [chance.choice(("", " ", "\ufeff"))] * (chance.random() < 0.1)
    text = chance.choice(("\n", "\n", "\r\n")).join(lines) + chance.choice(("\n", "", "\r\n\n"))
    encoding = chance.choice(_ENCODINGS)
    content = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    return Case(draw_damage(content, content, chance) if chance.random() < 0.2 else content)


def draw_object(bench: Bench, chance: Random) -> dict[Any, Any]:
    """Return a sound report as an object of JSON."""
    report: dict[Any, Any] = draw_report(bench, chance)
    if "values" in report:
        pairs = (part.split("=") for part in report["values"].split("; ") if part)
        report["values"] = {name: json.loads(figure) for name, figure in pairs}
    if "evidence" in report:
        report["evidence"] = [report["evidence"]] if report["evidence"] else []
    return report


def _change_cell(rows: list[list[str]], chance: Random) -> None:
    row = chance.choice(rows)
    if row:
        at = chance.randrange(len(row))
        odd = chance.choice((*CELLS, *map(str, ODD_VALUES)))
        row[at] = (
            put_in(row[at], chance.choice(NASTY_TEXTS), chance) if chance.random() < 0.4 else odd
        )


def _empty_cell(rows: list[list[str]], chance: Random) -> None:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice(("", "", " ", "\0", "\u3000"))


def _cut_row(rows: list[list[str]], chance: Random) -> None:
    row = chance.choice(rows)
    del row[chance.randrange(len(row) + 1) :]


def _lengthen_row(rows: list[list[str]], chance: Random) -> None:
    chance.choice(rows).append(chance.choice(("", "x", "\0", " ")))


def _add_row(rows: list[list[str]], chance: Random) -> None:
    row = chance.choice(([], [""] * len(rows[0]), ["\0"], [" "], ["x"], list(rows[-1]), ["\0"] * 3))
    rows.insert(chance.randrange(len(rows) + 1), row)


def _huge_cell(rows: list[list[str]], chance: Random) -> None:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice("长x\"'") * chance.choice(
            (1999, 2001, 140_000)
        )


def _rename_column(rows: list[list[str]], chance: Random) -> None:
    if rows[0]:
        at = chance.randrange(len(rows[0]))
        rows[0][at] = chance.choice((*_FURTHER_COLUMNS, *FIELDS, *TITLES.values()))


def _add_column(rows: list[list[str]], chance: Random) -> None:
    at = chance.randrange(len(rows[0]) + 1)
    for number, row in enumerate(rows):
        row.insert(at, chance.choice(_FURTHER_COLUMNS if number == 0 else ("", "x", "甲，乙")))


def _drop_column(rows: list[list[str]], chance: Random) -> None:
    at = chance.randrange(len(rows[0]) + 1)
    for row in rows:
        del row[at : at + 1]


def _shuffle_columns(rows: list[list[str]], chance: Random) -> None:
    order = chance.sample(range(len(rows[0])), k=len(rows[0]))
    rows[:] = [[row[at] for at in order if at < len(row)] for row in rows]


_SHEET_OPERATIONS = (
    *(_change_cell, _change_cell, _change_cell, _empty_cell, _cut_row, _lengthen_row, _add_row),
    *(_huge_cell, _rename_column, _add_column, _drop_column, _shuffle_columns),
)


def _write_sheet(rows: list[list[str]], chance: Random) -> str:
    delimiter, end = (
        chance.choice((",", ",", ";", "\t")),
        chance.choice(_LINE_ENDS[:2] * 5 + ("\r",)),
    )
    if chance.random() < 0.1:
        return end.join(delimiter.join(row) for row in rows)
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


def _put_odd(report: dict[Any, Any], chance: Random) -> None:
    if report:
        report[chance.choice(list(report))] = chance.choice((*ODD_VALUES, *CELLS, float("nan")))


def _change_text(report: dict[Any, Any], chance: Random) -> None:
    name = chance.choice(list(report) or [""])
    nasty = chance.choice((*NASTY_TEXTS, "\ud800"))
    match report.get(name):
        case str() as text:
            report[name] = put_in(text, nasty, chance)
        case [str() as text, *rest]:
            report[name] = [put_in(text, nasty, chance), *rest]
        case dict() as values:
            values[chance.choice([*values, nasty])] = chance.choice(
                (nasty, 1e300, 1.5, -0.0, 10**30)
            )


def _rename_key(report: dict[Any, Any], chance: Random) -> None:
    if report:
        value = report.pop(chance.choice(list(report)))
        report[chance.choice((*_FURTHER_COLUMNS, *FIELDS))] = value


def _drop_key(report: dict[Any, Any], chance: Random) -> None:
    report.pop(chance.choice(list(report) or [""]), None)


_OBJECT_OPERATIONS = (_put_odd, _change_text, _change_text, _rename_key, _drop_key)
_JSON_OPERATIONS = (
    lambda line: line.replace("{", '{"note": "a", ', 1),
    lambda line: line.replace("}", ',"status":"done"}', 1),
    lambda line: f"[{line}]",
    lambda line: line * 2,
    lambda line: line.replace(":", ":" + "[" * 2000, 1),
    lambda line: line.replace("{", '{"x":' * 30, 1),
    lambda line: line.replace('"', "'"),
    lambda line: line.replace(", ", ",\n", 1),
    lambda line: f"{line},",
    lambda line: f"{line} // x",
)
