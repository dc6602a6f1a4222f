"""A git repository for a new workspace: whether to create one, and what is left to type."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

from credit_plan.cli.console import echo_err, exit_if_interrupted, is_at_terminal
from credit_plan.compare.git import find_git, find_reason, is_without_repository, run_git
from credit_plan.errors import NoDataError
from credit_plan.i18n import _

Commands = tuple[tuple[str, ...], ...]
"""Commands as a person types them, one after the other."""

DRIVER = (
    "credit-plan merge %O %A %B || "
    "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
)
"""What git runs, as `merge.credit-plan.driver`.

Where the program fails or is not installed, git would take our side alone and show no conflict.
"""

_INIT = ("git", "init")
_IDENTITY = (
    ("git", "config", "user.name", _("your name")),
    ("git", "config", "user.email", _("your address")),
)


def list_commands(place: Path, commit: str, *, must: bool) -> Commands:
    """Return the commands that put a new folder under git; () where there is no git to run them.

    `commit` is the message of the first commit. A folder in a repository needs none of its own,
    which would hide the files from the other one: then `git init` is not among the commands.
    Raise NoDataError where there `must` be a git.
    """
    if find_git() is None:
        if must:
            raise NoDataError(_("git is not installed; install it, or leave out --git"))
        return ()
    try:
        repository = _find_repository(place)
    except NoDataError as error:
        if must:
            raise
        echo_err(str(error))
        return ()
    if repository:
        message = _("{folder} is in the git repository {repository}; none is created inside it")
        echo_err(message.format(folder=place, repository=repository))
    commands = (
        ("git", "config", "merge.credit-plan.driver", _find_driver()),
        ("git", "add", "."),
        ("git", "commit", "-m", commit),
    )
    return commands if repository else (_INIT, *commands)


@exit_if_interrupted()
def is_wanted(commands: Commands, answer: bool | None) -> bool:
    """Return whether to run the commands: as the option says, or as a person at the terminal."""
    if _INIT not in commands:
        return False
    if answer is None and is_at_terminal():
        from credit_plan.cli.prompt import confirm  # noqa: PLC0415  not every run asks

        return confirm(_("Keep the folder under git, so that nothing is lost?"))
    return bool(answer)


def run_commands(folder: Path, place: Path, commands: Commands) -> Commands:
    """Create the repository; return what is left to type: everything where git fails.

    The folder will have its place only later. Without a name and an address there is no commit.
    """
    *steps, commit = commands
    try:
        for words in steps:
            _run(folder, *words[1:])
        if not _knows_who_commits(folder):
            echo_err(_("git has not been told who you are, so there is no first commit yet"))
            return (*_IDENTITY, commit)
        # The encoding of the command line is that of the locale.
        utf8 = ("-c", "i18n.commitEncoding=UTF-8")
        _run(folder, *utf8, "commit", "--quiet", "--file=-", given=commit[-1].encode())
    except NoDataError as error:
        shutil.rmtree(folder / ".git", ignore_errors=True)
        message = _("Error: git created no repository: {why}")
        echo_err(message.format(why=str(error).replace(str(folder), str(place))))
        return commands
    return ()


def _find_repository(place: Path) -> str:
    """Return the repository that a folder is in, or would be in if it existed; "" if there is none.

    Raise NoDataError where git cannot tell, because the repository is not the user's or is damaged.
    """
    nearest = next(folder for folder in (place, *place.parents) if folder.is_dir())
    answer = run_git(nearest, "rev-parse", "--show-toplevel")
    if answer.returncode == 0:
        return os.fsdecode(answer.stdout.rstrip(b"\r\n"))
    reason = find_reason(answer)
    if is_without_repository(reason):
        return ""
    message = _("git cannot tell whether {folder} is in a repository: {why}")
    raise NoDataError(message.format(folder=place, why=reason))


def _find_driver() -> str:
    """Return the command by which git merges reports, for a program that is not on PATH too."""
    if shutil.which("credit-plan"):
        return DRIVER
    program = f"{shlex.quote(sys.executable)} -m credit_plan".replace("%", "%%")
    return DRIVER.replace("credit-plan", program, 1)


def _knows_who_commits(folder: Path) -> bool:
    """Return whether git has been told the user's name and address; it must not guess them."""
    idents = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
    answers = (run_git(folder, "-c", "user.useConfigOnly=true", "var", it) for it in idents)
    return all(answer.returncode == 0 for answer in answers)


def _run(folder: Path, *words: str, given: bytes = b"") -> None:
    """Run git; raise NoDataError if it fails."""
    answer = run_git(folder, *words, given=given)
    if answer.returncode:
        raise NoDataError(find_reason(answer))
