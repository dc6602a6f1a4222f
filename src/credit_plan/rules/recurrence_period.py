"""The period, the days and the limits of a recurrence are those that its words name.

按季度 means `every: quarter`, and “3.15” means `on: ["03-15"]`. Words that leave the days open
(“诚信兴商宣传月”, 有关时间节点) agree with any `on`. `from` and `until` are given only where the
measure names such a beginning (2022年起) or end (2022－2025年). What the passage itself names is
needed.

    recurrences:
      - {text: 按季度通报案件查办情况, every: month}
      - {text: 持续通报案件查办情况, every: quarter}

To fix it, write what the words name: here, `every: quarter`. If they name nothing, quote more of
the measure. A passage without any period, such as the second, is no recurrence: delete it.
"""

from collections.abc import Iterator
from datetime import date

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.i18n import _, join_alternatives, join_list
from credit_plan.models.records import Recurrence
from credit_plan.rules.context import Context
from credit_plan.rules.measures import LocatedMeasure, LocatedTask, name_limits
from credit_plan.wordings import Rhythm, find_days, find_rhythms, find_starts

NAME = "recurrence-period"
SEVERITY = Severity.ERROR


def find_in_task(task: LocatedTask, _context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each value of a recurrence that its words do not name."""
    for measure in task.recurring:
        for index, recurrence in enumerate(measure.record.recurrences):
            place = measure.at("recurrences", index)
            for key, message, hint in (
                *_check_rhythm(recurrence),
                *_check_limits(recurrence, measure),
            ):
                yield Diagnostic(NAME, place[0], (*place[1], key), message, hint)


def _check_rhythm(recurrence: Recurrence) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the message and the hint if the rhythm is not that of the words."""
    rhythms = find_rhythms(recurrence.text)
    if not rhythms:
        hint = _("quote more of the measure, with the words of the period, or delete the entry")
        yield "text", _("these words name neither a period nor a day of each year"), hint
        return
    named = [day for it in rhythms for day in it.on]
    is_open = any(it.is_open for it in rhythms)
    if recurrence.every:
        if recurrence.every not in {it.every for it in rhythms}:
            yield "every", *_explain(f"every: {recurrence.every}", rhythms)
        return
    given = set(recurrence.on)
    if (given.difference(named) and not is_open) or not given.issuperset(named):
        days = ", ".join(f'"{day}"' for day in recurrence.on)
        yield "on", *_explain(f"on: [{days}]", rhythms)


def _explain(given: str, rhythms: tuple[Rhythm, ...]) -> tuple[str, str]:
    periods = list(dict.fromkeys(f"every: {it.every}" for it in rhythms if it.every))
    if days := dict.fromkeys(f'"{day}"' for it in rhythms for day in it.on):
        periods.append(f"on: [{', '.join(days)}]")
    meant = join_alternatives(periods or ['on: ["MM-DD"]'])
    message = _("the words mean {meant}, not {given}").format(meant=meant, given=given)
    return message, _("write {meant}, or quote another passage").format(meant=meant)


def _check_limits(
    recurrence: Recurrence, measure: LocatedMeasure
) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the message and the hint for each limit that the words do not name.

    A limit that the passage itself names is needed; any other must be named in the measure.
    """
    first, until = recurrence.first, recurrence.until
    if first and until and first > until:
        message = _("{until} is before {first}, on which it begins")
        yield "until", message.format(until=until, first=first), _("correct the one that is wrong")
        return
    given = (("from", first), ("until", until))
    limits = zip(given, _name_own_limits(recurrence.text), name_limits(measure), strict=True)
    for (key, day), own, named in limits:
        if own and day not in own:
            meant = join_alternatives(map(str, sorted(own)))
            message = _("according to these words, it ends on {meant}")
            if key == "from":
                message = _("according to these words, it begins on {meant}")
            hint = _("write {key}: {meant}").format(key=key, meant=meant)
            yield key if day else "text", message.format(meant=meant), hint
        elif day and day not in named:
            message = _("nothing in the measure names {day} as a beginning or an end")
            hint = _("delete “{key}”, or write a day that it names: {days}")
            days = join_list(map(str, sorted(named)))
            if not named:
                hint = _("delete “{key}”: without it, the plan and the deadline say it")
            yield key, message.format(day=day), hint.format(key=key, days=days)


def _name_own_limits(passage: str) -> tuple[set[date], set[date]]:
    """Return the beginnings that a passage names, and the ends of its ranges (2022－2025年)."""
    ranges = [it for it in find_days(passage) if it.letter == "R"]
    firsts = {it.span.first for it in (*find_starts(passage), *ranges)}
    return firsts, {it.by for it in ranges}
