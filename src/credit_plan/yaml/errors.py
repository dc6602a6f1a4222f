"""What keeps a file from being read: a diagnostic at its line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

from credit_plan.diagnostics import Diagnostic, Location
from credit_plan.i18n import _


class UnreadableError(Exception):
    """A file is no record at all; `diagnostic` says where and why.

    Behind one that is `final` nothing else of the file is read; of those that are `once` the
    first stands for all.
    """

    def __init__(self, diagnostic: Diagnostic, *, final: bool = False, once: bool = False) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.final = final
        self.once = once


def error_at(  # noqa: PLR0913  all that an error of reading is
    rule: str,
    line: int,
    column: int,
    message: str,
    hint: str,
    *,
    length: int = 1,
    fixable: bool = False,
    related_at: str = "",
) -> Diagnostic:
    """Return an error of reading at a place in a text, which does not know its file yet."""
    location = Location(line, column, column + length)
    return Diagnostic(
        rule, "", (), message, hint, location=location, related_at=related_at, fixable=fixable
    )


def position_in(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def position_of(mark: yaml.Mark) -> tuple[int, int]:
    """Line and column, from 1, of a mark of YAML, which counts from 0."""
    return mark.line + 1, mark.column + 1


@dataclass(frozen=True, slots=True)
class _Problem:
    """What to say, and hint at, where libyaml says one of these words.

    `began` means that the fault is where the parser began, and not where it gave up.
    """

    message: str
    hint: str
    words: tuple[str, ...] = ()
    began: bool = False


_SECOND: Final = _Problem(
    _("a second document begins here"),
    _("a file holds one record: delete the line “---” and what does not belong here"),
    ("another document",),
)
_NO_COLON: Final = _Problem(
    _("a colon and a value are missing behind this key"),
    _("write “key: value”, with the colon of the keyboard's English mode and a space"),
    ("expected ':'",),
    began=True,
)
_OPEN_QUOTES: Final = _Problem(
    _("the quotes that open here are never closed"),
    _("close them, at the end of the text that they belong to"),
    ("unexpected end of stream",),
    began=True,
)
_NO_RECORD: Final = _Problem(
    _("this line fits into no record above it"),
    _("give it the indentation of the lines that it belongs to"),
    ("expected key", "expected <block end>"),
)
_PROBLEMS: Final = (
    _SECOND,
    _Problem(
        _("this stands outside of the record"),
        _("delete it, or give it the indentation of the lines that it belongs to"),
        ("expected <document start>",),
    ),
    _NO_COLON,
    _Problem(
        _("a colon stands where no key can be"),
        _("put a text that holds “: ” in quotes, or look at the indentation"),
        ("mapping values are not allowed",),
    ),
    _OPEN_QUOTES,
    _Problem(
        _("the list that opens here with “[” is not closed"),
        _("close it with “]”, with a comma and a space between its entries"),
        ("expected ',' or ']'",),
        began=True,
    ),
    _Problem(
        _("the record that opens here with “{” is not closed"),
        _("close it with “}”, with a comma and a space between its keys"),
        ("expected ',' or '}'",),
        began=True,
    ),
    _Problem(_("a tab stands in the indentation"), _("indent with spaces"), ("tab character",)),
    _Problem(
        _("no text can begin with this sign"),
        _("put the text in quotes; indent with spaces and not with tabs"),
        ("cannot start any token",),
    ),
    _NO_RECORD,
    _Problem(
        _("this line fits neither into the list above it nor into an entry of that"),
        _("give it the indentation of the lines that it belongs to; an entry begins with “- ”"),
        ("expected '-'",),
    ),
    _Problem(
        _("a value is missing here"), _("write it, or delete what announces it"), ("node content",)
    ),
    _Problem(
        _("a backslash in quotes begins no character here"),
        _("write the backslash twice, or use single quotes"),
        ("escape",),
    ),
)
_OTHER: Final = _Problem(
    _("this is not YAML"),
    _("look at this line and the one before it: quotes, brackets, colons, indentation"),
)

# What libyaml says of something else, and what the line itself shows to be meant.
_BEHIND_QUOTES: Final = _Problem(
    _("the text goes on behind the quotes that close it"),
    _('put the whole text in quotes, and a backslash before each quote inside: \\"'),
)
_WRONG_COMMENT: Final = _Problem(
    _("this is neither a value nor a comment"),
    _("a comment begins with a space and “#”, typed in the keyboard's English mode"),
)
_SIGN: Final = _Problem(
    _("no text can begin with this sign"),
    _("put the whole text in quotes: a sign of YAML begins it"),
)
_NO_KEY: Final = _Problem(
    _("this line has no key, and belongs to no text"),
    _("join it to the line above if it is the rest of a text; a comment begins with “#”"),
)

_OPEN_QUOTE: Final = r"""(?m)(?:^|[:\-\[{,])[ ]*(?:("(?:[^"\\\n]|\\.)*$)|('(?:[^'\n]|'')*$))"""
_LIKE_A_COMMENT: Final = r"(?:^|\s)([＃♯]|//)"
_LIKE_A_KEY: Final = r"^\s*(?:- )?[A-Za-z_]+\s*(?:[^\w\s].*)?$"
_SIGN_FIRST: Final = r"^\s*(?:- )?[a-z_]+:\s+([\[{*&!|>%@`])"


def explain_syntax_error(error: yaml.MarkedYAMLError, text: str) -> Diagnostic:
    """The fault that a parser's error means, at the place where it began.

    A quote that is never closed swallows lines, so that libyaml notices it much later, or takes
    the next text's quotes for its end.
    """
    said = (error.problem or "").lower()
    gave_up = error.problem_mark.line if error.problem_mark else text.count("\n")
    if quote := _open_quote(text, gave_up):
        return quote
    meant = next((it for it in _PROBLEMS if any(words in said for words in it.words)), _OTHER)
    mark = (error.context_mark if meant.began else None) or error.problem_mark
    line, column = position_of(mark) if mark else (1, 1)
    source = "".join(text.split("\n")[line - 1 : line])
    meant, column = _as_the_line_shows(meant, source, column)
    return error_at("unreadable-yaml", line, column, meant.message, meant.hint)


def _as_the_line_shows(meant: _Problem, source: str, column: int) -> tuple[_Problem, int]:
    """The problem and its column, corrected by what stands in the line itself."""
    if _is_behind_quotes(source[: column - 1]):
        return _BEHIND_QUOTES, column
    if meant is not _SECOND and (comment := re.search(_LIKE_A_COMMENT, source)):
        return _WRONG_COMMENT, comment.start(1) + 1
    if meant in {_OTHER, _NO_RECORD} and (sign := re.match(_SIGN_FIRST, source)):
        return _SIGN, sign.start(1) + 1
    if meant is _NO_COLON and not re.match(_LIKE_A_KEY, source):
        return _NO_KEY, column
    return meant, column


def _open_quote(text: str, last: int) -> Diagnostic | None:
    """The first quote that its own line does not close, down to the line that stopped libyaml."""
    if not (quote := re.search(_OPEN_QUOTE, text)):
        return None
    at = quote.start(1) if quote[1] else quote.start(2)
    line, column = position_in(text, at)
    if line > last + 1:
        return None
    return error_at("unreadable-yaml", line, column, _OPEN_QUOTES.message, _OPEN_QUOTES.hint)


def _is_behind_quotes(before: str) -> bool:
    """Whether text follows closing quotes: `"在"双随机"监管"`."""
    quote = before.rstrip()[-1:]
    return quote in {'"', "'"} and quote in before.rstrip()[:-1]


def explain_character_error(text: str, error: yaml.reader.ReaderError) -> Diagnostic:
    """The fault that a character means which YAML does not allow.

    libyaml tells the place in bytes and Python's reader in characters: look the sign up.
    """
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return error_at(
        "unreadable-yaml",
        *position_in(text, max(text.find(chr(max(code, 0))), 0)),
        _("a character that cannot be printed stands here (U+{code:04X})").format(code=code),
        _("delete it; copying from other programs brings such characters along"),
    )


def not_a_record(line: int, column: int, message: str) -> UnreadableError:
    """The fault of a file that is YAML but no record."""
    hint = _("compare it with a file that is sound")
    return UnreadableError(error_at("unreadable-yaml", line, column, message, hint), final=True)
