"""Writes down what `check` shows of every bad example today: `make snapshots`.

Read the difference before it is committed: what changed is what people will see.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.test_examples import BAD, SHOWN, shown


def main() -> None:
    """Lays out each example in a folder of its own, and keeps what is shown of it."""
    for example in BAD:
        with tempfile.TemporaryDirectory() as place:
            os.chdir(place)
            text = shown(example, Path(place).resolve())
            (example / SHOWN).write_text(text, encoding="utf-8")
        os.chdir(Path(__file__).parent)


if __name__ == "__main__":
    main()
