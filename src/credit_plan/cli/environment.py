"""What `doctor` finds out about the machine: the program, the language, the terminal, the shell."""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum, unique
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which
from typing import NamedTuple

from credit_plan import __version__
from credit_plan.cli.console import detect_screen
from credit_plan.cli.language import choose_language
from credit_plan.i18n import _, get_language, join_list, pgettext

LIBRARIES = (
    *("typer", "pyyaml", "pydantic", "rich", "filelock", "platformdirs", "prompt_toolkit"),
    *("pyarrow",),
)
_LOCALE = ("LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG")
_NARROW = 60
"""Cells: a narrower terminal shows little of a table."""

_COMPLETIONS = {
    "bash": ".bash_completions/credit-plan.sh",
    "zsh": ".zfunc/_credit-plan",
    "fish": ".config/fish/completions/credit-plan.fish",
}
"""Where `--install-completion` puts the completion of a shell, from the home folder on."""


@unique
class State(StrEnum):
    """Whether something works: a notice is worth knowing, and stops nothing."""

    OK = "ok"
    NOTICE = "notice"
    PROBLEM = "problem"


class Finding(NamedTuple):
    """Something that was looked at: its key, what people call it, how it is, what to do."""

    key: str
    item: str
    value: str
    hint: str = ""
    state: State = State.OK


Findings = Iterator[Finding]


def look_at_program() -> Findings:
    """Yield the versions, and where the program is."""
    yield Finding("version", _("Version"), f"credit-plan {__version__}")
    python = f"{platform.python_version()} ({sys.executable})"
    yield Finding("python", "Python", python)
    yield Finding("system", _("System"), platform.platform())
    yield Finding("program", _("Program"), str(Path(__file__).parents[1]))
    yield Finding("libraries", _("Libraries"), join_list(_list_libraries()))
    if found := which("credit-plan"):
        yield Finding("command", _("Command"), found)
    else:
        hint = _(
            "To call it by its name, activate the environment, or add {folder} to PATH."
        ).format(folder=Path(sys.executable).parent)
        yield Finding("command", _("Command"), _("not on PATH"), hint, State.NOTICE)


def look_at_language() -> Findings:
    """Yield the language of the messages, and the locale."""
    language, source = choose_language(sys.argv[1:], os.environ)
    text = _("{language}: nothing asks for another one").format(language=language)
    if source:
        text = _("{language}, as {source} says").format(language=language, source=source)
    if get_language() != language:
        hint = _("The translations are missing or damaged: install credit-plan again.")
        yield Finding("language", _("Language"), text, hint, State.NOTICE)
    else:
        yield Finding("language", _("Language"), text)
    given = [f"{name}={os.environ[name]}" for name in _LOCALE if os.environ.get(name)]
    yield Finding("locale", _("Locale"), " ".join(given) or _("no variable is set"))
    text = _("UTF-8 mode of Python")
    if not sys.flags.utf8_mode:
        text = _("{encoding}; names of files: {files}").format(
            encoding=locale.getpreferredencoding(False), files=sys.getfilesystemencoding()
        )
    yield Finding("encoding", _("Encoding"), text)


def look_at_streams() -> Findings:
    """Yield where each standard stream goes, and in which encoding."""
    names = {
        "stdin": _("Standard input"),
        "stdout": _("Standard output"),
        "stderr": _("Standard error"),
    }
    for name, item in names.items():
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            yield Finding(name, item, pgettext("stream", "closed"))
        else:
            text = _("pipe or file, {encoding}")
            if stream.isatty():
                text = _("terminal, {encoding}")
            yield Finding(name, item, text.format(encoding=stream.encoding))


def look_at_terminal() -> Findings:
    """Yield the size and the abilities of the terminal."""
    if not sys.stdout.isatty():
        yield Finding("terminal", _("Terminal"), _("the output goes to none"))
        return
    screen, term = detect_screen(None), os.environ.get("TERM", "")
    size = f"{screen.width} × {screen.height} {term}".rstrip()
    if screen.width is not None and screen.width < _NARROW:
        hint = _("A wider window shows more columns of a table.")
        yield Finding("terminal", _("Terminal"), size, hint, State.NOTICE)
    else:
        yield Finding("terminal", _("Terminal"), size)
    colours = pgettext("colours", "yes")
    if not screen.coloured:
        colours = _("no: NO_COLOR is set, TERM is dumb, or it is an old console of Windows")
    yield Finding("colours", _("Colours"), colours)


def look_at_completion() -> Findings:
    """Yield for which shells completion is installed; PowerShell keeps it in a file of its own."""
    item = _("Completion")
    installed = [name for name, file in _COMPLETIONS.items() if (Path.home() / file).is_file()]
    if installed:
        yield Finding("completion", item, join_list(installed))
        return
    text = _("installed for none of bash, zsh, fish")
    hint = _("“credit-plan --install-completion”, then a new terminal: Tab completes names.")
    yield Finding("completion", item, text, hint, State.NOTICE)


def _list_libraries() -> Iterator[str]:
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"
