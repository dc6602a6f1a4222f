"""Explain what keeps the data of a file from being a record."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from credit_plan import spans, text
from credit_plan.dates import NotADateError
from credit_plan.diagnostics import Diagnostic, KeyPath
from credit_plan.i18n import _, quote
from credit_plan.loader.validate import find_missing
from credit_plan.models import values
from credit_plan.models.fields import field_types, fields_by_key, find_record_type, suggest_key
from credit_plan.models.records import Measure, Record
from credit_plan.models.validation import validate_record
from credit_plan.models.values import FaultError

RecordT = TypeVar("RecordT", bound=Record)

_WIDE_QUOTES = "“”‘’【】〔〕—"
_EXPECTED = {
    "string_type": _("a text"),
    "tuple_type": _("a list: [one, another], or one line beginning with “- ” per entry"),
    "dataclass_type": _("a record with keys of its own"),
    "whole_number": _("a whole number, such as 3"),
    "count": _("a number of at least 1"),
    "flag": _("true or false"),
    values.PRINTED_NUMBER: _('a printed number, such as "3" or "1-1"'),
    "figure": _("a number, such as 98 or 0.02"),
    "stamp": _("a time with its time zone, such as 2024-01-05T09:30:00+08:00"),
    values.MEASURE_ID: _('the id of a measure, such as "7.5" or "79.1-4"'),
    values.PINYIN: _("pinyin in lowercase, such as shi zhu jian ju"),
    values.SLUG: _("lowercase letters, digits and hyphens, such as credit-granted"),
    values.SHA256: _("64 hexadecimal digits in lowercase"),
    "dict_type": _("values by indicator id: {credit-granted: 3.2}"),
    "string_too_long": _("at most {most:,} characters").format(most=values.MAX_REMARK),
}
"""By the kind of the fault, or by the pattern of a text: what is expected instead."""

_DATE_HINTS = {
    "iso_date": _("write an existing day, such as 2023-12-31"),
    "period": _("write a day or a period: 2022-12-31, 2023Q1, 2023H1, 2023-03 or 2023"),
}

_MAX_SUGGESTED = 1000
"""Similar keys are searched for this number of unknown keys in a file."""

_RECORD_KINDS = ("tuple_type", "dataclass_type", "evidence")
_RECORD_EXAMPLES = {
    "deadline": _("{text: …, by: YYYY-MM-DD}, or {text: …} for a standing duty"),
    "milestones": "- {by: YYYY-MM-DD, text: …}",
    "recurrences": '- {text: …, every: quarter}, or - {text: …, on: ["03-15"]}',
    "measures": _("a measure: “- ” and its first key, with the other keys below it"),
    "period": "{name: …, first: YYYY, last: YYYY}",
    "indicators": _("an indicator: “- ” and its first key, with the other keys below it"),
    "entries": _("a report: “- ” and its first key, with the other keys below it"),
    "accepted": _("an accepted finding: “- ” and its first key, with the other keys below it"),
    "evidence": _("{url: …}, or {file: …, sha256: …}"),
    "goals": "- {by: YYYY-MM-DD, comparison: 超过, value: 98, text: …}",
}
"""By key: examples of records that are written otherwise than line by line."""

_EXAMPLES = {
    "target": "建成信用信息平台",
    "lead": "[财政局]",
    "responsible": "[财政局, 教育局]",
    "deadline": _RECORD_EXAMPLES["deadline"],
    "page": "2",
}
"""By key: examples of what a plan may require of every measure."""


class _Error(NamedTuple):
    """An error of pydantic, with the record that holds the value.

    `near` is the key that an unknown one probably means; `is_required` says that the record must
    have the key.
    """

    kind: str
    path: KeyPath
    value: object
    why: str
    record: type[Record]
    near: str | None = None
    is_required: bool = False

    @property
    def key(self) -> str:
        """Return the last key in the path; for an entry of a list, the key of the list."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")


def explain_faults(
    model: type[RecordT],
    data: Any,  # noqa: ANN401  plain data
    file: str,
    required: Collection[str] = (),
) -> RecordT | tuple[Diagnostic, ...]:
    """Return a diagnostic for each thing that keeps the data from being a record.

    Data that is only unusual is a record after all, which is returned.
    """
    missing = [
        _Error("missing", ("measures", at, key), data["measures"][at], "", Measure)
        for at, key in find_missing(data, required)
    ]
    try:
        record = validate_record(model, data)
    except ValidationError as error:
        return tuple(_explain_all([*_read_errors(model, error, required), *missing], file))
    return tuple(_explain_all(missing, file)) or record


def _explain_all(errors: Sequence[_Error], file: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each error; a required key that is only misspelt is not missing."""
    misspelt = {(*error.path[:-1], error.near) for error in errors if error.near}
    for error in errors:
        if error.kind != "missing" or error.path not in misspelt:
            rule, message, hint = _EXPLANATIONS.get(error.kind, _explain_wrong_type)(error)
            is_on_key = error.kind == "unexpected_keyword_argument"
            yield Diagnostic(rule, file, error.path, message, hint, on_key=is_on_key)


def _read_errors(
    model: type[Record], failure: ValidationError, required: Collection[str]
) -> Iterator[_Error]:
    """Yield the errors. Similar keys are searched for the first _MAX_SUGGESTED unknown ones."""
    unknown = 0
    for details in failure.errors(include_url=False):
        error = _read_error(model, details, required)
        if error.kind == "unexpected_keyword_argument" and unknown < _MAX_SUGGESTED:
            unknown += 1
            error = error._replace(near=suggest_key(error.key, error.record))
        yield error


def _read_error(model: type[Record], details: ErrorDetails, required: Collection[str]) -> _Error:
    path, fault = details["loc"], details.get("ctx", {}).get("error")
    kind, why = (fault.kind, fault.why) if isinstance(fault, FaultError) else (details["type"], "")
    record = find_record_type(model, path[:-1])
    error = _Error(kind, path, details["input"], why, record)
    field = fields_by_key(record).get(error.key)
    is_required = field is not None and field.is_required
    return error._replace(is_required=is_required or (record is Measure and error.key in required))


def _explain_missing(error: _Error) -> tuple[str, str, str]:
    message = _("the key “{key}” is missing").format(key=error.key)
    hint = _("add “{key}:” and its value to this record")
    example = _EXAMPLES.get(error.key)
    if example and error.record is Measure:
        hint = _("add it, such as {key}: {example}; plan.yaml requires it of every measure")
    return "missing-key", message, hint.format(key=error.key, example=example)


def _explain_unknown_key(error: _Error) -> tuple[str, str, str]:
    message = _("{key} is not a key of this record").format(key=quote(error.key))
    if error.near:
        return "unknown-key", message, _("did you mean “{key}”?").format(key=error.near)
    hint = (
        _("its keys are {keys}")
        if error.key.isascii()
        else _("its keys are {keys}; inside braces, put a text with a comma in quotes")
    )
    return "unknown-key", message, hint.format(keys=", ".join(fields_by_key(error.record)))


def _explain_empty(error: _Error) -> tuple[str, str, str]:
    if isinstance(error.path[-1], int):
        message = _("an entry of “{key}” is empty").format(key=error.key)
        return "empty-value", message, _("fill it in, or delete the entry")
    hint = (
        _("fill it in: this key is required")
        if error.is_required
        else _("fill it in, or delete the key")
    )
    return "empty-value", _("“{key}” is empty").format(key=error.key), hint


def _explain_date(error: _Error) -> tuple[str, str, str]:
    message = error.why
    if not message or _find_invisible(error.value):
        message = _("{value} is not a date").format(value=_describe(error.value))
    english = _find_wide_characters(error.value)
    hint = english or _DATE_HINTS[error.kind]
    written = error.value if isinstance(error.value, str) else ""
    if day := spans.guess_day(written):
        hint = _("write {day}, or run “credit-plan fmt”").format(day=day)
    elif error.kind == "period" and (name := _guess_period(written)):
        hint = _("write {name}").format(name=name)
    if english and english != hint:
        hint = _("{english}: {write}").format(english=english, write=hint)
    return "impossible-date", message, hint


def _guess_period(written: str) -> str | None:
    """Return the name of the day or period that a date means; None where it means none."""
    with suppress(NotADateError):
        return spans.parse_span(written, None).name
    return None


def _explain_wrong_type(error: _Error) -> tuple[str, str, str]:
    is_entry = isinstance(error.path[-1], int)
    message = _("an entry of “{key}” is {value}") if is_entry else _("“{key}” is {value}")
    message = message.format(key=error.key, value=_describe(error.value))
    words = _list_words(error)
    expected = _EXPECTED.get(error.kind, _("another value"))
    if error.kind in _RECORD_KINDS:
        expected = _RECORD_EXAMPLES.get(error.key, expected)
    if words:
        expected = _("one of: {words}").format(words=", ".join(words))
    hint = _("write {expected}").format(expected=expected)
    # A sign after a figure, such as ％, is not a typing mistake.
    if error.kind != "figure":
        hint = _find_wide_characters(error.value) or hint
    if near := text.suggest(str(error.value).lower(), words, most=1):
        hint = _("did you mean “{key}”?").format(key=near[0])
    return "wrong-type", message, hint


def _explain_year_day(error: _Error) -> tuple[str, str, str]:
    message = error.why or _("{value} is not a day of the year").format(
        value=_describe(error.value)
    )
    hint = _('write month and day, such as "03-15", or a month, such as "09"')
    return "impossible-date", message, _find_wide_characters(error.value) or hint


def _explain_recurrence(error: _Error) -> tuple[str, str, str]:
    given = error.value if isinstance(error.value, dict) else {}
    message = _("an entry of “{key}” has neither “every” nor “on”")
    hint = _('add how often, such as every: quarter, or which days, such as on: ["03-15"]')
    if "every" in given and "on" in given:
        message = _("an entry of “{key}” has both “every” and “on”")
        hint = _("keep the one that its words name, and delete the other")
    return "wrong-type", message.format(key=error.key), hint


def _explain_deadline(error: _Error) -> tuple[str, str, str]:
    message = _("“{key}” has more than one of “by”, “every” and “on”").format(key=error.key)
    return "wrong-type", message, _("keep the one that its words name, and delete the others")


def _explain_pinyin(error: _Error) -> tuple[str, str, str]:
    """Name the first name whose pinyin has another number of syllables, or the one too many."""
    unit = error.value if isinstance(error.value, dict) else {}
    names, pinyin = [unit["name"], *unit.get("aliases", ())], unit["pinyin"]
    hint = _("write one syllable for each character, in the order of the names")
    for name, spelled in zip(names, pinyin, strict=False):
        if (count := len(text.list_ideographs(name))) != (syllables := len(spelled.split())):
            message = _("“{pinyin}” has {syllables} syllables, and {name} has {count} characters")
            message = message.format(
                pinyin=spelled, syllables=syllables, name=quote(name), count=count
            )
            return "wrong-type", message, hint
    message = _("“pinyin” has more entries than {name} has names")
    return "wrong-type", message.format(name=quote(unit["name"])), hint


_EXPLANATIONS = {
    "missing": _explain_missing,
    "unexpected_keyword_argument": _explain_unknown_key,
    "empty": _explain_empty,
    "iso_date": _explain_date,
    "year_day": _explain_year_day,
    "recurrence": _explain_recurrence,
    "deadline": _explain_deadline,
    "pinyin": _explain_pinyin,
    "period": _explain_date,
}
"""By the type of the error: the function that returns rule, message and hint."""


def _describe(value: object) -> str:
    """Return a value as a message quotes it, in words where it is no text."""
    if value is None:
        return _("empty")
    if isinstance(value, dict):
        return _("a record")
    if isinstance(value, (list, tuple)):
        return _("a list")
    if invisible := _find_invisible(value):
        return _describe_invisible(str(value), invisible)
    return quote(str(value))


def _find_invisible(value: object) -> str:
    """Return the first character of a text that cannot be seen in it; "" if there is none."""
    signs = value if isinstance(value, str) else ""
    unseen = (it for it in signs if (it.isspace() and it != " ") or text.is_unseen(it))
    return next(unseen, "")


def _describe_invisible(value: str, sign: str) -> str:
    """Say in words which character cannot be seen, and where it is."""
    before, _sign, after = value.partition(sign)
    message = _("an invisible character, {name} (U+{code:04X})")
    if visible := after.strip():
        message = _("an invisible character, {name} (U+{code:04X}), before {words}")
    elif visible := before.strip():
        message = _("an invisible character, {name} (U+{code:04X}), after {words}")
    name = unicodedata.name(sign, _("a control character")).lower()
    return message.format(name=name, code=ord(sign), words=quote(visible))


def _list_words(error: _Error) -> tuple[str, ...]:
    """Return the words of the closed list that a value is to be one of."""
    of = field_types(error.record)[error.key].of if error.kind == "enum" else str
    return tuple(of) if issubclass(of, StrEnum) else ()


def _find_wide_characters(value: object) -> str | None:
    """Return the hint for a value with marks or figures that a Chinese keyboard has typed.

    A character that cannot be seen has nothing to be typed in its place.
    """
    if _find_invisible(value):
        return _("delete the invisible character")
    wide = dict.fromkeys(sign for sign in str(value) if _is_wide(sign))
    if not wide or not isinstance(value, str):
        return None
    return _("type {marks} with an English keyboard layout").format(marks=" ".join(wide))


def _is_wide(sign: str) -> bool:
    """Return whether a character is like one that an English keyboard has."""
    return not sign.isascii() and (
        unicodedata.normalize("NFKC", sign).isascii() or sign in _WIDE_QUOTES
    )
