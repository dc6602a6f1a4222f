"""What completion reads of a plan: from its snapshot if it can, else from the files.

The files are read by the loader, so that what it refuses is not offered; the records in them are
not validated, which would take most of the time of a key press.
"""

# ruff: noqa: PLC0415  --help needs none of what reads a file

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from credit_plan.errors import NoDataError
from credit_plan.loader.locate import FOLDERS, find_data
from credit_plan.plan import Plan

if TYPE_CHECKING:
    from credit_plan.snapshot.cache import Cache

T = TypeVar("T")

MEASURES = FOLDERS[0]


def read_entries(file: str, key: str) -> list[dict[str, Any]]:
    """Return the records of a list in a file of the plan; none where it cannot be read."""
    entries = read_data(file).get(key)
    return [it for it in entries if isinstance(it, dict)] if isinstance(entries, list) else []


def read_data(file: str) -> dict[str, Any]:
    """Return what is in a file of the plan; nothing where it cannot be read."""
    folder = _folder()
    if folder is None:
        return {}
    known = _ask_snapshot(folder, lambda cache: cache.read_data(file))
    if isinstance(known, dict):
        return known
    from credit_plan.loader.files import read_bytes
    from credit_plan.yaml.errors import UnreadableError
    from credit_plan.yaml.parse import parse_bytes

    try:
        return parse_bytes(read_bytes(folder / file, folder)).data
    except UnreadableError:
        return {}


def read_plan() -> Plan | None:
    """Return the plan from its snapshot; None if there is none."""
    folder = _folder()
    return _ask_snapshot(folder, lambda cache: cache.read_plan()) if folder else None


def list_task_numbers() -> list[int]:
    from credit_plan.loader.files import list_task_files

    folder = _folder()
    try:
        files = list_task_files(folder, MEASURES) if folder else []
    except OSError:
        return []
    return sorted(int(file.stem) for file in files if file.stem.isdecimal())


def _ask_snapshot(folder: Path, read: "Callable[[Cache], T]") -> T | None:
    from credit_plan.cli.console import today
    from credit_plan.snapshot.cache import Cache

    try:
        return read(Cache(folder, today()))
    except OSError:
        return None


def _folder() -> Path | None:
    named = os.environ.get("CREDIT_PLAN_DATA")
    try:
        return find_data(Path(named) if named else None).folder
    except (NoDataError, OSError):
        return None
