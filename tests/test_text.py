"""Text: numerals."""

from __future__ import annotations

from credit_plan.text import format_numeral, parse_numeral


def test_a_numeral_is_read_as_it_is_written() -> None:
    assert [format_numeral(it) for it in (1, 4, 10, 11, 20, 23)] == [
        "一",
        "四",
        "十",
        "十一",
        "二十",
        "二十三",
    ]
    assert all(parse_numeral(format_numeral(number)) == number for number in range(1, 100))
