"""What is said of changes: the words for what happened, the headings of fields, and the totals."""

from collections import Counter
from collections.abc import Iterable

from credit_plan.compare.changes import Change
from credit_plan.i18n import _, join_clauses, join_list, mark_plural, pgettext, plural
from credit_plan.models.records import Recurrence
from credit_plan.questions.columns import HEADINGS, PERIODS, name_day

EVENTS = {
    "added": _("added"),
    "removed": _("removed"),
    "moved": _("moved"),
    "renumbered": _("renumbered"),
    "renamed": _("renamed"),
    "changed": _("changed"),
}
KINDS = {
    "plan": pgettext("kind of record", "plan"),
    "chapter": pgettext("kind of record", "chapter"),
    "unit": pgettext("kind of record", "unit"),
    "task": pgettext("kind of record", "task"),
    "measure": pgettext("kind of record", "measure"),
    "indicator": pgettext("kind of record", "indicator"),
}
TOTALS = {
    ("added", "task"): mark_plural("{count} task added", "{count} tasks added"),
    ("added", "measure"): mark_plural("{count} measure added", "{count} measures added"),
    ("added", "indicator"): mark_plural("{count} indicator added", "{count} indicators added"),
    ("added", "unit"): mark_plural("{count} unit added", "{count} units added"),
    ("added", "chapter"): mark_plural("{count} chapter added", "{count} chapters added"),
    ("removed", "task"): mark_plural("{count} task removed", "{count} tasks removed"),
    ("removed", "measure"): mark_plural("{count} measure removed", "{count} measures removed"),
    ("removed", "indicator"): mark_plural(
        "{count} indicator removed", "{count} indicators removed"
    ),
    ("removed", "unit"): mark_plural("{count} unit removed", "{count} units removed"),
    ("removed", "chapter"): mark_plural("{count} chapter removed", "{count} chapters removed"),
    ("moved", "measure"): mark_plural("{count} measure moved", "{count} measures moved"),
    ("renumbered", "task"): mark_plural("{count} task renumbered", "{count} tasks renumbered"),
    ("renumbered", "measure"): mark_plural(
        "{count} measure renumbered", "{count} measures renumbered"
    ),
    ("renumbered", "chapter"): mark_plural(
        "{count} chapter renumbered", "{count} chapters renumbered"
    ),
    ("renamed", "indicator"): mark_plural(
        "{count} indicator renamed", "{count} indicators renamed"
    ),
    ("renamed", "unit"): mark_plural("{count} unit renamed", "{count} units renamed"),
    ("changed", "task"): mark_plural("{count} task changed", "{count} tasks changed"),
    ("changed", "measure"): mark_plural("{count} measure changed", "{count} measures changed"),
    ("changed", "indicator"): mark_plural(
        "{count} indicator changed", "{count} indicators changed"
    ),
    ("changed", "unit"): mark_plural("{count} unit changed", "{count} units changed"),
    ("changed", "chapter"): mark_plural("{count} chapter changed", "{count} chapters changed"),
    ("changed", "plan"): mark_plural("plan metadata changed", "plan metadata changed"),
}
"""What the closing line says of the records of a kind to which the same happened, in its order."""

RECORD_HEADINGS = HEADINGS | {
    "name": pgettext("field of a file", "Name"),
    "kind": pgettext("field of a file", "Kind"),
    "aliases": _("Also called"),
    "pinyin": pgettext("field of a file", "Pinyin"),
    "title": pgettext("field of a file", "Title"),
    "label": pgettext("field of a file", "Label"),
    "city": pgettext("field of a file", "City"),
    "period": pgettext("field of a file", "Period"),
    "required": pgettext("field of a file", "Required"),
    "pages": pgettext("field of a file", "Pages"),
    "tasks": pgettext("field of a file", "Tasks"),
    "measures": pgettext("field of a file", "Measures"),
    "every": pgettext("field of a file", "Every"),
    "on": pgettext("field of a file", "On"),
    "from": pgettext("field of a file", "From"),
    "until": pgettext("field of a file", "Until"),
}
INDICATOR_HEADINGS = {
    "id": _("Code"),
    "name": pgettext("field of a file", "Name"),
    "unit": _("Counted in"),
    "better": pgettext("field of a file", "Better"),
    "measure": _("Measure"),
    "note": _("Note"),
    "by": pgettext("field of a file", "By"),
    "comparison": pgettext("field of a file", "Comparison"),
    "value": pgettext("field of a file", "Value"),
    "text": pgettext("target", "As printed"),
}
"""What people call the fields of an indicator, and those of all other records."""

DATA_HEADINGS = {
    "change": pgettext("heading of diff", "Change"),
    "kind": pgettext("heading of diff", "Kind"),
    "id": pgettext("heading of diff", "ID"),
    "was_id": _("Old ID"),
    "field": _("Field"),
    "was": pgettext("heading of diff", "Was"),
    "is": pgettext("heading of diff", "Is"),
    "days": _("Days later"),
    "pieces": _("Difference"),
    "task": _("Task no."),
    "text": _("Task or measure"),
    "lead": _("Lead"),
    "responsible": _("Responsible"),
    "deadline": _("Deadline"),
    "name": _("Indicator"),
    "measure": _("Measure of the indicator"),
    "by": _("Target by"),
    "comparison": _("Comparison"),
}
"""What people call the columns of the CSV."""


def summarize(changes: Iterable[Change]) -> str:
    """Return `1 task added, 2 measures removed, 3 measures changed, 12 measures renumbered`."""
    records = {(change.kind, change.event, change.id, change.was_id) for change in changes}
    counts = Counter[tuple[str, str]]((event, kind) for kind, event, _id, _was_id in records)
    return join_clauses(
        plural(*sentences, counts[happened])
        for happened, sentences in TOTALS.items()
        if counts[happened]
    )


def find_heading(change: Change) -> str:
    """Return what people call the field of a change."""
    headings = INDICATOR_HEADINGS if change.kind == "indicator" else RECORD_HEADINGS
    return headings.get(change.field) or change.field.capitalize()


def word_recurrence(it: Recurrence) -> str:
    """Return `按季度通报 (quarter, from 2023-01-01)`."""
    first = _("from {date}").format(date=it.first) if it.first else ""
    until = _("until {date}").format(date=it.until) if it.until else ""
    when = PERIODS[it.every] if it.every else join_list(map(name_day, it.on))
    limits = join_list(filter(None, (when, first, until)))
    return f"{it.text}{pgettext('after a text', ' ({remark})').format(remark=limits)}"


def code_recurrence(it: Recurrence) -> str:
    """Return the same in the keys and codes of the file."""
    limits = {"from": it.first, "until": it.until}
    named = (f"{key} {day}" for key, day in limits.items() if day)
    return f"{it.text} ({', '.join((it.every or ', '.join(it.on), *named))})"
