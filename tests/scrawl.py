"""Writes sound data in as many ways as YAML has, for tests that bring it to its form again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from credit_plan.models.fields import sentence_keys
from credit_plan.models.schema import MODELS

Data = dict[str, Any]
Value = str | list[Any] | Data

SAFE = re.compile(r"[\w“”（）()，。、；—％《》〔〕＋－][\w“”（）()，。、；—％《》〔〕＋－.-]*")
"""A text that stands without quotes in any place."""

SENTENCES = frozenset().union(*map(sentence_keys, MODELS.values()))


@dataclass
class Scrawl:
    """A file written by a careless hand, and the comments in it."""

    content: bytes
    comments: tuple[str, ...]


def scrawled(data: Data, chance: Random, *, commented: bool = False) -> Scrawl:
    """Return the same data with keys in any order, other quotes, other lines, other line ends."""
    hand = Hand(chance, commented)
    hand.record(data, "", flow=chance.random() < 0.1)
    text = "".join(hand.pieces)
    if chance.random() < 0.3:
        text = text.replace("\n", "\r\n")
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"])
    return Scrawl(text.encode(encoding), tuple(hand.comments))


@dataclass
class Hand:
    """Puts one piece behind another; what it does next is chance."""

    chance: Random
    commented: bool
    pieces: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def record(self, data: Data, margin: str, *, flow: bool) -> None:
        """Return the keys in any order, on lines of their own or in braces."""
        keys = list(data)
        self.chance.shuffle(keys)
        if flow:
            self.write("{")
            for key in keys:
                self.write(f"{key}: ")
                self.in_flow(data[key])
                self.write(", ")
            self.write("}")
            self.line_end()
            return
        for number, key in enumerate(keys):
            self.line_start(margin, behind_a_dash=number == 0 and margin != "")
            self.write(f"{key}:")
            self.value(key, data[key], margin)
        self.lines_between(margin)

    def value(self, key: str, value: Value, margin: str) -> None:
        """Return what stands behind a key that began a line."""
        if isinstance(value, str):
            self.text(value, margin, sentence=key in SENTENCES)
        elif self.chance.random() < 0.3:
            self.write(" ")
            self.in_flow(value)
            self.line_end()
        elif isinstance(value, dict):
            self.line_end()
            deeper = margin + " " * self.chance.choice([1, 2, 4])
            self.pieces.append(deeper)
            self.record(value, deeper, flow=False)
        else:
            self.line_end()
            self.entries(value, margin + " " * self.chance.choice([0, 2, 3]))

    def entries(self, entries: list[Value], margin: str) -> None:
        """Return a list with a dash for each entry."""
        for entry in entries:
            self.lines_between(margin)
            self.write(f"{margin}-")
            if isinstance(entry, str):
                self.text(entry, margin, sentence=False)
                continue
            self.write(" ")
            self.record(entry, margin + "  ", flow=self.chance.random() < 0.3)

    def text(self, value: str, margin: str, *, sentence: bool) -> None:
        """Return a single value and the end of its line."""
        if self.chance.random() < 0.2:
            self.write(self.chance.choice([" >-", " |-", " >2-"]))
            self.line_end()
            self.pieces.append(f"{margin}  {value}\n")
            return
        written = self.in_quotes(value)
        self.write(f" {written}")
        self.line_end(comment=not sentence or written != value)

    def in_flow(self, value: Value) -> None:
        """Return a value between braces or brackets, with line breaks where there may be some."""
        if isinstance(value, str):
            self.write(self.in_quotes(value))
            return
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        self.write(opening)
        for entry in value:
            if self.chance.random() < 0.2:
                self.line_end()
                self.pieces.append(" " * 20)
            if isinstance(value, dict):
                self.write(f"{entry}: ")
                self.in_flow(value[entry])
            else:
                self.in_flow(entry)
            self.write(", ")
        self.write(closing)

    def in_quotes(self, value: str) -> str:
        """Return a single value with or without quotes."""
        ways = ['"' + value.replace("\\", r"\\").replace('"', r"\"") + '"']
        ways.append("'" + value.replace("'", "''") + "'")
        if SAFE.fullmatch(value):
            ways += [value] * 3
        return self.chance.choice(ways)

    def write(self, piece: str) -> None:
        """Return a piece of a line."""
        self.pieces.append(piece)

    def line_start(self, margin: str, *, behind_a_dash: bool) -> None:
        """Return the indentation of a key, unless the dash of an entry is its indentation."""
        if not behind_a_dash:
            self.lines_between(margin)
            self.write(margin)

    def lines_between(self, margin: str) -> None:
        """Empty lines and comments before a line."""
        if self.chance.random() < 0.1:
            self.write("\n")
        if self.commented and self.chance.random() < 0.2:
            self.write(f"{margin}{self.comment()}\n")

    def line_end(self, *, comment: bool = True) -> None:
        """Return the end of a line, with trailing spaces or a comment."""
        if self.commented and comment and self.chance.random() < 0.3:
            self.write(f" {self.comment()}")
        self.write(" " * self.chance.choice([0, 0, 2]) + "\n")

    def comment(self) -> str:
        """Return a comment that is unlike all others."""
        self.comments.append(f"# 注{len(self.comments)}: “说明”, 待核")
        return self.comments[-1]
