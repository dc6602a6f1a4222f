"""Complete names at the shell's prompt: units, chapters, ids, indicators, rules.

The files are read by the loader, so that what it refuses is not offered; the records in them are
not validated, which would take most of the time of a key press.
"""

# ruff: noqa: PLC0415  --help needs none of what reads a file

import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from typer._click.shell_completion import CompletionItem
from typer._click.types import StringParamType

from credit_plan.errors import NoDataError
from credit_plan.loader.locate import FOLDERS, INDICATORS, RECORDS, find_data
from credit_plan.plan import STATUSES_IN_CHINESE
from credit_plan.text import is_unseen, shorten

_PLAN, _UNITS = RECORDS
_MEASURES = FOLDERS[0]

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

Pairs = Iterable[tuple[object, object]]


class UnitText(StringParamType):
    """A text that completes as the name of a unit.

    Of what an `autocompletion` returns, typer drops what does not begin with what was typed.
    """

    def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[CompletionItem]:  # noqa: ANN401, ARG002  typer's own
        """Return the names that `complete_unit` does."""
        return [CompletionItem(name) for name, _none in complete_unit(incomplete)]


class IdOrUnitText(UnitText):
    """A text that completes as an id or as the name of a unit."""

    def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[CompletionItem]:  # noqa: ANN401  typer's own
        """Return the ids that `complete_id` does, and the names."""
        ids = [CompletionItem(value) for value, _none in complete_id(incomplete)]
        return [*ids, *super().shell_complete(ctx, param, incomplete)]


def complete_unit(incomplete: str) -> list[tuple[str, str]]:
    """Return the units whose name begins with what was typed; if none does, those that have it.

    If no name has it, an alias may. A shell replaces what was typed by the beginning of all
    candidates, so several are offered only if what was typed is in that.
    """
    units = _entries(_UNITS, "units")
    if begun := _select(((it.get("name"), "") for it in units), incomplete):
        return begun
    for key in ("name", "aliases"):
        having = [it.get("name") for it in units if _has(it.get(key), incomplete)]
        if offered := _select(((name, "") for name in having), ""):
            return offered if len(offered) == 1 or _begin_alike(offered, incomplete) else []
    return []


def complete_chapter(incomplete: str) -> list[tuple[str, str]]:
    """Return the chapters whose number begins with what was typed, with their titles."""
    chapters = _entries(_PLAN, "chapters")
    return _select(((it.get("number"), it.get("title")) for it in chapters), incomplete)


def complete_indicator(incomplete: str) -> list[tuple[str, str]]:
    """Return the indicators whose code begins with what was typed, with their names."""
    indicators = _entries(INDICATORS, "indicators")
    return _select(((it.get("id"), it.get("name")) for it in indicators), incomplete)


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
    return _select([*pairs, *((chinese, status) for status, chinese in pairs)], incomplete)


def complete_id(incomplete: str) -> list[tuple[str, str]]:
    """Return the tasks whose number begins with what was typed; after a dot, its measures."""
    task, dot, _number = incomplete.partition(".")
    if not dot:
        return _select(((str(number), "") for number in _task_numbers()), incomplete)
    if not task.isdecimal():
        return []
    measures = _entries(f"{_MEASURES}/{task.zfill(2)}.yaml", "measures")
    return _select(
        ((f"{task}.{it['number']}", "") for it in measures if "number" in it), incomplete
    )


def complete_rule(incomplete: str) -> list[tuple[str, str]]:
    """Return the rules whose name begins with what was typed."""
    from credit_plan.rules.registry import RULES

    names = sorted(rule.name for rule in RULES)
    return [(name, "") for name in names if name.startswith(incomplete)]


def _select(pairs: Pairs, incomplete: str) -> list[tuple[str, str]]:
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


def _begin_alike(offered: list[tuple[str, str]], typed: str) -> bool:
    """Return whether all values begin alike, up to and including what was typed."""
    before, found, _rest = offered[0][0].partition(typed)
    return bool(found) and all(value.startswith(before + found) for value, _none in offered)


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


def _task_numbers() -> list[int]:
    from credit_plan.loader.files import list_task_files

    folder = _folder()
    try:
        files = list_task_files(folder, _MEASURES) if folder else []
    except OSError:
        return []
    return sorted(int(file.stem) for file in files if file.stem.isdecimal())


def _entries(file: str, key: str) -> list[dict[str, Any]]:
    """Return the records of a list in a file of the plan; none where it cannot be read."""
    folder = _folder()
    if folder is None:
        return []
    entries = _known_entries(folder, file, key)
    if entries is None:
        from credit_plan.loader.files import read_bytes
        from credit_plan.yaml.errors import UnreadableError
        from credit_plan.yaml.parse import parse_bytes

        try:
            entries = parse_bytes(read_bytes(folder / file, folder)).data.get(key)
        except UnreadableError:
            return []
    return [it for it in entries if isinstance(it, dict)] if isinstance(entries, list) else []


def _known_entries(folder: Path, file: str, key: str) -> Any:  # noqa: ANN401  as YAML has it
    """Return the same from the snapshot of the plan; None if there is none."""
    from credit_plan.cli.console import today
    from credit_plan.snapshot.cache import Cache

    try:
        data = Cache(folder, today()).read_data(file)
    except OSError:
        return None
    return data.get(key) if isinstance(data, dict) else None


def _folder() -> Path | None:
    named = os.environ.get("CREDIT_PLAN_DATA")
    try:
        return find_data(Path(named) if named else None).folder
    except (NoDataError, OSError):
        return None
