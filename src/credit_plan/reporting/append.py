"""Append entries to the progress files, and check the plan as it will be with them."""

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.errors import MisstatedError, UnsoundPlanError
from credit_plan.formatting.values import write_scalar
from credit_plan.i18n import _
from credit_plan.loader.files import check_size
from credit_plan.loader.locate import PROGRESS, Source
from credit_plan.loader.reader import Loaded
from credit_plan.loader.validate import parse_and_validate
from credit_plan.models.draft import Located, task_file, task_number
from credit_plan.models.fields import FieldType, field_types
from credit_plan.models.progress import Entry, Progress
from credit_plan.reporting.parse import InputError
from credit_plan.reporting.resolve import PendingEntry
from credit_plan.rules import registry
from credit_plan.yaml.errors import UnreadableError
from credit_plan.yaml.parse import Parsed

EMPTY_FILE = b"# yaml-language-server: $schema=../schema/progress.json\nentries:\n"
"""A file of progress before its first entry."""

_INDENT = "  "
"""The indentation of the list in canonical form."""

_FIRST_DASH = re.compile(rb"^( *)-\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Addition:
    """A progress file with entries added at its end; `saved` is None for a new file.

    `before` is the text of what was `saved`, and `parsed` the tree of the new `content`. `entries`
    are all entries of the file, `lines` the first lines of the added ones.
    """

    path: Path
    file: str
    before: str
    saved: bytes | None
    content: bytes
    parsed: Parsed
    entries: tuple[Entry, ...]
    pending: tuple[PendingEntry, ...]
    lines: tuple[int, ...]

    def contains(self, diagnostic: Diagnostic) -> bool:
        """Return whether a diagnostic is about an entry that is added."""
        return diagnostic.file == self.file and diagnostic.line >= self.lines[0]


def make_additions(
    loaded: Loaded, source: Source, pending: Iterable[PendingEntry]
) -> tuple[Addition, ...]:
    """Return the files that the entries belong in, with these at their ends, in the order given.

    Raise UnsoundPlanError where a file can take none, MisstatedError for an entry that no file
    could hold.
    """
    by_task: dict[int, list[PendingEntry]] = {}
    for it in pending:
        by_task.setdefault(task_number(it.entry.measure), []).append(it)
    return tuple(
        _make_addition(loaded, source, task, tuple(by_task[task])) for task in sorted(by_task)
    )


def validate_additions(
    loaded: Loaded, additions: Sequence[Addition]
) -> tuple[tuple[InputError, ...], tuple[Diagnostic, ...]]:
    """Return the errors that the plan would have, and all that the rules find in the new entries.

    No evidence is read: the digests of the new evidence were just computed.
    """
    by_file = {addition.file: addition for addition in additions}
    after = _apply(loaded, by_file)
    diagnostics = after.locate(
        diagnostic
        for diagnostic in registry.run_rules(after.draft)
        if diagnostic.severity is Severity.ERROR or diagnostic.file in by_file
    )
    errors, own = [], []
    for it in sorted(diagnostics):
        addition = by_file.get(it.file)
        if it.severity is Severity.ERROR:
            errors.append(_explain(it, addition))
        if addition and addition.contains(it):
            own.append(it)
    return tuple(errors), tuple(own)


def append_entries(
    saved: bytes, old: Sequence[Entry], new: Sequence[Entry]
) -> tuple[bytes, Parsed] | None:
    """Return the content of a progress file with entries added at its end, and its tree.

    The existing bytes stay the same. The tree was compared with `old` and `new`; return None if it
    differs, because of the form of the file or of an entry.
    """
    above, _newline, unfinished = saved.rpartition(b"\n")
    end = "\r\n" if above.endswith(b"\r") else "\n"
    dash = _FIRST_DASH.search(saved)
    indent = dash[1].decode() if dash else _INDENT
    lines = [f"{indent}{line}{end}" for entry in new for line in _write_entry(entry)]
    content = saved + "".join((end if unfinished else "", *lines)).encode()
    parsed, progress = parse_and_validate(content, Progress)
    if parsed.diagnostics or isinstance(progress, tuple) or progress.entries != (*old, *new):
        return None
    return content, parsed


def _make_addition(
    loaded: Loaded, source: Source, task: int, pending: tuple[PendingEntry, ...]
) -> Addition:
    path = source.folder / PROGRESS / task_file(task)
    file = source.display(path)
    before = loaded.texts.get(file, "")
    saved = _encode_saved(path, before) if file in loaded.texts else None
    old = tuple(entry.record for entry in loaded.draft.entries if entry.file == file)
    new = tuple(it.entry for it in pending)
    appended = append_entries(EMPTY_FILE if saved is None else saved, old, new)
    if appended is None:
        raise _refusal(file, new)
    content, parsed = appended
    try:
        check_size(len(content))
    except UnreadableError as error:
        message = f"{file}: {error.diagnostic.message}"
        raise MisstatedError(message) from None
    indexes = range(len(old), len(old) + len(new))
    lines = tuple(parsed.locate(("entries", index)).line for index in indexes)
    return Addition(path, file, before, saved, content, parsed, (*old, *new), pending, lines)


def _encode_saved(path: Path, before: str) -> bytes:
    """Return the bytes that a file had when its text was loaded.

    The writer, which holds the lock, checks whether the file has changed since.
    """
    with suppress(OSError), path.open("rb") as file:
        if file.read(len(BOM_UTF8)) == BOM_UTF8:
            return BOM_UTF8 + before.encode()
    return before.encode()


def _refusal(file: str, new: Sequence[Entry]) -> MisstatedError | UnsoundPlanError:
    """Return the error of entries that cannot be added, because of them or of the file."""
    if append_entries(EMPTY_FILE, (), new) is None:
        message = _(
            "this report cannot be written as YAML; change any text in it that looks like YAML, "
            "such as “，by：”"
        )
        return MisstatedError(message)
    message = _(
        "nothing can be appended to {file} as it is written; run “credit-plan fmt {file}”, then "
        "record again"
    )
    return UnsoundPlanError(message.format(file=file))


def _write_entry(entry: Entry) -> Iterator[str]:
    """Yield the lines of an entry in canonical form, without the indentation of the list."""
    margin = "- "
    for name, value in entry.model_dump(mode="json", exclude_defaults=True).items():
        field = field_types(Entry)[name]
        if isinstance(value, list):
            yield f"{margin}{name}:"
            yield from (f"    - {_write_value(one, field, in_flow=True)}" for one in value)
        else:
            yield f"{margin}{name}: {_write_value(value, field, in_flow=False)}"
        margin = "  "


def _write_value(value: Any, field: FieldType, *, in_flow: bool) -> str:  # noqa: ANN401  plain data
    if not isinstance(value, dict):
        return write_scalar(value, field, in_flow=in_flow)
    fields = field_types(field.record) if field.record else {}
    pairs = (
        f"{key}: {_write_value(one, fields.get(key, field), in_flow=True)}"
        for key, one in value.items()
    )
    return f"{{{', '.join(pairs)}}}"


def _apply(loaded: Loaded, additions: Mapping[str, Addition]) -> Loaded:
    """Return what would be loaded with the additions."""
    kept = [entry for entry in loaded.draft.entries if entry.file not in additions]
    added = [
        Located(file, entry, ("entries", index))
        for file, addition in additions.items()
        for index, entry in enumerate(addition.entries)
    ]
    entries = tuple(sorted((*kept, *added), key=attrgetter("file")))
    parsed = {file: addition.parsed for file, addition in additions.items()}
    draft = replace(loaded.draft, entries=entries)
    return replace(loaded, draft=draft, faulty=loaded.faulty | parsed)


def _explain(error: Diagnostic, addition: Addition | None) -> InputError:
    """Return an error of the plan as an error of the input: a new entry is in no file yet."""
    message = f"{error.message}\n  {error.hint}"
    if addition is None or not addition.contains(error):
        return InputError(0, "", f"{error.file}:{error.line}:{error.column}: {message}")
    pending = addition.pending[bisect_right(addition.lines, error.line) - 1]
    return InputError(pending.line, "", message)
