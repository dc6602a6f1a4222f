"""A file as it is written: its lines in their one form, and its comments among them."""

from __future__ import annotations

from collections.abc import Iterator

from credit_plan.diagnostic import Diagnostic
from credit_plan.form.comments import Placed, placed
from credit_plan.form.layout import Line, layout
from credit_plan.form.mends import mended
from credit_plan.language import _
from credit_plan.model import Record
from credit_plan.syntax import Parsed, parse
from credit_plan.syntax.fault import UnreadableError, error_at


def canonical(parsed: Parsed, model: type[Record]) -> str:
    """The text of a file in its one form.

    All faults of `parsed` must be mendable, and its data, mended, be valid for `model`. Raises
    UnreadableError rather than return a text that does not say the same.
    """
    if parsed.root is None:
        message = "a file that could not be read has no form"
        raise ValueError(message)
    lines = layout(parsed.root, model)
    # The marks of the tree count characters of the text put right, of which it was composed.
    comments = placed(parsed.put_right.text, parsed.root, lines)
    written = "".join(f"{line}\n" for line in _lines(lines, comments))
    again = parse(written)
    if again.faults or again.data != mended(parsed.data, model):
        raise UnreadableError(_unwritable())
    return written


def _lines(lines: tuple[Line, ...], comments: Placed) -> Iterator[str]:
    yield from comments.head
    for number, line in enumerate(lines):
        margin = " " * line.indent
        yield from (f"{margin}{comment}" for comment in comments.above.get(number, ()))
        behind = comments.behind.get(number)
        yield f"{margin}{line.text}" if behind is None else f"{margin}{line.commented}  {behind}"
    yield from comments.foot


def _unwritable() -> Diagnostic:
    return error_at(
        "unreadable-yaml",
        1,
        1,
        _("in its canonical form this file would not say the same"),
        _("look for a text that holds marks of YAML, such as “，by：”, and write it otherwise"),
    )
