"""Every value that holds words, with its path.

Which values these are follows from the models' fields: those marked WORDS; ids, numbers, dates and
codes are not. Those marked AS_WRITTEN too are a user's own words.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from credit_plan.diagnostics import KeyPath
from credit_plan.models.draft import Located
from credit_plan.models.fields import FieldType, field_types
from credit_plan.models.records import Record
from credit_plan.models.values import Mark
from credit_plan.text import has_unusual

_SEPARATOR = "。"
"""Between texts that are searched as one: no rule about characters reports it."""

_Value = str | tuple[Any, ...] | Record | None
"""What a field that holds words may have: words, a record with words, or many of them."""


def join_suspect(record: Record) -> str:
    """Return all texts of a record as one; "" if no rule about characters finds anything in them.

    Nearly all records have no such text, and this is much quicker than to try each text.
    """
    words: list[str] = []
    _add_words(record, words)
    joined = _SEPARATOR.join(words)
    return joined if has_unusual(joined) else ""


def iter_texts(
    located: Located[Any], without: Mark | None = Mark.AS_WRITTEN
) -> Iterator[tuple[KeyPath, str]]:
    """Yield (path, text) for every text of a record.

    Texts with the mark `without` are left out: by default those of a user, as notes on reports.
    """
    return _walk(located.record, located.path, without)


class _Fields(NamedTuple):
    """The fields of a record that hold words: one text, many texts, or records with texts."""

    texts: tuple[str, ...]
    lists: tuple[str, ...]
    records: tuple[str, ...]


def _add_words(record: Record, words: list[str]) -> None:
    """Add the texts that `_walk` yields, without their paths, in a fraction of its time."""
    fields = _list_fields(type(record))
    words += filter(None, [getattr(record, name) for name in fields.texts])
    for name in fields.lists:
        words += getattr(record, name)
    for name in fields.records:
        if value := getattr(record, name):
            for entry in value if isinstance(value, tuple) else (value,):
                _add_words(entry, words)


@cache
def _list_fields(model: type[Record]) -> _Fields:
    types = field_types(model)
    names = _text_fields(model, None)
    return _Fields(
        tuple(it for it in names if not types[it].record and not types[it].listed),
        tuple(it for it in names if not types[it].record and types[it].listed),
        tuple(it for it in names if types[it].record),
    )


def _walk(value: _Value, path: KeyPath, without: Mark | None) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _walk(entry, (*path, index), without)
    elif value is not None:
        for name in _text_fields(type(value), without):
            yield from _walk(getattr(value, name), (*path, name), without)


@cache
def _text_fields(model: type[Record], without: Mark | None) -> tuple[str, ...]:
    """Return the fields of a record that hold words, directly or in records below them."""
    fields = field_types(model).items()
    return tuple(name for name, field in fields if _holds_words(field, without))


def _holds_words(field: FieldType, without: Mark | None) -> bool:
    if field.record:
        return bool(_text_fields(field.record, without))
    return Mark.WORDS in field.marks and without not in field.marks
