"""The command `fmt`: write files in their canonical form, and show what that changes.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what this needs

from collections import Counter
from contextlib import nullcontext
from enum import Enum, auto, unique
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli import options as o
from credit_plan.cli.console import detect_screen, echo_err, write_output
from credit_plan.errors import ExitCode, describe_error
from credit_plan.i18n import _, join_clauses, plural

if TYPE_CHECKING:
    from credit_plan.formatting.files import FileTarget


Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=_("[PATH]..."),
        readable=False,  # what cannot be opened says so itself
        help=_("Files or folders of a plan. Default: all of the data."),
    ),
]
OnlyCheck = Annotated[
    bool,
    typer.Option(
        "--check", help=_("Write nothing; exit with 1 if a file is not in canonical form.")
    ),
]


@unique
class Outcome(Enum):
    """What fmt did with a file."""

    CHANGED = auto()
    KEPT = auto()
    LEFT = auto()
    CLOSED = auto()


def fmt(
    paths: Files = None,
    check: OnlyCheck = False,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan.cli.data import announce

    meant = _find_targets(paths or [], data, write=not check)
    for source in dict.fromkeys(it.source for it in meant if verbose):
        announce(source)
    states: Counter[Outcome] = Counter()
    try:
        for target in meant:
            outcome, changes = _in_turn(target, write=not check)
            states[outcome] += 1
            if changes:
                write_output(changes)
    finally:
        # What was written is said to be, also where its changes cannot be shown.
        echo_err(_closing(states, check=check))
    if states[Outcome.CLOSED]:
        raise typer.Exit(ExitCode.CANNOT_RUN)
    if states[Outcome.LEFT] or (check and states[Outcome.CHANGED]):
        raise typer.Exit(ExitCode.UNSOUND)


def _find_targets(paths: list[Path], data: Path | None, *, write: bool) -> "tuple[FileTarget, ...]":
    """Return the files to format; first undo a batch of reports that was interrupted."""
    from credit_plan.cli.data import undo_batch
    from credit_plan.formatting.files import find_targets

    meant = find_targets(paths, data)
    sources = dict.fromkeys(it.source for it in meant) if write else ()
    undone = [source for source in sources if undo_batch(source)]
    return find_targets(paths, data) if undone else meant


def _in_turn(target: "FileTarget", *, write: bool) -> tuple[Outcome, str]:
    """Format one file, and return what it changed; a file that cannot be written stops no other."""
    from credit_plan.cli.data import lock_reports
    from credit_plan.errors import ChangedError

    try:
        # Others add to what is recorded: nothing of theirs is lost or cut in two.
        with lock_reports(target.source) if write and target.is_recorded else nullcontext():
            return _bring_to_form(target, write=write)
    except (OSError, ChangedError) as error:
        echo_err(_("Error: {message}").format(message=describe_error(error)))
        return Outcome.CLOSED, ""


def _bring_to_form(target: "FileTarget", *, write: bool) -> tuple[Outcome, str]:
    """Rewrite a file that is not in canonical form, and return the changes, or print its errors."""
    from credit_plan.cli.data import print_diagnostics
    from credit_plan.formatters import unified_diff
    from credit_plan.formatting.files import format_file
    from credit_plan.storage.writer import replace_files

    it = format_file(target)
    if it.reasons:
        print_diagnostics(it.reasons)
        return Outcome.LEFT, ""
    if it.before == it.after and it.encodings is None:
        return Outcome.KEPT, ""
    if write:
        replace_files({target.path: it.after.encode()}, {target.path: it.saved})
    return Outcome.CHANGED, unified_diff.format_diff(
        target.file, it.before, it.after, detect_screen(None), encodings=it.encodings
    )


def _closing(states: Counter[Outcome], *, check: bool) -> str:
    """Return `2 files formatted, 80 already in canonical form, 1 file left unchanged: …`."""
    changed, kept, left, closed = (states[it] for it in Outcome)
    if not changed and not left and not closed:
        return _all_are(kept)
    said = (
        (changed, (_would_change if check else _was_changed)(changed)),
        (kept, _("{count} already in canonical form").format(count=kept)),
        (left, _was_left(left)),
        (closed, _("{count} could not be written").format(count=closed)),
    )
    return join_clauses(phrase for count, phrase in said if count)


def _would_change(count: int) -> str:
    return plural(
        "{count} file is not in canonical form (fmt would change it)",
        "{count} files are not in canonical form (fmt would change them)",
        count,
    )


def _was_changed(count: int) -> str:
    return plural("{count} file formatted", "{count} files formatted", count)


def _was_left(count: int) -> str:
    return plural(
        "{count} file left unchanged: fix its errors, then run fmt again",
        "{count} files left unchanged: fix their errors, then run fmt again",
        count,
    )


def _all_are(count: int) -> str:
    return plural("{count} file is in canonical form", "{count} files are in canonical form", count)
