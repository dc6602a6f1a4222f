"""Writes sound records whose values hold the marks of YAML, in as many ways as YAML has.

What a file says is what PyYAML reads: nothing here knows it. A file that is no record after all,
because a value without quotes was read as something else, is thrown away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import yaml
from pydantic import ValidationError

from credit_plan.formatting.values import fix_record
from credit_plan.models.progress import Progress
from credit_plan.models.records import Record, Registry, Task

_MARKS = list("：，｛｝［］【】－:,{}[]-#&*!|>%@`?=~\"'\\") + [
    *("\t", "\u3000", "\u00a0", " ", ": ", " #", "- ", "－ ", "''", '\\"'),
]
_LIKELY = [
    *("，by：", ", by: ", ",type:notice", "，url:x", "｛text：x｝", "{text:x", "【甲]", "[甲】", "［甲］"),
    *("， ongoing：true", "他说\"好\"", "\u3000by：", "\ttext：", "note:x", "，lead：", "id：", "-甲"),
]
"""What a repair would change, were it not part of a value."""

_WORDS = ["甲", "乙市", "2025年底前", "by", "text", "lead", "url", "a", "1.10", "null", "。", "”", "“"]


@dataclass(frozen=True)
class Marked:
    """A file, its model, and what PyYAML reads in it."""

    text: str
    model: type[Record]
    data: Any


def marked(chance: Random) -> Marked | None:
    """Return a file that is sound as it is written, or None for one that is not."""
    make, model = chance.choice([(_progress, Progress), (_task, Task), (_registry, Registry)])
    text = make(_Pen(chance))
    try:
        if any(_is_beyond_records(event) for event in yaml.parse(text, yaml.BaseLoader)):
            return None
        data = yaml.load(text, _Loader)  # noqa: S506  it makes nothing but texts
        if data != yaml.load(text, yaml.CBaseLoader):  # noqa: S506
            return None
        model.model_validate(fix_record(data, model))
    except (yaml.YAMLError, ValidationError):
        return None
    return Marked(text, model, data)


def _is_beyond_records(event: Any) -> bool:
    """Return whether an event has an anchor or a tag, or is a value that is no text."""
    is_null = event.value in {"", "~", "null"} and event.implicit[0] if hasattr(event, "value") else False
    return bool(getattr(event, "anchor", None) or getattr(event, "tag", None) or is_null)


class _Loader(yaml.BaseLoader):
    """Reads texts alone, and refuses a key that is repeated."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _value in node.value]
        if len(keys) != len(set(map(str, keys))):
            raise yaml.constructor.ConstructorError(None, None, "repeated", node.start_mark)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class _Pen:
    """Writes values; how is chance."""

    chance: Random

    def record(self, pairs: list[tuple[str, Callable[[str, bool], str]]], margin: str) -> str:
        """Return a record below a dash or a key, in braces or line by line."""
        pairs = self.chance.sample(pairs, len(pairs))
        if self.chance.random() < 0.4:  # noqa: PLR2004
            return self.flow(pairs, margin)
        lines = (f"{self.key(key)}: {value(margin, False)}\n" for key, value in pairs)
        return f"{margin}".join(lines)

    def flow(self, pairs: list[tuple[str, Callable[[str, bool], str]]], margin: str) -> str:
        """Return a record in braces, on one line or on several."""
        between = self.chance.choice([", ", ", ", ",  ", f",\n{margin}  ", f",\n{margin}\t"])
        inside = between.join(f"{self.key(key)}: {value(margin, True)}" for key, value in pairs)
        end = self.chance.choice(["", "", "  # 注，by：甲｝", " # {by：甲，text：乙｝"])
        return f"{{{inside}}}{end}\n"

    def key(self, key: str) -> str:
        return self.chance.choice([key, key, key, f'"{key}"', f"'{key}'"])

    def text(self, margin: str, in_flow: bool) -> str:
        """Return a text with marks, in one of the styles."""
        pieces = self.chance.choices([_MARKS, _WORDS, _LIKELY], k=self.chance.randint(1, 4))
        value = "".join(self.chance.choice(piece) for piece in pieces)
        if self.chance.random() < 0.5:  # noqa: PLR2004
            value = f"甲{value}乙"
        styles: list[Callable[[str, str], str]] = [_plain, _plain, _double, _single, _folded]
        if not in_flow:
            styles.append(self.block)
        return self.chance.choice(styles)(value, margin)

    def block(self, value: str, margin: str) -> str:
        """Return a text below `|` or `>`."""
        deeper = f"{margin}{self.chance.choice(['  ', '    '])}"
        inside = self.chance.choice([deeper, f"{deeper}\u3000\u3000", f"{deeper}by：", f"{deeper}{{"])
        head = self.chance.choice(["|", ">", "|-", ">-", "|+", "|  # 注，by：甲"])
        return f"{head}\n{inside}{value}\n{deeper}second：line，by：x"

    def one_of(self, *words: str) -> Callable[[str, bool], str]:
        return lambda _margin, _in_flow: self.chance.choice(words)

    def texts(self, margin: str, _in_flow: bool) -> str:
        """Return a list of texts, in brackets or with a dash for each."""
        number = self.chance.randint(1, 3)
        if _in_flow or self.chance.random() < 0.5:  # noqa: PLR2004
            return f"[{', '.join(self.text(margin, True) for _ in range(number))}]"
        return "".join(f"\n{margin}  - {self.text(margin + '  ', False)}" for _ in range(number))


def _plain(value: str, _margin: str) -> str:
    return value


def _double(value: str, _margin: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _single(value: str, _margin: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _folded(value: str, margin: str) -> str:
    """Return a text in quotes that goes on over three lines."""
    return f'"甲\n{margin}   by：{_double(value, margin)[1:-1]}，{{text：x}}\n\n{margin}\t　lead：乙"'


def _progress(pen: _Pen) -> str:
    entries = ""
    for _ in range(pen.chance.randint(1, 2)):
        pairs: list[tuple[str, Callable[[str, bool], str]]] = [
            ("measure", pen.one_of('"14"', "'7.5'")),
            ("on", pen.one_of("2023-12-31", "2024/1/5", "'2023-12-31'")),
            ("unit", pen.text),
            ("status", pen.one_of("done", '"done"')),
            ("note", pen.text),
            ("recorded", pen.one_of("2024-01-05T09:30:00+08:00", '"2024-01-05T09:30:00+08:00"')),
        ]
        url = pen.chance.choice(['"https://a/?f=a,type:notice"', "https://a/x,by：y", "'{by：x}'"])
        address = pen.chance.choice([pen.text, pen.one_of(url)])
        shown = pen.flow([("url", address)], "      ")
        pairs.append(("evidence", lambda _m, flow, it=shown: f"[{it.splitlines()[0]}]" if flow else f"\n      - {it.rstrip()}"))
        entries += f"  - {pen.record(pairs, '    ')}"
    return f"# 注，by：甲\nentries:\n{entries}"


def _task(pen: _Pen) -> str:
    deadline = [("text", pen.text), ("by", pen.one_of("2025-12-31", "2025年12月31日"))]
    milestone = [("by", pen.one_of("2023-12-31")), ("text", pen.text)]
    pairs = [
        ("text", pen.text),
        ("target", pen.text),
        ("lead", pen.texts),
        ("deadline", lambda margin, _flow: pen.flow(deadline, margin).split("}  #")[0].rstrip("\n")),
        ("milestones", lambda margin, flow: f"[{pen.flow(milestone, margin).rstrip()}]" if flow else f"\n{margin}  - {pen.flow(milestone, margin + '  ').rstrip()}"),
        ("page", pen.one_of("7", '"7"')),
    ]
    return f"id: 2\nchapter: 2\ntask: {pen.text('', False)}\nmeasures:\n  - {pen.record(pairs, '    ')}"


def _registry(pen: _Pen) -> str:
    units = ""
    for _ in range(pen.chance.randint(1, 3)):
        pairs = [("name", pen.text), ("kind", pen.one_of("group", "government")), ("aliases", pen.texts)]
        units += f"  - {pen.record(pairs, '    ')}"
    return f"units:\n{units}"
