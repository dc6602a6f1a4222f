"""The command `diff`: what differs between two plans, each a folder or a git revision.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a comparison needs

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli import options as o
from credit_plan.i18n import _

if TYPE_CHECKING:
    from credit_plan.loader.locate import Source
    from credit_plan.loader.reader import Loaded
    from credit_plan.models.draft import Plan

Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD", help=_("What it was: a folder, or a git revision (HEAD, main, v1, 1a2b3c).")
    ),
]
New = Annotated[
    str | None,
    typer.Argument(
        metavar="[NEW]", help=_("What it is, in the same way. Without it: the plan as it is now.")
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
    from credit_plan.cli.console import echo_err, screen, today, write_output
    from credit_plan.compare.plans import compare
    from credit_plan.compare.table import report_changes
    from credit_plan.loader.locate import find_data

    written_as = o.format_of(form, output, formatters.REPORT_FORMATS)
    is_now = find_data(data) if new is None else _folder(new)
    if is_now and is_now.bundled:
        echo_err(_("There is no plan here: this is the copy that came with the program."))
    beside = _beside(is_now, data)
    was_called, was = _opened(old, _folder(old), beside, verbose=verbose)
    is_called, now = _opened(new, is_now, beside, verbose=verbose)
    answer = report_changes(compare(was, now), was_called, is_called, today())
    write_output(formatters.report(answer, written_as, screen(output)), output)
    for remark in answer.remarks:
        echo_err(remark)


def _folder(word: str) -> "Source | None":
    """The data in the folder of this name; None where there is none, and a revision is meant."""
    from credit_plan.loader.locate import find_data

    # No OSError for a name that no folder could have.
    return find_data(Path(word)) if os.path.isdir(word) else None  # noqa: PTH112


def _beside(source: "Source | None", data: Path | None) -> tuple[Path, ...]:
    """Where the repository is that a revision is of: with the data, or else the working folder."""
    from credit_plan.errors import NoDataError
    from credit_plan.loader.locate import find_data

    if source is None:
        try:
            source = find_data(data)
        except NoDataError:
            if data is not None:
                raise
    own = () if source is None or source.bundled else (source.folder,)
    return (*own, Path.cwd())


def _opened(
    word: str | None, source: "Source | None", beside: tuple[Path, ...], *, verbose: bool
) -> "tuple[str, Plan]":
    """What a plan is called in the answer, and the plan."""
    from credit_plan.cli.data import announce
    from credit_plan.compare.revisions import find_repository
    from credit_plan.loader.reader import load

    if source is None:
        revision = word or ""
        with find_repository(beside).laid_out(revision) as laid_out:
            if verbose:
                announce(laid_out)
            return revision, _readable(load(laid_out, reports=False), revision)
    if verbose:
        announce(source)
        _say_if_ambiguous(word, beside)
    name = word or source.display(source.folder)
    return name, _readable(load(source, reports=False), name)


def _say_if_ambiguous(word: str | None, beside: tuple[Path, ...]) -> None:
    """Says of a word that is a folder and a revision too which was taken."""
    from credit_plan.cli.console import echo_err
    from credit_plan.compare.revisions import find_repository
    from credit_plan.errors import NoDataError
    from credit_plan.i18n import quote

    if word is None:
        return
    try:
        known = find_repository(beside).knows(word)
    except NoDataError:
        return
    if known:
        said = _("{name} is a folder, and also a revision ({revision}): the folder is taken")
        echo_err(said.format(name=quote(word), revision=f"{word}~0"))


def _readable(loaded: "Loaded", name: str) -> "Plan":
    """The plan of data that could be read, though it may break rules; how often it does is said.

    What differs is known all the same, and a plan of old need not keep the rules of today.
    Raises UnsoundPlanError where a file could not be read.
    """
    from credit_plan.cli.console import echo_err
    from credit_plan.cli.data import count_diagnostics, find_errors_in, refuse_unsound
    from credit_plan.rules import registry

    errors, draft = find_errors_in(loaded), loaded.draft
    if draft.unread or draft.metadata is None or draft.registry is None:
        raise refuse_unsound(errors)
    if errors:
        said = _("{plan} is compared as it is, though it is not sound: {counts}")
        echo_err(said.format(plan=name, counts=count_diagnostics(errors)))
    return registry.build_plan(draft)
