"""Find the files that `fmt` formats, and bring each to its canonical form."""

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from credit_plan.diagnostics import Diagnostic
from credit_plan.errors import NoDataError
from credit_plan.formatting.canonical import format_text
from credit_plan.formatting.reports import merge_reports, sort_reports
from credit_plan.formatting.values import fix_record
from credit_plan.i18n import _
from credit_plan.loader import locate
from credit_plan.loader.files import MAX_BYTES, list_task_files
from credit_plan.loader.reader import FileResult, read_file, read_required
from credit_plan.models.records import Record
from credit_plan.models.schema import MODELS
from credit_plan.plan import RecordKind
from credit_plan.yaml.conflicts import split_sides
from credit_plan.yaml.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file of a plan, the kind of records that it holds, and what every measure must have."""

    source: locate.Source
    path: Path
    kind: RecordKind
    required: tuple[str, ...] = ()

    @property
    def model(self) -> type[Record]:
        """Return the model of its records."""
        return MODELS[self.kind]

    @property
    def is_recorded(self) -> bool:
        """Return whether it is a file to which reports are added."""
        return self.kind is RecordKind.PROGRESS

    @property
    def file(self) -> str:
        """Return the file's name as a user would write it."""
        return self.source.display(self.path)


@dataclass(frozen=True, slots=True)
class Formatted:
    """The text of a file and its canonical form, or the `reasons` why it has none.

    `saved` is the content of the file.
    """

    saved: bytes = b""
    before: str = ""
    after: str = ""
    encodings: tuple[str, str] | None = None
    reasons: tuple[Diagnostic, ...] = ()


def find_targets(paths: list[Path], data: Path | None) -> tuple[FileTarget, ...]:
    """Return the files that paths name or contain, or all files if there are no paths.

    Raise UnknownNameError for a path without a file of a plan, NoDataError if there is no plan but
    the installed copy.
    """
    if not paths:
        source = locate.find_data(data)
        if source.bundled:
            message = _("no plan found here; the copy installed with the program is not edited")
            raise NoDataError(message)
        return tuple(_list_targets(source))
    named = None if data is None else locate.find_data(data)
    found = (it for path in paths for it in _find(path, named or locate.find_containing(path)))
    return tuple(dict.fromkeys(found))


def format_file(target: FileTarget) -> Formatted:
    """Return what a file would be in its canonical form.

    In a progress file, that is in the order of recording, and without merge conflicts: the reports
    of both sides are kept.
    """
    result = read_file(
        target.source, target.path, target.model, fix=fix_record, required=target.required
    )
    sides = tuple(_read_sides(target, result))
    found = dict.fromkeys(it for of in (result, *sides) for it in of.diagnostics if not it.fixable)
    parsed = result.parsed
    if found or parsed is None:
        return Formatted(reasons=tuple(sorted(found)))
    try:
        after = _write(target, sides or (result,))
    except UnreadableError as error:
        return Formatted(reasons=(replace(error.diagnostic, file=target.file),))
    mark = "\ufeff" if result.content.startswith(BOM_UTF8) else ""
    is_other = any(it.rule == "not-utf-8" for it in parsed.diagnostics)
    encodings = (_("not UTF-8"), "UTF-8") if is_other else None
    return Formatted(result.content, mark + parsed.text, after, encodings)


def _read_sides(target: FileTarget, whole: FileResult[Record]) -> Iterator[FileResult[Record]]:
    """Yield the two sides of a merge conflict in a progress file; nothing if there is none."""
    sides = split_sides(whole.parsed.text) if whole.parsed and target.is_recorded else None
    if sides and sides[0] != sides[1]:
        for side in sides:
            yield read_file(target.source, target.path, target.model, side.encode(), fix_record)


def _write(target: FileTarget, read: Sequence[FileResult[Record]]) -> str:
    """Return the canonical form of a file, or of the two sides of a progress file.

    Raise UnreadableError for one with more bytes than can be read, unless reports would be lost.
    """
    texts = [format_text(it.parsed, target.model) for it in read if it.parsed]
    if len(texts) > 1:
        ours, theirs = (it.encode() for it in texts)
        return merge_reports(b"", ours, theirs).decode()
    text = sort_reports(texts[0]) if target.is_recorded else texts[0]
    if (size := len(text.encode())) > MAX_BYTES:
        message = _(
            "the file would be too large in canonical form: it would have {size:,} bytes, and the "
            "limit is {limit:,}"
        ).format(size=size, limit=MAX_BYTES)
        hint = _("move the last entries elsewhere; reports in 14.yaml may also be in 14-2.yaml")
        raise UnreadableError(Diagnostic("unreadable-file", "", (), message, hint))
    return text


def _list_targets(source: locate.Source) -> Iterator[FileTarget]:
    """Yield every file of a plan that exists or should."""
    for name in locate.FILES:
        path = source.folder / name
        if name in locate.RECORDS or path.exists():
            yield FileTarget(source, path, RecordKind(path.stem))
    required = read_required(source)
    for name in locate.FOLDERS:
        for path in list_task_files(source.folder, name):
            yield FileTarget(source, path, RecordKind(name), required)


def _find(path: Path, source: locate.Source) -> tuple[FileTarget, ...]:
    """Return the files of the data that a path names or contains."""
    wanted = locate.normalize(path)
    targets = _list_targets(source)
    found = tuple(it for it in targets if locate.normalize(it.path).is_relative_to(wanted))
    if not found:
        raise locate.unknown_file(source, path)
    return found
