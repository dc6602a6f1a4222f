"""Compare the words of a sheet with the measure that its id names.

Whoever sorts one column of a sheet and not the others puts every id beside another measure.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from credit_plan.errors import MisstatedError
from credit_plan.i18n import _
from credit_plan.plan import Measure, Plan
from credit_plan.reporting.reported import OWN_NOTE
from credit_plan.text import join_first, to_half_width

_NOT_LETTERS = re.compile(r"[\W_]+")
_CACHE_SIZE = 4096

_MIN_QUOTED = 6
"""Letters by which a part of a text shows whose it is."""

_MIN_SIMILARITY = 0.6
"""The least similarity of words that somebody has changed to those of the plan."""

_MAX_LISTED = 3
_MAX_LENGTH = 2000
"""Letters that are compared; the longest text of the published plan has 353."""


def check_words(plan: Plan, measure: Measure, words: Iterable[tuple[str, str]]) -> None:
    """Raise MisstatedError where the words of a sheet, by their fields, are not those of a measure.

    They may be cut short or changed a little, as long as they are not another measure's.
    """
    for field, written in words:
        if field == OWN_NOTE:
            _check_note(measure, written)
            continue
        told, own = _fold(written), _fold(getattr(measure, field))
        if not told or told == own:
            continue
        others = _find_others({it.id: _fold(getattr(it, field)) for it in plan.measures}, told, own)
        if others or not _is_similar(told, own):
            raise MisstatedError(_explain(measure.id, others))


def _check_note(measure: Measure, written: str) -> None:
    """Raise MisstatedError for a note in the place of the plan's own, which would be lost."""
    if _fold(written) != _fold(measure.note or ""):
        message = _(
            "the column “note” of this list is the plan's own; write what you report into a column "
            "“说明”, and leave “note” as it was"
        )
        raise MisstatedError(message)


def _find_others(texts: dict[str, str], told: str, own: str) -> list[str]:
    """Return the ids of the measures whose text is told rather than the own one."""
    if same := [it for it, text in texts.items() if text == told]:
        return same
    if _is_part(told, own):
        return []
    if whole := [it for it, text in texts.items() if _is_part(told, text)]:
        return whole
    return _find_nearest(texts, told, own)


def _find_nearest(texts: dict[str, str], told: str, own: str) -> list[str]:
    """Return the ids of the measures to whose text told is nearer than to the own one."""
    nearness = {text: _compare(told, text) for text in texts.values()}
    nearest = max(nearness.values())
    if nearness[own] == nearest or nearest < _MIN_SIMILARITY:
        return []
    return [it for it, text in texts.items() if nearness[text] == nearest]


def _explain(measure: str, others: list[str]) -> str:
    """Return why the words beside an id are not its measure's; `others` have these words."""
    if f"{measure}0" in others:
        message = _(
            "the id is {id}, but the words are those of {other}, which Excel turns into {id}"
        )
        return message.format(other=f"{measure}0", id=measure)
    if others:
        message = _(
            "the id is {id}, but the words are those of {others}; was only one column sorted?"
        )
        return message.format(id=measure, others=join_first(others, _MAX_LISTED))
    message = _("the words are not those of {id}; correct the id, or leave the words out")
    return message.format(id=measure)


@lru_cache(_CACHE_SIZE)
def _fold(text: str) -> str:
    """Return the letters of a text: spreadsheets change its spaces, and people its marks."""
    return _NOT_LETTERS.sub("", to_half_width(text))


def _is_part(told: str, text: str) -> bool:
    return len(told) >= _MIN_QUOTED and told in text


def _is_similar(told: str, own: str) -> bool:
    """Return whether words are those of the plan, or a part, or with some more or some changed."""
    if len(told) > _MAX_LENGTH:
        return False
    whole = SequenceMatcher(None, told, own, autojunk=False)
    beginning = SequenceMatcher(None, told, own[: len(told)], autojunk=False)
    is_part = _is_part(told, own) or own in told
    return is_part or max(whole.ratio(), beginning.ratio()) >= _MIN_SIMILARITY


def _compare(one: str, other: str) -> float:
    """Return the share of the pairs of letters that two texts have in common, from 0 to 1."""
    pairs, others = _find_pairs(one), _find_pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others) or 1)


@lru_cache(_CACHE_SIZE // 4)
def _find_pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))
