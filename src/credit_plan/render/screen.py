"""What a writer may know of the place it writes for; it never looks there itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """The display cells in a line (None: as many as it takes), and what may be used.

    `styled` allows bold and dim, `coloured` colours, `boxed` lines and bars drawn with
    characters.
    """

    width: int | None = None
    styled: bool = False
    coloured: bool = False
    boxed: bool = False
