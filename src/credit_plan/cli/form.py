"""The command `form`: the sheet of a unit to be filled in, or one for each unit.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a command needs

import inspect
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credit_plan.cli import options as o
from credit_plan.cli.arguments import Shared
from credit_plan.cli.completion import Offering, complete_unit
from credit_plan.cli.console import echo_err, today, write_output
from credit_plan.i18n import _, join_list, plural
from credit_plan.plan import Role
from credit_plan.text import join_first

if TYPE_CHECKING:
    from credit_plan.plan import Plan

_ENDING = ".csv"
_MAX_LISTED = 8
"""Files that are in the way are named up to this number."""

UnitName = Annotated[
    str,
    typer.Option(
        "--unit",
        metavar=_("NAME"),
        click_type=Offering(complete_unit),
        help=_("The unit whose sheet it is: a name, an alias, or an unambiguous part."),
    ),
]
EachUnit = Annotated[
    bool,
    typer.Option("--each-unit", help=_("One sheet for each unit that has a measure; needs -o.")),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=_("PATH"),
        readable=False,
        callback=o.find_output,
        help=_(
            "Write to this file, with --each-unit into this folder; what is there already is "
            "never overwritten. Default: stdout."
        ),
    ),
]


def _make_forms(
    unit: UnitName = "",
    each_unit: EachUnit = False,
    output: Output = None,
    shared: Shared = False,
    *,
    as_of: o.AsOf = None,
    data: o.Data = None,
    no_cache: o.NoCache = False,
    verbose: o.Verbose = False,
    **given: Any,  # noqa: ANN401  as `parse_filters` takes them
) -> None:
    """Write the sheets of what the filters leave."""
    from credit_plan.cli.data import load_plan
    from credit_plan.questions import captions

    _refuse_contradictions(unit, output, each_unit=each_unit)
    day = as_of or today()
    o.set_period(given, day)
    plan = load_plan(data, verbose=verbose, has_cache=not no_cache)
    sheets = _make_sheets(plan, unit, given | {"day": day}, shared=shared)
    if not sheets:
        echo_err(*captions.NOTHING_FITS)
    elif output is None or (not each_unit and output.exists() and not output.is_file()):
        # A device or a pipe takes a sheet as stdout does.
        write_output("".join(sheets.values()), output, for_people=False)
    else:
        files = {output / name: text for name, text in sheets.items()}
        _write_new(files if each_unit else dict.fromkeys((output,), *sheets.values()), output)
        if each_unit and not shared:
            _name_missing(plan, given)


def _refuse_contradictions(unit: str, output: Path | None, *, each_unit: bool) -> None:
    """Raise BadParameter where it is not clear which sheet is wanted, or where it would be."""
    if bool(unit) == each_unit:
        raise typer.BadParameter(_("give one of the two"), param_hint="--unit, --each-unit")
    if each_unit:
        _refuse_folder(output)
    elif output and output.suffix.lower() not in {"", _ENDING}:
        message = _("a sheet is CSV; name a file that ends in {ending}").format(ending=_ENDING)
        raise typer.BadParameter(message, param_hint="--output")


def _refuse_folder(output: Path | None) -> None:
    """Raise BadParameter where the sheets of all units cannot be written to a folder."""
    from credit_plan.loader.locate import MEASURES

    message = ""
    if output is None:
        message = _("name the folder for the sheets: --each-unit -o DIR")
    elif os.path.lexists(output) and not output.is_dir():
        message = _("{folder} is not a folder; name a new one").format(folder=output)
    elif (output / MEASURES).is_dir():
        message = _("{folder} is the folder of a plan; name a new one").format(folder=output)
    if message:
        raise typer.BadParameter(message, param_hint="--output")


def _make_sheets(
    plan: "Plan", name: str, given: Mapping[str, Any], *, shared: bool
) -> dict[str, str]:
    """Return the sheets with at least one measure, by the names of their files."""
    from credit_plan.filters import parse_filters
    from credit_plan.formatters.csv_table import format_table
    from credit_plan.reporting.form import make_form, name_files
    from credit_plan.unit_names import find_unit

    units = [find_unit(plan, name)] if name else [it for it in plan.units if not it.is_group]
    tables = {
        file: make_form(plan, parse_filters(plan, units=(unit.name,), **given), with_shared=shared)
        for file, unit in name_files(units, _ENDING).items()
    }
    return {file: format_table(table) for file, table in tables.items() if table.rows}


def _name_missing(plan: "Plan", given: Mapping[str, Any]) -> None:
    """Say which measures are on no unit's sheet, because they name groups only."""
    from credit_plan.filters import parse_filters

    filters = parse_filters(plan, **{**given, "role": Role.ANY})
    only_groups = [
        it
        for it in plan.measures
        if filters.matches(it) and all(unit.is_group for unit in it.units())
    ]
    if only_groups:
        command = f"credit-plan form --unit {only_groups[0].units()[0].name}"
        message = plural(
            "{count} measure names only a group, and is on no sheet: {ids}; its sheet: {command}",
            "{count} measures name only groups, and are on no sheet: {ids}; theirs: {command}",
            len(only_groups),
            ids=join_list(it.id for it in only_groups),
            command=command,
        )
        echo_err(message)


def _write_new(sheets: Mapping[Path, str], place: Path) -> None:
    """Write those of the files that are not there yet: all, or if one fails none.

    Raise BadParameter where one is there with another content: somebody may have filled it in.
    """
    from credit_plan.storage import disk, writer

    contents = {path: text.encode() for path, text in sheets.items()}
    new = {path: content for path, content in contents.items() if not os.path.lexists(path)}
    others = [path for path in contents if path not in new and not _holds(path, contents[path])]
    if others:
        message = _(
            "these files exist with other content, perhaps filled in: {files}; nothing was "
            "written; name another file or folder"
        ).format(files=join_first([*map(str, others)], _MAX_LISTED))
        raise typer.BadParameter(message, param_hint="--output")
    if place not in contents:
        disk.make_folder(place)
    writer.replace_files(new, dict.fromkeys(new))
    echo_err("\n".join(_count_sheets(len(new), len(contents), place)))


def _count_sheets(new: int, total: int, place: Path) -> Iterator[str]:
    """Yield how many sheets were written, and how many were there already."""
    if new:
        yield plural(
            "{count} sheet written to {place}",
            "{count} sheets written to {place}",
            new,
            place=place,
        )
    if new < total:
        yield plural(
            "{count} sheet is there already, and the same: {place}",
            "{count} sheets are there already, and the same: {place}",
            total - new,
            place=place,
        )


def _holds(path: Path, content: bytes) -> bool:
    """Return whether a file has this content; what is no file has none."""
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


*_own, _as_of, _data, _no_cache, _verbose, _given = inspect.signature(
    _make_forms
).parameters.values()
_filters = (o.ROLE, *o.DATES, o.CHAPTERS, o.TASKS, o.ONLY_OPEN)
form = o.make_command(
    _make_forms,
    (*_own, *(it.as_parameter() for it in _filters), _as_of, _data, _no_cache, _verbose),
)
