"""Command lines of all commands: each run ends as promised, and writes only what it was told to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from posixpath import normpath
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

from typer.main import get_command

from credit_plan.cli.app import COMMANDS, app
from credit_plan.cli.console import today
from credit_plan.plan import STATUSES_IN_CHINESE, Status
from credit_plan.rules.registry import RULES
from tests.conftest import inherited
from tests.damages import Damage
from tests.fuzz import mutations, sheets
from tests.fuzz.attack import Case, expect
from tests.fuzz.bench import Bench
from tests.fuzz.reading import errors_of
from tests.mutants import damaged
from tests.program import Ended

_NAMES = tuple(name for name, _run, _help in COMMANDS)
_ODD = (
    *("", " ", "-", "--", "-x", "--no-such", "\udcff", "\x1b[31m", "\x07", "a\nb", "\u202e", "市"),
    *(
        "x" * 5000,
        "０",
        "²",
        "0",
        "-1",
        "9" * 12,
        "1e9",
        "{0}",
        "%s",
        "$(touch x)",
        "`x`",
        "*",
        "'",
    ),
    *(
        "𠮷",
        "\u200b",
        "\ufeff",
        "\xe9",
        "None",
        "[]",
        "\\",
        "/",
        ".",
        "..",
        "~",
        "=",
        ";",
        "#",
        "、",
    ),
)
_DATES = (
    *("2023-12-31", "2024", "2024-02", "2023年底", "2023-02-30", "2023-12-0", "0000-01-01", "昨天"),
    *("2024-1-5", "２０２４", "2024年", "20240105", "2024-13", "31.12.2024", "9999-12-31", "0001"),
)
_PATHS = (
    *("out.csv", "out.json", "out.txt", "out.md", "out.sarif", "out.xml", "out.bin", "名.csv", "-"),
    *("no/out.csv", "data", "data/plan.yaml", "data/progress/01.yaml", "data/measures", "new", "."),
    *("../aside", "data/evidence/x.csv", "data/new", "data/units.yaml", "new/deep", "", "x" * 300),
)
_REVISIONS = ("HEAD", "HEAD~1", "HEAD:data", "main", "--all", "@{1}", ":/x", "0" * 40)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TIME = re.compile(rb"\d\d:\d\d:\d\d")
"""What differs from one run to the next: the time of a report."""

_CHECKS = (
    ("check",),
    ("check", "--quiet"),
    ("check", "--format=json"),
    ("check", "--format=github"),
)
"""Checks of the whole plan by all rules, which end with 1 for errors."""

_VARIABLE = re.compile(r"([A-Z_]+)=(.*)", re.DOTALL)
_VARIABLES = ("COLUMNS=20", "COLUMNS=x", "NO_COLOR=1", "CREDIT_PLAN_DATA=data", "TERM=dumb")

State = dict[str, bytes]
"""The content of each file in the scratch folder by its path there; a folder ends with a slash."""


class Line(NamedTuple):
    """A command line taken apart: its environment, its words, and the command among these."""

    environment: dict[str, str]
    words: list[str]
    command: str


def draw(bench: Bench, chance: Random) -> Case:
    """Return a command line, with a damaged file of the plan or with something on stdin."""
    name = chance.choice(_NAMES)
    words = [name]
    for parameter in _parameters(name):
        if chance.random() < (0.85 if parameter.param_type_name == "argument" else 0.12):
            words += _draw_parameter(parameter, bench, chance)
    if chance.random() < 0.05:
        words.insert(chance.randrange(len(words) + 1), chance.choice(_ODD))
    if chance.random() < 0.2:
        words.insert(0, chance.choice(_VARIABLES))
    if chance.random() < 0.15:
        damage = mutations.draw_bytes(bench, chance)
        words = list(chance.choice(_CHECKS)) if chance.random() < 0.3 else words
        return Case(damage.content, damage.file, tuple(words))
    if {"--stdin", "-"} & set(words):
        ways = (sheets.draw_sheet, sheets.draw_json, mutations.draw_bytes)
        return Case(chance.choice(ways)(bench, chance).content, words=tuple(words))
    return Case(words=tuple(words))


def judge(bench: Bench, case: Case) -> None:
    """Run a command, some of them twice."""
    _make_repository(bench)
    path = bench.source.folder / case.file
    with damaged(path, Damage(case.content)) if case.file else nullcontext():
        line = _take_apart(case)
        ended, changed = _run(bench, line, case)
        _judge_end(ended)
        expect(ended.code != 2 or not changed, "wrong usage writes nothing", changed)
        foreign = [path for path in changed if not _may_write(path, line, bench)]
        expect(not foreign, "nothing is written but what was asked for", foreign)
        if tuple(line.words) in _CHECKS:
            errors = errors_of(bench.examine(today())[1])
            expect((ended.code == 1) == bool(errors), "check ends with 1 for errors", errors)
        if crc32(repr(case).encode("utf-8", "surrogatepass")) % 8 == 0:
            again, _changed = _run(bench, line, case)
            same = [_TIME.sub(b"", it) for it in (ended.out, ended.err)]
            expect(same == [_TIME.sub(b"", it) for it in (again.out, again.err)], "a run repeats")


def _judge_end(ended: Ended) -> None:
    out, err = ended.out.decode(), ended.err.decode()
    raised = err.rstrip().rpartition("\n")[2] if "Traceback" in err else ""
    expect(not raised, f"no run ends with a traceback: {raised[:60]}", err[-1500:])
    expect(ended.code in range(4), "a run ends with 0, 1, 2 or 3", ended)
    expect(ended.code != 2 or not out, "wrong usage prints nothing to stdout", ended)
    for text in (out, err):
        acting = _CONTROL.search(text.replace("\r\n", "\n"))
        expect(not acting, "no control character is printed", text[-500:])


@cache
def _parameters(name: str) -> tuple[Any, ...]:
    """Return what a command takes, before its name and after; completion is the shell's."""
    group = get_command(app)
    command = group.get_command(None, name)  # type: ignore[attr-defined]
    assert command is not None
    own = tuple(it for it in group.params if "completion" not in str(it.name))
    return (*own, *command.params)


def _draw_parameter(parameter: Any, bench: Bench, chance: Random) -> Iterator[str]:  # noqa: ANN401
    """Yield an option and its value, or an argument, which may be several words."""
    values = [_draw_value(parameter, bench, chance) for _time in range(chance.choice((1, 1, 1, 2)))]
    if parameter.param_type_name == "argument":
        yield from values[: len(values) if parameter.nargs != 1 else 1]
    elif parameter.is_flag:
        yield chance.choice(parameter.opts)
    else:
        for value in values[: len(values) if parameter.multiple else 1]:
            option = chance.choice(parameter.opts)
            is_joined = option.startswith("--") and chance.random() < 0.3
            yield from (f"{option}={value}",) if is_joined else (option, value)


def _draw_value(parameter: Any, bench: Bench, chance: Random) -> str:  # noqa: ANN401
    """Return a value that fits what the parameter is called, most often."""
    known = _values(bench)
    every = [it for values in known.values() for it in values]
    fitting = getattr(parameter.type, "choices", None) or known.get(
        re.sub(r"\W*", "", parameter.metavar or ""), every
    )
    return str(chance.choice(fitting if chance.random() < 0.8 else (*_ODD, *every)))


def _values(bench: Bench) -> dict[str, Iterable[str]]:
    """Return good and odd values by what the help calls them."""
    plan = bench.plan
    ids = [it.id for it in plan.measures]
    units = [name for unit in plan.units for name in unit.names]
    indicators = [name for it in plan.indicators for name in (it.id, it.name)]
    return {
        **dict.fromkeys(("DATE", "DAY"), _DATES),
        **dict.fromkeys(("FILE", "DIR", "PATH"), _PATHS),
        "ID": [*ids, "1", "4", "4.1-1", "5"],
        "RULE": [rule.name for rule in RULES],
        "NAME": [*units, *indicators],
        "N": ["3", "四", "第四章", "1", "2", "99"],
        "DAYS": ["0", "30", "3660", "3661", "x"],
        "NAMENUMBER": [f"{it}={figure}" for it in indicators for figure in ("1", "x", "10²", "")],
        "TEXT": ["按计划推进。", "甲\n乙", "，by：x", "a: b #c"],
        "WORD": ["平台", "信用", "银行", "x"],
        "PATH_OR_URL": ["https://a.cn/1", "https://a.cn/{b,c:d}", "x.pdf", "data/plan.yaml"],
        "OLD": [*_REVISIONS, *_PATHS],
        "NEW": [*_REVISIONS, *_PATHS],
        "".join(Status).replace("-", ""): [*Status, *STATUSES_IN_CHINESE.values()],
    }


def _take_apart(case: Case) -> Line:
    words, environment = list(case.words), dict[str, str]()
    while words and (variable := _VARIABLE.fullmatch(words[0])):
        environment[variable[1]] = variable[2]
        del words[0]
    return Line(environment, words, next((it for it in words if it in _NAMES), ""))


def _run(bench: Bench, line: Line, case: Case) -> tuple[Ended, dict[str, str]]:
    """Return how a run ends and which files it has changed, which are as before again."""
    before = _look(bench)
    home = {"HOME": str(bench.scratch), "GITHUB_STEP_SUMMARY": ""}
    environment = inherited() | home | line.environment
    stdin = b"" if case.file else case.content
    ended = bench.program.run(line.words, bench.workspace, environment, stdin)
    after = _look(bench)
    changed = {
        path: "new" if path not in before else "gone" if path not in after else "changed"
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    }
    for path, how in sorted(changed.items(), reverse=True):
        place = bench.scratch / path
        if how != "new":
            place.write_bytes(before[path])
        elif path.endswith("/"):
            place.rmdir()
        else:
            place.unlink()
    return ended, changed


def _look(bench: Bench) -> State:
    """Return the files and folders in the scratch folder, but not what git keeps for itself."""
    state = {}
    for place, folders, files in os.walk(bench.scratch):
        folder = f"{Path(place).relative_to(bench.scratch).as_posix()}/".removeprefix("./")
        folders[:] = [it for it in folders if it != ".git"]
        state |= {f"{folder}{it}/": b"" for it in folders}
        state |= {f"{folder}{it}": Path(place, it).read_bytes() for it in files}
    return state


def _may_write(path: str, line: Line, bench: Bench) -> bool:
    """Return whether a command line asks for a file to be written."""
    # The word after an option is its value, even if it looks like another option.
    words = [part for it in line.words for part in (it, it.partition("=")[2])]
    named = {normpath(f"work/{it}") for it in words if it}
    if path.rstrip("/") in named:
        return path.removeprefix("work/data/") not in bench.files
    match line.command:
        case "init" | "form" | "export":
            return any(path.startswith(f"{it}/") or it.startswith(path) for it in named)
        case "record":
            return path.startswith("work/data/progress/") and "--dry-run" not in words
        case "fmt":
            return path.startswith("work/data/") and "--check" not in line.words
    return False


def _make_repository(bench: Bench) -> None:
    """Keep the plan in git, for `diff`, where there is git."""
    git = shutil.which("git")
    if git is None or (bench.workspace / ".git").exists():
        return
    identity = ("-c", "user.name=x", "-c", "user.email=x", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "."), (*identity, "commit", "-q", "-m", "x")):
        subprocess.run([git, *words], cwd=bench.workspace, check=True)
