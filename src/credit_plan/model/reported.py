"""A report before it is an entry: in somebody's own words, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody reports of a measure, by the fields of an entry; empty where left out.

    `values` are pairs of an indicator's name and its figure, `evidence` addresses and paths.
    `line` is where it stands in what was read, from 1; 0 for what was typed. `left_out` are the
    keys and headings that stand there and say nothing of a report.
    """

    measure: str
    status: str
    on: str = ""
    unit: str = ""
    values: tuple[tuple[str, str], ...] = ()
    note: str = ""
    evidence: tuple[str, ...] = ()
    line: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistake:
    """What keeps a report from being an entry: its line, the field at fault, and what would do.

    `field` is empty where no single one is at fault.
    """

    line: int
    field: str
    message: str
    candidates: tuple[str, ...] = ()
