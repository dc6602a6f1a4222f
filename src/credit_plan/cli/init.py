"""The command `init`: create a workspace, a folder with a plan of its own to report on.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a command needs

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan import __version__
from credit_plan.cli import options as o
from credit_plan.cli.console import echo_err, write_output
from credit_plan.errors import ExitCode, UnfitFolderError
from credit_plan.i18n import _
from credit_plan.loader import locate
from credit_plan.plan import STATUSES_IN_CHINESE, Plan, RecordKind, Status
from credit_plan.text import escape_controls, join_words

if TYPE_CHECKING:
    from credit_plan.cli.repository import Commands
    from credit_plan.models.draft import Draft

NewFolder = Annotated[
    Path,
    typer.Argument(
        metavar=_("DIR"),
        readable=False,  # a closed folder is no wrong usage: opening it says so, with exit 3
        help=_("A new or empty folder."),
    ),
]
Demo = Annotated[
    bool, typer.Option("--demo", help=_("Add invented reports, to try the commands with."))
]
Git = Annotated[
    bool | None,
    typer.Option(
        "--git/--no-git",
        help=_("Create a git repository, with a first commit. Default: asked at a terminal."),
    ),
]


def init(
    folder: NewFolder,
    demo: Demo = False,
    git: Git = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan.cli import repository
    from credit_plan.cli.data import load_sound
    from credit_plan.loader.build import build_plan
    from credit_plan.workspace import create_workspace

    source = locate.find_data(data)
    draft = load_sound(source, verbose=verbose).draft
    plan = build_plan(draft)
    place = _find_place(folder, source)
    commit = _("Demo: the plan, with invented reports") if demo else _("The plan as published")
    contents = _make_contents(source, draft, plan, commit)
    if demo:
        contents |= _make_demo(source, contents["README.md"])
    commands = left = repository.list_commands(place, commit, must=bool(git))
    creates = repository.is_wanted(commands, git)
    with create_workspace(place, contents) as built:
        if creates:
            left = repository.run_commands(built, place, commands)
    written = _("{count} files written to {folder}").format(count=len(contents), folder=place)
    said = (written, plan.title, *_describe(demo=demo, is_kept=creates and not left))
    write_output("".join(f"{escape_controls(line)}\n" for line in said))
    echo_err("\n".join(_list_next_steps(place, source.display(place), left)))
    if creates and left is commands:
        raise typer.Exit(ExitCode.CANNOT_RUN)


def _find_place(folder: Path, source: locate.Source) -> Path:
    """Return where to write; refuse a folder in the data and one that is not empty."""
    from credit_plan.storage import disk

    place = Path(os.path.abspath(folder))  # noqa: PTH100  “..” has no parent of its own
    if place.resolve().is_relative_to(source.folder.resolve()):
        message = _("{folder} is inside the data to be copied; choose a folder elsewhere")
        raise UnfitFolderError(message.format(folder=place))
    disk.refuse_folder(place)
    return place


def _make_contents(
    source: locate.Source, draft: "Draft", plan: Plan, commit: str
) -> dict[str, bytes]:
    """Return the files of a workspace without reports."""
    from credit_plan.cli.repository import DRIVER
    from credit_plan.models.schema import schema_text
    from credit_plan.workspace import fill_templates

    schemas = {f"data/schema/{kind}.json": schema_text(kind, draft).encode() for kind in RecordKind}
    words = _describe_plan(plan) | {"commit": commit, "driver": DRIVER}
    return fill_templates(words) | dict(_read_plan(source.folder)) | schemas


def _make_demo(source: locate.Source, readme: bytes) -> dict[str, bytes]:
    """Return the files that invented reports add or change; refuse a plan that they do not fit."""
    from credit_plan.cli.console import today
    from credit_plan.cli.data import find_errors_in
    from credit_plan.loader.reader import load
    from credit_plan.workspace import read_demo, read_demo_notice

    reports = dict(read_demo())
    unsaved = {
        source.folder / name.removeprefix("data/"): content
        for name, content in reports.items()
        if name.startswith(f"data/{locate.PROGRESS}/")
    }
    if errors := find_errors_in(load(source, unsaved, today())):
        message = _(
            "the invented reports are about the plan that the program brings, and do not fit the "
            "one in {folder}: {error}"
        )
        message = message.format(folder=source.folder, error=errors[0].message)
        raise typer.BadParameter(message, param_hint="--demo")
    return {**reports, "README.md": read_demo_notice() + readme}


def _describe_plan(plan: Plan) -> dict[str, str]:
    """Return what the templates say of the plan; the unit of the example is no group."""
    leads = [(unit, measure) for measure in plan.measures for unit in measure.lead]
    unit, measure = next((lead for lead in leads if not lead[0].is_group), leads[0])
    return {
        "version": __version__,
        "title": plan.title,
        "statuses": "、".join(STATUSES_IN_CHINESE.values()),
        "codes": ", ".join(Status),
        "in_progress": STATUSES_IN_CHINESE[Status.IN_PROGRESS],
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


def _describe(*, demo: bool, is_kept: bool) -> Iterator[str]:
    """Yield what is special about the workspace."""
    if demo:
        yield _("All reports in it are invented; use it to try the commands only.")
    if is_kept:
        yield _("It is kept under git.")


def _list_next_steps(place: Path, shown: str, commands: "Commands") -> Iterator[str]:
    """Yield the commands to type, from the change into the workspace on."""
    yield _("Next:")
    if not place.samefile(Path.cwd()):
        yield f"  {join_words('cd', shown)}"
    yield "  credit-plan check"
    for words in commands:
        yield f"  {join_words(*words)}"
    yield _("Then read {file}").format(file="README.md")
