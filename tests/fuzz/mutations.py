"""What chance does to a file: to its bytes, to its tree, and to how the tree is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

import yaml

from credit_plan.yaml.parse import parse_bytes
from tests.damages import OPERATIONS
from tests.fuzz.attack import Case
from tests.fuzz.bench import Bench
from tests.scrawl import scrawled

NASTY_TEXTS = (
    *"\0\t\r\n\x1b\x7f\x85\u00a0\u200b\u2028\u202e\u3000\u3164\ufe00\ufeff\ufffd\U0010ffff",
    *":：,，;；、-－#%@&*!|>?[]{}［｛}】'\"\\=＝`~<",
    *("---\n", "...\n", "- ", "? ", " #", ": ", "\n  - ", "\n    ", "\n\n", "<<: ", "]]", "''"),
    *("&a ", "*a", "!!python/object:os.system ", "!!binary ", "%YAML 1.1\n", "null", "~", "\\u"),
    *("=======\n", "<<<<<<< HEAD\n", ">>>>>>> x\n", "|+\n", ">2-\n", "${x}", "$(x)", "{0}", "%s"),
    *("：乙", "，by：", "{text：x}", "by:2023", "a，type: b", "２０２３", "10²", "1 4", "9" * 30),
)
"""What an editor, an encoding or a person may leave anywhere in a text."""

_NASTY_BYTES = (
    *(it.encode() for it in NASTY_TEXTS),
    *(
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        "市建设局".encode("gbk"),
        b"\x80",
        b"\0" * 4,
    ),
)

ODD_VALUES: tuple[Any, ...] = (
    *(None, "", " ", [], {}, [None], [""], [[]], [{}], {"a": None}, {"": ""}, [" "], True, 0, -1),
    *(
        1.5,
        10**40,
        "9" * 400,
        "0",
        "1 4",
        "10²",
        "½",
        "null",
        "~",
        "no",
        "=",
        "<<",
        "a\nb",
        "a\n\nb",
    ),
    *(
        "x: y",
        "- a",
        "a #b",
        "#",
        "\ufeff",
        "\ud800",
        "\0",
        "长" * 3000,
        "2023-02-30",
        "9999-12-31",
    ),
    *(
        "0001-01-01",
        "2025年底前",
        "市住建局、市X局",
        "{text：x}",
        "甲，by：乙",
        "1",
        "1.10",
        "79.1-4",
    ),
    *("https://例.org/{a,b:c}?d=e#f", "javascript:alert(1)", "/etc/passwd", "plan.yaml", "%00"),
)
"""What somebody may write in place of a value."""


def draw_bytes(bench: Bench, chance: Random) -> Case:
    """Return a file of the plan with other bytes."""
    file = chance.choice(list(bench.files))
    content = bench.files[file]
    if chance.random() < 0.3:
        damage = chance.choice(OPERATIONS)(content.decode().split("\n"), chance)
        content = damage.content if damage and damage.content else content
    for _turn in range(chance.choice((0, 1, 1, 1, 2, 4))):
        content = draw_damage(content, bench.files[chance.choice(list(bench.files))], chance)
    return Case(content, file)


def draw_damage(content: bytes, other: bytes, chance: Random) -> bytes:
    """Return some content with other bytes, some of them perhaps from other content."""
    return chance.choice(_BYTE_OPERATIONS)(content, other, chance)


def put_in(text: str, nasty: str, chance: Random) -> str:
    """Return a text with another somewhere in it."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + nasty + text[at:]


def draw_tree(bench: Bench, chance: Random) -> Case:
    """Return a file of the plan with another tree, as PyYAML writes it in one of its styles."""
    file = chance.choice(list(bench.files))
    tree = deepcopy(parse_bytes(bench.files[file]).data)
    for _turn in range(chance.choice((1, 1, 1, 2, 3))):
        chance.choice(_TREE_OPERATIONS)(tree, chance)
    return Case(_write(tree, chance), file)


def draw_scrawl(bench: Bench, chance: Random) -> Case:
    """Return a file of the plan by a careless hand, with comments, and odd texts in some values."""
    file = chance.choice(list(bench.files))
    tree = deepcopy(parse_bytes(bench.files[file]).data)
    for _turn in range(chance.choice((0, 1, 3))):
        _change_text(tree, chance)
    return Case(scrawled(tree, chance, commented=True).content, file)


def draw_snippets(_bench: Bench, chance: Random) -> Case:
    """Return pieces of YAML, one after the other."""
    pieces = chance.choices(_SNIPPETS, k=chance.randrange(1, 12))
    return Case("".join(pieces).encode(), "measures/01.yaml")


_SNIPPETS = (
    *("a: ", "b: ", "c:", "id: 1\n", "- ", "  - ", "  ", "    ", "\n", "\n", "\n\n", "\r\n"),
    *("x", "市局", "'x'", '"x"', '"x\\', '\\n"', "''", "~", "null", "1.10", "x y", "x:y", "x #y"),
    *("[", "]", "{", "}", ", ", ",", ": ", ":", "? ", "|\n", ">-\n", "|2\n", "# c\n", " # c\n"),
    *("[a, b]", "{a: b}", "[a]: b", "{a, b}", "'a': b", '"a":b', "- - a", "- ? a", "a: b: c"),
    *(
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "&a x",
        "*a",
        "!t x",
        "<<: ",
        "\t",
        "\ufeff",
        "\x7f",
        "\x85",
    ),
)


def _flip(content: bytes, _other: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    flipped = bytes(byte ^ 1 << chance.randrange(8) for byte in content[at : at + 1])
    return content[:at] + flipped + content[at + 1 :]


def _cut(content: bytes, _other: bytes, chance: Random) -> bytes:
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def _truncate(content: bytes, _other: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _insert(content: bytes, _other: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(_NASTY_BYTES) + content[at:]


def _insert_in_text(content: bytes, _other: bytes, chance: Random) -> bytes:
    text = content.decode("utf-8", "surrogateescape")
    return put_in(text, chance.choice(NASTY_TEXTS), chance).encode("utf-8", "surrogateescape")


def _splice(content: bytes, other: bytes, chance: Random) -> bytes:
    start, end = _span(other, chance)
    at = chance.randrange(len(content) + 1)
    return content[:at] + other[start:end] + content[at:]


def _join(content: bytes, other: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


def _repeat(content: bytes, _other: bytes, chance: Random) -> bytes:
    start, end = _span(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 1, 2, 9)) + content[end:]


_BYTE_OPERATIONS = (_flip, _cut, _truncate, _insert, _insert_in_text, _splice, _join, _repeat)


def _span(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, start + chance.choice((1, 3, 20, 200))


Tree = dict[Any, Any] | list[Any]


def _slots(tree: Tree) -> Iterator[tuple[Tree, Any]]:
    """Yield every place of a value in a tree: what holds it, and its key or index there."""
    for key, value in list(tree.items() if isinstance(tree, dict) else enumerate(tree)):
        yield tree, key
        if isinstance(value, (dict, list)):
            yield from _slots(value)


def _drop(tree: Tree, chance: Random) -> None:
    _with_slot(tree, chance, lambda holder, key: holder.pop(key))


def _put_odd(tree: Tree, chance: Random) -> None:
    odd = deepcopy(chance.choice(ODD_VALUES))
    _with_slot(tree, chance, lambda holder, key: holder.__setitem__(key, odd))


def _wrap(tree: Tree, chance: Random) -> None:
    wrapper: Callable[[Any], Any] = chance.choice((lambda it: [it], lambda it: {"text": it}, str))
    _with_slot(tree, chance, lambda holder, key: holder.__setitem__(key, wrapper(holder[key])))


def _unwrap(tree: Tree, chance: Random) -> None:
    def unwrap(holder: Any, key: Any) -> None:  # noqa: ANN401  a tree of any data
        value = holder[key]
        inside = value.values() if isinstance(value, dict) else value
        holder[key] = (
            chance.choice(list(inside)) if inside and isinstance(value, (dict, list)) else None
        )

    _with_slot(tree, chance, unwrap)


def _repeat_entry(tree: Tree, chance: Random) -> None:
    def repeat(holder: Any, key: Any) -> None:  # noqa: ANN401  a tree of any data
        twin = deepcopy(holder[key])
        if isinstance(holder, list):
            holder.insert(chance.randrange(len(holder) + 1), twin)
        else:
            holder[chance.choice((f"{key}s", "", "note", 1, None, "<<"))] = twin

    _with_slot(tree, chance, repeat)


def _swap(tree: Tree, chance: Random) -> None:
    (one, first), (two, second) = chance.choices(list(_slots(tree)) or [({0: 0}, 0)], k=2)
    # Neither may come to hold itself.
    if first in _keys(one) and second in _keys(two):
        one[first], two[second] = deepcopy(two[second]), deepcopy(one[first])


def _change_text(tree: Tree, chance: Random) -> None:
    texts = [slot for slot in _slots(tree) if isinstance(slot[0][slot[1]], str)]
    if texts:
        holder, key = chance.choice(texts)
        holder[key] = put_in(holder[key], chance.choice(NASTY_TEXTS), chance)


def _shuffle(tree: Tree, chance: Random) -> None:
    def shuffle(holder: Any, _key: Any) -> None:  # noqa: ANN401  a tree of any data
        pairs = list(holder.items() if isinstance(holder, dict) else holder)
        chance.shuffle(pairs)
        holder.clear()
        (holder.update if isinstance(holder, dict) else holder.extend)(pairs)

    _with_slot(tree, chance, shuffle)


_TREE_OPERATIONS = (
    *(_drop, _put_odd, _put_odd, _wrap, _unwrap, _repeat_entry, _swap, _change_text, _shuffle),
)


def _keys(holder: Tree) -> Any:  # noqa: ANN401  keys or indexes
    return holder if isinstance(holder, dict) else range(len(holder))


def _with_slot(tree: Tree, chance: Random, change: Callable[[Any, Any], object]) -> None:
    """Change one value of a tree that has any."""
    if slots := list(_slots(tree)):
        change(*chance.choice(slots))


def _write(tree: Tree, chance: Random) -> bytes:
    encoded: bytes = yaml.safe_dump(
        tree,
        default_flow_style=chance.choice((False, False, None, True)),
        default_style=chance.choice((None, None, None, '"', "'", "|", ">")),
        width=chance.choice((20, 80, 10**6)),
        indent=chance.choice((None, 3, 8)),
        allow_unicode=chance.random() < 0.8,
        sort_keys=False,
        explicit_start=chance.random() < 0.1,
        explicit_end=chance.random() < 0.05,
        line_break=chance.choice((None, "\r\n", "\r")[: chance.choice((1, 2, 2, 3))]),
        encoding=chance.choice(("utf-8",) * 9 + ("utf-16",)),
    )
    return encoded
