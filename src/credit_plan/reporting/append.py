"""Append entries to the progress files, and check the plan as it will be with them."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from credit_plan.diagnostics import Diagnostic, Severity
from credit_plan.errors import UnsoundPlanError
from credit_plan.formatting.values import write_scalar
from credit_plan.i18n import _
from credit_plan.loader.files import MAX_BYTES
from credit_plan.loader.locate import PROGRESS, Source
from credit_plan.loader.reader import Loaded
from credit_plan.loader.validate import parse_and_validate
from credit_plan.models.draft import Located, progress_file, split_part, task_file, task_number
from credit_plan.models.fields import FieldType, field_types
from credit_plan.models.progress import Entry, Progress
from credit_plan.models.validation import dump_record
from credit_plan.reporting.reported import InputError, Reported
from credit_plan.reporting.resolve import PendingEntry
from credit_plan.rules import registry
from credit_plan.yaml.decode import decode
from credit_plan.yaml.nodes import MAX_VALUES, count_values
from credit_plan.yaml.parse import Parsed

EMPTY_FILE = b"# yaml-language-server: $schema=../schema/progress.json\nentries:\n"
"""A file of progress before its first entry."""

_INDENT = "  "
"""The indentation of the list in canonical form."""

_FIRST_DASH = re.compile(rb"^( *)-\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Addition:
    """A progress file with entries added at its end; `saved` is None for a new file.

    `before` is the text of what was `saved`, `after` that of the new `content`. `entries` are all
    entries of the file, `pending` the added ones, and `line` is the first line of these.
    """

    path: Path
    file: str
    before: str
    after: str
    saved: bytes | None
    content: bytes
    entries: tuple[Entry, ...]
    pending: tuple[PendingEntry, ...]
    line: int

    def find_pending(self, diagnostic: Diagnostic) -> PendingEntry | None:
        """Return the added entry that a diagnostic of the file is about; None for all others."""
        first = len(self.entries) - len(self.pending)
        match diagnostic.path:
            case ("entries", int(index), *_) if index >= first:
                return self.pending[index - first]
        return None


def make_additions(
    loaded: Loaded, source: Source, pending: Iterable[PendingEntry]
) -> tuple[tuple[Addition, ...], tuple[InputError, ...]]:
    """Return the files that the entries belong in, with these at their ends, in the order given.

    Where the last file of a task has no room left, the next one begins. The errors are those of
    entries that no file could hold. Raise UnsoundPlanError where a file can take none.
    """
    by_task: dict[int, list[PendingEntry]] = {}
    for it in pending:
        by_task.setdefault(task_number(it.entry.measure), []).append(it)
    held: dict[str, dict[int, list[Entry]]] = {}
    for located in loaded.draft.entries:
        first_file, part = split_part(located.file)
        held.setdefault(first_file, {}).setdefault(part, []).append(located.record)
    additions: list[Addition] = []
    errors: list[InputError] = []
    for task in sorted(by_task):
        parts = held.get(task_file(task), {})
        for outcome in _fill_parts(loaded, source, task, parts, by_task[task]):
            if isinstance(outcome, InputError):
                errors.append(outcome)
            else:
                additions.append(outcome)
    return tuple(additions), tuple(errors)


def validate_additions(
    loaded: Loaded, additions: Sequence[Addition]
) -> tuple[tuple[InputError, ...], tuple[tuple[Reported, Diagnostic], ...]]:
    """Return the errors that the plan would have, and all that the rules find in the new reports.

    No evidence is read: the digests of the new evidence were just computed.
    """
    by_file = {addition.file: addition for addition in additions}
    after = _apply(loaded, by_file)

    def find_pending(diagnostic: Diagnostic) -> PendingEntry | None:
        addition = by_file.get(diagnostic.file)
        return addition.find_pending(diagnostic) if addition else None

    diagnostics = after.locate(
        diagnostic
        for diagnostic in registry.run_rules(after.draft)
        if diagnostic.severity is Severity.ERROR or find_pending(diagnostic)
    )
    errors, own = [], []
    for it in sorted(diagnostics):
        pending = find_pending(it)
        if it.severity is Severity.ERROR:
            errors.append(_explain(it, pending))
        if pending:
            own.append((pending.report, it))
    return tuple(errors), tuple(own)


def append_entries(
    saved: bytes, old: Sequence[Entry], new: Iterable[Entry]
) -> tuple[bytes, Parsed] | None:
    """Return the content of a progress file with entries added at its end, and its tree.

    The existing bytes stay the same. Entries for which the file has no room are left out, with
    all after them. The tree was compared with `old` and the added ones; return None if it differs,
    because of the form of the file or of an entry.
    """
    added, texts = [], []
    for entry, text in _write_fitting(saved, new):
        added.append(entry)
        texts.append(text)
    content = saved + "".join(texts).encode()
    parsed, progress = parse_and_validate(content, Progress)
    if parsed.diagnostics or isinstance(progress, tuple) or progress.entries != (*old, *added):
        return None
    return content, parsed


def _fill_parts(
    loaded: Loaded,
    source: Source,
    task: int,
    parts: Mapping[int, Sequence[Entry]],
    pending: Sequence[PendingEntry],
) -> Iterator[Addition | InputError]:
    """Yield the last file of a task and those after it, each with the entries it has room for.

    `parts` has the entries of each file that exists. Yield an error for an entry that no file
    could hold.
    """
    for part in count(max(parts, default=1)):
        if not pending:
            return
        path = source.folder / PROGRESS / progress_file(task, part)
        addition = _make_addition(loaded, source, path, parts.get(part, ()), pending)
        if addition is None:
            yield from _explain_refusal(source.display(path), pending)
            return
        if addition.pending:
            yield addition
        pending = pending[len(addition.pending) :]


def _make_addition(
    loaded: Loaded,
    source: Source,
    path: Path,
    old: Sequence[Entry],
    pending: Sequence[PendingEntry],
) -> Addition | None:
    """Return a file with the first of the entries, as many as it has room for.

    Return None if nothing can be appended to it, or not even one entry to an empty file.
    """
    file = source.display(path)
    before = loaded.texts.get(file, "")
    saved = _encode_saved(path, before) if file in loaded.texts else None
    appended = append_entries(
        EMPTY_FILE if saved is None else saved, old, (it.entry for it in pending)
    )
    if appended is None:
        return None
    content, parsed = appended
    added = tuple(pending[: len(parsed.data["entries"]) - len(old)])
    entries = (*old, *(it.entry for it in added))
    line = parsed.locate(("entries", len(old))).line
    return Addition(path, file, before, parsed.text, saved, content, entries, added, line)


def _encode_saved(path: Path, before: str) -> bytes:
    """Return the bytes that a file had when its text was loaded.

    The writer, which holds the lock, checks whether the file has changed since.
    """
    with suppress(OSError), path.open("rb") as file:
        if file.read(len(BOM_UTF8)) == BOM_UTF8:
            return BOM_UTF8 + before.encode()
    return before.encode()


def _explain_refusal(file: str, pending: Iterable[PendingEntry]) -> Iterator[InputError]:
    """Yield the errors of entries that can be added to no file; otherwise the file is at fault.

    Raise UnsoundPlanError then.
    """
    errors = [
        it.report.locate(InputError(0, "", why)) for it in pending if (why := _find_fault(it.entry))
    ]
    yield from errors
    if not errors:
        message = _(
            "nothing can be appended to {file} as it is written; run “credit-plan fmt {file}”, "
            "then record again"
        )
        raise UnsoundPlanError(message.format(file=file))


def _find_fault(entry: Entry) -> str:
    """Return why no file could hold an entry; nothing if one could."""
    if next(_write_fitting(EMPTY_FILE, (entry,)), None) is None:
        return _(
            "this report is too large: a file of reports has at most {bytes:,} bytes and "
            "{values:,} values; shorten the report, or use a file as evidence"
        ).format(bytes=MAX_BYTES, values=MAX_VALUES)
    if append_entries(EMPTY_FILE, (), (entry,)) is None:
        return _(
            "this report cannot be written as YAML; change any text in it that looks like YAML, "
            "such as “，by：”"
        )
    return ""


def _write_fitting(saved: bytes, new: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Yield the entries for which a file has room, each with its lines; end before the first other.

    They follow the file in its indentation and its line ends.
    """
    above, _newline, unfinished = saved.rpartition(b"\n")
    end = "\r\n" if above.endswith(b"\r") else "\n"
    dash = _FIRST_DASH.search(saved)
    indent = dash[1].decode() if dash else _INDENT
    start = end if unfinished else ""
    free_bytes = MAX_BYTES - len(saved)
    free_values = MAX_VALUES - count_values(decode(saved)[0])
    for entry in new:
        text = start + "".join(f"{indent}{line}{end}" for line in _write_entry(entry))
        free_bytes -= len(text.encode())
        free_values -= count_values(text) - 1  # without the list, which the file has already
        if free_bytes < 0 or free_values < 0:
            return
        yield entry, text
        start = ""


def _write_entry(entry: Entry) -> Iterator[str]:
    """Yield the lines of an entry in canonical form, without the indentation of the list."""
    margin = "- "
    for name, value in dump_record(entry).items():
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
    entries = tuple(sorted((*kept, *added), key=lambda entry: split_part(entry.file)))
    texts = {file: addition.after for file, addition in additions.items()}
    draft = replace(loaded.draft, entries=entries)
    return replace(loaded, draft=draft, texts=loaded.texts | texts)


def _explain(error: Diagnostic, pending: PendingEntry | None) -> InputError:
    """Return an error of the plan as an error of the input: a new entry is in no file yet."""
    message = f"{error.message}\n  {error.hint}"
    if pending is None:
        return InputError(0, "", f"{error.file}:{error.line}:{error.column}: {message}")
    return pending.report.locate(InputError(0, "", message))
