"""Says in the plan's own words, and at the right place, what libyaml says of a broken text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

from credit_plan.language import _
from credit_plan.load.fault import WIDE_COLON_HINT, Fault, position_in


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
        "document",
        _("a second document begins here"),
        _("a file holds one record: delete the line “---” and what does not belong here"),
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
        _("this line fits into no list above it"),
        _("begin it with “- ”, at the indentation of the other entries"),
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


_MERGE: Final = re.compile(r"^(?:<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_WIDE_COLON: Final = re.compile(r"^[ \t]*(?:- )?[a-z]+(：)", re.MULTILINE)


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """The fault that a parser's error means, at the place where it began.

    What people most often do is looked for first: libyaml notices it lines later, if at all.
    """
    if merge := _MERGE.search(text):
        return Fault(
            "unreadable-yaml",
            *position_in(text, merge.start()),
            _("a merge was left unfinished here"),
            _("keep one of the two versions, and delete the lines that mark them"),
        )
    if colon := _WIDE_COLON.search(text):
        return Fault(
            "unreadable-yaml",
            *position_in(text, colon.start(1)),
            _("the colon behind this key is full-width (：)"),
            WIDE_COLON_HINT,
        )
    said = (error.problem or "").lower()
    meant = next((it for it in _PROBLEMS if it.words in said), _OTHER)
    mark = (error.context_mark if meant.began else None) or error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Fault("unreadable-yaml", line, column, meant.message, meant.hint)


def character_fault(text: str, error: yaml.reader.ReaderError) -> Fault:
    """The fault that a character means which YAML does not allow.

    libyaml tells the place in bytes and Python's reader in characters: look the sign up.
    """
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return Fault(
        "unreadable-yaml",
        *position_in(text, max(text.find(chr(max(code, 0))), 0)),
        _("a character that cannot be printed stands here (U+{code:04X})").format(code=code),
        _("delete it; copying from other programs brings such characters along"),
    )


def not_a_record(line: int, column: int, message: str) -> Fault:
    """The fault of a file that is YAML but no record."""
    return Fault(
        "unreadable-yaml", line, column, message, _("compare it with a file that is sound")
    )
