from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from itband_gui.journal.entries import RestDay, Run, new_id
from itband_gui.journal.store import Store
from itband_gui.ui.journal.entry_dialog import EntryDialog
from itband_gui.ui.journal.entry_forms import RunForm
from itband_gui.ui.journal.page import JournalPage
from tests.ui.actions import click

OpenPage = Callable[..., JournalPage]
DialogOf = Callable[[JournalPage], EntryDialog]
RunDialog = Callable[[], tuple[EntryDialog, RunForm]]


@pytest.fixture
def run_form(open_page: OpenPage, dialog_of: DialogOf) -> RunDialog:
    """Return a function that opens the page and clicks "Add a run"."""

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


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("effort", "11"),
        ("effort", "abc11"),
        ("effort", "1e9"),
        ("effort", "3.5"),
        ("minutes", "99999"),
        ("minutes", "-1"),
        ("minutes", "0"),
        ("distance", "-3,5"),
        ("distance", "1,000"),
        ("distance", "501"),
        ("worst", "11"),
    ],
)
def test_an_invalid_number_is_refused_and_kept_as_typed(
    run_form: RunDialog, store: Store, field: str, typed: str
) -> None:
    dialog, form = run_form()
    QTest.keyClicks(form.minutes, "30")
    QTest.keyClicks(form.effort, "5")
    line = getattr(form, field)
    line.selectAll()
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == typed
    assert "number from" in line.reason.text()
    assert line.reason.isVisible()
    assert line.reason.property("look") == dialog.form.when.reason.property("look") == "rest"
    assert dialog.reason.text() == "", "it is not said twice"
    assert not dialog.save.isEnabled()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not list(store.load().book)
    line.setText("7")
    assert not line.reason.isVisible()


@pytest.mark.parametrize(
    ("typed", "km"), [("3,5", 3.5), ("3.5", 3.5), ("12", 12), ("0,25", 0.25), ("0", None)]
)
def test_both_decimal_marks_are_read_in_a_distance(
    run_form: RunDialog, store: Store, typed: str, km: float | None
) -> None:
    dialog, form = run_form()
    QTest.keyClicks(form.minutes, "30")
    QTest.keyClicks(form.effort, "5")
    QTest.keyClicks(form.distance, typed)
    click(dialog.save)
    (run,) = store.load().book
    assert isinstance(run, Run)
    assert run.distance_km == km


def test_minutes_and_effort_are_asked_for_before_a_run_can_be_saved(
    run_form: RunDialog, store: Store
) -> None:
    dialog, form = run_form()
    assert (form.minutes.text(), form.effort.text()) == ("", "")
    assert form.minutes.placeholderText() == form.effort.placeholderText() == "Required"
    assert dialog.reason.text() == "Enter how long the run was."
    QTest.keyClick(form.minutes, Qt.Key.Key_Return)
    assert not dialog.save.isEnabled()
    QTest.keyClicks(form.minutes, "30")
    assert dialog.reason.text() == "Enter how hard the run was."
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
    for field in (form.minutes, form.effort, form.distance, form.worst):
        middle = QPoint(field.width() // 2, field.height() // 2)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=middle)
        QTest.keyClicks(field, "7")
        assert field.number == 7


def test_a_deleted_number_is_empty_and_does_not_come_back(run_form: RunDialog) -> None:
    dialog, form = run_form()
    QTest.keyClicks(form.effort, "4")
    QTest.keyClicks(form.minutes, "45")
    assert dialog.save.isEnabled()
    form.minutes.setFocus()
    QTest.keyClick(form.minutes, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(form.minutes, Qt.Key.Key_Backspace)
    assert not dialog.save.isEnabled()
    QTest.keyClick(form.minutes, Qt.Key.Key_Tab)
    assert form.minutes.text() == ""
    assert not dialog.save.isEnabled()


def test_the_first_step_gives_the_lowest_number(run_form: RunDialog) -> None:
    _, form = run_form()
    QTest.keyClick(form.minutes, Qt.Key.Key_Up)
    QTest.keyClick(form.effort, Qt.Key.Key_Up)
    assert (form.minutes.number, form.effort.number) == (1, 0)


def test_a_run_on_a_rest_day_removes_it_and_undo_restores_both(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, at: Callable[..., datetime]
) -> None:
    page = open_page(RestDay(id=new_id(), at=at(20)), RestDay(id=new_id(), at=at(22)))
    click(page.add_run)
    dialog = dialog_of(page)
    assert isinstance(dialog.form, RunForm)
    QTest.keyClicks(dialog.form.minutes, "25")
    QTest.keyClicks(dialog.form.effort, "4")
    dialog.form.when.day.setText("20.11.2026")
    click(dialog.save)
    assert page.notices.notice is not None
    assert page.notices.notice.text.text() == (
        "Added: Run: 25 min, effort 4 out of 10 (Friday, 20 November 2026). "
        "That day’s rest day was removed: a day with a run is not a rest day."
    )
    assert [type(entry) for entry in store.load().book] == [Run, RestDay]
    click(page.notices.notice.buttons[0])
    assert [type(entry) for entry in store.load().book] == [RestDay, RestDay]


def test_a_rest_day_on_the_day_of_a_run_is_refused_until_another_day_is_chosen(
    open_page: OpenPage, dialog_of: DialogOf, store: Store, at: Callable[..., datetime]
) -> None:
    page = open_page(Run(id=new_id(), at=at(22), minutes=25, effort=4))
    click(page.add_rest_day)
    dialog = dialog_of(page)
    click(dialog.save)
    assert dialog.isVisible()
    assert dialog.reason.text() == (
        "There is a run in the journal on that day. Choose another day."
    )
    click(dialog.form.when.earlier)
    assert dialog.reason.text() == ""
    click(dialog.save)
    assert [type(entry) for entry in store.load().book] == [RestDay, Run]
