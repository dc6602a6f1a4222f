"""The words by which clerks report a status; what may mean several is asked back."""

import re

from credit_plan.errors import UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.plan import STATUSES_IN_CHINESE, Status
from credit_plan.text import suggest, to_half_width

_OTHER_WORDS = {
    Status.NOT_STARTED: "未启动 未开展 尚未开始 尚未启动 尚未开展 还未开始",
    Status.IN_PROGRESS: "推进中 实施中 开展中 办理中 在推进 正在进行 正在推进 正在实施 正在开展"
    " 正在办理",
    Status.DONE: "完成 完结 办结 已完结 已办结 已经完成 全部完成 已全部完成",
    Status.BLOCKED: "遇阻 已受阻 推进受阻 进展受阻",
}
"""What can mean nothing else. 已落实 is not among them: a duty may be settled and still go on."""

_WORDS = (
    {str(status): status for status in Status}
    | {word: status for status, word in STATUSES_IN_CHINESE.items()}
    | {word: status for status, words in _OTHER_WORDS.items() for word in words.split()}
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
    if written in _WORDS:
        return _WORDS[written]
    chinese = "、".join(STATUSES_IN_CHINESE.values())
    message = _("unknown status {text}; use {chinese}")
    if written.isascii():
        message = _("unknown status {text}; use {words}, or {chinese}")
    meant = _find_meant(written)
    raise UnknownNameError(
        message.format(text=quote(text), words=", ".join(Status), chinese=chinese),
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
