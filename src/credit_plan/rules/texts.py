"""Every value that holds words, with its file and its path.

Which values these are follows from the models' fields: those marked WORDS; ids, numbers, dates and
codes are not. Those marked AS_WRITTEN too are a user's own words.
"""

from collections.abc import Callable, Iterator
from typing import Any

from credit_plan.diagnostics import KeyPath
from credit_plan.models.draft import Draft, Located
from credit_plan.models.fields import FieldType, cached, field_types
from credit_plan.models.records import Record
from credit_plan.models.values import Mark

_SEPARATOR = "。"
"""Between texts that are searched as one: no rule about characters reports it."""

_Value = str | tuple[Any, ...] | Record | None
"""What a field that holds words may have: words, a record with words, or many of them."""


def iter_texts(
    draft: Draft, may_concern: Callable[[str], bool], without: Mark | None = Mark.AS_WRITTEN
) -> Iterator[tuple[str, KeyPath, str]]:
    """Yield (file, path, text) for every text of the records that may concern the caller.

    Texts with the mark `without` are left out: by default those of a user, as notes on reports.
    The texts of a record are tried as one text first, which nearly always settles it.
    """
    others = (draft.registry, draft.metadata)
    records: list[Located[Any]] = [
        *draft.tasks,
        *(other for other in others if other is not None),
        *draft.indicators,
        *draft.entries,
        *draft.accepted,
    ]
    for located in records:
        words: list[str] = []
        _add_words(located.record, words, without)
        if may_concern(_SEPARATOR.join(words)):
            for path, text in _walk(located.record, located.path, without):
                yield located.file, path, text


def _add_words(value: _Value, words: list[str], without: Mark | None) -> None:
    """Add the texts that `_walk` yields, without their paths, in a third of its time."""
    if isinstance(value, str):
        words.append(value)
    elif isinstance(value, tuple):
        for entry in value:
            _add_words(entry, words, without)
    elif value is not None:
        for name in _text_fields(type(value), without):
            _add_words(getattr(value, name), words, without)


def _walk(value: _Value, path: KeyPath, without: Mark | None) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _walk(entry, (*path, index), without)
    elif value is not None:
        for name in _text_fields(type(value), without):
            yield from _walk(getattr(value, name), (*path, name), without)


@cached
def _text_fields(model: type[Record], without: Mark | None) -> tuple[str, ...]:
    """Return the fields of a record that hold words, directly or in records below them."""
    fields = field_types(model).items()
    return tuple(name for name, field in fields if _holds_words(field, without))


def _holds_words(field: FieldType, without: Mark | None) -> bool:
    if field.record:
        return bool(_text_fields(field.record, without))
    return Mark.WORDS in field.marks and without not in field.marks
