"""What to do where a merge of two branches has left a progress file that cannot be read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from credit_plan.diagnostics import Diagnostic
from credit_plan.i18n import _
from credit_plan.yaml.conflicts import split_sides


def advise_on_merges(diagnostics: Iterable[Diagnostic], text: str) -> Iterator[Diagnostic]:
    """Yield the diagnostics of a progress file with hints that keep the reports of both sides.

    git writes a line that two reports share only once. Whoever then deletes the markers of the
    conflict makes one report of two, with keys twice, or one that lacks keys.
    """
    for it in diagnostics:
        match it.rule, it.path:
            case "merge-conflict", _path:
                yield _advise_on_conflict(it, text)
            case "missing-key", (*_record, "recorded"):
                hint = _(
                    "add “recorded:” and its value; a merge may have left one line for two "
                    "reports: give each report its own"
                )
                yield replace(it, hint=hint)
            case "repeated-key", _path:
                hint = _(
                    "a merge may have made one report of two: begin the second with “- measure:”, "
                    "and give each report its own lines, “recorded” too"
                )
                yield replace(it, hint=hint)
            case _:
                yield it


def _advise_on_conflict(diagnostic: Diagnostic, text: str) -> Diagnostic:
    file = diagnostic.file
    if split_sides(text) is None:
        hint = _(
            "a marker of this conflict is missing; “git checkout --merge {file}” writes it anew, "
            "and “credit-plan fmt {file}” then keeps the reports of both sides"
        )
        return replace(diagnostic, hint=hint.format(file=file))
    hint = _(
        "run “credit-plan fmt {file}”, which keeps the reports of both sides, then “git add "
        "{file}” and “git commit”"
    )
    return replace(diagnostic, hint=hint.format(file=file), fixable=True)
