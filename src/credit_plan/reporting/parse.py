"""Parse reports from files: tables, or lines of JSON; nothing here knows a plan."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from credit_plan.i18n import _, quote
from credit_plan.reporting.reported import (
    FIELDS,
    FURTHER_NOTE,
    REPEATED,
    InputError,
    Intake,
    Reported,
    find_fields,
    join_fields,
    make_report,
    suggest_field,
)
from credit_plan.reporting.sheet import parse_sheet
from credit_plan.yaml.decode import decode

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What .xlsx and .xls begin with."""


def parse_reports(content: bytes, file: str = "") -> Intake:
    """Return every report in a file, and everything that keeps one from being read."""
    found = _parse(content)
    return Intake(
        tuple(replace(it, file=file) for it in found.reports),
        tuple(replace(it, file=file) for it in found.unfilled),
        found.left_out,
    )


def _parse(content: bytes) -> Intake:
    if content.startswith(_WORKBOOKS):
        message = _("this is an Excel workbook; save it as CSV (UTF-8) first")
        return Intake((InputError(1, "", message),))
    text, diagnostic = decode(content)
    if diagnostic and not diagnostic.fixable:
        message = f"{diagnostic.message}\n  {diagnostic.hint}"
        return Intake((InputError(diagnostic.line, "", message),))
    match text.lstrip()[:1]:
        case "":
            return Intake(())
        case "{":
            return Intake(tuple(_parse_json_lines(text)))
        case "[":
            message = _(
                "write each report as an object on its own line, without a list around them"
            )
            return Intake((InputError(1, "", message),))
        case _:
            return parse_sheet(text)


def _parse_json_lines(text: str) -> Iterator[Reported | InputError]:
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
            yield from _parse_object(data, number)


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
            raise ValueError(REPEATED.format(field=quote(key)))
        data[key] = value
    return data


def _parse_object(data: object, line: int) -> Iterator[Reported | InputError]:
    if not isinstance(data, dict):
        yield InputError(line, "", _("a report must be an object: {…}"))
        return
    fields = dict(zip(data, find_fields(tuple(data)), strict=True))
    errors = [*_check_keys(fields, line)]
    given = {fields[key]: value for key, value in data.items() if value is not None}
    errors += (
        InputError(line, name, message)
        for name in FIELDS
        if name in given and (message := _check_shape(name, given[name]))
    )
    yield from errors
    if not errors:
        given["values"] = tuple(given.get("values", {}).items())
        given["evidence"] = tuple(given.get("evidence", ()))
        yield make_report(given, line=line)


def _check_keys(fields: dict[str, str], line: int) -> Iterator[InputError]:
    """Yield the keys that no report has, and those that name a field again."""
    seen: set[str] = set()
    for key, field in fields.items():
        if not field:
            yield InputError(line, "", _explain_unknown(key))
        # A table may have several columns of remarks; what one program writes is one note.
        name = "note" if field == FURTHER_NOTE else field
        if name in FIELDS and name in seen:
            yield InputError(line, quote(key), REPEATED.format(field=join_fields([name], key)))
        seen.add(name)


def _explain_unknown(key: str) -> str:
    """Return what is wrong with a key that no report has."""
    name, meant = quote(key), suggest_field(key)
    if meant in FIELDS:
        return _("unknown key {name}; did you mean “{key}”?").format(name=name, key=meant)
    if meant:
        message = _("unknown key {name}; “record” sets the time of recording itself")
        return message.format(name=name)
    message = _("unknown key {name}; a report has {fields}")
    return message.format(name=name, fields=join_fields(FIELDS, key))


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
