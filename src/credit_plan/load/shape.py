"""Plain data becomes records; what pydantic refuses is said in the plan's own words.

A table from pydantic's error types to rule, message and hint: its English is never shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ValidationError

from credit_plan.diagnostic import Finding
from credit_plan.language import _
from credit_plan.model import Kind, Record

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

RecordT = TypeVar("RecordT", bound=Record)

_KEPT: Final = 40


def validate(model: type[RecordT], data: object, file: str) -> RecordT | tuple[Finding, ...]:
    """The record, or a finding for each thing that keeps the data from being one."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return tuple(_findings(model, error, file))


def _findings(model: type[BaseModel], error: ValidationError, file: str) -> Iterator[Finding]:
    for details in error.errors(include_url=False):
        yield _finding(model, details, file)


def _finding(model: type[BaseModel], details: ErrorDetails, file: str) -> Finding:
    place = tuple(details["loc"])
    key = str(place[-1]) if place else ""
    match details["type"]:
        case "missing":
            return Finding(
                "missing-key",
                file,
                place,
                _("the key “{key}” is missing").format(key=key),
                _("add “{key}:” and its value to this record").format(key=key),
            )
        case "extra_forbidden":
            known = _keys_at(model, place[:-1])
            return Finding(
                "unknown-key",
                file,
                place,
                _("“{key}” is not a key of this record").format(key=key),
                _nearest_key(key, known),
                on_key=True,
            )
        case "empty":
            return Finding(
                "empty-value",
                file,
                place,
                _("“{key}” is empty").format(key=_named(place)),
                _("fill it in; a key that has nothing to say is left out"),
            )
        case "iso_date":
            why = details.get("ctx", {}).get("why") or _("{value} is not a date").format(
                value=_quoted(details["input"])
            )
            return Finding("impossible-date", file, place, why, _("a date is written 2023-12-31"))
        case kind:
            message, hint = _wrong_type(kind, details["input"], _named(place))
            return Finding("wrong-type", file, place, message, hint)


def _wrong_type(kind: str, value: object, name: str) -> tuple[str, str]:
    """Message and hint for a value of the wrong sort."""
    shown = _quoted(value)
    if kind == "enum":
        kinds = ", ".join(Kind)
        return (
            _("“{key}” cannot be {value}").format(key=name, value=shown),
            _("it is one of: {kinds}").format(kinds=kinds),
        )
    expected = {
        "string_type": _("a text"),
        "tuple_type": _("a list, such as [市营商局]"),
        "model_type": _("a record with keys of its own"),
        "whole_number": _("a whole number, such as 3"),
        "greater_than_equal": _("a number from 1 on"),
        "flag": _("true or false"),
        "printed_number": _('a printed number, such as "3" or "1-1"'),
    }.get(kind, kind)
    return (
        _("“{key}” is {value}").format(key=name, value=shown),
        _("write {expected}").format(expected=expected),
    )


def _quoted(value: object) -> str:
    """A value as a message quotes it: short, and said in words where it is no text."""
    if value is None:
        return _("empty")
    if isinstance(value, dict):
        return _("a record")
    if isinstance(value, (list, tuple)):
        return _("a list")
    text = str(value)
    return f"“{text}”" if len(text) <= _KEPT else f"“{text[:_KEPT]}…”"


def _named(place: tuple[str | int, ...]) -> str:
    """The last key on the way to a value: entries of a list go by the list's name."""
    return next((step for step in reversed(place) if isinstance(step, str)), "")


def _nearest_key(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, n=1)
    if near:
        return _("did you mean “{key}”?").format(key=near[0])
    return _("its keys are: {keys}").format(keys=", ".join(known))


def _keys_at(model: type[BaseModel], place: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that the record at `place` may have, found by walking the models."""
    for step in place:
        if isinstance(step, str):
            model = _record_in(model.model_fields[step].annotation)
    return tuple(model.model_fields)


def _record_in(annotation: object) -> type[BaseModel]:
    """The record inside `Deadline`, `tuple[Milestone, ...]` or their Annotated forms."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner: tuple[object, ...] = getattr(annotation, "__args__", ())
    return _record_in(inner[0])
