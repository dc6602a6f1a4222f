"""Validate a file against its model: a sound one quickly, and any other with pydantic."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from credit_plan.diagnostics import Diagnostic, Location
from credit_plan.i18n import _
from credit_plan.models.fields import sentence_keys
from credit_plan.models.quick import read_sound
from credit_plan.models.records import Record
from credit_plan.yaml.nodes import iter_plain_values
from credit_plan.yaml.parse import Parsed, parse_bytes

RecordT = TypeVar("RecordT", bound=Record)

_COMMENT = re.compile(r"\s*#")


def parse_and_validate(
    content: bytes,
    model: type[RecordT],
    file: str = "",
    fix: Callable[[Any, type[Record]], Any] | None = None,
    required: Collection[str] = (),
) -> tuple[Parsed, RecordT | tuple[Diagnostic, ...]]:
    """Return the tree of a file, and its record or what keeps the data from being one.

    The data is validated as `fix` returns it, as in `validate`. A file that is a record as it is
    written is not repaired: its values mean what YAML says, whatever marks they hold.
    """

    def outcome(parsed: Parsed) -> RecordT | tuple[Diagnostic, ...]:
        if parsed.root is None:
            return ()
        return validate(model, fix(parsed.data, model) if fix else parsed.data, file, required)

    parsed = parse_bytes(content, file)
    if parsed.repaired.edits:
        written = parse_bytes(content, file, repairing=False)
        record = outcome(written)
        if not isinstance(record, tuple) and all(it.fixable for it in written.diagnostics):
            return written, record
    return parsed, outcome(parsed)


def validate(
    model: type[RecordT], data: object, file: str, required: Collection[str] = ()
) -> RecordT | tuple[Diagnostic, ...]:
    """Return the record, or a diagnostic for each thing that keeps the data from being one.

    Every measure must have the `required` keys.
    """
    record = read_sound(model, data)
    if record and not any(True for _at, _key in find_missing(data, required)):
        return record
    from credit_plan.loader.explain import explain  # noqa: PLC0415  sound files do without pydantic

    return explain(model, data, file, required)


def find_truncated_text(parsed: Parsed, model: type[Record], file: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each sentence without quotes that a comment follows on its line."""
    if parsed.root is None or " #" not in parsed.text:
        return
    lines, sentences = parsed.repaired.text.split("\n"), sentence_keys(model)
    for key, value in iter_plain_values(parsed.root):
        end = value.end_mark
        comment = _COMMENT.match(lines[end.line], end.column) if key in sentences else None
        if comment and end.line + 1 not in parsed.broken:
            column = comment.end()
            location = parsed.repaired.original(Location(end.line + 1, column, column + 1))
            message = _("this is a comment, not part of the text before it")
            hint = _("put the whole text in quotes, or move the comment to a line of its own")
            diagnostic = Diagnostic("comment-in-text", file, (), message, hint)
            yield replace(diagnostic, location=parsed.in_file(location))


def find_missing(data: Any, required: Collection[str]) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    """Yield each key that the plan requires and a measure does not have, with its position."""
    measures = data.get("measures") if isinstance(data, dict) and required else None
    for at, measure in enumerate(measures if isinstance(measures, list) else ()):
        for key in required if isinstance(measure, dict) else ():
            if key not in measure:
                yield at, key
