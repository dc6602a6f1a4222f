"""The words by which clerks report a status; what may mean several is asked back."""

import re

from credit_plan.errors import UnknownNameError
from credit_plan.i18n import _, join_list, quote
from credit_plan.plan import OTHER_STATUS_WORDS, STATUSES_IN_CHINESE, Status
from credit_plan.text import suggest, to_half_width, to_simplified

_WORDS = (
    {str(status): status for status in Status}
    | {word: status for status, word in STATUSES_IN_CHINESE.items()}
    | {word: status for status, words in OTHER_STATUS_WORDS.items() for word in words.split()}
)

_HINTS = (
    ("未 没 不 无 尚 待", (Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED)),
    ("阻 难 停 滞", (Status.BLOCKED, Status.IN_PROGRESS)),
    ("完成 办结 完结 落实 达标", (Status.IN_PROGRESS, Status.DONE)),
    ("进展 推进 进行 实施 开展 办理 启动 开始", (Status.IN_PROGRESS,)),
)
"""What a phrase may mean that has one of these in it; the first line decides.

A negation comes first, so that 未完成 never leads to done.
"""

_MISTYPED = str.maketrans("己巳", "已已")
"""Characters that look like another one: 己完成 is 已完成."""

_MARKS_AT_END = "。｡.!"


def parse_status(text: str) -> Status:
    """Return the status that a word means; raise UnknownNameError with those that may be meant."""
    written = to_half_width(text).strip().rstrip(_MARKS_AT_END).lower()
    written = re.sub(r"[\s_]+", "-", written)
    if written not in _WORDS:
        written = to_simplified(written)
    if written in _WORDS:
        return _WORDS[written]
    chinese = "、".join(STATUSES_IN_CHINESE.values())
    message = _("unknown status {text}; use {chinese}")
    if written.isascii():
        message = _("unknown status {text}; use {words}, or {chinese}")
    meant = _find_meant(written)
    raise UnknownNameError(
        message.format(text=quote(text), words=join_list(Status), chinese=chinese),
        tuple(str(it) if written.isascii() else STATUSES_IN_CHINESE[it] for it in meant),
    )


def _find_meant(written: str) -> tuple[Status, ...]:
    """Return what a phrase may mean, or else a word that is similar to it."""
    if meant := _WORDS.get(written.translate(_MISTYPED)):
        return (meant,)
    for parts, statuses in _HINTS:
        if any(part in written for part in parts.split()):
            return statuses
    return tuple(dict.fromkeys(_WORDS[word] for word in suggest(written, _WORDS)))
