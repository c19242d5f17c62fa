"""The window around the pages: the bar, the keys that choose a page, the first focus."""

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractAnimation, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QRadioButton

from itband_gui.ui.journal.page import JournalPage
from itband_gui.ui.today.page import TodayPage
from itband_gui.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from tests.ui.conftest import User

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_first_page_says_what_to_do_and_start_has_the_focus(user: "User") -> None:
    user.open()
    assert "Start" in user.reads()
    assert "First time" in user.reads()
    assert QApplication.focusWidget() is user.today.start


def test_the_bar_and_its_keys_choose_the_page(user: "User") -> None:
    user.open()
    user.click_on("Journal")
    assert isinstance(user.page, JournalPage)
    user.press("1", modifier=CTRL)
    assert isinstance(user.page, TodayPage)
    assert QApplication.focusWidget() is user.today.start
    user.press("2", modifier=CTRL)
    assert isinstance(user.page, JournalPage)


def test_the_keys_of_the_bar_do_not_leave_a_check_in(user: "User") -> None:
    user.open()
    check_in = user.go_to_check_in()
    user.press("2", modifier=CTRL)
    assert user.page is check_in


def test_every_control_of_the_first_page_is_reached_by_tab(user: "User") -> None:
    user.open()
    tab = Qt.FocusPolicy.TabFocus
    wanted = {
        each
        for each in user.window.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & tab
        if each.property("look") != "nav" or each.isChecked()  # arrow keys reach the others
    }
    reached = set()
    for _ in range(40):
        user.press("Tab")
        reached.add(QApplication.focusWidget())
    assert {each.text() or each.accessibleName() for each in wanted - reached} == set()
    assert len(wanted) >= 3, "the page's name, the routine, Start"


@pytest.mark.parametrize("way", ["Tab", "Backtab"])
def test_arrow_keys_choose_the_routine_from_whichever_side_one_comes(
    user: "User", way: str
) -> None:
    user.open()
    for _ in range(40):
        user.press(way)
        if isinstance(QApplication.focusWidget(), QRadioButton):
            break
    for routine in user.today.library.routines[1:]:
        user.press("Down")
        assert user.today.chosen is routine
        assert routine.content.summary in user.reads()


@pytest.mark.parametrize("size", [(640, 480), (1600, 1000)])
def test_every_page_opens_in_every_size(short_user: "User", size: tuple[int, int]) -> None:
    user = short_user
    user.window.resize(*size)
    user.go_to_session("own/short", "B", ("4", "3"))
    user.let_pass(20)
    assert user.window.size().toTuple() == size, "nothing pushes the window wider"
    user.press("S")
    user.press("1", "1", "Return")
    assert isinstance(user.page, TodayPage)


def test_nothing_of_a_session_that_is_over_stays_behind(user: "User") -> None:
    user.open()
    counts = []
    for _ in range(3):
        user.go_to_session()
        user.let_pass(5)
        user.press("Escape")  # stopped ones would each be a reason on Today's page
        user.click_on("End and save")
        user.press("3", "Return")
        left = user.window.findChildren(QObject)  # but for what a style animates by itself
        counts.append(sum(not isinstance(each, QAbstractAnimation) for each in left))
    assert counts[0] == counts[1] == counts[2]


def test_a_window_that_is_asked_for_comes_forward_from_the_task_bar(user: "User") -> None:
    window, other = user.open(), user.open()
    window.showMinimized()
    user.turn_to(other)
    window.come_forward()
    user.look()
    assert not window.isMinimized()
    assert window.isActiveWindow()


def test_the_words_of_a_notice_are_seen_whole_however_they_wrap(user: "User") -> None:
    window = user.open()
    window.resize(640, 480)
    action = ("Something rather long that can be done about it", lambda: None)
    notice = Notice("What happened, in words that would just fit on one line of its own", (action,))
    window.notify(notice)
    user.look()
    text = notice.text
    assert text.height() >= text.heightForWidth(text.width()) > 2 * text.fontMetrics().height()


class Sender(QObject):
    told = Signal(bool)


def test_qt_gives_back_every_true_that_a_signal_carries() -> None:
    # PySide6 6.12.0 on Python 3.11 drops one at each emit and ends the process after some minutes.
    sender = Sender()
    taken: list[bool] = []
    sender.told.connect(taken.append)
    sender.told.emit(True)
    taken.clear()
    before = sys.getrefcount(True)
    for _ in range(1_000):
        sender.told.emit(True)
    taken.clear()
    assert abs(sys.getrefcount(True) - before) < 100
