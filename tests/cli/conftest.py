"""The tests of the real command run in both languages, except where they quote what it says."""

from __future__ import annotations

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let `run` speak Chinese as well, unless a test is marked as `english`."""
    if "run" in metafunc.fixturenames and not metafunc.definition.get_closest_marker("english"):
        metafunc.parametrize("run", ["en", "zh"], indirect=True, scope="session")
