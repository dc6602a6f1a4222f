"""What keeps a file from being read: a diagnostic at its line and column."""

import re
from typing import NamedTuple

import yaml

from credit_plan.diagnostics import Diagnostic, Location
from credit_plan.i18n import _


class UnreadableError(Exception):
    """A file is no record at all; `diagnostic` says where and why.

    After one that is `final` nothing else of the file is read; of those that are `once` the
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


def not_a_record(line: int, column: int, message: str) -> UnreadableError:
    """Return the error for a file that is YAML but no record."""
    hint = _("compare it with a file that is sound")
    return UnreadableError(error_at("unreadable-yaml", line, column, message, hint), final=True)


def position_in(text: str, at: int) -> tuple[int, int]:
    """Return line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def position_of(mark: yaml.Mark) -> tuple[int, int]:
    """Return line and column, from 1, of a mark of YAML, which counts from 0."""
    return mark.line + 1, mark.column + 1


class _Problem(NamedTuple):
    """What to say where libyaml says one of these words.

    `began` means that the fault is where the parser began, and not where it gave up.
    """

    words: str
    message: str
    hint: str
    began: bool = False


_INDENT = _("give it the indentation of the lines that it belongs to")
_NO_COLON = _Problem(
    "expected ':'",
    _("a colon and a value are missing behind this key"),
    _("write “key: value”, with the colon of the keyboard's English mode and a space"),
    began=True,
)
_OPEN_QUOTES = _Problem(
    "unexpected end of stream",
    _("the quotes that open here are never closed"),
    _("close them, at the end of the text that they belong to"),
    began=True,
)
_SECOND_DOCUMENT = _Problem(
    "another document",
    _("a second document begins here"),
    _("a file holds one record: delete the line “---” and what does not belong here"),
)
_NO_RECORD = _Problem(
    "expected key|expected <block end>", _("this line fits into no record above it"), _INDENT
)
_OTHER = _Problem(
    "",
    _("this is not YAML"),
    _("look at this line and the one before it: quotes, brackets, colons, indentation"),
)
_PROBLEMS = (
    _SECOND_DOCUMENT,
    _Problem(
        "expected <document start>",
        _("this stands outside of the record"),
        _("delete it, or give it the indentation of the lines that it belongs to"),
    ),
    _NO_COLON,
    _Problem(
        "mapping values are not allowed",
        _("a colon stands where no key can be"),
        _("put a text that holds “: ” in quotes, or look at the indentation"),
    ),
    _OPEN_QUOTES,
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
    _NO_RECORD,
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
    _OTHER,
)

# What the line itself shows to be wrong, where libyaml says something else.
_AFTER_QUOTES = _Problem(
    "",
    _("the text goes on behind the quotes that close it"),
    _('put the whole text in quotes, and a backslash before each quote inside: \\"'),
)
_WRONG_COMMENT = _Problem(
    "",
    _("this is neither a value nor a comment"),
    _("a comment begins with a space and “#”, typed in the keyboard's English mode"),
)
_SIGN = _Problem(
    "",
    _("no text can begin with this sign"),
    _("put the whole text in quotes: a sign of YAML begins it"),
)
_NO_KEY = _Problem(
    "",
    _("this line has no key, and belongs to no text"),
    _("join it to the line above if it is the rest of a text; a comment begins with “#”"),
)

_OPEN_QUOTE = r"""(?m)(?:^|[:\-\[{,])[ ]*((?:"(?:[^"\\\n]|\\.)*|'(?:[^'\n]|'')*)$)"""
_CLOSED_QUOTES = r"""(?s).*(["']).*\1\s*\Z"""
_LIKE_A_COMMENT = r"(?:^|\s)([＃♯]|//)"
_LIKE_A_KEY = r"^\s*(?:- )?[A-Za-z_]+\s*(?:[^\w\s].*)?$"
_SIGN_FIRST = r"^\s*(?:- )?[a-z_]+:\s+([\[{*&!|>%@`])"


def explain_syntax_error(error: yaml.MarkedYAMLError, text: str) -> Diagnostic:
    """Return what a parser's error means, at the place where the fault begins.

    A quote that is never closed swallows lines, so that libyaml notices it much later, or takes
    the next text's quotes for its end.
    """
    lines = text.split("\n")
    gave_up = error.problem_mark.line + 1 if error.problem_mark else len(lines)
    quote = re.search(_OPEN_QUOTE, text)
    if quote and (position := position_in(text, quote.start(1))) <= (gave_up, len(text)):
        return _diagnostic(_OPEN_QUOTES, *position)
    said = (error.problem or "").lower()
    problem = next(it for it in _PROBLEMS if re.search(it.words, said))
    mark = (error.context_mark if problem.began else None) or error.problem_mark
    line, column = position_of(mark) if mark else (1, 1)
    return _explain_line(problem, line, column, "".join(lines[line - 1 : line]))


def _explain_line(problem: _Problem, line: int, column: int, source: str) -> Diagnostic:
    """Return the fault, corrected by what stands in the line itself."""
    if re.match(_CLOSED_QUOTES, source[: column - 1]):
        return _diagnostic(_AFTER_QUOTES, line, column)
    if problem is not _SECOND_DOCUMENT and (comment := re.search(_LIKE_A_COMMENT, source)):
        return _diagnostic(_WRONG_COMMENT, line, comment.start(1) + 1)
    if problem in {_OTHER, _NO_RECORD} and (sign := re.match(_SIGN_FIRST, source)):
        return _diagnostic(_SIGN, line, sign.start(1) + 1)
    if problem is _NO_COLON and not re.match(_LIKE_A_KEY, source):
        return _diagnostic(_NO_KEY, line, column)
    return _diagnostic(problem, line, column)


def _diagnostic(problem: _Problem, line: int, column: int) -> Diagnostic:
    return error_at("unreadable-yaml", line, column, problem.message, problem.hint)


def explain_character_error(error: yaml.reader.ReaderError, text: str) -> Diagnostic:
    """Return the fault of a character that YAML does not allow.

    libyaml tells the place in bytes and Python's reader in characters: look the sign up.
    """
    code = error.character if isinstance(error.character, int) else ord(error.character)
    message = _("a character that cannot be printed stands here (U+{code:04X})").format(code=code)
    hint = _("delete it; copying from other programs brings such characters along")
    line, column = position_in(text, max(text.find(chr(max(code, 0))), 0))
    return error_at("unreadable-yaml", line, column, message, hint)
