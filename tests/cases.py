r"""Read the test cases that are kept in archives, lay them out as folders, and judge them.

An archive (`*.cases`) is a plain text file with many cases, in the spirit of Go's txtar:

    === bad: in a report
    expect progress/02.yaml:4:11 unknown-unit
    remove measures/01.yaml
    -- progress/02.yaml --
    entries:
      - measure: "2"
        unit: 市住健局  # expect: unknown-unit
    -- measures/02.yaml (gbk, no newline) --
    id: 2

- `=== <heading>` begins a case; one empty line before it belongs to the heading. Under
  `rules/`, the heading is `bad: <name>` or `good: <name>`.
- `-- <path> --` begins a file of the case. It ends where the next heading or file begins.
- Lines between the two are the head of a case. `remove <path>` removes a file of the base plan;
  `expect <path>:<line>:<column> <rule>` states a finding where a mark has no room.
- A mark, `# expect: <rule>` (several: `# expect: <rule>, <rule>`), states a finding of its own
  line in a `*.yaml` file. It is removed before the file is laid out.
- The archive itself is UTF-8 with printable characters only. Options in parentheses say how a
  file differs: a codec of Python such as `gbk` or `utf-16-le` (default: `utf-8`), `bom`, `crlf`,
  `no newline` (at the end), `base64`, and `escaped`: `\xNN` is a byte, `\uNNNN` a character.

Each rule has its archive in `rules/`, and beside it `<rule>.shown` and `<rule>.zh.shown`: the
report of each bad case in English and in Chinese, written by `make snapshots`. `rules/base.cases`
is a sound plan, over which every case is laid.
`rules/several.cases` has the cases of no single rule.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from credit_plan import formatters
from credit_plan.diagnostics import CheckResult, Diagnostic
from credit_plan.formatters import Screen
from credit_plan.i18n import ENGLISH
from credit_plan.loader.locate import Source
from credit_plan.snapshot.refresh import check_incrementally

RULES = Path(__file__).parent / "rules"
TODAY = date(2026, 11, 22)

_HEADING = re.compile(r"^\n?=== (.+)\n", re.MULTILINE)
_FILE = re.compile(r"^-- (\S+)(?: \((.+)\))? --\n", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))")
_MARK = re.compile(rb"[ \t]*# expect: ([^\r\n]+)")
_FLAGS = frozenset({"base64", "bom", "crlf", "escaped", "no newline"})


@dataclass(frozen=True)
class Section:
    """A case as its archive states it: the lines of its head, and the bytes of its files."""

    heading: str
    head: tuple[str, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Case:
    """A case of a rule: files over the base plan, and the findings that they must give."""

    rule: str
    name: str
    is_bad: bool
    places: tuple[str, ...]
    """The `expect` lines: `<path>:<line>:<column> <rule>`."""
    removed: tuple[str, ...]
    files: Mapping[str, bytes]
    """The files with their marks."""

    def __str__(self) -> str:
        return f"{self.rule}/{self.name.replace(' ', '-')}"

    @property
    def marked(self) -> tuple[str, ...]:
        """Return `<path>:<line> <rule>` for every mark in the files."""
        return tuple(
            f"{path}:{number} {rule}"
            for path, content in self.files.items()
            if path.endswith(".yaml")
            for number, line in enumerate(content.split(b"\n"), 1)
            for mark in _MARK.findall(line)
            for rule in mark.decode().split(", ")
        )


def bodies(archive: Path) -> dict[str, str]:
    """Read the headings of an archive or a snapshot file, each with the text below it."""
    before, *parts = _HEADING.split(archive.read_text(encoding="utf-8"))
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    if before or len(found) < len(parts) / 2:
        message = f"{archive}: text before the first heading, or a heading twice"
        raise ValueError(message)
    return found


def sections(archive: Path) -> tuple[Section, ...]:
    """Read the cases of an archive."""
    return tuple(_section(heading, body) for heading, body in bodies(archive).items())


def _section(heading: str, body: str) -> Section:
    head, *parts = _FILE.split(body)
    contents = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    files = {path: _encoded(text, options) for path, options, text in contents}
    return Section(heading, tuple(head.splitlines()), files)


def _encoded(text: str, listed: str | None) -> bytes:
    """Return the bytes of a file from its text in the archive and its options."""
    options = set(listed.split(", ")) if listed else set()
    (codec,) = options - _FLAGS or {"utf-8"}
    if "base64" in options:
        return base64.b64decode(text)
    if "no newline" in options:
        text = text.removesuffix("\n")
    if "crlf" in options:
        text = text.replace("\n", "\r\n")
    if "bom" in options:
        text = "\ufeff" + text
    if "escaped" in options:
        text = _ESCAPE.sub(_unescaped, text)
    return text.encode(codec, "surrogateescape")


def _unescaped(escape: re.Match[str]) -> str:
    """Return the character of an escape; a byte above 7F is one that `surrogateescape` takes."""
    byte, character = escape.groups()
    if byte:
        return bytes.fromhex(byte).decode("ascii", "surrogateescape")
    return chr(int(character, 16))


def cases(archive: Path) -> tuple[Case, ...]:
    """Read the cases of a rule."""
    return tuple(_case(archive.stem.replace("_", "-"), it) for it in sections(archive))


def _case(rule: str, section: Section) -> Case:
    kind, _colon, name = section.heading.partition(": ")
    stated = [line.partition(" ")[::2] for line in section.head]
    if kind not in {"bad", "good"} or not {word for word, _rest in stated} <= {"expect", "remove"}:
        message = (
            f"{rule}, “{section.heading}”: neither bad nor good, or an unknown word in its head"
        )
        raise ValueError(message)
    places = tuple(rest for word, rest in stated if word == "expect")
    removed = tuple(rest for word, rest in stated if word == "remove")
    return Case(rule, name, kind == "bad", places, removed, section.files)


(BASE,) = cases(RULES / "base.cases")
ARCHIVES = tuple(it for it in sorted(RULES.glob("*.cases")) if it.stem != "base")
ALL = tuple(case for archive in ARCHIVES for case in cases(archive))
BAD = tuple(case for case in ALL if case.is_bad)
GOOD = tuple(case for case in ALL if not case.is_bad)
CONTENTS = frozenset(content for case in ALL for content in case.files.values())


def bad(name: str) -> Case:
    """Return the bad case of this name, such as `unknown-unit/in-a-report`."""
    (found,) = (case for case in BAD if str(case) == name)
    return found


def lay_out(case: Case, folder: Path) -> None:
    """Write the base plan with the files of a case over it, without their marks."""
    contents = {**BASE.files, **case.files}
    for path in case.removed:
        del contents[path]
    for path, content in contents.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_MARK.sub(b"", content) if path.endswith(".yaml") else content)


def judged(folder: Path) -> tuple[Diagnostic, ...]:
    """Return the findings in a folder, without the accepted ones."""
    checked = check_incrementally(Source(folder, bundled=False), TODAY, None)
    return tuple(it for it in checked.found if not it.accepted)


def shown(folder: Path) -> str:
    """Return the report of `check` on a folder; its paths are relative to the working folder."""
    return formatters.format_diagnostics(CheckResult(judged(folder)), "text", TODAY, Screen())


def snapshot_file(rule: str, language: str = ENGLISH) -> Path:
    """Return the file with the reports of a rule's bad cases."""
    ending = "shown" if language == ENGLISH else "zh.shown"
    return RULES / f"{rule.replace('-', '_')}.{ending}"


@cache
def snapshots(rule: str, language: str = ENGLISH) -> dict[str, str]:
    """Read the reports of a rule's bad cases by the name of the case."""
    return bodies(snapshot_file(rule, language))
