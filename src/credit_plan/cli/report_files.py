"""The files with reports that `record` is given: which words name one, and what is in them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from glob import glob
from pathlib import Path

import typer

from credit_plan.cli.console import read_stdin
from credit_plan.i18n import _, quote
from credit_plan.loader.files import MAX_BYTES
from credit_plan.reporting.parse import parse_reports
from credit_plan.reporting.reported import Intake, Reported

STDIN = "-"
"""Stands for standard input."""

_FILE_NAME = re.compile(r".*[/\\].*|.+\.[A-Za-z]+")
"""A name with a folder or an extension: no id has any."""


def tell_apart(targets: Sequence[str]) -> tuple[str, list[str]]:
    """Return the id of a measure, or the files; raise BadParameter for both, or for several ids."""
    files = [it for it in targets if _is_file(it)]
    ids = [it for it in targets if it not in files]
    if files and ids:
        message = _("{name} is no file; name only files, or only a measure")
        raise typer.BadParameter(message.format(name=quote(ids[0])), param_hint=_("FILE"))
    if len(ids) > 1:
        message = _("one measure at a time; write several reports to a file, and name that")
        raise typer.BadParameter(message, param_hint=_("ID"))
    return "".join(ids), [name for it in files for name in _expand(it)]


def read_reports(files: Sequence[str], on: str) -> Intake:
    """Return what is in the files; reports without a day are about the day `on`.

    Raise BadParameter for a file without reports.
    """
    parsed = [_parse_file(name) for name in dict.fromkeys(files)]
    reports = (report for it in parsed for report in it.reports)
    return Intake(
        tuple(replace(it, on=it.on or on) if isinstance(it, Reported) else it for it in reports),
        tuple(row for it in parsed for row in it.unfilled),
        tuple(dict.fromkeys(name for it in parsed for name in it.left_out)),
    )


def _is_file(target: str) -> bool:
    """Return whether a word means a file: it looks like one, or is one and looks like no id."""
    return (
        target == STDIN
        or _FILE_NAME.fullmatch(target) is not None
        or (not target[:1].isdigit() and Path(target).exists())
    )


def _expand(pattern: str) -> list[str]:
    """Return the files that a name with * stands for, which no shell of Windows does."""
    if pattern == STDIN or Path(pattern).exists() or not any(sign in pattern for sign in "*?["):
        return [pattern]
    return sorted(glob(pattern)) or [pattern]  # noqa: PTH207  a pattern may be absolute


def _parse_file(name: str) -> Intake:
    label = _("standard input") if name == STDIN else name
    parsed = parse_reports(_read_file(name, label), label)
    if not parsed.reports and not parsed.unfilled:
        message = _("{file} contains no report").format(file=label)
        raise typer.BadParameter(message, param_hint=_("FILE"))
    return parsed


def _read_file(name: str, label: str) -> bytes:
    """Return the content of a file; raise BadParameter if it is a folder, or too large."""
    if name == STDIN:
        content = read_stdin(MAX_BYTES + 1, _("FILE"))
    elif Path(name).is_dir():
        message = _("{file} is a folder; name its files: {pattern}")
        shown = Path(name, "*.csv")
        raise typer.BadParameter(message.format(file=label, pattern=shown), param_hint=_("FILE"))
    else:
        with Path(name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        message = _(
            "{file} is larger than {size} MiB; split it, and record the parts one after the other "
            "(each part of a table needs the line that names the columns)"
        ).format(file=label, size=MAX_BYTES // 2**20)
        raise typer.BadParameter(message, param_hint=_("FILE"))
    return content
