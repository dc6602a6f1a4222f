"""`fmt` changes how a file is written and never what it says, and keeps every comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import yaml
from yaml.tokens import ScalarToken

from credit_plan.formatting.files import format_file
from credit_plan.formatting.values import fix_record
from credit_plan.models.schema import MODELS
from credit_plan.text import remove_stray_spaces
from tests.damages import Damage
from tests.fuzz import mutations
from tests.fuzz.attack import Case, expect
from tests.fuzz.bench import Bench, kind_of
from tests.fuzz.reading import errors_of, read
from tests.mutants import damaged

_REPAIRED = {"full-width-mark", "unreadable-yaml", "merge-conflict"}
"""Rules of what is mended in the text itself, so that YAML reads other data in it."""


def draw(bench: Bench, chance: Random) -> Case:
    """Return a file by a careless hand, or one of the other mutants."""
    ways = (mutations.draw_scrawl, mutations.draw_scrawl, mutations.draw_tree, mutations.draw_bytes)
    return chance.choice(ways)(bench, chance)


def judge(bench: Bench, case: Case) -> None:
    """Bring a file to its form twice."""
    target = bench.target(case.file)
    with damaged(target.path, Damage(case.content)):
        _loaded, found = bench.examine()
        once = format_file(target)
    if once.reasons:
        is_faulty = errors_of(found, target.file)
        expect(is_faulty, "a sound file has a form", once.reasons[0].message)
        return
    with damaged(target.path, Damage(once.after.encode())):
        _loaded, later = bench.examine()
        twice = format_file(target)
    expect(twice.after == once.after, "fmt twice is fmt once", once.after)
    if not errors_of(found):
        added = {(it.rule, it.message) for it in later} - {(it.rule, it.message) for it in found}
        expect(not added, "a sound file stays sound", added)
    is_repaired = bool(_REPAIRED & {it.rule for it in found if it.file == target.file})
    _judge_meaning(once.before.removeprefix("\ufeff"), once.after, case, is_repaired=is_repaired)


def _judge_meaning(before: str, after: str, case: Case, *, is_repaired: bool) -> None:
    """Compare what YAML reads in a text and in its form."""
    try:
        old, comments = read(before, yaml.CSafeLoader), sorted(_comments(before))
        scalars = [it for it in yaml.scan(before, yaml.CSafeLoader) if isinstance(it, ScalarToken)]
    except yaml.YAMLError:
        expect(is_repaired, "what is no YAML is an error", case)
        return
    expect(sorted(_comments(after)) == comments, "fmt keeps all comments", after)
    if is_repaired:
        kept = set(_texts(read(after)))
        quoted = [it.value for it in scalars if it.style in ("'", '"')]
        lost = [it for it in quoted if not {it, remove_stray_spaces(it)} & kept]
        expect(not lost, "fmt leaves quoted values alone", lost)
    else:
        fixed = fix_record(old, MODELS[kind_of(case.file)])
        expect(read(after) == fixed, "fmt never changes meaning", after)


def _texts(data: Any) -> Iterator[str]:  # noqa: ANN401  plain data
    """Yield every key and every value of some data."""
    if isinstance(data, dict):
        for pair in data.items():
            yield from _texts(list(pair))
    elif isinstance(data, list):
        for entry in data:
            yield from _texts(entry)
    elif data is not None:
        yield data


def _comments(text: str) -> Iterator[str]:
    """Yield what follows a `#` between two tokens, or behind the sign of a block text."""
    at, between = 0, list[str]()
    for token in yaml.scan(text, yaml.CSafeLoader):
        start, end = token.start_mark.index, token.end_mark.index
        between.append(text[at:start])
        if isinstance(token, ScalarToken) and token.style in ("|", ">"):
            between.append(text[start:end].partition("\n")[0])
        at = max(at, end)
    for part in (*between, text[at:]):
        yield from (it.rstrip() for it in re.findall(r"#.*", part))
