"""One try of an attack: a case is drawn, judged, and cut down where it breaks a promise."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from shlex import quote
from typing import Any, NamedTuple, NoReturn

from tests.fuzz.bench import Bench

_TIMEOUT = 30
"""Seconds after which a try is given up: one that never ends would not be reported."""

_MAX_CUTS = 2000
"""How often a case is judged again to make it smaller."""


@dataclass(frozen=True)
class Case:
    """What is tried: the words of a command, the content of a file of the plan or of stdin.

    Words such as COLUMNS=20 before a command are its environment. Without `file`, `content` is
    given to stdin.
    """

    content: bytes = b""
    file: str = ""
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"{self.file or 'stdin'}: {self.content!r}"] if self.content or self.file else []
        parts += [f"words: {' '.join(quote(repr(it)[1:-1]) for it in self.words)}"] * bool(
            self.words
        )
        return "\n  ".join(parts)


class BrokenError(Exception):
    """A case breaks a promise; `how` differs from case to case."""

    def __init__(self, promise: str, how: object = "") -> None:
        super().__init__(promise)
        self.promise, self.how = promise, str(how)


class Kind(NamedTuple):
    """A kind of attack: how a case is drawn, and what raises BrokenError for a bad one."""

    name: str
    draw: Callable[[Bench, Random], Case]
    judge: Callable[[Bench, Case], None]


@dataclass(frozen=True)
class Failure:
    """A promise that a case breaks, and the words to draw the case again."""

    kind: str
    seed: int
    number: int
    promise: str
    how: str
    case: Case

    def __str__(self) -> str:
        again = f"make fuzz KIND={self.kind} SEED={self.seed} FIRST={self.number} NUMBER=1"
        return f"{again}\n  promised: {self.promise}\n  but: {self.how[:500]}\n  {self.case}\n"


def expect(holds: object, promise: str, how: object = "") -> None:
    """Raise BrokenError unless something holds that is promised."""
    if not holds:
        raise BrokenError(promise, how)


def attempt(kind: Kind, bench: Bench, seed: int, number: int) -> Failure | None:
    """Return what the case with this number breaks, if anything."""
    case = kind.draw(bench, Random(f"{kind.name} {seed} {number}"))
    broken = _judge(kind, bench, case)
    if broken is None:
        return None
    return Failure(kind.name, seed, number, broken.promise, broken.how, case)


def minimise(kind: Kind, bench: Bench, failure: Failure) -> Failure:
    """Return the failure with a case from which nothing can be taken without mending it."""
    best, left = failure, _MAX_CUTS

    def still_fails(case: Case) -> bool:
        nonlocal best, left
        left -= 1
        broken = _judge(kind, bench, case) if left > 0 else None
        if broken is None or broken.promise != failure.promise:
            return False
        best = replace(best, how=broken.how, case=case)
        return True

    _shrink(best.case.words, lambda it: still_fails(replace(best.case, words=tuple(it))))
    for parts in (bytes.splitlines, _characters):
        pieces = parts(best.case.content, True)  # noqa: FBT003  splitlines keeps the line ends
        _shrink(pieces, lambda it: still_fails(replace(best.case, content=b"".join(it))))
    return best


def _shrink(parts: Sequence[Any], still_fails: Callable[[Sequence[Any]], bool]) -> None:
    """Leave out as many parts as possible, the longest runs of them first."""
    size = len(parts)
    while size:
        at = 0
        while at < len(parts):
            fewer = [*parts[:at], *parts[at + size :]]
            if still_fails(fewer):
                parts = fewer
            else:
                at += size
        size //= 2


def _characters(content: bytes, _keep: bool) -> list[bytes]:
    text = content.decode("utf-8", "surrogateescape")
    return [character.encode("utf-8", "surrogateescape") for character in text]


def _judge(kind: Kind, bench: Bench, case: Case) -> BrokenError | None:
    try:
        with _time_limit():
            kind.judge(bench, case)
    except BrokenError as broken:
        return broken
    except Exception as error:  # noqa: BLE001  that nothing is raised is what is promised
        raised_in = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(raised_in.filename).name}, {raised_in.name}"
        return BrokenError(f"nothing raises {type(error).__name__} in {place}", error)
    return None


@contextmanager
def _time_limit() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(_TIMEOUT)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _give_up(_signal: int, _frame: object) -> NoReturn:
    promise = f"a try ends within {_TIMEOUT} seconds"
    raise BrokenError(promise)
