"""How many cells of a terminal a text takes, as rich measures it."""

from functools import lru_cache

_WIDE = (("\u3001", "\u3029"), ("\u4e00", "\u9fff"), ("\uff01", "\uff60"))
"""The first and the last characters of what Chinese texts consist of: two cells each."""

_NARROW = "“”‘’—–…·‰→─│└█▒░○●"
"""What is in them as well, or is drawn: one cell each, as the characters of ASCII."""

_RECENT = 4096
"""Texts whose widths are kept: a cell is measured several times before it is drawn."""


class _Widths(dict[str, int]):
    """The widths of the characters that were measured before."""

    def __missing__(self, character: str) -> int:
        is_wide = any(first <= character <= last for first, last in _WIDE)
        self[character] = 2 if is_wide else _ask_rich(character)
        return self[character]


_widths = _Widths(dict.fromkeys((*map(chr, range(ord(" "), ord("~") + 1)), *_NARROW), 1))


@lru_cache(_RECENT)
def cell_len(text: str) -> int:
    """Return the width of a text in display cells; control characters have none."""
    # The two characters that change the width of what is beside them.
    if "\u200d" in text or "\ufe0f" in text:
        return _ask_rich(text)
    return sum(map(_widths.__getitem__, text))


def _ask_rich(text: str) -> int:
    from rich.cells import cell_len as measure  # noqa: PLC0415  few texts are worth the time

    return measure(text)
