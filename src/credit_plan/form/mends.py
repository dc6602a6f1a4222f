"""Puts right values of which it is certain what was meant: stray white space, other dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from credit_plan import dates
from credit_plan.form.fields import Field, fields
from credit_plan.model import Record
from credit_plan.prose import without_stray_spaces


def mended(data: Any, model: type[Record]) -> Any:  # noqa: ANN401  pydantic decides the type
    """The data of a record with its values put right; what fits no field is left as it is."""
    if not isinstance(data, dict):
        return data
    known = fields(model)
    return {
        key: _mended(value, known[key]) if key in known else value for key, value in data.items()
    }


def meant(value: str, field: Field) -> str:
    """A single value as it was surely meant."""
    if field.of is date:
        return str(dates.meant(value) or value)
    # A space between two names of a list may stand for the comma that divides them.
    if field.of is str and not (field.printed or field.listed or field.as_written):
        return without_stray_spaces(value)
    return value


def _mended(value: Any, field: Field) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_mended(entry, field) for entry in value]
    if field.keyed and isinstance(value, dict):
        return {key: _mended(it, field) for key, it in value.items()}
    if field.record is not None:
        return mended(value, field.record)
    return meant(value, field) if isinstance(value, str) else value
