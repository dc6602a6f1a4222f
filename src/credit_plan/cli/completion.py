"""Completes names at the shell's prompt: units, chapters, ids, indicators, rules.

YAML is not read as YAML: only lines of the canonical form are looked at, so that a key press
costs next to nothing; a name that is missed here can still be typed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from credit_plan.errors import NoDataError
from credit_plan.loader.locate import find_data

_PACKAGE: Final = Path(__file__).parents[1]
_UNIT: Final = re.compile(r"  - name: (\S+)")
_CHAPTER: Final = re.compile(r"  - \{number: (\d+), title: ([^}]*?), tasks")
_INDICATOR: Final = re.compile(r"  - id: (\S+)\n    name: (.+)")
_NUMBER: Final = re.compile(r'  - number: "([\d-]+)"')


def complete_unit(incomplete: str) -> list[tuple[str, str]]:
    """The units whose name has what was typed."""
    return [(name, "") for (name,) in _matches(_UNIT, "units.yaml") if name.startswith(incomplete)]


def complete_chapter(incomplete: str) -> list[tuple[str, str]]:
    """The chapters whose number begins with what was typed, with their titles."""
    return [
        (number, title)
        for number, title in _matches(_CHAPTER, "plan.yaml")
        if number.startswith(incomplete)
    ]


def complete_indicator(incomplete: str) -> list[tuple[str, str]]:
    """The indicators whose code begins with what was typed, with their names."""
    return [
        (code, name)
        for code, name in _matches(_INDICATOR, "indicators.yaml")
        if code.startswith(incomplete)
    ]


def complete_value(incomplete: str) -> list[tuple[str, str]]:
    """The same, ready for a figure: `credit-granted=`."""
    return [(f"{code}=", name) for code, name in complete_indicator(incomplete)]


def complete_id(incomplete: str) -> list[tuple[str, str]]:
    """The tasks whose number begins with what was typed; after a dot, a task's measures."""
    task, dot, _number = incomplete.partition(".")
    if not dot:
        return [(name, "") for name in map(str, _task_numbers()) if name.startswith(task)]
    file = f"measures/{task.zfill(2)}.yaml"
    ids = (f"{task}.{number}" for (number,) in _matches(_NUMBER, file))
    return [(name, "") for name in ids if name.startswith(incomplete)]


def complete_rule(incomplete: str) -> list[tuple[str, str]]:
    """The rules whose name begins with what was typed: a rule's module is named like the rule."""
    modules = sorted(module.stem for module in _PACKAGE.glob("*/rules/[a-z]*.py"))
    names = (name.replace("_", "-") for name in modules)
    return [(name, "") for name in names if name.startswith(incomplete)]


def _task_numbers() -> list[int]:
    folder = _folder()
    files = folder.glob("measures/*.yaml") if folder else ()
    return sorted(int(file.stem) for file in files if file.stem.isdecimal())


def _matches(pattern: re.Pattern[str], name: str) -> Iterator[tuple[str, ...]]:
    folder = _folder()
    if folder is None:
        return
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for match in pattern.finditer(text):
        yield match.groups()


def _folder() -> Path | None:
    named = os.environ.get("CREDIT_PLAN_DATA")
    try:
        return find_data(Path(named) if named else None).folder
    except (NoDataError, OSError):
        return None
