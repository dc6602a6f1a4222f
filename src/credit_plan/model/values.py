"""The types of single values: what a text must be to become one, and the error that says so.

Every scalar reaches these types as text, so that nothing is read by YAML's rules (`1.10`, `no`,
`012`, dates) and everything by the plan's. The error types are named in `load.shape`; what the
JSON Schema says beyond the type stands beside it.
"""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, JsonValue
from pydantic_core import PydanticCustomError

from credit_plan import dates

_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER: Final = re.compile(r"[1-9][0-9]*(-[1-9][0-9]*)?")


def _whole(value: object) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("whole_number", "not a whole number")


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise PydanticCustomError("iso_date", "not a date")
    try:
        return dates.iso(value)
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


def _not_empty(value: object) -> object:
    # Before the entries are looked at: pydantic's own min_length counts only the valid ones,
    # and would call a list empty in which each entry has a fault of its own.
    if value in ([], None) or (isinstance(value, str) and not value.strip()):
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
