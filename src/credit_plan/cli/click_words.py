"""What Click and typer say themselves, in the language in use: both speak English only."""

import re
from contextlib import suppress
from functools import cache

from typer._click.exceptions import ClickException, NoArgsIsHelpError, UsageError

from credit_plan.i18n import ENGLISH, _, get_language, join_clauses, join_list, mark

_MESSAGES = (
    mark("Invalid value for {parameter} (env var: {variable}): {fault}"),
    mark("Invalid value for {parameter}: {fault}"),
    mark("Invalid value: {fault}"),
    mark("Missing argument {parameter}. Choose from:\n\t{choices}"),
    mark("Missing argument {parameter}."),
    mark("Missing option {parameter}. Choose from:\n\t{choices}"),
    mark("Missing option {parameter}."),
    mark("Missing command."),
    mark("No such command {name}. Did you mean {commands}?"),
    mark("No such command {name}."),
    mark("No such option: {option} (Possible options: {options})"),
    mark("No such option: {option}"),
    mark("Option {option} does not take a value."),
    mark("Option {option} requires an argument."),
    mark("Got unexpected extra argument(s) ({arguments})"),
    mark("{value} is not a valid integer."),
    mark("{value} is not a valid int range."),
    mark("{value} is not a valid boolean. Recognized values: {values}"),
    mark("{value} is not in the range {range}."),
    mark("{value} is not one of {choices}."),
    mark("Show this message and exit."),
    mark("Install completion for the current shell."),
    mark("Install completion for the specified shell."),
    mark("Show completion for the current shell, to copy it or customize the installation."),
    mark("Show completion for the specified shell, to copy it or customize the installation."),
    mark("env var: {variable}"),
    mark("default: {value}"),
    mark("required"),
    mark("{first}<=x<={last}"),
    mark("x>={first}"),
)
"""Whole messages; where several fit, the first one is meant."""

_INNER = ("fault", "range")
"""What in a message is a message of its own."""

_LISTS = ("parameter", "choices", "commands", "options")
"""What in a message may be several, with commas between them."""

_HEADINGS = (mark("Arguments"), mark("Options"))
_USAGE = (mark("[OPTIONS]"), mark("COMMAND [ARGS]..."))
_EXTRAS = re.compile(r"(?s)(.*?)(?:(  )?\[([^\[\]]*)\])?")
"""A description of a parameter, and in brackets its default and the like."""


def format_error(error: ClickException) -> str:
    """Return what is said about a wrong command line: its usage, where to read on, the error."""
    if isinstance(error, NoArgsIsHelpError):
        return error.format_message()
    message = _("Error: {message}").format(message=translate(error.format_message()))
    if not isinstance(error, UsageError) or error.ctx is None:
        return message
    hint = _("Try '{command} {option}' for help.")
    hint = hint.format(command=error.ctx.command_path, option=error.ctx.help_option_names[0])
    return f"{error.ctx.get_usage()}\n{hint}\n\n{message}"


def translate(message: str) -> str:
    """Return a message of Click; one that is none of them as it is."""
    if get_language() == ENGLISH:
        return message
    for known in _MESSAGES:
        # Most are no match by their first or last words, and a pattern takes long to compile.
        head, tail = known.partition("{")[0], known.rpartition("}")[2]
        is_alike = message.startswith(head) and message.endswith(tail)
        if is_alike and (match := _make_pattern(known).fullmatch(message)):
            values = {name: _unquote(name, it) for name, it in match.groupdict().items()}
            values |= {name: translate(match[name]) for name in _INNER if name in values}
            values |= {it: _join_anew(values[it]) for it in _LISTS if it in values}
            return _(known).format(**values)
    return message


def translate_description(text: str) -> str:
    """Return the description of a parameter, of which Click has added what is in brackets."""
    if get_language() == ENGLISH:
        return text
    words, gap, extras = re.fullmatch(_EXTRAS, text).groups()  # type: ignore[union-attr]  # any text
    if extras is None:
        return translate(text)
    shown = _("[{extras}]").format(extras=join_clauses(map(translate, extras.split("; "))))
    return f"{translate(words)}{gap or ''}{shown}"


def translate_heading(heading: str) -> str:
    """Return the heading of a list of parameters."""
    return _(heading) if heading in _HEADINGS else heading


def translate_usage(words: str) -> str:
    """Return what may be written behind the name of a command."""
    for known in _USAGE:
        words = words.replace(known, _(known))
    return words


def _join_anew(items: str) -> str:
    return join_list(re.split(r",\s+", items))


def _unquote(name: str, value: str) -> str:
    """Return a value without the quotes of Python that Click sets about it, or about its items."""
    if name == "arguments":
        return value  # as they were typed
    if value[:1] in {"'", '"'}:
        from ast import literal_eval  # noqa: PLC0415  only errors need it

        with suppress(ValueError, SyntaxError):
            if isinstance(typed := literal_eval(value), str):
                return typed
    return value.replace("'", "")


@cache
def _make_pattern(message: str) -> re.Pattern[str]:
    """Return a pattern that finds a message with any values, each a group.

    The name of a parameter ends at the first colon: what was typed may have more of them.
    """
    escaped = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(message))
    return re.compile(escaped.replace("(?P<parameter>.*)", "(?P<parameter>[^:]*)"), re.DOTALL)
