"""Chinese text contains no white space.

The published table was taken from a PDF file that broke lines inside words and had spaces before
commas. A search does not find a text with such a space in it.

    text: 建立国家平台市级节点 。推进信息共享

To fix it, delete the space, or run `credit-plan fmt FILE`. A single space between Latin letters or
figures is allowed.
"""

from collections.abc import Iterator
from typing import Any

from credit_plan import text
from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _
from credit_plan.models.draft import Located
from credit_plan.rules import units
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedTask
from credit_plan.rules.texts import iter_texts

NAME = "stray-space"
SEVERITY = Severity.ERROR

_CONTEXT = 6
"""Characters that the message shows before and after the space."""


def find(context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each run of white space at a text's ends or next to Chinese."""
    by_name = context.units.renew()
    for located, suspect in context.suspects:
        yield from _find_in(located, suspect, by_name)


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield the same for the texts of a task."""
    if task.suspect:
        yield from _find_in(task, task.suspect, context.units.renew())


def _find_in(located: Located[Any], suspect: str, by_name: units.Units) -> Iterator[Diagnostic]:
    if not text.has_white_space(suspect):
        return
    for path, words in iter_texts(located):
        spaces = list(text.find_stray_spaces(words))
        is_list_entry = isinstance(path[-1], int)
        # A space between two names separates them: to delete it would be wrong.
        if not spaces or (is_list_entry and units.split_names(words, by_name)):
            continue
        if is_list_entry:
            hint = _("delete the space or the line break")
        else:
            hint = _("delete the space or the line break; “credit-plan fmt” does that")
        for start, end in spaces:
            passage = " ".join(words[max(start - _CONTEXT, 0) : end + _CONTEXT].split())
            yield Diagnostic(
                NAME,
                located.file,
                path,
                _("white space in Chinese text: “{passage}”").format(passage=passage),
                hint,
                part=(start, end),
            )
