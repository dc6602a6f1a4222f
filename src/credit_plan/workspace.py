"""Creation of a workspace: a folder with a plan of its own, and all that reporting needs."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from string import Template

from credit_plan.i18n import _, get_language, mark
from credit_plan.loader import locate
from credit_plan.storage import disk

_TEMPLATES = {
    "README.md": "README.{language}.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".github/workflows/check.yml": "check.yml",
    ".vscode/extensions.json": "extensions.json",
}
"""Files of every workspace, and their templates, which git and GitHub must not take for theirs."""

_COMMENTS = {
    "locks": mark("Locks and temporary files of credit-plan"),
    "sheets": mark(
        "Sheets sent and returned: their reports are in data/progress/, and they often name people"
    ),
    "foreign": mark("Files of systems, editors and office programs"),
    "line_ends": mark(
        "Git changes no line ends, so that the checksums of evidence are the same everywhere"
    ),
    "merging": mark(
        "A merge keeps the reports of both sides, once “git config” of README.md was run"
    ),
    "checking": mark("Check the data at every push; what is wrong is shown beside its line."),
    "installing": mark(
        "The variable CREDIT_PLAN_SOURCE of the repository says from where: a git address "
        "(git+https://…), the address of a wheel, or a path to one. Default: the package index."
    ),
    "not_installed": mark(
        "credit-plan cannot be installed ($SOURCE). Set the variable CREDIT_PLAN_SOURCE in "
        "Settings → Secrets and variables → Actions → Variables of the repository, to its git "
        "address (git+https://…) or to the path or address of a wheel."
    ),
}
"""What is said in the templates beside the READMEs, by the names of its variables."""

_DEMO = Path(__file__).parent / "demo"
"""Invented reports on the bundled plan, their evidence, and what a README says of them."""


def fill_templates(words: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of a workspace beside its plan; `words` replace the templates' variables."""
    folder, language = Path(__file__).parent / "templates", get_language()
    given = {name: _(comment) for name, comment in _COMMENTS.items()}
    given |= {"language": language, **words}
    filled = {}
    for file, name in _TEMPLATES.items():
        template = (folder / name.format(language=language)).read_text(encoding="utf-8")
        filled[file] = Template(template).substitute(given).encode()
    return filled


def read_demo() -> Iterator[tuple[str, bytes]]:
    """Yield the invented reports and their evidence, as files of a workspace."""
    for name in (locate.PROGRESS, locate.EVIDENCE):
        for path in sorted((_DEMO / name).iterdir()):
            yield f"data/{name}/{path.name}", path.read_bytes()


def read_demo_notice() -> bytes:
    """Return what the README of a workspace with invented reports begins with."""
    return (_DEMO / f"README.{get_language()}.md").read_bytes()


@contextmanager
def create_workspace(folder: Path, contents: Mapping[str, bytes]) -> Iterator[Path]:
    """Write files to a new folder or to an empty one: all of them, or none.

    Their names are relative to the folder, with “/”. The workspace is built under a temporary
    name, which is yielded: what is added there belongs to it. It is on the disk before it gets its
    own name. An empty folder stays the same folder, and gets its files one by one, `data` as the
    last. Raise UnfitFolderError where the folder is not empty, and OSError where it cannot be
    written; then nothing has changed.
    """
    disk.refuse_folder(folder)
    is_new = not folder.exists()
    home = folder.parent if is_new else folder
    with disk.name_in_errors(folder), ExitStack() as undo:
        for missing in disk.find_missing_folders(home):
            undo.callback(_remove_empty, missing)
            disk.add_folder(missing)
        built = disk.temporary_path(home)
        undo.callback(_remove, built)
        _build(built, contents)
        yield built
        if is_new:
            built.rename(folder)
            undo.callback(_remove, folder)
        else:
            _move_into(folder, built, undo)
        disk.sync_folder(home)
        undo.pop_all()


def _build(built: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        path = built / name
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_file(path, content)
    for folder, _folders, _files in os.walk(built):
        disk.sync_folder(Path(folder))


def _move_into(folder: Path, built: Path, undo: ExitStack) -> None:
    """Move what was built to a folder, which may be a working directory and so must stay."""
    # Without its data, a folder is no workspace yet.
    for path in sorted(built.iterdir(), key=lambda path: path.name == "data"):
        path.rename(folder / path.name)
        # Not before: what was there already would belong to another program.
        undo.callback(_remove, folder / path.name)
    built.rmdir()


def _remove(path: Path) -> None:
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
