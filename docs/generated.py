"""Keep what is generated true: parts of the pages in both languages, man pages, schemas.

`python docs/generated.py` writes them. With `--check` it only says which differ, and exits with 1.
A part is between `<!-- … make readme: NAME -->` and `<!-- End -->`; the heading of a table there
belongs to the page. A process has one language: without `--lang`, the script runs itself for each.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from credit_plan.cli.language import choose_language
from credit_plan.i18n import CHINESE, ENGLISH, _, get_language, join_list, use_language

use_language(choose_language(sys.argv[1:], {}).language)

from credit_plan.cli.data import load_with_units
from credit_plan.diagnostics import SEVERITY_NAMES, Rule
from credit_plan.export.tables import TABLES, ColumnType, ExportTable
from credit_plan.models.schema import schema_text
from credit_plan.plan import RecordKind
from credit_plan.rules.reading import READING
from credit_plan.rules.registry import RULES
from credit_plan.status import (
    DEFAULT_WITHIN,
    LIGHT_NAMES,
    LIGHTS,
    STATUS_NAMES,
    STATUS_WORDS,
    STATUSES,
    TIMING_NAMES,
    TIMING_WORDS,
    TIMINGS,
)
from credit_plan.wordings import DEADLINES, NO_RHYTHMS, RHYTHMS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = {ENGLISH: DOCS, CHINESE: DOCS / "zh"}
MAN_PAGES = {
    ENGLISH: DOCS / "man" / "man1" / "credit-plan.1",
    CHINESE: DOCS / "man" / "zh_CN" / "man1" / "credit-plan.1",
}
"""A wheel has them in share/man."""

TRINO_TYPES = {
    ColumnType.TEXT: "varchar",
    ColumnType.CODE: "varchar",
    ColumnType.NUMBER: "integer",
    ColumnType.FLAG: "boolean",
    ColumnType.DAY: "date",
    ColumnType.TIME: "timestamp",
    ColumnType.FIGURE: "decimal(21, 6)",
    ColumnType.NAMES: "array(varchar)",
    ColumnType.MILESTONES: 'array(row("by" date, text varchar))',
    ColumnType.RECURRENCES: (
        'array(row(text varchar, every varchar, "on" array(varchar), "from" date, until date))'
    ),
    ColumnType.FIGURES: "map(varchar, decimal(21, 6))",
    ColumnType.EVIDENCE: "array(row(url varchar, file varchar, sha256 varchar))",
}
PART = re.compile(
    r"(?<=`make readme`: )(\w+)( -->\n\n(?:\|[^\n]*\n\|-[^\n]*\n)?).*?(?=<!-- End -->)", re.DOTALL
)


def generate() -> dict[Path, str]:
    """Return every generated file of the language in use, and what it must hold.

    The schemas, which editors read, are in English.
    """
    language = get_language()
    files = {page: fill(page) for page in PAGES[language].glob("*.md")}
    files[MAN_PAGES[language]] = write_man_page()
    if language == ENGLISH:
        draft = load_with_units(ROOT / "data", verbose=False)
        for kind in RecordKind:
            files[ROOT / "data" / "schema" / f"{kind}.json"] = schema_text(kind, draft)
    return files


def fill(page: Path) -> str:
    """Return a page with its generated parts as they must be."""
    return PART.sub(
        lambda part: f"{part[1]}{part[2]}{PARTS[part[1]]()}\n", page.read_text(encoding="utf-8")
    )


def write_man_page() -> str:
    """Return the manual page, which a script of its own writes."""
    command = [sys.executable, DOCS / "man.py", "--lang", get_language()]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _list_rules(rules: Iterable[Rule]) -> str:
    return "".join(
        _row(f"[{it.name}](#{it.name})", SEVERITY_NAMES[it.severity], it.summary) for it in rules
    )


def _list_pages(rules: Iterable[Rule]) -> str:
    return "\n".join(
        f"### {it.name}\n\n*{SEVERITY_NAMES[it.severity]}*\n\n{it.page}\n" for it in rules
    )


def _list_deadlines() -> str:
    rows = ((_list_examples(it.examples), _(it.meaning), f"`{it.kind}`") for it in DEADLINES)
    return "".join(_row(*it) for it in rows)


def _list_rhythms() -> str:
    return "".join(_row(_list_examples(it.examples), _(it.meaning)) for it in RHYTHMS)


def _list_no_rhythms() -> str:
    return "".join(_row(it.example, _(it.reason)) for it in NO_RHYTHMS)


def _list_examples(examples: Iterable[str]) -> str:
    return "<br>".join(examples)


def _list_statuses() -> str:
    return "".join(
        _row(STATUS_NAMES[it], join_list((f"`{it}`", STATUS_WORDS[it][0])), words)
        for it, words in STATUSES.items()
    )


def _list_timings() -> str:
    return "".join(
        _row(
            TIMING_NAMES[it.timing],
            join_list((f"`{it.timing}`", TIMING_WORDS[it.timing][0])),
            it.words.format(within=DEFAULT_WITHIN),
        )
        for it in TIMINGS
    )


def _list_lights() -> str:
    return "".join(_row(LIGHT_NAMES[it.light], f"`{it.light}`", it.words) for it in LIGHTS)


def _describe_table(table: ExportTable) -> str:
    rows = f"### {table.name}\n\nOne row for {table.subject}.\n\n"
    rows += "| column | type | null | heading |\n|---|---|---|---|\n"
    for it in table.columns:
        null = "yes" if it.optional else ""
        rows += f"| `{it.key}` | `{it.type.value}` | {null} | {it.heading} |\n"
    return rows


def _describe_for_trino(table: ExportTable) -> str:
    partitions = ["plan", "chapter"] if table.by_chapter else ["plan"]
    columns = [f'  "{it.key}" {TRINO_TYPES[it.type]}' for it in table.columns]
    columns += ["  plan varchar", "  chapter integer"][: len(partitions)]
    listed = ", ".join(f"'{it}'" for it in partitions)
    return (
        f"CREATE TABLE {table.name} (\n" + ",\n".join(columns) + "\n) WITH (\n"
        f"  external_location = 's3://bucket/lake/{table.name}',\n"
        f"  format = 'PARQUET', partitioned_by = ARRAY[{listed}]);\n"
        f"CALL system.sync_partition_metadata('credit_plan', '{table.name}', 'FULL');\n"
    )


PARTS = {
    "reading": lambda: _list_rules(READING),
    "content": lambda: _list_rules(RULES[len(READING) :]),
    "reading_pages": lambda: _list_pages(READING),
    "content_pages": lambda: _list_pages(RULES[len(READING) :]),
    "deadlines": _list_deadlines,
    "rhythms": _list_rhythms,
    "no_rhythms": _list_no_rhythms,
    "statuses": _list_statuses,
    "timings": _list_timings,
    "lights": _list_lights,
    "tables": lambda: "\n".join(map(_describe_table, TABLES)),
    "trino": lambda: f"```sql\n{''.join(map(_describe_for_trino, TABLES))}```\n",
}
"""What is generated in pages, by its name there."""


def main() -> None:
    """Write what is generated, or check it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    options.add_argument("--lang", choices=PAGES, help="only what is in this language")
    asked = options.parse_args()
    sys.exit(update(check=asked.check) if asked.lang else run_in_each_language())


def update(*, check: bool) -> bool:
    """Write what has changed, or only name it; return whether a check has found any."""
    stale = {
        file: text
        for file, text in generate().items()
        if not file.exists() or file.read_text(encoding="utf-8") != text
    }
    for file, text in stale.items():
        sys.stdout.write(f"{file.relative_to(ROOT)} is not what the program says: make readme\n")
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return check and bool(stale)


def run_in_each_language() -> bool:
    """Run the same command once for each language; return whether one has failed."""
    commands = ([sys.executable, *sys.argv, "--lang", it] for it in PAGES)
    codes = [subprocess.run(it, check=False).returncode for it in commands]
    return any(codes)


if __name__ == "__main__":
    main()
