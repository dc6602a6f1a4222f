"""Evidence that a report is true: an address, or a file kept with the plan, with its SHA-256."""

import sys
from pathlib import Path

from credit_plan.errors import MisstatedError
from credit_plan.i18n import _, quote
from credit_plan.loader.files import compute_digests
from credit_plan.loader.locate import EVIDENCE, Source
from credit_plan.models.progress import Evidence, is_web_address
from credit_plan.text import join_words

_WITHOUT_SCHEME = "www."


def find_evidence(source: Source, word: str) -> Evidence:
    """Return the evidence: a web address, or a path relative to here, the data or its evidence.

    Raise MisstatedError for a file that does not exist or is not where evidence is kept.
    """
    wanted = word.strip()
    if is_web_address(wanted):
        return Evidence(url=wanted)
    folder = source.folder.resolve()
    try:
        wanted.encode()
        paths = (Path(wanted), folder / wanted, folder / EVIDENCE / wanted)
        file = next((path.resolve() for path in paths if path.is_file()), None)
    except (OSError, RuntimeError, ValueError):  # a name that no file can have, a link to itself
        file = None
    if file is None:
        raise MisstatedError(_describe_missing(source, wanted))
    if not file.is_relative_to(folder / EVIDENCE):
        # A file of the plan is edited again, and would not stay what was reported.
        raise MisstatedError(_describe_copying(source, wanted, file))
    name = file.relative_to(folder).as_posix()
    digest = compute_digests(folder, (name,))[name]
    if digest is None:
        raise MisstatedError(_("{path} cannot be read").format(path=quote(wanted)))
    return Evidence(file=name, sha256=digest)


def _describe_missing(source: Source, path: str) -> str:
    if path.lower().startswith(_WITHOUT_SCHEME):
        message = _("there is no file {path}; write a web address as https://{address}")
        return message.format(path=quote(path), address=path)
    message = _(
        "there is no file {path}; copy it to {folder} first, or write a web address, which starts "
        "with http:// or https://"
    )
    return message.format(path=quote(path), folder=source.display(source.folder / EVIDENCE))


def _describe_copying(source: Source, path: str, file: Path) -> str:
    """Return the message for evidence elsewhere, with the two commands that bring it here.

    The shells of Windows have no commands in common.
    """
    kept = source.display(source.folder / EVIDENCE / file.name)
    place = source.display(source.folder / EVIDENCE)
    if sys.platform == "win32":
        message = _(
            "{path} is not in {place}, the folder for evidence; copy it there, and use the copy: "
            "--evidence {kept}"
        )
        return message.format(path=quote(path), place=place, kept=join_words(kept))
    message = _(
        "{path} is not in {place}, the folder for evidence; copy it there\n"
        "  mkdir -p {folder} && cp {file} {kept}\n"
        "and use the copy: --evidence {kept}"
    )
    return message.format(
        path=quote(path),
        place=place,
        folder=join_words(kept.rpartition("/")[0]),
        file=join_words(path),
        kept=join_words(kept),
    )
