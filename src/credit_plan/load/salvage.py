"""What can still be judged of a task file in which some values are none.

A fault in one value must not hide the faults of the others: what is wrong is replaced by
something that no rule minds, and the rest goes to the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from credit_plan.diagnostic import Place
from credit_plan.model import UNREAD, Kind, Measure, Registry, Task, Unit, task_named_by

_HARMLESS: Final[dict[str, Any]] = {
    "text": "…",
    "target": "…",
    "lead": ["…"],
    "deadline": {"text": "2025年底前", "by": "2025-12-31"},
    "page": "1",
}

_NAMES: Final = frozenset({"name", "aliases"})


def salvaged(data: dict[str, Any], faults: Iterable[Place], file: str) -> Task:
    """The task of a file whose validation failed at these places.

    Measures keep their positions in the list, so that findings point at the right lines.
    """
    faulty = {place[:3] if place[:1] == ("measures",) else place[:1] for place in faults}
    entries = data.get("measures")
    if ("measures",) in faulty or not isinstance(entries, list):
        entries = []
    return Task.model_construct(
        id=_number(data, "id", faulty) or task_named_by(file),
        chapter=_number(data, "chapter", faulty),
        task=data["task"] if "task" in data and ("task",) not in faulty else "…",
        measures=tuple(_measure(entry, at, faulty) for at, entry in enumerate(entries)),
    )


def salvaged_registry(data: dict[str, Any], faults: Iterable[Place]) -> Registry | None:
    """The registry of a file whose validation failed at these places.

    None where a name may be lost: all that bear it would seem unknown.
    """
    if any(len(place) < len(("units", 0, "key")) or place[2] in _NAMES for place in faults):
        return None
    if not all("name" in entry for entry in data["units"]):
        return None
    units = tuple(
        Unit.model_construct(
            name=entry["name"], kind=Kind.GOVERNMENT, aliases=tuple(entry.get("aliases", ()))
        )
        for entry in data["units"]
    )
    return Registry.model_construct(units=units)


def _number(data: dict[str, Any], key: str, faulty: set[Place]) -> int:
    return int(data[key]) if key in data and (key,) not in faulty else UNREAD


def _measure(entry: object, at: int, faulty: set[Place]) -> Measure:
    """A measure of which the faulty fields are replaced by harmless ones."""
    wrong = {key for *where, key in faulty if where == ["measures", at]}
    sound = entry if isinstance(entry, dict) and ("measures", at) not in faulty else {}
    if "target" in wrong or "target" not in sound:
        wrong.add("milestones")
    kept = {
        key: value
        for key, value in sound.items()
        if key in Measure.model_fields and key not in wrong
    }
    measure = Measure.model_validate(_HARMLESS | kept)
    replaced: dict[str, Any] = {}
    if "lead" not in kept:
        replaced["lead"] = ()
    if "number" in wrong or not sound:
        replaced["number"] = f"0-{at}"
    return measure.model_copy(update=replaced)
