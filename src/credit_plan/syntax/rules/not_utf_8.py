"""A file is saved with the encoding UTF-8.

Older editors on Chinese Windows save as GBK, which they call ANSI, and Notepad may save as
UTF-16. Other programs then show 乱码 in the place of the text, or refuse the file.

    name: ��ס����

Mend it with `credit-plan fmt FILE`, which saves GBK and UTF-16 as UTF-8, or in your editor: in
Notepad it is 另存为, 编码: UTF-8. A byte order mark at the beginning does no harm.
"""

from __future__ import annotations

from typing import Final

from credit_plan.diagnostic import Severity

NAME: Final = "not-utf-8"
SEVERITY: Final = Severity.ERROR
