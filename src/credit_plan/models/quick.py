"""Read sound records from the data of a file, without pydantic.

The readers are made of the types of the fields, once for each model. They accept nothing that
pydantic refuses, and make the same records. At anything unusual they give up: pydantic decides.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from credit_plan.models.fields import annotations, cached, fields_by_key
from credit_plan.models.records import Record
from credit_plan.models.values import FaultError, Scalar

RecordT = TypeVar("RecordT", bound=Record)
_Read = Callable[[Any], Any]


def read_record(model: type[RecordT], data: object) -> RecordT:
    """Return the record; raise pydantic's ValidationError, a ValueError, for data that is none."""
    if record := read_sound(model, data):
        return record
    from credit_plan.models.validation import validate_record  # noqa: PLC0415  as validation says

    return validate_record(model, data)


def read_sound(model: type[RecordT], data: object) -> RecordT | None:
    """Return the record of sound data; None for data that is faulty or only unusual."""
    try:
        record: RecordT = _record_reader(model)(data)
    except (_UnusualError, FaultError):
        return None
    return record


class _UnusualError(Exception):
    """Data that pydantic has to judge."""


@cached
def _record_reader(model: type[Record]) -> _Read:
    fields = fields_by_key(model)
    known = {
        key: (fields[key].name, _reader(annotation))
        for key, annotation in annotations(model).items()
    }
    required = frozenset(it.name for it in fields.values() if it.is_required)

    def read(data: object) -> Record:
        if type(data) is not dict or not data.keys() <= known.keys():
            raise _UnusualError
        values = {}
        for key, value in data.items():
            name, read_value = known[key]
            values[name] = read_value(value)
        if not required <= values.keys():
            raise _UnusualError
        return model(**values)

    return read


def _reader(annotation: Any) -> _Read:  # noqa: ANN401  an annotation may be anything
    """Return the reader of a type; what is empty is read by none, as every field is `Filled`."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        of_scalar = (it.read for it in inner[1:] if isinstance(it, Scalar))
        return next(of_scalar, None) or _reader(inner[0])
    if origin is tuple:
        return _list_reader(_reader(inner[0]))
    if origin is dict:
        return _mapping_reader(_reader(inner[1]))
    if origin in (UnionType, Union):
        return _reader(inner[0])
    return (
        _record_reader(annotation) if issubclass(annotation, Record) else _word_reader(annotation)
    )


def _list_reader(read_entry: _Read) -> _Read:
    def read(data: object) -> tuple[Any, ...]:
        if type(data) is not list or not data:
            raise _UnusualError
        return tuple([read_entry(entry) for entry in data])

    return read


def _mapping_reader(read_entry: _Read) -> _Read:
    def read(data: object) -> dict[str, Any]:
        if type(data) is not dict or not data:
            raise _UnusualError
        return {key: read_entry(entry) for key, entry in data.items()}

    return read


def _word_reader(words: Iterable[Enum]) -> _Read:
    """Return the reader of a closed list of words."""
    known = {word.value: word for word in words}

    def read(data: object) -> Enum:
        if type(data) is not str or data not in known:
            raise _UnusualError
        return known[data]

    return read
