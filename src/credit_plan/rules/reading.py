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
A file is saved with the encoding UTF-8.

Older editors on Chinese Windows save as GBK, which they call ANSI, and Notepad may save as
UTF-16. Other programs then show 乱码 in the place of the text, or refuse the file.

    name: ��ס����

Mend it with `credit-plan fmt FILE`, which saves GBK and UTF-16 as UTF-8, or in your editor: in
Notepad it is 另存为, 编码: UTF-8. A byte order mark at the beginning does no harm.
""",
    ),
    _rule(
        "merge-conflict",
        """
A merge is finished: no line is left that marks its two versions.

Where two people changed the same lines, git writes both versions into the file and leaves the
choice to a person.

    <<<<<<< HEAD
    lead: [市住建局]
    =======
    lead: [市公安局]
    >>>>>>> branch

Mend it by keeping the right version, and deleting the other and the three lines with marks.
""",
    ),
    _rule(
        "full-width-mark",
        """
What separates keys, values and entries is typed in the keyboard's English mode.

YAML knows the marks `:`, `,`, `-`, spaces and quotes of an English keyboard. Their full-width
twins of a Chinese keyboard look nearly the same, and to YAML they are letters of a text.

    lead：[市住建局]
    deadline: {text: 2025年底前，by: 2025-12-31}

Mend it by typing the mark again in English mode, with a space behind it, or with
`credit-plan fmt FILE`. Inside a Chinese text full-width marks are right.
""",
    ),
    _rule(
        "unreadable-yaml",
        """
The file can be read as YAML, and holds one record with keys and values.

    lead: [市住建局
    text: 原则: 公开

Most often it is one of these:

- quotes or a bracket that are opened and never closed
- a tab in the indentation, or a line that does not begin under the one it belongs to
- a colon with a space behind it in a text without quotes
- a text that begins with a sign of YAML, such as `*`, `&`, `!`, `%` or `@`
- an empty file, or two records in one file, with the line `---` between them
- a character that does not print, brought along by copying from another program

Anchors, aliases and tags (`&a`, `*a`, `!!str`) are parts of YAML that records do not use.

Mend it where the caret points; the line above may be the cause. Put a text that holds marks of
YAML in quotes: `text: "原则: 公开"`.
""",
    ),
    _rule(
        "repeated-key",
        """
A key stands only once in a record.

Of two values YAML would keep the last and lose the other without a word.

    lead: [市住建局]
    lead: [市公安局]

Where several keys in a row stand again, the line that begins a new entry (`- number: "2"`) was
lost, and two entries became one.

Mend it by keeping one of them, or by bringing the line back. Several units go into one list:
`lead: [市住建局, 市公安局]`.
""",
    ),
    _rule(
        "comment-in-text",
        """
No sentence loses its end to a comment.

In YAML a `#` with a space before it begins a comment. Behind a sentence without quotes it is
most likely a part of the sentence, which would be lost without a word.

    text: 完成第 #3 号平台建设

Mend it by putting the whole text in quotes. A comment goes on a line of its own.
""",
    ),
    _rule(
        "missing-file",
        """
The files that a plan cannot do without are there: `plan.yaml` and `units.yaml`.

Without them nobody can tell how many tasks the published table has, or which units there are.

    data/units.yaml -> units-old.yaml      (a link to a file that is gone)

Mend it by bringing the file back, for instance with `git restore data/units.yaml`.
""",
    ),
    _rule(
        "unreadable-file",
        """
A file of the plan is a plain file inside the data folder, of a sensible size, and open to you.

A folder in the place of a file or a file in that of a folder, a pipe, a link that leads out of the
data folder, a file that you may not read or that is larger than 1 MiB: none of them is read, and
none is passed over.

    data/measures/07.yaml -> /tmp/07.yaml

Mend it by putting the file itself in its place, or by asking for the permission to read it.
""",
    ),
    _rule(
        "stray-file",
        """
Every YAML file in the data folder is one that is read.

A file with another name than the program looks for would be edited, committed and never noticed.

    data/measures/07.yml
    data/measures/07 (copy).yaml.txt

Nor is a folder read that goes by nearly the name of one that is (`Progress`), or that holds files
named like tasks.

Mend it by renaming the file (`07.yaml`) or by moving it elsewhere. Files whose names begin with
a dot are left alone, and so are `Thumbs.db` and `desktop.ini` of Windows.
""",
    ),
    _rule(
        "unknown-key",
        """
A record has no other keys than those it may have.

A key that is misspelt is not read: what stands behind it would be lost.

    laed: [市住建局]

Mend it by writing the key as it is spelt; the hint says which is nearest. `credit-plan schema`
lists the keys of each kind of record with what they mean.
""",
    ),
    _rule(
        "missing-key",
        """
A record has all the keys that it must have.

A measure needs `text`, `target`, `lead`, `deadline` and `page`; a task needs `id`, `chapter`,
`task` and `measures`. The finding stands at the first line of the record.

    - number: "2"
      text: 健全信用制度
      lead: [市营商局]

Mend it by adding the key with what the published table says.
""",
    ),
    _rule(
        "empty-value",
        """
What is written down is not empty.

    lead: []
    task: ""

Mend it by filling it in. A key that may be left out, such as `note`, is left out altogether
where there is nothing to say.
""",
    ),
    _rule(
        "wrong-type",
        """
Each key has the kind of value that it should have.

    lead: 市住建局            a list is wanted: [市住建局]
    page: 第二页              a whole number in figures is wanted: 2
    number: 1.10              a printed number is wanted: "1" or "1-10"

Mend it as the hint says. A unit stands in a list even where it is alone.
""",
    ),
    _rule(
        "impossible-date",
        """
A date is a day of the calendar, written year-month-day.

    by: 2023-02-30
    by: 2025/12/31
    by: 2025年底前

Mend it by writing the last day that is meant, as 2025-12-31. Where it is clear which day that
is, `credit-plan fmt FILE` writes it so.
""",
    ),
)
