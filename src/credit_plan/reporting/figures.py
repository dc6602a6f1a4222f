"""The figures of indicators as people write them: `承诺率=59.5％`, `承诺率：59.5`, `1.2万户`."""

import re
from decimal import Decimal

from credit_plan.errors import AmbiguousNameError, MisstatedError
from credit_plan.filters import find_indicator
from credit_plan.i18n import _, quote
from credit_plan.models.values import FIGURE
from credit_plan.plan import Indicator, Measure, Plan
from credit_plan.text import to_half_width, to_simplified

_FIGURE = re.compile(r"(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(万?)")
_TEN_THOUSAND = 10_000
_NOT_MULTIPLIED = ("万", "亿", "%", "‰")
"""Units that take no 万: 1万％ is no figure."""

_VAGUE = re.compile(r"(约|大约|近|超|超过|不到|低于|高于|达|达到|第)\s*-?[0-9]")
"""A word before a number that makes it no figure, or says more than one."""

_MINUS = "−"
_FULL_STOP = "。"

_BEGINS_AS_FIGURE = re.compile(r"-?[0-9]")
_WITHOUT_UNIT = re.compile(r"-?[0-9](?:[0-9.,\s]*[0-9])?\s*万?")
_AFTER_NAME = re.compile(r"(.*[^0-9\s.,:–—-])\s*([0-9][0-9.,]*[^0-9]{0,6})")
"""A figure right after a name has no sign: in 承诺率-5, the hyphen may be a dash."""


def find_figure(
    plan: Plan, measure: Measure | None, name: str, text: str
) -> tuple[Indicator, Decimal]:
    """Return the indicator that a name means, and its figure.

    Where the text is empty, the name may have both, or the figure alone. Raise NameLookupError
    where the indicator is unknown or more than one may be meant, MisstatedError for what is no
    figure.
    """
    if not text.strip():
        _refuse_vague(name)
        name, text = _split_name(plan, measure, name)
    indicator = find_indicator(plan, name, measure.id if measure else "")
    return indicator, parse_figure(indicator, text)


def parse_figure(indicator: Indicator, text: str) -> Decimal:
    """Return the figure of an indicator in the form of the files: no exponent, no trailing zeros.

    The text may have its unit. Raise MisstatedError for another unit, for a comma that does not
    separate thousands, and for anything else that is not a figure.
    """
    unit = _normalize(indicator.unit)
    figure = _FIGURE.fullmatch(_normalize(text).removesuffix(unit).rstrip())
    digits = figure[1].replace(",", "") if figure else ""
    is_multiplied = bool(figure and figure[2])
    if _is_figure(digits) and not (is_multiplied and unit.startswith(_NOT_MULTIPLIED)):
        value = Decimal(digits) * (_TEN_THOUSAND if is_multiplied else 1)
        plain = f"{value.normalize() + 0:f}"  # + 0: -0 becomes 0
        if _is_figure(plain):
            return Decimal(plain)
    message = _("{text} is not a figure in {unit}; write it as 98, 4200 or 0.02")
    raise MisstatedError(message.format(text=quote(text), unit=indicator.unit))


def _refuse_vague(written: str) -> None:
    """Raise MisstatedError for a number after a word that makes it no figure."""
    if vague := _VAGUE.match(_normalize(written)):
        message = _("{text} is not a figure; write the number alone, and {word} into the note")
        raise MisstatedError(message.format(text=quote(written), word=quote(vague[1])))


def _split_name(plan: Plan, measure: Measure | None, written: str) -> tuple[str, str]:
    """Return the name and the figure in `承诺率：59.5`, `承诺率 59.5` or `59.5`.

    A name that ends in digits, such as PM2.5, is not torn apart.
    """
    plain = _normalize(written)
    name, colon, figure = plain.rpartition(":")
    if not colon or name.strip().isdecimal() or not _BEGINS_AS_FIGURE.match(figure.strip()):
        match = _AFTER_NAME.fullmatch(plain)
        name, figure = match.groups() if match else ("", "")
    if name and not any(plain in it.id or plain in _normalize(it.name) for it in plan.indicators):
        return name, figure
    if measure and not name and _BEGINS_AS_FIGURE.match(plain):
        return _find_counted(plan, measure, plain).id, written
    message = _("{name} has no figure; write NAME=NUMBER")
    raise MisstatedError(message.format(name=quote(written)))


def _find_counted(plan: Plan, measure: Measure, figure: str) -> Indicator:
    """Return the only indicator of a measure, or the only one with the unit of a figure."""
    own = [it for it in plan.indicators if it.measure == measure.id]
    if not own:
        message = _("measure {id} has no indicator, so {figure} has no place; use the note")
        raise MisstatedError(message.format(id=measure.id, figure=quote(figure)))
    counted = [it for it in own if figure.endswith(_normalize(it.unit))] if own[1:] else own
    if len(counted) == 1:
        return counted[0]
    message = _("{figure} may be one of {count} indicators of measure {id}; name the one you mean")
    digits = match[0] if (match := _WITHOUT_UNIT.match(figure)) else ""
    raise AmbiguousNameError(
        message.format(figure=quote(figure), count=len(own), id=measure.id),
        tuple(f"{it.name}={digits}{it.unit}" for it in own),
    )


def _normalize(text: str) -> str:
    """Return a text in half width and in simplified characters, with one kind of minus.

    Nothing is around a figure in it.
    """
    return to_simplified(to_half_width(text)).replace(_MINUS, "-").strip().removesuffix(_FULL_STOP)


def _is_figure(digits: str) -> bool:
    """Return whether a file can have this figure."""
    return re.fullmatch(FIGURE, digits) is not None
