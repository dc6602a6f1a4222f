"""The JSON Schema of the records, for completion in editors and for other programs.

Editors show its titles, which are Chinese, and its descriptions, which are in the language in use.
"""

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from credit_plan.formatters.json_document import dump_json
from credit_plan.i18n import _
from credit_plan.models.accepted import Accepted
from credit_plan.models.draft import Draft
from credit_plan.models.indicators import Indicators
from credit_plan.models.progress import Progress
from credit_plan.models.records import PlanMetadata, Record, Registry, Task
from credit_plan.models.validation import adapter
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


def json_schema(kind: RecordKind, draft: Draft | None = None) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the records of a kind.

    With a draft, a measure or a report may name only its units, and a measure must have what its
    `plan.yaml` requires.
    """
    dialect = {"$schema": GenerateJsonSchema.schema_dialect}
    schema = dialect | adapter(MODELS[kind]).json_schema(schema_generator=_Generator)
    if draft and draft.registry:
        units = draft.registry.record.units
        _name_units(schema["$defs"], sorted({name for unit in units for name in unit.names}))
    if draft and draft.metadata and "Measure" in schema["$defs"]:
        schema["$defs"]["Measure"]["required"] += draft.metadata.record.required
    for it in list_types(schema):
        it["description"] = _(it["description"])
    return schema


def list_types(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the schema of each record and of each closed list of words; each has a description."""
    yield schema
    yield from schema["$defs"].values()


def schema_text(kind: RecordKind, draft: Draft | None = None) -> str:
    """Return the JSON Schema of the records of a kind, as the text of its file."""
    return dump_json(json_schema(kind, draft))


def _name_units(records: dict[str, Any], known: list[str]) -> None:
    """Restrict each key that names units to those that exist."""
    if "Measure" in records:
        for role in ("lead", "responsible"):
            records["Measure"]["properties"][role]["items"] = {"enum": known}
    if "Entry" in records:
        records["Entry"]["properties"]["unit"]["enum"] = known
