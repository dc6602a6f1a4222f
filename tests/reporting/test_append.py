"""Entries at the end of a file of progress: what stood there stays, byte for byte."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml.nodes import MappingNode

from credit_plan.formatting.canonical import format_text
from credit_plan.loader.files import MAX_BYTES
from credit_plan.models.progress import Entry, Progress
from credit_plan.models.validation import dump_record, validate_record
from credit_plan.reporting.append import EMPTY_FILE, append_entries
from credit_plan.yaml.nodes import MAX_VALUES, count_values
from credit_plan.yaml.parse import parse_bytes
from tests.scrawl import Data, scrawled

STAMP = "2024-01-05T09:30:00+08:00"
ENTRY = validate_record(
    Entry,
    {
        "measure": "3.1",
        "on": "2023-12-31",
        "unit": "人民银行",
        "status": "in-progress",
        "recorded": STAMP,
    },
)
OWN = """- measure: "3.1"
  on: 2023-12-31
  unit: 人民银行
  status: in-progress
  recorded: 2024-01-05T09:30:00+08:00
"""
FLOW = (
    "{measure: '3.1', on: 2023-12-31, unit: 人民银行, status: done, "
    "recorded: 2024-01-05T09:30:00+08:00}"
)

signs = st.characters(exclude_categories=["Cs"])
remarks = st.one_of(
    st.text(signs, min_size=1).filter(str.strip),
    st.sampled_from(
        ["进展： 顺利", "#1", "- 一", "行一\n行二", "“好”，by：甲", "𠮷", "null", "\ufeff"]
    ),
)
figures = st.decimals(-9999, 9999, places=3).map(lambda it: f"{it:f}")
pieces = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["3.1", "1.10", "13", "79.1-4"]),
        "on": st.dates().map(str),
        "unit": st.sampled_from(["市住建局", "市财政局(市国资办)"]),
        "status": st.sampled_from(["not-started", "in-progress", "done", "blocked"]),
        "recorded": st.just(STAMP),
    },
    optional={
        "due": st.one_of(
            st.dates().map(str), st.sampled_from(["2023", "2023H1", "2023Q1", "2023-03"])
        ),
        "values": st.dictionaries(
            st.sampled_from(["ranking", "credit-granted"]), figures, min_size=1
        ),
        "note": remarks,
        "evidence": st.lists(
            st.one_of(
                st.just({"url": "https://example.org/a?b={c},d#e"}),
                st.fixed_dictionaries({"file": remarks, "sha256": st.just("0a" * 32)}),
            ),
            min_size=1,
            max_size=3,
        ),
    },
)
"""The data of an entry, as a file has it."""


def plain(text: str) -> bool:
    """Whether a text can stand in the files that the tests write by a careless hand."""
    return text.isprintable() and "  " not in text and text.lower() != "null"


def held_by(saved: bytes) -> tuple[Entry, ...]:
    """Return what a file says, as the loader reads it; nothing where it has faults."""
    parsed = parse_bytes(saved)
    return () if parsed.diagnostics else validate_record(Progress, parsed.data).entries


def is_a_list_of_lines(root: MappingNode | None) -> bool:
    return root is not None and not root.flow_style and not root.value[0][1].flow_style


@given(st.lists(pieces, min_size=1, max_size=3))
def test_a_new_file_holds_the_entries_in_its_form(entries: list[Data]) -> None:
    made = tuple(validate_record(Entry, entry) for entry in entries)
    appended = append_entries(EMPTY_FILE, (), made)
    assert appended is not None, "whatever marks its texts hold (attack X4)"
    content, parsed = appended
    assert validate_record(Progress, parse_bytes(content).data).entries == made
    assert format_text(parsed, Progress).encode() == content


@settings(max_examples=300)
@given(st.lists(pieces, min_size=1, max_size=3), pieces, st.integers(0, 2**32))
def test_what_a_file_held_stays_and_the_entry_is_behind_it(
    held: list[Data], entry: Data, seed: int
) -> None:
    for one in (*held, entry):
        one["note"] = one["note"] if plain(one.get("note", "\n")) else "说明"
        for shown in one.get("evidence", ()):
            shown.update({"file": "佐证.pdf"} if "file" in shown else {})
    chance = Random(seed)
    saved = scrawled({"entries": held}, chance, commented=True).content
    if chance.random() < 0.3:
        saved = saved.removesuffix(b"\n").removesuffix(b"\r")
    before = parse_bytes(saved)
    old = [validate_record(Entry, one) for one in held]
    appended = append_entries(saved, old, [validate_record(Entry, entry)])
    if appended is None:
        scalar_at_end = before.text.rstrip(" ")[-1:] != "\n" and (
            "|" in before.text or ">" in before.text
        )
        assert before.diagnostics or not is_a_list_of_lines(before.root) or scalar_at_end
        return
    after, parsed = appended
    assert after.startswith(saved)
    assert (b"\r\n" in saved) == (b"\r\n" in after)
    again = parse_bytes(after)
    assert (parsed.text, parsed.data) == (again.text, again.data)
    assert again.diagnostics == ()
    assert again.data["entries"][:-1] == before.data["entries"]
    assert validate_record(Entry, again.data["entries"][-1]) == validate_record(Entry, entry)


@pytest.mark.parametrize(
    ("saved", "added"),
    [
        (f"entries:\n- {FLOW}\n", OWN),
        (
            f"entries:\n    - {FLOW}",
            "\n" + OWN.replace("- m", "    - m").replace("\n  ", "\n      "),
        ),
        (f"entries:\n-\n    {FLOW}\n- {FLOW}\n", OWN),
        (f"# - 注\nentries:\n{OWN}  evidence:\n      - {{url: 'https://a.cn'}}\n", OWN),
        (f"entries:\n{OWN}  note: |\n    - 一\n\n# 完\n", OWN),
        (f"entries:\n{OWN.rstrip()}  # 注\n  # 完", "\n" + OWN),
        (f"\ufeffentries:\r\n- {FLOW}\r\n", OWN.replace("\n", "\r\n")),
        (f"entries:\r\n- {FLOW}", ("\n" + OWN).replace("\n", "\r\n")),
    ],
)
def test_the_list_is_followed_in_its_margin_and_its_line_ends(saved: str, added: str) -> None:
    old = held_by(saved.encode())
    assert old
    appended = append_entries(saved.encode(), old, [ENTRY])
    assert appended is not None
    assert appended[0] == (saved + added).encode()


@pytest.mark.parametrize(
    "saved",
    [
        f"{{entries: [{FLOW}]}}\n",
        f"entries: [{FLOW}]\n",
        f"entries:\n- {FLOW}\n...\n",
        f"entries:\n{OWN}  note: |\n    without an end",
        "entries:\n- measure： 1\n",
        "entries:\n- measure: '1'\n  measure: '2'\n",
        "# nothing\n",
        "",
    ],
)
def test_what_cannot_take_a_line_at_its_end_is_not_touched(saved: str) -> None:
    assert append_entries(saved.encode(), held_by(saved.encode()), [ENTRY]) is None


def test_another_key_than_the_entries_is_not_touched() -> None:
    saved = f"entries:\n- {FLOW}\nother: 2\n".encode()
    assert append_entries(saved, [ENTRY], [ENTRY]) is None


def test_a_file_that_says_something_else_than_was_read_is_not_touched() -> None:
    saved = f"entries:\n- {FLOW}\n".encode()
    (done,) = held_by(saved)
    for old in ([ENTRY], [done, done], []):
        assert append_entries(saved, old, [ENTRY]) is None
    assert append_entries(saved, [done], [ENTRY]) is not None


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_file_in_another_encoding_is_not_touched(encoding: str) -> None:
    saved = f"entries:\n{OWN}".encode(encoding)
    assert append_entries(saved, [ENTRY], [ENTRY]) is None


def test_several_entries_keep_their_order() -> None:
    days = ("2023-01-31", "2022-12-31")
    made = [validate_record(Entry, dump_record(ENTRY) | {"on": it}) for it in days]
    appended = append_entries(EMPTY_FILE, (), made)
    assert appended is not None
    content, _parsed = appended
    assert [it["on"] for it in parse_bytes(content).data["entries"]] == [*days]
    assert content.startswith(EMPTY_FILE)


@pytest.mark.parametrize(("spare", "is_added"), [(1, True), (0, True), (-1, False)])
def test_a_file_is_filled_to_the_last_byte_that_is_read(spare: int, is_added: bool) -> None:
    """What is added stays within the size that the loader reads (attack X6)."""
    new = "".join(f"  {line}\n" for line in OWN.splitlines())
    held = EMPTY_FILE + new.encode()
    saved = b"#" * (MAX_BYTES - len(held + new.encode()) - spare - 1) + b"\n" + held
    appended = append_entries(saved, [ENTRY], [ENTRY])
    assert appended is not None
    assert appended[0] == (saved + new.encode() if is_added else saved)


@pytest.mark.parametrize("spare", [12, 11, 10, 0])
def test_a_file_is_filled_to_the_last_value_that_is_read(spare: int) -> None:
    """The values are counted as the reader counts them, which takes exactly as many (attack X6)."""
    noted = OWN.replace("  recorded", "  note: 注\n  recorded")
    assert (count_values(OWN) - 1, count_values(noted) - 1) == (11, 13)
    values = MAX_VALUES - count_values("entries: []") - spare
    with_notes = next(it for it in range(11) if (values - 13 * it) % 11 == 0)
    saved = f"entries:\n{noted * with_notes}{OWN * ((values - 13 * with_notes) // 11)}".encode()
    old = held_by(saved)
    assert count_values(saved.decode()) == MAX_VALUES - spare
    appended = append_entries(saved, old, [ENTRY, ENTRY])
    assert appended is not None
    assert appended[0] == saved + OWN.encode() * (spare >= 11)
    (diagnostic,) = parse_bytes(appended[0] + OWN.encode()).diagnostics
    assert diagnostic.message == "the file has more than 20000 values"


def test_entries_are_added_in_order_as_far_as_there_is_room() -> None:
    """1,539 reports with notes are one too many for a file, and were a traceback (attack X6)."""
    data = dump_record(ENTRY)
    made = [validate_record(Entry, data | {"note": f"第{number}次"}) for number in range(1539)]
    appended = append_entries(EMPTY_FILE, (), made)
    assert appended is not None
    assert held_by(appended[0]) == tuple(made[:1538])
