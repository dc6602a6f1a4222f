"""A status is understood in the words of clerks, or what may be meant is asked back."""

from __future__ import annotations

import pytest

from credit_plan.errors import UnknownNameError
from credit_plan.plan import Status
from credit_plan.reporting.statuses import parse_status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("not-started|Not_Started|not started|未开始|未启动|尚未开始|尚未启动", Status.NOT_STARTED),
        ("in-progress|IN PROGRESS|进行中|推进中|正在推进|正在进行|在推进。", Status.IN_PROGRESS),
        ("done|Ｄｏｎｅ|已完成|完成|办结|已办结|已完成。|完成！|已完成．| 已完成 ", Status.DONE),
        ("blocked|受阻|遇阻|受阻。", Status.BLOCKED),
    ],
)
def test_what_can_mean_nothing_else_is_understood(words: str, status: Status) -> None:
    assert {parse_status(word) for word in words.split("|")} == {status}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("基本完成", ("推进中", "已完成")),
        ("完成80%", ("推进中", "已完成")),
        ("部分完成", ("推进中", "已完成")),
        ("已落实", ("推进中", "已完成")),
        ("己完成", ("已完成",)),
        ("已完城", ("已完成",)),
        ("进展顺利", ("推进中",)),
        ("有困难", ("受阻", "推进中")),
        ("don", ("done",)),
        ("inprogress", ("in-progress",)),
        ("长期坚持", ()),
        ("。", ()),
    ],
)
def test_what_may_mean_something_else_is_asked_back(word: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(UnknownNameError) as refused:
        parse_status(word)
    assert refused.value.candidates == meant


@pytest.mark.parametrize(
    "word", ["未完成", "没有完成", "尚未完成", "不能完成", "无法办结", "未落实", "待完成"]
)
def test_what_is_not_done_is_not_taken_for_it(word: str) -> None:
    with pytest.raises(UnknownNameError) as refused:
        parse_status(word)
    assert refused.value.candidates
    assert "已完成" not in refused.value.candidates
