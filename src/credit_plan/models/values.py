"""The types of single values: how a text becomes one, and the error if it cannot.

Every scalar reaches these types as text, so that the plan's rules apply and not YAML's (`1.10`,
`no`, `012`, dates). `loader.validate` explains the types of the errors.
"""

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto, unique
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field, JsonValue, WithJsonSchema
from pydantic_core import PydanticCustomError

from credit_plan import dates


@unique
class Mark(Enum):
    """What a text is, besides its type."""

    WORDS = auto()
    """Words of the plan or of a user, not a code."""
    SENTENCE = auto()
    """A sentence, which a comment in its line would cut off."""
    AS_WRITTEN = auto()
    """A user's own text, whose spaces stay as they are."""
    DATED = auto()
    """A day or a period, written without quotes."""
    PRINTED = auto()
    """A printed number or id, written in quotes so that every reader takes it for text."""


T = TypeVar("T")

PRINTED_NUMBER = r"^(?:[1-9][0-9]*(-[1-9][0-9]*)?)$"
MEASURE_ID = r"^(?:[1-9][0-9]{0,8}(\.[1-9][0-9]{0,8}(-[1-9][0-9]{0,8})?)?)$"
SLUG = r"^(?:[a-z][a-z0-9]*(-[a-z0-9]+)*)$"
SHA256 = r"^[0-9a-f]{64}$"

PERIOD = r"^(?:[0-9]{4}(H[12]|Q[1-4]|-[0-9]{2}(-[0-9]{2})?)?)$"
"""What `dates.Span.name` returns."""

MAX_REMARK = 2000
"""Characters of a note or of an address; the longest text of the published plan has 353."""

YEAR_DAY = r"^(?:[0-9]{2}(-[0-9]{2})?)$"
_WHOLE = r"^(?:0|[1-9][0-9]{0,8})$"
FIGURE = r"^(?:-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?)$"
_STAMP = r"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2}))$"


def _whole(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(_WHOLE, value):
        return int(value)
    raise PydanticCustomError("whole_number", "not a whole number")


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise PydanticCustomError("iso_date", "not a date")
    try:
        return dates.parse_iso(value)
    except dates.NotADateError as error:
        raise PydanticCustomError("iso_date", "{why}", {"why": str(error)}) from None


def _named_days(value: object) -> str:
    """Return `2023Q1` or a day: what `due` of a report may be."""
    if not isinstance(value, str):
        raise PydanticCustomError("period", "not a period")
    try:
        dates.parse_name(value)
    except dates.NotADateError as error:
        raise PydanticCustomError("period", "{why}", {"why": str(error)}) from None
    return value


def _year_day(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("year_day", "not a day of the year")
    try:
        dates.make_year_day(value, dates.COMMON_YEAR)
    except dates.NotADateError as error:
        raise PydanticCustomError("year_day", "{why}", {"why": str(error)}) from None
    return value


def _flag(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("flag", "neither true nor false")


def _figure(value: object) -> Decimal:
    if isinstance(value, str) and re.fullmatch(FIGURE, value):
        return Decimal(value)
    raise PydanticCustomError("figure", "not a figure")


def _stamp(value: object) -> datetime:
    if isinstance(value, str) and re.fullmatch(_STAMP, value):
        with suppress(ValueError, OverflowError):
            stamp = datetime.fromisoformat(value)
            stamp.astimezone(dates.ZONE)
            return stamp
    raise PydanticCustomError("stamp", "not a time with its zone")


def _not_empty(value: object) -> object:
    # Checked before the entries: pydantic's min_length counts only valid ones, and would call a
    # list empty in which every entry is faulty.
    if value in ([], {}, None) or (isinstance(value, str) and not value.strip()):
        raise PydanticCustomError("empty", "empty")
    return value


Filled = Annotated[T, BeforeValidator(_not_empty)]
_IN_FIGURES: dict[str, JsonValue] = {"type": ["integer", "string"], "pattern": _WHOLE}
"""A number may be written with or without quotes."""

Whole = Annotated[int, Field(ge=0, json_schema_extra=_IN_FIGURES), BeforeValidator(_whole)]
Count = Annotated[int, Field(ge=1, json_schema_extra=_IN_FIGURES), BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day)]
PeriodName = Annotated[
    str,
    BeforeValidator(_named_days),
    Mark.DATED,
    Field(json_schema_extra={"type": ["string", "integer"], "pattern": PERIOD}),
]
YearDay = Annotated[
    str,
    BeforeValidator(_year_day),
    Mark.PRINTED,
    Field(json_schema_extra={"pattern": YEAR_DAY}),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[Filled[str], Mark.WORDS, Field(json_schema_extra={"minLength": 1})]
Sentence = Annotated[Text, Mark.SENTENCE]
Remark = Annotated[Text, Mark.AS_WRITTEN, Field(max_length=MAX_REMARK)]
Note = Annotated[Remark, Mark.SENTENCE]
Names = Filled[tuple[Text, ...]]
PrintedNumber = Annotated[
    str,
    Mark.PRINTED,
    Field(pattern=PRINTED_NUMBER, json_schema_extra={"type": ["string", "integer"], "minimum": 1}),
]
MeasureId = Annotated[str, Mark.PRINTED, Field(pattern=MEASURE_ID)]
Slug = Annotated[str, Field(pattern=SLUG)]
Sha256 = Annotated[str, Field(pattern=SHA256)]
Figure = Annotated[
    Decimal,
    BeforeValidator(_figure),
    WithJsonSchema({"type": ["number", "string"], "pattern": FIGURE}),
]
Stamp = Annotated[
    datetime, BeforeValidator(_stamp), WithJsonSchema({"type": "string", "pattern": _STAMP})
]
