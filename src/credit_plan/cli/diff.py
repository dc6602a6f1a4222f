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
from credit_plan.errors import ExitCode
from credit_plan.i18n import _, join_list, quote

if TYPE_CHECKING:
    from credit_plan.compare.changes import Records
    from credit_plan.loader.locate import Source

_MOST_PLANS = 2

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[OLD] [NEW] [ID]..."),
        parser=str,  # a folder's name, which may hold any bytes
        help=_(
            "OLD and NEW: a folder or a git revision (HEAD, main, v1, 1a2b3c) each; by default, "
            "HEAD and the plan as it is now. ID: only this task (7) or measure (7.5)."
        ),
    ),
]
ExitWithOne = Annotated[
    bool, typer.Option("--exit-code", help=_("Exit with 1 if the plans differ."))
]


def diff(
    words: Words = None,
    exit_code: ExitWithOne = False,
    form: o.Format = None,
    output: o.Output = None,
    keys: o.Keys = False,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import formatters
    from credit_plan.cli import console
    from credit_plan.cli.data import announce_bundled
    from credit_plan.compare import changes, selection, table
    from credit_plan.loader.locate import find_data

    format_name = o.format_of(form, output, formatters.ANSWER_FORMATS)
    if keys:
        o.refuse_keys(format_name)
    plans, ids = _sort_words(words or [])
    old, new = (*plans, None, None)[:2]
    present = find_data(data) if new is None else _find_folder(new)
    if present:
        announce_bundled(present)
    folders = _find_repository_folders(present, data)
    past = None
    if old is None:
        old = _find_head(present)
    else:
        past = _find_folder(old)
    old_name, old_plan = _load(old, past, folders, verbose=verbose)
    new_name, new_plan = _load(new, present, folders, verbose=verbose)
    found = changes.compare(old_plan, new_plan)
    if ids:
        ids = selection.find_ids(ids, old_plan, new_plan)
        found = selection.select(found, ids)
    answer = table.build_answer(found, old_name, new_name, console.today(), ids)
    answer = answer._replace(has_keys=keys)
    console.print_answer(answer, format_name, output)
    if exit_code and found:
        raise typer.Exit(ExitCode.UNSOUND)


def _sort_words(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the plans and the ids that are named; an id is what looks like one and is no folder.

    Raise BadParameter for more than two plans.
    """
    from credit_plan.compare.selection import names_record

    ids = tuple(word for word in words if names_record(word) and not os.path.isdir(word))  # noqa: PTH112
    plans = tuple(word for word in words if word not in ids)
    if len(plans) > _MOST_PLANS:
        message = _("{names} are more than two plans; an id looks like 7 or 7.5")
        named = join_list(map(quote, plans))
        raise typer.BadParameter(message.format(names=named), param_hint=_("OLD NEW"))
    return plans, ids


def _find_head(present: "Source | None") -> str:
    """Return HEAD; raise NoRepositoryError if the plan as it is now is the installed copy."""
    from credit_plan.errors import NoRepositoryError

    if present and present.bundled:
        message = _(
            "the installed copy has no revisions to compare it with; name two plans: “credit-plan "
            "diff OLD NEW”"
        )
        raise NoRepositoryError(message)
    return "HEAD"


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
    from credit_plan.cli.progress import show_progress
    from credit_plan.compare import changes
    from credit_plan.compare.revisions import open_revision
    from credit_plan.loader.reader import load

    with nullcontext(source) if source else open_revision(name or "", folders) as opened:
        if verbose:
            cli_data.announce(opened)
        with show_progress(opened, reports=False) as step:
            loaded = load(opened, reports=False, step=step)
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
