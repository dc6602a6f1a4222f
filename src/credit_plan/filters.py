"""What narrows a question, and the names by which people ask for chapters, measures and indicators.

Full-width letters and figures are the same as half-width ones. White space beside Chinese makes no
difference; between letters or figures, and in an id, it does. A name that means nothing, or several
things, is an error that carries the candidates.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from credit_plan.as_of import AsOf, TrackedMeasure
from credit_plan.errors import AmbiguousNameError, ContradictionError, UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.plan import Chapter, Indicator, Measure, Plan, Role, Unit
from credit_plan.status import DEFAULT_WITHIN, DONE, Assessment, LastStatus, Timing
from credit_plan.text import (
    parse_numeral,
    remove_harmless_spaces,
    suggest,
    to_half_width,
    to_hyphens,
    to_simplified,
)
from credit_plan.unit_names import find_unit

_CHAPTER = (
    r"[第(]?([0-9]{1,3}|(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?)(?:章|部分|[篇编节)、.]?)"
)
_ID = r"[0-9][0-9.\s-]*"
_SPACED_ID = r"[0-9.-]+(?:\s+[0-9.-]+)+"
_CACHE_SIZE = 4096
"""Thousands of reports name a hundred units and indicators; each is compared with all of them."""

FoundT = TypeVar("FoundT")

_QUOTES = "“”‘’\"'"
_WITHOUT_QUOTES = str.maketrans("", "", _QUOTES)


class Filters(NamedTuple):
    """What narrows a question. Several units, chapters, statuses and so on widen it: any will do.

    `day` is the day for which timings are computed, and `known_by` the day by which a report must
    have been entered to count.
    """

    units: tuple[Unit, ...] = ()
    role: Role = Role.ANY
    chapters: tuple[Chapter, ...] = ()
    tasks: tuple[int, ...] = ()
    after: date | None = None
    before: date | None = None
    statuses: tuple[LastStatus, ...] = ()
    timings: tuple[Timing, ...] = ()
    only_open: bool = False
    day: date | None = None
    known_by: date | None = None
    within: int = DEFAULT_WITHIN

    @property
    def narrows(self) -> bool:
        """Return whether anything is left out."""
        return self != Filters(day=self.day, known_by=self.known_by, within=self.within)

    @property
    def asks_for_progress(self) -> bool:
        """Return whether anything is left out by what was reported, or by the calendar."""
        return bool(self.statuses or self.timings or self.only_open)

    def as_of(self, plan: Plan) -> AsOf:
        """Return what counts on the day asked for; everything where none was."""
        return AsOf.of(plan, self.day or date.max, self.within, self.known_by)

    def matches(self, measure: Measure) -> bool:
        """Return whether a measure is of the units, chapters and tasks, whatever its dates."""
        return self._is_of_units(measure) and self._is_in_place(measure)

    def matches_via_group(self, measure: Measure) -> bool:
        """Return whether a measure is for a group that may include the units asked for.

        A measure that names one of the units is not, nor is any where a group was asked for.
        """
        if not self.units or any(unit.is_group for unit in self.units):
            return False
        is_for_group = bool(measure.groups(self.role)) and self._is_in_place(measure)
        return is_for_group and set(self.units).isdisjoint(measure.units())

    def covers(self, day: date | None) -> bool:
        """Return whether a day lies between `after` and `before`, both included.

        What has no day does where neither is given.
        """
        if day is None:
            return self.after is None and self.before is None
        return (self.after is None or day >= self.after) and (
            self.before is None or day <= self.before
        )

    def accepts(self, assessment: Assessment) -> bool:
        """Return whether status and timing are among those asked for."""
        return (
            (not self.statuses or assessment.status in self.statuses)
            and (not self.timings or assessment.timing in self.timings)
            and (assessment.is_open or not self.only_open)
        )

    def select(self, measures: Iterable[TrackedMeasure]) -> tuple[TrackedMeasure, ...]:
        """Return the measures asked for, by deadline, status and timing too."""
        return tuple(it for it in self._ending(measures) if self.matches(it.measure))

    def select_via_group(self, measures: Iterable[TrackedMeasure]) -> tuple[TrackedMeasure, ...]:
        """Return the measures of groups that may include the units asked for."""
        return tuple(it for it in self._ending(measures) if self.matches_via_group(it.measure))

    def _ending(self, measures: Iterable[TrackedMeasure]) -> Iterator[TrackedMeasure]:
        return (
            it
            for it in measures
            if self.covers(it.measure.deadline)
            and (it.assessment is None or self.accepts(it.assessment))
        )

    def _is_of_units(self, measure: Measure) -> bool:
        return not self.units or not set(self.units).isdisjoint(measure.units(self.role))

    def _is_in_place(self, measure: Measure) -> bool:
        is_in_chapter = not self.chapters or any(
            chapter.number == measure.chapter for chapter in self.chapters
        )
        return is_in_chapter and (not self.tasks or measure.task in self.tasks)


def parse_filters(  # noqa: PLR0913  one parameter per filter
    plan: Plan,
    *,
    units: Iterable[str] | None = None,
    role: Role = Role.ANY,
    chapters: Iterable[str] | None = None,
    tasks: Iterable[str] | None = None,
    after: date | None = None,
    before: date | None = None,
    statuses: Iterable[LastStatus] | None = None,
    timings: Iterable[Timing] | None = None,
    only_open: bool = False,
    day: date | None = None,
    known_by: date | None = None,
    within: int = DEFAULT_WITHIN,
) -> Filters:
    """Return the filters that a user's words mean.

    Raise NameLookupError for a name that means nothing, ContradictionError for filters that
    leave nothing, such as dates with no day between them.
    """
    if after and before and after > before:
        message = _("--after {after} is later than --before {before}")
        raise ContradictionError(message.format(after=after, before=before))
    if role is not Role.ANY and not units:
        raise ContradictionError(_("--role needs a unit: add --unit NAME"))
    if only_open and timings and DONE.issuperset(timings):
        raise ContradictionError(_("--open excludes what is done: drop --open or --timing"))
    return Filters(
        units=_find_all(find_unit, plan, units),
        role=role,
        chapters=_find_all(find_chapter, plan, chapters),
        tasks=_find_all(find_task, plan, tasks),
        after=after,
        before=before,
        statuses=tuple(statuses or ()),
        timings=tuple(timings or ()),
        only_open=only_open,
        day=day,
        known_by=known_by,
        within=within,
    )


def find_chapter(plan: Plan, name: str) -> Chapter:
    """Return the chapter meant by `4`, `四`, `第四章`, its label or a part of its title."""
    wanted = _fold(name)
    labels = {it: f"{it.label or it.number} {it.title}" for it in plan.chapters}
    holding = _list_chapters(plan, wanted) or _list_chapters(plan, to_simplified(wanted))
    message = _("{name} matches {count} chapters")
    if chapter := _find_only(holding, name, message, tuple(labels[it] for it in holding)):
        return chapter
    message = _("unknown chapter {name}")
    raise UnknownNameError(message.format(name=quote(name)), tuple(labels.values()))


def find_task(plan: Plan, name: str) -> int:
    """Return the number of the task meant."""
    wanted = _fold_id(name, (str(measure.task) for measure in plan.measures))
    numbers = [measure.task for measure in plan.measures] or [0]
    for number in numbers:
        if str(number) == wanted:
            return number
    message = _("unknown task {name}; the plan has tasks {first} to {last}")
    raise UnknownNameError(message.format(name=quote(name), first=numbers[0], last=numbers[-1]), ())


def find_measures(plan: Plan, name: str) -> tuple[Measure, ...]:
    """Return the measure with this id, or all measures of the task with this number."""
    known = (of for measure in plan.measures for of in (str(measure.task), measure.id))
    wanted = _fold_id(name, known)
    number = wanted.partition(".")[0]
    task = find_task(plan, number if number.isdecimal() else name)
    of_task = tuple(measure for measure in plan.measures if measure.task == task)
    if wanted == number:
        return of_task
    # The table prints 1－1 to 1－4: `79.1` means all four of them.
    chosen = tuple(
        measure
        for measure in of_task
        if measure.id == wanted or measure.id.startswith(f"{wanted}-")
    )
    if not chosen:
        message = _("task {number} has no measure {name}")
        raise UnknownNameError(
            message.format(number=number, name=quote(name)),
            tuple(measure.id for measure in of_task),
        )
    return chosen


def find_measure(plan: Plan, name: str) -> Measure:
    """Return the one measure that an id means."""
    chosen = find_measures(plan, name)
    if len(chosen) > 1:
        message = _("{name} has {count} measures; choose one")
        raise AmbiguousNameError(
            message.format(name=quote(name), count=len(chosen)),
            tuple(measure.id for measure in chosen),
        )
    return chosen[0]


def normalize_id(written: str) -> str:
    """Return an id in half width, with a point for 。 or ·, a hyphen for a dash, nothing around it.

    第7.10项 is 7.10, as are ="7.10" and '7.10: so people keep spreadsheets from making 7.1 of it.
    """
    plain = re.sub("[。·]", ".", to_hyphens(written)).strip().strip(f"={_QUOTES}")
    return re.sub("^第|[项項]$", "", plain).strip()


def is_id(written: str) -> bool:
    """Return whether a text has the form of an id, of a task or of a measure."""
    return bool(re.fullmatch(_ID, normalize_id(written)))


def find_indicator(plan: Plan, name: str, measure: str = "") -> Indicator:
    """Return the indicator with this id or name, or with this part in one of them.

    Those of `measure`, by its id, come first. The quotes of a name need not be typed, and its unit
    may follow, as in a sheet to be filled in: 承诺率（％）.
    """
    wanted = _unquote(name)
    own = tuple(indicator for indicator in plan.indicators if indicator.measure == measure)
    # Of several with one name, the last one counts.
    ordered = (*plan.indicators, *own)
    by_name = _index_indicators(ordered)
    with_unit = {_unquote(it.name_with_unit): it for it in ordered}
    if indicator := by_name.get(wanted) or with_unit.get(wanted):
        return indicator
    for indicators in (own, plan.indicators):
        if indicator := _find_by_part(indicators, name):
            return indicator
    if (simplified := to_simplified(name)) != name:
        return find_indicator(plan, simplified, measure)
    near = suggest(wanted, by_name, cutoff=0.4) or _find_sharing(wanted, by_name)
    candidates = dict.fromkeys((*own, *(by_name[known] for known in near)))
    message = _("unknown indicator {name}")
    raise UnknownNameError(message.format(name=quote(name)), _list_indicators(candidates))


def _list_chapters(plan: Plan, wanted: str) -> list[Chapter]:
    """Return the chapters with this label, or this number, or this part in their titles."""
    if labelled := [it for it in plan.chapters if wanted == _fold(it.printed)]:
        return labelled
    if (number := _parse_chapter_number(wanted)) is not None:
        return [it for it in plan.chapters if it.number == number]
    return [it for it in plan.chapters if wanted and wanted in it.title]


def _find_all(
    find: Callable[[Plan, str], FoundT], plan: Plan, names: Iterable[str] | None
) -> tuple[FoundT, ...]:
    """Return what names mean, once each."""
    return tuple(dict.fromkeys(find(plan, name) for name in names or ()))


def _find_only(
    found: Sequence[FoundT], name: str, message: str, labels: tuple[str, ...]
) -> FoundT | None:
    """Return the only thing that a name may mean; raise AmbiguousNameError if it is not alone."""
    if len(found) > 1:
        raise AmbiguousNameError(message.format(name=quote(name), count=len(found)), labels)
    return found[0] if found else None


def _find_by_part(indicators: Iterable[Indicator], name: str) -> Indicator | None:
    """Return the only indicator with this part in its id or name, if there is one."""
    wanted, names = _unquote(name), _index_indicators(indicators)
    holding = tuple(dict.fromkeys(names[it] for it in names if wanted and wanted in it))
    message = _("{name} matches {count} indicators")
    return _find_only(holding, name, message, _list_indicators(holding))


def _index_indicators(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    return {_unquote(name): it for it in indicators for name in (it.id, it.name)}


def _find_sharing(wanted: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that have most of the characters of a part that was typed."""
    characters = set(wanted)
    shared = sorted(((len(characters & set(name)), name) for name in names), reverse=True)
    return tuple(name for count, name in shared if 3 * count >= 2 * len(characters))[:3]


def _list_indicators(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    return tuple(f"{indicator.id} {indicator.name}" for indicator in indicators)


@lru_cache(_CACHE_SIZE)
def _unquote(name: str) -> str:
    """Return the name of an indicator as it is compared; no shell's keyboard has “ and ”."""
    return _fold(name).casefold().translate(_WITHOUT_QUOTES)


@lru_cache(_CACHE_SIZE)
def _fold(name: str) -> str:
    """Return a name as it is compared: full width and white space make no difference."""
    return remove_harmless_spaces(to_half_width(name))


def _fold_id(name: str, known: Iterable[str]) -> str:
    """Return an id as it is compared.

    Raise UnknownNameError for white space inside, with those of the `known` ids that may be meant:
    7 5 may be 75 or 7.5.
    """
    wanted = normalize_id(name)
    if re.fullmatch(_SPACED_ID, wanted):
        message = _("{name} has white space inside; write the id without it")
        meant = {joint.join(wanted.split()) for joint in ("", ".")}
        candidates = sorted(meant.intersection(known))
        raise UnknownNameError(message.format(name=quote(name)), tuple(candidates))
    return wanted


def _parse_chapter_number(wanted: str) -> int | None:
    """Return 4 for `4`, `四`, 第四章, （四） or 第四部分; None where the text is no number."""
    match = re.fullmatch(_CHAPTER, wanted)
    if not match or not match[1]:
        return None
    return int(match[1]) if match[1].isdecimal() else parse_numeral(match[1])
