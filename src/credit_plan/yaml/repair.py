"""Repair full-width punctuation, tabs and merge conflicts, so that parsing can continue.

Each repair is reported. Its result is certain, so that the rest of the file can be checked, and
`fmt` writes it; only a merge conflict is left to the user.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from credit_plan.diagnostics import Diagnostic, Location
from credit_plan.i18n import _
from credit_plan.yaml.errors import error_at
from credit_plan.yaml.nodes import find_continued_lines

_TAB_WIDTHS = (2, 4, 8)
_WHITE = "\t\u3000\u00a0"
_RARE = _WHITE + "－［【］】｛｝"
_SUSPECTS = (
    r"(?m)[a-z_\"'][ \t]*：|^ *(?:- )?\w{1,8}：",
    r"，[ \t]*[\"'a-z_]+[ \t]*[:：]",
    r"-(?<=[ \n]-)(?:[\u3400-\u9fff]|[a-z_]+:|\t)",
    r":(?<=[a-z_]:)[^\s/]",
)
"""Nearly no text matches these, and searching for them is ten times as fast as the rest."""

_START = r"^[ \t\u3000\u00a0]*(?:[-－][ \t])?"
_KEY = r"(?:[a-z_]+|\"[a-z_]+\"|'[a-z_]+')"
_ANY_KEY = r"(?:[A-Za-z_\u3400-\u9fff]{1,8}|\"[a-z_]+\"|'[a-z_]+')"
_VALUE = rf"{_START}{_KEY}[ \t]*[:：][ \t]*"
_BRACE = rf"{_START}(?:{_KEY}[ \t]*[:：][ \t]*)?[{{｛]"
"""The beginning of a line with a record in braces; elsewhere a brace is part of a text."""

_IN_LINE = (
    r"^ *([\t\u3000\u00a0][ \t\u3000\u00a0]*)\S",
    r"^[ \t\u3000\u00a0]*(－[ \t]*)",
    r"^ *(-\t*)(?:[\u3400-\u9fff]|[a-z_]+:|(?<=\t)\S)",
    rf"{_START}{_ANY_KEY}[ \t]*(：[ \t]*)",
    rf"{_START}[a-z_]+(:)[^\s/]",
    rf"{_VALUE}([［【])[^［【］】]*\][ \t]*$",
    rf"{_VALUE}\[[^［【］】]*([］】])[ \t]*$",
)
_IN_BRACES = (
    rf"{_BRACE}(?<=(｛))[ \t]*{_KEY}[:：]",
    r"[{｛].*(｝)[ \t]*$",
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


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, what was wrong with it, and the edits of each line.

    An edit is its start and end in the original line, and its replacement.
    """

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    edits: Mapping[int, Sequence[tuple[int, int, str]]] = field(default_factory=dict)

    def original(self, location: Location) -> Location:
        """Return where in the original text a part of the repaired one is."""
        edits = self.edits.get(location.line, ())
        column, end = location.column, location.end_column
        for start, stop, new in edits:
            added = len(new) - (stop - start)
            column -= added * (column > start + len(new))
            end -= added * (end > start + len(new))
        return replace(location, column=column, end_column=end)


def repair(text: str) -> Repaired:
    """Return a text with its repairs; nothing is changed in the values of several lines.

    The width of a tab is the first with which the text is YAML.
    """
    if not any(sign in text for sign in _RARE) and not any(re.search(it, text) for it in _SUSPECTS):
        return Repaired(text)
    words = find_continued_lines(text) or frozenset()
    for width in _TAB_WIDTHS if "\t" in text else _TAB_WIDTHS[:1]:
        repaired = _repair_lines(text, width, words)
        within = find_continued_lines(repaired.text)
        if within is not None:
            return _repair_lines(text, width, words | within)
    return _repair_lines(text, _TAB_WIDTHS[0], words)


def _repair_lines(text: str, tab_width: int, words: Collection[int]) -> Repaired:
    """Repair each line not in `words`; bad white space is reported once per kind, not per line."""
    lines: list[str] = []
    edits: dict[int, list[tuple[int, int, str]]] = {}
    diagnostics: dict[object, Diagnostic] = {}
    for number, line in enumerate(text.split("\n"), 1):
        marks = [] if number in words else sorted(_find_marks(line))
        edits[number] = [(start, end, _replace(mark, tab_width)) for start, end, mark in marks]
        lines.append(_edit(line, edits[number]))
        for start, _end, mark in marks:
            diagnostic = _explain(mark, number, start + 1)
            key = diagnostic.message if mark[0] in _WHITE else (number, start)
            diagnostics.setdefault(key, diagnostic)
    return Repaired("\n".join(lines), tuple(diagnostics.values()), edits)


def _find_marks(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is to be repaired in a line: where it begins and ends, and what it is."""
    for pattern in _IN_LINE + _IN_BRACES if re.match(_BRACE, line) else _IN_LINE:
        for mark in re.finditer(pattern, line):
            yield *mark.span(1), mark[1]


def _replace(mark: str, tab_width: int) -> str:
    if mark[0] in _MEANINGS:
        return _MEANINGS[mark[0]]
    return mark.replace("\t", " " * tab_width).replace("\u3000", "  ").replace("\u00a0", " ")


def _edit(line: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, new in reversed(edits):
        line = line[:start] + new + line[end:]
    return line


def _explain(mark: str, line: int, column: int) -> Diagnostic:
    rule, length = "unreadable-yaml", 1
    if mark[0] in _WHITE:
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


_CONFLICT_MARK = r"(<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$"


def resolve_conflicts(text: str) -> tuple[str, list[Diagnostic]]:
    """Return the text with the first version of each conflict, and a diagnostic for each conflict.

    The markers and the other versions become empty lines. Each diagnostic is at a first marker.
    """
    if not any(sign * 7 in text for sign in "<=>"):
        return text, []
    lines, diagnostics, side = text.split("\n"), [], ""
    for index, line in enumerate(lines):
        if mark := re.match(_CONFLICT_MARK, line):
            if not side or mark[1][0] == "<":
                message = _("unresolved merge conflict")
                hint = _("keep one of the two versions, and delete the marker lines")
                diagnostics.append(
                    error_at("merge-conflict", index + 1, 1, message, hint, length=7)
                )
            side = mark[1][0].strip(">")
        if mark or side in {"=", "|"}:
            lines[index] = ""
    return "\n".join(lines), diagnostics
