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
from credit_plan.models.validation import validate_record

COMMENTS = ("# 注，by：甲｝", "# {by：甲，text：乙｝")
_MARKS = (
    *"：，｛｝［］【】－:,{}[]-#&*!|>%@`?=~\"'\\",
    *("\t", "\u3000", "\u00a0", " ", ": ", " #", "- ", "－ ", "''", '\\"'),
)
_WORDS = (
    "甲",
    "乙市",
    "2025年底前",
    "by",
    "text",
    "lead",
    "url",
    "a",
    "1.10",
    "null",
    "。",
    "”",
    "“",
)
_LIKELY = (
    *(
        "，by：",
        ", by: ",
        ",type:notice",
        "，url:x",
        "｛text：x｝",
        "{text:x",
        "【甲]",
        "[甲】",
        "［甲］",
    ),
    *(
        "， ongoing：true",
        '他说"好"',
        "\u3000by：",
        "\ttext：",
        "note:x",
        "，lead：",
        "id：",
        "-甲",
    ),
)
"""What a repair would change, were it not part of a value."""

Value = Callable[[str, bool], str]
"""Writes a value below a margin, in braces or brackets or not."""
Pairs = list[tuple[str, Value]]
_FLOW, _BLOCK = True, False


@dataclass(frozen=True)
class Marked:
    """A file, its model, and what PyYAML reads in it."""

    text: str
    model: type[Record]
    data: Any


def marked(chance: Random) -> Marked | None:
    """Return a file that is sound as it is written, or None where chance has made another."""
    make, model = chance.choice([(_progress, Progress), (_task, Task), (_registry, Registry)])
    text = make(_Pen(chance))
    try:
        if any(_is_beyond_records(event) for event in yaml.parse(text, yaml.BaseLoader)):
            return None
        data = yaml.load(text, _Loader)  # noqa: S506  it makes texts alone
        if data != yaml.load(text, yaml.CBaseLoader):  # noqa: S506  it makes texts alone
            return None
        validate_record(model, fix_record(data, model))
    except (yaml.YAMLError, ValidationError):
        return None
    return Marked(text, model, data)


def _is_beyond_records(event: Any) -> bool:  # noqa: ANN401  PyYAML has no types
    """Return whether an event has an anchor or a tag, or is a value that is no text."""
    is_null = isinstance(event, yaml.ScalarEvent) and event.value in {"", "~", "null"}
    named = getattr(event, "anchor", None) or getattr(event, "tag", None)
    return bool(named or (is_null and event.implicit[0]))


class _Loader(yaml.BaseLoader):
    """Reads texts alone, and refuses a key that is repeated."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT002  as PyYAML has it
    ) -> dict[Any, Any]:
        """Return the texts of a record."""
        keys = [str(key.value) for key, _value in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(None, None, "repeated", node.start_mark)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class _Pen:
    """Writes values; how is chance."""

    chance: Random

    def record(self, pairs: Pairs) -> str:
        """Return an entry of a list with its dash, in braces or line by line."""
        pairs = self.chance.sample(pairs, len(pairs))
        if self.chance.random() < 0.4:
            return f"  - {self.flow(pairs, '    ')}{self.comment()}\n"
        lines = (f"{self.key(key)}: {value('    ', _BLOCK)}\n" for key, value in pairs)
        return f"  - {'    '.join(lines)}"

    def flow(self, pairs: Pairs, margin: str) -> str:
        """Return a record in braces, on one line or on several."""
        between = self.chance.choice([", ", ", ", ",  ", f",\n{margin}  ", f",\n{margin}\t"])
        return f"{{{between.join(f'{self.key(key)}: {of(margin, _FLOW)}' for key, of in pairs)}}}"

    def listed(self, pairs: Pairs) -> Value:
        """Return the writer of a list with one record in braces."""

        def write(margin: str, in_flow: bool) -> str:
            if in_flow:
                return f"[{self.flow(pairs, margin)}]"
            return f"\n{margin}  - {self.flow(pairs, f'{margin}  ')}{self.comment()}"

        return write

    def texts(self, margin: str, in_flow: bool) -> str:
        """Return a list of texts, in brackets or with a dash for each."""
        number = self.chance.randint(1, 3)
        if in_flow or self.chance.random() < 0.5:
            return f"[{', '.join(self.text(margin, _FLOW) for _ in range(number))}]"
        return "".join(f"\n{margin}  - {self.text(f'{margin}  ', _BLOCK)}" for _ in range(number))

    def text(self, margin: str, in_flow: bool) -> str:
        """Return a text with marks, in one of the styles."""
        pieces = self.chance.choices([_MARKS, _WORDS, _LIKELY], k=self.chance.randint(1, 4))
        value = "".join(self.chance.choice(piece) for piece in pieces)
        if self.chance.random() < 0.5:
            value = f"甲{value}乙"
        double = value.replace("\\", "\\\\").replace('"', '\\"')
        styles = [value, value, f'"{double}"', "'" + value.replace("'", "''") + "'"]
        styles.append(f'"甲\n{margin}   by：{double}，{{text：x}}\n\n{margin}\t\u3000lead：乙"')
        if not in_flow:
            styles.append(self.block(value, margin))
        return self.chance.choice(styles)

    def block(self, value: str, margin: str) -> str:
        """Return a text below `|` or `>`."""
        deeper = f"{margin}{self.chance.choice(['  ', '    '])}"
        head = self.chance.choice(["|", ">", "|-", ">-", "|+", f"|  {COMMENTS[0]}"])
        start = self.chance.choice(["", "\u3000\u3000", "by：", "{"])
        return f"{head}\n{deeper}{start}{value}\n{deeper}second：line，by：x"

    def key(self, key: str) -> str:
        return self.chance.choice([key, key, key, f'"{key}"', f"'{key}'"])

    def comment(self) -> str:
        return self.chance.choice(["", "", *(f"  {it}" for it in COMMENTS)])

    def one_of(self, *words: str) -> Value:
        return lambda _margin, _in_flow: self.chance.choice(words)


def _progress(pen: _Pen) -> str:
    address = pen.one_of('"https://a/?f=a,type:notice"', "https://a/x,by：y", "'{by：x}'")
    pairs = [
        ("measure", pen.one_of('"14"', "'7.5'")),
        ("on", pen.one_of("2023-12-31", "2024/1/5", "'2023-12-31'")),
        ("unit", pen.text),
        ("status", pen.one_of("done", '"done"')),
        ("note", pen.text),
        ("evidence", pen.listed([("url", pen.chance.choice([pen.text, address]))])),
        ("recorded", pen.one_of("2024-01-05T09:30:00+08:00", '"2024-01-05T09:30:00+08:00"')),
    ]
    return f"{COMMENTS[0]}\nentries:\n{pen.record(pairs)}{pen.record(pairs)}"


def _task(pen: _Pen) -> str:
    deadline: Pairs = [("text", pen.text), ("by", pen.one_of("2025-12-31", "2025年12月31日"))]
    pairs = [
        ("text", pen.text),
        ("target", pen.text),
        ("lead", pen.texts),
        ("deadline", lambda margin, _in_flow: pen.flow(deadline, margin)),
        ("milestones", pen.listed([("by", pen.one_of("2023-12-31")), ("text", pen.text)])),
        ("page", pen.one_of("7", '"7"')),
    ]
    return f"id: 2\nchapter: 2\ntask: {pen.text('', _BLOCK)}\nmeasures:\n{pen.record(pairs)}"


def _registry(pen: _Pen) -> str:
    kind = pen.one_of("group", "government")
    pairs = [("name", pen.text), ("kind", kind), ("aliases", pen.texts)]
    return "units:\n" + "".join(pen.record(pairs) for _ in range(pen.chance.randint(1, 3)))
