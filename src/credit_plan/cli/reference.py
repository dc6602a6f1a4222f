"""What can be looked up: the rules, a rule's page, the schema of the files.

Typer reads these annotations when the program runs: this module cannot postpone them.
"""

# ruff: noqa: PLC0415  --help and completion need none of what a command needs

from typing import Annotated, Any

import typer
from typer._click.exceptions import UsageError

from credit_plan.cli import completion
from credit_plan.cli import options as o
from credit_plan.cli.console import detect_screen, print_answer, today, write_output
from credit_plan.i18n import _, join_list, quote
from credit_plan.plan import RecordKind

_WIDEST_PAGE = 100
"""Cells; a longer line of prose is hard to read."""

RuleName = Annotated[
    str,
    typer.Argument(
        metavar=_("RULE"),
        click_type=completion.Offering(completion.complete_rule),
        help=_("A rule's name, as `check` shows it in brackets: unknown-unit."),
    ),
]
SchemaKind = Annotated[
    RecordKind,
    typer.Argument(
        metavar=_("[KIND]"), help=_("Which files: {kinds}.").format(kinds=join_list(RecordKind))
    ),
]


def _complete_command(ctx: typer.Context, incomplete: str) -> list[str]:
    group: Any = ctx.find_root().command
    return [name for name in group.list_commands(ctx) if name.startswith(incomplete)]


CommandName = Annotated[
    str | None,
    typer.Argument(
        metavar=_("[COMMAND]"),
        autocompletion=_complete_command,
        help=_("The command; without it, all of them."),
    ),
]


def show_help(ctx: typer.Context, command: CommandName = None) -> None:
    context: Any = ctx.find_root()
    if command is not None:
        name, found = _find_command(context, command)
        context = found.make_context(name, [], parent=context, resilient_parsing=True)
    write_output(f"{context.get_help()}\n")


def _find_command(context: Any, word: str) -> tuple[str, Any]:  # noqa: ANN401  typer's own
    """Return a command and its name; raise UsageError with what else may be meant, or with all."""
    try:
        name, found, _rest = context.command.resolve_command(context, [word])
    except UsageError as error:
        raise UsageError(_explain_unknown(word) or error.message, error.ctx) from None
    return name, found


def _explain_unknown(word: str) -> str:
    """Return what there is instead of a command; "" where the group itself proposes one."""
    from credit_plan.cli.app import COMMANDS, find_near_commands
    from credit_plan.rules.registry import RULES

    if word in {rule.name for rule in RULES}:
        message = _("{word} is a rule, and no command: “credit-plan explain {word}” shows its page")
        return message.format(word=word)
    if find_near_commands(word.lower()):
        return ""
    names = join_list(name for name, _run, _help in COMMANDS)
    return _("No command is called {word}. There are: {names}").format(
        word=quote(word), names=names
    )


def rules(form: o.Format = None, output: o.Output = None, keys: o.Keys = False) -> None:
    from credit_plan import formatters
    from credit_plan.questions import rules as question
    from credit_plan.rules.registry import RULES

    written_as = o.format_of(form, output, formatters.ANSWER_FORMATS)
    if keys:
        o.refuse_keys(written_as)
    answer = question.answer(RULES, today())._replace(has_keys=keys)
    print_answer(answer, written_as, output)


def explain(rule: RuleName) -> None:
    from credit_plan.diagnostics import SEVERITY_NAMES
    from credit_plan.formatters.fold import fold_page
    from credit_plan.rules.registry import find_rule

    it = find_rule(rule)
    title = _("{rule} ({severity})").format(rule=it.name, severity=SEVERITY_NAMES[it.severity])
    page, width = f"{title}\n\n{it.page}", detect_screen(None).width
    if width is not None:
        page = fold_page(page, min(width, _WIDEST_PAGE))
    write_output(f"{page}\n")


def schema(
    kind: SchemaKind = RecordKind.MEASURES,
    output: o.Output = None,
    data: o.Data = None,
    verbose: o.Verbose = False,
) -> None:
    from credit_plan.cli.data import load_with_units
    from credit_plan.models.schema import schema_text

    names_units = kind in {RecordKind.MEASURES, RecordKind.PROGRESS}
    draft = load_with_units(data, verbose=verbose) if names_units else None
    write_output(schema_text(kind, draft), output, for_people=False)
