"""The keys that a record may have, and which of them somebody meant who wrote another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ValidationError

from credit_plan import dates
from credit_plan.diagnostics import Diagnostic, KeyPath
from credit_plan.i18n import _, quote
from credit_plan.models.records import Record


def record_at(model: type[BaseModel], place: KeyPath) -> type[BaseModel]:
    """The record that belongs at `place`, found by walking the models."""
    for step in place:
        if isinstance(step, str):
            model = _record_in(model.model_fields[step].annotation)
    return model


def suggest_key(key: str, record: type[BaseModel]) -> str | None:
    """The key of a record that was meant: by its spelling, or by its Chinese title."""
    written = key.strip().lower()
    by_title = {field.title: name for name, field in record.model_fields.items() if field.title}
    if written in by_title:
        return by_title[written]
    near = get_close_matches(written, record.model_fields, n=1)
    if near:
        return near[0]
    titled = get_close_matches(written, by_title, n=1)
    return by_title[titled[0]] if titled else None


def describe_keys(key: str, record: type[BaseModel]) -> str:
    """The hint for a key that a record does not have."""
    if near := suggest_key(key, record):
        return _("did you mean “{key}”?").format(key=near)
    keys = ", ".join(record.model_fields)
    if key.isascii():
        return _("its keys are: {keys}").format(keys=keys)
    return _(
        "its keys are: {keys}; in braces a comma divides: a text that holds one goes in quotes"
    ).format(keys=keys)


def _record_in(annotation: object) -> type[BaseModel]:
    """The record inside `Deadline`, `tuple[Milestone, ...]` or their Annotated forms."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner: tuple[object, ...] = getattr(annotation, "__args__", ())
    return _record_in(inner[0])


if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

RecordT = TypeVar("RecordT", bound=Record)

_WIDE_QUOTES: Final = "“”‘’【】〔〕—"
_EXPECTED: Final = {
    "string_type": _("a text"),
    "tuple_type": _("a list: [one, another], or a line that begins with “- ” for each"),
    "model_type": _("a record with keys of its own"),
    "whole_number": _("a whole number in figures, such as 3"),
    "greater_than_equal": _("a number from 1 on"),
    "flag": _("true or false"),
    "printed_number": _('a printed number, such as "3" or "1-1"'),
    "figure": _("a figure, such as 98 or 0.02"),
    "stamp": _("a time with its zone, such as 2024-01-05T09:30:00+08:00"),
    "measure_id": _('the id of a measure, such as "7.5" or "79.1-4"'),
    "slug": _("small Latin letters, figures and dashes, such as credit-granted"),
    "sha256": _("64 characters of 0-9 and a-f"),
    "evidence": _("{url: …}, or {file: …, sha256: …}"),
    "dict_type": _("figures by the ids of their indicators: {credit-granted: 3.2}"),
}
_RECORD_EXAMPLES: Final = {
    "deadline": "{text: 2025年底前, by: 2025-12-31}",
    "milestones": "- {by: 2023-12-31, text: 2023年底前完成}",
    "measures": _("a measure: “- ” and its first key, and the others below it"),
    "period": "{name: “十四五”, first: 2021, last: 2025}",
    "indicators": _("an indicator: “- ” and its first key, and the others below it"),
    "entries": _("a report: “- ” and its first key, and the others below it"),
    "evidence": _("{url: …}, or {file: …, sha256: …}"),
    "goals": "- {by: 2023-12-31, comparison: 超过, value: 98, text: 2023年底前超过98％}",
}
"""By their keys, what the records look like that are not made of lines of their own."""


def validate(model: type[RecordT], data: object, file: str) -> RecordT | tuple[Diagnostic, ...]:
    """The record, or a finding for each thing that keeps the data from being one."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return tuple(_findings(model, error.errors(include_url=False), file))


def _findings(
    model: type[BaseModel], errors: list[ErrorDetails], file: str
) -> Iterator[Diagnostic]:
    """A finding for each error; a required key that is only misspelt is not missing as well."""
    meant = {
        (*place[:-1], near)
        for place in (tuple(error["loc"]) for error in errors if _is_unknown_key(error))
        if (near := suggest_key(str(place[-1]), record_at(model, place[:-1])))
    }
    for error in errors:
        place = tuple(error["loc"])
        if error["type"] != "missing" or place not in meant:
            yield _finding(model, error, place, file)


def _finding(model: type[BaseModel], error: ErrorDetails, place: KeyPath, file: str) -> Diagnostic:
    key = _key_of(place)
    match error["type"]:
        case "missing":
            message = _("the key “{key}” is missing").format(key=key)
            hint = _("add “{key}:” and its value to this record").format(key=key)
            return Diagnostic("missing-key", file, place, message, hint)
        case "extra_forbidden":
            message = _("{key} is not a key of this record").format(key=quote(str(place[-1])))
            hint = describe_keys(str(place[-1]), record_at(model, place[:-1]))
            return Diagnostic("unknown-key", file, place, message, hint, on_key=True)
        case "empty":
            message = _("“{key}” is empty").format(key=key)
            needed = record_at(model, place[:-1]).model_fields
            hint = (
                _("fill it in: a record cannot do without it")
                if key in needed and needed[key].is_required()
                else _("fill it in; a key that has nothing to say is left out")
            )
            return Diagnostic("empty-value", file, place, message, hint)
        case "iso_date":
            why = error.get("ctx", {}).get("why") or _("{value} is not a date").format(
                value=_shown(error["input"])
            )
            return Diagnostic("impossible-date", file, place, why, _date_hint(error["input"]))
        case kind:
            said = (
                _("an entry of “{key}” is {value}")
                if isinstance(place[-1], int)
                else _("“{key}” is {value}")
            )
            message = said.format(key=key, value=_shown(error["input"]))
            words = _words(model, place) if kind == "enum" else ()
            expected = _("one of: {words}").format(words=", ".join(words)) if words else ""
            expected = (
                expected or _RECORD_EXAMPLES.get(key) or _EXPECTED.get(kind, _("another value"))
            )
            hint = (
                _word_meant(error["input"], words)
                # A sign behind a figure is no part of it, however wide it is.
                or (None if kind == "figure" else _in_english(error["input"]))
                or _("write {expected}").format(expected=expected)
            )
            return Diagnostic("wrong-type", file, place, message, hint)


def _is_unknown_key(error: ErrorDetails) -> bool:
    return error["type"] == "extra_forbidden"


def _shown(value: object) -> str:
    """A value as a message quotes it, said in words where it is no text."""
    if value is None:
        return _("empty")
    if isinstance(value, dict):
        return _("a record")
    if isinstance(value, (list, tuple)):
        return _("a list")
    return quote(str(value))


def _key_of(place: KeyPath) -> str:
    """The last key on the way to a value: entries of a list go by the list's name."""
    return next((step for step in reversed(place) if isinstance(step, str)), "")


def _words(model: type[BaseModel], place: KeyPath) -> tuple[str, ...]:
    """The words of the closed list that a value is to be one of."""
    annotation = record_at(model, place[:-1]).model_fields[str(place[-1])].annotation
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(annotation)
    return ()


def _word_meant(value: object, words: tuple[str, ...]) -> str | None:
    """The hint for a word of a closed list that is misspelt."""
    near = get_close_matches(str(value).lower(), words, n=1)
    return _("did you mean “{key}”?").format(key=near[0]) if near else None


def _date_hint(value: object) -> str:
    english = _in_english(value)
    if not isinstance(value, str) or not (day := dates.guess_day(value)):
        return english or _("write a day that there is, as 2023-12-31")
    write = _("write {day}; “credit-plan fmt” does that").format(day=day)
    return _("{english}: {write}").format(english=english, write=write) if english else write


def _in_english(value: object) -> str | None:
    """The hint for a value that only looks wrong: with marks or figures of a Chinese keyboard."""
    wide = dict.fromkeys(sign for sign in str(value) if _is_wide(sign))
    if not wide or not isinstance(value, str):
        return None
    return _("type {marks} in the keyboard's English mode").format(marks=" ".join(wide))


def _is_wide(sign: str) -> bool:
    """Whether a character is the twin of one that a keyboard has in English mode."""
    return not sign.isascii() and (
        unicodedata.normalize("NFKC", sign).isascii() or sign in _WIDE_QUOTES
    )
