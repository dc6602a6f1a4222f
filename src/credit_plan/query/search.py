"""Full-text search: duties in which all words occur, with the places that were hit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from credit_plan.errors import NameLookupError
from credit_plan.models.draft import Plan
from credit_plan.models.records import Unit
from credit_plan.query.duties import belonging, ending, laid_out
from credit_plan.query.names import find_unit
from credit_plan.selection.asked import Asked, Selection
from credit_plan.selection.duties import Duty, Hit, Passage, Search


def search(plan: Plan, asked: Asked, words: tuple[str, ...]) -> Search:
    """The duties asked for in which each word occurs in the task, the text or the target.

    Upper and lower case and full and half width are the same; no word may be blank.
    """
    everything, recorded = laid_out(plan, asked)
    wanted = [_folded(word) for word in words]
    looked = (_look(duty, wanted) for duty in ending(belonging(everything, asked), asked))
    found = tuple(hit for hit in looked if hit is not None)
    nowhere = (
        ()
        if found
        else tuple(
            word for word in words if not any(_look(duty, [_folded(word)]) for duty in everything)
        )
    )
    named = [unit for unit in plan.units if not set(unit.names).isdisjoint(words)]
    meant = (unit for word in nowhere for unit in _meant(plan, word))
    units = dict.fromkeys((*named, *meant))
    return Search(
        Selection(found, len(everything), asked, 0, recorded), words, nowhere, tuple(units)
    )


def _meant(plan: Plan, word: str) -> Iterator[Unit]:
    """The unit that a word which no text has may be meant for."""
    with suppress(NameLookupError):
        yield find_unit(plan, word)


def _look(duty: Duty, wanted: list[str]) -> Hit | None:
    texts = {
        "task_text": duty.task.task,
        "text": duty.measure.text,
        "target": duty.measure.target,
    }
    folded = {field: _folded(text) for field, text in texts.items()}
    if not all(any(word in text for text in folded.values()) for word in wanted):
        return None
    passages = (Passage(field, texts[field], _hits(text, wanted)) for field, text in folded.items())
    return Hit(duty, tuple(passage for passage in passages if passage.hits))


def _hits(text: str, wanted: list[str]) -> tuple[tuple[int, int], ...]:
    """Where the words occur, overlapping occurrences joined."""
    spans = sorted(span for word in wanted for span in _occurrences(text, word))
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _occurrences(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)


def _folded(text: str) -> str:
    """The text as it is compared; each character stays one, so that positions stay true."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    return whole if len(whole) == len(text) else "".join(_fold(character) for character in text)


def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).casefold()
    return folded if len(folded) == 1 else character
