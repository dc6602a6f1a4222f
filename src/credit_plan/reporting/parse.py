"""Parse reports from a table or from lines of JSON; nothing here knows a plan."""

import csv
import json
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from credit_plan.i18n import _, quote
from credit_plan.loader.validate import suggest_key
from credit_plan.models.progress import Entry
from credit_plan.yaml.decode import decode


@dataclass(frozen=True, slots=True)
class Reported:
    """What a person reports of a measure, in their own words, by the fields of an entry.

    `values` are pairs of an indicator's name and its figure, `evidence` addresses and paths.
    `line` is the line of the input, 0 if it was typed. `left_out` are the columns or keys there
    that are no field.
    """

    measure: str = ""
    status: str = ""
    on: str = ""
    unit: str = ""
    values: tuple[tuple[str, str], ...] = ()
    note: str = ""
    evidence: tuple[str, ...] = ()
    line: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputError:
    """What is wrong with a report: in which line and field ("" for none), and what may be meant."""

    line: int
    field: str
    message: str
    candidates: tuple[str, ...] = ()


FIELDS = ("measure", "on", "unit", "status", "values", "note", "evidence")
"""The fields of an entry, but for `recorded`, which is always the present time."""

_REPORTING = frozenset(FIELDS) - {"measure"}
_REQUIRED = ("measure", "status")
TITLES = {name: str(Entry.model_fields[name].title) for name in FIELDS}
_OTHER_NAMES = {
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

_Row = tuple[int, list[str]]
"""A row of a table: the line that it begins on, and its cells."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What .xlsx and .xls begin with."""

_DELIMITERS = (",", ";", "\t")
_PLAN_COLUMNS = {"task_text", "text", "target"}
_PLAN_NOTE = "note (of the plan)"

_REPEATED = _("{field} is given twice")
_COMMA_BEFORE_NAME = re.compile(r"，(?=[^，;；、\n=＝]*[=＝])")
_SEPARATOR = re.compile(r"[;；、\n]")


def parse_reports(
    content: bytes, ignored: Container[str] = ()
) -> tuple[Reported | InputError, ...]:
    """Return every report, and everything that keeps one from being read, in the order of lines.

    Columns and keys in `ignored` are no error, but left out, and the report says so.
    """
    if content.startswith(_WORKBOOKS):
        return (InputError(1, "", _("this is an Excel workbook; save it as CSV (UTF-8) first")),)
    text, diagnostic = decode(content)
    if diagnostic and not diagnostic.fixable:
        return (InputError(diagnostic.line, "", diagnostic.message),)
    match text.lstrip()[:1]:
        case "":
            return ()
        case "{":
            return tuple(_parse_json_lines(text, ignored))
        case "[":
            message = _(
                "write each report as an object on its own line, without a list around them"
            )
            return (InputError(1, "", message),)
        case _:
            return tuple(_parse_table(text, ignored))


def split_figures(cell: str) -> tuple[tuple[str, str], ...]:
    """Return the names and figures in `a=1; b=2`; a figure is empty where none is given.

    ， separates only before a name, not in 4，200.
    """
    parts = _split_list(_COMMA_BEFORE_NAME.sub("；", cell))
    pairs = (part.replace("＝", "=").partition("=") for part in parts)
    return tuple((name.strip(), figure.strip()) for name, _sign, figure in pairs)


def _split_list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEPARATOR.split(cell) if part.strip())


def _find_field(name: str) -> str:
    """Return the field that a column or a key means; its own name where it means none."""
    plain = name.strip().strip('"').strip()
    lower = plain.lower()
    return _OTHER_NAMES.get(lower) or (lower if lower in FIELDS else plain)


def _check_names(
    names: Iterable[str], line: int, ignored: Container[str], unknown: str
) -> Iterator[InputError]:
    """Yield what is wrong with the columns of a table or the keys of an object."""
    seen: set[str] = set()
    for name in names:
        field = _find_field(name)
        if field not in FIELDS and field not in ignored:
            yield InputError(line, "", unknown.format(name=quote(field), hint=_suggest(field)))
        elif field in seen:
            yield InputError(line, quote(name), _REPEATED.format(field=field))
        seen.add(field)


def _suggest(name: str) -> str:
    """Return the hint for a column or key that is no field."""
    meant = suggest_key(name, Entry)
    if meant in FIELDS:
        return _("did you mean “{key}”?").format(key=meant)
    if meant:
        return _("“record” sets the time of recording itself")
    return _("a report has {fields}").format(fields=_join_fields(FIELDS, name))


def _join_fields(fields: Iterable[str], example: str) -> str:
    """Return the fields in the language of what was written."""
    if example.isascii():
        return ", ".join(fields)
    return "、".join(TITLES[field] for field in fields)


def _parse_table(text: str, ignored: Container[str]) -> Iterator[Reported | InputError]:
    rows = _read_rows(text)
    heading = next(rows, None)
    if isinstance(heading, InputError):
        yield heading
    elif heading:
        yield from _parse_rows(*heading, rows, ignored)


def _parse_rows(
    line: int, columns: list[str], rows: Iterable[_Row | InputError], ignored: Container[str]
) -> Iterator[Reported | InputError]:
    """Yield the reports below a line with the names of columns.

    A table with `ignored` columns, which no report has, is a list that this program has written:
    there a whole row in which no field of a report is filled in reports nothing.
    """
    names = _name_columns(columns)
    if missing := [name for name in _REQUIRED if name not in names]:
        message = _("the first line must name the columns; missing: {names}")
        listed = _join_fields(missing, "".join(columns))
        yield InputError(line, "", message.format(names=listed))
        return
    unknown = _("unknown column {name}; {hint}")
    yield from _check_names(filter(None, columns), line, ignored, unknown)
    is_list = any(name in ignored and name not in FIELDS for name in names)
    for row in rows:
        if isinstance(row, InputError):
            yield row
        elif not (is_list and _reports_nothing(row[1], names)):
            yield _parse_row(*row, names)


def _reports_nothing(cells: list[str], names: list[str]) -> bool:
    """Return whether a row has all its cells, and none of them says anything about a measure."""
    filled = {name for name, cell in zip(names, cells, strict=False) if cell}
    return len(cells) >= len(names) and filled.isdisjoint(_REPORTING)


def _name_columns(columns: list[str]) -> list[str]:
    """Return the field of each column; beside a column of the plan, `note` is the plan's note."""
    names = [_find_field(column) for column in columns]
    if _PLAN_COLUMNS.isdisjoint(names):
        return names
    return [_PLAN_NOTE if column == "note" else _find_field(column) for column in columns]


def _read_rows(text: str) -> Iterator[_Row | InputError]:
    """Yield the rows that are not empty, each with the line that it begins on."""
    heading = text.lstrip().partition("\n")[0]
    delimiter = max(
        _DELIMITERS,
        key=lambda sign: sum(_find_field(cell) in FIELDS for cell in heading.split(sign)),
    )
    # A cell that is too long for a report is refused where its field is known.
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        message = _("a quotation mark is not closed, or one inside a cell is not doubled")
        yield InputError(line, "", message)


def _parse_row(line: int, cells: list[str], names: list[str]) -> Reported | InputError:
    for index, cell in enumerate(cells):
        if cell and not "".join(names[index : index + 1]):
            message = _("{cell} is in a column without a name; quote a cell that contains a comma")
            return InputError(line, "", message.format(cell=quote(cell)))
    given: dict[str, Any] = dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))
    given["values"] = split_figures(given.get("values", ""))
    given["evidence"] = _split_list(given.get("evidence", ""))
    return _make_report(given, line)


def _make_report(given: dict[str, Any], line: int) -> Reported:
    fields = {name: value for name, value in given.items() if name in FIELDS}
    left_out = tuple(name for name in given if name and name not in FIELDS)
    return Reported(**fields, line=line, left_out=left_out)


def _parse_json_lines(text: str, ignored: Container[str]) -> Iterator[Reported | InputError]:
    """Yield the reports in lines of JSON, in which a number stays as it is written."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = _load_json(line)
        except json.JSONDecodeError as error:
            message = _("invalid JSON at column {column}")
            yield InputError(number, "", message.format(column=error.colno))
        except UnicodeEncodeError as error:
            message = _("contains half of a character (\\u{code:04x}); write the other half too")
            code = ord(error.object[error.start])
            yield InputError(number, "", message.format(code=code))
        except ValueError as error:
            yield InputError(number, "", str(error))
        except RecursionError:
            yield InputError(number, "", _("nested too deeply"))
        else:
            yield from _parse_object(data, number, ignored)


def _load_json(line: str) -> object:
    """Return what a line of JSON says, with the figures as text; raise ValueError if it is none.

    Raise UnicodeEncodeError for half of a pair of surrogates, which no file can hold.
    """
    data = json.loads(
        line,
        parse_float=str,
        parse_int=str,
        parse_constant=_refuse_constant,
        object_pairs_hook=_refuse_repeated_keys,
    )
    json.dumps(data, ensure_ascii=False).encode()
    return data


def _refuse_constant(constant: str) -> None:
    raise ValueError(_("{constant} is not a figure").format(constant=constant))


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise ValueError(_REPEATED.format(field=quote(key)))
        data[key] = value
    return data


def _parse_object(
    data: object, line: int, ignored: Container[str]
) -> Iterator[Reported | InputError]:
    if not isinstance(data, dict):
        yield InputError(line, "", _("a report must be an object: {…}"))
        return
    errors = [*_check_names(data, line, ignored, _("unknown key {name}; {hint}"))]
    given = {_find_field(key): value for key, value in data.items()}
    for name in FIELDS:
        if given.get(name) is None:
            given.pop(name, None)
        elif message := _check_shape(name, given[name]):
            errors.append(InputError(line, name, message))
    yield from errors
    if not errors:
        given["values"] = tuple(given.get("values", {}).items())
        given["evidence"] = tuple(given.get("evidence", ()))
        yield _make_report(given, line)


def _check_shape(name: str, value: Any) -> str:  # noqa: ANN401  whatever JSON can be
    """Return what is wrong with the type of a value, if anything."""
    match name:
        case "values":
            is_right = isinstance(value, dict) and all(isinstance(it, str) for it in value.values())
            example = '{"credit-granted": 3.2}'
            message = _("write an object of figures by indicator code, as in {example}")
        case "evidence":
            is_right = isinstance(value, list) and all(isinstance(it, str) for it in value)
            example = '["https://example.org/a", "data/evidence/b.pdf"]'
            message = _("write a list of addresses and files, as in {example}")
        case _:
            is_right, example = isinstance(value, str), ""
            message = _("write a text in quotes")
    return "" if is_right else message.format(example=example)
