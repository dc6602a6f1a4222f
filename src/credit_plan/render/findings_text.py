"""Diagnostics for people and editors: a line to jump to, the value in its line, the hint.

    data/measures/13.yaml:8:12: error[unknown-unit] “市交通运输厅” is not in the registry of units
          lead: [市交通运输厅]
                 ^^^^^^^^^^^^
        hint: did you mean “市交通运输局”?

The first line is never broken, however narrow the screen: editors read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from credit_plan.diagnostic import CheckResult, Diagnostic, Severity
from credit_plan.render.cells import visible
from credit_plan.render.headline import place, remarks
from credit_plan.render.screen import Screen

_Line = tuple[tuple[str, str], ...]
"""A line as its pieces of text, each with its style."""

_STYLES: Final = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTICE: "bold cyan",
}
_INDENT: Final = " " * 6
_WIDTH: Final = 100
"""The width of an excerpt where no screen has one."""

_LEAST: Final = 30
"""A screen narrower than this is written as if it had this width; the terminal breaks lines."""


def render(result: CheckResult, _as_of: date, screen: Screen) -> str:
    """A few lines for each diagnostic, and the closing line."""
    width = _WIDTH if screen.width is None else max(screen.width, _LEAST)
    lines = [line for it in result.found for line in _lines(it, width - len(_INDENT))]
    if result.closing:
        lines.append(((result.closing, ""),))
    written = _styled if screen.styled else _plain
    return "".join(f"{written(line, screen)}\n" for line in lines)


def _lines(it: Diagnostic, room: int) -> Iterator[_Line]:
    from credit_plan.render.excerpt import excerpt  # noqa: PLC0415  sound data needs no excerpt

    style = _STYLES[it.severity]
    said = f"[{it.rule}] {visible(it.message)}"
    yield (place(it), "bold"), (": ", ""), (it.severity.value, style), (said, "")
    if it.source:
        shown = excerpt(it, room)
        yield ((f"{_INDENT}{shown.before}{shown.value}{shown.behind}", ""),)
        yield ((f"{_INDENT}{shown.carets}", style),)
    for remark in remarks(it):
        yield ((f"    {remark}", "dim"),)


def _plain(line: _Line, _screen: Screen) -> str:
    return "".join(text for text, _style in line)


def _styled(line: _Line, screen: Screen) -> str:
    from rich.color import ColorSystem  # noqa: PLC0415  a pipe needs none of it
    from rich.style import Style  # noqa: PLC0415

    looks = (Style.parse(style) for _text, style in line)
    return "".join(
        (look if screen.coloured else look.without_color).render(
            text, color_system=ColorSystem.STANDARD
        )
        for look, (text, _style) in zip(looks, line, strict=True)
    )
