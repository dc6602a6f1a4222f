"""The figure that a user means: `4,200`, `98％`, `1.2万户`, with digits of any width."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from credit_plan.errors import MisstatedError
from credit_plan.language import _, quoted
from credit_plan.model import Indicator

_FIGURE: Final = re.compile(
    r"(-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[1-9][0-9]{0,10})(?:\.[0-9]{1,6})?)(万?)", re.ASCII
)
_LARGE_UNITS: Final = ("万", "亿")
_PARTS: Final = ("%", "‰")
_TEN_THOUSAND: Final = 10_000
_MINUS: Final = str.maketrans("−－", "--")


def figure(indicator: Indicator, text: str) -> Decimal:
    """The figure of an indicator that is written with or without its unit, as it is kept.

    That is without an exponent and without zeros at its end. Raises MisstatedError for all else:
    another unit, a comma where no thousand ends.
    """
    unit = _narrow(indicator.unit)
    written = _narrow(text).removesuffix(unit)
    found = _FIGURE.fullmatch(written)
    if found is None or (found[2] and unit.startswith((*_LARGE_UNITS, *_PARTS))):
        message = _("{text} is not a figure in {unit}: write it as 98, 4200 or 0.02")
        raise MisstatedError(message.format(text=quoted(text), unit=indicator.unit))
    plain = Decimal(found[1].replace(",", "")) * (_TEN_THOUSAND if found[2] else 1)
    return Decimal(f"{plain.normalize() + 0:f}")  # + 0: of -0 nothing but 0 is kept


def _narrow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(_MINUS)).split())
