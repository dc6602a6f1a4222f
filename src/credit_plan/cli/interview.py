"""Ask for what a report lacks at the terminal; each answer is understood before the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from credit_plan import errors, filters
from credit_plan.as_of import TrackedMeasure
from credit_plan.cli.console import echo_err, now, print_answer, today
from credit_plan.cli.prompt import Offer, ask
from credit_plan.i18n import CHINESE, _, get_language
from credit_plan.loader.locate import Source
from credit_plan.plan import STATUSES_IN_CHINESE, Indicator, Measure, Plan, Status, Unit
from credit_plan.questions import columns, history
from credit_plan.questions.search import find_by_words
from credit_plan.reporting import figures, resolve
from credit_plan.reporting.evidence import find_evidence
from credit_plan.reporting.form import list_owed
from credit_plan.reporting.reported import InputError, Reported
from credit_plan.reporting.statuses import parse_status
from credit_plan.table import Answer, Layout
from credit_plan.text import shorten, to_half_width
from credit_plan.unit_names import find_unit, suggest_units

T = TypeVar("T")

_MAX_LISTED = 20
"""Measures to choose from; where words find more, more words are asked for."""

_YEAR_DIGITS = 4
"""A longer number is no number of a list: 2023 is a year."""

_SHOWN = ("id", "text", "target", "milestones", "lead", "deadline_text", "deadline")


def interview(plan: Plan, source: Source, given: Reported) -> Reported | tuple[InputError, ...]:
    """Return a report with what is `given` and what a person answers, or what is wrong in that.

    Nothing that is given is asked for. Raise typer.Abort or KeyboardInterrupt where they stop
    answering, NameLookupError where no measure has the name that is given.
    """
    named = filters.find_measures(plan, given.measure) if given.measure else ()
    known = replace(given, measure=named[0].id if len(named) == 1 else "")
    mistakes = resolve.find_mistakes(plan, source, known, now())
    if not mistakes and not known.measure:
        measure = _choose_measure(named or _ask_measures(plan, given.unit))
        known = replace(given, measure=measure.id)
        mistakes = resolve.find_mistakes(plan, source, known, now())
    if mistakes:
        return mistakes
    measure = filters.find_measure(plan, known.measure)
    _show_measure(plan, measure)
    return _complete(plan, source, known, measure)


def _complete(plan: Plan, source: Source, known: Reported, measure: Measure) -> Reported:
    """Return a report with the answers to all that it does not say."""
    return replace(
        known,
        due=known.due or _ask_due(plan, measure),
        status=known.status or _ask_status(),
        on=known.on or _ask_day(),
        unit=known.unit or _ask_unit(plan, measure),
        values=(*known.values, *_ask_values(plan, measure, known)),
        note=known.note or ask(_("Note (optional)"), resolve.parse_note, default=""),
        evidence=known.evidence or tuple(_ask_evidence(source)),
    )


def _ask_measures(plan: Plan, unit: str) -> tuple[Measure, ...]:
    """Return what may be the measure that a person names; those of a unit are offered first."""
    units = (find_unit(plan, unit),) if unit else ()
    own_first = sorted(plan.measures, key=lambda it: set(units).isdisjoint(it.units()))
    return ask(
        _("Measure (id, unit, or search words)"),
        lambda words: _find_measures(plan, words),
        offers=[_offer_measure(it) for it in own_first],
    )


def _offer_measure(measure: Measure) -> Offer:
    lead = "、".join(columns.names(measure.lead))
    keys = (measure.id, measure.text, *(name for unit in measure.lead for name in unit.names))
    return Offer(measure.id, f"{lead} {shorten(measure.text)}", keys)


def _choose_measure(measures: Sequence[Measure]) -> Measure:
    if len(measures) == 1:
        return measures[0]
    return _choose(_("Which"), [(it, f"{it.id:8}{shorten(it.text)}") for it in measures])


def _find_measures(plan: Plan, words: str) -> tuple[Measure, ...]:
    """Return the measures with an id, led by a unit, or with words if these are not too many."""
    try:
        return filters.find_measures(plan, words)
    except errors.UnknownNameError:
        if words.strip()[:1].isdecimal():
            raise
    hits, units = find_by_words(plan, tuple(words.split()))
    if units and not (hits and len(words.split()) > 1):
        return _find_led(plan, units[0])
    if not hits:
        near = tuple(unit.name for unit in suggest_units(plan, words))
        raise errors.UnknownNameError(_("no measure contains these words"), near)
    if len(hits) > _MAX_LISTED:
        message = _("{count} measures contain these words; add words, or type an id")
        raise errors.MisstatedError(message.format(count=len(hits)))
    return hits


def _find_led(plan: Plan, unit: Unit) -> tuple[Measure, ...]:
    """Return the measures that a unit leads: those that are open, or all if none is."""
    as_of = filters.Filters(day=today()).as_of(plan)
    led = tuple(it for it in plan.measures if unit in it.accountable)
    if not led:
        raise errors.MisstatedError(_("{unit} leads no measure").format(unit=unit.name))
    return tuple(it for it in led if as_of.track(it).is_open) or led


def _show_measure(plan: Plan, measure: Measure) -> None:
    """Print what a measure promises, by when, what is still ahead, and its last report."""
    day = today()
    ahead = tuple(it for it in measure.milestones if day <= it.by and it.by != measure.deadline)
    tracked = TrackedMeasure(measure._replace(milestones=ahead))
    fields = columns.arrange(columns.MEASURE_FIELDS, shown=_SHOWN)
    tables = [columns.make_table("measure", fields, [tracked], layout=Layout.RECORDS)]
    reports = filters.Filters(day=day).as_of(plan).reports.get(measure.id, ())
    if reports:
        last = columns.make_table(
            "reports",
            history.report_fields(plan),
            reports[-1:],
            title=_("Last report"),
            layout=Layout.RECORDS,
        )
        tables.append(last)
    print_answer(Answer("record", day, tuple(tables)), "table", None)
    if not reports:
        echo_err(_("Nothing has been reported on it yet."))


def _ask_due(plan: Plan, measure: Measure) -> str:
    """Return what of the measure the report is about, as `due` has it; "" for the measure itself.

    Milestones can be chosen, and of what recurs the periods that are owed; others can be typed.
    """
    given = filters.Filters(day=today())
    as_of = given.as_of(plan)
    dated = [it for it in as_of.obligations[measure.id] if it.due]
    owed = list_owed(as_of, measure, given)
    offered = [it for it in dated if it in owed or not it.span]
    others = [it for it in dated if it not in offered]
    if not dated:
        return ""
    items = [
        ("", _("the measure itself")),
        *((str(it.due), f"{it.due} {shorten(it.what) if it.span else it.what}") for it in offered),
    ]
    question = _("About")
    if others:
        question = _("About (or type another date, such as {due})").format(due=others[-1].due)
    return _choose(
        question,
        items,
        default="1",
        find_other=lambda text: resolve.find_due(plan, measure, text, today()) or "",
    )


def _ask_status() -> Status:
    is_chinese = get_language() == CHINESE
    items = [
        (status, chinese if is_chinese else f"{status} {chinese}")
        for status, chinese in STATUSES_IN_CHINESE.items()
    ]
    return _choose(_("Status"), items, find_other=parse_status)


def _ask_day() -> str:
    return ask(_("On which day"), lambda text: str(resolve.parse_day(text, today())), str(today()))


def _ask_unit(plan: Plan, measure: Measure) -> str:
    """Return the name of one of the measure's units, by its number, or of any, by its name."""
    lead = None
    try:
        lead = resolve.find_reporter(plan, measure, "")
    except errors.NameLookupError as error:
        echo_err(str(error))
    involved = resolve.involved_units(measure)
    units = dict.fromkeys((*involved, *(unit for unit in plan.units if not unit.is_group)))
    return _choose(
        _("Reported by"),
        [(unit.name, unit.name) for unit in involved],
        lead.name if lead else None,
        lambda name: find_unit(plan, name).name,
        [Offer(unit.name, "、".join(unit.aliases), _list_keys(unit)) for unit in units],
    )


def _list_keys(unit: Unit) -> tuple[str, ...]:
    """Return the names of a unit, and their pinyin in full and by initials."""
    spelled = [pinyin.split() for pinyin in unit.pinyin]
    initials = ("".join(syllable[0] for syllable in syllables) for syllables in spelled)
    return (*unit.names, *map("".join, spelled), *initials)


def _ask_values(plan: Plan, measure: Measure, known: Reported) -> Iterator[tuple[str, str]]:
    """Yield the figures of the measure's indicators that are not given."""
    given = {figures.find_figure(plan, measure, *pair)[0] for pair in known.values}
    for indicator in plan.indicators:
        is_missing = indicator.measure == measure.id and indicator not in given
        if is_missing and (value := _ask_value(indicator)):
            yield indicator.id, value


def _ask_value(indicator: Indicator) -> str:
    question = _("{name} in {unit} (optional)")
    return ask(
        question.format(name=indicator.name, unit=indicator.unit),
        lambda text: f"{figures.parse_figure(indicator, text):f}" if text.strip() else "",
        default="",
    )


def _ask_evidence(source: Source) -> Iterator[str]:
    """Yield addresses and files, until there are no more."""

    def parse(word: str) -> str:
        if word.strip():
            find_evidence(source, word)
        return word.strip()

    while word := ask(_("Evidence (address or file; empty to finish)"), parse, default=""):
        yield word


def _choose(
    question: str,
    items: Sequence[tuple[T, str]],
    default: str | None = None,
    find_other: Callable[[str], T] | None = None,
    offers: Sequence[Offer] = (),
) -> T:
    """Return the item whose number or whose word is typed, or else what `find_other` finds."""
    for number, (_item, label) in enumerate(items, 1):
        echo_err(f"{number:4}  {label}")
    by_answer = {word: item for item, label in reversed(items) for word in label.split()}
    by_answer |= {str(number): item for number, (item, _label) in enumerate(items, 1)}

    def parse(text: str) -> T:
        answer = to_half_width(text).strip()
        if answer in by_answer:
            return by_answer[answer]
        is_number = answer.isdecimal() and len(answer) < _YEAR_DIGITS
        if find_other is not None and not (items and is_number):
            return find_other(text)
        message = _("type a number from 1 to {last}")
        raise errors.MisstatedError(message.format(last=len(items)))

    return ask(question, parse, default, offers)
