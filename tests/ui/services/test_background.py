"""Work in another thread, with results delivered in the window's."""

import sys
from functools import partial
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import CapturedExceptions
from pytestqt.qtbot import QtBot

from itband_gui.ui.services.background import SWITCH_S, Background, NoThreadError
from tests.ui.troubles import no_thread


@pytest.fixture
def background(qapp: QApplication) -> Background:
    owner = QObject(qapp)
    return Background(owner)


def kinds(raised: CapturedExceptions) -> list[type[BaseException]]:
    return [kind for kind, *_ in raised]


def test_work_is_done_in_another_thread_and_handed_over_in_the_window_s(
    background: Background,
) -> None:
    done: list[tuple[int, int]] = []
    background.do(get_ident, lambda there: done.append((there, get_ident())))
    assert background.settle(60)
    ((there, here),) = done
    assert here == get_ident() != there


def test_results_come_in_the_order_of_the_work(background: Background) -> None:
    done: list[int] = []
    for number in range(20):
        background.do(partial(int, number), done.append)
    assert background.is_busy
    assert background.settle(60)
    assert done == list(range(20))
    assert not background.is_busy


def test_a_result_may_start_more_work(background: Background) -> None:
    done: list[int] = []
    background.do(partial(int, 1), lambda _: background.do(partial(int, 2), done.append))
    assert background.settle(60)
    assert done == [2]


def test_nothing_is_delivered_after_stop(background: Background) -> None:
    done: list[int] = []
    background.do(partial(int, 1), done.append)
    background.stop()
    assert background.settle(60)
    assert done == []


def test_a_mistake_in_the_work_is_raised_in_the_window_s_thread_and_the_rest_is_done(
    background: Background, qtbot: QtBot
) -> None:
    done: list[int] = []
    with qtbot.captureExceptions() as raised:
        background.do(partial(int, "x"), done.append)
        background.do(partial(int, 1), done.append)
        assert background.settle(60)
    assert kinds(raised) == [ValueError]
    assert done == [1]


def test_a_mistake_goes_to_whoever_asked_to_be_told(background: Background) -> None:
    told: list[type] = []
    background.do(partial(int, "x"), print, lambda error: told.append(type(error)))
    assert background.settle(60)
    assert told == [ValueError]


def test_work_that_hangs_is_waited_for_no_longer_than_was_said(background: Background) -> None:
    goes_on, done = Event(), list[bool]()
    background.do(partial(goes_on.wait, 60), done.append)
    assert not background.settle(0)
    goes_on.set()
    assert background.settle(60)
    assert done == [True]


def test_work_that_ends_its_thread_is_told_and_what_comes_next_is_done(
    background: Background, qtbot: QtBot
) -> None:
    done: list[int] = []
    with qtbot.captureExceptions() as raised:
        background.do(sys.exit, print)
        assert background.settle(60)
    assert kinds(raised) == [RuntimeError]
    assert not background.is_busy
    background.do(partial(int, 1), done.append)
    assert background.settle(60)
    assert done == [1]


def test_where_no_thread_can_be_had_that_is_told_and_what_comes_later_is_done(
    background: Background, qtbot: QtBot
) -> None:
    done: list[int] = []
    with qtbot.captureExceptions() as raised, no_thread():
        background.do(partial(int, 1), done.append)
        assert background.settle(60)
    assert kinds(raised) == [NoThreadError]
    assert not background.is_busy
    background.do(partial(int, 2), done.append)
    assert background.settle(60)
    assert done == [2]


def test_the_window_does_not_wait_long_for_a_busy_thread(background: Background) -> None:
    assert sys.getswitchinterval() <= SWITCH_S * 1.001
