"""Narrow what differs to some tasks and measures, by the ids that they have or had."""

import re
from collections.abc import Iterable, Iterator

from credit_plan.compare.changes import Change, Records
from credit_plan.errors import UnknownNameError
from credit_plan.filters import normalize_id
from credit_plan.i18n import _, quote
from credit_plan.text import suggest

_ID = re.compile(r"[1-9][0-9]{0,2}(?:\.[1-9][0-9]*(?:-[1-9][0-9]*)?)?")
"""A task has at most three digits here: a commit can be named by four and more."""


def names_record(word: str) -> bool:
    """Return whether a word looks like the id of a task or a measure: `7`, `7.5`, `第7.10项`."""
    return _ID.fullmatch(normalize_id(word)) is not None


def find_ids(words: Iterable[str], *plans: Records) -> tuple[str, ...]:
    """Return the ids meant; raise UnknownNameError for one that no task or measure has or had."""
    known = dict.fromkeys(id_ for plan in plans for id_ in _list_ids(plan))
    return tuple(dict.fromkeys(id_ for word in words for id_ in _find(word, known)))


def select(changes: Iterable[Change], ids: Iterable[str]) -> tuple[Change, ...]:
    """Return the changes of tasks and measures, and of the indicators of these measures.

    The id of a task means its measures too.
    """
    wanted = frozenset(ids)
    return tuple(
        change
        for change in changes
        if any({it, it.partition(".")[0]} & wanted for it in _concerned(change))
    )


def _list_ids(plan: Records) -> Iterator[str]:
    for task in plan.tasks:
        yield str(task.id)
        yield from map(task.measure_id, task.measures)


def _find(word: str, known: Iterable[str]) -> tuple[str, ...]:
    wanted = normalize_id(word)
    # The table prints 1－1 to 1－4: `79.1` means all four of them.
    found = tuple(id_ for id_ in known if id_ == wanted or id_.startswith(f"{wanted}-"))
    if found:
        return found
    message = _(
        "neither plan has a task or measure {name}; a branch of this name is heads/{id}, a tag is "
        "tags/{id}"
    )
    near = suggest(wanted, known, cutoff=0.7)
    raise UnknownNameError(message.format(name=quote(word), id=wanted), near)


def _concerned(change: Change) -> Iterator[str]:
    """Yield the ids that the task or measure of a change has and had."""
    if change.kind in {"task", "measure"}:
        yield from filter(None, (change.id, change.was_id))
    elif change.kind == "indicator":
        yield change.candidate.record.measure
        if change.field == "measure":
            yield change.was
