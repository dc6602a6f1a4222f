"""The types of single values: what a text must be to become one, and the error that says so.

Every scalar reaches these types as text, so that nothing is read by YAML's rules (`1.10`, `no`,
`012`, dates) and everything by the plan's. The error types are named in `load.shape`; what the
JSON Schema says beyond the type stands beside it.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final, LiteralString

from pydantic import BeforeValidator, Field, JsonValue, WithJsonSchema
from pydantic_core import PydanticCustomError

from credit_plan import dates

_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER: Final = re.compile(r"[1-9][0-9]*(-[1-9][0-9]*)?")
_MEASURE: Final = re.compile(r"[1-9][0-9]{0,8}(\.[1-9][0-9]{0,8}(-[1-9][0-9]{0,8})?)?")
_FIGURE: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")
_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_STAMP: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"
)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def _whole(value: object) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("whole_number", "not a whole number")


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise PydanticCustomError("iso_date", "not a date")
    try:
        return dates.parse_iso(value)
    except dates.NotADateError as error:
        raise PydanticCustomError("iso_date", "{why}", {"why": str(error)}) from None


def _flag(value: object) -> bool:
    if value in ("true", "false"):
        return value == "true"
    raise PydanticCustomError("flag", "neither true nor false")


def _printed_number(value: object) -> object:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise PydanticCustomError("printed_number", "not a printed number")
    return value


def _figure(value: object) -> Decimal:
    if isinstance(value, str) and _FIGURE.fullmatch(value):
        return Decimal(value)
    raise PydanticCustomError("figure", "not a figure")


def _stamp(value: object) -> datetime:
    if isinstance(value, str) and _STAMP.fullmatch(value):
        try:
            stamp = datetime.fromisoformat(value)
            stamp.astimezone(dates.ZONE)
        except (ValueError, OverflowError):
            pass
        else:
            return stamp
    raise PydanticCustomError("stamp", "not a time with its zone")


def _matching(pattern: re.Pattern[str], kind: LiteralString) -> BeforeValidator:
    """A text that has the form of a kind, which is also the type of the error."""

    def matched(value: object) -> object:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise PydanticCustomError(kind, "of another form")
        return value

    return BeforeValidator(matched)


def _not_empty(value: object) -> object:
    # Before the entries are looked at: pydantic's own min_length counts only the valid ones,
    # and would call a list empty in which each entry has a fault of its own.
    if value in ([], {}, None) or (isinstance(value, str) and not value.strip()):
        raise PydanticCustomError("empty", "empty")
    return value


NotEmpty = BeforeValidator(_not_empty)
_IN_FIGURES: Final[dict[str, JsonValue]] = {
    "type": ["integer", "string"],
    "pattern": f"^(?:{_WHOLE.pattern})$",
}
"""With quotes or without: here a figure is what it says, whatever another reader takes it for."""

Whole = Annotated[int, Field(ge=0, json_schema_extra=_IN_FIGURES), BeforeValidator(_whole)]
Count = Annotated[int, Field(ge=1, json_schema_extra=_IN_FIGURES), BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, NotEmpty, Field(json_schema_extra={"minLength": 1})]
PrintedNumber = Annotated[
    str,
    BeforeValidator(_printed_number),
    Field(
        json_schema_extra={
            "type": ["string", "integer"],
            "pattern": f"^(?:{_NUMBER.pattern})$",
            "minimum": 1,
        }
    ),
]
Names = Annotated[tuple[Text, ...], NotEmpty]

AS_WRITTEN: Final = "as written"
"""Marks a text of a user's own, in which no space is stray."""

Remark = Annotated[Text, AS_WRITTEN]
MeasureId = Annotated[
    str,
    _matching(_MEASURE, "measure_id"),
    Field(json_schema_extra={"pattern": f"^(?:{_MEASURE.pattern})$"}),
]
Slug = Annotated[
    str, _matching(_SLUG, "slug"), Field(json_schema_extra={"pattern": f"^(?:{_SLUG.pattern})$"})
]
Sha256 = Annotated[
    str,
    _matching(_SHA256, "sha256"),
    Field(json_schema_extra={"pattern": f"^{_SHA256.pattern}$"}),
]
Figure = Annotated[
    Decimal,
    BeforeValidator(_figure),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^(?:{_FIGURE.pattern})$"}),
]
Stamp = Annotated[
    datetime,
    BeforeValidator(_stamp),
    WithJsonSchema({"type": "string", "pattern": f"^(?:{_STAMP.pattern})$"}),
]
