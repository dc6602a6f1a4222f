"""The words of a deadline and its date, or how often it recurs, agree.

A phrase stands for the last day that it includes: 2025年底前 is 2025-12-31, and 6月底前 is 30 June
of the year that `by` has. 完成并长期坚持 means that the measure continues after the deadline, which
is written as `ongoing: true`. 每季度末 recurs: it has `every: quarter`, and 每年6月底前 has
`on: ["06"]`. 长期 is a standing duty without a day, and has neither.

    deadline: {text: 2025年底前, by: 2024-12-31}
    deadline: {text: 2023年底前完成并长期坚持, by: 2023-12-31}
    deadline: {text: 每季度末, every: month}
    deadline: {text: 长期, by: 2025-12-31}

Words that the program does not know (两会前) are an error if the record does not say what they
mean. If it does, they are a warning: nobody but you can compare the two.

To fix it, correct whichever part differs from the published table. Here, the first line needs
`by: 2025-12-31`, the second `ongoing: true`, the third `every: quarter`, and the last no `by`. If
the program does not know the words, give `by`, `every` or `on`, and accept the warning.
"""

from collections.abc import Iterator
from operator import attrgetter

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, quote
from credit_plan.models.records import Deadline
from credit_plan.plan import DeadlineKind
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, LocatedTask
from credit_plan.wordings import Wording, read_deadline

NAME = "deadline-date"
SEVERITY = Severity.ERROR
MILDEST = Severity.WARNING

_list_values = attrgetter("by", "every", "on", "first", "until", "ongoing")
"""What a deadline says: nearly all say the same as their words."""


def find_in_task(task: LocatedTask, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each deadline whose words mean something else, or are unknown."""
    years = context.years
    for measure in task.measures:
        if not (deadline := measure.record.deadline):
            continue
        printed = read_deadline(deadline.text, deadline.by, years)
        if printed and printed.by and _list_values(printed) == _list_values(deadline):
            continue
        if printed is None:
            yield _report_unknown(measure, deadline)
        elif printed.kind is DeadlineKind.DAY and printed.by is None:
            message = _("“{text}” names a day, and the year is not known")
            hint = _("write “by” with the day that is meant, such as {year}-12-31")
            yield _diagnostic(
                measure,
                "text",
                message.format(text=deadline.text),
                hint.format(year=years[-1] if years else "YYYY"),
            )
        elif difference := _find_difference(deadline, printed):
            key, meant, given = difference
            message = _describe_difference(printed, meant, given)
            message = message.format(text=deadline.text, meant=meant, given=given)
            yield _diagnostic(measure, key, message, _find_remedy(key, printed))
        elif printed.ongoing != deadline.ongoing:
            message = _("“{text}” contradicts “ongoing: {ongoing}”")
            message = message.format(text=deadline.text, ongoing=str(deadline.ongoing).lower())
            hint = _("write ongoing: true if the text contains 长期坚持, and only then")
            yield _diagnostic(measure, "ongoing" if deadline.ongoing else "text", message, hint)


def _report_unknown(measure: LocatedMeasure, deadline: Deadline) -> Diagnostic:
    given = _name_rhythm(deadline) if deadline.by is None else f"by: {deadline.by}"
    if deadline.kind is DeadlineKind.STANDING:
        message = _("what {text} means is not known")
        hint = _("write it as the table prints it; if it does, add “by”, “every” or “on”")
        return _diagnostic(measure, "text", message.format(text=quote(deadline.text)), hint)
    message = _("what {text} means is not known; it is taken to mean {given}")
    return Diagnostic(
        NAME,
        *measure.at("deadline", "text"),
        message.format(text=quote(deadline.text), given=given),
        _("compare the two with the published table; if they are right, accept it"),
        MILDEST,
        quotes=(deadline.text, given),
    )


def _describe_difference(printed: Wording, meant: str, given: str) -> str:
    """Return the sentence about what the words mean and what the record says."""
    if printed.kind is DeadlineKind.STANDING:
        return _("“{text}” means no day, not {given}")
    if not given:
        return _("“{text}” means {meant}, and the record does not say so")
    if not meant:
        return _("“{text}” does not mean {given}")
    return _("“{text}” means {meant}, not {given}")


def _find_difference(deadline: Deadline, printed: Wording) -> tuple[str, str, str] | None:
    """Return the key that is wrong, what the words mean and what the record says; None if equal.

    Either of the two is "" if it says nothing.
    """
    keys = [
        ("by", printed.by, deadline.by),
        ("every", printed.every, deadline.every),
        ("on", sorted(printed.on), sorted(deadline.on)),
        ("from", printed.first, deadline.first),
        ("until", printed.until, deadline.until),
    ]
    wrong = [(key, meant, given) for key, meant, given in keys if meant != given]
    if not wrong:
        return None
    # What the record has too much is shown where it is, and what it lacks at its words.
    key = next((key for key, _meant, given in wrong if given), "text")
    if deadline.kind is DeadlineKind.STANDING:
        return "text", _name_meaning(printed), ""
    if printed.kind is not deadline.kind or any(it in {"every", "on"} for it, *_rest in wrong):
        meant, given = (_name_meaning(it) for it in (printed, deadline))
        return key, meant, given
    name, meant_day, given_day = wrong[0]
    label = "" if name == "by" else f"{name}: "
    meant, given = (f"{label}{it}" if it else "" for it in (meant_day, given_day))
    return key, meant, given


def _find_remedy(key: str, printed: Wording) -> str:
    if printed.kind is DeadlineKind.STANDING:
        return _("delete “{key}”, or correct the text").format(key=key)
    if printed.kind is DeadlineKind.DAY:
        return _("write by: {meant}, or correct the text").format(meant=printed.by)
    meant = [_name_rhythm(printed)]
    meant += [f"from: {printed.first}"] if printed.first else []
    meant += [f"until: {printed.until}"] if printed.until else []
    return _("write {meant}, or correct the text").format(meant=", ".join(meant))


def _name_meaning(it: Wording | Deadline) -> str:
    return str(it.by) if it.by else _name_rhythm(it)


def _name_rhythm(it: Wording | Deadline) -> str:
    """Return how something recurs as a file says it: `every: quarter`, `on: ["06"]`."""
    if it.every:
        return f"every: {it.every}"
    days = ", ".join(f'"{day}"' for day in it.on)
    return f"on: [{days}]"


def _diagnostic(measure: LocatedMeasure, key: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(NAME, *measure.at("deadline", key), message, hint)
