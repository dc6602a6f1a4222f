"""A report before it is an entry: in somebody's own words, and what is wrong with them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from credit_plan.i18n import _, quote
from credit_plan.loader.validate import suggest_key
from credit_plan.models.progress import Entry
from credit_plan.yaml.decode import decode


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody reports of a measure, by the fields of an entry; empty where left out.

    `values` are pairs of an indicator's name and its figure, `evidence` addresses and paths.
    `line` is where it stands in what was read, from 1; 0 for what was typed. `left_out` are the
    keys and headings that stand there and say nothing of a report.
    """

    measure: str
    status: str
    on: str = ""
    unit: str = ""
    values: tuple[tuple[str, str], ...] = ()
    note: str = ""
    evidence: tuple[str, ...] = ()
    line: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputError:
    """What keeps a report from being an entry: its line, the field at fault, and what would do.

    `field` is empty where no single one is at fault.
    """

    line: int
    field: str
    message: str
    candidates: tuple[str, ...] = ()


FIELDS: Final = ("measure", "on", "unit", "status", "values", "note", "evidence")
"""When it was recorded is nobody's to say."""

REQUIRED: Final = ("measure", "status")
TITLES: Final = {name: str(Entry.model_fields[name].title) for name in FIELDS}

_BY_NAME: Final = {
    **{title: name for name, title in TITLES.items()},
    "id": "measure",
    "编号": "measure",
    "措施编号": "measure",
    "日期": "on",
    "单位": "unit",
    "状态": "status",
    "指标": "values",
    "备注": "note",
    "佐证": "evidence",
    "依据": "evidence",
}
"""What clerks call the fields."""

_BEFORE_A_NAME: Final = re.compile(r"，(?=[^，;；、\n=＝]*[=＝])")
_BETWEEN: Final = re.compile(r"[;；、\n]")


def find_field(key: str) -> str:
    """The field that a key or a heading means; the key itself where it means none."""
    plain = key.strip().strip('"').strip()
    small = plain.lower()
    return _BY_NAME.get(small) or (small if small in FIELDS else plain)


def unknown_field(key: str, line: int) -> InputError:
    """The mistake of a key or a heading that no report has."""
    near = suggest_key(key, Entry)
    if near in FIELDS:
        message = _("is nothing that a report says; did you mean “{key}”?").format(key=near)
    elif near is not None:
        message = _("is always the present time: leave it out")
    else:
        keys = ", ".join(FIELDS)
        message = _("is nothing that a report says: it has {keys}").format(keys=keys)
    return InputError(line, quote(key), message)


def split_figures(cell: str) -> tuple[tuple[str, str], ...]:
    """Names and their figures in `a=1; b=2`; a figure is empty where none is given.

    ， divides, too, where a name follows; in 4，200 it does not.
    """
    parts = split_list(_BEFORE_A_NAME.sub("；", cell))
    divided = (part.replace("＝", "=").partition("=") for part in parts)
    return tuple((name.strip(), figure.strip()) for name, _sign, figure in divided)


def split_list(cell: str) -> tuple[str, ...]:
    """What semicolons, 、 or line breaks divide."""
    return tuple(part.strip() for part in _BETWEEN.split(cell) if part.strip())


_DIVIDERS: Final = (",", ";", "\t")
_OF_PLAN: Final = "note (of the plan)"
_WORDS_OF_PLAN: Final = frozenset({"task_text", "text", "target"})


def parse_table(text: str, others: Container[str] = ()) -> Iterator[Reported | InputError]:
    """Every report of a table, and every mistake in it; the headings say what divides its cells.

    Columns with one of the `others` as heading are left out. In a table that has such, what this
    program has listed, a row without a status reports nothing; and where it tells the plan's own
    words, its `note` is one of these.
    """
    divider = max(_DIVIDERS, key=lambda sign: _known(text, sign))
    rows = _rows(text, divider)
    heading = next(rows, None)
    if not isinstance(heading, _Row):
        yield from filter(None, (heading,))
        return
    names = tuple(map(find_field, heading.cells))
    if not set(REQUIRED).issubset(names):
        message = _("the first line of a table names its columns; here these are missing: {names}")
        yield InputError(
            heading.line, "", message.format(names=_missing_columns(heading.cells, names))
        )
        return
    yield from _misnamed(heading, names, others)
    is_list = any(name in others for name in names)
    if not _WORDS_OF_PLAN.isdisjoint(names):
        heads = zip(heading.cells, names, strict=True)
        names = tuple(_OF_PLAN if cell == "note" else name for cell, name in heads)
    for row in rows:
        if isinstance(row, InputError):
            yield row
        elif not is_list or _status(row, names):
            yield _report_of_row(row, names)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row without the spaces around them, and the line it begins on, from 1."""

    line: int
    cells: tuple[str, ...]


def _misnamed(
    heading: _Row, names: tuple[str, ...], others: Container[str]
) -> Iterator[InputError]:
    """What is wrong with single headings."""
    for at, name in enumerate(names):
        if name and name not in FIELDS and name not in others:
            yield unknown_field(name, heading.line)
        elif name and name in names[:at]:
            message = _("{field} stands twice in the line of headings").format(field=name)
            yield InputError(heading.line, quote(heading.cells[at]), message)


def _known(text: str, divider: str) -> int:
    """How many headings there are if this is what divides them."""
    first = text.lstrip().partition("\n")[0]
    return sum(find_field(cell) in FIELDS for cell in first.split(divider))


def _rows(text: str, divider: str) -> Iterator[_Row | InputError]:
    """The rows in which something stands."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True)
    line = 1
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                yield _Row(line, cells)
            line = reader.line_num + 1
    except csv.Error:
        message = _("quotes are opened here and not closed, or stand single within a cell")
        yield InputError(line, "", message)


def _status(row: _Row, names: tuple[str, ...]) -> str:
    return dict(zip(names, row.cells, strict=False)).get("status", "")


def _missing_columns(headings: tuple[str, ...], names: tuple[str, ...]) -> str:
    """The columns that are not there, in the language of those that are."""
    missing = [name for name in REQUIRED if name not in names]
    if "".join(headings).isascii():
        return ", ".join(missing)
    return "、".join(TITLES[name] for name in missing)


def _report_of_row(row: _Row, names: tuple[str, ...]) -> Reported | InputError:
    spare = [cell for at, cell in enumerate(row.cells) if cell and not "".join(names[at : at + 1])]
    if spare:
        message = _("{cell} stands below no heading: a cell that holds a comma goes in quotes")
        return InputError(row.line, "", message.format(cell=quote(spare[0])))
    given = {name: cell for name, cell in zip(names, row.cells, strict=False) if name in FIELDS}
    values = split_figures(given.pop("values", ""))
    evidence = split_list(given.pop("evidence", ""))
    texts = dict.fromkeys(REQUIRED, "") | given
    left_out = tuple(name for name in names if name and name not in FIELDS)
    return Reported(**texts, values=values, evidence=evidence, line=row.line, left_out=left_out)


_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What .xlsx and .xls begin with."""


def parse_reports(content: bytes, others: Container[str] = ()) -> tuple[Reported | InputError, ...]:
    """Every report, and every mistake that keeps one from being read, in the order of lines.

    What goes by one of the `others`, which are no fields, is left out, and the report says so.
    """
    if content.startswith(_WORKBOOKS):
        return (InputError(1, "", _("this is an Excel workbook: save it as CSV (UTF-8) first")),)
    text, fault = decode(content)
    if fault and not fault.fixable:
        return (InputError(fault.line, "", fault.message),)
    match text.lstrip()[:1]:
        case "":
            return ()
        case "{":
            return tuple(_objects(text, others))
        case "[":
            message = _("a report is an object on a line of its own, with no list around them")
            return (InputError(1, "", message),)
        case _:
            return tuple(parse_table(text, others))


def _objects(text: str, others: Container[str]) -> Iterator[Reported | InputError]:
    """The reports in lines of JSON, in which a number stays as it is written."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(
                line,
                parse_float=str,
                parse_int=str,
                parse_constant=_refused,
                object_pairs_hook=_once,
            )
        except json.JSONDecodeError as error:
            message = _("this is no object of JSON from column {column} on")
            yield InputError(number, "", message.format(column=error.colno))
        except ValueError as error:
            yield InputError(number, "", str(error))
        except RecursionError:
            yield InputError(number, "", _("this is nested too deeply"))
        else:
            yield from _of_object(data, number, others)


def _once(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no key stands twice."""
    keys = [key for key, _value in found]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise ValueError(_stands_twice(twice))
    return dict(found)


def _stands_twice(key: str) -> str:
    return _("the key {key} stands here twice").format(key=quote(key))


def _refused(constant: str) -> None:
    raise ValueError(_("{constant} is no figure").format(constant=constant))


def _of_object(data: object, line: int, others: Container[str]) -> Iterator[Reported | InputError]:
    if not isinstance(data, dict):
        yield InputError(line, "", _("this is no object: a report is written {…}"))
        return
    names = {key: find_field(key) for key in data}
    spare = tuple(key for key, name in names.items() if name not in FIELDS)
    mistakes = [unknown_field(key, line) for key in spare if key not in others]
    given: dict[str, Any] = {}
    for key, name in names.items():
        if name in given:
            mistakes.append(InputError(line, quote(key), _stands_twice(name)))
        elif name in FIELDS and data[key] is not None:
            given[name] = data[key]
    mistakes += (
        InputError(line, key, why) for key, it in given.items() if (why := _misshapen(key, it))
    )
    yield from mistakes
    if not mistakes:
        values = tuple(given.pop("values", {}).items())
        evidence = tuple(given.pop("evidence", ()))
        texts = dict.fromkeys(REQUIRED, "") | given
        yield Reported(**texts, values=values, evidence=evidence, line=line, left_out=spare)


def _misshapen(key: str, value: Any) -> str:  # noqa: ANN401  whatever JSON can be
    """What is wrong with the shape of a value; empty where nothing is."""
    match key:
        case "values":
            sound = isinstance(value, dict) and all(isinstance(it, str) for it in value.values())
            said = _("write figures by their indicators, as in {example}")
            example = '{"credit-granted": 3.2}'
        case "evidence":
            sound = isinstance(value, list) and all(isinstance(it, str) for it in value)
            said = _("write a list of addresses and files, as in {example}")
            example = '["https://example.org/a", "data/evidence/b.pdf"]'
        case _:
            sound = isinstance(value, str)
            said, example = _("write a text in quotes"), ""
    return "" if sound else said.format(example=example)
