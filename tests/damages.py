"""What a hand, an editor or a merge may do to a file of the plan, one operation a function.

Each takes the lines of a file and a source of chance, and gives the Damage, or None where the
file has no room for it. To add one, write it and name it in OPERATIONS.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_KEY: Final = re.compile(r"^( *(?:- )?)([a-z]+):(.*)$")
_RECORD: Final = re.compile(r"  - ")
_WIDE: Final = str.maketrans(":,-[]{}\"'", "：，－［］｛｝＂＇")


@dataclass(frozen=True)
class Damage:
    """The content of a file afterwards and the numbers of the lines that were touched.

    `content` is None for a file that is gone; `name` is another name that it has got; `whole`
    means that whole records have come or gone, which the figures of plan.yaml tell.
    """

    content: bytes | None
    touched: frozenset[int] = frozenset()
    name: str = ""
    whole: bool = False


Operation = Callable[[list[str], random.Random], Damage | None]


def delete_line(lines: list[str], chance: random.Random) -> Damage | None:
    at = _content_line(lines, chance)
    return _damage([*lines[:at], *lines[at + 1 :]], at, whole=_opens(lines[at]))


def delete_value(lines: list[str], chance: random.Random) -> Damage | None:
    at, key = _keyed_line(lines, chance)
    return _damage(_with(lines, at, f"{key[1]}{key[2]}:"), at)


def delete_record(lines: list[str], chance: random.Random) -> Damage | None:
    if not (records := _records(lines)):
        return None
    start, end = chance.choice(records)
    return _damage(lines[:start] + lines[end:], start, whole=True)


def delete_file(_lines: list[str], _chance: random.Random) -> Damage | None:
    return Damage(None, whole=True)


def repeat_line(lines: list[str], chance: random.Random) -> Damage | None:
    at = _content_line(lines, chance)
    return _damage([*lines[: at + 1], *lines[at:]], at, at + 1, whole=_opens(lines[at]))


def repeat_record(lines: list[str], chance: random.Random) -> Damage | None:
    if not (records := _records(lines)):
        return None
    start, end = chance.choice(records)
    return _damage(lines[:end] + lines[start:], start, *range(end, 2 * end - start), whole=True)


def repeat_entry(lines: list[str], chance: random.Random) -> Damage | None:
    return _replaced(lines, chance, r"\[([^\],]+)(?=[\],])", lambda it: f"[{it[1]}, {it[1]}")


def rename_key(lines: list[str], chance: random.Random) -> Damage | None:
    at, key = _keyed_line(lines, chance)
    spot = chance.randrange(len(key[2]))
    name = key[2][:spot] + chance.choice("abcdefghijklmnopqrstuvwxyz") + key[2][spot + 1 :]
    return _damage(_with(lines, at, f"{key[1]}{name}:{key[3]}"), at)


def rename_file(lines: list[str], chance: random.Random) -> Damage | None:
    names = ("99.yaml", "07.yml", "copy of 07.yaml", "7.yaml", "07.txt")
    return Damage("\n".join(lines).encode(), name=chance.choice(names), whole=True)


def rename_unit(lines: list[str], chance: random.Random) -> Damage | None:
    at, key = _keyed_line(lines, chance, "lead", "responsible", "name")
    spots = [spot for spot, sign in enumerate(key[3]) if sign > "\u3400"]
    if not spots:
        return None
    spot = chance.choice(spots)
    value = key[3][:spot] + chance.choice("厅局委办处科") + key[3][spot + 1 :]
    return _damage(_with(lines, at, f"{key[1]}{key[2]}:{value}"), at)


def retype_list(lines: list[str], chance: random.Random) -> Damage | None:
    return _replaced(lines, chance, r"\[([^\]]*)\]$", lambda it: it[1])


def retype_scalar(lines: list[str], chance: random.Random) -> Damage | None:
    at, key = _keyed_line(lines, chance)
    value = chance.choice(("[]", "{}", "[a]", "{a: b}", "null", "true", "1.10", "二"))
    return _damage(_with(lines, at, f"{key[1]}{key[2]}: {value}"), at)


def retype_figure(lines: list[str], chance: random.Random) -> Damage | None:
    return _replaced(
        lines, chance, r"(?<=[ \"-])\d+(?=[\",}]|$)", lambda it: f"{it[0]}{chance.choice('.x年')}"
    )


def change_figure(lines: list[str], chance: random.Random) -> Damage | None:
    return _replaced(lines, chance, r"\d", lambda it: str((int(it[0]) + chance.randint(1, 9)) % 10))


def move_line(lines: list[str], chance: random.Random) -> Damage | None:
    at, to = _content_line(lines, chance), _content_line(lines, chance)
    rest = [*lines[:at], *lines[at + 1 :]]
    whole = _opens(lines[at])
    return _damage([*rest[:to], lines[at], *rest[to:]], at, to, whole=whole)


def move_record(lines: list[str], chance: random.Random) -> Damage | None:
    if len(records := _records(lines)) < 2:
        return None
    index = chance.randrange(len(records) - 1)
    (start, middle), (_middle, end) = records[index : index + 2]
    moved = [*lines[:start], *lines[middle:end], *lines[start:middle], *lines[end:]]
    return _damage(moved, *range(start, end))


def indent_line(lines: list[str], chance: random.Random) -> Damage | None:
    at = _content_line(lines, chance)
    space = chance.choice((" ", "  ", "\t", "\u3000"))
    return _damage(_with(lines, at, space + lines[at]), at)


def truncate(lines: list[str], chance: random.Random) -> Damage | None:
    content = "\n".join(lines).encode()
    kept = content[: chance.randrange(len(content))]
    return Damage(kept, frozenset({kept.count(b"\n") + 1}), whole=True)


def encode_otherwise(lines: list[str], chance: random.Random) -> Damage | None:
    text = "\n".join(lines)
    encoding = chance.choice(("gbk", "utf-16", "utf-16-be", "utf-8-sig", "big5"))
    try:
        return Damage(text.encode(encoding), frozenset(range(1, len(lines))))
    except UnicodeEncodeError:
        return None


def swap_characters(lines: list[str], chance: random.Random) -> Damage | None:
    at = _content_line(lines, chance)
    line = lines[at]
    spot = chance.randrange(len(line) - 1)
    swapped = line[:spot] + line[spot + 1] + line[spot] + line[spot + 2 :]
    return _damage(_with(lines, at, swapped), at)


def widen_mark(lines: list[str], chance: random.Random) -> Damage | None:
    return _replaced(lines, chance, r"[:,\-\[\]{}\"']", lambda it: it[0].translate(_WIDE))


def lose_mark(lines: list[str], chance: random.Random) -> Damage | None:
    return _replaced(lines, chance, r"[:,\-\[\]{}\"']", lambda _it: "")


def insert_character(lines: list[str], chance: random.Random) -> Damage | None:
    at = _content_line(lines, chance)
    spot = chance.randrange(len(lines[at]) + 1)
    sign = chance.choice(" \t\u3000\u200b\u202e\x00\x07#:&*!\"'[{、，")
    return _damage(_with(lines, at, lines[at][:spot] + sign + lines[at][spot:]), at)


def leave_merge(lines: list[str], chance: random.Random) -> Damage | None:
    at = _content_line(lines, chance)
    marked = ["<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> branch"]
    return _damage([*lines[:at], *marked, *lines[at + 1 :]], *range(at, at + 5))


OPERATIONS: Final[tuple[Operation, ...]] = (
    delete_line,
    delete_value,
    delete_record,
    delete_file,
    repeat_line,
    repeat_record,
    repeat_entry,
    rename_key,
    rename_file,
    rename_unit,
    retype_list,
    retype_scalar,
    retype_figure,
    change_figure,
    move_line,
    move_record,
    indent_line,
    truncate,
    encode_otherwise,
    swap_characters,
    widen_mark,
    lose_mark,
    insert_character,
    leave_merge,
)


def _damage(lines: list[str], *touched: int, whole: bool = False) -> Damage:
    return Damage("\n".join(lines).encode(), frozenset(at + 1 for at in touched), whole=whole)


def _with(lines: list[str], at: int, line: str) -> list[str]:
    return [*lines[:at], line, *lines[at + 1 :]]


def _content_line(lines: list[str], chance: random.Random) -> int:
    return chance.choice([at for at, line in enumerate(lines) if line and line[0] != "#"])


def _keyed_line(lines: list[str], chance: random.Random, *keys: str) -> tuple[int, re.Match[str]]:
    matches = [(at, key) for at, line in enumerate(lines) if (key := _KEY.match(line))]
    wanted = [(at, key) for at, key in matches if key[2] in keys]
    return chance.choice(wanted or matches)


def _replaced(
    lines: list[str], chance: random.Random, pattern: str, by: Callable[[re.Match[str]], str]
) -> Damage | None:
    """One of the places that fit the pattern is replaced."""
    places = [
        (at, it)
        for at, line in enumerate(lines)
        if not line.startswith("#")
        for it in re.finditer(pattern, line)
    ]
    if not places:
        return None
    at, it = chance.choice(places)
    line = lines[at]
    return _damage(_with(lines, at, line[: it.start()] + by(it) + line[it.end() :]), at)


def _opens(line: str) -> bool:
    return bool(_RECORD.match(line))


def _records(lines: list[str]) -> list[tuple[int, int]]:
    """Return the first line of each measure, unit or chapter, and that behind its last."""
    starts = [at for at, line in enumerate(lines) if _opens(line)]
    ends = [*starts[1:], len(lines) - 1] if starts else []
    return list(zip(starts, ends, strict=True))
