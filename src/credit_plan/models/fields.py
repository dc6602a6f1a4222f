"""What the models know of their fields: the types of values, and whether there are several."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from credit_plan import text
from credit_plan.diagnostics import KeyPath
from credit_plan.models.records import Record
from credit_plan.models.values import Mark

_Function = TypeVar("_Function", bound=Callable[..., Any])

_CACHE_SIZE = 1000
"""A file may have many misspelt keys; there are few models."""


def cached(function: _Function) -> _Function:
    """Return a function of models that keeps its results; mypy takes no class for hashable."""
    return cast("_Function", lru_cache(_CACHE_SIZE)(function))


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field: its name, what clerks call it, what it says, and whether a record must have it."""

    name: str
    title: str
    description: str
    is_required: bool


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


@cached
def fields_by_key(model: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields of a record by their keys in YAML, in its own order."""
    return {
        it.metadata.get("alias") or it.name: FieldInfo(
            it.name,
            it.metadata.get("title", ""),
            it.metadata.get("description", ""),
            it.default is it.default_factory is dataclasses.MISSING,
        )
        for it in dataclasses.fields(model)
    }


@cached
def field_types(model: type[Record]) -> dict[str, FieldType]:
    """Return the types of the same fields."""
    return {key: _field_type(it) for key, it in annotations(model).items()}


@cached
def annotations(model: type[Record]) -> dict[str, Any]:
    """Return the types of the same fields as they are written."""
    hints = get_type_hints(model, include_extras=True)
    return {key: hints[field.name] for key, field in fields_by_key(model).items()}


@cached
def sentence_keys(model: type[Record]) -> frozenset[str]:
    """Return the keys of sentences in a record and in the records inside it."""
    fields = field_types(model)
    own = frozenset(name for name, it in fields.items() if Mark.SENTENCE in it.marks)
    return own.union(*(sentence_keys(it.record) for it in fields.values() if it.record))


@cached
def suggest_key(key: str, record: type[Record]) -> str | None:
    """Return the key most like a misspelt one: by its spelling, or by its Chinese title."""
    written = key.strip().lower()
    by_title = {field.title: name for name, field in fields_by_key(record).items() if field.title}
    if written in by_title:
        return by_title[written]
    if near := text.suggest(written, fields_by_key(record), most=1):
        return near[0]
    titles = text.suggest(written, by_title, most=1)
    return by_title[titles[0]] if titles else None


def find_record_type(model: type[Record], path: KeyPath) -> type[Record]:
    """Return the record that belongs at a path, found by walking the models."""
    for step in path:
        if isinstance(step, str):
            model = field_types(model)[step].record or model
    return model


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
