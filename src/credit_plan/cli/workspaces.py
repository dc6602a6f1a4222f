"""The command `init`: a folder of one's own for the plan, with all that reporting needs.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a command needs

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan import __version__
from credit_plan.cli import options as o
from credit_plan.cli.console import echo_err, write_output
from credit_plan.i18n import _

if TYPE_CHECKING:
    from credit_plan.loader.locate import Source
    from credit_plan.plan import Plan


NewFolder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        readable=False,  # a closed folder is no wrong usage: opening it says so, with exit 3
        help=_("A new folder, or one that is empty."),
    ),
]


def init(folder: NewFolder, data: o.Data = None, verbose: o.Verbose = False) -> None:
    from credit_plan.cli.data import load_plan
    from credit_plan.loader.locate import find_data
    from credit_plan.workspace import create_workspace, fill_templates

    plan = load_plan(data, verbose=verbose)
    source = find_data(data)
    place = Path(os.path.abspath(folder))  # noqa: PTH100  “..” has no parent of its own
    _refuse_within(source, place)
    # The data comes last: a folder without it is no workspace yet.
    contents = fill_templates(_words(plan)) | dict(_files(source)) | dict(_schemas(plan))
    create_workspace(place, contents)
    laid_out = _("{count} files laid out in {folder}").format(count=len(contents), folder=place)
    write_output(f"{laid_out}\n{plan.title}\n")
    echo_err("\n".join(_next(place, source.display(place))))


def _refuse_within(source: "Source", place: Path) -> None:
    from credit_plan.errors import UnfitFolderError

    if place.resolve().is_relative_to(source.folder.resolve()):
        message = _("{folder} is inside the data that is to be copied: name a folder elsewhere")
        raise UnfitFolderError(message.format(folder=place))


def _words(plan: "Plan") -> dict[str, str]:
    """What the texts of a workspace say of this plan."""
    unit, measure = _example(plan)
    return {
        "version": __version__,
        "title": plan.title,
        "tasks": str(len({measure.task for measure in plan.measures})),
        "measures": str(len(plan.measures)),
        "last": str(plan.last_year),
        "unit": unit,
        "measure": measure,
    }


def _example(plan: "Plan") -> tuple[str, str]:
    """The unit that leads the plan's first measure, and that measure's id; a group is no unit."""
    led = [(unit, measure.id) for measure in plan.measures for unit in measure.lead]
    unit, measure = next((it for it in led if not it[0].is_group), led[0])
    return unit.name, measure


def _files(source: "Source") -> Iterator[tuple[str, bytes]]:
    """The files of the plan as they are, without what stands in the folder beside them."""
    from credit_plan.errors import UnsoundPlanError
    from credit_plan.loader.files import list_task_files, read_bytes
    from credit_plan.loader.locate import FILES, MEASURES
    from credit_plan.yaml.errors import UnreadableError

    tasks = list_task_files(source.folder, MEASURES)
    records = (source.folder / name for name in FILES)
    for path in (*filter(Path.exists, records), *tasks):
        name = path.relative_to(source.folder).as_posix()
        try:
            yield f"data/{name}", read_bytes(path, source.folder)
        except UnreadableError as error:
            message = f"{source.display(path)}: {error}"
            raise UnsoundPlanError(message) from None


def _schemas(plan: "Plan") -> Iterator[tuple[str, bytes]]:
    """The schemas by which an editor completes, with the units of this plan."""
    from credit_plan.models.schema import schema_text
    from credit_plan.plan import RecordKind

    names = tuple(name for unit in plan.units for name in unit.names)
    for kind in RecordKind:
        yield f"data/schema/{kind}.json", schema_text(kind, names).encode()


def _next(place: Path, shown: str) -> Iterator[str]:
    """What to type now, and where the rest is told."""
    yield _("Next:")
    if not place.samefile(Path.cwd()):
        typed = subprocess.list2cmdline([shown]) if sys.platform == "win32" else shlex.quote(shown)
        yield f"  cd {typed}"
    yield "  credit-plan check"
    yield _("What comes then: {file}").format(file="README.md")
