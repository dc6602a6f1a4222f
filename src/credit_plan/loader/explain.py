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
from credit_plan.i18n import _, join_list, quote
from credit_plan.loader.hints import (
    DAY_HINTS,
    EXAMPLES,
    PERIOD_HINTS,
    RECORD_HINTS,
    VALUE_HINTS,
    WRONG,
)
from credit_plan.loader.validate import find_missing
from credit_plan.models.fields import field_types, fields_by_key, find_record_type, suggest_key
from credit_plan.models.progress import Evidence
from credit_plan.models.records import Measure, Record
from credit_plan.models.validation import validate_record
from credit_plan.models.values import FaultError
from credit_plan.plan import STATUSES_IN_CHINESE, Status

RecordT = TypeVar("RecordT", bound=Record)

_WIDE_QUOTES = "“”‘’【】〔〕—"
_KINDS = {type(None): "none", dict: "record", list: "list", tuple: "list"}
_STATUSES = {name: status for status, name in STATUSES_IN_CHINESE.items()}

_MAX_SUGGESTED = 1000
"""Similar keys are searched for this number of unknown keys in a file."""

_RECORD_KINDS = ("tuple_type", "dataclass_type")


class _Error(NamedTuple):
    """An error of pydantic, with the record that holds the value, or that it should be in a list.

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

    @property
    def expected(self) -> type:
        """Return the type that the value should have, or each entry if it should be a list."""
        field = field_types(self.record).get(self.key)
        return field.of if field else self.record


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
    example = EXAMPLES.get(error.key)
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
    return "unknown-key", message, hint.format(keys=join_list(fields_by_key(error.record)))


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
        message = _describe(error)
    return "impossible-date", message, _suggest_date(error) or _suggest_typing(error)


def _suggest_date(error: _Error) -> str | None:
    """Return the hint that says which day or period is meant; None where that is not certain."""
    if not isinstance(error.value, str) or error.kind == "year_day":
        return None
    signs = _list_wide(error.value)
    which = 2 if _find_invisible(error.value) else 1 if signs else 0
    if day := spans.guess_day(error.value):
        return DAY_HINTS[which].format(day=day, signs=signs)
    with suppress(NotADateError):
        if error.kind == "period":
            period = spans.parse_span(error.value, None).name
            return PERIOD_HINTS[which].format(period=period, signs=signs)
    return None


def _explain_wrong_type(error: _Error) -> tuple[str, str, str]:
    words = _list_words(error)
    # A sign after a figure, such as ％, is not a typing mistake.
    hint = _suggest_typing(error) if error.kind != "figure" else VALUE_HINTS[error.kind]
    written = error.value if isinstance(error.value, str) else ""
    in_chinese = _STATUSES.get(written) if error.expected is Status else None
    if near := [in_chinese] if in_chinese else text.suggest(written.lower(), words, most=1):
        hint = _("did you mean “{key}”?").format(key=near[0])
    return "wrong-type", _describe(error), hint


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


def _explain_evidence(error: _Error) -> tuple[str, str, str]:
    message = _("an entry of “{key}” must be either an address or a file with its checksum")
    return "wrong-type", message.format(key=error.key), RECORD_HINTS[Evidence]


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
    "year_day": _explain_date,
    "recurrence": _explain_recurrence,
    "deadline": _explain_deadline,
    "evidence": _explain_evidence,
    "pinyin": _explain_pinyin,
    "period": _explain_date,
}
"""By the type of the error: the function that returns rule, message and hint."""


def _describe(error: _Error) -> str:
    """Return what a key or an entry of a list is, in words where it is no text."""
    value, code = error.value, 0
    kind = {type(None): "none", dict: "record", list: "list", tuple: "list"}.get(
        type(value), "text"
    )
    if kind == "text" and (sign := _find_invisible(value)):
        kind, value, code = _divide(str(value), sign)
    message = WRONG[kind][isinstance(error.path[-1], int)]
    return message.format(key=error.key, value=quote(str(value)), code=code)


def _divide(value: str, sign: str) -> tuple[str, str, int]:
    """Return where in a text a character is that cannot be seen, the text beside it, its code."""
    before, _sign, after = (part.strip() for part in value.partition(sign))
    where = "invisible before" if after else "invisible after" if before else "invisible"
    return where, after or before, ord(sign)


def _find_invisible(value: object) -> str:
    """Return the first character of a text that cannot be seen in it; "" if there is none."""
    signs = value if isinstance(value, str) else ""
    unseen = (it for it in signs if (it.isspace() and it != " ") or text.is_unseen(it))
    return next(unseen, "")


def _list_words(error: _Error) -> tuple[str, ...]:
    """Return the words of the closed list that a value is to be one of."""
    of = field_types(error.record)[error.key].of if error.kind == "enum" else str
    return tuple(of) if issubclass(of, StrEnum) else ()


def _suggest_typing(error: _Error) -> str:
    """Return the hint for a value, which says what a Chinese keyboard has typed in it.

    A character that cannot be seen has nothing to be typed in its place.
    """
    if _find_invisible(error.value):
        return _("delete the invisible character")
    if signs := _list_wide(error.value):
        return _("type {signs} with an English keyboard layout").format(signs=signs)
    if words := _list_words(error):
        return _("write one of: {words}").format(words=join_list(words))
    hint = VALUE_HINTS.get(error.kind, _("write another value"))
    return RECORD_HINTS.get(error.expected, hint) if error.kind in _RECORD_KINDS else hint


def _list_wide(value: object) -> str:
    """Return the marks and figures of a text that only a Chinese keyboard types."""
    signs = value if isinstance(value, str) else ""
    return " ".join(dict.fromkeys(sign for sign in signs if _is_wide(sign)))


def _is_wide(sign: str) -> bool:
    """Return whether a character is like one that an English keyboard has."""
    return not sign.isascii() and (
        unicodedata.normalize("NFKC", sign).isascii() or sign in _WIDE_QUOTES
    )
