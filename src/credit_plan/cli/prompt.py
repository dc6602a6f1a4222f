"""Ask a question at the terminal, again and again until the answer is understood."""

# ruff: noqa: PLC0415  what reads a line depends on the terminal

import codecs
import locale
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import TypeVar

import typer

from credit_plan.cli.console import echo_err, explain_undecoded
from credit_plan.errors import CreditPlanError, MisstatedError, describe_error
from credit_plan.i18n import _, quote
from credit_plan.text import escape_lines, to_half_width, to_simplified

T = TypeVar("T")

_YES = frozenset({"", "y", "yes", "是", "是的", "对", "好", "确认"})
_NO = frozenset({"n", "no", "否", "不", "不是", "不对", "取消"})

_WITHOUT_CURSOR = frozenset({"", "dumb", "unknown"})
"""Values of TERM for terminals, such as a shell in Emacs, that cannot move their cursor."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer that is offered while a person types, and what is shown beside it.

    It is offered where each word that was typed occurs in its `keys`, and first where the first
    of these begins with what was typed.
    """

    answer: str
    label: str
    keys: tuple[str, ...]


def ask(
    question: str,
    parse: Callable[[str], T],
    default: str | None = None,
    offers: Sequence[Offer] = (),
) -> T:
    """Return an answer as `parse` returns it; where that raises an error, ask again.

    Enter alone means the default; where there is none, it is asked again. Raise typer.Abort where
    the input ends, as with Ctrl-D, and KeyboardInterrupt for Ctrl-C.
    """
    prompt = _("{question} [{default}]: ") if default else _("{question}: ")
    prompt = prompt.format(question=question, default=default)
    prompt = " ".join(escape_lines(prompt).split("\n"))
    while True:
        text = _read_line(prompt, offers)
        if not text.strip():
            if default is None:
                echo_err(_("an answer is needed here; Ctrl-C stops"))
                continue
            text = default
        try:
            if fault := explain_undecoded(text, sys.stdin.encoding):
                raise MisstatedError(fault)
            return parse(text)
        except CreditPlanError as error:
            echo_err(_("Error: {message}").format(message=describe_error(error)))


def confirm(question: str) -> bool:
    """Return whether a person says yes, in Chinese or in English; Enter alone is yes."""

    def parse(text: str) -> bool:
        answer = to_simplified(to_half_width(text)).strip().rstrip("。.!").lower()
        if answer in _YES | _NO:
            return answer in _YES
        message = _("{text} is neither yes nor no; type y or n, or 是 or 否")
        raise MisstatedError(message.format(text=quote(text)))

    return ask(_("{question} [Y/n]").format(question=question), parse, default="")


def _read_line(prompt: str, offers: Iterable[Offer]) -> str:
    try:
        if sys.platform != "win32" and os.environ.get("TERM", "") in _WITHOUT_CURSOR:
            _load_readline()
            return input(prompt)
        from credit_plan.cli.line_editor import read_line

        return read_line(prompt, tuple(offers))
    except EOFError:
        raise typer.Abort from None


def _load_readline() -> None:
    """Let readline edit the line, where it knows the encoding of its characters.

    It drops what the C library's locale does not have; in the locale C that is all Chinese.
    """
    with suppress(LookupError, ImportError):  # a codec that Python does not have; no readline
        if codecs.lookup(locale.getencoding()).name == codecs.lookup(sys.stdin.encoding).name:
            import_module("readline")
