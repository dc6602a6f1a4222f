"""Every YAML file in the data folder is one that is read.

A file with another name than the program looks for would be edited, committed and never noticed.

    data/measures/07.yml
    data/measures/07 (copy).yaml.txt

Nor is a folder read that goes by nearly the name of one that is (`Progress`), or that holds files
named like tasks.

Mend it by renaming the file (`07.yaml`) or by moving it elsewhere. Files whose names begin with
a dot are left alone, and so are `Thumbs.db` and `desktop.ini` of Windows.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "stray-file"
SEVERITY: Final = Severity.ERROR
