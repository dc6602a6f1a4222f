"""Repair what a Chinese keyboard, a tab key or a merge left in a text, so that reading goes on.

Each repair is reported; but what was meant is certain, so that the rest of the file can be
judged as well. All but a merge is written by `fmt` as it was meant.
"""

import re
from collections import Counter
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
"""Nearly no text has any of these, which is seen ten times as quickly as what follows."""

_START = r"^[ \t\u3000\u00a0]*(?:[-－][ \t])?"
_KEY = r"(?:[a-z_]+|\"[a-z_]+\"|'[a-z_]+')"
_ANY_KEY = r"(?:[A-Za-z_\u3400-\u9fff]{1,8}|\"[a-z_]+\"|'[a-z_]+')"
_VALUE = rf"{_START}{_KEY}[ \t]*[:：][ \t]*"
_BRACE = rf"{_START}(?:{_KEY}[ \t]*[:：][ \t]*)?[{{｛]"
"""The beginning of a line with a record in braces; elsewhere a brace is a part of a text."""

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
"""Patterns whose group is repaired. They are compiled when a text needs them."""

_TAB = _("a tab stands in the indentation")
_WIDE_SPACE = _("a space that is not YAML's stands in the indentation")
_OF_INDENTATION = (_TAB, _WIDE_SPACE)
_MEANINGS = {
    "－": ("- ", _("the dash of this entry is full-width (－)")),
    "-": ("- ", _("a space is missing behind this dash")),
    "：": (": ", _("the colon behind this key is full-width (：)")),
    ":": (": ", _("a space is missing behind this colon")),
    "，": (", ", _("the comma before this key is full-width (，)")),
    "［": ("[", _("the bracket that opens this list is full-width")),
    "【": ("[", _("the bracket that opens this list is full-width")),
    "］": ("]", _("the bracket that closes this list is full-width")),
    "】": ("]", _("the bracket that closes this list is full-width")),
    "｛": ("{", _("the brace that opens this record is full-width (｛)")),
    "｝": ("}", _("the brace that closes this record is full-width (｝)")),
}
"""By the first character of what is repaired: what is meant, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, the faults that it had, and the edits of each line.

    An edit is where it begins in the original line, where it ends, and what stands there now.
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
    """Return a text as it was surely meant; in values of several lines nothing is repaired.

    Of the widths that a tab may stand for, the first is taken with which the text is YAML.
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
    """Repair all lines but those of words."""
    lines, diagnostics = text.split("\n"), []
    edits: dict[int, list[tuple[int, int, str]]] = {}
    for number, line in enumerate(lines, 1):
        for start, end, mark in () if number in words else sorted(_find_marks(line)):
            new, rule, message, hint = _explain(mark, tab_width)
            edits.setdefault(number, []).append((start, end, new))
            length = len(mark) if message in _OF_INDENTATION else 1
            diagnostics.append(
                error_at(rule, number, start + 1, message, hint, length=length, fixable=True)
            )
        for start, end, new in reversed(edits.get(number, ())):
            lines[number - 1] = lines[number - 1][:start] + new + lines[number - 1][end:]
    return Repaired("\n".join(lines), tuple(_merge_indentation(diagnostics)), edits)


def _find_marks(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is to be repaired in a line: where it begins and ends, and what it is."""
    for pattern in _IN_LINE + _IN_BRACES if re.match(_BRACE, line) else _IN_LINE:
        for mark in re.finditer(pattern, line):
            yield *mark.span(1), mark[1]


def _explain(mark: str, tab_width: int) -> tuple[str, str, str, str]:
    """Return what is meant by a mark, and the rule, the message and the hint about it."""
    if mark[0] in _WHITE:
        new = mark.replace("\t", " " * tab_width).replace("\u3000", "  ").replace("\u00a0", " ")
        hint = _(
            "indent with the spaces of the keyboard's English mode; “credit-plan fmt” mends it"
        )
        if "\t" in mark:
            return new, "unreadable-yaml", _TAB, hint
        return new, "full-width-mark", _WIDE_SPACE, hint
    new, message = _MEANINGS[mark[0]]
    if mark[0].isascii():
        hint = _("type a space there; “credit-plan fmt” mends it")
        return new, "unreadable-yaml", message, hint
    hint = _("type it in the keyboard's English mode; “credit-plan fmt” mends it")
    return new, "full-width-mark", message, hint


def _merge_indentation(diagnostics: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the faults; that of the indentation is one, however many lines of a file have it."""
    times = Counter(diagnostic.message for diagnostic in diagnostics)
    for diagnostic in diagnostics:
        more = times.pop(diagnostic.message, 0) - 1 if diagnostic.message in _OF_INDENTATION else 0
        if more > 0:
            message = _("{message}, and in that of {count} more lines")
            yield replace(
                diagnostic, message=message.format(message=diagnostic.message, count=more)
            )
        elif more == 0:
            yield diagnostic


_CONFLICT_MARK = r"(<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$"


def resolve_conflicts(text: str) -> tuple[str, list[Diagnostic]]:
    """Return a text without the marks of a merge and without its other version, and the faults.

    Empty lines stand for both. A conflict is one fault, at its first mark; what follows until
    its last mark is a part of it.
    """
    if not any(sign * 7 in text for sign in "<=>"):
        return text, []
    lines, diagnostics, side = text.split("\n"), [], ""
    for index, line in enumerate(lines):
        if mark := re.match(_CONFLICT_MARK, line):
            if not side or mark[1][0] == "<":
                message = _("a merge was left unfinished here")
                hint = _("keep one of the two versions, and delete the lines that mark them")
                diagnostics.append(
                    error_at("merge-conflict", index + 1, 1, message, hint, length=7)
                )
            side = mark[1][0].strip(">")
        if mark or side in {"=", "|"}:
            lines[index] = ""
    return "\n".join(lines), diagnostics
