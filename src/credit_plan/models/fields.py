"""What the models know of their fields: the types of values, and whether there are several."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from credit_plan.models.records import Record
from credit_plan.models.values import Mark


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a value, or of each value in a list or mapping."""

    of: type
    listed: bool = False
    keyed: bool = False
    marks: frozenset[Mark] = frozenset()

    @property
    def record(self) -> type[Record] | None:
        """Return the model of a record; None for a single value."""
        return self.of if issubclass(self.of, Record) else None

    @property
    def is_single(self) -> bool:
        """Return whether it is one value, and neither a list nor a record."""
        return not (self.listed or self.keyed or self.record)


@cache
def fields_by_key(model: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields of a record by their keys in YAML, in its own order."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


@cache
def field_types(model: type[Record]) -> dict[str, FieldType]:
    """Return the types of the same fields."""
    hints = get_type_hints(model, include_extras=True)
    types = (_field_type(hints[name]) for name in model.model_fields)
    return dict(zip(fields_by_key(model), types, strict=True))


@cache
def sentence_keys(model: type[Record]) -> frozenset[str]:
    """Return the keys of sentences in a record and in the records inside it."""
    fields = field_types(model)
    own = frozenset(name for name, it in fields.items() if Mark.SENTENCE in it.marks)
    return own.union(*(sentence_keys(it.record) for it in fields.values() if it.record))


def _field_type(annotation: Any) -> FieldType:  # noqa: ANN401  an annotation may be anything
    """Return the type inside `tuple[X, ...]`, `dict[str, X]`, `X | None` and `Annotated[X, …]`."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if not inner:
        return FieldType(annotation)
    if origin is tuple:
        return replace(_field_type(inner[0]), listed=True)
    if origin is dict:
        return replace(_field_type(inner[1]), keyed=True)
    field = _field_type(inner[0])
    marks = field.marks.union(it for it in inner[1:] if isinstance(it, Mark))
    return replace(field, marks=marks)
