"""Complete names at the shell's prompt: units, chapters, ids, indicators, rules."""

# ruff: noqa: PLC0415  --help needs none of what reads a file

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from typer._click.shell_completion import CompletionItem
from typer._click.types import FuncParamType, StringParamType

from credit_plan.cli.completion_data import (
    MEASURES,
    list_task_numbers,
    read_data,
    read_entries,
    read_plan,
)
from credit_plan.loader.locate import INDICATORS, RECORDS
from credit_plan.plan import STATUSES_IN_CHINESE, Unit, UnitKind
from credit_plan.text import is_unseen, shorten, to_hyphens, to_simplified

_PLAN, _UNITS = RECORDS

_MARKS = frozenset("-._（）《》、·")
"""What a value may have beside letters and digits of any script; one with anything else is not
offered. No shell takes the rest as mere text:

- bash inserts a value as it is: white space, quotes, `$`, a backquote, a backslash and
  ``! # ~ & | ; < > ( ) { }`` act when Enter is pressed. Before that, it expands `*`, `?` and `[`
  into names of files; and it replaces only what was typed after the last `:`, `=` or `@`.
- zsh evaluates typer's answer, in which values and descriptions are in double quotes: `$`, a
  backquote, a backslash and quotes act. Typer escapes some of them, but no backslash, so that
  data can undo its escapes. A `:` ends a value.
- fish escapes what it inserts, except `~`. A tab ends a value, and a line break a candidate;
  private use characters are its own syntax.
- PowerShell inserts a value as it is: `, @ %` act too, the quotes “ ” ‘ ’ as ASCII ones, and the
  dashes – — ― as a hyphen. `:::` ends a value.
- A terminal obeys control characters, and U+202E turns what it shows.

The program itself takes a value that begins with a hyphen for an option, and `.` is a folder.
"""

_MARKS_IN_DESCRIPTION = frozenset("-._ ")
"""The ASCII marks of a description. It is not inserted, so that it may have every printable
character beyond ASCII; rich, through which typer passes it, obeys `[` and `:`."""

_MAX_LENGTH = 60
"""The longest unit of the published plan has 24 characters; one of several lines hides the rest."""

_MAX_OFFERED = 500
"""More than anybody reads; the next letter narrows them."""

_NUMERALS = "一二三四五六七八九十"

Pairs = Iterable[tuple[object, object]]


Complete = Callable[[str], list[tuple[str, str]]]


class Offering(StringParamType):
    """A text that completes as some functions say.

    Of what an `autocompletion` returns, typer drops what does not begin with what was typed.
    """

    def __init__(self, *completes: Complete) -> None:
        super().__init__()
        self._completes = completes

    def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[CompletionItem]:  # noqa: ANN401, ARG002  typer's own
        """Return what may be meant by what was typed, in full width or traditional characters."""
        return _offer(self._completes, incomplete)


class OfferingParsed(FuncParamType):
    """A value that completes as a function says, and that another function parses."""

    def __init__(self, complete: Complete, parse: Callable[[str], Any]) -> None:
        super().__init__(parse)
        self._complete = complete

    def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[CompletionItem]:  # noqa: ANN401, ARG002  as above
        """Return the same."""
        return _offer((self._complete,), incomplete)


def _offer(completes: Iterable[Complete], incomplete: str) -> list[CompletionItem]:
    typed = fold_typed(incomplete)
    for convert in (str, to_simplified):
        offered = [pair for complete in completes for pair in complete(convert(typed))]
        if offered:
            return [CompletionItem(value, help=description) for value, description in offered]
    return []


def fold_typed(text: str) -> str:
    """Return what was typed in half width, with a point for the full stop 。, as in ids."""
    return to_hyphens(text).replace("。", ".")


def complete_unit(incomplete: str) -> list[tuple[str, str]]:
    """Return the units whose name begins with what was typed; if none does, those that have it.

    If no name has it, an alias may, or the pinyin of one.
    """
    units = read_entries(_UNITS, "units")
    if begun := offer(((it.get("name"), "") for it in units), incomplete):
        return begun
    for key in ("name", "aliases"):
        having = [it.get("name") for it in units if _has(it.get(key), incomplete)]
        if offered := offer(((name, "") for name in having), ""):
            return offered
    return offer(((it.name, "") for it in _find_spelled(units, incomplete)), "")


def list_spellings(name: str) -> list[str]:
    """Return the pinyin of the names of a unit, each in one word."""
    found = [it for it in map(_make_unit, read_entries(_UNITS, "units")) if it and it.name == name]
    return ["".join(pinyin.split()) for it in found for pinyin in it.pinyin]


def complete_chapter(incomplete: str) -> list[tuple[str, str]]:
    """Return the chapters that begin with what was typed, as 6, 第六章 or 六, with their titles.

    If none does, return those that have it in their titles.
    """
    chapters = [(it.get("number"), it) for it in read_entries(_PLAN, "chapters")]
    spellings = (
        [(number, it.get("title")) for number, it in chapters],
        [(it.get("label") or _write_chapter(number), it.get("title")) for number, it in chapters],
        [(f"第{number}章", it.get("title")) for number, it in chapters],
        [(_write_chapter(number)[1:-1], it.get("title")) for number, it in chapters],
    )
    begun = (offer(pairs, incomplete) for pairs in spellings)
    titled = [
        (number, it.get("title")) for number, it in chapters if _has(it.get("title"), incomplete)
    ]
    return next(filter(None, begun), []) or offer(titled, "")


def complete_indicator(incomplete: str) -> list[tuple[str, str]]:
    """Return the indicators whose code begins with what was typed, with their names.

    If none does, return those that have it in their names.
    """
    pairs = [(it.get("id"), it.get("name")) for it in read_entries(INDICATORS, "indicators")]
    named = [(code, name) for code, name in pairs if _has(name, incomplete)]
    return offer(pairs, incomplete) or offer(named, "")


def complete_indicator_or_id(incomplete: str) -> list[tuple[str, str]]:
    """Return the indicators that begin with what was typed; after a digit, tasks and measures."""
    is_number = incomplete[:1].isdecimal()
    return complete_id(incomplete) if is_number else complete_indicator(incomplete)


def complete_value(incomplete: str) -> list[tuple[str, str]]:
    """Return the same, ready for a figure: `credit-granted=`."""
    return [(f"{code}=", name) for code, name in complete_indicator(incomplete)]


def complete_status(incomplete: str) -> list[tuple[str, str]]:
    """Return the statuses that begin with what was typed, in Chinese or as codes."""
    pairs = STATUSES_IN_CHINESE.items()
    return offer([*pairs, *((chinese, status) for status, chinese in pairs)], incomplete)


def complete_task(incomplete: str) -> list[tuple[str, str]]:
    """Return the tasks whose number begins with what was typed, with their first words."""
    if plan := read_plan():
        texts = {str(it.task): it.task_text for it in plan.measures}
        return offer(texts.items(), incomplete)
    return offer(((str(number), "") for number in list_task_numbers()), incomplete)


def complete_id(incomplete: str) -> list[tuple[str, str]]:
    """Return the tasks whose number begins with what was typed; after a dot, its measures."""
    task, dot, _number = incomplete.partition(".")
    if not dot:
        return complete_task(incomplete)
    if not task.isdecimal():
        return []
    if plan := read_plan():
        return offer(((it.id, it.text) for it in plan.measures), incomplete)
    measures = read_entries(f"{MEASURES}/{task.zfill(2)}.yaml", "measures")
    return offer(
        ((f"{task}.{it['number']}", it.get("text")) for it in measures if "number" in it),
        incomplete,
    )


def complete_rule(incomplete: str) -> list[tuple[str, str]]:
    """Return the rules whose name begins with what was typed; if none does, those that have it."""
    from credit_plan.rules.registry import RULES

    names = sorted(rule.name for rule in RULES)
    begun = [name for name in names if name.startswith(incomplete)]
    return [(name, "") for name in begun or [name for name in names if incomplete in name]]


def _write_chapter(number: object) -> str:
    """Return 第六章 for 6; with its figure if it is above ten."""
    at = int(number) if isinstance(number, str) and number.isdecimal() else 0
    return f"第{_NUMERALS[at - 1] if 0 < at <= len(_NUMERALS) else number}章"


def _find_spelled(units: Iterable[dict[str, Any]], typed: str) -> Iterable[Unit]:
    """Return the units whose pinyin is meant by what was typed."""
    if not typed.isascii():
        return ()
    from credit_plan.unit_names import UnitNames

    city = read_data(_PLAN).get("city")
    made = tuple(it for it in map(_make_unit, units) if it)
    return UnitNames(made, city if isinstance(city, str) and city else "市").complete(typed)


def _make_unit(entry: Mapping[str, Any]) -> Unit | None:
    """Return the unit with the texts of an entry; None if it has no name."""
    name, aliases, pinyin = (entry.get(key) for key in ("name", "aliases", "pinyin"))
    texts = [
        tuple(it for it in listed if isinstance(it, str)) if isinstance(listed, list) else ()
        for listed in (aliases, pinyin)
    ]
    return Unit(name, UnitKind.OTHER, *texts) if isinstance(name, str) else None


def offer(pairs: Pairs, incomplete: str) -> list[tuple[str, str]]:
    """Return the values that begin with what was typed and that every shell takes as text.

    A value that is no such text is left out; a description is made one.
    """
    offered = (
        (value, _describe(description))
        for value, description in pairs
        if isinstance(value, str) and value.startswith(incomplete) and _is_plain(value)
    )
    return list(islice(offered, _MAX_OFFERED))


def _has(names: object, typed: str) -> bool:
    """Return whether a name, or one of a list of names, has what was typed in it."""
    listed = names if isinstance(names, list) else [names]
    return any(typed in name for name in listed if isinstance(name, str))


def _is_plain(value: str) -> bool:
    is_fit = 0 < len(value) <= _MAX_LENGTH and value[0] not in "-."
    return is_fit and all((it.isalnum() and not is_unseen(it)) or it in _MARKS for it in value)


def _describe(description: object) -> str:
    """Return a description with a space in place of whatever is no plain text."""
    if not isinstance(description, str):
        return ""
    plain = (it if _is_inert(it) else " " for it in description[:_MAX_LENGTH])
    return shorten(" ".join("".join(plain).split()))


def _is_inert(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in _MARKS_IN_DESCRIPTION
    return character.isprintable()
