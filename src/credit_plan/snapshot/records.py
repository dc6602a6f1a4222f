"""What `check` needs of unchanged files, as JSON: their data, outlines of tasks, and findings.

Data is as YAML has it, with texts for scalars, and is read as that of a file is.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from credit_plan.diagnostics import Diagnostic, share
from credit_plan.models.draft import Located
from credit_plan.models.quick import read_sound
from credit_plan.models.records import Deadline, Measure, Task
from credit_plan.snapshot.encode import Json
from credit_plan.snapshot.found import decode_found, encode_found

_SHARED = 4096
"""Deadlines that are kept; the measures of a plan have few different ones."""


class CheckedTask(NamedTuple):
    """A task as the rules on the whole plan need it, and what the rules found in it alone.

    `name` is that of its file in the data folder, and `is_whole` says that nothing was left out.
    The `units` that it names are numbers, in the order of `units.yaml`.
    """

    name: str
    task: Located[Task]
    is_whole: bool
    found: tuple[Diagnostic, ...]
    milestones: int
    measures: int = 0
    obligations: int = 0
    units: tuple[int, ...] = ()


def encode_checked(checked: CheckedTask, whole: Task, data: Mapping[str, Any]) -> Json:
    """Return a checked task, of which the whole record and the data are given."""
    task = checked.task.record
    measures: list[Json] = data["measures"]
    if not checked.is_whole:
        measures = [
            of_file if outline is measure else _encode_outline(outline, of_file)
            for outline, measure, of_file in zip(
                task.measures, whole.measures, measures, strict=True
            )
        ]
    return [
        checked.name,
        checked.task.file,
        checked.is_whole,
        data if checked.is_whole else [task.id, task.chapter, measures],
        [*map(encode_found, checked.found)],
        checked.milestones,
        checked.measures,
        checked.obligations,
        checked.units,
    ]


def decode_checked(encoded: Json) -> CheckedTask:
    """Return a checked task; raise ValueError for what is none."""
    name, file, is_whole, data, found, milestones, measures_count, obligations, units = encoded
    if is_whole:
        task = read_sound(Task, data)
    else:
        number, chapter, measures = data
        task = Task(
            id=number, chapter=chapter, task="", measures=tuple(map(_decode_outline, measures))
        )
    if task is None:
        message = "no task"
        raise ValueError(message)
    return CheckedTask(
        name,
        Located(file, task),
        is_whole,
        tuple(map(decode_found, found)),
        milestones,
        measures_count,
        obligations,
        tuple(units),
    )


def _encode_outline(measure: Measure, data: Json) -> Json:
    return [
        measure.number,
        measure.text,
        measure.lead,
        measure.responsible,
        data.get("deadline"),
        measure.page,
    ]


def _decode_outline(encoded: Json) -> Measure:
    if isinstance(encoded, dict):
        measure = read_sound(Measure, encoded)
        if measure is None:
            message = "no measure"
            raise ValueError(message)
        return measure
    number, text, lead, responsible, deadline, page = encoded
    return Measure(
        number=number,
        text=text,
        lead=share(tuple(lead)),
        responsible=share(tuple(responsible)),
        deadline=deadline and _read_deadline(tuple(deadline.items())),
        page=page,
    )


def _read_deadline(items: tuple[tuple[str, Any], ...]) -> Deadline | None:
    try:
        return _read_shared_deadline(items)
    except TypeError:  # a list among the values
        return read_sound(Deadline, dict(items))


@lru_cache(_SHARED)
def _read_shared_deadline(items: tuple[tuple[str, str], ...]) -> Deadline | None:
    return read_sound(Deadline, dict(items))
