"""Every focusable widget on every page and dialog has a name and a role."""

import gc
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QTableView, QWidget

from itband_gui.ui.session.controls import SessionButton
from tests.ui.scenes import SCENES

if TYPE_CHECKING:
    from tests.ui.conftest import User

ROLE = QAccessible.Role
# A screen reader says nothing of use about these: Qt's roles for what it does not know.
FILLERS = {ROLE.NoRole, ROLE.Client, ROLE.Pane, ROLE.Border, ROLE.Window, ROLE.LayeredPane}


def takes_keys(root: QWidget) -> Iterator[QWidget]:
    """Yield the focusable widgets of a window; a proxy passes the focus on."""
    for each in [root, *root.findChildren(QWidget)]:
        able = (
            each.focusPolicy() is not Qt.FocusPolicy.NoFocus or each is QApplication.focusWidget()
        )
        if able and each.isVisible() and each.window() is root and each.focusProxy() is None:
            yield each


def unnamed(root: QWidget, scene: str) -> Iterator[str]:
    """Yield what takes keys, is pressed or is read, and does not say what it is."""
    found = list(takes_keys(root))
    assert found
    for each in found:
        access = QAccessible.queryAccessibleInterface(each)
        if not access.text(QAccessible.Text.Name).strip():
            yield f"{each} has no name"
        if access.role() in FILLERS:
            yield f"{each} is {access.role()}"
    for button in root.findChildren(QAbstractButton):
        if button.isVisible() and button.window() is root:
            access = QAccessible.queryAccessibleInterface(button)
            if not access.text(QAccessible.Text.Name).strip():
                yield f"{button} has no name"
    for view in root.findChildren(QAbstractItemView):
        model = view.model() if view.isVisible() else None
        if model is not None and "calendar" not in scene:
            yield from (f"{cell} says nothing" for cell in cells(model, view) if not said(cell))


@pytest.mark.parametrize("name", SCENES)
def test_all_says_what_it_is_and_nothing_is_left_of_a_window_that_is_gone(
    user: "User", name: str
) -> None:
    assert list(unnamed(SCENES[name](user), name)) == []
    link = weakref.ref(user.link)
    user.leave()
    gc.collect()
    assert link() is None, "something of the program holds it without end"


def cells(model: QAbstractItemModel, view: QAbstractItemView) -> list[QModelIndex]:
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    return [
        model.index(row, column) for row in range(model.rowCount()) for column in range(columns)
    ]


def said(cell: QModelIndex) -> str:
    """Return a cell's text for screen readers."""
    words = cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data()
    return str(words or "").strip()


def test_tab_reaches_a_session_s_buttons_and_space_still_pauses(user: "User") -> None:
    SCENES["session"](user)
    engine = user.session.clock.engine
    buttons = [b for b in user.session.findChildren(SessionButton) if b.isVisible()]
    assert len(buttons) == 9
    seen = set()
    for number in range(len(buttons)):
        user.press("Tab")
        focus = QApplication.focusWidget()
        assert isinstance(focus, SessionButton)
        seen.add(focus)
        user.press("Space")
        assert engine.running is bool(number % 2), focus.text()
    assert seen == set(buttons)
    skips = engine.skips
    user.press("Right")
    assert engine.skips == skips + 1, "the arrows skip, and do not wander"


def test_enter_presses_a_session_s_focused_button_once(user: "User") -> None:
    session = SCENES["session"](user)
    engine = user.session.clock.engine
    skip = next(b for b in session.findChildren(SessionButton) if "Skip" in b.text())
    skip.setFocus(Qt.FocusReason.TabFocusReason)
    user.hold("Return")
    assert engine.skips == 1


def test_a_click_does_not_move_the_focus(user: "User") -> None:
    session = SCENES["session"](user)
    skip = next(b for b in session.findChildren(SessionButton) if "Skip" in b.text())
    user.click(skip)
    assert QApplication.focusWidget() is user.session


def test_each_button_of_a_session_shows_its_focus(user: "User") -> None:
    session = SCENES["session"](user)
    for each in session.findChildren(SessionButton):
        without = each.grab().toImage()
        each.setFocus(Qt.FocusReason.TabFocusReason)
        assert each.grab().toImage() != without, each.text()
        user.session.setFocus()
