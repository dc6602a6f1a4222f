"""The command `diff`: what differs between two plans, each a folder or a git revision.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a comparison needs

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_plan.cli import options as o
from credit_plan.language import _

if TYPE_CHECKING:
    from credit_plan.load.folder import Loaded
    from credit_plan.load.locate import Source
    from credit_plan.model import Plan

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
    from credit_plan import render
    from credit_plan.cli.clock import today
    from credit_plan.cli.stdio import put, say, screen
    from credit_plan.load.locate import find
    from credit_plan.query.changes import compare
    from credit_plan.report.changes import changes

    written_as = o.format_of(form, output, render.REPORT_FORMATS)
    is_now = find(data) if new is None else _folder(new)
    if is_now and is_now.bundled:
        say(_("There is no plan here: this is the copy that came with the program."))
    beside = _beside(is_now, data)
    was_called, was = _opened(old, _folder(old), beside, verbose=verbose)
    is_called, now = _opened(new, is_now, beside, verbose=verbose)
    answer = changes(compare(was, now), was_called, is_called, today())
    put(render.report(answer, written_as, screen(output)), output)
    for remark in answer.remarks:
        say(remark)


def _folder(word: str) -> "Source | None":
    """The data in the folder of this name; None where there is none, and a revision is meant."""
    from credit_plan.load.locate import find

    # No OSError for a name that no folder could have.
    return find(Path(word)) if os.path.isdir(word) else None  # noqa: PTH112


def _beside(source: "Source | None", data: Path | None) -> tuple[Path, ...]:
    """Where the repository is that a revision is of: with the data, or else the working folder."""
    from credit_plan.errors import NoDataError
    from credit_plan.load.locate import find

    if source is None:
        try:
            source = find(data)
        except NoDataError:
            if data is not None:
                raise
    own = () if source is None or source.bundled else (source.folder,)
    return (*own, Path.cwd())


def _opened(
    word: str | None, source: "Source | None", beside: tuple[Path, ...], *, verbose: bool
) -> "tuple[str, Plan]":
    """What a plan is called in the answer, and the plan."""
    from credit_plan.cli.plans import announce
    from credit_plan.cli.revisions import repository
    from credit_plan.load.folder import read

    if source is None:
        revision = word or ""
        with repository(beside).laid_out(revision) as laid_out:
            if verbose:
                announce(laid_out)
            return revision, _readable(read(laid_out, reports=False), revision)
    if verbose:
        announce(source)
        _say_if_ambiguous(word, beside)
    name = word or source.shown(source.folder)
    return name, _readable(read(source, reports=False), name)


def _say_if_ambiguous(word: str | None, beside: tuple[Path, ...]) -> None:
    """Says of a word that is a folder and a revision too which was taken."""
    from credit_plan.cli.revisions import repository
    from credit_plan.cli.stdio import say
    from credit_plan.errors import NoDataError
    from credit_plan.language import quoted

    if word is None:
        return
    try:
        known = repository(beside).knows(word)
    except NoDataError:
        return
    if known:
        said = _("{name} is a folder, and also a revision ({revision}): the folder is taken")
        say(said.format(name=quoted(word), revision=f"{word}~0"))


def _readable(loaded: "Loaded", name: str) -> "Plan":
    """The plan of data that could be read, though it may break rules; how often it does is said.

    What differs is known all the same, and a plan of old need not keep the rules of today.
    Raises UnsoundPlanError where a file could not be read.
    """
    from credit_plan import check
    from credit_plan.cli.plans import counted, errors_in, refused
    from credit_plan.cli.stdio import say

    errors, draft = errors_in(loaded), loaded.draft
    if draft.unread or draft.facts is None or draft.registry is None:
        raise refused(errors)
    if errors:
        said = _("{plan} is compared as it is, though it is not sound: {counts}")
        say(said.format(plan=name, counts=counted(errors)))
    return check.plan(draft)
