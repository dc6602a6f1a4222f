"""Puts a new text in the place of a file: wholly, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from tempfile import mkstemp


def replace(path: Path, text: str) -> None:
    """Replaces what a file holds, in UTF-8, and keeps its permissions and its owner.

    Of a link it is the target. Raises OSError, and leaves everything as it was, where the file
    may not be written.
    """
    target = path.resolve()
    with target.open("r+b"):
        # A folder may allow what the file itself forbids.
        known = target.stat()
    handle, name = mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(handle)
        with suppress(AttributeError, PermissionError):
            # Windows has no owners of this kind, and only root may give a file away.
            os.chown(temporary, known.st_uid, known.st_gid)
        temporary.chmod(S_IMODE(known.st_mode))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
