"""Write a file in its one canonical form, with all of its comments."""

from collections.abc import Iterator

from credit_plan.formatting.comments import PlacedComments, place_comments
from credit_plan.formatting.layout import Line, lay_out
from credit_plan.formatting.values import fix_record
from credit_plan.i18n import _
from credit_plan.models.records import Record
from credit_plan.yaml.errors import UnreadableError, error_at
from credit_plan.yaml.parse import Parsed, parse


def format_text(parsed: Parsed, model: type[Record]) -> str:
    """Return the text of a file in its canonical form.

    All diagnostics of `parsed` must be fixable, and its data, once fixed, valid for `model`. Raise
    UnreadableError rather than return a text with another meaning.
    """
    if parsed.root is None:
        message = "a file that could not be read has no form"
        raise ValueError(message)
    lines = tuple(lay_out(parsed.root, model))
    # The marks of the tree count characters of the repaired text, of which it was composed.
    comments = place_comments(parsed.repaired.text, parsed.root, lines)
    written = "".join(f"{line}\n" for line in _write_lines(lines, comments))
    again = parse(written)
    if again.diagnostics or again.data != fix_record(parsed.data, model):
        message = _("the canonical form of this file would have another meaning")
        hint = _("look for a text that contains YAML syntax, such as “，by：”, and rewrite it")
        raise UnreadableError(error_at("unreadable-yaml", 1, 1, message, hint))
    return written


def _write_lines(lines: tuple[Line, ...], comments: PlacedComments) -> Iterator[str]:
    yield from comments.head
    for number, line in enumerate(lines):
        margin = " " * line.indent
        yield from (f"{margin}{comment}" for comment in comments.above[number])
        after = comments.after.get(number)
        yield f"{margin}{line.text}" if after is None else f"{margin}{line.commented}  {after}"
    yield from comments.foot
