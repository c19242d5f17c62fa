from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QSpinBox

from itband_gui.journal.entries import Run
from itband_gui.journal.store import Store
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.run_form import RunForm
from itband_gui.ui.pages.journal_page import JournalPage

OpenPage = Callable[..., JournalPage]
DialogOf = Callable[[JournalPage], EntryDialog]
RunDialog = Callable[[], tuple[EntryDialog, RunForm]]


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def run_form(open_page: OpenPage, dialog_of: DialogOf) -> RunDialog:
    """Return what opens the page and clicks "Add a run"."""

    def make() -> tuple[EntryDialog, RunForm]:
        page = open_page()
        click(page.add_run)
        dialog = dialog_of(page)
        assert isinstance(dialog.form, RunForm)
        return dialog, dialog.form

    return make


def test_a_run_is_added_with_what_was_typed(
    open_page: OpenPage, dialog_of: DialogOf, store: Store
) -> None:
    page = open_page()
    click(page.add_run)
    dialog = dialog_of(page)
    assert isinstance(dialog.form, RunForm)
    dialog.form.minutes.selectAll()
    QTest.keyClicks(dialog.form.minutes, "45")
    QTest.keyClicks(dialog.form.effort, "6")
    QTest.keyClick(dialog.form.worst, Qt.Key.Key_Up)
    click(dialog.form.stride)
    click(dialog.save)
    (run,) = store.load().book
    assert isinstance(run, Run)
    assert (run.minutes, run.effort, run.worst) == (45, 6, 0)
    assert (run.distance_km, run.changed_stride) == (None, True)


@pytest.mark.parametrize("typed", ["11", "99", "-1", "1e9"])
def test_an_effort_outside_0_to_10_cannot_be_typed(
    open_page: OpenPage, dialog_of: DialogOf, typed: str
) -> None:
    page = open_page()
    click(page.add_run)
    form = dialog_of(page).form
    assert isinstance(form, RunForm)
    form.effort.selectAll()
    QTest.keyClicks(form.effort, typed)
    assert 0 <= form.effort.value() <= 10
    assert form.effort.value() != int(float(typed))


def test_minutes_and_effort_are_asked_for_before_a_run_can_be_saved(
    run_form: RunDialog, store: Store
) -> None:
    dialog, form = run_form()
    assert (form.minutes.text(), form.effort.text()) == ("Not given", "Not given")
    assert dialog.reason.text() == "Say how long the run was."
    QTest.keyClick(form.minutes, Qt.Key.Key_Return)
    assert not dialog.save.isEnabled()
    QTest.keyClicks(form.minutes, "30")
    assert dialog.reason.text() == "Say how hard the run was."
    QTest.keyClick(form.minutes, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.save.isEnabled()
    QTest.keyClicks(form.effort, "0")
    click(dialog.save)
    (run,) = store.load().book
    assert isinstance(run, Run)
    assert (run.minutes, run.effort, run.distance_km, run.worst) == (30, 0, None, None)


def test_a_number_is_typed_over_the_words_wherever_they_were_clicked(run_form: RunDialog) -> None:
    _, form = run_form()
    fields: list[QSpinBox | QDoubleSpinBox] = [form.minutes, form.effort, form.distance, form.worst]
    for field in fields:
        middle = QPoint(field.width() // 2, field.height() // 2)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=middle)
        QTest.keyClicks(field, "7")
        assert field.value() == 7


def test_a_deleted_number_is_not_given_and_does_not_come_back(run_form: RunDialog) -> None:
    dialog, form = run_form()
    QTest.keyClicks(form.effort, "4")
    QTest.keyClicks(form.minutes, "45")
    assert dialog.save.isEnabled()
    form.minutes.setFocus()
    QTest.keyClick(form.minutes, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(form.minutes, Qt.Key.Key_Backspace)
    assert not dialog.save.isEnabled()
    QTest.keyClick(form.minutes, Qt.Key.Key_Tab)
    assert form.minutes.text() == "Not given"
    assert not dialog.save.isEnabled()


def test_the_first_step_gives_the_lowest_number(run_form: RunDialog) -> None:
    _, form = run_form()
    QTest.keyClick(form.minutes, Qt.Key.Key_Up)
    QTest.keyClick(form.effort, Qt.Key.Key_Up)
    assert (form.minutes.value(), form.effort.value()) == (1, 0)
