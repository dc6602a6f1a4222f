"""What can still be judged of a file in which some values are none.

A fault in one value must not hide the faults of the others: what is wrong is replaced by
something that no rule minds, and the rest goes to the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from credit_plan import dates, text
from credit_plan.diagnostics import KeyPath
from credit_plan.loader.validate import suggest_key
from credit_plan.models.draft import (
    DEADLINE_STAND_IN,
    NUMBER_STAND_IN_PREFIX,
    PAGE_STAND_IN,
    TEXT_STAND_IN,
    UNREAD,
    task_number_of_file,
)
from credit_plan.models.records import Measure, PlanMetadata, Record, Registry, Task, Unit
from credit_plan.plan import UnitKind

RecordT = TypeVar("RecordT", bound=Record)

_HARMLESS: Final[dict[str, Any]] = {
    "text": TEXT_STAND_IN,
    "target": TEXT_STAND_IN,
    "lead": [TEXT_STAND_IN],
    "deadline": {"text": DEADLINE_STAND_IN, "by": "2025-12-31"},
    "page": str(PAGE_STAND_IN),
}

_NAMES: Final = frozenset({"name", "aliases"})


def recover_task(data: dict[str, Any], faults: Iterable[KeyPath], file: str) -> Task:
    """The task of a file whose validation failed at these places.

    Measures keep their positions in the list, so that findings point at the right lines.
    """
    faulty = set(faults)
    entries = data.get("measures")
    if ("measures",) in faulty or not isinstance(entries, list):
        entries = []
    return Task.model_construct(
        id=_number(data, "id", faulty) or task_number_of_file(file),
        chapter=_number(data, "chapter", faulty),
        task=data["task"] if "task" in data and ("task",) not in faulty else TEXT_STAND_IN,
        measures=tuple(_measure(entry, at, faulty) for at, entry in enumerate(entries)),
    )


def recover_registry(data: dict[str, Any], faults: Iterable[KeyPath]) -> Registry | None:
    """The registry of a file whose validation failed at these places.

    None where a name may be lost: all that bear it would seem unknown.
    """
    if "units" not in data:
        return None
    if any(len(place) < len(("units", 0, "key")) or place[2] in _NAMES for place in faults):
        return None
    entries = [
        {suggest_key(key, Unit) or key: entry[key] for key in entry} for entry in data["units"]
    ]
    try:
        return Registry.model_validate({"units": [_unit(entry) for entry in entries]})
    except ValidationError:
        return None


def _unit(entry: dict[str, Any]) -> dict[str, Any]:
    """A unit of which only the names are of interest."""
    names = {key: entry[key] for key in _NAMES & entry.keys()}
    return names | {"kind": UnitKind.GOVERNMENT}


def recover_metadata(data: dict[str, Any], faults: Iterable[KeyPath]) -> PlanMetadata | None:
    """The facts of a file whose validation failed at these places.

    None where a chapter is at fault: its tasks would seem to be in an unknown one.
    """
    faulty = {place[0] for place in faults}
    if "chapters" in faulty or "chapters" not in data:
        return None
    chapters = data["chapters"]
    whole: dict[str, Any] = {
        "title": TEXT_STAND_IN,
        "city": TEXT_STAND_IN,
        "period": {"name": TEXT_STAND_IN, "first": "1", "last": "9999"},
        "pages": "999999",
        "tasks": str(sum(int(chapter["tasks"]) for chapter in chapters)),
        "measures": str(sum(int(chapter["measures"]) for chapter in chapters)),
    }
    known = {
        key: data[key] for key in PlanMetadata.model_fields if key in data and key not in faulty
    }
    return PlanMetadata.model_validate(whole | known)


def recover_entries(entries: object, model: type[RecordT]) -> Iterator[tuple[int, RecordT]]:
    """The entries of a list that are records, each with its position."""
    for at, entry in enumerate(entries if isinstance(entries, list) else ()):
        try:
            yield at, model.model_validate(entry)
        except ValidationError:
            continue


def _number(data: dict[str, Any], key: str, faulty: set[KeyPath]) -> int:
    return int(data[key]) if key in data and (key,) not in faulty else UNREAD


def _measure(entry: object, at: int, faults: set[KeyPath]) -> Measure:
    """A measure of which the faulty fields are replaced by harmless ones."""
    here = {place[2:] for place in faults if place[:2] == ("measures", at)}
    sound = entry if isinstance(entry, dict) and () not in here else {}
    kept: dict[str, Any] = {
        key: value for key, value in sound.items() if key in Measure.model_fields
    }
    for key in kept.keys() & {place[0] for place in here if place}:
        inside = {place[1:] for place in here if place[:1] == (key,)}
        kept[key] = _dated(key, kept[key], inside)
    if kept.get("target") is None:
        kept["milestones"] = None
    sure = {key: value for key, value in kept.items() if value is not None}
    measure = Measure.model_validate(_HARMLESS | sure)
    replaced: dict[str, Any] = {}
    if "lead" not in sure:
        replaced["lead"] = ()
    if ("number",) in here or not sound:
        replaced["number"] = f"{NUMBER_STAND_IN_PREFIX}{at}"
    return measure.model_copy(update=replaced)


def _dated(key: str, value: Any, inside: set[KeyPath]) -> Any:  # noqa: ANN401  plain data
    """A deadline or milestones whose dates alone are at fault, with those that their words mean.

    None where more is at fault, or for any other value.
    """
    if key == "deadline" and inside <= {("by",), ("ongoing",)}:
        meant = dates.parse_deadline(text.remove_stray_spaces(value["text"]))
        by, ongoing = (meant.by, meant.ongoing) if meant else (_HARMLESS[key]["by"], False)
        return value | {"by": str(by), "ongoing": str(ongoing).lower()}
    if key == "milestones" and all(place[1:] == ("by",) for place in inside):
        wrong = {place[0] for place in inside}
        ends = [
            dates.find_year_ends(it["text"]) if at in wrong else () for at, it in enumerate(value)
        ]
        if all(ends[at] for at in wrong if isinstance(at, int)):
            return [
                it | {"by": str(end[0])} if end else it for it, end in zip(value, ends, strict=True)
            ]
    return None
