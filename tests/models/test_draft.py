"""The names of the files that records belong in."""

from __future__ import annotations

import pytest

from credit_plan.models.draft import progress_file, split_part


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("07.yaml", ("07.yaml", 1)),
        ("07-2.yaml", ("07.yaml", 2)),
        ("100-11.yaml", ("100.yaml", 11)),
        ("07-1.yaml", ("07-1.yaml", 1)),
        ("07-0.yaml", ("07-0.yaml", 1)),
        ("07-02.yaml", ("07-02.yaml", 1)),
        ("07-２.yaml", ("07-２.yaml", 1)),
        ("07-x.yaml", ("07-x.yaml", 1)),
        ("07-2-3.yaml", ("07-2.yaml", 3)),
        (f"07-{'9' * 5000}.yaml", (f"07-{'9' * 5000}.yaml", 1)),
    ],
)
def test_only_one_name_means_a_later_file_of_a_task(name: str, parts: tuple[str, int]) -> None:
    assert split_part(f"data/progress/{name}") == parts


@pytest.mark.parametrize(("task", "part"), [(7, 1), (7, 2), (14, 10), (100, 3)])
def test_the_name_of_a_progress_file_tells_its_task_and_its_part(task: int, part: int) -> None:
    assert split_part(progress_file(task, part)) == (progress_file(task, 1), part)
