"""What can be looked up: the rules, a rule's page, the schema of the files.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a command needs

from typing import Annotated

import typer

from credit_plan.cli import completion
from credit_plan.cli import options as o
from credit_plan.cli.console import print_answer, today, write_output
from credit_plan.i18n import _
from credit_plan.plan import RecordKind

RuleName = Annotated[
    str,
    typer.Argument(
        metavar="RULE",
        autocompletion=completion.complete_rule,
        help=_("A rule's name, as `check` shows it in brackets: unknown-unit."),
    ),
]
SchemaKind = Annotated[
    RecordKind,
    typer.Argument(
        help=_("Which files: those in measures/ or progress/, or another file of the plan.")
    ),
]


def rules(form: o.Format = None, output: o.Output = None) -> None:
    from credit_plan import formatters
    from credit_plan.questions import rules as question
    from credit_plan.rules.registry import RULES

    written_as = o.format_of(form, output, formatters.ANSWER_FORMATS)
    print_answer(question.answer(RULES, today()), written_as, output)


def explain(rule: RuleName) -> None:
    from credit_plan.rules.registry import find_rule

    it = find_rule(rule)
    write_output(f"{it.name} ({it.severity})\n\n{it.docs}\n")


def schema(
    kind: SchemaKind = RecordKind.MEASURES,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan.cli.data import unit_names
    from credit_plan.models.schema import schema_text

    names_units = kind in {RecordKind.MEASURES, RecordKind.PROGRESS}
    units = unit_names(data, verbose=verbose) if names_units else ()
    write_output(schema_text(kind, units), output, for_people=False)
