"""Repair full-width punctuation and tabs, so that parsing can continue.

Each repair is reported. Its result is certain, so that the rest of the file can be checked, and
`fmt` writes it.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from yaml.nodes import Node

from credit_plan.diagnostics import Diagnostic, Location
from credit_plan.i18n import _
from credit_plan.yaml.errors import WHOLE_QUOTES, error_at
from credit_plan.yaml.nodes import find_continued_lines, iter_scalars

_TAB_WIDTHS = (2, 4, 8)
_WHITE = "\t\u3000\u00a0"
_RARE = _WHITE + "－［【］】｛｝"
_SUSPECTS = (
    r"(?m)[a-z0-9_\"'][ \t]*：|^ *(?:- )?\w{1,8}：",
    r"，[ \t]*[\"'a-z0-9_-]+[ \t]*[:：]",
    r"-(?<=[ \n]-)(?:[\u3400-\u9fff]|[a-z_]+:|\t)",
    r":(?<=[a-z_]:)[^\s/]",
)
"""Nearly no text matches these, and searching for them is ten times as fast as the rest."""

_START = r"^[ \t\u3000\u00a0]*(?:[-－][ \t])?"
_SLUG = "[a-z_][a-z0-9_-]*"
"""A key of a record, or the id of an indicator."""
_QUOTED_KEY = rf"\"{_SLUG}\"|'{_SLUG}'"
_KEY = rf"(?:{_SLUG}|{_QUOTED_KEY})"
_ANY_KEY = rf"(?:[A-Za-z_][A-Za-z0-9_-]*|[A-Za-z_\u3400-\u9fff]{{1,8}}|{_QUOTED_KEY})"
"""A key that may be misspelt, or in Chinese; a longer word in Chinese is part of a text."""
_VALUE = rf"{_START}{_KEY}[ \t]*[:：][ \t]*"
_BRACE = rf"{_START}(?:{_KEY}[ \t]*[:：][ \t]*)?[{{｛]"
"""The beginning of a line with a record in braces; elsewhere a brace is part of a text."""

_QUOTED = rf"(?m)(?:^|[-－:：,，{{｛\[［【])[ \t\u3000\u00a0]*{WHOLE_QUOTES}"
"""A text in quotes; quotes elsewhere are part of a text without quotes."""
_BLOCK_TEXT = (
    rf"(?:({_START}){_KEY}[ \t]*[:：]|([ \t\u3000\u00a0]*)[-－])"
    r"[ \t]*[|>][-+0-9]*(?:\s+#.*)?\s*$"
)
"""The line above a text that is set apart by its indentation; what that must exceed is a group."""

_IN_LINE = (
    r"^ *([\t\u3000\u00a0][ \t\u3000\u00a0]*)\S",
    r"^[ \t\u3000\u00a0]*(－[ \t]*)",
    r"^ *(-\t*)(?:[\u3400-\u9fff]|[a-z_]+:|(?<=\t)\S)",
    rf"{_START}{_ANY_KEY}[ \t]*(：[ \t]*)",
    rf"{_START}[a-z_]+(:)[^\s/]",
    rf"{_VALUE}([［【])[^［【］】]*\]\s*$",
    rf"{_VALUE}\[[^［【］】]*([］】])\s*$",
)
_IN_BRACES = (
    rf"{_BRACE}(?<=(｛))[ \t]*{_KEY}[:：]",
    r"(｝)\s*$",
    rf"[{{｛,，][ \t]*{_KEY}(：[ \t]*)",
    rf"(，[ \t]*)(?={_KEY}[:：])",
    r"[{｛,，][ \t]*[a-z_]+(:)(?=[^\s/])",
)
"""Patterns whose group is replaced. They are compiled when a text needs them."""

_MEANINGS = {
    "－": "- ",
    "：": ": ",
    "，": ", ",
    "［": "[",
    "【": "[",
    "］": "]",
    "】": "]",
    "｛": "{",
    "｝": "}",
    "-": "- ",
    ":": ": ",
}
"""The replacement of each mark; an ASCII mark only lacks the space after it."""


class Edit(NamedTuple):
    """A `mark` of a line that begins at `start`, and its replacement.

    `at` is where the replacement begins in the repaired line.
    """

    start: int
    mark: str
    new: str
    at: int

    @property
    def end(self) -> int:
        """Return where the mark ends in the original line."""
        return self.start + len(self.mark)

    @property
    def new_end(self) -> int:
        """Return where the replacement ends in the repaired line."""
        return self.at + len(self.new)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, and the edits of each line that was changed."""

    text: str
    edits: Mapping[int, Sequence[Edit]] = field(default_factory=dict)

    def explain(self) -> Iterator[Diagnostic]:
        """Yield what was wrong: bad white space once per kind, and every other mark."""
        reported = set[str]()
        for number, edits in self.edits.items():
            for edit in edits:
                diagnostic = _explain(edit.mark, number, edit.start + 1)
                if edit.mark.isspace():
                    if diagnostic.message in reported:
                        continue
                    reported.add(diagnostic.message)
                yield diagnostic

    def original(self, location: Location) -> Location:
        """Return where in the original text a part of the repaired one is."""
        edits = self.edits.get(location.line)
        if not edits:
            return location
        column, end = (_original_column(edits, it) for it in (location.column, location.end_column))
        return replace(location, column=column, end_column=end)

    def find_misplaced(self, root: Node | None) -> frozenset[tuple[int, int]]:
        """Return the line and the start of each edit that is not between the values of a tree.

        The tree is that of the repaired text. Without these edits, every key, every value and
        every comment is in the original text as it is in the repaired one.
        """
        if root is None or not self.edits:
            return frozenset()
        marks = ((it.start_mark, it.end_mark) for it in iter_scalars(root))
        texts = [
            ((start.line + 1, start.column), (end.line + 1, end.column))
            for start, end in marks
            if start.index < end.index
        ]
        lines = self.text.split("\n")
        return frozenset(
            (number, edit.start)
            for number, edits in self.edits.items()
            for edit in edits
            if _is_inside(edit, number, lines[number - 1], texts)
        )


def repair(text: str, left_alone: Collection[tuple[int, int]] = ()) -> Repaired:
    """Return a text with its repairs, except those at these lines and columns.

    Quotes are left alone, and so are texts below `|` or `>` and, if the text is YAML as it is,
    every line that continues a value. What else must not be changed is known when the repaired
    text has been parsed (`find_misplaced`). The width of a tab is the first with which the text
    is YAML.
    """
    if not any(sign in text for sign in _RARE) and not any(re.search(it, text) for it in _SUSPECTS):
        return Repaired(text)
    marks = dict(_select_marks(text, left_alone))
    has_tabs = any("\t" in mark for found in marks.values() for _start, mark in found)
    lines = text.split("\n")
    for width in _TAB_WIDTHS if has_tabs else ():
        repaired = _repair_lines(lines, marks, width)
        if find_continued_lines(repaired.text) is not None:
            return repaired
    return _repair_lines(lines, marks, _TAB_WIDTHS[0])


def find_marks(text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield the number of each line with marks to be repaired, and where each of them begins."""
    lines = text.split("\n")
    for number, line in _iter_lines(re.sub(_QUOTED, _hide, text).split("\n")):
        patterns = _IN_LINE + _IN_BRACES if re.match(_BRACE, line) else _IN_LINE
        found = {it.span(1) for pattern in patterns for it in re.finditer(pattern, line)}
        if found:
            source = lines[number - 1]
            yield number, [(start, source[start:end]) for start, end in sorted(found)]


def _select_marks(
    text: str, left_alone: Collection[tuple[int, int]]
) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Yield the marks of each line that continues no value, except those at these places."""
    continued = find_continued_lines(text) or frozenset()
    for number, of_line in find_marks(text):
        found = [mark for mark in of_line if (number, mark[0]) not in left_alone]
        if found and number not in continued:
            yield number, found


def _hide(quoted: re.Match[str]) -> str:
    """Return quotes with figures in place of their text, unless they may be those of a key."""
    whole, text = quoted[0], quoted[1]
    if re.fullmatch(_KEY, text):
        return whole
    start = quoted.start(1) - quoted.start() + 1
    end = start + len(text) - 2
    return whole[:start] + re.sub(r"[^\n]", "0", whole[start:end]) + whole[end:]


def _iter_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers, except the texts below `|` or `>`."""
    margin = None
    for number, line in enumerate(lines, 1):
        indentation = len(line) - len(line.lstrip(" "))
        if margin is None or (line.strip() and indentation <= margin):
            yield number, line
            head = re.match(_BLOCK_TEXT, line)
            margin = len(head[head.lastindex or 0]) if head else None


def _repair_lines(
    lines: Sequence[str], marks: Mapping[int, list[tuple[int, str]]], tab_width: int
) -> Repaired:
    edits: dict[int, list[Edit]] = {}
    repaired = list(lines)
    for number, found in marks.items():
        added, edits[number] = 0, []
        for start, mark in found:
            new = _replace(mark, tab_width)
            edits[number].append(Edit(start, mark, new, start + added))
            added += len(new) - len(mark)
        repaired[number - 1] = "".join(_pieces(lines[number - 1], edits[number]))
    return Repaired("\n".join(repaired), edits)


def _replace(mark: str, tab_width: int) -> str:
    if mark[0] in _MEANINGS:
        return _MEANINGS[mark[0]]
    return mark.replace("\t", " " * tab_width).replace("\u3000", "  ").replace("\u00a0", " ")


def _pieces(line: str, edits: Sequence[Edit]) -> Iterator[str]:
    at = 0
    for edit in edits:
        yield line[at : edit.start]
        yield edit.new
        at = edit.end
    yield line[at:]


def _original_column(edits: Sequence[Edit], column: int) -> int:
    """Return the column, from 1, in the original line; what is replaced has one end."""
    index = bisect_left(edits, column, key=_new_end)
    if index:
        column += edits[index - 1].end - edits[index - 1].new_end
    return min(column, edits[index].end + 1) if index < len(edits) else column


def _new_end(edit: Edit) -> int:
    return edit.new_end


_Place = tuple[int, int]


def _is_inside(edit: Edit, number: int, line: str, texts: Sequence[tuple[_Place, _Place]]) -> bool:
    """Return whether an edit overlaps one of these texts, or is in a comment.

    Between the texts, `#` begins a comment.
    """
    index = bisect_left(texts, (number, edit.new_end), key=_start)
    last_line, last_column = texts[index - 1][1] if index else (0, 0)
    if (last_line, last_column) > (number, edit.at):
        return True
    return line.find("#", last_column if last_line == number else 0, edit.at) >= 0


def _start(text: tuple[_Place, _Place]) -> _Place:
    return text[0]


def _explain(mark: str, line: int, column: int) -> Diagnostic:
    rule, length = "unreadable-yaml", 1
    if mark.isspace():
        length = len(mark)
        hint = _("indent with ordinary spaces, or run “credit-plan fmt”")
        message = _("the indentation contains a tab")
        if "\t" not in mark:
            rule, message = "full-width-mark", _("the indentation contains a full-width space")
    elif mark[0].isascii():
        message = _("a space is missing after “{mark}”").format(mark=mark[0])
        hint = _("add it, or run “credit-plan fmt”")
    else:
        rule, message = "full-width-mark", _("“{mark}” is full-width; YAML needs “{ascii}”")
        message = message.format(mark=mark[0], ascii=_MEANINGS[mark[0]].strip())
        hint = _("type it with an English keyboard layout, or run “credit-plan fmt”")
    return error_at(rule, line, column, message, hint, length=length, fixable=True)
