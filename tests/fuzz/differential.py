"""What our reader takes without a word, PyYAML's own parser reads, and reads as the same."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import yaml

from credit_plan.yaml.parse import parse_bytes
from tests.fuzz import mutations
from tests.fuzz.attack import Case, expect
from tests.fuzz.bench import Bench
from tests.fuzz.reading import read


def draw(bench: Bench, chance: Random) -> Case:
    """Return a damaged file, or a text of pieces of YAML."""
    ways = (mutations.draw_bytes, mutations.draw_tree, mutations.draw_snippets)
    return chance.choice(ways)(bench, chance)


def judge(_bench: Bench, case: Case) -> None:
    """Read the same bytes as the program does, and as PyYAML does with either of its parsers.

    Of these, libyaml takes a little more: tabs after a colon, `?` in a flow, a mark at a line.
    """
    parsed = parse_bytes(case.content)
    if parsed.diagnostics:
        return
    readings = []
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        with suppress(yaml.YAMLError, TypeError):  # TypeError: a list as a key
            readings.append(read(case.content, loader))
    expect(readings, "what PyYAML refuses is an error")
    expect(parsed.data in readings, "PyYAML reads the same", f"{parsed.data}, not {readings}")
