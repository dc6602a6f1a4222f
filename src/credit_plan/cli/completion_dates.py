"""Complete dates and periods: words, ends of quarters, and when something falls due."""

# ruff: noqa: PLC0415  as for all names

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from credit_plan.cli.completion import offer
from credit_plan.cli.completion_data import read_data, read_plan
from credit_plan.loader.locate import PLAN

_MAX_YEARS = 20
_ENDS_OF_QUARTERS = ("03-31", "06-30", "09-30", "12-31")


def complete_day(incomplete: str) -> list[tuple[str, str]]:
    """Return words such as 本月, ends of quarters and the days on which something falls due."""
    days = {f"{year}-{end}": "" for year in _list_years() for end in _ENDS_OF_QUARTERS}
    if incomplete:
        days |= _list_due(str)
    words = ("今天", "昨天", "本月", "本季度", "今年", "上月", "上季度", "去年")
    return _select_dates(words, days, incomplete)


def complete_month(incomplete: str) -> list[tuple[str, str]]:
    """Return words such as 本月 and the months of the plan, with what falls due."""
    months = {f"{year}-{month:02}": "" for year in _list_years() for month in range(1, 13)}
    due = _list_due(lambda day: f"{day:%Y-%m}")
    return _select_dates(("本月", "上月", "下月"), months | due, incomplete)


def complete_quarter(incomplete: str) -> list[tuple[str, str]]:
    """Return words such as 本季度 and the quarters of the plan, with what falls due."""
    quarters = {f"{year}Q{quarter}": "" for year in _list_years() for quarter in range(1, 5)}
    due = _list_due(lambda day: f"{day.year}Q{(day.month + 2) // 3}")
    return _select_dates(("本季度", "上季度", "下季度"), quarters | due, incomplete)


def complete_year(incomplete: str) -> list[tuple[str, str]]:
    """Return words such as 今年 and the years of the plan."""
    years = {str(year): "" for year in _list_years()}
    return _select_dates(("今年", "去年", "明年"), years, incomplete)


def _select_dates(
    words: Iterable[str], dates: Mapping[str, str], incomplete: str
) -> list[tuple[str, str]]:
    """Return words with the days that they mean today, and dates in their order."""
    from credit_plan.cli.console import today
    from credit_plan.spans import parse_span

    spans = ((word, parse_span(word, today())) for word in words)
    meant = [(word, f"{span.first} – {span.last}") for word, span in spans]
    return offer([*meant, *sorted(dates.items())], incomplete)


def _list_years() -> range:
    """Return the years of the plan; none where they cannot be read."""
    period = read_data(PLAN).get("period")
    texts = [str(period.get(it)) for it in ("first", "last")] if isinstance(period, dict) else [""]
    if not all(it.isdecimal() for it in texts):
        return range(0)
    first, last = map(int, texts)
    return range(first, min(last, first + _MAX_YEARS) + 1)


def _list_due(name: Callable[[date], str]) -> dict[str, str]:
    """Return the days on which something falls due, or periods, with what does; from a snapshot."""
    due: dict[str, list[str]] = {}
    plan = read_plan()
    for it in plan.obligations if plan else ():
        due.setdefault(name(it.date), []).append(it.measure.id)
    return {day: "、".join(dict.fromkeys(ids)) for day, ids in due.items()}
