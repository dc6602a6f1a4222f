"""How shells are given candidates that do not begin with what was typed: 市住建局 for zj.

Typer leaves it to each shell, and each does something else: bash puts what all candidates begin
with in the place of what was typed, zsh and fish drop a candidate that is not like it.
"""

import os
import shlex
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

from typer import _completion_classes as shells
from typer._click.shell_completion import CompletionItem

from credit_plan.cli.completion import fold_typed, list_spellings
from credit_plan.text import to_simplified

_LISTING = "63"
"""COMP_TYPE, the code of `?`, where bash only lists the candidates and inserts none."""


def adapt_shells() -> None:
    """Let typer tell bash, zsh and fish what each understands."""
    script = shells.BashComplete.source_template
    shells.BashComplete.source_template = script.replace(
        "COMP_CWORD=$COMP_CWORD",
        "COMP_CWORD=$COMP_CWORD \\\n                   COMP_TYPE=$COMP_TYPE",
    )
    _replace_complete(shells.BashComplete, _complete_bash)
    _replace_complete(shells.ZshComplete, _complete_zsh)
    _replace_complete(shells.FishComplete, _complete_fish)


def _replace_complete(
    shell: Any,  # noqa: ANN401  typer's own classes, which are no public names
    write: Callable[[str, Sequence[CompletionItem]], str | None],
) -> None:
    """Let a shell be told what `write` returns; what typer does where it returns None."""
    as_usual = shell.complete

    def complete(self: Any) -> str:  # noqa: ANN401  as above
        args, typed = self.get_completion_args()
        items = self.get_completions(args, typed)
        text = write(typed, items) if items else None
        return as_usual(self) if text is None else text

    shell.complete = complete


def _complete_bash(typed: str, items: Sequence[CompletionItem]) -> str:
    """Return the values, with their descriptions where bash only lists them."""
    values = [it.value for it in items]
    if os.environ.get("COMP_TYPE") == _LISTING and len(values) > 1:
        return "\n".join(f"{it.value}  {it.help}" if it.help else it.value for it in items)
    # With what was typed among them, candidates begin with nothing that would take its place.
    return "\n".join([*values, typed] if _would_be_lost(typed, values) else values)


def _complete_zsh(typed: str, items: Sequence[CompletionItem]) -> str | None:
    """Return the command that adds the values, where zsh would not take them for what was typed."""
    values = [it.value for it in items]
    # `--unit=住建` is one word to zsh, of which the value is only a part.
    if typed.startswith("-") or any(it.startswith(typed) for it in values):
        return None
    shown = shlex.join(f"{it.value}  {it.help}" if it.help else it.value for it in items)
    command = f"local -a shown; shown=({shown}); compadd -U -l -d shown -- {shlex.join(values)}"
    if _would_be_lost(typed, values):
        command += "; compstate[insert]=; compstate[list]=list"
    return command


def _complete_fish(typed: str, items: Sequence[CompletionItem]) -> str | None:
    """Return the values; for what was typed in pinyin, all of it, which means the same unit.

    Fish drops what does not have the characters that were typed, in their order.
    """
    if (
        not (typed.isascii() and typed.isalpha())
        or os.environ["_TYPER_COMPLETE_FISH_ACTION"] != "get-args"
    ):
        return None
    lines = [
        f"{min(words, key=len)}\t{it.value}"
        for it in items
        if (words := [word for word in list_spellings(it.value) if _has_in_order(word, typed)])
    ]
    return "\n".join(lines) or None


def _would_be_lost(typed: str, values: Sequence[str]) -> bool:
    """Return whether a shell would replace what was typed by less."""
    begun = "".join(same[0] for same in takewhile(_are_same, zip(*values, strict=False)))
    meant = fold_typed(typed)
    return (
        bool(typed) and len(values) > 1 and meant not in begun and to_simplified(meant) not in begun
    )


def _are_same(characters: Sequence[str]) -> bool:
    return len({*characters}) == 1


def _has_in_order(word: str, typed: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in typed)
