"""The command `diff`: what differs between two plans, each a folder or a git revision.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a comparison needs

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli import options as o
from credit_plan.i18n import _

if TYPE_CHECKING:
    from credit_plan.compare.changes import Records
    from credit_plan.loader.locate import Source

Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        parser=str,  # a folder's name, which may hold any bytes
        help=_("The old plan: a folder or a git revision (HEAD, main, v1, 1a2b3c)."),
    ),
]
New = Annotated[
    str | None,
    typer.Argument(
        metavar="[NEW]",
        parser=str,
        help=_("The new plan, in the same way; by default, the plan as it is now."),
    ),
]


def diff(
    old: Old,
    new: New = None,
    form: o.Format = None,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import formatters
    from credit_plan.cli import console
    from credit_plan.cli.data import announce_bundled
    from credit_plan.compare import changes, table
    from credit_plan.loader.locate import find_data

    format_name = o.format_of(form, output, formatters.ANSWER_FORMATS)
    present = find_data(data) if new is None else _find_folder(new)
    if present:
        announce_bundled(present)
    folders = _find_repository_folders(present, data)
    old_name, old_plan = _load(old, _find_folder(old), folders, verbose=verbose)
    new_name, new_plan = _load(new, present, folders, verbose=verbose)
    found = changes.compare(old_plan, new_plan)
    answer = table.build_answer(found, old_name, new_name, console.today())
    console.print_answer(answer, format_name, output)


def _find_folder(name: str) -> "Source | None":
    """Return the data in a folder; None if there is no such folder, and a revision is meant."""
    from credit_plan.loader.locate import find_data

    # No OSError for a name that no folder could have.
    return find_data(Path(name)) if os.path.isdir(name) else None  # noqa: PTH112


def _find_repository_folders(source: "Source | None", data: Path | None) -> tuple[Path, ...]:
    """Return where to look for a repository: beside the data, then in the working folder."""
    from credit_plan.errors import NoDataError
    from credit_plan.loader.locate import find_data

    if source is None:
        try:
            source = find_data(data)
        except NoDataError:
            if data is not None:
                raise
    return (Path.cwd(),) if source is None or source.bundled else (source.folder, Path.cwd())


def _load(
    name: str | None, source: "Source | None", folders: tuple[Path, ...], *, verbose: bool
) -> "tuple[str, Records]":
    """Return what a plan is called, and the plan: of a folder, or else of a revision.

    It may break rules, as an old one may; that is said. Raise UnsoundPlanError for a file that
    cannot be read.
    """
    from credit_plan.cli import console
    from credit_plan.cli import data as cli_data
    from credit_plan.compare import changes
    from credit_plan.compare.revisions import open_revision
    from credit_plan.loader.reader import load

    with nullcontext(source) if source else open_revision(name or "", folders) as opened:
        if verbose:
            cli_data.announce(opened)
        loaded = load(opened, reports=False)
        name = opened.display(opened.folder) if name is None else name
    errors = cli_data.find_errors_in(loaded)
    try:
        plan = changes.Records.of(loaded.draft)
    except ValueError:
        raise cli_data.refuse_unsound(errors) from None
    if errors:
        message = _("{plan} has {counts}; it is compared anyway")
        console.echo_err(message.format(plan=name, counts=cli_data.count_diagnostics(errors)))
    return name, plan
