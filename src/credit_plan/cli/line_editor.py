"""Read a line that can be edited, and offer answers below it while it is typed.

Only a question at a terminal needs this module: its imports take as long as an answer.
"""

import os
import sys
from collections.abc import Iterator, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys

from credit_plan.cli.prompt import Offer
from credit_plan.text import escape_controls, to_half_width, to_simplified

_MENU_LINES = 8


def read_line(prompt: str, offers: Sequence[Offer]) -> str:
    """Return what is typed, without its line end; raise EOFError for Ctrl-D in an empty line.

    Texts are passed as they are, so that prompt_toolkit finds no markup in them. A character that
    the terminal would obey is escaped in an offer, and shown as ^[ in what is typed.
    """
    # Not every terminal answers where its cursor is, and a late answer would look like typing.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    session: PromptSession[str] = PromptSession(
        completer=OfferCompleter(offers) if offers else None,
        # The menu and the question share a small window; LINES may be that of another one.
        reserve_space_for_menu=min(
            _MENU_LINES, os.get_terminal_size(sys.stdout.fileno()).lines // 3
        ),
        enable_suspend=True,
        key_bindings=_ignore_mouse(),
    )
    return session.prompt(prompt)


def _ignore_mouse() -> KeyBindings:
    """Return bindings by which pasted colours, which look like a mouse, do nothing.

    prompt_toolkit takes ESC[31m for a click, and prints a traceback as it has no place.
    """
    bindings = KeyBindings()
    bindings.add(Keys.Vt100MouseEvent)(lambda _event: None)
    return bindings


class OfferCompleter(Completer):
    """Offer the answers whose keys have all words that were typed."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._offers = [(offer, [_fold(key) for key in offer.keys]) for offer in offers]

    def get_completions(self, document: Document, _event: CompleteEvent) -> Iterator[Completion]:
        """Yield what replaces the whole line, first where a key begins with it."""
        typed = _fold(document.text).strip()
        words = typed.split()
        found = [
            (offer, keys)
            for offer, keys in self._offers
            if all(any(word in key for key in keys) for word in words)
        ]
        for offer, _keys in sorted(found, key=lambda pair: _rank(pair[1], typed)):
            yield Completion(
                offer.answer,
                -document.cursor_position,
                display=escape_controls(offer.answer),
                display_meta=escape_controls(offer.label),
            )


def _rank(keys: Sequence[str], typed: str) -> int:
    """Return which key is the first that begins with what was typed."""
    return next((at for at, key in enumerate(keys) if key.startswith(typed)), len(keys))


def _fold(text: str) -> str:
    return to_simplified(to_half_width(text)).casefold()
