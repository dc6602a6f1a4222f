"""A task file is named by the number of its task.

People find a row of the table by its file, and two files cannot then hold the same row.

    measures/07.yaml:  id: 8

Mend it by giving the file the number of its task (`08.yaml`), or the task the number of its
file, whichever the published table says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from credit_plan.diagnostic import Finding
from credit_plan.language import _
from credit_plan.model import Draft

NAME: Final = "file-name"


def find(draft: Draft) -> Iterator[Finding]:
    """A finding for each file whose name is not the number of its task in two digits.

    Where another file has that name, the two have one id, which is a fault of its own.
    """
    taken = {PurePosixPath(filed.file).name for filed in draft.tasks}
    for filed in draft.tasks:
        name = PurePosixPath(filed.file).name
        expected = f"{filed.record.id:02}.yaml"
        if name != expected and expected not in taken:
            yield Finding(
                NAME,
                filed.file,
                ("id",),
                _("the id is {id}, but the file is named {name}").format(
                    id=filed.record.id, name=name
                ),
                _("task {id} belongs in {expected}").format(id=filed.record.id, expected=expected),
            )
