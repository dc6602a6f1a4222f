"""Puts right, for reading on, what a Chinese keyboard or a tab key has typed for a mark of YAML.

Each is a fault and is reported; but what was meant is certain, so that the rest of the file can
be judged as well, and `fmt` can write it as it was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from credit_plan.diagnostics import Diagnostic
from credit_plan.i18n import _
from credit_plan.yaml.errors import error_at

_ENGLISH: Final = _("type it in the keyboard's English mode; “credit-plan fmt” mends it")
_TAB_WIDTHS: Final = (2, 4, 8)
_SPACE: Final = _("type a space there; “credit-plan fmt” mends it")

_Edit = tuple[int, int, str, Diagnostic]
"""Where in a line, from the first character to before the last; what to put there; why."""

_SUSPECTS: Final = (
    ("\t\u3000\u00a0", r"(?m)^ *[\t\u3000\u00a0]"),
    ("－", r"(?m)^[ \t\u3000\u00a0]*－"),
    ("：", r"(?m)[a-z_\"'][ \t]*：|^ *(?:- )?\w{1,8}："),
    ("，", r"，[ \t]*[\"'a-z_]+[ \t]*[:：]"),
    ("｛｝", r"[｛｝]"),
    ("［【］】", r"[［【].*\]|\[.*[］】]"),
    ("-", r"-(?<=[ \n]-)(?:[\u3400-\u9fff]|[a-z_]+:|\t)"),
    (":", r":(?<=[a-z_]:)[^\s/]"),
)
"""Signs, and what must at least stand beside one of them for anything to be put right."""

_KEY_PATTERN: Final = r"(?:[a-z_]+|\"[a-z_]+\"|'[a-z_]+')"
_BEGINNING: Final = r"^[ \t\u3000\u00a0]*(?:[-－][ \t])?"
_ANY_KEY: Final = r"(?:[A-Za-z_\u3400-\u9fff]{1,8}|\"[a-z_]+\"|'[a-z_]+')"
_COLON: Final = rf"{_BEGINNING}{_ANY_KEY}[ \t]*(：)([ \t]*)"
_COLON_IN_BRACES: Final = rf"[{{｛,，][ \t]*{_KEY_PATTERN}(：)([ \t]*)"
_COMMA_IN_BRACES: Final = rf"(，)([ \t]*)(?={_KEY_PATTERN}[:：])"
_NO_SPACE: Final = rf"{_BEGINNING}[a-z_]+(:)()(?=[^\s/])"
_NO_SPACE_IN_BRACES: Final = r"[{｛,，][ \t]*[a-z_]+(:)()(?=[^\s/])"
_NO_SPACE_BEHIND_DASH: Final = r"^ *(-)(\t*)(?=[\u3400-\u9fff]|[a-z_]+:|(?<=\t)\S)"
_OPENING_BRACE: Final = (
    rf"{_BEGINNING}(?:{_KEY_PATTERN}[ \t]*[:：][ \t]*)?(｛)()(?=[ \t]*{_KEY_PATTERN}[:：])"
)
_CLOSING_BRACE: Final = r"[{｛].*(｝)()[ \t]*$"
_OPENING_BRACKET: Final = (
    rf"{_BEGINNING}{_KEY_PATTERN}[ \t]*[:：][ \t]*([［【])()[^［【］】]*\][ \t]*$"
)
_CLOSING_BRACKET: Final = (
    rf"{_BEGINNING}{_KEY_PATTERN}[ \t]*[:：][ \t]*\[[^［【］】]*([］】])()[ \t]*$"
)
_BRACES: Final = rf"{_BEGINNING}(?:{_KEY_PATTERN}[ \t]*[:：][ \t]*)?[{{｛]"
"""A line in which a record in braces begins; elsewhere a brace is a part of a text."""

_DASH: Final = r"^[ \t\u3000\u00a0]*(－)([ \t]*)"

_WIDE_COLON: Final = _("the colon behind this key is full-width (：)")
_NO_SPACE_THERE: Final = _("a space is missing behind this colon")
_ANYWHERE: Final = (
    (_DASH, "- ", _("the dash of this entry is full-width (－)")),
    (_NO_SPACE_BEHIND_DASH, "- ", _("a space is missing behind this dash")),
    (_COLON, ": ", _WIDE_COLON),
    (_NO_SPACE, ": ", _NO_SPACE_THERE),
    (_OPENING_BRACKET, "[", _("the bracket that opens this list is full-width")),
    (_CLOSING_BRACKET, "]", _("the bracket that closes this list is full-width")),
)
_IN_BRACES: Final = (
    (_OPENING_BRACE, "{", _("the brace that opens this record is full-width (｛)")),
    (_CLOSING_BRACE, "}", _("the brace that closes this record is full-width (｝)")),
    (_COLON_IN_BRACES, ": ", _WIDE_COLON),
    (_COMMA_IN_BRACES, ", ", _("the comma before this key is full-width (，)")),
    (_NO_SPACE_IN_BRACES, ": ", _NO_SPACE_THERE),
)
"""Patterns whose first group is the mark and whose second is the space behind it, both replaced
by what follows; the first ones once in a line, the others as often as they occur. They are
compiled when a line needs them, which nearly none does."""

_TAB: Final = _("a tab stands in the indentation")
_WIDE_SPACE: Final = _("a space that is not YAML's stands in the indentation")
_OF_INDENTATION: Final = frozenset({_TAB, _WIDE_SPACE})
_INDENTATION: Final = r"^ *[\t\u3000\u00a0][ \t\u3000\u00a0]*(?=\S)"


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text put right, the faults that it had, and how many characters were added where.

    `added` has for a line the columns behind what was put there, and the characters that it is
    longer by; `tab` is the number of spaces that a tab was taken for.
    """

    text: str
    faults: tuple[Diagnostic, ...] = ()
    added: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    tab: int = _TAB_WIDTHS[0]

    def column(self, line: int, column: int) -> int:
        """The column that the file itself has for a column of the text put right."""
        return column - sum(more for behind, more in self.added.get(line, ()) if behind <= column)


def repair(text: str, continued: Callable[[str], frozenset[int] | None]) -> Repaired:
    """The text as it was surely meant.

    `continued` says on which lines of a text a value goes on from the line above, where nothing
    is put right: they are words. It says None of what is no YAML: of the widths that a tab may
    stand for, the first is taken that makes it some.
    """
    if not _is_suspect(text) or not _repair_with(text, _TAB_WIDTHS[0], ()).faults:
        return Repaired(text)
    words = continued(text) or frozenset()
    tries = [_repair_with(text, width, words) for width in _TAB_WIDTHS[: 3 if "\t" in text else 1]]
    for it in tries:
        if (within := continued(it.text)) is not None:
            return _repair_with(text, it.tab, words | within) if within - words else it
    return tries[0]


def _is_suspect(text: str) -> bool:
    """Whether there may be something to put right, which nearly no text has."""
    for signs, pattern in _SUSPECTS:
        for sign in signs:
            if sign in text and re.search(pattern, text):
                return True
    return False


def _repair_with(text: str, tab: int, words: Collection[int]) -> Repaired:
    lines, faults = text.split("\n"), []
    added: dict[int, list[tuple[int, int]]] = {}
    for index, line in enumerate(lines):
        if index + 1 in words or not _is_suspect(line):
            continue
        longer, pieces, at = 0, [], 0
        for start, end, instead, fault in sorted(_edits(line, index + 1, tab), key=_start):
            pieces += [line[at:start], instead]
            more = len(instead) - (end - start)
            added.setdefault(index + 1, []).append((end + longer + more + 1, more))
            longer, at = longer + more, end
            faults.append(fault)
        lines[index] = "".join((*pieces, line[at:]))
    return Repaired("\n".join(lines), _once(faults), added, tab) if faults else Repaired(text)


def _once(faults: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The faults, of which indentation is one, however many lines of a file it has."""
    times = Counter(fault.message for fault in faults if fault.message in _OF_INDENTATION)
    kept = []
    for fault in faults:
        more = times.pop(fault.message, 0) - 1 if fault.message in _OF_INDENTATION else 0
        if more > 0:
            message = _("{message}, and in that of {count} more lines")
            kept.append(replace(fault, message=message.format(message=fault.message, count=more)))
        elif more == 0:
            kept.append(fault)
    return tuple(kept)


def _start(edit: _Edit) -> int:
    return edit[0]


def _edits(line: str, number: int, tab: int) -> Iterator[_Edit]:
    """Every edit of a line; none overlaps another."""
    if indentation := re.match(_INDENTATION, line):
        yield _indented(indentation[0], number, tab)
    for pattern, instead, message in _ANYWHERE:
        if mark := re.match(pattern, line):
            yield _mark(mark, number, instead, message)
    if re.match(_BRACES, line):
        for pattern, instead, message in _IN_BRACES:
            for mark in re.finditer(pattern, line):
                yield _mark(mark, number, instead, message)


def _mark(mark: re.Match[str], number: int, instead: str, message: str) -> _Edit:
    rule, hint = "full-width-mark", _ENGLISH
    if mark[1].isascii():
        rule, hint = "unreadable-yaml", _SPACE
    fault = error_at(rule, number, mark.start(1) + 1, message, hint, fixable=True)
    return mark.start(1), mark.end(2), instead, fault


def _indented(indentation: str, number: int, tab: int) -> _Edit:
    """Spaces in the place of tabs and of the wide spaces that a Chinese keyboard types."""
    at = re.search("[\t\u3000\u00a0]", indentation)
    column = at.start() + 1 if at else 1
    message, rule = (
        (_TAB, "unreadable-yaml") if "\t" in indentation else (_WIDE_SPACE, "full-width-mark")
    )
    spaces = indentation.replace("\t", " " * tab).replace("\u3000", "  ").replace("\u00a0", " ")
    hint = _("indent with the spaces of the keyboard's English mode; “credit-plan fmt” mends it")
    length = len(indentation) - column + 1
    fault = error_at(rule, number, column, message, hint, length=length, fixable=True)
    return 0, len(indentation), spaces, fault


_CONFLICT_MARKS: Final = ("<<<<<<<", "=======", ">>>>>>>")
_CONFLICT_MARK: Final = r"(?m)^(<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$"


def resolve_conflicts(text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text with empty lines in the place of marks and of their version, and the faults.

    So the rest can be judged, and our version with it. A conflict is one fault, at its first
    mark; what follows until its last mark is a part of it.
    """
    if not any(mark in text for mark in _CONFLICT_MARKS) or not re.search(_CONFLICT_MARK, text):
        return text, ()
    lines, faults, mark = text.split("\n"), [], ""
    for index, line in enumerate(lines):
        if found := re.match(_CONFLICT_MARK, line):
            if not mark or found[1][0] == "<":
                faults.append(_conflict(index + 1))
            mark = "" if found[1][0] == ">" else found[1][0]
        if found or mark in {"=", "|"}:
            lines[index] = ""
    return "\n".join(lines), tuple(faults)


def _conflict(line: int) -> Diagnostic:
    return error_at(
        "merge-conflict",
        line,
        1,
        _("a merge was left unfinished here"),
        _("keep one of the two versions, and delete the lines that mark them"),
        length=7,
    )
