"""What can be looked up: the rules, a rule's page, the schema of the files.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a command needs

from credit_plan.cli import file_options as f
from credit_plan.cli import options as o
from credit_plan.cli.clock import today
from credit_plan.cli.stdio import put, screen
from credit_plan.terms import RecordKind


def rules(form: o.Format = None, output: o.Output = None) -> None:
    from credit_plan import render, report
    from credit_plan.cli.manuals import MANUALS

    written_as = o.format_of(form, output, render.REPORT_FORMATS)
    put(render.report(report.rules(MANUALS, today()), written_as, screen(output)), output)


def explain(rule: f.RuleName) -> None:
    from credit_plan.cli.manuals import manual

    it = manual(rule)
    put(f"{it.name} ({it.severity})\n\n{it.docs}\n")


def schema(
    kind: f.SchemaKind = RecordKind.MEASURES,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan.cli.plans import registered
    from credit_plan.model.schema import schema_text

    names_units = kind in {RecordKind.MEASURES, RecordKind.PROGRESS}
    units = registered(data, verbose=verbose) if names_units else ()
    put(schema_text(kind, units), output)
