"""`record --undo`: take back the last command, if nothing was recorded after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from credit_plan.cli.console import echo_err, ignore_ctrl_c, print_diff
from credit_plan.cli.data import load_sound, lock_reports
from credit_plan.compare.revisions import read_files
from credit_plan.errors import NoRepositoryError, UndoError
from credit_plan.i18n import _, plural, quote
from credit_plan.loader.locate import PROGRESS, Source
from credit_plan.loader.validate import parse_and_validate
from credit_plan.models.draft import Draft
from credit_plan.models.progress import Entry, Progress
from credit_plan.storage import disk
from credit_plan.storage.journal import Recovered
from credit_plan.storage.last_command import (
    LastCommand,
    WrittenFile,
    find_user,
    read_last_command,
    remove_last_command,
)
from credit_plan.storage.writer import restore_files
from credit_plan.text import join_first

_MAX_LISTED = 10
"""The measures in the closing line."""


@dataclass(frozen=True, slots=True)
class _Removal:
    """A file, what it holds and what it held (None: no file); `entries` are the added ones."""

    path: Path
    file: str
    held: bytes
    old: bytes | None
    entries: tuple[Entry, ...]


def undo_last(source: Source, *, dry_run: bool, verbose: bool) -> None:
    """Take back the caller's last command, and show what that removes.

    Raise UndoError where it cannot be taken back.
    """
    # A folder that is a link out of the data is refused before it is locked.
    loaded = load_sound(source, verbose=verbose)
    folder = source.folder / PROGRESS
    if not folder.is_dir():
        raise _refuse_unknown()
    if dry_run:
        _show(_find_removals(source, loaded.draft))
        echo_err(_("nothing was written (--dry-run)"))
        return
    # Who presses Ctrl-C from here on is told what was taken back.
    with lock_reports(source) as recovered, ignore_ctrl_c():
        if recovered != Recovered():
            # What was interrupted may be the command that is meant.
            echo_err(_("nothing else was taken back"))
            return
        # Others may have written while this process waited for the lock.
        removals = _find_removals(source, load_sound(source).draft)
        _show(removals)
        restore_files({it.path: it.old for it in removals}, {it.path: it.held for it in removals})
        remove_last_command(folder)
        echo_err(_describe(removals))


def _find_removals(source: Source, draft: Draft) -> tuple[_Removal, ...]:
    """Return what the last command has added; raise UndoError if it cannot be taken back."""
    last = read_last_command(source.folder / PROGRESS)
    if last is None:
        raise _refuse_unknown()
    if last.user != find_user():
        message = _("the last command was not yours: {login} on {machine} recorded at {time}")
        login, machine = quote(last.user.login), quote(last.user.machine)
        time = _write_time(last.recorded)
        raise _refuse(message.format(login=login, machine=machine, time=time))
    removals = tuple(_find_removal(source, last, it) for it in last.files)
    example = removals[0].entries[0]
    if later := _find_later(draft, last, removals):
        message = _("another report was recorded after yours, on {measure} at {time}")
        time = _write_time(later.recorded)
        raise _refuse(message.format(measure=later.measure, time=time), example)
    if file := _find_committed(source, last, removals):
        raise _refuse(
            _("your report in {file} is in a git commit already").format(file=file), example
        )
    return removals


def _find_removal(source: Source, last: LastCommand, written: WrittenFile) -> _Removal:
    """Return what the command has added to a file; raise UndoError if it was changed since."""
    path = source.folder / PROGRESS / written.name
    file = source.display(path)
    held = path.read_bytes() if disk.is_regular(path) else b""
    if not written.is_held(held):
        raise _refuse(_("{file} was changed after you recorded in it").format(file=file))
    old = None if written.size is None else held[: written.size]
    entries, kept = _read_entries(held), () if old is None else _read_entries(old)
    if entries is None or kept is None or entries[: len(kept)] != kept:
        raise _refuse_unknown()
    added = entries[len(kept) :]
    if not added or any(it.recorded != last.recorded for it in added):
        raise _refuse_unknown()
    return _Removal(path, file, held, old, added)


def _read_entries(content: bytes) -> tuple[Entry, ...] | None:
    """Return the entries of a progress file; None if it is no sound one."""
    parsed, progress = parse_and_validate(content, Progress)
    return None if parsed.diagnostics or isinstance(progress, tuple) else progress.entries


def _find_later(draft: Draft, last: LastCommand, removals: Iterable[_Removal]) -> Entry | None:
    """Return the latest entry, if it was recorded after the command.

    The files of the command hold nothing after it, whatever clock the entries before it had.
    """
    own = {it.file for it in removals}
    others = (it.record for it in draft.entries if it.file not in own)
    latest = max(others, key=lambda it: it.recorded, default=None)
    return latest if latest and latest.recorded > last.recorded else None


def _find_committed(source: Source, last: LastCommand, removals: Iterable[_Removal]) -> str:
    """Return a file of which the last commit has one of the reports; "" if there is none."""
    names = {it.path.name for it in removals}
    try:
        committed = read_files("HEAD", source.folder / PROGRESS, names)
    except NoRepositoryError:
        return ""
    # A commit can hold some of the reports, and in another form, but with their time.
    stamp = last.recorded.isoformat().encode()
    for it in removals:
        if committed.get(it.path.name, b"").count(stamp) > (it.old or b"").count(stamp):
            return it.file
    return ""


def _show(removals: Iterable[_Removal]) -> None:
    """Print what is removed from each file."""
    for it in removals:
        before, after = (content.decode("utf-8-sig") for content in (it.held, it.old or b""))
        print_diff(it.file, before, after)


def _describe(removals: Iterable[_Removal]) -> str:
    """Return `3 reports taken back (7.5, 8.3, 14)`."""
    measures = [entry.measure for it in removals for entry in it.entries]
    return plural(
        "{count} report taken back ({measures})",
        "{count} reports taken back ({measures})",
        len(measures),
        measures=join_first(list(dict.fromkeys(measures)), _MAX_LISTED),
    )


def _write_time(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S}"


def _refuse_unknown() -> UndoError:
    return _refuse(_("there is nothing to take back: only the last command can be, and only once"))


def _refuse(why: str, example: Entry | None = None) -> UndoError:
    """Return the error that says why nothing is taken back, and how to correct a report."""
    words = f"{_('ID')} --on {_('DAY')}"
    if example:
        due = f" --for {example.due}" if example.due else ""
        words = f"{example.measure}{due} --on {example.on} --unit {example.unit}"
    message = _(
        "{why}\n"
        "To correct a report, record it again for the same day, with a note. Of two reports on one "
        "day, the one recorded later counts:\n"
        "  credit-plan record {words} --status … --note …"
    )
    return UndoError(message.format(why=why, words=words))
