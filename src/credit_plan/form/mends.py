"""Puts right values of which it is certain what was meant: stray white space, other dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any, Final

from credit_plan import dates
from credit_plan.form.fields import Field, fields
from credit_plan.model import Record
from credit_plan.prose import without_stray_spaces

_DAYS: Final = (
    re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})\s*(年)\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", re.ASCII),
)
"""Year, a mark, month and day; a date of any other order has no certain day."""


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
        return _day(value)
    if field.of is str and not field.printed:
        return without_stray_spaces(value)
    return value


def _mended(value: Any, field: Field) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_mended(entry, field) for entry in value]
    if field.record is not None:
        return mended(value, field.record)
    return meant(value, field) if isinstance(value, str) else value


def _day(written: str) -> str:
    """The day as `2025-12-31`; the text itself where it names no day that there is."""
    narrow = unicodedata.normalize("NFKC", written).strip()
    found = next(filter(None, (form.fullmatch(narrow) for form in _DAYS)), None)
    if found is None:
        return written
    year, _mark, month, day = found.groups()
    iso = f"{year}-{month:0>2}-{day:0>2}"
    try:
        dates.iso(iso)
    except dates.NotADateError:
        return written
    return iso
