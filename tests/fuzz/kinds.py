"""The kinds of attack, each with how a case is drawn and how it is judged."""

from __future__ import annotations

from tests.fuzz import (
    agreement,
    commands,
    differential,
    form,
    intake,
    mutations,
    reading,
    sheets,
)
from tests.fuzz.attack import Kind

KINDS = (
    Kind("bytes", mutations.draw_bytes, reading.judge),
    Kind("tree", mutations.draw_tree, reading.judge),
    Kind("fmt", form.draw, form.judge),
    Kind("differential", differential.draw, differential.judge),
    Kind("csv", sheets.draw_sheet, intake.judge),
    Kind("json", sheets.draw_json, intake.judge),
    Kind("agreement", agreement.draw, agreement.judge),
    Kind("commands", commands.draw, commands.judge),
)
