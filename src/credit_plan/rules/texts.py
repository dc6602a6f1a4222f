"""Every value that holds words, with its path.

Which values these are follows from the models' fields: those marked WORDS; ids, numbers, dates and
codes are not. Those marked AS_WRITTEN too are a user's own words.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from credit_plan.diagnostics import KeyPath
from credit_plan.models.draft import Located
from credit_plan.models.fields import FieldType, cached, field_types
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
    _add_words([record], words)
    joined = _SEPARATOR.join(words)
    return joined if has_unusual(joined) else ""


def iter_texts(
    located: Located[Any], without: Mark | None = Mark.AS_WRITTEN
) -> Iterator[tuple[KeyPath, str]]:
    """Yield (path, text) for every text of a record.

    Texts with the mark `without` are left out: by default those of a user, as notes on reports.
    """
    return _walk(located.record, located.path, without)


_Getter = Callable[[Record], Any]


class _Fields(NamedTuple):
    """Functions that return the values of the fields of a record that hold words.

    What they return are texts, lists of texts, records and lists of records.
    """

    texts: Sequence[_Getter]
    lists: Sequence[_Getter]
    records: Sequence[_Getter]
    lists_of_records: Sequence[_Getter]


def _add_words(records: Sequence[Record], words: list[str]) -> None:
    """Add the texts that `_walk` yields of records of one kind, in a fraction of its time.

    It goes through them field by field, so that the library does so instead of this program.
    """
    fields = _list_fields(type(records[0]))
    for texts in fields.texts:
        words += filter(None, map(texts, records))
    for lists in fields.lists:
        words += chain.from_iterable(map(lists, records))
    for single in fields.records:
        if inside := [*filter(None, map(single, records))]:
            _add_words(inside, words)
    for several in fields.lists_of_records:
        if inside := [*chain.from_iterable(map(several, records))]:
            _add_words(inside, words)


@cached
def _list_fields(model: type[Record]) -> _Fields:
    kinds: dict[tuple[bool, bool], list[_Getter]] = defaultdict(list)
    types = field_types(model)
    for name in _text_fields(model, None):
        kinds[types[name].record is not None, types[name].listed].append(attrgetter(name))
    return _Fields(kinds[False, False], kinds[False, True], kinds[True, False], kinds[True, True])


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
