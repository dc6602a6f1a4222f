"""Validate records with pydantic, which finds everything that is wrong with the data.

Its schemas are derived from the types of the fields. Nothing imports this module before a file is
faulty or unusual: the import takes longer than reading the plan.
"""

from typing import Any, TypeVar

from pydantic import GetJsonSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from credit_plan.models.fields import cached
from credit_plan.models.records import Record
from credit_plan.models.values import Scalar, refuse_empty

RecordT = TypeVar("RecordT", bound=Record)


def validate_record(model: type[RecordT], data: object) -> RecordT:
    """Return the record; raise pydantic's ValidationError for data that is none."""
    record: RecordT = adapter(model).validate_python(data)
    return record


def dump_record(record: Record) -> dict[str, Any]:
    """Return the data of a record as a file holds it: its values as texts, without defaults."""
    data: dict[str, Any] = adapter(type(record)).dump_python(
        record, mode="json", exclude_defaults=True
    )
    return data


@cached
def adapter(model: type[RecordT]) -> TypeAdapter[RecordT]:
    """Return what pydantic knows of the records of a type."""
    return TypeAdapter(model)


def scalar_schema(scalar: Scalar) -> CoreSchema:
    """Return the schema of a single value, which its own function reads."""

    def describe(_schema: CoreSchema, _inner: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(scalar.schema)

    return core_schema.no_info_plain_validator_function(
        scalar.read, metadata={"pydantic_js_functions": [describe]}
    )


def not_empty_schema(schema: CoreSchema) -> CoreSchema:
    """Return the schema of data that must not be empty."""
    return core_schema.no_info_before_validator_function(refuse_empty, schema)
