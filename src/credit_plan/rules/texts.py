"""Every value that holds words, with its file and its path.

Which values these are follows from the models' fields: those marked WORDS; ids, numbers, dates and
codes are not. Those marked AS_WRITTEN too are a user's own words.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from credit_plan.diagnostics import KeyPath
from credit_plan.models.draft import Draft, Located
from credit_plan.models.fields import FieldType, field_types
from credit_plan.models.records import Record
from credit_plan.models.values import Mark

_SEPARATOR = "。"
"""Between texts that are searched as one: no rule about characters reports it."""

_Value = str | tuple[Any, ...] | Record | None
"""What a field that holds words may have: words, a record with words, or many of them."""


def iter_texts(
    draft: Draft, may_concern: Callable[[str], bool], *, as_written: bool = False
) -> Iterator[tuple[str, KeyPath, str]]:
    """Yield (file, path, text) for every text of the records that may concern the caller.

    Texts that stay as they were written, such as notes on reports, are yielded only on request.
    The texts of a record are tried as one text first, which nearly always settles it.
    """
    others = (draft.registry, draft.metadata)
    records: list[Located[Any]] = [
        *draft.tasks,
        *(other for other in others if other is not None),
        *draft.indicators,
        *draft.entries,
    ]
    for located in records:
        words: list[str] = []
        _add_words(located.record, words, as_written)
        if may_concern(_SEPARATOR.join(words)):
            for path, text in _walk(located.record, located.path, as_written):
                yield located.file, path, text


def _add_words(value: _Value, words: list[str], as_written: bool) -> None:
    """Add the texts that `_walk` yields, without their paths, in a third of its time."""
    if isinstance(value, str):
        words.append(value)
    elif isinstance(value, tuple):
        for entry in value:
            _add_words(entry, words, as_written)
    elif value is not None:
        for name in _text_fields(type(value), as_written):
            _add_words(getattr(value, name), words, as_written)


def _walk(value: _Value, path: KeyPath, as_written: bool) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _walk(entry, (*path, index), as_written)
    elif value is not None:
        for name in _text_fields(type(value), as_written):
            yield from _walk(getattr(value, name), (*path, name), as_written)


@cache
def _text_fields(model: type[Record], as_written: bool) -> tuple[str, ...]:
    """Return the fields of a record that hold words, directly or in records below them."""
    fields = field_types(model).items()
    return tuple(name for name, field in fields if _holds_words(field, as_written))


def _holds_words(field: FieldType, as_written: bool) -> bool:
    if field.record:
        return bool(_text_fields(field.record, as_written))
    return Mark.WORDS in field.marks and (as_written or Mark.AS_WRITTEN not in field.marks)
