"""What the documents say is what the program does."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.main import get_command
from typer.testing import CliRunner

from credit_plan.cli.app import COMMANDS, app
from credit_plan.errors import ExitCode
from credit_plan.formatters import ANSWER_FORMATS, DIAGNOSTIC_FORMATS
from credit_plan.loader.locate import MEASURES
from credit_plan.models.fields import fields_by_key
from credit_plan.models.progress import Entry
from credit_plan.reporting import parse
from credit_plan.status import LastStatus, Timing
from tests.conftest import ROOT, Run
from tests.story import DEMO

PACKAGE = ROOT / "src" / "credit_plan"
DOCS = ROOT / "docs"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
DOCUMENTS = sorted({*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "benchmarks" / "README.md"})
CHINESE_PAGES = sorted((DOCS / "zh").glob("*.md"))
COMMAND_PAGES = ("questions.md", "reporting.md", "editing.md", "ci.md", "analytics.md")
NAMES = {name for name, _run, _help in COMMANDS}
SHARED = {"--as-of", "--known-by", "--format", "--output", "--data", "--verbose", "--help"}
FILTERS = (
    *("--before", "--after", "--unit", "--role", "--chapter"),
    *("--task", "--status", "--timing", "--open", "--within"),
)
ANSWERS = (
    ("due", "--before", "2025"),
    ("list",),
    ("chapter", "4"),
    ("show", "7"),
    ("overdue", "--as-of", "2024-06-30"),
    ("stale",),
    ("search", "信用"),
    ("unit", "市市场监管局", "--shared"),
    ("units",),
    ("chapters",),
    ("summary",),
    ("indicators", "承诺率"),
    ("status", "--as-of", "2024-06-30"),
    ("status", "--by", "year"),
    ("status", "--by", "unit,year"),
    ("missing",),
    ("history", "14", "22"),
    ("check",),
    ("rules",),
    ("doctor",),
    ("diff", str(ROOT)),
)
"""Commands that, with the tables that they name, give every kind of row."""


def _read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def _section(document: Path, title: str) -> str:
    _before, _title, rest = _read(document).partition(f"\n## {title}\n")
    assert rest, title
    return rest.partition("\n## ")[0]


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of the rows of all tables, without their headings."""
    lines = text.splitlines()
    for before, line in pairwise(lines):
        if before.startswith("|") and line.startswith("|") and not line.startswith("|---"):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _options(command: str) -> set[str]:
    group = get_command(app)
    found = group.get_command(None, command)  # type: ignore[attr-defined, arg-type]
    return {name for parameter in found.params for name in parameter.opts} | {"--help", "-h"}


@pytest.mark.parametrize("script", ["docs/examples.py", "docs/generated.py"])
def test_examples_and_generated_pages_are_up_to_date(script: str) -> None:
    """`make readme` writes them."""
    checked = subprocess.run(
        [sys.executable, script, "--check"], cwd=ROOT, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout.decode() + checked.stderr.decode()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", _read(document)):
        target, _hash, title = link.partition("#")
        page = document.parent / target if target else document
        assert page.exists(), link
        if title and page.suffix == ".md":
            titles = re.findall(r"^#+ (.*)$", _read(page), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", it.lower()).replace(" ", "-") for it in titles}
            assert title in anchors, link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_command_line_in_a_document_is_one_of_the_program(document: Path) -> None:
    text = _read(document).replace("\\\n", " ")
    spans = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    blocks = re.findall(r"```(?:sh|console)[^\n]*\n(.*?)```", text, re.DOTALL)
    lines = [*(" ".join(span.split()) for span in spans), *"".join(blocks).splitlines()]
    for line in lines:
        for command, words in re.findall(r"credit-plan ([a-z]+)([^|<&]*)", line):
            assert command in NAMES, line
            options = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", words))
            assert options <= _options(command), line


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_a_readme_is_short(readme: Path) -> None:
    assert len(_read(readme).split()) <= 900
    assert len(_read(readme).splitlines()) <= 150


def test_both_readmes_show_the_same_examples() -> None:
    """Each runs them in its own language, so that what is shown differs."""
    english, chinese = (_list_commands(_read(it)) for it in READMES)
    assert len(english) > 10
    assert english == chinese


@pytest.mark.parametrize("page", CHINESE_PAGES, ids=lambda page: page.name)
def test_a_chinese_page_says_what_the_english_one_says(page: Path) -> None:
    """Section by section, the same code, commands, links and number of rows in the same order."""
    english, chinese = (_split_sections(_read(it)) for it in (DOCS / page.name, page))
    assert [level for level, _text in english] == [level for level, _text in chinese]
    for (_level, text), (_also, translated) in zip(english, chinese, strict=True):
        assert _outline(translated) == _outline(text), translated.partition("\n")[0]


def test_what_record_says_is_as_shown(tmp_path: Path, run: Run, run_chinese: Run) -> None:
    """It has the time in it, so that `docs/examples.py` cannot run it."""
    (tmp_path / "a.csv").write_text('措施,进展状态,说明\n7.6,推进中,"一\n二\n三"\n7.5,差不多,略\n')
    for ask, page in ((run, DOCS / "reporting.md"), (run_chinese, DOCS / "zh" / "reporting.md")):
        folder = tmp_path / page.parent.name
        assert ask("init", str(folder), "--no-git").code == ExitCode.FINE
        (table,) = re.findall(r"<<'END'\n(.*?)END\n", _read(page), re.DOTALL)
        counted, mistake = re.findall(r"^```\n(.*)\n```", _read(page), re.MULTILINE)
        assert counted in ask("record", "-", cwd=folder, stdin=table).err
        assert mistake in ask("record", "../a.csv", cwd=folder).err.replace("../", "")


def test_the_finding_above_the_rules_is_one_of_check(run: Run, run_chinese: Run) -> None:
    edited = _read(DOCS / "13-edited.yaml")
    for ask, page in ((run, DOCS / "rules.md"), (run_chinese, DOCS / "zh" / "rules.md")):
        (shown,) = re.findall(r"^```\n(.*?)^```", _read(page), re.MULTILINE | re.DOTALL)
        assert shown in ask("check", "-", "--as", "data/measures/13.yaml", stdin=edited).out


@pytest.mark.parametrize("page", CHINESE_PAGES, ids=lambda page: page.name)
def test_a_page_in_two_languages_says_so_at_its_head(page: Path) -> None:
    name = page.name
    for folder, line in (
        (DOCS, f"中文：[zh/{name}](zh/{name})"),
        (page.parent, f"English: [{name}](../{name})"),
    ):
        assert _read(folder / name).splitlines()[2] == line


@pytest.mark.parametrize("page", [READMES[1], *CHINESE_PAGES], ids=lambda page: page.name)
def test_a_chinese_line_breaks_where_a_space_does_no_harm(page: Path) -> None:
    """Within a sentence, a browser would show the line break as a space."""
    text = re.sub(r"```.*?```|<!--.*?-->", "\n", _read(page), flags=re.DOTALL)
    assert re.findall(r"[\u4e00-\u9fff]\n {0,3}[^\s|#>*-].*", text) == []


def _split_sections(text: str) -> list[tuple[int, str]]:
    """Return the level of each heading, 0 for what is before the first, and the text below it."""
    sections = [(0, "")]
    is_code = False
    for line in text.splitlines():
        is_code ^= line.startswith("```")
        if not is_code and (heading := re.match("#+(?= )", line)):
            sections.append((len(heading[0]), ""))
        level, before = sections[-1]
        sections[-1] = (level, f"{before}{line}\n")
    return sections


def _outline(section: str) -> dict[str, object]:
    """Return what a section has in every language.

    Names of arguments (FILE) and of what a reader creates (duties.csv) are translated, and so is
    what the program understands in Chinese: `--status 受阻`.
    """
    blocks = re.findall(r"^```([^\n]*)\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```", "", section, flags=re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`]+)`", re.sub(r"(--(status|demo)) [a-z-]+", r"\1", prose))
    translated = re.compile(r"[A-Z_=.\[\]]+|\w+\.csv|.*[^\x00-\x7f].*")
    return {
        "commands": _list_commands(section),
        "blocks": [language for language, _text in blocks],
        "yaml": [re.sub(" +#.*", "", text) for language, text in blocks if language == "yaml"],
        "code": {it for it in " ".join(spans).split() if not translated.fullmatch(it)},
        "links": {Path(it).name for it in re.findall(r"\]\(([^)#]+)", prose)},
        "rows": len(re.findall(r"^\|", prose, re.MULTILINE)),
        "items": len(re.findall(r"^(?:-|\d+\.) ", prose, re.MULTILINE)),
    }


def _list_commands(text: str) -> list[list[str]]:
    """Return the lines of code blocks that call the program: the command and its options."""
    blocks = "".join(re.findall(r"```(?:sh|console)[^\n]*\n(.*?)```", text, re.DOTALL))
    lines = re.findall(
        r"^(?:\$ )?(?:\S*/)?credit-plan (.*)", blocks.replace("\\\n", ""), re.MULTILINE
    )
    return [re.findall(r"^[a-z]+|(?<= )-{1,2}[a-z-]*", line) for line in lines]


def test_every_command_is_documented() -> None:
    text = "".join(_read(DOCS / page) for page in COMMAND_PAGES)
    for name in NAMES:
        assert re.search(rf"`(credit-plan )?{name}\b", text), name


def test_the_filters_of_each_question_are_documented() -> None:
    documented: dict[str, set[str]] = {}
    for commands, filters, *_rest in _rows(_section(DOCS / "questions.md", "Filters")):
        if commands.startswith("`--"):
            continue
        named = set(re.findall(r"--[a-z]+", filters))
        is_rest = filters.startswith("all")
        for command in re.findall(r"`([a-z]+)`", commands):
            documented[command] = set(FILTERS) - named if is_rest else named
    actual = {
        command: _options(command) & set(FILTERS)
        for command in NAMES
        if _options(command) >= SHARED
    }
    assert documented == actual


def test_the_formats_of_answers_are_documented() -> None:
    section = _section(DOCS / "questions.md", "Formats")
    assert f"`--format {'|'.join(ANSWER_FORMATS)}`" in section
    for it in ANSWER_FORMATS.values():
        assert f"`{it.ending}`" in section


def test_the_manual_page_has_every_command_and_option() -> None:
    page = _read(DOCS / "man" / "man1" / "credit-plan.1").replace("\\-", "-")
    titles = re.findall(r"^\.SS (\S+)$", page, re.MULTILINE)
    assert titles == [name for name, _run, _help in COMMANDS]
    for name in NAMES:
        for option in filter(lambda it: it.startswith("-"), _options(name)):
            assert re.search(rf"(?<!\S)(\\fB)?{option}(?![\w-])", page), option


@pytest.mark.parametrize(
    "page", sorted((DOCS / "man").rglob("*.1")), ids=lambda page: page.parts[-3]
)
def test_a_manual_page_renders_without_warnings(page: Path) -> None:
    decode, render = (shutil.which(it) or pytest.skip(f"no {it}") for it in ("preconv", "groff"))
    text = subprocess.run([decode, "-e", "utf8", page], check=True, capture_output=True)
    options = ("-man", "-ww", "-rLL=80n", "-Tutf8", "-P-cbou")
    shown = subprocess.run([render, *options], input=text.stdout, check=True, capture_output=True)
    assert shown.stderr == b""
    assert max(map(cell_len, shown.stdout.decode().splitlines())) <= 80


def test_the_exit_codes_and_formats_of_check_are_documented() -> None:
    codes = [code for code, _meaning in _rows(_section(DOCS / "ci.md", "Exit codes"))]
    assert codes == [str(code.value) for code in ExitCode]
    formats = {
        name.strip("`"): ending.strip("`")
        for name, ending, _use in _rows(_section(DOCS / "ci.md", "Formats of `check`"))
    }
    assert formats == {name: it.ending for name, it in DIAGNOSTIC_FORMATS.items()}


def test_the_columns_of_a_table_of_reports_are_documented() -> None:
    section = _section(DOCS / "reporting.md", "Record many reports")
    columns = [(key.strip("`"), title, needed) for title, key, needed in _rows(section)]
    titles = {name: fields_by_key(Entry)[name].title for name in parse.FIELDS}
    assert {key: title for key, title, _needed in columns} == titles
    for key, _title, needed in columns:
        others = ",".join(name for name in parse.FIELDS if name != key)
        is_refused = bool(parse.parse_reports(f"{others}\n".encode()).reports)
        assert is_refused == (needed == "yes"), key


def test_every_key_of_the_json_is_documented(tmp_path: Path) -> None:
    documented = _documented_keys()
    given: dict[str, dict[str, str]] = {}
    data = _workspace(tmp_path)
    for words in ANSWERS:
        for row in _ask(words, data):
            place = f"{words[0]}.{row.pop('table')}" if "table" in row else words[0]
            assert place in documented, f"describe the keys of {place} in docs/json.md"
            given.setdefault(place, documented[place])
            keys = {re.sub(r"^20\d\d$", "2022", key) for key in row}
            assert keys == documented[place].keys(), place
            for key, value in row.items():
                kind = documented[place][re.sub(r"^20\d\d$", "2022", key)]
                assert _fits(value, kind), (place, key, value)
    assert given.keys() == documented.keys()
    answering = {it for it in NAMES if "--format" in _options(it)}
    assert {words[0] for words in ANSWERS} == answering, "add a command line to ANSWERS"


def _ask(words: tuple[str, ...], data: Path) -> Iterator[dict[str, object]]:
    """Yield the rows of an answer, and of the other tables that it names."""
    where = () if words[0] == "rules" else ("--data", str(data))
    answer = CliRunner().invoke(app, [*words, *where, "--format", "json"])
    assert answer.stdout, (words, answer.exception, answer.stderr)
    rows = json.loads(answer.stdout)["rows"]
    assert rows, words
    yield from rows
    named = re.search(r"--table (.+)", answer.stderr)
    for table in named[1].split(", ") if named else ():
        yield from _ask((*words, "--table", table), data)


def _workspace(folder: Path) -> Path:
    """Return a plan with the reports of the story, and with a note on one measure."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data)
    for name in ("progress", "evidence"):
        shutil.copytree(DEMO / name, data / name, dirs_exist_ok=True)
    file = data / MEASURES / "14.yaml"
    file.write_text(f"{_read(file)}    note: 页码待核。\n", encoding="utf-8")
    return data


def _documented_keys() -> dict[str, dict[str, str]]:
    """Return the type of each key, by `command` or `command.table`."""
    keys: dict[str, dict[str, str]] = {}
    for section in _read(DOCS / "json.md").split("\n## ")[1:]:
        title, _line_end, text = section.partition("\n")
        own: dict[str, str] = {}
        for key, kind, _meaning in _rows(text):
            whole, _but, except_for = key.partition(" but ")
            groups: dict[str, dict[str, str]] = {
                "all keys of [a measure](#measure)": keys.get("Measure", {}),
                "all [timings](status.md#timing)": dict.fromkeys(Timing, kind),
                "all [statuses](status.md#status)": dict.fromkeys(LastStatus, kind),
            }
            group = groups.get(whole, {key.strip("`"): kind})
            own |= {it: of for it, of in group.items() if it != except_for.strip("`")}
        keys |= dict.fromkeys(title.split(", "), own)
    del keys["Measure"]
    return keys


def _fits(value: object, kind: str) -> bool:
    """Return whether a JSON value is of a documented type: `date or null`."""
    if value is None:
        return kind.endswith(" or null") or kind == "any"
    match kind.removesuffix(" or null"):
        case "date":
            return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "any":
            return True
        case name:
            types = {"string": str, "list": list, "object": dict, "boolean": bool}
            return isinstance(value, types[name])


def test_every_package_and_module_is_on_the_map_in_its_layer() -> None:
    """The order is that of the contract in pyproject.toml."""
    rows = _rows(_section(DOCS / "architecture.md", "Layers"))
    named = [(int(layer), name.strip("`")) for layer, name, _holds in rows]
    settings = tomllib.loads(_read(ROOT / "pyproject.toml"))
    (contract, *_others) = settings["tool"]["importlinter"]["contracts"]
    layers = enumerate(contract["layers"], start=1)
    assert named == [(number, name) for number, layer in layers for name in layer.split(" | ")]
    present = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    present |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {name for _number, name in named} == present


def test_the_steps_through_the_program_are_those_of_a_run(tmp_path: Path) -> None:
    """Each linked module is loaded by the command, and has the functions named beside it.

    The first run finds no snapshot, and the second one that of the first.
    """
    title = "One command, step by step"
    command = re.search(r"`(credit-plan .*)`", _section(DOCS / "architecture.md", title))
    assert command
    reading, answering = (_find_loaded(command[1].split(), tmp_path) for _run in range(2))
    for of, loaded, least in ((title, answering, 10), ("When files have changed", reading, 5)):
        section = _section(DOCS / "architecture.md", of)
        steps = re.split(r"^\d+\. ", section, flags=re.MULTILINE)[1:]
        assert len(steps) >= least
        for step in steps:
            files = re.findall(r"\((\.\./src/[^)]+\.py)\)", step)
            sources = [_read(DOCS / file) for file in files]
            for file in files:
                module = file.removeprefix("../src/").removesuffix(".py").replace("/", ".")
                assert module.removesuffix(".__init__") in loaded, file
            for name in re.findall(r"`(\w+)\(\)`", step):
                functions = re.compile(rf"^def {name}\b", re.MULTILINE)
                assert any(functions.search(source) for source in sources), step
    assert "credit_plan.rules.registry" not in answering


def _find_loaded(words: list[str], cache: Path) -> set[str]:
    """Return the modules that a command loads."""
    script = (
        "import sys; from credit_plan.cli.app import main; sys.argv = sys.argv[1:]\n"
        "try: main()\n"
        "finally: print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80", "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        check=True,
    )
    return set(done.stderr.decode().splitlines())


def test_the_files_that_contributing_names_are_there() -> None:
    text = _read(ROOT / "CONTRIBUTING.md")
    paths = re.findall(r"`([\w./-]+(?:/|\.(?:py|md|txt|cases)))`", text)
    assert paths
    for path in paths:
        assert any((folder / path).exists() for folder in (ROOT, PACKAGE)), path


def test_the_hooks_are_commands_of_the_program() -> None:
    hooks = _read(ROOT / ".pre-commit-hooks.yaml")
    entries = re.findall(r"entry: credit-plan (\S+)", hooks)
    assert entries == ["check", "fmt"]
    assert set(entries) <= NAMES
    (pattern,) = re.findall(r"files: (.*)", hooks)
    for name in ("data/measures/07.yaml", "data/units.yaml", "plans/x/data/plan.yaml"):
        assert re.search(pattern, name), name
    for name in ("README.md", "data/schema/plan.json", "tests/source/plan.yaml"):
        assert not re.search(pattern, name), name
