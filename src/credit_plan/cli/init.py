"""The command `init`: create a workspace, a folder with a plan of its own to report on.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a command needs

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from credit_plan import __version__
from credit_plan.cli import options as o
from credit_plan.cli.console import echo_err, write_output
from credit_plan.errors import UnfitFolderError
from credit_plan.i18n import _
from credit_plan.loader import locate
from credit_plan.plan import Plan, RecordKind
from credit_plan.text import escape_controls

NewFolder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        readable=False,  # a closed folder is no wrong usage: opening it says so, with exit 3
        help=_("A new or empty folder."),
    ),
]


def init(folder: NewFolder, data: o.Data = None, verbose: o.Verbose = False) -> None:
    from credit_plan.cli.data import load_sound
    from credit_plan.loader.build import build_plan
    from credit_plan.models.schema import schema_text
    from credit_plan.workspace import create_workspace, fill_templates

    source = locate.find_data(data)
    plan = build_plan(load_sound(source, verbose=verbose).draft)
    place = Path(os.path.abspath(folder))  # noqa: PTH100  “..” has no parent of its own
    if place.resolve().is_relative_to(source.folder.resolve()):
        message = _("{folder} is inside the data to be copied; choose a folder elsewhere")
        raise UnfitFolderError(message.format(folder=place))
    unit_names = tuple(name for unit in plan.units for name in unit.names)
    schemas = {
        f"data/schema/{kind}.json": schema_text(kind, unit_names).encode() for kind in RecordKind
    }
    # The data comes last: a folder without it is no workspace yet.
    contents = fill_templates(_describe_plan(plan)) | dict(_read_plan(source.folder)) | schemas
    create_workspace(place, contents)
    summary = _("{count} files written to {folder}").format(count=len(contents), folder=place)
    write_output(f"{escape_controls(summary)}\n{escape_controls(plan.title)}\n")
    echo_err("\n".join(_list_next_steps(place, source.display(place))))


def _describe_plan(plan: Plan) -> dict[str, str]:
    """Return what the templates say of the plan; the unit of the example is no group."""
    leads = [(unit, measure) for measure in plan.measures for unit in measure.lead]
    unit, measure = next((lead for lead in leads if not lead[0].is_group), leads[0])
    return {
        "version": __version__,
        "title": plan.title,
        "tasks": str(len({measure.task for measure in plan.measures})),
        "measures": str(len(plan.measures)),
        "last": str(plan.last_year),
        "unit": unit.name,
        "measure": measure.id,
    }


def _read_plan(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the plan as they are, without the reports and whatever is beside them."""
    from credit_plan.loader.files import list_task_files

    tasks = list_task_files(folder, locate.MEASURES)
    records = (folder / name for name in locate.FILES)
    for path in (*filter(Path.exists, records), *tasks):
        yield f"data/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _list_next_steps(place: Path, shown: str) -> Iterator[str]:
    yield _("Next:")
    if not place.samefile(Path.cwd()):
        typed = subprocess.list2cmdline([shown]) if sys.platform == "win32" else shlex.quote(shown)
        yield f"  cd {typed}"
    yield "  credit-plan check"
    yield _("Then read {file}").format(file="README.md")
