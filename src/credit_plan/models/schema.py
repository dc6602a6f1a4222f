"""The JSON Schema of the records, for completion in editors and for other programs."""

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from credit_plan.formatters.json_document import dump_json
from credit_plan.models.accepted import Accepted
from credit_plan.models.indicators import Indicators
from credit_plan.models.progress import Progress
from credit_plan.models.records import PlanMetadata, Record, Registry, Task
from credit_plan.plan import RecordKind

MODELS: dict[RecordKind, type[Record]] = {
    RecordKind.MEASURES: Task,
    RecordKind.UNITS: Registry,
    RecordKind.PLAN: PlanMetadata,
    RecordKind.INDICATORS: Indicators,
    RecordKind.PROGRESS: Progress,
    RecordKind.ACCEPTED: Accepted,
}


class _Generator(GenerateJsonSchema):
    """Optional keys are left out: they are never null, and no list is empty."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        return super().tuple_schema(schema) | {"minItems": 1}


def json_schema(kind: RecordKind, units: Iterable[str] = ()) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the records of a kind.

    A measure or a report may name only the `units`, if there are any.
    """
    dialect = {"$schema": GenerateJsonSchema.schema_dialect}
    schema = dialect | MODELS[kind].model_json_schema(schema_generator=_Generator)
    if known := sorted(set(units)):
        _name_units(schema["$defs"], known)
    return schema


def schema_text(kind: RecordKind, units: Iterable[str] = ()) -> str:
    """Return the JSON Schema of the records of a kind, as the text of its file."""
    return dump_json(json_schema(kind, units))


def _name_units(records: dict[str, Any], known: list[str]) -> None:
    """Restrict each key that names units to those that exist."""
    if "Measure" in records:
        for role in ("lead", "responsible"):
            records["Measure"]["properties"][role]["items"] = {"enum": known}
    if "Entry" in records:
        records["Entry"]["properties"]["unit"]["enum"] = known
