"""Help at the width of the terminal: no line is wider, and a Chinese character takes two cells."""

import re
import shutil
from collections.abc import Iterable

from typer._click.core import Context
from typer._click.formatting import HelpFormatter

from credit_plan.cli.click_words import translate_description, translate_heading, translate_usage
from credit_plan.i18n import ENGLISH, _, get_language

_WIDEST = 100
_NARROWEST = 30
"""Cells: a narrower terminal breaks the lines itself."""

_NESTED = 4
_STACKED_BELOW = 60
"""Cells: where there are fewer, a description is below its option if that is long."""

_WORD = re.compile(r"\S+|\s+")
_BRACKETED = re.compile(r"\[.*?\]\S*|\S+|\s+")
_CHOICE = re.compile(r"[^\s|]+\|?|\s+|\|")


class Formatter(HelpFormatter):
    """Write help as typer does, but fold it by the width of its characters.

    Typer counts characters, breaks words at their hyphens, and never breaks a list of choices.
    """

    def __init__(self, width: int | None = None, max_width: int | None = None) -> None:
        # Some terminals begin a new line as soon as the last cell of one is filled.
        room = shutil.get_terminal_size().columns - 1
        super().__init__(width=width or max(min(room, max_width or _WIDEST), _NARROWEST))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage; what is in brackets stays together."""
        from credit_plan.formatters.width import cell_len  # noqa: PLC0415  only help needs it

        prefix = _("Usage: ") if prefix is None else prefix
        words = translate_usage(args)
        self._write(self._fold(words, cell_len(prefix), f"{prefix}{prog} ", _BRACKETED))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        line = _("{heading}:").format(heading=translate_heading(heading))
        self._write([" " * self.current_indent + line])

    def write_text(self, text: str) -> None:
        """Write paragraphs, with an empty line between them."""
        margin = " " * self.current_indent
        for number, paragraph in enumerate(re.split(r"\n\s*\n", text)):
            lines = self._fold(" ".join(paragraph.split()), len(margin), margin)
            self._write(["", *lines] if number else lines)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write what is described, and beside it or below it the description."""
        from credit_plan.formatters.width import cell_len  # noqa: PLC0415  only --help needs it

        rows = list(rows)
        widest = max(cell_len(term) for term, _text in rows)
        at = self.current_indent + min(widest, col_max) + col_spacing
        if self.width < _STACKED_BELOW and widest > self.width // 3:
            at = self.current_indent + _NESTED
        margin = " " * self.current_indent
        for term, text in rows:
            *above, last = self._fold(term, len(margin) + _NESTED, margin, _CHOICE)
            beside = at - cell_len(last)
            if above or beside < col_spacing:
                above, last, beside = [*above, last], "", at
            described = translate_description(text)
            self._write([*above, *self._fold(described, at, last + " " * beside)])

    def _fold(self, text: str, indent: int, head: str, piece: re.Pattern[str] = _WORD) -> list[str]:
        """Return the lines of a text that follows `head`, all but the first indented."""
        from credit_plan.formatters.fold import fill, split_pieces  # noqa: PLC0415  only help
        from credit_plan.formatters.width import cell_len  # noqa: PLC0415

        is_chinese = piece is _WORD and get_language() != ENGLISH
        pieces = split_pieces(text) if is_chinese else piece.findall(text)
        first, *others = fill(pieces, self.width - indent, cell_len(head) - indent)
        return [f"{head}{first}".rstrip(), *(" " * indent + line for line in others)]

    def _write(self, lines: Iterable[str]) -> None:
        self.write("".join(f"{line}\n" for line in lines))


class HelpContext(Context):
    """The context of a command whose help is written so."""

    formatter_class = Formatter
