"""What our reader takes without a word, PyYAML's own parser reads, and reads as the same."""

from __future__ import annotations

from random import Random

import yaml

from credit_plan.yaml.parse import parse_bytes
from tests.fuzz import mutations
from tests.fuzz.attack import Case, expect
from tests.fuzz.bench import Bench
from tests.fuzz.form import read


def draw(bench: Bench, chance: Random) -> Case:
    """Return a damaged file, or a text of pieces of YAML."""
    ways = (mutations.draw_bytes, mutations.draw_tree, mutations.draw_snippets)
    return chance.choice(ways)(bench, chance)


def judge(_bench: Bench, case: Case) -> None:
    """Read the same bytes with libyaml, as the program does, and with PyYAML's pure parser."""
    parsed = parse_bytes(case.content)
    if parsed.diagnostics:
        return
    try:
        data = read(case.content)
    except (yaml.YAMLError, TypeError) as error:  # TypeError: a list as a key
        # Of the two parsers of PyYAML only libyaml lets a tab separate, as YAML says.
        expect(r"character '\t'" in str(error), "what PyYAML refuses is an error", error)
        return
    expect(parsed.data == data, "PyYAML reads the same", f"{parsed.data}, but PyYAML {data}")
