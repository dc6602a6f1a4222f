"""Run git so that it starts no other program, whatever its configuration says.

Of the commands that `revisions` uses, none runs a hook, an alias, a filter or a pager. But git
fetches an object that a partial clone lacks: it starts what `remote.*.uploadpack`, `remote.*.vcs`,
`core.sshCommand` or an `ext::` address names. Reading the index may ask `core.fsmonitor`.

`init` creates a repository and a first commit: there git would copy hooks out of a template and
run them, filter the files, and have the commit signed.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from credit_plan.errors import NoDataError, NoRepositoryError
from credit_plan.i18n import _

_REASON = re.compile(rb"^(?:fatal|error): (.+(?:\n\t.+)*)$", re.MULTILINE)
_HOOK_VARIABLES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Variables that git sets for a hook; with them, git would not look for another repository."""

_TIMEOUT = 60
"""The seconds after which git is stopped: it waits for ever for a pipe in place of a file."""

_OPTIONS = (
    # An empty one is off in every version; “false” was once the name of a program.
    "core.fsmonitor=",
    f"core.hooksPath={os.devnull}",
    # A file of attributes may say that the files of a new repository go through a filter.
    f"core.attributesFile={os.devnull}",
    "commit.gpgSign=false",
    # Files of a clone can pass for a bare repository, with a configuration and commits of its own.
    "safe.bareRepository=explicit",
)


def find_git() -> str | None:
    """Return the program git; not one in the working folder, where Windows would look first."""
    name = "git.exe" if sys.platform == "win32" else "git"
    folders = (Path(folder) for folder in os.get_exec_path())
    found = (shutil.which(str(it / name)) for it in folders if it.is_absolute())
    return next(filter(None, found), None)


def run_git(folder: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, in English, so that it asks nobody and starts no other program."""
    kept = {name: value for name, value in os.environ.items() if name not in _HOOK_VARIABLES}
    environment = {
        **kept,
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_TEMPLATE_DIR": "",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        # For a git older than that, which would still start to fetch: no protocol is allowed but
        # one whose name nobody knows. With “none”, an alias called “remote-none” would run.
        "GIT_ALLOW_PROTOCOL": secrets.token_hex(),
    }
    options = [word for option in _OPTIONS for word in ("-c", option)]
    git = find_git()
    if git is None:
        raise NoRepositoryError(_("git is not installed, and reading a revision needs it"))
    try:
        return subprocess.run(  # noqa: S603  git's own words, and a revision that is no option
            [git, "--no-pager", *options, *words],
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        message = _("git took more than {seconds} seconds in {folder} and was stopped")
        raise NoDataError(message.format(seconds=_TIMEOUT, folder=folder)) from None


def find_reason(answer: subprocess.CompletedProcess[bytes]) -> str:
    """Return why git has failed, without its warnings and hints."""
    found = _REASON.search(answer.stderr)
    reason = (found[1] if found else answer.stderr).decode("utf-8", "replace")
    return " ".join(reason.split())


def is_without_repository(reason: str) -> bool:
    """Return whether git failed because there is no repository, and not because one is damaged.

    Of a `.git` that leads nowhere it says “not a git repository” as well, but names one place.
    """
    return reason.startswith("not a git repository (or any")
