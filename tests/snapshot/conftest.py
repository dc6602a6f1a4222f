"""A small plan with files of every kind, made of the real one, and a cache folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests.asked import ask, ask_cold
from tests.fuzz.bench import lay_out

ASKED = (("check", "--accepted"), ("list", "-f", "json"), ("history", "-f", "json"))
"""What is asked with the snapshot and without."""

LATER = timedelta(minutes=1)
"""After this time, a file that is written now can no longer be changed without a trace."""

_ACCEPTED = """\
accepted:
  - rule: half-width-mark
    ids: ["4.1"]
    quotes: ["3旁只印一次,按合并单元格"]
    reason: 抄录者的话，不改。
"""


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data of a small plan with three warnings, one accepted; no test changes it."""
    data = tmp_path_factory.mktemp("sound") / "data"
    lay_out(data)
    edit(data / "measures/04.yaml", "旁只印一次，", "旁只印一次,")
    (data / "accepted.yaml").write_text(_ACCEPTED, encoding="utf-8")
    return data


@pytest.fixture
def data(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of it, in the working folder."""
    data = tmp_path / "plan" / "data"
    shutil.copytree(sound, data)
    monkeypatch.chdir(data.parent)
    return data


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the snapshots of the test are, if there are any."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "credit-plan"


@pytest.fixture
def later() -> Iterator[None]:
    """Let the clock be so late that all files are old."""
    with time_machine.travel(datetime.now(UTC) + LATER):
        yield


def edit(path: Path, old: str, new: str) -> None:
    """Replace a passage of a file wherever it is."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def warm() -> None:
    """Have the snapshot written, and see that it answers: no file is read."""
    for words in ASKED:
        ask(*words)
    assert [ask(*words).read for words in ASKED] == [[]] * len(ASKED)


def assert_same(*questions: tuple[str, ...]) -> None:
    """Assert that each answer is the same with the snapshot, before it is renewed and after."""
    for words in questions or ASKED:
        cold = ask_cold(*words)
        assert (ask(*words).outcome, ask(*words).outcome) == (cold, cold), words


def change(by: Callable[[], object]) -> None:
    """Warm the snapshot, make a change that changes an answer, and assert that it is seen."""
    warm()
    before = [ask(*words).outcome for words in ASKED]
    by()
    assert_same()
    assert [ask(*words).outcome for words in ASKED] != before
