"""Measure how large and how entangled the code is, beside the figures that it should come to.

Everything is taken from the checkout that this script stands in. Nothing passes or fails: the
table is for reading. Run it with `make measure`.
"""

from __future__ import annotations

import ast
import io
import os
import re
import runpy
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path
from types import CodeType, FrameType
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "credit_plan"
TRACE: Final = "--trace"
"""The first argument of a traced process; the file for its result and the command follow."""

_NO_CODE: Final = (
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE),
    *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
)
_BRANCHES: Final = (
    *(ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler),
    *(ast.match_case, ast.comprehension),
)
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_CHANGES_RUNS: Final = ("PYTHON", "CREDIT_PLAN", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")


@dataclass(frozen=True)
class Module:
    """One file of the source, parsed once."""

    path: Path
    text: str
    tree: ast.Module

    @cached_property
    def code_lines(self) -> frozenset[int]:
        """Give the lines that carry a token, without docstrings, comments and blank lines.

        A bare string that documents an attribute is a docstring. A string that is a value
        counts with every line it spans.
        """
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        carrying = (range(it.start[0], it.end[0] + 1) for it in tokens if it.type not in _NO_CODE)
        docstrings = (it for it in ast.walk(self.tree) if _is_bare_string(it))
        return frozenset(line for lines in carrying for line in lines) - _lines(docstrings)

    @property
    def import_lines(self) -> frozenset[int]:
        """Give the lines of code that import statements cover."""
        found = (it for it in ast.walk(self.tree) if isinstance(it, ast.Import | ast.ImportFrom))
        return _lines(found) & self.code_lines

    @property
    def public_names(self) -> frozenset[str]:
        """Give the names of functions and classes defined at the module's own level."""
        names = (it.name for it in self.tree.body if isinstance(it, _DEFINITIONS))
        return frozenset(name for name in names if not name.startswith("_"))


def main() -> None:
    """Measure everything and print the table."""
    paths = sorted(SOURCE.rglob("*.py"))
    texts = [path.read_text("utf-8") for path in paths]
    modules = [Module(path, text, ast.parse(text)) for path, text in zip(paths, texts, strict=True)]
    lines = sum(len(it.code_lines) for it in modules)
    imports = sum(len(it.import_lines) for it in modules)
    names = Counter(name for it in modules if not _is_rule(it.path) for name in it.public_names)
    repeated = sum(times > 1 for times in names.values())
    worst, where = max(found for it in modules for found in _complexities(it))
    words = len((ROOT / "README.md").read_text("utf-8").split())
    rows = (
        ("files in src", f"{len(modules):,}", "≤ 110"),
        ("code lines in src", f"{lines:,}", "≤ 9,500"),
        ("share of imports in code lines", f"{imports / lines:.1%}", "≤ 10 %"),
        *_reached_rows(),
        ("public names defined in several modules", f"{repeated:,}", "≤ 10"),
        (f"worst complexity ({where})", f"{worst:,}", "≤ 12"),
        ("files under tests", f"{_files(ROOT / 'tests'):,}", "≤ 350"),
        ("words in README.md", f"{words:,}", "≤ 900"),
    )
    _print((("figure", "now", "aim"), *rows))


def _complexities(module: Module) -> Iterator[tuple[int, str]]:
    """Yield McCabe's number of each function: 1, and 1 for each place where it may branch.

    That is each `if`, `elif`, conditional expression, `for`, `while`, `except` and `case`, each
    `and` or `or`, and each `for` and `if` of a comprehension. `else`, `finally`, `with` and
    `assert` add nothing. Functions and classes inside count for themselves, lambdas here.
    """
    for it in ast.walk(module.tree):
        if isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef):
            place = f"{it.name} in {module.path.relative_to(SOURCE)}"
            yield 1 + sum(map(_branches, _inside(it))), place


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    conditions = len(node.ifs) if isinstance(node, ast.comprehension) else 0
    return isinstance(node, _BRANCHES) + conditions


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _DEFINITIONS):
            yield child
            yield from _inside(child)


def _is_bare_string(node: ast.AST) -> bool:
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _lines(nodes: Iterable[ast.AST]) -> frozenset[int]:
    statements = (node for node in nodes if isinstance(node, ast.stmt))
    spans = (range(it.lineno, (it.end_lineno or it.lineno) + 1) for it in statements)
    return frozenset(line for span in spans for line in span)


def _is_rule(path: Path) -> bool:
    return "rules" in path.relative_to(SOURCE).parts[:-1]


def _files(folder: Path) -> int:
    """Count files as git would track them: without bytecode and the hidden folders of tools."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    kept_by_tools = re.compile(r"(^|/)(\.[^/]*|__pycache__)/")
    return sum(not kept_by_tools.search(file.as_posix()) for file in files)


def _reached_rows() -> Iterator[tuple[str, str, str]]:
    """Yield for three commands how many files, rules apart, they run functions of.

    A question is asked twice: the first time all files are read, and then it has a snapshot.
    """
    due = ("due", "--before", "2023-12-31", "--unit", "市住建局")
    record = ("record", "14", "--status", "done", "--on", "2023-12-31", "--note", "x")
    with tempfile.TemporaryDirectory() as place:
        home, result = Path(place) / "workspace", Path(place) / "files.txt"
        _traced(result, ROOT, "init", str(home))
        for name, folder, words, aim in (
            ("due", ROOT, due, "≤ 25"),
            ("due again", ROOT, due, "≤ 25"),
            ("record", home, record, "≤ 32"),
            ("check", ROOT, ("check", "--rule", "unknown-unit"), "≤ 25"),
        ):
            files = _traced(result, folder, *words)
            yield f"files whose functions {name} runs", f"{len(files):,}", aim


def _traced(result: Path, folder: Path, *words: str) -> list[Path]:
    """Run a command in a process of its own and give the files, rules apart, that it ran."""
    kept = {key: it for key, it in os.environ.items() if not key.startswith(_CHANGES_RUNS)}
    result.unlink(missing_ok=True)
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "XDG_CACHE_HOME": str(result.parent),
    }
    process = (sys.executable, "-BP", __file__, TRACE, str(result), *words)
    done = subprocess.run(
        process, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        print(f"credit-plan {' '.join(words)} ends with {done.returncode}:", done.stderr)
    files = map(Path, result.read_text("utf-8").splitlines() if result.exists() else ())
    return [file for file in files if not _is_rule(file)]


def _trace(result: Path, words: Sequence[str]) -> None:
    """Run the command in this process and write down the files of which it ran functions.

    A file counts where a function, method, lambda or comprehension of it is called. What runs
    while a module is being imported does not count, be it the import of another package: module
    and class bodies, and the decorators, factories and hooks that these call.
    """
    sys.argv = ["credit-plan", *words]
    codes, importing = set[CodeType](), 0

    def profile(frame: FrameType, event: str, _value: object) -> None:
        nonlocal importing
        if _is_import(frame):
            importing += (event == "call") - (event == "return")
        elif event == "call" and not importing and frame.f_code.co_name != "<module>":
            codes.add(frame.f_code)

    run = _entry_point()
    # The command ends its process at once, and here the result is still to be written.
    os._exit = sys.exit  # type: ignore[assignment]
    sys.setprofile(profile)
    try:
        run()
    finally:
        sys.setprofile(None)
        files = {it.co_filename for it in codes if Path(it.co_filename).is_relative_to(SOURCE)}
        result.write_text("\n".join(sorted(files)), encoding="utf-8")


def _entry_point() -> Callable[[], object]:
    """Give what the command `credit-plan` calls, or `python -m credit_plan` where that is stale."""
    for point in entry_points(group="console_scripts", name="credit-plan"):
        with suppress(ImportError, AttributeError):
            command: Callable[[], object] = point.load()
            return command
    return lambda: runpy.run_module("credit_plan", run_name="__main__")


def _is_import(frame: FrameType) -> bool:
    """Tell whether the frame finds and runs a module; `__main__` is run, and not imported."""
    code = frame.f_code
    if code.co_name == "<module>":
        return frame.f_globals.get("__name__") != "__main__"
    return code.co_name == "_find_and_load" and code.co_filename.endswith("importlib._bootstrap>")


def _print(rows: Sequence[tuple[str, str, str]]) -> None:
    """Print the rows aligned, the figures to the right."""
    first, second, _aim = (max(map(len, column)) for column in zip(*rows, strict=True))
    for figure, now, aim in rows:
        print(f"{figure:<{first}}  {now:>{second}}  {aim}")


if __name__ == "__main__":
    if sys.argv[1:2] == [TRACE]:
        _trace(Path(sys.argv[2]), sys.argv[3:])
    else:
        main()
