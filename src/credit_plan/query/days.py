"""Which day a report means, as people and spreadsheets write one."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from credit_plan import dates
from credit_plan.errors import MisstatedError
from credit_plan.language import _, quoted

_AT_MIDNIGHT: Final = re.compile(r"[ T]+0?0:00(:00)?\Z")
"""What a spreadsheet puts behind a day: `2025/6/30 0:00`."""

_UNDIVIDED: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_OF_EXCEL: Final = re.compile(r"[45][0-9]{4}|60000")
"""The numbers that Excel has for the days from 2009 to 2064."""

_NOUGHT_OF_EXCEL: Final = date(1899, 12, 30)


def day(text: str, today: date) -> date:
    """The day meant, `today` where nothing is; MisstatedError for what is no day or to come."""
    written = unicodedata.normalize("NFKC", text).strip()
    if not written:
        return today
    if _OF_EXCEL.fullmatch(written):
        message = _("{text} is Excel's number of a day: format the cells as dates, or write {day}")
        counted = _NOUGHT_OF_EXCEL + timedelta(int(written))
        raise MisstatedError(message.format(text=quoted(text), day=counted))
    if at_midnight := _AT_MIDNIGHT.search(written):
        written = written[: at_midnight.start()]
    if undivided := _UNDIVIDED.fullmatch(written):
        written = "-".join(undivided.groups())
    found = dates.meant(written) or _single(written)
    if found > today:
        message = _("{day} is still to come: a report says how it stood by today, {today}")
        raise MisstatedError(message.format(day=found, today=today))
    return found


def _single(text: str) -> date:
    try:
        span = dates.span(text)
    except dates.NotADateError as error:
        message = _("{why}; a day is written 2023-12-31")
        raise MisstatedError(message.format(why=error)) from None
    if span.first != span.last:
        message = _("{text} is more than one day: name the day, such as {last}")
        raise MisstatedError(message.format(text=quoted(text), last=span.last))
    return span.last
