"""Many reports at once, as JSON lines or as a table, become words by the fields of entries.

Tables that Excel saves are read, too: with a byte order mark, in GBK or UTF-16, divided by
semicolons or tabs.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from typing import Any, Final

from credit_plan.language import _, quoted
from credit_plan.load import reports_csv
from credit_plan.load.report_fields import FIELDS, REQUIRED, field, unknown
from credit_plan.model import Mistake, Reported
from credit_plan.syntax.fault import UnreadableError
from credit_plan.syntax.text import deciphered, decode

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What .xlsx and .xls begin with."""


def reports(content: bytes, others: Container[str] = ()) -> tuple[Reported | Mistake, ...]:
    """Every report, and every mistake that keeps one from being read, in the order of lines.

    What goes by one of the `others`, which are no fields, is left out, and the report says so.
    """
    if content.startswith(_WORKBOOKS):
        return (Mistake(1, "", _("this is an Excel workbook: save it as CSV (UTF-8) first")),)
    try:
        text = _text(content)
    except UnreadableError as error:
        return (Mistake(error.diagnostic.line, "", error.diagnostic.message),)
    match text.lstrip()[:1]:
        case "":
            return ()
        case "{":
            return tuple(_objects(text, others))
        case "[":
            message = _("a report is an object on a line of its own, with no list around them")
            return (Mistake(1, "", message),)
        case _:
            return tuple(reports_csv.read(text, others))


def _text(content: bytes) -> str:
    try:
        return decode(content)
    except UnreadableError as error:
        text = deciphered(content) if error.diagnostic.fixable else None
        if text is None:
            raise
        return text


def _objects(text: str, others: Container[str]) -> Iterator[Reported | Mistake]:
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
            yield Mistake(number, "", message.format(column=error.colno))
        except ValueError as error:
            yield Mistake(number, "", str(error))
        except RecursionError:
            yield Mistake(number, "", _("this is nested too deeply"))
        else:
            yield from _of_object(data, number, others)


def _once(found: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no key stands twice."""
    keys = [key for key, _value in found]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise ValueError(_stands_twice(twice))
    return dict(found)


def _stands_twice(key: str) -> str:
    return _("the key {key} stands here twice").format(key=quoted(key))


def _refused(constant: str) -> None:
    raise ValueError(_("{constant} is no figure").format(constant=constant))


def _of_object(data: object, line: int, others: Container[str]) -> Iterator[Reported | Mistake]:
    if not isinstance(data, dict):
        yield Mistake(line, "", _("this is no object: a report is written {…}"))
        return
    names = {key: field(key) for key in data}
    spare = tuple(key for key, name in names.items() if name not in FIELDS)
    mistakes = [unknown(key, line) for key in spare if key not in others]
    given: dict[str, Any] = {}
    for key, name in names.items():
        if name in given:
            mistakes.append(Mistake(line, quoted(key), _stands_twice(name)))
        elif name in FIELDS and data[key] is not None:
            given[name] = data[key]
    mistakes += (
        Mistake(line, key, why) for key, it in given.items() if (why := _misshapen(key, it))
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
