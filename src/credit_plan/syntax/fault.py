"""What keeps a file from being read: a fault with its line and column."""

from __future__ import annotations

from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that keeps it from being a record; line and column count from 1.

    `length` is in characters. Behind a fault that is `final` nothing else of the file is read;
    of one that is `mendable` it is certain what was meant; of those that are `once` the first
    stands for all. `related` is where the other one is.
    """

    rule: str
    line: int
    column: int
    message: str
    hint: str
    length: int = 1
    final: bool = False
    mendable: bool = False
    once: bool = False
    related: tuple[int, int] | None = None


class UnreadableError(Exception):
    """A file is no record at all; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def position_in(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def position_of(mark: yaml.Mark) -> tuple[int, int]:
    """Line and column, from 1, of a mark of YAML, which counts from 0."""
    return mark.line + 1, mark.column + 1
