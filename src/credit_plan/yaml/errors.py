"""What keeps a file from being read, as a diagnostic at its line and column."""

import re
from typing import NamedTuple

import yaml

from credit_plan.diagnostics import Diagnostic, Location
from credit_plan.i18n import _

WHOLE_QUOTES = (
    r"""("(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')"""
    r"[ \t]*(?=[,，:：\]］】}｝\r\n]|[ \t]#|\Z)"
)
"""A text in quotes, of one line or several, after which there is no more text."""


class UnreadableError(Exception):
    """A file cannot be read as a record; `diagnostic` says where and why.

    After a `final` error nothing else of the file is read; of several `once` errors only the
    first is reported.
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
    """Return an error of reading at a place in a text, whose file is not known yet."""
    location = Location(line, column, column + length)
    return Diagnostic(
        rule, "", (), message, hint, location=location, related_at=related_at, fixable=fixable
    )


def not_a_record(line: int, column: int, message: str, hint: str = "") -> UnreadableError:
    """Return the error for a file that is YAML but no record."""
    hint = hint or _("compare it with a file without errors")
    return UnreadableError(error_at("unreadable-yaml", line, column, message, hint), final=True)


def position_in(text: str, at: int) -> tuple[int, int]:
    """Return line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def position_of(mark: yaml.Mark) -> tuple[int, int]:
    """Return line and column, from 1, of a mark of YAML, which counts from 0."""
    return mark.line + 1, mark.column + 1


class _Problem(NamedTuple):
    """The explanation of an error of libyaml, whose message matches `words`.

    With `at_start`, the problem is where the parser began, not where it gave up.
    """

    words: str
    message: str
    hint: str
    at_start: bool = False


_NO_COLON = _Problem(
    "expected ':'",
    _("this key has no colon and no value"),
    _("write “key: value”, with an ASCII colon and a space"),
    at_start=True,
)
_OPEN_QUOTES = _Problem(
    "unexpected end of stream",
    _("the quotes that open here are never closed"),
    _("close them at the end of their text"),
    at_start=True,
)
_SECOND_DOCUMENT = _Problem(
    "another document",
    _("a second document begins here"),
    _("a file holds one record: delete “---” and the part that does not belong to the record"),
)
_INDENTATION = _Problem(
    "expected (key|'-'|<block end>|<document start>)",
    _("this line does not belong to anything above it"),
    _("indent it like the lines that it belongs to; an entry of a list begins with “- ”"),
)
_SIGN = _Problem(
    "cannot start any token|tab character",
    _("a text cannot begin with this character"),
    _("put the whole text in quotes; indent with spaces, not with tabs"),
)
_OTHER = _Problem(
    "",
    _("this is not YAML"),
    _("check this line and the one before it: quotes, brackets, colons, indentation"),
)
_PROBLEMS = (
    _SECOND_DOCUMENT,
    _NO_COLON,
    _OPEN_QUOTES,
    _Problem(
        "mapping values are not allowed",
        _("a colon is not allowed here"),
        _("put a text that contains “: ” in quotes, or check the indentation"),
    ),
    _Problem(
        "expected ',' or ']'",
        _("the list that opens here with “[” is not closed"),
        _("close it with “]”, with a comma and a space between its entries"),
        at_start=True,
    ),
    _Problem(
        "expected ',' or '}'",
        _("the record that opens here with “{” is not closed"),
        _("close it with “}”, with a comma and a space between its keys"),
        at_start=True,
    ),
    _SIGN,
    _INDENTATION,
    _Problem("node content", _("a value is missing here"), _("write it, or delete its key")),
    _Problem(
        "escape",
        _("this backslash does not begin a valid escape"),
        _("write the backslash twice, or use single quotes"),
    ),
    _OTHER,
)

# Problems that the line itself shows, where libyaml reports another.
_AFTER_QUOTES = _Problem(
    "",
    _("the text continues after its closing quotes"),
    _('put the whole text in quotes, and a backslash before each quote inside: \\"'),
)
_WRONG_COMMENT = _Problem(
    "",
    _("this is neither a value nor a comment"),
    _("begin a comment with a space and an ASCII “#”"),
)
_NO_KEY = _Problem(
    "",
    _("this line has no key and continues no text"),
    _("join it to the line above if it continues a text; begin a comment with “#”"),
)

_OPEN_QUOTE = r"""(?m)(?:^|[:\-\[{,])[ ]*((?:"(?:[^"\\\n]|\\.)*|'(?:[^'\n]|'')*)$)"""
_CLOSED_QUOTES = r"""(?s).*(["']).*\1\s*\Z"""
_LIKE_A_COMMENT = r"(?:^|\s)([＃♯]|//)"
_LIKE_A_KEY = r"^\s*(?:- )?[A-Za-z_]+\s*(?:[^\w\s].*)?$"
_SIGN_FIRST = r"^\s*(?:- )?[a-z_]+:\s+([*&!|>%@`]|[\[{](?!.*[\]}]\s*(?:#.*)?$))"


def explain_syntax_error(error: yaml.MarkedYAMLError, text: str) -> Diagnostic:
    """Return what a parser's error means, at the place where the problem begins.

    libyaml notices quotes that are never closed only lines later, or takes the next text's
    quotes for their end.
    """
    lines = text.split("\n")
    gave_up = error.problem_mark.line + 1 if error.problem_mark else len(lines)
    start = _find_open_quotes(text)
    if start is not None and (position := position_in(text, start)) <= (gave_up, len(text)):
        return _diagnostic(_OPEN_QUOTES, *position)
    said = (error.problem or "").lower()
    problem = next(it for it in _PROBLEMS if re.search(it.words, said))
    mark = (error.context_mark if problem.at_start else None) or error.problem_mark
    line, column = min(position_of(mark), _find_end(lines)) if mark else (1, 1)
    return _explain_line(problem, line, column, "".join(lines[line - 1 : line]))


def _find_open_quotes(text: str) -> int | None:
    """Return where the first quotes open that are never closed.

    Quotes that close on a later line are whole if no more text follows there.
    """
    at, opening, whole = 0, re.compile(_OPEN_QUOTE), re.compile(WHOLE_QUOTES)
    while quote := opening.search(text, at):
        closed = whole.match(text, quote.start(1))
        if not closed:
            return quote.start(1)
        at = closed.end()
    return None


def _find_end(lines: list[str]) -> tuple[int, int]:
    """Return where the content ends: at the end of the last line that is no comment.

    libyaml notices on the line after the last one that a file is cut off.
    """
    for number in range(len(lines), 0, -1):
        line = lines[number - 1].rstrip()
        if line and not line.lstrip().startswith("#"):
            return number, len(line) + 1
    return 1, 1


def _explain_line(problem: _Problem, line: int, column: int, source: str) -> Diagnostic:
    """Return the diagnostic, corrected by what the line itself contains."""
    if re.match(_CLOSED_QUOTES, source[: column - 1]):
        return _diagnostic(_AFTER_QUOTES, line, column)
    if problem is not _SECOND_DOCUMENT and (comment := re.search(_LIKE_A_COMMENT, source)):
        return _diagnostic(_WRONG_COMMENT, line, comment.start(1) + 1)
    if problem in {_OTHER, _INDENTATION} and (sign := re.match(_SIGN_FIRST, source)):
        return _diagnostic(_SIGN, line, sign.start(1) + 1)
    if problem is _NO_COLON and not re.match(_LIKE_A_KEY, source):
        return _diagnostic(_NO_KEY, line, column)
    return _diagnostic(problem, line, column)


def _diagnostic(problem: _Problem, line: int, column: int) -> Diagnostic:
    return error_at("unreadable-yaml", line, column, problem.message, problem.hint)


def explain_character_error(error: yaml.reader.ReaderError, text: str) -> Diagnostic:
    """Return the diagnostic of a character that YAML does not allow.

    libyaml gives its place in bytes and Python's reader in characters: search for it instead.
    """
    code = error.character if isinstance(error.character, int) else ord(error.character)
    message = _("unprintable character (U+{code:04X})").format(code=code)
    hint = _("delete it; it may have been copied from another program")
    line, column = position_in(text, max(text.find(chr(max(code, 0))), 0))
    return error_at("unreadable-yaml", line, column, message, hint)
