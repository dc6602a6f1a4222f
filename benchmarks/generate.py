"""Makes a folder of many varied, sound task files out of the words of the real plan.

With `--plans` it makes many such folders, each the plan of a city that does not exist (虚构市0001).

A made task has as many measures as some real one (1 to 16), a made measure as many sentences,
milestones and units as some real one; the words are drawn at random. So the files are as long
and as mixed as the real ones, and two runs with one seed make the same files.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

from credit_plan.loader.locate import Source
from credit_plan.loader.reader import load
from credit_plan.models.records import Deadline, Measure, Milestone, PlanMetadata, Task, Unit

REAL: Final = Path(__file__).resolve().parents[1] / "data"
FILES: Final = 8100
"""A hundred times the real plan."""

_STOPS: Final = re.compile(r"[。；]")
_NEEDS_QUOTES: Final = re.compile(r"^[-?:#&*!|>'\"%@`]|[,\[\]{}]|:(\s|$)|\s#")


@dataclass(frozen=True, slots=True)
class Words:
    """What the real plan offers to draw from; real measures also serve as shapes."""

    facts: PlanMetadata
    units: tuple[Unit, ...]
    tasks: tuple[Task, ...]
    measures: tuple[Measure, ...]
    sentences: tuple[str, ...]
    promises: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: how many files and measures, and how many bytes of task files."""

    files: int
    measures: int
    size: int


def generate(folder: Path, files: int = FILES, seed: int = 1, words: Words | None = None) -> Made:
    """Write a plan of so many tasks into a folder; FileExistsError where one is there already."""
    words = words or real_words()
    random = Random(seed)  # noqa: S311  not for secrets, and repeatable
    (folder / "measures").mkdir(parents=True)
    tasks, measures, size = Counter[int](), Counter[int](), 0
    # The table goes through its chapters in order.
    shapes = sorted(random.choices(words.tasks, k=files), key=lambda task: task.chapter)
    for number, shape in enumerate(shapes, 1):
        page = 1 + (number - 1) * words.facts.pages // files
        text = "\n".join(_task(words, random, shape, number, page)) + "\n"
        size += (folder / "measures" / f"{number:02}.yaml").write_bytes(text.encode())
        tasks[shape.chapter] += 1
        measures[shape.chapter] += len(shape.measures)
    plan = "\n".join(_plan(words.facts, tasks, measures)) + "\n"
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    shutil.copyfile(REAL / "units.yaml", folder / "units.yaml")
    return Made(files, measures.total(), size)


def generate_plans(folder: Path, plans: int, files: int, seed: int = 1) -> Made:
    """Write so many plans of so many tasks, each of an invented city, into folders 0001, 0002 …"""
    words, made = real_words(), []
    for number in range(1, plans + 1):
        city = f"虚构市{number:04}"
        invented = {"city": city, "title": words.facts.title.replace(words.facts.city, city)}
        own = replace(words, facts=words.facts.model_copy(update=invented))
        made.append(generate(folder / f"{number:04}", files, seed + number, own))
    totals = (sum(it.files for it in made), sum(it.measures for it in made))
    return Made(*totals, sum(it.size for it in made))


def real_words() -> Words:
    """Return the words of the plan that this checkout holds."""
    draft = load(Source(REAL, bundled=True)).draft
    if draft.metadata is None or draft.registry is None or draft.unread:
        message = f"the plan in {REAL} cannot be read: run credit-plan check"
        raise SystemExit(message)
    measures = tuple(it for filed in draft.tasks for it in filed.record.measures)
    return Words(
        facts=draft.metadata.record,
        units=draft.registry.record.units,
        tasks=tuple(filed.record for filed in draft.tasks),
        measures=measures,
        sentences=tuple(part for it in measures for part in _sentences(it.text)),
        promises=tuple(
            part for it in measures if not it.milestones for part in _sentences(it.target)
        ),
        milestones=tuple(part for it in measures for part in it.milestones),
        notes=tuple(it.note for it in measures if it.note),
    )


def main() -> None:
    """Make the files and say how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument("--files", type=int, help=f"default: {FILES}; {FILES // 100} a plan")
    parser.add_argument("--plans", type=int, help="many plans, each in a folder of its own")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    chosen = parser.parse_args()
    if any((chosen.folder / name).exists() for name in ("measures", "0001")):
        parser.error(f"there is a plan in {chosen.folder} already")
    if chosen.plans:
        files = chosen.files or FILES // 100
        made = generate_plans(chosen.folder, chosen.plans, files, chosen.seed)
    else:
        made = generate(chosen.folder, chosen.files or FILES, chosen.seed)
    size = made.size / 2**20
    print(f"{made.files} files, {made.measures} measures, {size:.1f} MiB in {chosen.folder}")


def _sentences(text: str) -> list[str]:
    return [part for part in map(str.strip, _STOPS.split(text)) if part]


def _task(words: Words, random: Random, shape: Task, number: int, page: int) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../schema/measures.json"
    yield f"id: {number}"
    yield f"chapter: {shape.chapter}"
    yield f"task: {_scalar(random.choice(words.tasks).task)}"
    yield "measures:"
    for index in range(1, len(shape.measures) + 1):
        keys = _measure(words, random, page, f"{number}.{index}")
        first = next(keys) if len(shape.measures) == 1 else f'number: "{index}"'
        yield f"  - {first}"
        yield from (f"    {line}" for line in keys)


def _measure(words: Words, random: Random, page: int, name: str) -> Iterator[str]:
    shape = random.choice(words.measures)
    passages = sorted(random.sample(words.milestones, len(shape.milestones)), key=lambda it: it.by)
    promises = random.choices(words.promises, k=max(1, len(_sentences(shape.target))))
    sentences = random.choices(words.sentences, k=len(_sentences(shape.text)))
    deadline = _deadline(words, random, passages)
    # Its own name at the end: no two measures of a plan say the same.
    yield f"text: {_scalar('。'.join(sentences) + f'（{name}）。')}"
    yield f"target: {_scalar('。'.join([it.text for it in passages] or promises))}"
    if passages:
        yield "milestones:"
        yield from (f"  - {{by: {it.by}, text: {_scalar(it.text)}}}" for it in passages)
    units = random.sample(words.units, len(shape.lead) + len(shape.responsible))
    names = [_scalar(random.choice(unit.names)) for unit in units]
    yield f"lead: [{', '.join(names[: len(shape.lead)])}]"
    if shape.responsible:
        yield f"responsible: [{', '.join(names[len(shape.lead) :])}]"
    ongoing = ", ongoing: true" if deadline.ongoing else ""
    yield f"deadline: {{text: {_scalar(deadline.text)}, by: {deadline.by}{ongoing}}}"
    yield f"page: {page}"
    if shape.note:
        yield f"note: {_scalar(random.choice(words.notes))}"


def _deadline(words: Words, random: Random, passages: list[Milestone]) -> Deadline:
    """One of the real deadlines that is not before the last milestone."""
    drawn = random.choice(words.measures).deadline
    if passages and drawn.by < passages[-1].by:
        return max((it.deadline for it in words.measures), key=lambda it: it.by)
    return drawn


def _plan(facts: PlanMetadata, tasks: Counter[int], measures: Counter[int]) -> Iterator[str]:
    """Return the lines of a `plan.yaml` that counts what was made."""
    period = facts.period
    yield f"title: {_scalar(facts.title)}"
    yield f"city: {_scalar(facts.city)}"
    yield f"period: {{name: {period.name}, first: {period.first}, last: {period.last}}}"
    yield f"pages: {facts.pages}"
    yield f"tasks: {tasks.total()}"
    yield f"measures: {measures.total()}"
    yield "chapters:"
    for chapter in facts.chapters:
        number = chapter.number
        yield (
            f"  - {{number: {number}, title: {_scalar(chapter.title)},"
            f" tasks: {tasks[number]}, measures: {measures[number]}}}"
        )


def _scalar(text: str) -> str:
    """Return the text as YAML, in quotes only where it would be read as something else."""
    return json.dumps(text, ensure_ascii=False) if _NEEDS_QUOTES.search(text) else text


if __name__ == "__main__":
    main()
