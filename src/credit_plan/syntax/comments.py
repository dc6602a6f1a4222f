"""Finds sentences that lose their end to a comment.

In YAML ` #` begins a comment. Behind a figure or a name that is what was meant; behind a
sentence it is most likely a part of the sentence, which would be lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from credit_plan.diagnostic import Diagnostic
from credit_plan.language import _
from credit_plan.syntax.fault import error_at

_SENTENCES: Final = frozenset({"task", "text", "target", "note", "title"})


def swallowed(root: Node, text: str) -> Iterator[Diagnostic]:
    """A fault for each sentence without quotes that a comment follows on its line."""
    if " #" not in text:
        return
    lines = text.split("\n")
    for sentence in _sentences(root):
        end = sentence.end_mark
        rest = lines[end.line][end.column :]
        if rest.lstrip().startswith("#"):
            yield error_at(
                "comment-in-text",
                end.line + 1,
                end.column + len(rest) - len(rest.lstrip()) + 1,
                _("what stands from here on is a comment, and no part of the text before it"),
                _("put the whole text in quotes; a comment goes on a line of its own"),
            )


def _sentences(node: Node) -> Iterator[ScalarNode]:
    """The values of the keys that hold sentences, as far as they stand without quotes."""
    if isinstance(node, SequenceNode):
        for entry in node.value:
            yield from _sentences(entry)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if not isinstance(value, ScalarNode):
                yield from _sentences(value)
            elif key.value in _SENTENCES and value.value and not value.style:
                yield value
