"""Recover what can still be checked in a file that failed validation.

An error in one value must not hide errors in others: faulty values are replaced by stand-ins that
no rule reports, and the rules check the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from credit_plan import wordings
from credit_plan.diagnostics import KeyPath
from credit_plan.models import draft
from credit_plan.models.fields import FieldType, field_types, fields_by_key, suggest_key
from credit_plan.models.quick import read_record
from credit_plan.models.records import (
    Measure,
    PlanMetadata,
    Record,
    Registry,
    Task,
    Unit,
)
from credit_plan.plan import UnitKind

RecordT = TypeVar("RecordT", bound=Record)

_STAND_INS: dict[type, Any] = {
    str: draft.TEXT_STAND_IN,
    int: "1",
    date: str(date.min),
}
"""By type: values that no rule reports, or that the rules recognise."""

_NAMES = frozenset({"name", "aliases"})


def recover_task(data: dict[str, Any], invalid: Sequence[KeyPath], file: str) -> Task:
    """Return the task of a file that is invalid at these paths.

    Measures keep their positions in the list, so that diagnostics point at the right lines.
    """
    faulty = frozenset(invalid)
    entries = data.get("measures")
    if ("measures",) in faulty or not isinstance(entries, list):
        entries = []
    sound = {key: value for key, value in data.items() if (key,) not in faulty}
    inside: dict[str | int, list[KeyPath]] = {}
    for key, *keys in invalid:
        if key == "measures" and keys:
            inside.setdefault(keys[0], []).append(tuple(keys[1:]))
    return Task(
        id=int(sound.get("id", draft.UNREAD)) or draft.task_number_of_file(file),
        chapter=int(sound.get("chapter", draft.UNREAD)),
        task=sound.get("task", _STAND_INS[str]),
        measures=tuple(
            _recover_measure(it, at, inside.get(at, ())) for at, it in enumerate(entries)
        ),
    )


def recover_registry(
    data: dict[str, Any], invalid: Sequence[KeyPath], _file: str
) -> Registry | None:
    """Return the registry of a file that is invalid at these paths, with the names alone.

    None if a name may be lost: its uses would seem unknown.
    """
    is_name_lost = any(
        len(path) < len(("units", 0, "key")) or path[2] in _NAMES for path in invalid
    )
    if "units" not in data or is_name_lost:
        return None
    units = []
    for entry in data["units"]:
        values = {suggest_key(key, Unit) or key: value for key, value in entry.items()}
        names = {key: values[key] for key in _NAMES & values.keys()}
        units.append(names | {"kind": UnitKind.GOVERNMENT})
    try:
        return read_record(Registry, {"units": units})
    except ValueError:
        return None


def recover_metadata(
    data: dict[str, Any], invalid: Sequence[KeyPath], _file: str
) -> PlanMetadata | None:
    """Return the metadata of a file that is invalid at these paths.

    None if a chapter is faulty: its tasks would seem to be in an unknown one.
    """
    faulty = {path[0] for path in invalid}
    if "chapters" in faulty or "chapters" not in data:
        return None
    harmless = stand_ins(PlanMetadata)
    harmless |= {
        "period": harmless["period"] | {"first": "1", "last": "9999"},
        "pages": "999999",
        "tasks": str(sum(int(chapter["tasks"]) for chapter in data["chapters"])),
        "measures": str(sum(int(chapter["measures"]) for chapter in data["chapters"])),
    }
    sound = fields_by_key(PlanMetadata).keys() & data.keys() - faulty
    return read_record(PlanMetadata, harmless | {key: data[key] for key in sound})


def recover_entries(entries: object, model: type[RecordT]) -> Iterator[tuple[int, RecordT]]:
    """Yield the entries of a list that are records, each with its position."""
    for at, entry in enumerate(entries if isinstance(entries, list) else ()):
        try:
            yield at, read_record(model, entry)
        except ValueError:
            continue


def stand_ins(model: type[Record]) -> dict[str, Any]:
    """Return a harmless value for each field that a record must have."""
    fields = field_types(model)
    required = (name for name, field in fields_by_key(model).items() if field.is_required)
    return {name: _stand_in(fields[name]) for name in required}


def _stand_in(field: FieldType) -> Any:  # noqa: ANN401  plain data
    value = _STAND_INS[field.of] if field.of in _STAND_INS else stand_ins(field.of)
    return [value] if field.listed else value


def _recover_measure(entry: object, at: int, invalid: Sequence[KeyPath]) -> Measure:
    """Return a measure in which harmless values replace those at the invalid paths."""
    is_record = isinstance(entry, dict) and () not in invalid
    values = _keep_sound(entry, invalid) if is_record else {}
    # What a lost target promised is not to be missed elsewhere.
    harmless = stand_ins(Measure) | {"target": draft.TEXT_STAND_IN}
    measure = read_record(Measure, harmless | values)
    if ("number",) in invalid or not is_record:
        number = f"{draft.NUMBER_STAND_IN_PREFIX}{at}"
        return replace(measure, number=number)
    return measure


def _keep_sound(entry: Any, invalid: Sequence[KeyPath]) -> dict[str, Any]:  # noqa: ANN401
    """Return the sound values of a measure, and those that become sound with corrected dates."""
    values = {}
    for key in fields_by_key(Measure).keys() & entry.keys():
        inside = {path[1:] for path in invalid if path[:1] == (key,)}
        values[key] = _fix_dates(key, entry[key], inside) if inside else entry[key]
    if values.get("target") is None:
        values |= {"milestones": None, "recurrences": None}
    return {key: value for key, value in values.items() if value is not None}


def _fix_dates(key: str, value: Any, inside: set[KeyPath]) -> Any:  # noqa: ANN401  plain data
    """Return a deadline or milestones with the dates that their text names.

    Return None if more than the dates is faulty, or if the value is neither of the two.
    """
    if key == "deadline" and inside <= {("by",), ("ongoing",)}:
        printed = wordings.read_deadline(value["text"])
        if printed is None or printed.by is None:
            return None
        return value | {"by": str(printed.by), "ongoing": str(printed.ongoing).lower()}
    if key == "milestones" and all(path[1:] == ("by",) for path in inside):
        wrong = {path[0] for path in inside}
        fixed = [_fix_milestone(it) if at in wrong else it for at, it in enumerate(value)]
        return None if None in fixed else fixed
    return None


def _fix_milestone(milestone: dict[str, Any]) -> dict[str, Any] | None:
    days = wordings.find_days(milestone["text"])
    return milestone | {"by": str(days[0].by)} if days else None
