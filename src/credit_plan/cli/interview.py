"""Ask for a report at the terminal, answer by answer; each is understood before the next."""

import codecs
import locale
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import TypeVar

import typer

from credit_plan import errors, filters
from credit_plan.cli.console import echo_err, explain_undecoded, today
from credit_plan.i18n import _
from credit_plan.loader.locate import Source
from credit_plan.plan import STATUSES_IN_CHINESE, Indicator, Measure, Plan, Role, Unit
from credit_plan.questions.search import find_by_words
from credit_plan.reporting import resolve
from credit_plan.reporting.evidence import find_evidence
from credit_plan.reporting.reported import Reported
from credit_plan.text import escape_lines, shorten

T = TypeVar("T")

_MAX_LISTED = 20
"""Measures to choose from; where words find more, more words are asked for."""


def interview(plan: Plan, source: Source, named: str = "") -> Reported:
    """Return the report that a person answers, of the measure that is `named` or asked for.

    Raise typer.Abort where they stop answering, NameLookupError where no measure has this name.
    """
    _make_editable()
    measure = _ask_measure(plan, named)
    statuses = [(status, f"{status} {chinese}") for chinese, status in STATUSES_IN_CHINESE.items()]
    status = _choose(_("Status"), statuses)
    day = _ask(_("On which day"), lambda text: resolve.parse_day(text, today()), str(today()))
    unit = _ask_unit(plan, measure)
    own = (indicator for indicator in plan.indicators if indicator.measure == measure.id)
    values = tuple((it.id, value) for it in own if (value := _ask_value(it)))
    note = _ask(_("Note (optional)"), resolve.parse_note, default="")
    evidence = tuple(_ask_evidence(source))
    return Reported(measure.id, status, str(day), unit, values, note, evidence)


def _make_editable() -> None:
    """Let a line be edited as it is typed, where readline knows the encoding of its characters.

    It drops what the C library's locale does not have; in the locale C that is all Chinese.
    """
    with suppress(LookupError, ImportError):  # a codec that Python does not have; Windows
        if codecs.lookup(locale.getencoding()).name == codecs.lookup(sys.stdin.encoding).name:
            import_module("readline")


def _ask_measure(plan: Plan, named: str) -> Measure:
    question = _("Measure (id, unit, or search words)")
    measures = (
        filters.find_measures(plan, named)
        if named
        else _ask(question, lambda words: _find_measures(plan, words))
    )
    if len(measures) > 1:
        return _choose(_("Which"), [(it, f"{it.id:8}{shorten(it.text)}") for it in measures])
    echo_err(f"  {measures[0].id}  {measures[0].text}")
    return measures[0]


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
        raise errors.MisstatedError(_("no measure contains these words"))
    if len(hits) > _MAX_LISTED:
        message = _("{count} measures contain these words; add words, or type an id")
        raise errors.MisstatedError(message.format(count=len(hits)))
    return hits


def _find_led(plan: Plan, unit: Unit) -> tuple[Measure, ...]:
    """Return the measures that a unit leads: those that are open, or all if none is."""
    led = filters.Filters(units=(unit,), role=Role.LEAD, day=today())
    tracked = tuple(map(led.as_of(plan).track, plan.measures))
    selected = replace(led, only_open=True).select(tracked) or led.select(tracked)
    if not selected:
        raise errors.MisstatedError(_("{unit} leads no measure").format(unit=unit.name))
    return tuple(row.measure for row in selected)


def _ask_unit(plan: Plan, measure: Measure) -> str:
    """Return the name of one of the measure's units, by its number, or of any, by its name."""
    lead = None
    try:
        lead = resolve.find_reporter(plan, measure, "")
    except errors.NameLookupError as error:
        echo_err(str(error))
    units = [(unit.name, unit.name) for unit in resolve.involved_units(measure)]
    return _choose(
        _("Reported by"),
        units,
        lead.name if lead else None,
        lambda name: filters.find_unit(plan, name).name,
    )


def _ask_value(indicator: Indicator) -> str:
    question = _("{name} in {unit} (optional)")
    return _ask(
        question.format(name=indicator.name, unit=indicator.unit),
        lambda text: f"{resolve.parse_figure(indicator, text):f}" if text.strip() else "",
        default="",
    )


def _ask_evidence(source: Source) -> Iterator[str]:
    """Yield addresses and files, until there are no more."""

    def parse(word: str) -> str:
        if word.strip():
            find_evidence(source, word)
        return word.strip()

    while word := _ask(_("Evidence (address or file; empty to finish)"), parse, default=""):
        yield word


def _choose(
    question: str,
    items: Sequence[tuple[T, str]],
    default: str | None = None,
    find_other: Callable[[str], T] | None = None,
) -> T:
    """Return the item whose number or whose word is typed, or else what `find_other` finds."""
    for number, (_item, label) in enumerate(items, 1):
        echo_err(f"{number:4}  {label}")
    by_answer = {word: item for item, label in reversed(items) for word in label.split()}
    by_answer |= {str(number): item for number, (item, _label) in enumerate(items, 1)}

    def parse(text: str) -> T:
        answer = text.strip()
        if answer in by_answer:
            return by_answer[answer]
        if find_other is not None and not (items and answer.isdecimal()):
            return find_other(text)
        message = _("type a number from 1 to {last}")
        raise errors.MisstatedError(message.format(last=len(items)))

    return _ask(question, parse, default)


def _ask(question: str, parse: Callable[[str], T], default: str | None = None) -> T:
    """Return an answer as `parse` returns it; where that raises an error, ask again."""

    def parse_or_explain(text: str) -> T:
        if fault := explain_undecoded(text, sys.stdin.encoding):
            raise typer.BadParameter(fault)
        try:
            return parse(text)
        except errors.CreditPlanError as error:
            raise typer.BadParameter(escape_lines(errors.describe_error(error))) from None

    answer: T = typer.prompt(
        escape_lines(question),
        default=default,
        show_default=bool(default),
        value_proc=parse_or_explain,
    )
    return answer
