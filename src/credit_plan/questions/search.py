"""`search`: measures in which all words occur, with the hits marked."""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from credit_plan.as_of import TrackedMeasure
from credit_plan.cells.marked import Highlighted
from credit_plan.errors import NameLookupError
from credit_plan.filters import Filters
from credit_plan.i18n import _, join_all, join_alternatives, quote
from credit_plan.plan import Measure, Plan, Unit
from credit_plan.questions import captions, columns
from credit_plan.questions.columns import Field, field
from credit_plan.table import Answer
from credit_plan.text import to_simplified
from credit_plan.unit_names import find_unit

_SEARCHED = {"task_text": "Task", "text": "Measure", "target": "Target"}
"""The fields in which words are looked for, and their names in data of every language."""


class Hit(NamedTuple):
    """A measure in which every word occurs, and the texts in which any does."""

    measure: TrackedMeasure
    passages: tuple[Highlighted, ...]


_FIELDS: tuple[Field[Hit], ...] = (
    field("found", _("Found in"), lambda hit: hit.passages, wrap=True),
    *(columns.of_part(lambda hit: hit.measure, field) for field in columns.MEASURE_FIELDS),
)


def answer(plan: Plan, filters: Filters, day: date, words: tuple[str, ...]) -> Answer:
    """Return the measures asked for in which each word occurs in the task, text or target.

    Upper and lower case and full and half width are the same; no word may be blank.
    """
    as_of = filters.as_of(plan)
    everything = tuple(map(as_of.track, plan.measures))
    rows = _search(filters.select(everything), words)
    result = captions.Result(rows, len(everything), filters, 0, as_of.report_count)
    fields = columns.arrange_with_progress(
        _FIELDS,
        ("id", "deadline", "lead", "responsible", "found"),
        if_room=("responsible",),
        is_reported=bool(as_of.report_count),
    )
    with_words = _("with {words}").format(words=join_all(map(quote, words)))
    table = columns.make_table(
        "measures",
        fields,
        rows,
        caption=captions.SEPARATOR.join((captions.caption(result, captions.MEASURES), with_words)),
        names=result.unit_names,
    )
    nowhere = () if rows else _find_nowhere(plan, words)
    return Answer("search", day, (table,), tuple(_remarks(plan, rows, words, nowhere)))


def find_by_words(
    plan: Plan, words: tuple[str, ...]
) -> tuple[tuple[Measure, ...], tuple[Unit, ...]]:
    """Return the measures in which every word occurs, and the units that the words mean."""
    hits = _search([*map(TrackedMeasure, plan.measures)], words)
    measures = tuple(hit.measure.measure for hit in hits)
    nowhere = () if measures else _find_nowhere(plan, words)
    return measures, _find_units(plan, words, nowhere)


def _find_units(plan: Plan, words: tuple[str, ...], nowhere: tuple[str, ...]) -> tuple[Unit, ...]:
    """Return the units that words name, or that words which occur nowhere may mean."""
    units = [unit for unit in plan.units if not set(unit.names).isdisjoint(words)]
    for word in nowhere:
        with suppress(NameLookupError):
            units.append(find_unit(plan, word))
    return tuple(dict.fromkeys(units))


def _remarks(
    plan: Plan, rows: tuple[Hit, ...], words: tuple[str, ...], nowhere: tuple[str, ...]
) -> Iterator[str]:
    """Yield why nothing was found, and where the duties of a unit are."""
    if nowhere:
        listed = join_alternatives(map(quote, nowhere))
        yield _("No task, measure or target contains {words}.").format(words=listed)
    elif not rows:
        yield _("Each word occurs, but no matching measure contains all of them.")
    for unit in _find_units(plan, words, nowhere):
        yield _("{unit} is a unit; to list its duties: credit-plan unit {unit}").format(
            unit=unit.name
        )


def _find_nowhere(plan: Plan, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that no task, measure or target says."""
    tracked = [*map(TrackedMeasure, plan.measures)]
    return tuple(word for word in words if not _search(tracked, (word,)))


def _search(measures: Sequence[TrackedMeasure], words: tuple[str, ...]) -> tuple[Hit, ...]:
    """Return the measures in which all words occur, or do in simplified characters."""
    for convert in (str, to_simplified):
        folded_words = [_fold(convert(word)) for word in words]
        looked = (_look(tracked, folded_words) for tracked in measures)
        if hits := tuple(hit for hit in looked if hit is not None):
            return hits
    return ()


def _look(tracked: TrackedMeasure, folded_words: list[str]) -> Hit | None:
    texts = {field: getattr(tracked.measure, field) or "" for field in _SEARCHED}
    folded = {field: _fold(text) for field, text in texts.items()}
    if not all(any(word in text for text in folded.values()) for word in folded_words):
        return None
    passages = (
        Highlighted(
            field,
            columns.HEADINGS[field],
            texts[field],
            _find_hits(text, folded_words),
            _SEARCHED[field],
        )
        for field, text in folded.items()
    )
    return Hit(tracked, tuple(passage for passage in passages if passage.hits))


def _find_hits(text: str, words: list[str]) -> tuple[tuple[int, int], ...]:
    """Return where the words occur, overlapping occurrences joined."""
    spans = sorted(span for word in words for span in _find_word(text, word))
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _find_word(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)


def _fold(text: str) -> str:
    """Return a text as it is compared; each character stays one, so that positions stay true."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    return whole if len(whole) == len(text) else "".join(map(_fold_character, text))


def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).casefold()
    return folded if len(folded) == 1 else character
