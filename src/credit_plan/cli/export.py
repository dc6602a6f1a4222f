"""The command `export`: the whole plan as files for other programs.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what an export needs

from enum import StrEnum, unique
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli import options as o
from credit_plan.cli.console import today, write_output
from credit_plan.i18n import _, join_list, plural
from credit_plan.text import escape_controls

if TYPE_CHECKING:
    from credit_plan.export.folder import WriteFile


@unique
class ExportFormat(StrEnum):
    """The formats of an export."""

    PARQUET = "parquet"


Format = Annotated[
    ExportFormat, typer.Argument(metavar=_("FORMAT"), help=_("The format of the files: parquet."))
]
Folder = Annotated[
    Path,
    typer.Argument(
        metavar=_("DIR"),
        readable=False,  # a closed folder is no wrong usage: opening it says so, with exit 3
        help=_("A new or empty folder, or one with exports, in which this plan is replaced."),
    ),
]


def export(
    form: Format,
    folder: Folder,
    as_of: o.AsOf = None,
    data: o.Data = None,
    no_cache: o.NoCache = False,
    verbose: o.Verbose = False,
) -> None:
    write = _import_writer()
    from credit_plan.cli.data import load_plan
    from credit_plan.export.folder import export_plan, name_plan

    _refuse_plan_folder(folder, data)
    day = as_of or today()
    plan = load_plan(data, verbose=verbose, has_cache=not no_cache)
    counts = export_plan(plan, day, folder, f".{form}", write)
    message = _("{plan}, as of {day}: {counts} written to {folder}").format(
        plan=name_plan(plan), day=day, counts=_describe(counts), folder=folder
    )
    write_output(f"{escape_controls(message)}\n")


def _import_writer() -> "WriteFile":
    """Return what writes Parquet files; raise MissingLibraryError without pyarrow."""
    from credit_plan.errors import MissingLibraryError

    try:
        from credit_plan.export import parquet
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "pyarrow":
            raise
        message = _(
            'Parquet files need pyarrow, which is not installed: pip install "credit-plan[parquet]"'
        )
        raise MissingLibraryError(message) from None
    return parquet.write_parquet


def _refuse_plan_folder(folder: Path, data: Path | None) -> None:
    """Raise BadParameter for a folder inside the data, or one that would be taken for data."""
    from credit_plan.loader.locate import find_data

    place, message = folder.resolve(), ""
    if place.is_relative_to(find_data(data).folder.resolve()):
        message = _("{folder} is inside the data; name a folder elsewhere")
    elif place.name == "data":
        message = _("{folder} has the name of the folder of a plan; choose another name")
    if message:
        raise typer.BadParameter(message.format(folder=folder), param_hint=_("DIR"))


def _describe(counts: dict[str, int]) -> str:
    """Return `228 measures, 425 obligations, 59 reports`."""
    return join_list(
        (
            plural("{count} measure", "{count} measures", counts["measures"]),
            plural("{count} obligation", "{count} obligations", counts["obligations"]),
            plural("{count} report", "{count} reports", counts["reports"]),
        )
    )
