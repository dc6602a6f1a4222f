"""How dates are read: a file's, and the plan's own words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_plan import dates

DAYS = st.dates(min_value=date(1000, 1, 1))


@given(DAYS)
def test_every_iso_day_is_read(day: date) -> None:
    assert dates.parse_iso(day.isoformat()) == day


@pytest.mark.parametrize("text", ["2023-12", "2023", "2023年底", "2023-1-5", "2023-12-31 ", ""])
def test_a_file_writes_dates_in_one_way(text: str) -> None:
    with pytest.raises(dates.NotADateError):
        dates.parse_iso(text)
