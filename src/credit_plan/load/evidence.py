"""What shows that a report is true: an address, or a file kept for it, with its SHA-256."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final

from credit_plan.errors import MisstatedError
from credit_plan.language import _, quoted
from credit_plan.load.content import digests
from credit_plan.load.locate import EVIDENCE, Source
from credit_plan.model import Evidence

_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)

_WITHOUT_SCHEME: Final = "www."


def evidence(source: Source, word: str) -> Evidence:
    """The evidence that is meant by an address or a path, from here, the data or its evidence on.

    Raises MisstatedError for a file that is not there or not where evidence is kept.
    """
    meant = word.strip()
    if _ADDRESS.fullmatch(meant):
        return Evidence(url=meant)
    folder = source.folder.resolve()
    try:
        meant.encode()
        places = (Path(meant), folder / meant, folder / EVIDENCE / meant)
        file = next((place.resolve() for place in places if place.is_file()), None)
    except (OSError, RuntimeError, ValueError):  # a name that no file can have, a link to itself
        file = None
    if file is None:
        raise MisstatedError(_absent(meant))
    if not file.is_relative_to(folder / EVIDENCE):
        # A file of the plan is edited again, and would not stay what was reported.
        raise MisstatedError(_outside(source, meant, file))
    name = file.relative_to(folder).as_posix()
    digest = digests(folder, (name,))[name]
    if digest is None:
        raise MisstatedError(_("{path} cannot be read").format(path=quoted(meant)))
    return Evidence(file=name, sha256=digest)


def _absent(meant: str) -> str:
    if meant.lower().startswith(_WITHOUT_SCHEME):
        message = _("there is no file {path}; as an address it is written https://{address}")
        return message.format(path=quoted(meant), address=meant)
    message = _("there is no file {path}; an address begins with http:// or https://")
    return message.format(path=quoted(meant))


def _outside(source: Source, meant: str, file: Path) -> str:
    """What is so, and the two commands that mend it."""
    kept = source.shown(source.folder / EVIDENCE / file.name)
    message = _(
        "{path} is not in {place}, where evidence is kept with the plan: copy it there\n"
        "  mkdir -p {folder} && cp {file} {kept}\n"
        "and name the copy: --evidence {kept}"
    )
    return message.format(
        path=quoted(meant),
        place=source.shown(source.folder / EVIDENCE),
        folder=shlex.quote(kept.rpartition("/")[0]),
        file=shlex.quote(meant),
        kept=shlex.quote(kept),
    )
