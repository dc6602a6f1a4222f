"""A file of progress with more entries at its end, and all that it had as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from yaml.nodes import MappingNode

from credit_plan.form.canonical import canonical
from credit_plan.form.scalars import quoted
from credit_plan.model import Entry, Progress
from credit_plan.syntax import parse, parse_bytes

EMPTY: Final = b"# yaml-language-server: $schema=../schema/progress.json\nentries:\n"
"""A file of progress before its first entry."""

_MARGIN: Final = "  "
"""What the lines of an entry begin with in the one form that a file has."""


def appended(saved: bytes, entries: Sequence[Entry]) -> bytes | None:
    """The bytes of a file of progress with the entries at its end.

    What was there stays byte for byte; only a last line without an end is given one. None where
    the file, because of its form or of its faults, would not say what it said and the entries.
    Raises UnreadableError for an entry that no file could hold.
    """
    before = parse_bytes(saved)
    if before.faults or before.root is None:
        return None
    data = [_data(entry) for entry in entries]
    lines = _lines(data, _margin(before.root))
    end = "\r\n" if saved[: saved.rfind(b"\n")].endswith(b"\r") else "\n"
    last = "" if saved.endswith(b"\n") else end
    after = saved + "".join((last, *(f"{line}{end}" for line in lines))).encode()
    again = parse_bytes(after)
    said = before.data | {"entries": [*(before.data.get("entries") or ()), *data]}
    return after if not again.faults and again.data == said else None


def _data(entry: Entry) -> dict[str, Any]:
    """An entry as the plain data that a file has of it, without what is not there."""
    return entry.model_dump(mode="json", exclude_defaults=True)


def _lines(data: list[dict[str, Any]], margin: str) -> Iterator[str]:
    """The lines of entries in their form, behind the margin that the list has."""
    written = "".join(_written(entry) for entry in data)
    _key, *lines = canonical(parse(f"entries:\n{written}"), Progress).rstrip("\n").split("\n")
    return (f"{margin}{line.removeprefix(_MARGIN)}" for line in lines)


def _written(entry: dict[str, Any]) -> str:
    """An entry in some form of YAML; which one a file has is for `canonical` to say."""
    return "- " + "\n  ".join(f"{key}: {_flow(it)}" for key, it in entry.items()) + "\n"


def _flow(value: Any) -> str:  # noqa: ANN401  plain data
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(it)}' for key, it in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return quoted(value)


def _margin(root: MappingNode) -> str:
    """What the dashes of the list stand behind."""
    values = (value for key, value in root.value if key.value == "entries" and value.value)
    return next((" " * value.start_mark.column for value in values), _MARGIN)
