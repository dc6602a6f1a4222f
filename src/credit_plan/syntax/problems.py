"""Says in the plan's own words, and at the right place, what libyaml says of a broken text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

from credit_plan.language import _
from credit_plan.syntax.fault import Fault, position_in
from credit_plan.syntax.rules import unreadable_yaml


@dataclass(frozen=True, slots=True)
class _Problem:
    """What libyaml may say, by words of it; and what to say instead.

    `began` means that the fault is where the parser began, and not where it gave up.
    """

    words: str
    message: str
    hint: str
    began: bool = False


_PROBLEMS: Final = (
    _Problem(
        "another document",
        _("a second document begins here"),
        _("a file holds one record: delete the line “---” and what does not belong here"),
    ),
    _Problem(
        "expected <document start>",
        _("this stands outside of the record"),
        _("delete it, or give it the indentation of the lines that it belongs to"),
    ),
    _Problem(
        "expected ':'",
        _("a colon and a value are missing behind this key"),
        _("write “key: value”, with the colon of the keyboard's English mode and a space"),
        began=True,
    ),
    _Problem(
        "mapping values are not allowed",
        _("a colon stands where no key can be"),
        _("put a text that holds “: ” in quotes, or look at the indentation"),
    ),
    _Problem(
        "unexpected end of stream",
        _("the quotes that open here are never closed"),
        _("close them, at the end of the text that they belong to"),
        began=True,
    ),
    _Problem(
        "expected ',' or ']'",
        _("the list that opens here with “[” is not closed"),
        _("close it with “]”, with a comma and a space between its entries"),
        began=True,
    ),
    _Problem(
        "expected ',' or '}'",
        _("the record that opens here with “{” is not closed"),
        _("close it with “}”, with a comma and a space between its keys"),
        began=True,
    ),
    _Problem("tab character", _("a tab stands in the indentation"), _("indent with spaces")),
    _Problem(
        "cannot start any token",
        _("no text can begin with this sign"),
        _("put the text in quotes; indent with spaces and not with tabs"),
    ),
    _Problem(
        "expected key",
        _("this line fits into no record above it"),
        _("give it the indentation of the lines that it belongs to"),
    ),
    _Problem(
        "expected <block end>",
        _("this line fits into no record above it"),
        _("give it the indentation of the lines that it belongs to"),
    ),
    _Problem(
        "expected '-'",
        _("this line fits neither into the list above it nor into an entry of that"),
        _("give it the indentation of the lines that it belongs to; an entry begins with “- ”"),
    ),
    _Problem(
        "node content", _("a value is missing here"), _("write it, or delete what announces it")
    ),
    _Problem(
        "escape",
        _("a backslash in quotes begins no character here"),
        _("write the backslash twice, or use single quotes"),
    ),
)
_OTHER: Final = _Problem(
    "",
    _("this is not YAML"),
    _("look at this line and the one before it: quotes, brackets, colons, indentation"),
)


_OPEN_QUOTE: Final = re.compile(
    r"""(?:^|[:\-\[{,])[ ]*(?:("(?:[^"\\\n]|\\.)*$)|('(?:[^'\n]|'')*$))""", re.MULTILINE
)
_BEHIND_QUOTES: Final = _Problem(
    "",
    _("the text goes on behind the quotes that close it"),
    _('put the whole text in quotes, and a backslash before each quote inside: \\"'),
)
_NO_COMMENT: Final = re.compile(r"(?:^|\s)([＃♯]|//)")
_WRONG_COMMENT: Final = _Problem(
    "",
    _("this is neither a value nor a comment"),
    _("a comment begins with a space and “#”, typed in the keyboard's English mode"),
)
_LIKE_A_KEY: Final = re.compile(r"^\s*(?:- )?[A-Za-z_]+\s*(?:[^\w\s].*)?$")
_NO_KEY: Final = _Problem(
    "",
    _("this line has no key, and belongs to no text"),
    _("join it to the line above if it is the rest of a text; a comment begins with “#”"),
)
_SIGN_FIRST: Final = re.compile(r"^\s*(?:- )?[a-z_]+:\s+([\[{*&!|>%@`])")
_SIGN: Final = _Problem(
    "",
    _("no text can begin with this sign"),
    _("put the whole text in quotes: a sign of YAML begins it"),
)
_NO_RECORD: Final = next(it for it in _PROBLEMS if it.words == "expected <block end>")
_SECOND: Final = _PROBLEMS[0]
_NO_COLON: Final = next(it for it in _PROBLEMS if it.words == "expected ':'")
_OPEN_QUOTES: Final = next(it for it in _PROBLEMS if "quotes" in it.message)


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """The fault that a parser's error means, at the place where it began.

    A quote that is never closed swallows lines, so that libyaml notices it much later, or takes
    the next text's quotes for its end.
    """
    said = (error.problem or "").lower()
    gave_up = error.problem_mark.line if error.problem_mark else text.count("\n")
    if quote := _open_quote(text, gave_up):
        return quote
    meant = next((it for it in _PROBLEMS if it.words in said), _OTHER)
    mark = (error.context_mark if meant.began else None) or error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    source = "".join(text.split("\n")[line - 1 : line])
    if _is_behind_quotes(source[: column - 1]):
        meant = _BEHIND_QUOTES
    elif meant is not _SECOND and (comment := _NO_COMMENT.search(source)):
        meant, column = _WRONG_COMMENT, comment.start(1) + 1
    elif (meant is _OTHER or meant.message == _NO_RECORD.message) and (
        sign := _SIGN_FIRST.match(source)
    ):
        meant, column = _SIGN, sign.start(1) + 1
    elif meant is _NO_COLON and not _LIKE_A_KEY.match(source):
        meant = _NO_KEY
    return Fault(unreadable_yaml.NAME, line, column, meant.message, meant.hint)


def _open_quote(text: str, last: int) -> Fault | None:
    """The first quote that its own line does not close, down to the line that stopped libyaml."""
    if not (quote := _OPEN_QUOTE.search(text)):
        return None
    at = quote.start(1) if quote[1] else quote.start(2)
    line, column = position_in(text, at)
    if line > last + 1:
        return None
    return Fault(unreadable_yaml.NAME, line, column, _OPEN_QUOTES.message, _OPEN_QUOTES.hint)


def _is_behind_quotes(before: str) -> bool:
    """Whether text follows closing quotes: `"在"双随机"监管"`."""
    quote = before.rstrip()[-1:]
    return quote in {'"', "'"} and quote in before.rstrip()[:-1]


def character_fault(text: str, error: yaml.reader.ReaderError) -> Fault:
    """The fault that a character means which YAML does not allow.

    libyaml tells the place in bytes and Python's reader in characters: look the sign up.
    """
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return Fault(
        unreadable_yaml.NAME,
        *position_in(text, max(text.find(chr(max(code, 0))), 0)),
        _("a character that cannot be printed stands here (U+{code:04X})").format(code=code),
        _("delete it; copying from other programs brings such characters along"),
    )


def not_a_record(line: int, column: int, message: str) -> Fault:
    """The fault of a file that is YAML but no record."""
    hint = _("compare it with a file that is sound")
    return Fault(unreadable_yaml.NAME, line, column, message, hint, final=True)
