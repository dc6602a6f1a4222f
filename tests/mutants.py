"""Damages the real data and looks whether `check` finds the place.

`python -m tests.mutants --number 5000 --seed 7` prints the kill rate and lists the survivors. A
mutant is killed when there is an error where the damage is, give or take a line. One whose
records are the plan's all the same has lost nothing and does not count.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.loader.locate import ACCEPTED, Source
from credit_plan.loader.reader import load
from credit_plan.models.draft import Draft
from credit_plan.rules import registry
from tests.damages import OPERATIONS, Damage
from tests.test_promises import NO_GOAL, left
from tests.test_transcription import claimed, expected_remainder

DATA = Path(__file__).parents[1] / "data"
_MATTERS_MORE = 8
"""The files of the plan beside the tasks are three of 85, and are chosen so many times as often."""


@unique
class Fate(StrEnum):
    """What became of a mutant: only of the first two was an error reported.

    What is `proofread` is sound as a plan and says other than the published table, which
    `make test` finds by holding each record against its text.
    """

    KILLED = "killed"
    MISPLACED = "misplaced"
    REMARKED = "remarked"
    PROOFREAD = "proofread"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True)
class Mutant:
    """What was done to a file, what was said of it, and the first line that differs."""

    operation: str
    file: str
    damage: Damage
    fate: Fate
    said: tuple[Diagnostic, ...]
    change: str

    def __str__(self) -> str:
        place = f"{self.file}:{min(self.damage.touched, default=0)}"
        return f"{self.fate:10} {self.operation:16} {place:20} {self.change}"


@dataclass(frozen=True)
class Sound:
    """A copy of the real data, with what is in it and what is said of it."""

    source: Source
    draft: Draft
    said: frozenset[Diagnostic]


def mutants(number: int, seed: int) -> Iterator[Mutant]:
    """So many mutants of the real data, the same ones for the same seed."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(DATA, data)
        source = Source(data, bundled=False)
        draft, said = examined(source)
        sound = Sound(source, draft, frozenset(said))
        files = sorted(data.rglob("*.yaml"))
        beside = [it for it in files if it.parent == data and it.name != ACCEPTED]
        files += beside * _MATTERS_MORE
        made = 0
        while made < number:
            file, operation = chance.choice(files), chance.choice(OPERATIONS)
            lines = file.read_text(encoding="utf-8").split("\n")
            damage = operation(lines, chance)
            if damage and (damage.name or damage.content != file.read_bytes()):
                made += 1
                yield judged(operation.__name__, file, damage, sound)


def judged(operation: str, file: Path, damage: Damage, sound: Sound) -> Mutant:
    """Return the mutant that a damage makes of the sound plan."""
    before = file.read_text(encoding="utf-8")
    with damaged(file, damage):
        draft, said = examined(sound.source)
    new = tuple(it for it in said if it not in sound.said)
    name = file.relative_to(sound.source.folder).as_posix()
    change = difference(before, damage)
    return Mutant(operation, name, damage, fate(new, draft, sound, file, damage), new, change)


def examined(source: Source) -> tuple[Draft, tuple[Diagnostic, ...]]:
    """Return what is in the data, and what is said of it, except what is accepted."""
    loaded = load(source, for_check=True)
    placed = loaded.locate(registry.run_and_accept(loaded.draft))
    return loaded.draft, tuple(it for it in (*loaded.diagnostics, *placed) if not it.accepted)


@contextmanager
def damaged(file: Path, damage: Damage) -> Iterator[None]:
    """Return the file as it is damaged, for a while."""
    sound = file.read_bytes()
    changed = file.with_name(damage.name or file.name)
    there = changed.read_bytes() if changed.exists() else None
    file.unlink()
    if damage.content is not None:
        changed.write_bytes(damage.content)
    try:
        yield
    finally:
        changed.unlink(missing_ok=True)
        if there is not None:
            changed.write_bytes(there)
        file.write_bytes(sound)


def fate(
    said: tuple[Diagnostic, ...], draft: Draft, sound: Sound, file: Path, damage: Damage
) -> Fate:
    """Return what the findings make of a mutant."""
    errors = [it for it in said if it.severity is Severity.ERROR]
    if any(is_near(it, file, damage) for it in errors):
        return Fate.KILLED
    if errors:
        return Fate.MISPLACED
    if meaning(draft) == meaning(sound.draft):
        return Fate.EQUIVALENT
    # What is accepted no longer is reported where it is.
    if any(is_near(it, file, damage) for it in said) or (said and file.name == ACCEPTED):
        return Fate.REMARKED
    return Fate.SURVIVED if is_as_published(draft) else Fate.PROOFREAD


def is_as_published(draft: Draft) -> bool:
    """Whether the published text has all that the records say, in its order and on its page.

    And the indicators every figure that it promises.
    """
    if draft.metadata is None:
        return False
    facts, tasks = draft.metadata.record, tuple(filed.record for filed in draft.tasks)
    indicators = tuple(it.record for it in draft.indicators)
    try:
        is_printed = claimed(facts, tasks) == expected_remainder(facts, tasks)
        return is_printed and left(tasks, indicators) == NO_GOAL
    except (AssertionError, KeyError):
        return False


def meaning(draft: Draft) -> object:
    """Return what the records say; the order of units, indicators and acceptances is none."""
    units = draft.registry.record.units if draft.registry else ()
    indicators = frozenset(repr(it.record) for it in draft.indicators)
    accepted = frozenset(repr(it.record) for it in draft.accepted)
    return draft.metadata, frozenset(units), draft.tasks, indicators, accepted


def is_near(it: Diagnostic, file: Path, damage: Damage) -> bool:
    """Whether a finding stands where the damage is, give or take a line.

    What is missing is reported where its record begins, and a record that is missing, or too
    many, by the figures of plan.yaml; of two values that disagree both places are named. A file
    with another name is reported as a whole.
    """
    if damage.whole and it.rule == "plan-counts":
        return True
    if damage.name or damage.content is None:
        return Path(it.file).name in {file.name, damage.name}
    near = {line + step for line in damage.touched for step in (-1, 0, 1)}
    if it.rule == "missing-key":
        after = damage.content.decode("utf-8", "replace").split("\n")
        near |= {record_of(after, line - 1) for line in damage.touched}
    related, _colon, line = it.related_at.rpartition(":")[0].rpartition(":")
    places = [(it.file, it.line), (related, int(line or 0))]
    return any(Path(place).name == file.name and at in near for place, at in places)


def record_of(lines: list[str], line: int) -> int:
    """Return the first line of the record that a line belongs to."""
    entries = (at for at in range(min(line, len(lines)), 0, -1) if lines[at - 1][:4] == "  - ")
    return next(entries, 2)


def difference(before: str, damage: Damage) -> str:
    """Return the first line that differs, before and after."""
    if damage.content is None or damage.name:
        return damage.name or "gone"
    after = damage.content.decode("utf-8", "replace").split("\n")
    for old, new in zip(before.split("\n"), after, strict=False):
        if old != new:
            at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
            start = max(at - 12, 0)
            return f"{old[start : at + 14]!r} → {new[start : at + 14]!r}"
    return "shorter"


def main() -> None:
    """Print the rates and every mutant that was not killed at its place."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--number", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    fates: Counter[Fate] = Counter()
    by_operation: dict[str, Counter[Fate]] = {}
    for mutant in mutants(asked.number, asked.seed):
        fates[mutant.fate] += 1
        by_operation.setdefault(mutant.operation, Counter())[mutant.fate] += 1
        if mutant.fate not in {Fate.KILLED, Fate.EQUIVALENT}:
            sys.stdout.write(f"{mutant}\n")
            for it in mutant.said:
                sys.stdout.write(f"    {Path(it.file).name}:{it.line} {it.rule} {it.message}\n")
    for operation, counts in sorted(by_operation.items()):
        shown = ", ".join(f"{counts[it]} {it}" for it in Fate if counts[it])
        sys.stdout.write(f"{operation:18} {shown}\n")
    changed = sum(fates.values()) - fates[Fate.EQUIVALENT]
    sys.stdout.write(f"{fates[Fate.KILLED] / changed:.1%} of {changed} killed at their place; ")
    sys.stdout.write(", ".join(f"{fates[it]} {it}" for it in Fate) + "\n")


if __name__ == "__main__":
    main()
