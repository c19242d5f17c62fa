"""Every control that can be checked, on every page: however it is checked, the program follows.

Screen readers toggle without a click. What was chosen is read from the control, so that a way that
nobody thought of cannot show one answer and keep another.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from itband_gui.journal.entries import Entry
from itband_gui.ui.check_in.page import CheckInPage
from itband_gui.ui.check_in.sign_row import SignRow
from itband_gui.ui.check_in.signs_step import SignsStep
from itband_gui.ui.history.legend import Legend
from itband_gui.ui.journal.entry_forms import EntryForm, RatingForm
from itband_gui.ui.journal_file.export_dialog import ExportDialog
from itband_gui.ui.leg.leg_view import LegView
from itband_gui.ui.report.dialog import ReportDialog
from itband_gui.ui.session.controls import SessionButton
from itband_gui.ui.session.page import SessionPage
from itband_gui.ui.today.page import TodayPage
from itband_gui.ui.widgets.choices import ChoiceMenu
from itband_gui.ui.window.main_window import NavigationBar
from tests.conftest import Amount
from tests.ui.scenes import SCENES

if TYPE_CHECKING:
    from tests.ui.conftest import User

WAYS = ("mouse", "Toggle", "Press", "key")
State = dict[str, object]
_OWN = {"id", "rev", "was", "at", "session"}  # what is another each time


def checkable(root: QWidget, scene: str) -> list[QAbstractButton]:
    """Return what can be checked in a window now: of one choice of several, the first and last."""
    found = root.findChildren(QAbstractButton)
    shown = [each for each in found if each.isVisible() and each.window() is root]
    able = [b for b in shown if b.isCheckable() and b.isEnabled() and not is_spared(b, scene)]
    ends = {id(each): [b for b in able if b.group() is each.group()] for each in able}
    return [b for b in able if b.group() is None or b in (ends[id(b)][0], ends[id(b)][-1])]


def is_spared(control: QAbstractButton, scene: str) -> bool:
    """Whether a control stands in several scenes and is tried in another one, to save time."""
    owners = [type(owner) for owner in owners_of(control)]
    if NavigationBar in owners:
        return scene != "guide"
    is_tick = isinstance(control, QCheckBox) and SignRow in owners
    return is_tick and scene not in {"warning list", "warning list alone"}


def owners_of(widget: QWidget) -> Iterator[QWidget]:
    """Yield what a widget lies in, from the inside."""
    owner = widget.parentWidget()
    while owner is not None:
        yield owner
        owner = owner.parentWidget()


def ways_of(control: QAbstractButton, many: int) -> list[str]:
    """Return how a control can be checked; Qt offers no Press for a round button."""
    offered = QAccessible.queryAccessibleInterface(control).actionInterface().actionNames()
    assert "Toggle" in offered
    return [way for way in WAYS[:many] if way in {*offered, "key", "mouse"}]


def known(user: "User", root: QWidget) -> State:
    """Return all that the program has taken and shows, but for the controls themselves."""
    user.look()
    settings = user.folder / "settings.ini"
    page = user.page
    state: State = {
        "page": type(page).__name__,
        "front": type(root).__name__,
        "words": sorted(each.text() for each in root.findChildren(QLabel) if each.isVisible()),
        "enabled": sorted(
            (each.text() or each.accessibleName(), each.isEnabled())
            for each in root.findChildren(QAbstractButton)
            if each.isVisible() and not each.isCheckable()
        ),
        "settings": settings.read_text("utf-8") if settings.exists() else "",
        "journal": sorted(map(told, user.journal())),
        "full screen": user.window.isFullScreen(),
        "theme": user.appearance.theme.name,
        "less motion": user.appearance.less_motion,
    }
    if isinstance(page, CheckInPage):
        draft = page.draft
        places = {leg: marked for leg, marked in draft.places.items() if marked}
        state["draft"] = (draft.legs, places, dict(draft.scores), draft.dose)
    if isinstance(page, SessionPage):
        state["muted"] = page.announcer.muted
    if isinstance(page, TodayPage):
        state["routine"] = page.chosen.content.name
    return state | parts(root)


def parts(root: QWidget) -> State:
    """Return what the parts of a window hold."""
    pictures = (each for each in root.findChildren(LegView) if each.isVisible())
    state: State = {"legs": [(p.scene.marked, p.scene.tinted, p.scene.tints) for p in pictures]}
    lists = (each for each in root.findChildren(QAbstractItemView) if each.isVisible())
    state["lists"] = sorted(each.accessibleName() for each in lists)
    for step in root.findChildren(SignsStep):
        state["signs"] = [(each.sign.id, each.legs) for each in step.present]
    for form in root.findChildren(EntryForm):
        whole = not (isinstance(form, RatingForm) and form.missing())
        state["form"] = (form.refusal, told(form.entry()) if whole else "")
    for legend in root.findChildren(Legend):
        state["series"] = legend.wanted
    if isinstance(root, ExportDialog):
        # The program asks the boxes themselves, once the place is chosen.
        state["form"] = (root.table.box.isChecked(), root.semicolons.box.isChecked())
    if isinstance(root, ReportDialog):
        sheet = root.preview.sheet
        state["report"] = (sheet.paper, sheet.size(), root.preview.accessibleDescription())
        state["remembered"] = root.remember.isChecked()  # asked for when it is saved
    return state


def told(entry: Entry) -> str:
    """Return what an entry says, but for its name and its history."""
    said = structs.asdict(entry)
    return repr({key: said[key] for key in sorted(said) if key not in _OWN})


def drive(control: QAbstractButton, way: str, qtbot: QtBot) -> None:
    """Check, or uncheck, a control in one of the ways that there are."""
    if way == "mouse":
        at = QPoint(8, control.height() // 2)  # a box is at the left of its words
        QTest.mouseClick(control, Qt.MouseButton.LeftButton, pos=at)
    elif way == "key":
        control.setFocus(Qt.FocusReason.TabFocusReason)
        assert QApplication.focusWidget() is control, "the keyboard cannot come to it"
        is_session = isinstance(control, SessionButton)  # where Space pauses
        QTest.keyClick(control, Qt.Key.Key_Return if is_session else Qt.Key.Key_Space)
    else:
        actions = QAccessible.queryAccessibleInterface(control).actionInterface()
        actions.doAction(way)
        qtbot.waitUntil(lambda: not isValid(control) or not control.isDown(), timeout=60_000)


def chosen_in(control: QAbstractButton) -> QAbstractButton | None:
    """Return what is checked where a control stands: it, another of its group, or none."""
    group = control.group()
    return group.checkedButton() if group is not None else control if control.isChecked() else None


def put_off(control: QAbstractButton) -> bool:
    """Uncheck a control, or check another one of its group; whether that can be done."""
    if control.isChecked():
        group = control.group()
        others = [] if group is None else [b for b in group.buttons() if b.isVisible()]
        other = next((each for each in others if each is not control), None)
        control.setChecked(False) if other is None else other.setChecked(True)
    return not control.isChecked()


def put_back(control: QAbstractButton, before: QAbstractButton | None) -> bool:
    """Check what was checked before; whether that can be done."""
    if isValid(control) and control.group() is None:
        control.setChecked(before is not None)
    elif before is not None and isValid(before):
        before.setChecked(True)
    return isValid(control) and chosen_in(control) is before


class Drive:
    """Comes to a scene again and again, and tries one control after the other."""

    def __init__(self, user: "User", qtbot: QtBot, name: str) -> None:
        self.user, self.qtbot, self.name = user, qtbot, name
        self.begin()
        self.names = [name_of(each) for each in checkable(self.root, self.name)]

    def begin(self) -> None:
        """Come to the scene with nothing kept of what was there before."""
        if self.user.windows:
            self.user.leave()
            self.user.folder = self.user.folder.with_name(f"{self.user.folder.name}'")
        self.root = SCENES[self.name](self.user)

    def control(self, index: int) -> QAbstractButton:
        """Return a control; the scene is made anew where what was tried before has changed it."""
        for _ in range(2):
            found = checkable(self.root, self.name)
            if [name_of(each) for each in found] == self.names:
                return found[index]
            self.begin()
        raise AssertionError("the scene is another each time")

    def outcomes(self, index: int, way: str) -> Iterator[State]:
        """Yield what is known before and after; leave the control as it was, where that can be."""
        control = self.control(index)
        before = chosen_in(control)
        assert put_off(control)
        yield known(self.user, self.root)
        drive(control, way, self.qtbot)
        yield known(self.user, self.root)
        if not put_back(control, before):
            self.begin()


def name_of(control: QAbstractButton) -> tuple[str, str]:
    return type(control).__name__, control.accessibleName() or control.text()


@pytest.mark.parametrize("name", SCENES)
def test_however_a_control_is_checked_the_program_follows(
    user: "User", qtbot: QtBot, name: str, quick_or_slow: Amount
) -> None:
    many = quick_or_slow(2, len(WAYS))
    tried = Drive(user, qtbot, name)
    for index, what in enumerate(tried.names):
        ways = ways_of(tried.control(index), many)
        outcomes = {way: list(tried.outcomes(index, way)) for way in ways}
        before, after = outcomes["mouse"]
        assert before != after, f"{what}: nothing that is known here tells whether it is checked"
        for way, (_, other) in outcomes.items():
            assert {k: (other.get(k), v) for k, v in after.items() if other.get(k) != v} == {}, (
                f"{what} by {way}"
            )


@pytest.mark.parametrize("name", SCENES)
def test_a_menu_choice_counts_however_it_is_made(user: "User", name: str) -> None:
    root = SCENES[name](user)
    in_menus = set()
    for menu in root.findChildren(ChoiceMenu):
        first, *_, last = menu.choices.actions()
        in_menus |= set(menu.choices.actions())
        for check in (QAction.trigger, QAction.toggle):
            for action in sorted((first, last), key=QAction.isChecked):  # the other one first
                before = menu.value
                check(action)
                assert menu.value != before
                assert action.text() in menu.text()
    assert {each for each in root.findChildren(QAction) if each.isCheckable()} <= in_menus
