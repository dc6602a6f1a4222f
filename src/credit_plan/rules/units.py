"""What a printed name of a unit means: by the registry, and by likeness where it is not in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from credit_plan.models.draft import Draft
from credit_plan.models.records import Unit

Known = Mapping[str, Unit]
"""Every name and alias of the registry, with the unit that it means."""

_WRAPPINGS: Final = "“”‘’〝〞＂＇「」『』【】〖〗〔〕［］｛｝（）《》〈〉"
"""The quotes and brackets of a Chinese keyboard, which to YAML are letters."""

_MARKS_BETWEEN: Final = re.compile(r"[、，,；;／/]")
_WORDS_BETWEEN: Final = re.compile(r"以及|[和及与等]|\s+")
_AT_MOST: Final = 3


def names(draft: Draft) -> Known:
    """The names of the registry; none where there is no registry.

    A name with a stray space in it, which is that rule's to judge, is known without it as well.
    """
    names: dict[str, Unit] = {}
    for unit in draft.registry.record.units if draft.registry is not None else ():
        for name in unit.names:
            names.setdefault(name, unit)
            names.setdefault(_seen(name), unit)
    return names


def is_registered(name: str, known: Known) -> bool:
    """Whether a name is in the registry, but for what other rules judge: spaces, unseen signs."""
    return name in known or _seen(name) in known


def _seen(name: str) -> str:
    """A name without white space and without what cannot be seen."""
    if name.isprintable() and " " not in name:
        return name
    return "".join(sign for sign in name if sign.isprintable() and not sign.isspace())


def resolve(name: str, known: Known) -> str | None:
    """The unit that a name means; None for an unknown one. With no registry, the name itself."""
    unit = known.get(name)
    if unit is not None:
        return unit.name
    return None if known else name


def strip_marks(name: str) -> str:
    """A name without the quotes, the brackets and the white space around it."""
    return name.strip(f"{_WRAPPINGS} \t\n\u3000")


def suggest(name: str, known: Iterable[str], cutoff: float = 0.5) -> list[str]:
    """The registered names that are most like this one, the likest first."""
    return get_close_matches(name, sorted(known), n=_AT_MOST, cutoff=cutoff)


def split_names(name: str, known: Known) -> tuple[str, ...]:
    """The names that one string joins; none where it is one name.

    A comma joins where a name is at least like a registered one. A space, 和 or 等 may be part
    of a name (市住房和城乡建设局), and joins only where a registered name stands beside it.
    """
    if is_registered(strip_marks(name), known):
        return ()
    pieces = (strip_marks(piece) for piece in _MARKS_BETWEEN.split(name))
    parts = [part for piece in pieces for part in _at_words(piece, known) if part]
    if len(parts) == 1 or not any(_is_like_one(part, known) for part in parts):
        return ()
    return tuple(dict.fromkeys(parts))


def split_at_marks(name: str) -> tuple[str, ...]:
    """The names that one string joins with marks; none where no mark stands in it."""
    parts = tuple(filter(None, map(strip_marks, _MARKS_BETWEEN.split(name))))
    return parts if len(parts) > 1 else ()


def possible_units(name: str, known: Known) -> Iterator[str]:
    """All registered names that may be meant by one that is not registered."""
    for part in split_names(name, known) or (strip_marks(name),):
        yield from suggest("".join(part.split()), known)


def _at_words(piece: str, known: Known) -> list[str]:
    """A piece cut at the words and spaces that have a registered name beside them."""
    if is_registered(piece, known):
        return ["".join(piece.split())]
    for word in _WORDS_BETWEEN.finditer(piece):
        left, right = strip_marks(piece[: word.start()]), strip_marks(piece[word.end() :])
        if left and right and (left in known or right in known):
            return [*_at_words(left, known), *_at_words(right, known)]
    return [piece]


def _is_like_one(part: str, known: Known) -> bool:
    return part in known or bool(suggest(part, known, cutoff=0.6))
