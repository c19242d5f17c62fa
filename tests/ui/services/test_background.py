"""Work in another thread, handed over in the window's."""

import sys
from functools import partial
from threading import get_ident

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from itband_gui.ui.services.background import SWITCH_S, Background, NoThreadError
from tests.ui.troubles import no_thread


@pytest.fixture
def background(qapp: QApplication) -> Background:
    owner = QObject(qapp)
    return Background(owner)


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


def test_what_was_handed_over_may_ask_for_more(background: Background) -> None:
    done: list[int] = []
    background.do(partial(int, 1), lambda _: background.do(partial(int, 2), done.append))
    assert background.settle(60)
    assert done == [2]


def test_after_it_was_stopped_nothing_is_handed_over(background: Background) -> None:
    done: list[int] = []
    background.do(partial(int, 1), done.append)
    background.stop()
    assert background._worker.wait(60)  # noqa: SLF001 - it is not busy any more
    background._deliver()  # noqa: SLF001 - it is not busy any more
    assert done == []


def test_a_mistake_in_the_work_is_raised_in_the_window_s_thread(background: Background) -> None:
    background.do(partial(int, "x"), print)
    with pytest.raises(ValueError, match="invalid literal"):
        background.settle(60)


def test_work_that_ends_its_thread_is_told_and_what_comes_next_is_done(
    background: Background,
) -> None:
    done: list[int] = []
    background.do(sys.exit, print)
    with pytest.raises(RuntimeError, match="SystemExit"):
        background.settle(60)
    assert not background.is_busy
    background.do(partial(int, 1), done.append)
    assert background.settle(60)
    assert done == [1]


def test_where_no_thread_can_be_had_that_is_told_and_what_comes_later_is_done(
    background: Background,
) -> None:
    done: list[int] = []
    with no_thread():
        background.do(partial(int, 1), done.append)
    with pytest.raises(NoThreadError):
        background.settle(60)
    assert not background.is_busy
    background.do(partial(int, 2), done.append)
    assert background.settle(60)
    assert done == [2]


def test_the_window_does_not_wait_long_for_a_busy_thread(background: Background) -> None:
    assert sys.getswitchinterval() <= SWITCH_S * 1.001
