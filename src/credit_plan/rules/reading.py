"""The rules of reading a file: `yaml` and `loader` apply them and name them in diagnostics.

This module has only their manual pages.
"""

from credit_plan.diagnostics import Rule, Severity


def _rule(name: str, docs: str) -> Rule:
    return Rule(name, Severity.ERROR, docs.strip())


READING = (
    _rule(
        "not-utf-8",
        """
Every file is saved in the encoding UTF-8.

Older editors on Chinese Windows save files in GBK, which they call ANSI, and Notepad may save them
in UTF-16. Other programs then show garbled text (乱码) or reject the file.

    name: ��ס����

To fix it, run `credit-plan fmt FILE`, which converts GBK and UTF-16 to UTF-8, or save the file as
UTF-8 in your editor: in Notepad, choose 另存为 and 编码: UTF-8. A byte order mark at the beginning
is allowed.
""",
    ),
    _rule(
        "merge-conflict",
        """
No file contains an unresolved merge conflict.

If two people change the same lines, git writes both versions into the file, and a person has to
choose one. In `progress/`, each version holds reports of its own, and all of them stay.

    <<<<<<< HEAD
    lead: [市住建局]
    =======
    lead: [市公安局]
    >>>>>>> branch

To fix it, keep the right version, and delete the other one and the three lines with markers. For a
file in `progress/`, run `credit-plan fmt FILE`, which keeps the reports of both sides.
""",
    ),
    _rule(
        "full-width-mark",
        """
Keys, values and entries are separated by the half-width marks of an English keyboard.

YAML knows the marks `:`, `,`, `-`, spaces and quotes of an English keyboard. The full-width marks
of a Chinese keyboard look nearly the same, but YAML reads them as letters of a text.

    lead：[市住建局]
    deadline: {text: 2025年底前，by: 2025-12-31}

To fix it, type the mark again in English mode, followed by a space, or run `credit-plan fmt FILE`.
Inside a Chinese text, full-width marks are correct.
""",
    ),
    _rule(
        "unreadable-yaml",
        """
Every file is valid YAML and contains one record of keys and values.

    lead: [市住建局
    text: 原则: 公开

Common mistakes are:

- quotes or brackets that are not closed
- a tab in the indentation, or a line that is not aligned with the lines that it belongs to
- a colon followed by a space in a text without quotes
- a text that starts with a special character of YAML, such as `*`, `&`, `!`, `%` or `@`
- an empty file, or two records in one file with the line `---` between them
- a control character that was copied from another program

Anchors, aliases and tags (`&a`, `*a`, `!!str`) are parts of YAML that are not allowed here.

To fix it, look at the position that the caret marks; the line above may be the cause. Put a text
that contains special characters of YAML in quotes: `text: "原则: 公开"`.
""",
    ),
    _rule(
        "repeated-key",
        """
No key is repeated in a record.

Of two values, YAML would keep the last one and silently drop the other.

    lead: [市住建局]
    lead: [市公安局]

If several keys in a row are repeated, the line that starts a new entry (`- number: "2"`) was lost,
and two entries became one.

To fix it, keep one of the keys, or restore the lost line. Put several units into one list:
`lead: [市住建局, 市公安局]`. In `progress/`, a merge may have made one report of two: git writes a
line that both share only once. Give each report all of its lines.
""",
    ),
    _rule(
        "comment-in-text",
        """
No text is cut off by a comment.

In YAML, a `#` after a space starts a comment. After a text without quotes, it is most likely part
of the text, and everything from there on would silently be lost.

    text: 完成第 #3 号平台建设

To fix it, put the whole text in quotes. Write a comment on a line of its own.
""",
    ),
    _rule(
        "missing-file",
        """
The files that every plan needs are there: `plan.yaml` and `units.yaml`.

Without them, the program does not know how many tasks the published table has, or which units there
are.

    data/units.yaml -> units-old.yaml      (a link to a file that does not exist)

To fix it, restore the file, for example with `git restore data/units.yaml`.
""",
    ),
    _rule(
        "unreadable-file",
        """
Every file of the plan is a regular file inside the data folder, at most 1 MiB, that you may read.

Anything else is reported and not read: a folder in the place of a file or a file in the place of a
folder, a pipe, a link to a place outside the data folder, a file without read permission or larger
than 1 MiB.

    data/measures/07.yaml -> /tmp/07.yaml

To fix it, put the file itself in its place, or ask for permission to read it.
""",
    ),
    _rule(
        "stray-file",
        """
Every YAML file in the data folder has a name by which the program finds it.

A file with another name would be edited and committed without any effect.

    data/measures/07.yml
    data/measures/07 (copy).yaml.txt

The same is true of a folder whose name is nearly right (`Progress`), and of any other folder with
files that are named like tasks.

To fix it, rename the file (`07.yaml`) or move it elsewhere. Files whose names start with a dot are
ignored, and so are `Thumbs.db` and `desktop.ini` of Windows.
""",
    ),
    _rule(
        "unknown-key",
        """
A record has only the keys that belong to it.

A misspelt key is not read, so its value would be lost.

    laed: [市住建局]

To fix it, correct the key; the hint suggests the most similar one. `credit-plan schema` lists the
keys of each kind of record and explains them.
""",
    ),
    _rule(
        "missing-key",
        """
A record has all the keys that it needs.

A measure needs `text`, and the keys that `required` in `plan.yaml` lists; a task needs `id`,
`chapter`, `task` and `measures`. The error is shown at the first line of the record.

    required: [target, lead, deadline, page]     in plan.yaml

    - number: "2"
      text: 健全信用制度
      lead: [市营商局]

To fix it, add the key with the value that the published table has. If that table has no such
column, take the key out of `required`. A report without `recorded` may share that line with another
one since a merge: give each its own.
""",
    ),
    _rule(
        "empty-value",
        """
No value is empty.

    lead: []
    task: ""

To fix it, fill in the value. If there is nothing to write, leave out an optional key such as
`note`.
""",
    ),
    _rule(
        "wrong-type",
        """
Each value has the type that its key needs.

    lead: 市住建局            must be a list: [市住建局]
    page: 第二页              must be a whole number in figures: 2
    number: 1.10              must be a printed number: "1" or "1-10"

To fix it, follow the hint. A unit is always in a list, even if it is the only one.
""",
    ),
    _rule(
        "impossible-date",
        """
A date is a day of the calendar, written as year-month-day.

    by: 2023-02-30
    by: 2025/12/31
    by: 2025年底前

To fix it, write the last day that is meant, as 2025-12-31. If it is clear which day that is,
`credit-plan fmt FILE` rewrites the date.
""",
    ),
)
