"""What the records say of their fields, as far as it decides how a value is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

from credit_plan.model import Record
from credit_plan.model.values import AS_WRITTEN, MeasureId, PrintedNumber

_PRINTED: Final = (*get_args(PrintedNumber)[1:], *get_args(MeasureId)[1:])
"""What makes a text the number or the id that the table prints."""


@dataclass(frozen=True, slots=True)
class Field:
    """The type of a value, or of each value in a list or behind a key.

    `printed` is a number that stays text, and `as_written` a text that is nobody's to mend.
    """

    of: type
    listed: bool = False
    keyed: bool = False
    printed: bool = False
    as_written: bool = False

    @property
    def record(self) -> type[Record] | None:
        """The record that stands here; None for a single value."""
        return self.of if issubclass(self.of, Record) else None


@cache
def fields(model: type[Record]) -> dict[str, Field]:
    """The fields of a record, in its own order."""
    hints = get_type_hints(model, include_extras=True)
    return {name: _field(hints[name]) for name in model.model_fields}


def _field(annotation: Any) -> Field:  # noqa: ANN401  an annotation may be anything
    """The field inside `tuple[X, ...]`, `X | None` and `Annotated[X, …]`."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if not inner:
        return Field(annotation)
    if origin is tuple:
        return replace(_field(inner[0]), listed=True)
    if origin is dict:
        return replace(_field(inner[1]), keyed=True)
    marks = getattr(annotation, "__metadata__", ())
    if any(it in _PRINTED for it in marks):
        return Field(str, printed=True)
    field = _field(inner[0])
    return replace(field, as_written=True) if AS_WRITTEN in marks else field
