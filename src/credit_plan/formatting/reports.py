"""The reports of a progress file with their lines: sort them, and merge those of two branches.

A report takes the comments directly above it along.
"""

from codecs import BOM_UTF8
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from credit_plan.formatting.layout import find_last
from credit_plan.formatting.values import fix_record
from credit_plan.i18n import _
from credit_plan.loader.files import MAX_BYTES
from credit_plan.loader.validate import parse_and_validate
from credit_plan.models.progress import Progress
from credit_plan.yaml.errors import UnreadableError, error_at
from credit_plan.yaml.nodes import MAX_VALUES, count_values

_by_recorded = attrgetter("recorded")


@dataclass(frozen=True, slots=True)
class _Report:
    """A report: `words` are all that it says, `lines` how it is written."""

    words: str
    recorded: datetime
    comments: Sequence[str]
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class _File:
    """A progress file: its lines up to `entries:`, its reports, and the lines after them."""

    head: Sequence[str] = ()
    reports: Sequence[_Report] = ()
    foot: Sequence[str] = ()

    def write(self) -> str:
        """Return the text."""
        lines = [*self.head]
        for it in self.reports:
            lines += (*it.comments, *it.lines)
        return "".join(f"{line}\n" for line in (*lines, *self.foot))


def sort_reports(text: str) -> str:
    """Return a text in canonical form with its reports in the order of their recording.

    Those of the same second stay in their order.
    """
    file = _split(text.encode())
    ordered = sorted(file.reports, key=_by_recorded)
    return text if ordered == file.reports else replace(file, reports=ordered).write()


def merge_reports(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Return a progress file with the reports of two sides, in the order of their recording.

    A report of the base that one side lacks was taken out there; an empty base has none. Of the
    same second, ours come first. The result is UTF-8, with the line ends of ours. Raise
    UnreadableError, which names the side, where one cannot be taken apart into reports.
    """
    merged = _merge_files(
        _split(base, "base") if base else _File(), _split(ours, "ours"), _split(theirs, "theirs")
    )
    content = merged.write().encode()
    # What is too large cannot be read again.
    if not find_excess(content):
        _refuse_difference(content, merged)
    if b"\r\n" in ours:
        content = content.replace(b"\n", b"\r\n")
    return BOM_UTF8 + content if ours.startswith(BOM_UTF8) else content


def find_excess(content: bytes) -> str:
    """Return by what a file of reports is too large to be read; "" if it is not."""
    if len(content) > MAX_BYTES:
        message = _("it has {size:,} bytes, and the limit is {limit:,}")
        return message.format(size=len(content), limit=MAX_BYTES)
    if (count := count_values(content.decode())) > MAX_VALUES:
        message = _("it has {count:,} values, and the limit is {limit:,}")
        return message.format(count=count, limit=MAX_VALUES)
    return ""


def _split(content: bytes, name: str = "") -> _File:
    """Take a progress file apart; raise UnreadableError where that is not certain."""
    parsed, progress = parse_and_validate(content, Progress, name, fix_record)
    faults = [it for it in parsed.diagnostics if not it.fixable]
    if isinstance(progress, tuple):
        faults += (replace(it, location=parsed.locate(it.path)) for it in progress)
    if parsed.root is None or isinstance(progress, tuple) or faults:
        raise UnreadableError(faults[0])
    lines = [line.removesuffix("\r") for line in parsed.text.removesuffix("\n").split("\n")]
    ((key, entries),) = parsed.root.value
    first = end = key.end_mark.line + 1
    reports = []
    for entry, node in zip(progress.entries, entries.value, strict=True):
        above, start, mark = end, node.start_mark.line, find_last(node).end_mark
        if start < above or not lines[start].lstrip().startswith("-"):
            raise _not_line_by_line(name, start + 1)
        # A block text ends at the beginning of the next line.
        end = mark.line + (mark.column > 0)
        words = repr(entry)
        reports.append(_Report(words, entry.recorded, lines[above:start], lines[start:end]))
    return _File(lines[:first], reports, lines[end:])


def _merge_files(base: _File, ours: _File, theirs: _File) -> _File:
    sides = [{it.words: it for it in file.reports} for file in (base, ours, theirs)]
    reports = [_merge_report(*(side.get(words) for side in sides)) for words in _merge(*sides)]
    head = _merge(base.head, ours.head, theirs.head)
    return _File(
        sorted(head, key=_is_content),
        sorted(reports, key=_by_recorded),
        _merge(base.foot, ours.foot, theirs.foot),
    )


def _merge(base: Collection[str], ours: Collection[str], theirs: Collection[str]) -> list[str]:
    """Return what is on both sides, and what one side has added, ours first."""
    kept = [it for it in ours if it in theirs or it not in base]
    return kept + [it for it in theirs if it not in ours and it not in base]


def _merge_report(base: _Report | None, *sides: _Report | None) -> _Report:
    """Return a report with the comments of both sides, written as on the side that changed it."""
    ours, *others = filter(None, sides)
    if not others:
        return ours
    (theirs,) = others
    comments = _merge(base.comments if base else (), ours.comments, theirs.comments)
    is_ours_old = base is not None and base.lines == ours.lines
    return replace(theirs if is_ours_old else ours, comments=comments)


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _refuse_difference(content: bytes, merged: _File) -> None:
    """Raise UnreadableError unless a content has the reports of which it was made."""
    name = _("the result")
    again = _split(content, name)
    if [it.words for it in again.reports] != [it.words for it in merged.reports]:
        raise _not_line_by_line(name, 1)


def _not_line_by_line(name: str, line: int) -> UnreadableError:
    message = _("this report does not begin on a line of its own")
    hint = _("run “credit-plan fmt” on both sides before they are merged")
    error = error_at("unreadable-yaml", line, 1, message, hint)
    return UnreadableError(replace(error, file=name))
