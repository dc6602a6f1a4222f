"""A workspace made by `init` with the story's reports, and its plan; no test changes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from credit_plan.plan import Plan
from tests.conftest import Run
from tests.story import plan_of, tell


@pytest.fixture(scope="session")
def workspace(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("story") / "workspace"
    made = run("init", str(folder))
    assert made.code == 0, made.err
    tell(folder)
    return folder


@pytest.fixture(scope="session")
def told(workspace: Path) -> Plan:
    return plan_of(workspace)
