"""Complete names at the shell's prompt: units, chapters, ids, indicators, rules.

The files are read by the loader, so that what it refuses is not offered; the records in them are
not validated, which would take most of the time of a key press.
"""

# ruff: noqa: PLC0415  --help needs none of what reads a file

import os
from pathlib import Path
from typing import Any

from credit_plan.errors import NoDataError
from credit_plan.loader.locate import FOLDERS, INDICATORS, RECORDS, find_data

_PLAN, _UNITS = RECORDS
_MEASURES = FOLDERS[0]


def complete_unit(incomplete: str) -> list[tuple[str, str]]:
    """Return the units whose name begins with what was typed."""
    return [(name, "") for name, _kind in _pairs(_UNITS, "units", "name", "kind", incomplete)]


def complete_chapter(incomplete: str) -> list[tuple[str, str]]:
    """Return the chapters whose number begins with what was typed, with their titles."""
    return _pairs(_PLAN, "chapters", "number", "title", incomplete)


def complete_indicator(incomplete: str) -> list[tuple[str, str]]:
    """Return the indicators whose code begins with what was typed, with their names."""
    return _pairs(INDICATORS, "indicators", "id", "name", incomplete)


def complete_value(incomplete: str) -> list[tuple[str, str]]:
    """Return the same, ready for a figure: `credit-granted=`."""
    return [(f"{code}=", name) for code, name in complete_indicator(incomplete)]


def complete_id(incomplete: str) -> list[tuple[str, str]]:
    """Return the tasks whose number begins with what was typed; after a dot, its measures."""
    task, dot, _number = incomplete.partition(".")
    if not dot:
        return [(name, "") for name in map(str, _task_numbers()) if name.startswith(task)]
    measures = _entries(f"{_MEASURES}/{task.zfill(2)}.yaml", "measures")
    ids = (f"{task}.{measure['number']}" for measure in measures if "number" in measure)
    return [(name, "") for name in ids if name.startswith(incomplete)]


def complete_rule(incomplete: str) -> list[tuple[str, str]]:
    """Return the rules whose name begins with what was typed."""
    from credit_plan.rules.registry import RULES

    names = sorted(rule.name for rule in RULES)
    return [(name, "") for name in names if name.startswith(incomplete)]


def _task_numbers() -> list[int]:
    folder = _folder()
    files = folder.glob(f"{_MEASURES}/*.yaml") if folder else ()
    return sorted(int(file.stem) for file in files if file.stem.isdecimal())


def _pairs(file: str, key: str, first: str, second: str, incomplete: str) -> list[tuple[str, str]]:
    """Return two fields of each entry of a list whose first begins with what was typed."""
    pairs = ((str(it.get(first)), str(it.get(second))) for it in _entries(file, key))
    return [pair for pair in pairs if pair[0].startswith(incomplete)]


def _entries(file: str, key: str) -> list[dict[str, Any]]:
    """Return the records of a list in a file of the plan; none where it cannot be read."""
    from credit_plan.loader.files import read_bytes
    from credit_plan.yaml.errors import UnreadableError
    from credit_plan.yaml.parse import parse_bytes

    folder = _folder()
    if folder is None:
        return []
    try:
        entries = parse_bytes(read_bytes(folder / file, folder)).data.get(key)
    except UnreadableError:
        return []
    return [it for it in entries if isinstance(it, dict)] if isinstance(entries, list) else []


def _folder() -> Path | None:
    named = os.environ.get("CREDIT_PLAN_DATA")
    try:
        return find_data(Path(named) if named else None).folder
    except (NoDataError, OSError):
        return None
