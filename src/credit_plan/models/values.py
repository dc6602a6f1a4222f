"""The types of single values: how a text becomes one, and the error if it cannot.

Every scalar reaches these types as text, so that the plan's rules apply and not YAML's (`1.10`,
`no`, `012`, dates). `models.quick` and pydantic both read them with the functions here;
`loader.explain` explains the kinds of the faults.
"""

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto, unique
from functools import lru_cache
from typing import Annotated, Any, TypeVar

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


class FaultError(ValueError):
    """Data is no value of its type: the kind of the fault, and why if that is not all."""

    def __init__(self, kind: str, why: str = "") -> None:
        super().__init__(why or kind)
        self.kind = kind
        self.why = why


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """How a single value is read from a text, or FaultError raised; and the JSON Schema of it."""

    read: Callable[[Any], Any]
    schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, _type: Any, _inner: Any) -> Any:  # noqa: ANN401  pydantic's
        from credit_plan.models import validation  # noqa: PLC0415  sound files do without pydantic

        return validation.scalar_schema(self)


class NotEmpty:
    """Data that must not be empty; without the key, the value is the default."""

    def __get_pydantic_core_schema__(self, of: Any, inner: Any) -> Any:  # noqa: ANN401  pydantic's
        from credit_plan.models import validation  # noqa: PLC0415  sound files do without pydantic

        return validation.not_empty_schema(inner(of))


T = TypeVar("T")

PRINTED_NUMBER = r"^(?:[1-9][0-9]*(-[1-9][0-9]*)?)$"
MEASURE_ID = r"^(?:[1-9][0-9]{0,8}(\.[1-9][0-9]{0,8}(-[1-9][0-9]{0,8})?)?)$"
SLUG = r"^(?:[a-z][a-z0-9]*(-[a-z0-9]+)*)$"
SHA256 = r"^[0-9a-f]{64}$"

PINYIN = r"^(?:[a-z]{1,6}( [a-z]{1,6})*)$"

PERIOD = r"^(?:[0-9]{4}(H[12]|Q[1-4]|-[0-9]{2}(-[0-9]{2})?)?)$"
"""What `dates.Span.name` returns."""

MAX_REMARK = 2000
"""Characters of a note or of an address; the longest text of the published plan has 353."""

_CACHE_SIZE = 1024
"""A plan has thousands of printed numbers and pages, and few that differ."""

YEAR_DAY = r"^(?:[0-9]{2}(-[0-9]{2})?)$"
_WHOLE = r"^(?:0|[1-9][0-9]{0,8})$"
FIGURE = r"^(?:-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?)$"
_STAMP = r"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2}))$"


def about(title: str, description: str, *, key: str | None = None) -> dict[str, str | None]:
    """Return what a field is called and what it says; `key` is its key in YAML if not its name.

    Pydantic reads the description of a field under these names.
    """
    return {"title": title, "description": description, "alias": key}


def refuse_empty(value: object) -> object:
    """Return data that is not empty; raise FaultError for any other.

    Checked before the entries: pydantic's min_length counts only valid ones, and would call a
    list empty in which every entry is faulty.
    """
    if value in ([], {}, None) or (isinstance(value, str) and not value.strip()):
        raise FaultError(kind="empty")
    return value


def _read_text(value: object) -> str:
    if isinstance(value, str) and not value.isspace() and value:
        return value
    refuse_empty(value)
    raise FaultError(kind="string_type")


def _read_name(value: object) -> str:
    """Return a text of which a plan has many copies; they share one place in memory."""
    return sys.intern(_read_text(value))


def _read_remark(value: object) -> str:
    remark = _read_text(value)
    if len(remark) > MAX_REMARK:
        raise FaultError(kind="string_too_long")
    return remark


def _matching(pattern: str) -> Callable[[object], str]:
    """Return the function that reads what matches a pattern, which is the kind of its fault."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise FaultError(kind="string_type")
        if not _matches(pattern, value):
            raise FaultError(kind=pattern)
        return value

    return read


@lru_cache(_CACHE_SIZE)
def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def _read_whole(value: object) -> int:
    if isinstance(value, str) and _matches(_WHOLE, value):
        return int(value)
    raise FaultError(kind="whole_number")


def _read_count(value: object) -> int:
    if count := _read_whole(value):
        return count
    raise FaultError(kind="count")


def _read_day(value: object) -> date:
    return _parse(dates.parse_iso, value, "iso_date")


def _read_period(value: object) -> str:
    """Return `2023Q1` or a day: what `due` of a report may be."""
    _parse(dates.parse_name, value, "period")
    return str(value)


def _read_year_day(value: object) -> str:
    _parse(_parse_year_day, value, "year_day")
    return str(value)


def _parse_year_day(value: str) -> None:
    dates.make_year_day(value, dates.COMMON_YEAR)


def _parse(parse: Callable[[str], T], value: object, kind: str) -> T:
    if not isinstance(value, str):
        raise FaultError(kind)
    try:
        return parse(value)
    except dates.NotADateError as error:
        raise FaultError(kind, str(error)) from None


def _read_flag(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise FaultError(kind="flag")


def _read_figure(value: object) -> Decimal:
    if isinstance(value, str) and _matches(FIGURE, value):
        return Decimal(value)
    raise FaultError(kind="figure")


def _read_stamp(value: object) -> datetime:
    if isinstance(value, str) and re.fullmatch(_STAMP, value):
        with suppress(ValueError, OverflowError):
            stamp = datetime.fromisoformat(value)
            stamp.astimezone(dates.ZONE)
            return stamp
    raise FaultError(kind="stamp")


Filled = Annotated[T, NotEmpty()]

_WHOLE_SCHEMA = {"type": ["integer", "string"], "pattern": _WHOLE}
"""A number may be written with or without quotes."""
_TEXT_SCHEMA = {"type": "string", "minLength": 1}

Whole = Annotated[int, Scalar(_read_whole, _WHOLE_SCHEMA | {"minimum": 0})]
Count = Annotated[int, Scalar(_read_count, _WHOLE_SCHEMA | {"minimum": 1})]
Day = Annotated[date, Scalar(_read_day, {"type": "string", "format": "date"})]
PeriodName = Annotated[
    str, Scalar(_read_period, {"type": ["string", "integer"], "pattern": PERIOD}), Mark.DATED
]
YearDay = Annotated[
    str, Scalar(_read_year_day, {"type": "string", "pattern": YEAR_DAY}), Mark.PRINTED
]
Flag = Annotated[bool, Scalar(_read_flag, {"type": "boolean"})]
Text = Annotated[str, Scalar(_read_text, _TEXT_SCHEMA), Mark.WORDS]
Sentence = Annotated[Text, Mark.SENTENCE]
Remark = Annotated[
    str,
    Scalar(_read_remark, _TEXT_SCHEMA | {"maxLength": MAX_REMARK}),
    Mark.WORDS,
    Mark.AS_WRITTEN,
]
Note = Annotated[Remark, Mark.SENTENCE]
Name = Annotated[str, Scalar(_read_name, _TEXT_SCHEMA), Mark.WORDS]
Names = Filled[tuple[Name, ...]]
Pinyin = Annotated[str, Scalar(_matching(PINYIN), {"type": "string", "pattern": PINYIN})]
PrintedNumber = Annotated[
    str,
    Scalar(
        _matching(PRINTED_NUMBER),
        {"type": ["string", "integer"], "pattern": PRINTED_NUMBER, "minimum": 1},
    ),
    Mark.PRINTED,
]
MeasureId = Annotated[
    str, Scalar(_matching(MEASURE_ID), {"type": "string", "pattern": MEASURE_ID}), Mark.PRINTED
]
Slug = Annotated[str, Scalar(_matching(SLUG), {"type": "string", "pattern": SLUG})]
Sha256 = Annotated[str, Scalar(_matching(SHA256), {"type": "string", "pattern": SHA256})]
Figure = Annotated[Decimal, Scalar(_read_figure, {"type": ["number", "string"], "pattern": FIGURE})]
Stamp = Annotated[datetime, Scalar(_read_stamp, {"type": "string", "pattern": _STAMP})]
