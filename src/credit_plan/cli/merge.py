"""The command `merge`, by which git merges the reports of two branches: a merge driver.

Where it fails, OURS stays as it is, for which git would show no conflict; what runs then is in
`cli.repository.DRIVER`.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what this needs

from pathlib import Path
from typing import Annotated

import typer

from credit_plan.cli.console import echo_err
from credit_plan.errors import UnsoundPlanError
from credit_plan.i18n import _

Base = Annotated[
    Path,
    typer.Argument(metavar=_("BASE"), readable=False, help=_("What both branches began from.")),
]
Ours = Annotated[
    Path, typer.Argument(metavar=_("OURS"), readable=False, help=_("Our side, which is replaced."))
]
Theirs = Annotated[
    Path, typer.Argument(metavar=_("THEIRS"), readable=False, help=_("The other side."))
]


def merge(base: Base, ours: Ours, theirs: Theirs) -> None:
    from credit_plan.formatting.reports import find_excess, merge_reports
    from credit_plan.storage.writer import replace_files
    from credit_plan.yaml.errors import UnreadableError

    old, saved, new = (path.read_bytes() for path in (base, ours, theirs))
    try:
        merged = merge_reports(old, saved, new)
    except UnreadableError as error:
        message = _("these reports cannot be merged one by one: {side}, line {line}: {why}")
        it = error.diagnostic
        why = message.format(side=it.file, line=it.line, why=it.message)
        raise UnsoundPlanError(why) from None
    replace_files({ours: merged}, {ours: saved})
    if excess := find_excess(merged):
        message = _(
            "all reports of both sides are kept, but the merged file is too large to be read: "
            "{excess}. Move its last reports to the next file, such as 14-2.yaml after 14.yaml: "
            "before the reports there, or into a new file, below a line “entries:”"
        )
        echo_err(message.format(excess=excess))
