"""The command `check`: is the data sound, and if not, which line and why.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a check needs

import typer

from credit_plan.cli import options as o
from credit_plan.cli.clock import today
from credit_plan.cli.exits import ExitCode
from credit_plan.cli.stdio import put
from credit_plan.language import _


def check(
    form: o.CheckFormat = o.TEXT,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan import render
    from credit_plan.cli.plans import counted, examined, held
    from credit_plan.diagnostic import Severity

    loaded, found = examined(data, verbose=verbose)
    closing = _("{held}: {findings}").format(held=held(loaded.draft), findings=counted(found))
    put(render.diagnostics(found, form, today(), closing), output)
    if any(it.severity is Severity.ERROR for it in found):
        raise typer.Exit(ExitCode.UNSOUND)
